/** Small configurations for tests: Terraform JSON with plain references, read into resources. */
import type { Configuration, Provider, Resource } from "../../../policies/configuration/resource";
import { Unknown, type Value, type Values } from "../../../policies/configuration/value";
import type { RoomInput, RoomResult } from "../../../policies/flows/flow";
import { loadBoundary } from "../../../policies/geography/boundaries";
import { emptyTrust, parseTrust, type Trust } from "../../../policies/geography/trust";
import { World } from "../../../policies/geography/world";
import { identityFlows } from "../../../policies/identity";
import { ConfigurationContext } from "../../../policies/prover/context";
import { entryFor } from "../../../policies/services";

export const trust: Trust = parseTrust(
  {
    organization: "o-enclave0001",
    accounts: {
      "111111111111": { name: "dublin" },
      "222222222222": { name: "hamar" },
      "333333333333": { name: "oversight" },
    },
    places: [{ id: "203.0.113.10", country: "IE", statement: "VPN device of the Dublin facility" }],
  },
  "trust.json",
);

export interface Terraform {
  readonly provider?: Values;
  /** The provider of everything of AWS Organizations. @default the provider */
  readonly management?: Values;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** A policy as text, which may hold `${…}`. */
export const policy = (...statements: readonly Values[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A value that is not known, of which nothing refers to anything. */
export const unknown = (why = "known after apply"): Unknown => new Unknown(why);

export function build(terraform: Terraform): readonly Resource[] {
  const provider: Provider = {
    name: "aws",
    values: terraform.provider ?? { region: "eu-west-1", allowed_account_ids: ["111111111111"] },
  };
  const management: Provider = terraform.management ? { name: "aws", values: terraform.management } : provider;
  const resources = new Map<string, { -readonly [K in keyof Resource]: Resource[K] }>();
  const kinds = [
    ["managed", terraform.resource],
    ["data", terraform.data ?? {}],
  ] as const;
  for (const [mode, types] of kinds) {
    for (const [type, instances] of Object.entries(types)) {
      for (const [name, values] of Object.entries(instances)) {
        const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
        const own = type.startsWith("aws_organizations_") ? management : provider;
        resources.set(address, { address, mode, type, name, module: "", stack: "stack", values, provider: own });
      }
    }
  }
  for (const resource of resources.values()) resource.values = refer(resource.values, resources) as Values;
  return [...resources.values()];
}

const REFERENCE = /\$\{((?:data\.)?[a-z0-9_]+\.[A-Za-z0-9_-]+)\.([A-Za-z0-9_.[\]]+)\}/g;

function refer(value: Value, resources: ReadonlyMap<string, Resource>): Value {
  if (typeof value === "string") return text(value, resources);
  if (Array.isArray(value)) return value.map((item) => refer(item, resources));
  if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, refer(item, resources)]));
}

function text(value: string, resources: ReadonlyMap<string, Resource>): Value {
  const parts: (string | Unknown)[] = [];
  let end = 0;
  for (const match of value.matchAll(REFERENCE)) {
    const resource = resources.get(match[1]);
    if (!resource) continue;
    if (match.index > end) parts.push(value.slice(end, match.index));
    end = match.index + match[0].length;
    const literal = resource.values[match[2]];
    if (typeof literal === "string" && !literal.includes("${")) parts.push(literal);
    else
      parts.push(
        new Unknown("known after apply", {
          exact: true,
          references: [{ address: match[1], path: match[2], resources: [resource] }],
        }),
      );
  }
  if (parts.length === 0) return value;
  if (end < value.length) parts.push(value.slice(end));
  if (parts.length === 1) return parts[0];
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  return new Unknown("holds what is known after apply", { parts });
}

export function roomOf(resources: readonly Resource[], trusted: Trust = trust): RoomInput {
  const world = new World(loadBoundary("EEA"), trusted, { today: "2026-01-31" });
  const context = new ConfigurationContext(resources, world);
  return {
    resources,
    context,
    world,
    entryOf: (resource) => entryFor(resource.mode === "managed" ? resource.type : `${resource.mode}.${resource.type}`),
  };
}

export const decide = (terraform: Terraform, trusted: Trust = trust): RoomResult =>
  identityFlows(roomOf(build(terraform), trusted));

/** The verdict that the flows and undecided things of this room alone make. */
export function verdictOf({ flows, undecided }: RoomResult): "contained" | "escapes" | "undecided" {
  if (flows.some((flow) => flow.unless === undefined)) return "escapes";
  return flows.length > 0 || undecided.length > 0 ? "undecided" : "contained";
}

export const verdict = (terraform: Terraform, trusted: Trust = trust) => verdictOf(decide(terraform, trusted));

export const nobody = emptyTrust;
export type { Configuration };
