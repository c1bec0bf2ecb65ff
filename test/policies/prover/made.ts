/** Things for the prover's tests, without a file to read them from. */
import type { Resource } from "../../../policies/configuration/resource";
import { Unknown, type Value, type Values } from "../../../policies/configuration/value";
import { loadBoundary } from "../../../policies/geography/boundaries";
import { World } from "../../../policies/geography/world";
import { ConfigurationContext } from "../../../policies/prover/context";
import { trust } from "../services/harness";

/** A resource in Dublin, by its type and values. */
export const resource = (type: string, values: Values = {}, more: Partial<Resource> = {}): Resource => ({
  address: `${type}.r`,
  mode: "managed",
  type,
  name: "r",
  module: "",
  stack: "main",
  values,
  provider: { name: "aws", source: "registry.terraform.io/hashicorp/aws", values: { region: "eu-west-1" } },
  ...more,
});

export function surroundings(resources: readonly Resource[]) {
  const world = new World(loadBoundary("EEA"), trust, { today: "2026-01-01" });
  return { world, context: new ConfigurationContext(resources, world) };
}

/** An attribute of a resource, known after apply. */
export const attributeOf = (one: Resource, path = "arn"): Unknown =>
  new Unknown("known after apply", { exact: true, references: [{ address: one.address, path, resources: [one] }] });

export const template = (...parts: (string | Unknown)[]): Unknown =>
  new Unknown("known after apply", {
    parts,
    references: parts.flatMap((part) => (typeof part === "string" ? [] : part.references)),
  });

export const oneOf = (...candidates: Value[]): Unknown => new Unknown("one of several", { candidates });
export const unknown = new Unknown("variable x has no value");
