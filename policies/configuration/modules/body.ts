/** The arguments and nested blocks of one block, evaluated and in the shape that the schema gives them. */

import type { Scope } from "../expression/scope";
import { isSet } from "../expression/types";
import { isJsonObject, type Json, type JsonObject } from "../json";
import { convert, convertBlocks, put } from "../schema/convert";
import type { BlockSchema } from "../schema/schema";
import { isList, isObject, isUnknown, Unknown, type Value, type Values } from "../value";
import type { Evaluation, Site } from "./evaluation";
import { asList, bare } from "./module";
import { LayeredScope } from "./scope";

/** What Terraform itself takes from every resource block; not attributes of the thing. */
export const metaArguments: ReadonlySet<string> = new Set([
  "//",
  "count",
  "for_each",
  "provider",
  "depends_on",
  "lifecycle",
  "connection",
  "provisioner",
  "dynamic",
]);

const nothing: ReadonlySet<string> = new Set(["//", "dynamic"]);

/** Names of the arguments and blocks that a body sets. */
export function namesIn(body: JsonObject, except: ReadonlySet<string> = nothing): string[] {
  const names = new Set(Object.keys(body).filter((name) => !except.has(name)));
  for (const label of dynamicBlocks(body).keys()) names.add(label);
  return [...names];
}

export function evaluateBody(
  body: JsonObject,
  schema: BlockSchema | undefined,
  scope: Scope,
  evaluation: Evaluation,
  site: Site,
): Values {
  const values: Record<string, Value> = {};
  for (const name of namesIn(body)) {
    put(values, name, evaluation.bounded(evaluateMember(body, name, schema, scope, evaluation, site), site));
  }
  return values;
}

/** One argument, or all blocks of one type. */
export function evaluateMember(
  body: JsonObject,
  name: string,
  schema: BlockSchema | undefined,
  scope: Scope,
  evaluation: Evaluation,
  site: Site,
): Value {
  const written: Json = Object.hasOwn(body, name) ? body[name] : null;
  const generators = dynamicBlocks(body).get(name) ?? [];
  const attribute = schema?.attributes[name];
  const block = schema?.blocks[name];
  const inner = block?.block ?? attribute?.object;
  const nesting = block?.nesting ?? "list";
  if (block) {
    const fixed =
      isJsonObject(written) && nesting === "map"
        ? evaluateMap(written, block.block, scope, evaluation, site)
        : Array.isArray(written) || isJsonObject(written)
          ? asList(written).map((one) => evaluateBody(one, inner, scope, evaluation, site))
          : convertBlocks(evaluation.value(written, scope, site), nesting, block.block);
    if (generators.length === 0) return isList(fixed) && nesting === "single" && fixed.length === 1 ? fixed[0] : fixed;
    return joined(fixed, name, generators, inner, scope, evaluation, site);
  }
  const value = evaluation.value(written, scope, site);
  const converted = attribute ? convert(value, attribute) : value;
  return generators.length === 0 ? converted : joined(converted, name, generators, inner, scope, evaluation, site);
}

function evaluateMap(body: JsonObject, schema: BlockSchema, scope: Scope, evaluation: Evaluation, site: Site): Values {
  const values: Record<string, Value> = {};
  for (const label of Object.keys(body)) {
    const [inner] = asList(body[label]);
    if (inner) put(values, label, evaluateBody(inner, schema, scope, evaluation, site));
  }
  return values;
}

/** The `dynamic` blocks of a body by the type of block that they make. */
function dynamicBlocks(body: JsonObject): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  for (const group of asList(body.dynamic)) {
    for (const label of Object.keys(group)) {
      if (label !== "//") found.set(label, [...(found.get(label) ?? []), ...asList(group[label])]);
    }
  }
  return found;
}

/** The blocks that are written out with those that `dynamic` makes; unknown as a whole if their number is. */
function joined(
  fixed: Value,
  name: string,
  generators: readonly JsonObject[],
  schema: BlockSchema | undefined,
  scope: Scope,
  evaluation: Evaluation,
  site: Site,
): Value {
  const blocks: Value[] = fixed === null ? [] : isList(fixed) ? [...fixed] : [fixed];
  for (const generator of generators) {
    const made = generate(generator, name, schema, scope, evaluation, site);
    if (isUnknown(made)) return made;
    blocks.push(...made);
  }
  return blocks;
}

function generate(
  generator: JsonObject,
  name: string,
  schema: BlockSchema | undefined,
  scope: Scope,
  evaluation: Evaluation,
  site: Site,
): Values[] | Unknown {
  const collection = evaluation.value(generator.for_each ?? null, scope, site);
  const label = typeof generator.iterator === "string" ? bare(generator.iterator) : name;
  const content = asList(generator.content);
  const make = (key: Value, value: Value): Values[] => {
    const inner = new LayeredScope(scope, { [label]: { key, value } });
    return content.map((body) => evaluateBody(body, schema, inner, evaluation, site));
  };
  if (isUnknown(collection)) {
    return new Unknown(`the number of blocks is not known (${collection.why})`, { references: collection.references });
  }
  if (collection === null) return [];
  const entries: [Value, Value][] = isList(collection)
    ? collection.map((item, index) => [isSet(collection) ? item : index, item])
    : isObject(collection)
      ? Object.keys(collection)
          .sort()
          .map((key) => [key, collection[key]])
      : [];
  evaluation.countBlocks(entries.length);
  return entries.flatMap(([key, value]) => make(key, value));
}
