/** The models against the inventory of the installed provider: nothing forgotten, nothing that is not there. */
import {
  attributePaths,
  type BlockSchema,
  inventoryTypes,
  placeNamingAttributes,
  schemaOf,
} from "../../../policies/configuration/schema/schema";
import type { Condition, Entry } from "../../../policies/flows/vocabulary";
import { entryFor, services } from "../../../policies/services";

type Mode = "managed" | "data" | "action" | "ephemeral";
const prefixOf = (mode: Mode): string => (mode === "managed" ? "" : `${mode}.`);

/** All entries for a mode whose types the inventory knows: type and entry. */
const entriesOf = (mode: Mode): [string, Entry][] =>
  services.flatMap(({ entries }) =>
    Object.entries(entries).flatMap(([key, entry]): [string, Entry][] =>
      key.startsWith(`${prefixOf(mode)}aws_`) ? [[key.slice(prefixOf(mode).length), entry]] : [],
    ),
  );

/** By a role at or above it, by roles for keys of the map that it is, or as what names the resource the entry is about. */
const isCovered = (path: string, { attributes, data }: Entry): boolean => {
  const keys = path.split(".");
  if (path === data) return true;
  return Object.keys(attributes).some((pattern) => {
    if (pattern.startsWith(`${path}.`)) return true;
    const parts = pattern.split(".");
    return parts.length <= keys.length && parts.every((part, i) => part === keys[i] || part === "*");
  });
};

/** Whether a dotted path leads to an attribute or block; below a map, and below what has no fixed type, any key does. */
function leads(schema: BlockSchema, path: string): boolean {
  if (path === "id") return true;
  const known = new Map<string, string>();
  for (const { path: at, schema: attribute } of attributePaths(schema)) known.set(at, attribute.type);
  const pattern = new RegExp(`^${path.replace(/\./g, "\\.").replace(/\*/g, "\\w+")}(\\.|$)`);
  if ([...known.keys()].some((at) => pattern.test(at))) return true;
  if (emptyBlocks(schema).includes(path)) return true;
  const keys = path.split(".");
  return keys.some((_, i) => {
    const type = known.get(keys.slice(0, i).join("."));
    return type !== undefined && /map\(|any/.test(type);
  });
}

/** Paths of blocks that hold nothing, whose presence alone says something. */
function emptyBlocks(schema: BlockSchema, prefix = ""): string[] {
  return Object.entries(schema.blocks).flatMap(([name, { block }]) => [
    `${prefix}${name}`,
    ...emptyBlocks(block, `${prefix}${name}.`),
  ]);
}

const conditionsOf = (when: Condition | readonly Condition[] | undefined): readonly Condition[] =>
  when === undefined ? [] : Array.isArray(when) ? when : [when as Condition];

/** Every path that an entry speaks of. */
function pathsOf(entry: Entry): string[] {
  const paths = Object.keys(entry.attributes);
  if (entry.data) paths.push(entry.data);
  for (const role of Object.values(entry.attributes)) {
    if (role.role !== "sends" && role.role !== "shares" && role.role !== "opens") continue;
    paths.push(...conditionsOf(role.when).map(({ path }) => path));
    if (role.account) paths.push(role.account);
    if (role.region) paths.push(role.region);
    if (role.role === "opens") paths.push(role.test.path);
  }
  for (const rule of entry.interfaces ?? []) {
    paths.push(rule.subnets, ...conditionsOf(rule.when).map(({ path }) => path));
    if (rule.groups) paths.push(rule.groups);
    if (rule.elasticIps) paths.push(rule.elasticIps);
    for (const address of [rule.publicIpv4, rule.ipv6]) if (typeof address === "object") paths.push(address.path);
  }
  return paths;
}

test("every resource type of the provider has a model", () => {
  const missing = inventoryTypes("managed").filter((type) => !entryFor(type));
  expect(
    missing.map((type) => `${type} has no model: give it an entry in its service's file under policies/services/`),
  ).toEqual([]);
});

test("every data source of the provider has a model", () => {
  const missing = inventoryTypes("data").filter((type) => !entryFor(`data.${type}`));
  expect(
    missing.map(
      (type) =>
        `data.${type} has no model: if it only looks up, name it in policies/services/data-sources.ts; if it fetches or sends payload, give it an entry in its service's file`,
    ),
  ).toEqual([]);
});

test.each(["action", "ephemeral"] as const)("every %s of the provider has a model", (mode) => {
  const missing = inventoryTypes(mode).filter((type) => !entryFor(`${mode}.${type}`));
  expect(missing.map((type) => `${mode}.${type} has no model: give it an entry in its service's file`)).toEqual([]);
});

test("every attribute that can name a place has a role", () => {
  const forgotten = entriesOf("managed").flatMap(([type, entry]) =>
    placeNamingAttributes(type)
      .filter((path) => !isCovered(path, entry))
      .map((path) => `${type}.${path} has no role: say in the entry of ${type} what data does with it`),
  );
  expect(forgotten).toEqual([]);
});

test.each(["managed", "data", "action", "ephemeral"] as const)(
  "models speak only of %s types and attributes that exist",
  (mode) => {
    const wrong = entriesOf(mode).flatMap(([type, entry]) => {
      const schema = schemaOf(mode, type);
      if (!schema) return [`${type} is no type of the provider: correct its name or remove the entry`];
      return pathsOf(entry)
        .filter((path) => !leads(schema, path))
        .map((path) => `${type} has no ${path}: correct the path in its entry`);
    });
    expect(wrong).toEqual([]);
  },
);

test("a switch is tested at its own attribute", () => {
  const wrong = entriesOf("managed").flatMap(([type, entry]) =>
    Object.entries(entry.attributes)
      .filter(([path, role]) => role.role === "opens" && role.test.path !== path)
      .map(([path]) => `${type}.${path}: the condition of opens() must be on the attribute itself`),
  );
  expect(wrong).toEqual([]);
});

test("every entry says what it is and names the page it rests on", () => {
  const wrong = (["managed", "data", "action", "ephemeral"] as const)
    .flatMap(entriesOf)
    .filter(([, { what, docs }]) => what.length < 4 || !/^https:\/\/[a-z.]+\/\S+$/.test(docs))
    .map(([type]) => `${type}: write a clause of what it is and the address of its documentation`);
  expect(wrong).toEqual([]);
});
