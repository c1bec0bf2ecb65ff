/**
 * Leaks that somebody tried to get past the proof, each beside the nearest thing that is none: `leaks` and `safe` are
 * the values that `build` puts into the same configuration.
 */
import { findings, judge } from "../policies/services/harness";

export interface Attack {
  readonly name: string;
  /** The configuration with the difference in it. */
  readonly build: (what: string) => Parameters<typeof judge>[0];
  readonly leaks: readonly string[];
  readonly safe: readonly string[];
  /** What a path of each leak must name. */
  readonly by: string;
  /** What is right for the leaks. @default "escapes" */
  readonly verdict?: "undecided";
}

export const FOREIGN = "444455556666";
export const OURS = "222222222222";
export const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const allow = (account: string, action: string | string[], resource: string): string =>
  policy({ Effect: "Allow", Principal: { AWS: account }, Action: action, Resource: resource });

export function attack(attacks: readonly Attack[]): void {
  describe.each(attacks)("$name", ({ build, leaks, safe, by, verdict = "escapes" }) => {
    if (leaks.length > 0)
      test.each(leaks)("%s leaves", async (what) => {
        const report = await judge(build(what));
        expect({ findings: findings(report), verdict: report.verdict }).toMatchObject({ verdict });
        const paths = report.escapes.flatMap(({ resource, path }) => [resource, ...path.map((step) => step.by)]);
        const named = [...paths, ...report.undecided.map(({ resource }) => resource)];
        expect(named).toContain(by);
      });
    if (safe.length > 0)
      test.each(safe)("%s is contained", async (what) => {
        const report = await judge(build(what));
        expect(findings(report)).toEqual([]);
      });
  });
}
