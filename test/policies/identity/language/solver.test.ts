/** The decider against an SMT solver, on random policies. */

import { init, killThreads } from "z3-solver";
import { within } from "../../../../policies/identity/language/atom";
import { isMultiple } from "../../../../policies/identity/language/keys";
import { everything, literal } from "../../../../policies/identity/language/patterns";
import { Solver } from "../../../../policies/identity/language/solver";
import { allowGoal, denyGoals } from "../../../../policies/identity/requests/statement";
import fc from "../../../properties";
import {
  ACTIONS,
  ADDRESS,
  anybody,
  CALL,
  documentOf,
  NUMBER,
  type RandomStatement,
  SECOND,
  SET,
  SINGLE,
  SWITCH,
  shortStatements,
  TIME,
} from "../random";
import { LONGEST, Smt } from "../smt";

const KEYS = [SINGLE, SECOND, SET, NUMBER, ADDRESS, TIME, SWITCH];
const FACTS = [
  within(
    "action",
    ACTIONS.map((action) => literal(action)),
  ),
  within("resource", [everything]),
];

type Api = Awaited<ReturnType<typeof init>>;
let api: Api;
let satisfiable: (smt: Smt, ...terms: string[]) => Promise<boolean>;

beforeAll(async () => {
  api = await init();
  const context = api.Context("policies");
  satisfiable = async (smt, ...terms) => {
    const solver = new context.Solver();
    solver.fromString(smt.script(...terms));
    return (await solver.check()) === "sat";
  };
});

afterAll(async () => {
  await killThreads(api.em);
});

const scene = { party: anybody, mode: "certain", same: () => false } as const;

/** A request that the statements allow, by the decider. */
function decided(list: readonly RandomStatement[]) {
  const documents = [documentOf(list)];
  const goals = [allowGoal(documents, scene, CALL), ...denyGoals(documents, scene, CALL)];
  return new Solver(isMultiple).solve(FACTS, [], goals);
}

const length = (value: string | readonly string[] | undefined): number =>
  typeof value === "string" ? value.length : Math.max(0, ...(value ?? []).map((one) => one.length));

const isText = (key: string): boolean => ![NUMBER, ADDRESS, TIME, "action"].includes(key);

test("it finds a request exactly where there is one, and the request is allowed", async () => {
  await fc.assert(
    fc.asyncProperty(shortStatements, async (list) => {
      const solution = decided(list);
      expect(solution?.sure ?? true).toBe(true);
      const smt = new Smt(KEYS);
      const allowed = smt.allowed(list);
      if (!solution) {
        expect(await satisfiable(smt, allowed)).toBe(false);
        return;
      }
      const values = ["action", "resource", ...KEYS].flatMap((key) => {
        const assignment = solution.request.get(key.toLowerCase());
        if (!assignment) return [];
        fc.pre(!isText(key) || length(assignment.value) <= LONGEST);
        return [smt.value(key, assignment.value)];
      });
      expect(await satisfiable(smt, allowed, ...values)).toBe(true);
    }),
    { numRuns: 100 },
  );
}, 30_000);

test("nothing is left of statements that others take away, and something of those they do not", async () => {
  await fc.assert(
    fc.asyncProperty(shortStatements, shortStatements, async (some, others) => {
      // What `some` allow beyond what `others` allow, whatever the others deny.
      const allows = others.filter(({ Effect }) => Effect === "Allow");
      const difference = decided([...some, ...allows.map((one) => ({ ...one, Effect: "Deny" as const }))]);
      const smt = new Smt(KEYS);
      const expected = await satisfiable(smt, smt.allowed(some), ...allows.map((one) => `(not ${smt.matches(one)})`));
      expect(difference !== undefined).toBe(expected);
      // With the same Allows taken away, nothing is left.
      const own = some.filter(({ Effect }) => Effect === "Allow").map((one) => ({ ...one, Effect: "Deny" as const }));
      expect(decided([...some, ...own])).toBeUndefined();
    }),
    { numRuns: 60 },
  );
}, 30_000);
