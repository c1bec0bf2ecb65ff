/** Every type of the provider, moved outside, led outside, made unknown, and left alone: generated from the inventory. */
import { type Proof, verifyConfiguration } from "../../../policies";
import { readConfigurationText } from "../../../policies/configuration/input/read";
import { hasRegionOverride, inventoryTypes } from "../../../policies/configuration/schema/schema";
import type { Condition, Entry, Role } from "../../../policies/flows/vocabulary";
import { entryFor } from "../../../policies/services";
import { BY_NATURE } from "./by-nature";
import { trust } from "./harness";
import {
  type Body,
  INSIDE,
  type Json,
  least,
  OPAQUE,
  OUTSIDE,
  STRANGER,
  SURROUNDINGS,
  satisfying,
  valueFor,
} from "./shapes";

const types = inventoryTypes("managed").filter((type) => entryFor(type));

interface Case {
  readonly type: string;
  /** What was done, for the message. */
  readonly what: string;
  readonly body: Body;
}

function judge(resource: Record<string, Record<string, Body>>): Proof {
  const body = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "~> 6.0" } } },
    provider: { aws: { region: "eu-west-1", allowed_account_ids: ["111111111111"] } },
    variable: { opaque: {} },
    resource,
  };
  return verifyConfiguration(readConfigurationText(JSON.stringify(body), "main.tf.json"), { trust });
}

/** The resource beside a network without a way out, as far as it is not of that network itself. */
function around(cases: readonly Case[], name: (index: number) => string) {
  const resource = structuredClone(SURROUNDINGS) as Record<string, Record<string, Body>>;
  cases.forEach(({ type, body }, index) => {
    resource[type] = { ...resource[type], [name(index)]: body };
  });
  return resource;
}

/** Addresses that the proof names as the cause of a path or of an open question. */
function implicated({ escapes, undecided }: Proof): Set<string> {
  const addresses = undecided.map(({ resource }) => resource);
  for (const { resource, path } of escapes) addresses.push(resource.address, ...path.map(({ by }) => by.address));
  return new Set(addresses);
}

/** What was done in the cases after which the verdict on the resource was `contained`, judged many at a time. */
function unnoticed(cases: readonly Case[]): string[] {
  const missed: string[] = [];
  const size = 60;
  for (let start = 0; start < cases.length; start += size) {
    const batch = cases.slice(start, start + size);
    const noticed = implicated(judge(around(batch, (index) => `case${index}`)));
    batch.forEach(({ type, what }, index) => {
      if (!noticed.has(`${type}.case${index}`)) missed.push(`${type}: ${what}`);
    });
  }
  return missed;
}

const conditions = (when: Condition | readonly Condition[] | undefined): readonly Condition[] =>
  when === undefined ? [] : Array.isArray(when) ? when : [when as Condition];

/** Roles by which data moves, or by which the resource stands somewhere. */
type Moving = Extract<Role, { role: "sends" | "shares" | "policy" | "opens" | "stands" | "document" }>;
const moving = (entry: Entry): [string, Moving][] =>
  Object.entries(entry.attributes).filter((pair): pair is [string, Moving] =>
    ["sends", "shares", "policy", "opens", "stands", "document"].includes(pair[1].role),
  );

const whenOf = (role: Moving): readonly Condition[] => ("when" in role ? conditions(role.when) : []);

function outsideValue(role: Moving): Json | undefined {
  switch (role.role) {
    case "sends":
    case "shares":
      return OUTSIDE[role.form];
    case "stands":
      return role.in === "outpost"
        ? "arn:aws:outposts:us-east-1:444455556666:outpost/op-0bbbbbbbbbbbbbbbb"
        : OUTSIDE[role.in];
    case "policy":
      return STRANGER;
    case "opens":
      return valueFor(role.test, true) as Json | undefined;
    case "document":
      return undefined;
  }
}

/** Attributes at which nothing leads out by itself, whatever they hold. */
const NOT_BY_ITSELF: Readonly<Record<string, string>> = {
  "aws_networkfirewall_resource_policy.policy": "rules of a firewall are no data",
  "aws_schemas_registry_policy.policy": "schemas are names of fields",
  "aws_vpc_endpoint.policy": "nothing in the network uses the endpoint",
  "aws_vpc_endpoint_policy.policy": "nothing in the network uses the endpoint",
  "aws_elasticsearch_domain.cognito_options.user_pool_id": "signing in by Cognito is off unless told otherwise",
  "aws_elasticsearch_domain.cognito_options.identity_pool_id": "signing in by Cognito is off unless told otherwise",
  "aws_opensearch_domain.cognito_options.user_pool_id": "signing in by Cognito is off unless told otherwise",
  "aws_opensearch_domain.cognito_options.identity_pool_id": "signing in by Cognito is off unless told otherwise",
  "aws_sagemaker_endpoint_configuration.data_capture_config.destination_s3_uri": "capture is off in the least block",
  "aws_sagemaker_user_profile.user_settings.sharing_settings.s3_output_path": "sharing is off unless told otherwise",
};

/** One case for each role of each type, with a value that the role makes of itself. */
const cases = (what: string, value: (role: Moving) => Json | undefined): Case[] =>
  types.flatMap((type) =>
    moving(entryFor(type)!).flatMap(([path, role]) => {
      const one = `${type}.${path}` in NOT_BY_ITSELF ? undefined : value(role);
      const body = one === undefined ? undefined : satisfying(type, path, one, whenOf(role));
      return body ? [{ type, what: `${path} ${what}`, body }] : [];
    }),
  );

test("in London no type is contained", () => {
  const regional = types.filter((type) => hasRegionOverride("managed", type) && !entryFor(type)!.placement);
  expect(regional.length).toBeGreaterThan(1300);
  const moved = regional.map((type) => ({ type, what: "in London", body: { ...least(type), region: "eu-west-2" } }));
  expect(unnoticed(moved)).toEqual([]);
});

test("led outside by any attribute that data goes by, no type is contained", () => {
  const led = cases("leads outside", outsideValue);
  expect(led.length).toBeGreaterThan(900);
  expect(unnoticed(led)).toEqual([]);
});

/** Beside these the generated values lead nowhere that can be told, or what the block is for is the path. */
const NOT_JUDGED_INSIDE = [
  /^aws_appsync_datasource: /,
  /^aws_codepipeline: stage\./,
  /^aws_finspace_kx_environment: transit_gateway_configuration\./,
  /^aws_globalaccelerator_(?:custom_routing_)?endpoint_group: endpoint_configuration\./,
  /^aws_kinesis_firehose_delivery_stream: redshift_configuration\./,
];

test("led inside by any attribute that data goes by, every type is contained", () => {
  const byNature = new Set(Object.values(BY_NATURE).flat());
  const inside = cases("leads inside", (role) =>
    role.role === "sends" || role.role === "shares" ? INSIDE[role.form] : undefined,
  ).filter(({ type, what }) => !byNature.has(type) && !NOT_JUDGED_INSIDE.some((one) => one.test(`${type}: ${what}`)));
  expect(inside.length).toBeGreaterThan(580);
  const quiet = new Set(unnoticed(inside));
  expect(inside.map(({ type, what }) => `${type}: ${what}`).filter((one) => !quiet.has(one))).toEqual([]);
});

test("with any attribute unknown that data goes by, no type is contained", () => {
  const open = cases("is unknown", () => OPAQUE);
  expect(open.length).toBeGreaterThan(1050);
  expect(unnoticed(open)).toEqual([]);
});

test("an attribute, a block or a type that nobody knows is never contained", () => {
  const attribute = types.map((type) => ({
    type,
    what: "has an attribute that nobody knows",
    body: { ...least(type), invented_target: "something" },
  }));
  const block = types.map((type) => ({
    type,
    what: "has a block that nobody knows",
    body: { ...least(type), invented_block: [{ enabled: true }] },
  }));
  const invented = types.map((type) => ({ type: `${type}_invented`, what: "is a type that nobody knows", body: {} }));
  expect(unnoticed([...attribute, ...block, ...invented])).toEqual([]);
});

test("alone in Dublin every type is contained, unless its existence is the path", () => {
  const not = types.filter(
    (type) => judge(around([{ type, what: "", body: least(type) }], () => "alone")).verdict !== "contained",
  );
  const reviewed = Object.entries(BY_NATURE).flatMap(([why, those]) => those.map((type) => [type, why] as const));
  process.stdout.write(`${reviewed.map(([type, why]) => `${type} ${why}`).join("\n")}\n`);
  expect(not).toEqual(reviewed.map(([type]) => type).sort());
});
