/** `enclave synth`: synthesizes every stack of the project into `cdktf.out/`, as the official CLI does. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { InputError } from "../../policies/configuration/errors";

export function synthCommand(): Command {
  return new Command("synth")
    .description("synthesize every stack of the project (cdktf.json's app) into cdktf.out/")
    .option("--output <dir>", "where to", "cdktf.out")
    .option("--declaration <file>", "what declares the enclave (ENCLAVE_DECLARATION)", declarationFile)
    .addHelpText(
      "after",
      "\nExamples:\n  enclave synth && enclave verify\n  enclave synth --declaration enclaves/us.ts --output us.out && enclave verify us.out --boundary US\n",
    )
    .action(async ({ output, declaration }: { output: string; declaration?: string }) => {
      process.exitCode = await run(appCommand(), {
        CDKTF_OUTDIR: output,
        ...(declaration !== undefined && { ENCLAVE_DECLARATION: declaration }),
      });
    });
}

function declarationFile(file: string): string {
  if (!existsSync(file)) throw new InputError(file, "there is no such file");
  return file;
}

/** The app's command, as cdktf.json names it. */
function appCommand(): string {
  let text: string;
  try {
    text = readFileSync("cdktf.json", "utf8");
  } catch {
    throw new InputError("cdktf.json", "there is no cdktf project in this folder");
  }
  let project: unknown;
  try {
    project = JSON.parse(text);
  } catch (error) {
    throw new InputError("cdktf.json", (error as Error).message);
  }
  const app = (project as { app?: unknown } | null)?.app;
  if (typeof app !== "string" || app === "") throw new InputError("cdktf.json", "names no command", "app");
  return app;
}

function run(command: string, variables: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      stdio: "inherit",
      env: { ...process.env, CDKTF_CONTEXT_JSON: process.env.CDKTF_CONTEXT_JSON ?? "{}", ...variables },
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
