import { Sightings } from "../../../constructs";
import { changes, reads } from "../../../handlers/incident/calls";
import { type CallRecord, incidentOf } from "../../../handlers/incident/incident";
import { noProof } from "../../../handlers/incident/proof";
import { createRoute, delivered, getObject, putKeyPolicy, record, sessionOf } from "../../handlers/incident/recorded";
import { type Attributes, ofType, only, resourcesOf, statementsOf } from "../synthesis";

const host = "arn:aws:iam::111111111111:role/clover-dublin-1-hosts";
const busArn = "arn:aws:events:eu-west-1:333333333333:event-bus/clover-oversight-sightings";
const resources = resourcesOf((stack) => {
  new Sightings(stack, "sightings", { name: "reporter", busArn, approvedRoleArns: [host] });
});
const rules = ofType(resources, "aws_cloudwatch_event_rule").map(({ values }) => values);

/** EventBridge's own reading of the operators used here: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
function matches(pattern: Attributes, event: Attributes | undefined): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or") return wanted.some((one: Attributes) => matches(one, event));
    if (!Array.isArray(wanted)) return matches(wanted, event?.[key]);
    const value = event?.[key];
    return wanted.some((one) => {
      if (typeof one === "string") return value === one;
      if ("prefix" in one) return typeof value === "string" && value.startsWith(one.prefix);
      if ("exists" in one) return (value !== undefined) === one.exists;
      return value !== undefined && !one["anything-but"].includes(value);
    });
  });
}

const reported = (one: CallRecord): string[] =>
  rules.filter((rule) => matches(JSON.parse(rule.event_pattern), delivered(one))).map(({ name }) => name);

it("each kind of incident has a rule that puts it on the partner's bus, by a role that does nothing else", () => {
  expect(rules.map(({ name }) => name)).toEqual([
    "reporter-endpoint-policies",
    "reporter-gateways",
    "reporter-guardrails",
    "reporter-key-policies",
    "reporter-logging",
    "reporter-routing",
    "reporter-unapproved-read",
  ]);
  const targets = ofType(resources, "aws_cloudwatch_event_target");
  expect(targets.map(({ values }) => values.arn)).toEqual(rules.map(() => busArn));
  expect(statementsOf(only(resources, "aws_iam_role_policy").values.policy)).toEqual([
    { Sid: "Bus", Effect: "Allow", Action: "events:PutEvents", Resource: busArn },
  ]);
});

it("patterns are as short as EventBridge takes them, and refused if they are not", () => {
  for (const { event_pattern: pattern } of rules) expect(pattern.length).toBeLessThanOrEqual(2048);
  const many = Array.from({ length: 100 }, (_, i) => `arn:aws:iam::111111111111:role/${i}`);
  expect(() =>
    resourcesOf((stack) => {
      new Sightings(stack, "sightings", { name: "reporter", busArn, approvedRoleArns: many });
    }),
  ).toThrow(/the pattern for unapproved read has \d+ characters, of 2048/);
});

it("whatever the handler takes for an incident, some rule reports", () => {
  const calls = [...Object.values(changes), reads].flat();
  const records = calls.flatMap(({ source, names }) =>
    names.map((name) => record({ eventSource: source, eventName: `${name}V2` })),
  );
  expect(records.length).toBeGreaterThan(100);
  for (const one of records) {
    expect(incidentOf(one, new Set([host]), noProof("none"))).toBeDefined();
    expect([one.eventName, reported(one).length > 0]).toEqual([one.eventName, true]);
  }
});

it.each([
  ["a route", createRoute, ["reporter-routing"]],
  ["a key's policy", putKeyPolicy, ["reporter-key-policies"]],
  ["a read by an administrator", getObject("administrator"), ["reporter-unapproved-read"]],
  ["a read by a host", getObject("clover-dublin-1-hosts"), []],
  [
    "a read by a user",
    { ...getObject(""), userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111111111111:user/x" } },
    ["reporter-unapproved-read"],
  ],
  [
    "a write by an administrator",
    record({ eventSource: "s3.amazonaws.com", eventName: "PutObject", userIdentity: sessionOf("administrator") }),
    [],
  ],
])("reports %s", (_name, one, expected) => {
  expect(reported(one)).toEqual(expected);
});

it("reads are asked for: EventBridge leaves calls that only read out", () => {
  const states = rules.map(({ name, state }) => [name, state]);
  expect(states.filter(([, state]) => state !== "ENABLED")).toEqual([
    ["reporter-unapproved-read", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
  ]);
});
