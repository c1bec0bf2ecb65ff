/** Conditions of the models: yes, no or possibly, on the list element that the role stands in. */
import type { Values } from "../../../policies/configuration/value";
import { at as attribute } from "../../../policies/flows/vocabulary";
import { decide, decideAll, near } from "../../../policies/prover/conditions";
import { oneOf, resource, unknown } from "./made";

const enabled = attribute("rule.status", "Enabled").is("Enabled");
const rules = (...rule: Values[]) => resource("aws_x", { rule });
const held = (values: Values[], at = "rule[0].bucket") => decide(enabled, rules(...values), at).holds;

test.each<[string, Values[], string, boolean | "possibly"]>([
  ["holds", [{ status: "Enabled" }], "rule[0].bucket", true],
  ["does not hold", [{ status: "Disabled" }], "rule[0].bucket", false],
  ["holds by AWS's default", [{ bucket: "b" }], "rule[0].bucket", true],
  ["is asked of the same element", [{ status: "Enabled" }, { status: "Disabled" }], "rule[1].bucket", false],
  [
    "is asked of the same element, deeper",
    [{ status: "Disabled" }, { status: "Enabled" }],
    "rule[1].to[0].bucket",
    true,
  ],
  ["is asked of any element from beside", [{ status: "Disabled" }, { status: "Enabled" }], "", true],
  ["holds possibly", [{ status: unknown }], "rule[0].bucket", "possibly"],
  ["holds for every candidate", [{ status: oneOf("Enabled") }], "rule[0].bucket", true],
  ["holds for no candidate", [{ status: oneOf("Disabled", "Paused") }], "rule[0].bucket", false],
  ["holds for one candidate", [{ status: oneOf("Enabled", "Disabled") }], "rule[0].bucket", "possibly"],
])("a condition %s", (_, values, at, expected) => {
  expect(held(values, at)).toBe(expected);
});

test("all conditions must hold", () => {
  const both = [enabled, attribute("rule.kind").isNot("test")];
  const decision = (rule: Values) => decideAll(both, rules(rule), "rule[0].bucket");
  expect(decision({ status: "Enabled", kind: "test" })).toEqual({ holds: false });
  expect(decision({ status: "Enabled", kind: "live" })).toEqual({ holds: true });
  expect(decision({ status: unknown, kind: "test" })).toEqual({ holds: false });
  expect(decision({ status: unknown, kind: "live" })).toEqual({
    holds: "possibly",
    unless: "rule.status: variable x has no value",
  });
  expect(decideAll(undefined, rules(), "")).toEqual({ holds: true });
});

test.each<[string, string, unknown[]]>([
  ["rule[1].destination[0].bucket", "rule.status", ["Off"]],
  ["rule[1].destination[0].bucket", "rule.destination.account", ["2"]],
  ["rule[1].destination[0].bucket", "name", ["n"]],
  ["", "rule.status", ["On", "Off"]],
  ["rule[7].status", "rule.status", []],
])("near %j, %s", (at, path, expected) => {
  const values = {
    name: "n",
    rule: [
      { status: "On", destination: [{ account: "1" }] },
      { status: "Off", destination: [{ account: "2" }] },
    ],
  };
  expect(near(values, at, path)).toEqual(expected);
});
