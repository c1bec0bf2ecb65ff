import { compare, type PlanJson } from "../../../scripts/fidelity/comparison";
import { judge, table } from "../../../scripts/fidelity/reviewed";
import type { RealAttribute, RealBlock } from "../../../scripts/fidelity/schema";

const written = (type: RealAttribute["type"]): RealAttribute => ({ type, required: false, written: true });
const vpcEndpoint: RealBlock = {
  attributes: new Map([
    ["policy", written("string")],
    ["subnet_ids", written(["set", "string"])],
    ["long_gone", written("string")],
  ]),
  blocks: new Map(),
};
const plan = (after: object, unknown: object = {}, actions = ["create"]): PlanJson => ({
  resource_changes: [
    {
      address: "aws_vpc_endpoint.a",
      mode: "managed",
      type: "aws_vpc_endpoint",
      change: { actions, after: after as never, after_unknown: unknown as never },
    },
  ],
});
const compared = (real: PlanJson, rehearsed: PlanJson) => compare(real, rehearsed, { block: () => vpcEndpoint });

test("sets have no order, and what a later version lacks is not compared", () => {
  const { differences, retired, attributes } = compared(
    plan({ subnet_ids: ["a", "b"], long_gone: "x" }),
    plan({ subnet_ids: ["b", "a"] }),
  );
  expect([differences, retired, attributes]).toEqual([[], ["aws_vpc_endpoint.long_gone"], 2]);
});

test.each<[string, PlanJson, string[]]>([
  ["a value", plan({ policy: "{}" }), ['   1 aws_vpc_endpoint.policy: null, rehearsed "{}"']],
  ["what is not known", plan({}, { policy: true }), ["   1 aws_vpc_endpoint.policy: null, rehearsed unknown"]],
  ["what is done", plan({}, {}, ["update"]), ['   1 aws_vpc_endpoint (actions): ["create"], rehearsed ["update"]']],
  ["whether it is planned", { resource_changes: [] }, ["   1 aws_vpc_endpoint: planned, rehearsed not planned"]],
])("%s differs", (_, rehearsed, lines) => {
  expect(table(compared(plan({}), rehearsed).differences)).toEqual(lines);
});

test("a difference needs a reason, and a reason a difference", () => {
  const { differences } = compared(plan({}), plan({ policy: "{}" }));
  const list = { "aws_vpc_endpoint.policy": "…", "aws_vpc_endpoint.subnet_ids": "…", "aws_vpc.id": "…" };
  expect(judge(differences, ["aws_vpc_endpoint"], {}).unreviewed).toEqual(differences);
  expect(judge(differences, ["aws_vpc_endpoint"], list)).toEqual({
    unreviewed: [],
    outdated: ["aws_vpc_endpoint.subnet_ids"],
  });
});
