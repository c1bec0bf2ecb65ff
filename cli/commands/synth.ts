/** `enclave synth`: synthesizes every stack of the project into `cdktf.out/`, as the official CLI does. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { InputError } from "../../policies/configuration/errors";

export function synthCommand(): Command {
  return new Command("synth")
    .description("synthesize every stack of the project (cdktf.json's app) into cdktf.out/")
    .option("--output <dir>", "where to", "cdktf.out")
    .addHelpText("after", "\nExample:\n  enclave synth && enclave verify\n")
    .action(async ({ output }: { output: string }) => {
      process.exitCode = await run(appCommand(), output);
    });
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

function run(command: string, output: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      stdio: "inherit",
      env: { ...process.env, CDKTF_OUTDIR: output, CDKTF_CONTEXT_JSON: process.env.CDKTF_CONTEXT_JSON ?? "{}" },
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
