/** Judges what stands, as AWS tells it now, and says what has left the boundary since the last proof. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Report, renderJson } from "../policies";
import { isJsonObject, parseJson } from "../policies/configuration/json";
import { compare, earlierFromJson } from "../policies/report/compare";
import type { FinalReport, ReportComparison } from "../policies/report/report";
import { Failure } from "./failure";
import { type JudgingOptions, judgeFiles } from "./judging";
import { type PlanningOptions, planAsJson } from "./planning";
import { plansFolder } from "./plans-folder";
import { oneAtATime, runAll } from "./schedule";
import { readStacks, type Stack, selected } from "./stacks";
import { stateOf } from "./state";
import { complaint, type Terraform } from "./terraform";

export interface Drift {
  readonly report: Report;
  /** Addresses of what is not as it was applied, behind their stack. */
  readonly drifted: readonly string[];
  /** What is different from the last proof, if there is one. */
  readonly comparison?: ReportComparison;
}

type DriftOptions = Pick<PlanningOptions, "folder" | "names" | "boundary" | "trust" | "parallel" | "progress">;

/** @throws Failure if nothing was ever applied, or Terraform fails */
export async function driftOf(terraform: Terraform, given: DriftOptions): Promise<Drift> {
  const options = { ...given, folder: resolve(given.folder) };
  const stacks = selected(readStacks(options.folder), options.names ?? []);
  const temporary = mkdtempSync(join(tmpdir(), "enclave-drift-"));
  const drifted = new Map<string, readonly string[]>();
  const initializing = oneAtATime();
  try {
    await runAll(
      stacks.map((stack) => ({
        name: stack.name,
        after: [],
        run: async () => {
          await initializing(() => run(terraform, stack, ["init", "-input=false"]));
          const found = await refreshed(terraform, stack, temporary);
          options.progress?.(`${stack.name}: ${found ? `${found.length} drifted` : "nothing was ever applied"}`);
          if (found) drifted.set(stack.name, found);
        },
      })),
      options.parallel ?? availableParallelism(),
    );
    if (drifted.size === 0) throw new Failure("nothing was ever applied, so nothing can have drifted");
    const files = [...drifted.keys()].map((name) => ({ name, path: join(temporary, name, "plan.json") }));
    const report = await judgeFiles(files, options);
    const names = stacks.flatMap(({ name }) => (drifted.get(name) ?? []).map((address) => `${name}:${address}`));
    return { report, drifted: names, ...compared(report, options.folder) };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Judges state files as they are. */
export async function driftInStates(paths: readonly string[], options: JudgingOptions): Promise<Drift> {
  const report = await judgeFiles(
    paths.map((path) => ({ name: path, path })),
    options,
  );
  return { report, drifted: [], ...compared(report, options.folder) };
}

async function run(terraform: Terraform, { name, folder }: Stack, args: readonly string[]): Promise<void> {
  const outcome = await terraform.run(args, { cwd: folder });
  if (outcome.code !== 0) throw new Failure(`${name}: ${terraform.name} ${args[0]} failed: ${complaint(outcome)}`);
}

/** Plans a refresh; the addresses that are not as they were applied, or undefined if nothing ever was. */
async function refreshed(terraform: Terraform, stack: Stack, folder: string): Promise<string[] | undefined> {
  if ((await stateOf(terraform, stack)) === null) return undefined;
  const out = join(folder, stack.name);
  mkdirSync(out, { mode: 0o700 });
  const [binary, json] = [join(out, "plan.bin"), join(out, "plan.json")];
  await run(terraform, stack, ["plan", "-refresh-only", "-input=false", `-out=${binary}`]);
  await planAsJson(terraform, stack.folder, binary, json);
  const plan = parseJson(json, readFileSync(json));
  const changes = isJsonObject(plan) && Array.isArray(plan.resource_drift) ? plan.resource_drift : [];
  return changes.filter(isJsonObject).map(({ address }) => String(address));
}

/** The last proof is that of the plans, of which each stack's folder holds the report. */
function compared(report: Report, folder: string): { readonly comparison?: ReportComparison } {
  const plans = plansFolder(folder);
  const reports = existsSync(plans) ? readdirSync(plans).map((name) => join(plans, name, "report.json")) : [];
  const file = reports.sort().find((path) => existsSync(path));
  if (file === undefined) return {};
  const json = parseJson(file, readFileSync(file));
  const now = JSON.parse(renderJson(report)) as FinalReport;
  return isJsonObject(json) ? { comparison: compare(earlierFromJson(json, file), now, "the last proof") } : {};
}
