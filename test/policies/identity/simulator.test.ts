/**
 * The decider against an independent simulator of IAM, on random single requests. The simulator is licensed under the
 * AGPL: it is a tool of this test alone, and nothing of the project contains it or is shipped with it.
 */
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { enter } from "../../../policies/identity";
import { type Credential, credentialParty } from "../../../policies/identity/credentials/credential";
import { readStore } from "../../../policies/identity/credentials/reading";
import { type Atom, constraint, missing, within } from "../../../policies/identity/language/atom";
import { glob, literal } from "../../../policies/identity/language/patterns";
import { mayCall } from "../../../policies/identity/requests/access";
import { routesOf } from "../../../policies/identity/requests/routes";
import fc from "../../properties";
import { build, roomOf, type Terraform } from "./builder";
import { ADDRESS, NUMBER, type RandomStatement, SECOND, SET, SINGLE, SWITCH, statements, TIME } from "./random";

const ACCOUNT = "111111111111";
const USER = `arn:aws:iam::${ACCOUNT}:user/u`;

type Context = Readonly<Record<string, string | readonly string[]>>;
interface Request {
  readonly action: string;
  /** Behind the bucket's ARN. */
  readonly suffix: string;
  readonly context: Context;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const context: fc.Arbitrary<Context> = fc
  .record({
    [SINGLE]: maybe(fc.constantFrom("red", "blue", "green", "RED")),
    [SECOND]: maybe(fc.constantFrom("red", "blue")),
    [SET]: maybe(fc.uniqueArray(fc.constantFrom("red", "blue", "green"), { minLength: 1, maxLength: 2 })),
    [NUMBER]: maybe(fc.constantFrom("10", "15", "20", "30")),
    [ADDRESS]: maybe(fc.constantFrom("10.1.2.3", "10.2.0.1", "192.0.2.7", "192.0.2.8", "2001:db8:1::5", "203.0.113.1")),
    [TIME]: fc.constantFrom("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "2028-01-01T00:00:00Z"),
    [SWITCH]: maybe(fc.constantFrom("true", "false")),
  })
  .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Context);

const request: fc.Arbitrary<Request> = fc.oneof(
  fc.record({
    action: fc.constantFrom("s3:GetObject", "s3:GetObjectVersion"),
    suffix: fc.constantFrom("/b/c", "/b/cc", "/x", "/b/d/c"),
    context,
  }),
  fc.record({ action: fc.constant("s3:ListBucket"), suffix: fc.constant(""), context }),
);

const principal = fc.constantFrom<object>(
  { Principal: "*" },
  { Principal: { AWS: USER } },
  { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
  { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/other` } },
  { Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:user/other`, USER] } },
);
const resourcePolicy = statements.chain((list) =>
  fc
    .tuple(...list.map((one) => principal.map((named) => ({ ...one, ...named }))))
    .map((all) => all as RandomStatement[]),
);
const denials = statements.map((list) => list.filter(({ Effect }) => Effect === "Deny"));

interface Setting {
  readonly identity: readonly RandomStatement[];
  readonly resource?: readonly RandomStatement[];
  readonly boundary?: readonly RandomStatement[];
  readonly guardrail?: readonly RandomStatement[];
}
const setting: fc.Arbitrary<Setting> = fc.record(
  { identity: statements, resource: resourcePolicy, boundary: statements, guardrail: denials },
  { requiredKeys: ["identity"] },
);

/** What has no conditions has no element for them: an empty one is refused. */
const written = (list: readonly RandomStatement[]) => ({
  Version: "2012-10-17",
  Statement: list.map(({ Condition, ...rest }) =>
    Object.keys(Condition).length === 0 ? rest : { ...rest, Condition },
  ),
});

/**
 * An address alone is to the simulator no range of one: it lets no IPv6 address pass `NotIpAddress` of an IPv4 address,
 * as it does of an IPv4 range.
 */
const forThem = (list: readonly RandomStatement[]): ReturnType<typeof written> =>
  JSON.parse(JSON.stringify(written(list)).replace(/"(\d+(?:\.\d+){3})"/g, '"$1/32"'));

function ours(
  { identity, resource, boundary, guardrail }: Setting,
  { action, suffix, context: given }: Request,
): boolean {
  const text = (list: readonly RandomStatement[]) => JSON.stringify(written(list));
  const terraform: Terraform = {
    resource: {
      aws_s3_bucket: { a: { bucket: "a" } },
      aws_iam_user: { u: { name: "u", ...(boundary && { permissions_boundary: "${aws_iam_policy.b.arn}" }) } },
      aws_iam_user_policy: { u: { user: "u", policy: text(identity) } },
      ...(resource && { aws_s3_bucket_policy: { a: { bucket: "${aws_s3_bucket.a.id}", policy: text(resource) } } }),
      ...(boundary && { aws_iam_policy: { b: { name: "b", policy: text(boundary) } } }),
      ...(guardrail?.length && {
        aws_organizations_policy: { g: { type: "SERVICE_CONTROL_POLICY", content: text(guardrail) } },
        aws_organizations_policy_attachment: {
          g: { policy_id: "${aws_organizations_policy.g.id}", target_id: ACCOUNT },
        },
      }),
    },
  };
  const input = roomOf(build(terraform));
  const room = enter(input);
  const [user] = input.context.ofType("aws_iam_user");
  const [bucket] = input.context.ofType("aws_s3_bucket");
  const pinned = [within("action", [literal(action)]), within("resource", [literal(suffix)]), ...pins(given)];
  const credential: Credential = {
    principal: room.principals.user(user),
    channel: "test",
    place: { id: "somewhere", countries: [] },
    steps: [],
    facts: pinned,
    session: [],
  };
  const party = credentialParty(room, credential);
  const anywhere = new Set(room.parties.fromOutside().map((fact) => fact.id));
  const facts = party.facts.filter((fact) => !anywhere.has(fact.id));
  return readStore(room, credential, { ...party, facts }, bucket)?.certain === true;
}

/** Exactly these values, and no others. */
const pins = (given: Context): Atom[] =>
  [SINGLE, SECOND, SET, NUMBER, ADDRESS, TIME, SWITCH].flatMap((name) => {
    const key = name.toLowerCase();
    const value = given[name];
    if (value === undefined) return [missing(key)];
    const values = typeof value === "string" ? [value] : value;
    const each = values.map((one) =>
      constraint(key, {
        absent: false,
        quantifier: "any",
        set: { type: "text", patterns: [glob(one)], negated: false },
        of: one,
      }),
    );
    return [
      within(
        key,
        values.map((one) => literal(one)),
      ),
      ...(name === SET ? each : []),
    ];
  });

async function theirs(
  { identity, resource, boundary, guardrail }: Setting,
  { action, suffix, context: given }: Request,
): Promise<boolean> {
  const all = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const result = await runSimulation(
    {
      request: {
        principal: USER,
        action,
        resource: { resource: `arn:aws:s3:::a${suffix}`, accountId: ACCOUNT },
        contextVariables: given as Record<string, string | string[]>,
      },
      identityPolicies: [{ name: "identity", policy: forThem(identity) }],
      serviceControlPolicies: [
        {
          orgIdentifier: "r-ab12",
          policies: [
            { name: "all", policy: all },
            ...(guardrail?.length ? [{ name: "guardrail", policy: forThem(guardrail) }] : []),
          ],
        },
      ],
      resourceControlPolicies: [],
      ...(resource && { resourcePolicy: forThem(resource) }),
      ...(boundary && { permissionBoundaryPolicies: [{ name: "boundary", policy: forThem(boundary) }] }),
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult === "Allowed";
}

const STRANGER = "arn:aws:iam::444455556666:role/reader";
const strange = fc.constantFrom<object>(
  { Principal: "*" },
  { Principal: { AWS: "444455556666" } },
  { Principal: { AWS: STRANGER } },
  { Principal: { AWS: "arn:aws:iam::444455556666:role/other" } },
  { Principal: { AWS: [USER, STRANGER] } },
);
const strangePolicy = statements.chain((list) =>
  fc.tuple(...list.map((one) => strange.map((named) => ({ ...one, ...named })))).map((all) => all as RandomStatement[]),
);

/** Resource control policies have no `NotAction`, and name the service. */
const fences = denials.map((list) => list.filter(({ Action }) => Action && !Action.includes("*")));

function letsIn(
  resource: readonly RandomStatement[],
  guardrail: readonly RandomStatement[],
  { action, suffix, context: given }: Request,
): boolean {
  const terraform: Terraform = {
    resource: {
      aws_s3_bucket: { a: { bucket: "a" } },
      aws_s3_bucket_public_access_block: { a: { bucket: "${aws_s3_bucket.a.id}", restrict_public_buckets: false } },
      aws_s3_bucket_policy: { a: { bucket: "${aws_s3_bucket.a.id}", policy: JSON.stringify(written(resource)) } },
      ...(guardrail.length > 0 && {
        aws_organizations_policy: {
          g: {
            type: "RESOURCE_CONTROL_POLICY",
            content: JSON.stringify(written(guardrail.map((one) => ({ ...one, Principal: "*" })))),
          },
        },
        aws_organizations_policy_attachment: {
          g: { policy_id: "${aws_organizations_policy.g.id}", target_id: ACCOUNT },
        },
      }),
    },
  };
  const room = enter(roomOf(build(terraform)));
  const stranger = room.parties.stranger();
  const anywhere = new Set(room.parties.fromOutside().map((fact) => fact.id));
  const facts = [
    ...stranger.facts.filter((fact) => !anywhere.has(fact.id)),
    ...pins(given),
    within("principal", [literal(STRANGER)]),
  ];
  const [guard] = room.guards;
  const facet = { actions: [{ name: action, effect: "read" as const }], suffix: [literal(suffix)] };
  return guard.documents.some((document) =>
    document.statements.some(
      (allowing) =>
        allowing.effect === "Allow" &&
        routesOf(room, guard)
          .slice(0, 1)
          .some(
            (route) =>
              mayCall(room, { guard, document, allowing, party: { ...stranger, facts }, facet, route })?.certain,
          ),
    ),
  );
}

async function letsInByThem(
  resource: readonly RandomStatement[],
  guardrail: readonly RandomStatement[],
  { action, suffix, context: given }: Request,
): Promise<boolean> {
  const all = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const everybody = forThem(guardrail.map((one) => ({ ...one, Principal: "*" })));
  const result = await runSimulation(
    {
      request: {
        principal: STRANGER,
        action,
        resource: { resource: `arn:aws:s3:::a${suffix}`, accountId: ACCOUNT },
        contextVariables: given as Record<string, string | string[]>,
      },
      identityPolicies: [{ name: "all", policy: all }],
      serviceControlPolicies: [],
      resourceControlPolicies:
        guardrail.length > 0 ? [{ orgIdentifier: "r-ab12", policies: [{ name: "guardrail", policy: everybody }] }] : [],
      resourcePolicy: forThem(resource),
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult === "Allowed";
}

test("a stranger is let in by a resource's policy exactly where the simulator lets it in", async () => {
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(strangePolicy, fences, request, async (resource, guardrail, one) => {
      const expected = await letsInByThem(resource, guardrail, one);
      if (expected) allowed++;
      expect(letsIn(resource, guardrail, one)).toBe(expected);
    }),
    { numRuns: 150 },
  );
  expect(allowed).toBeGreaterThan(5);
}, 30_000);

test("one request is allowed by the decider exactly where the simulator allows it", async () => {
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(setting, request, async (policies, one) => {
      const expected = await theirs(policies, one);
      if (expected) allowed++;
      expect(ours(policies, one)).toBe(expected);
    }),
    { numRuns: 150 },
  );
  expect(allowed).toBeGreaterThan(5);
}, 30_000);
