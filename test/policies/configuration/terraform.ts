/** The real binary with a provider that works offline in this process. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allTypes } from "../../../rehearsal/schema/response";
import { Rehearsal } from "../../../rehearsal/server";
import { project } from "./project";

/** A provider with the types that these configurations name: to read all of them, Terraform takes a second per run. */
export function rehearsalOf(texts: readonly string[]): Promise<Rehearsal> {
  const named = new Set(texts.flatMap((text) => text.match(/aws_\w+/g) ?? []));
  const { managed, data } = allTypes();
  return Rehearsal.start({
    types: { managed: managed.filter((type) => named.has(type)), data: data.filter((type) => named.has(type)) },
  });
}

export async function terraform(cwd: string, environment: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...environment, TF_CLI_CONFIG_FILE: "", CHECKPOINT_DISABLE: "1", GOGC: "400" };
  // The provider answers in this process, which must not stand still meanwhile.
  const child = spawn("terraform", args, { cwd, env });
  const texts = { out: "", error: "" };
  child.stdout.on("data", (chunk) => (texts.out += chunk));
  child.stderr.on("data", (chunk) => (texts.error += chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${texts.error}`);
  return texts.out;
}

/** Plans the configuration in a folder; the path of the plan in JSON. */
export async function plan(folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  await terraform(folder, environment, "init", "-no-color", "-input=false");
  await terraform(folder, environment, "plan", "-no-color", "-input=false", "-out", "plan.bin");
  const path = join(project({}), "plan.json");
  writeFileSync(path, await terraform(folder, environment, "show", "-json", "plan.bin"));
  return path;
}
