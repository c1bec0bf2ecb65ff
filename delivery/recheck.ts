/**
 * The proof of an attestation, made again from the plan files and the states themselves: for whoever signs without
 * trusting the machine that planned.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Statement, sha256Of } from "../attestation/statement";
import { renderJson } from "../policies";
import { Failure } from "./failure";
import { type JudgedFile, type JudgingOptions, judgeConfiguration, judgeFiles, worst } from "./judging";
import { planAsJson } from "./planning";
import { plansFolder } from "./plans-folder";
import { readStacks, type Stack } from "./stacks";
import { sameState, stateOf } from "./state";
import { complaint, type Terraform } from "./terraform";

/** @returns what is not as attested, one line each */
export async function recheck(
  terraform: Terraform,
  { predicate }: Statement,
  given: JudgingOptions,
): Promise<string[]> {
  const options = { ...given, folder: resolve(given.folder) };
  const stacks = new Map(readStacks(options.folder).map((stack) => [stack.name, stack]));
  const temporary = mkdtempSync(join(tmpdir(), "enclave-recheck-"));
  const differences: string[] = [];
  const files: JudgedFile[] = [];
  const place = (name: string, file: string): string => {
    mkdirSync(join(temporary, name), { mode: 0o700 });
    const path = join(temporary, name, file);
    files.push({ name, path });
    return path;
  };
  try {
    for (const { name, json } of predicate.stacks) {
      const { folder } = await initialized(terraform, stacks, name);
      const path = place(name, "plan.json");
      await planAsJson(terraform, folder, join(plansFolder(options.folder), name, "plan.bin"), path);
      if (sha256Of(readFileSync(path)) !== json.sha256) {
        differences.push(`${name}: its plan says something else than the JSON that was judged`);
      }
    }
    for (const { name, state } of predicate.standing) {
      const now = await stateOf(terraform, await initialized(terraform, stacks, name));
      if (!sameState(now?.mark, state)) differences.push(`${name}: what stands is not the state that was judged`);
      if (now) writeFileSync(place(name, "state.json"), now.text, { mode: 0o600 });
    }
    const report = await judgeFiles(files, options);
    const reports = predicate.waiting.length > 0 ? [report, await judgeConfiguration(options)] : [report];
    const verdict = worst(reports);
    if (verdict !== predicate.verdict) differences.push(`the verdict is ${verdict}, attested is ${predicate.verdict}`);
    if (differences.length === 0 && sha256Of(renderJson(report)) !== predicate.report.sha256) {
      differences.push("the report is not the one attested; it was made with other models");
    }
    return differences;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function initialized(terraform: Terraform, stacks: ReadonlyMap<string, Stack>, name: string): Promise<Stack> {
  const stack = stacks.get(name);
  if (!stack) throw new Failure(`${name}: is attested, but is no stack here`);
  const outcome = await terraform.run(["init", "-input=false"], { cwd: stack.folder });
  if (outcome.code !== 0) throw new Failure(`${name}: can't be initialized: ${complaint(outcome)}`);
  return stack;
}
