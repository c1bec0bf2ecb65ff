/** What is said of a planning, for those to sign who must. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Predicate, type Statement, sha256Of, statementOf } from "../attestation/statement";
import { type Report, renderJson } from "../policies";
import { providerVersion } from "../policies/configuration/schema/schema";
import { countsOf } from "./changes";
import { trustOf, worst } from "./judging";
import { modelsVersion } from "./models";
import type { Planning, PlanningOptions } from "./planning";
import type { Terraform } from "./terraform";

type Results = Pick<Planning, "planned" | "standing" | "waiting" | "report" | "configuration">;

/** @param folder where the plans lie */
export function attest(
  { name, version }: Terraform,
  { planned, standing, waiting, report, configuration }: Results,
  folder: string,
  options: PlanningOptions,
): Statement {
  const digest = (stack: string, file: string): string => sha256Of(readFileSync(join(folder, stack, file)));
  const reports = configuration ? [report, configuration] : [report];
  const predicate: Predicate = {
    verdict: worst(reports),
    boundary: { name: report.boundary.name, countries: [...report.boundary.countries] },
    report: { sha256: sha256Of(renderJson(report)) },
    stacks: planned.map(({ stack, state, reads, providers, changes }) => ({
      name: stack.name,
      json: { sha256: digest(stack.name, "plan.json") },
      state,
      reads: { ...reads },
      providers: { ...providers },
      changes: { ...countsOf(changes), outputs: changes.outputs },
    })),
    standing: standing.map((one) => ({ ...one })),
    waiting: waiting.map(({ stack }) => stack.name),
    destroys: options.destroy === true,
    assumptions: assumptionsOf(reports),
    trust: { sha256: trustOf(options).sha256 },
    models: { ...modelsVersion(), provider: providerVersion },
    terraform: { name, version },
    time: (options.now ?? new Date()).toISOString(),
  };
  return statementOf(predicate, new Map(planned.map(({ stack }) => [stack.name, digest(stack.name, "plan.bin")])));
}

function assumptionsOf(reports: readonly Report[]): Predicate["assumptions"] {
  const texts = reports.flatMap(({ assumptions }) => assumptions.map((one) => JSON.stringify(one)));
  return [...new Set(texts)].sort().map((text) => JSON.parse(text));
}
