/**
 * What a change would lead to, as far as schema and traits tell: what the configuration says, then what the provider
 * fills in; what only AWS knows is unknown until it is applied.
 */
import type { Step } from "../protocol/messages";
import { hasUnknown, isList, isValues, unknown, type Value, type Values } from "../protocol/value";
import { normalizedJson } from "../schema/json-text";
import type { Attribute, Block, NestedBlock } from "../schema/model";
import { sameAttribute, sameBlock } from "./comparison";

/** What the provider's own block settles for all its resources. */
export interface Settings {
  readonly region: string;
  readonly account: string;
  readonly defaultTags: Values;
}

export interface Plan {
  readonly planned: Values;
  readonly requiresReplace: readonly (readonly Step[])[];
}

export function planCreation(block: Block, config: Values, settings: Settings): Values {
  return withTags(block, fill(block, config, undefined, settings), config, settings);
}

/** @returns the prior state itself if nothing changes */
export function planChange(block: Block, prior: Values, config: Values, settings: Settings): Plan {
  const filled = withTags(block, fill(block, config, prior, settings), config, settings);
  if (sameBlock(block, prior, filled)) return { planned: prior, requiresReplace: [] };
  const requiresReplace = replacing(block, prior, filled, []);
  if (requiresReplace.length > 0) return { planned: filled, requiresReplace };
  const planned: Record<string, Value> = { ...filled };
  const changed = changes(block, prior, filled);
  for (const [name, { recomputedBy }] of block.attributes) {
    if (given(config, name) !== null || name === "tags_all") continue;
    if (changed.some((argument) => recomputedBy?.has(argument))) planned[name] = unknown;
  }
  return { planned, requiresReplace };
}

/** Names of the arguments and blocks at the top that differ. */
const changes = (block: Block, prior: Values, planned: Values): string[] => [
  ...[...block.attributes].flatMap(([name, { type }]) =>
    sameAttribute(type, prior[name], planned[name]) ? [] : [name],
  ),
  ...[...block.blocks].flatMap(([name, nested]) => (sameNested(nested, prior[name], planned[name]) ? [] : [name])),
];

const sameNested = (nested: NestedBlock, a: Value | undefined, b: Value | undefined): boolean =>
  sameBlock(
    { attributes: new Map(), blocks: new Map([["nested", nested]]) },
    { nested: a ?? null },
    { nested: b ?? null },
  );

const given = (config: Values, name: string): Value => config[name] ?? null;

function fill(block: Block, config: Values, prior: Values | undefined, settings: Settings): Values {
  const values: Record<string, Value> = Object.create(null);
  for (const [name, attribute] of block.attributes) {
    values[name] = filledAttribute(name, attribute, given(config, name), prior, settings);
  }
  for (const [name, nested] of block.blocks)
    values[name] = filledBlock(nested, config[name], prior?.[name], !prior, settings);
  return values;
}

function filledAttribute(
  name: string,
  attribute: Attribute,
  configured: Value,
  prior: Values | undefined,
  settings: Settings,
): Value {
  if (attribute.writeOnly) return null;
  const written = writtenAs(attribute, configured);
  if (written !== null) return written;
  if (prior && attribute.computed) return prior[name] ?? null;
  if (attribute.computed && name === "region") return settings.region;
  if (attribute.default !== undefined) return attribute.default;
  return attribute.computed ? unknown : null;
}

/** What is configured, as the provider puts it into a plan. */
function writtenAs({ type, json, sdk, computed }: Attribute, configured: Value): Value {
  if (json && typeof configured === "string") return normalizedJson(json, configured);
  if (!sdk || typeof type === "string" || typeof configured !== "object" || configured === null) return configured;
  if (Object.keys(configured).length === 0) return computed ? configured : null;
  return type[0] !== "list" && hasUnknown(configured) ? unknown : configured;
}

function filledBlock(
  { nesting, block, computed }: NestedBlock,
  configured: Value | undefined,
  prior: Value | undefined,
  creating: boolean,
  settings: Settings,
): Value {
  if (configured === unknown) return unknown;
  if (isList(configured)) {
    if (configured.length === 0 && computed) return creating ? unknown : (prior ?? []);
    const before = isList(prior) ? prior : [];
    return configured.map((element, index) =>
      isValues(element)
        ? fill(
            block,
            element,
            nesting === "set" ? counterpart(block, element, before, settings) : valuesAt(before, index),
            settings,
          )
        : element,
    );
  }
  if (!isValues(configured)) return configured ?? (nesting === "map" ? {} : null);
  if (nesting !== "map") return fill(block, configured, isValues(prior) ? prior : undefined, settings);
  const before = isValues(prior) ? prior : {};
  return Object.fromEntries(
    Object.entries(configured).map(([key, element]) => {
      const earlier = before[key];
      return [
        key,
        isValues(element) ? fill(block, element, isValues(earlier) ? earlier : undefined, settings) : element,
      ];
    }),
  );
}

function valuesAt(list: readonly Value[], index: number): Values | undefined {
  const element = list[index];
  return isValues(element) ? element : undefined;
}

/** The element of a set that this one was before: the one that differs in nothing that was configured. */
function counterpart(block: Block, element: Values, before: readonly Value[], settings: Settings): Values | undefined {
  for (const earlier of before) {
    if (isValues(earlier) && sameBlock(block, fill(block, element, earlier, settings), earlier)) return earlier;
  }
  return undefined;
}

/** `tags_all` is what is tagged with `default_tags` under it; it is known as soon as both are. */
function withTags(block: Block, values: Values, config: Values, settings: Settings): Values {
  if (!block.attributes.has("tags_all") || !block.attributes.has("tags")) return values;
  const { defaultTags } = settings;
  const own = given(config, "tags");
  if (own === unknown) return { ...values, tags_all: unknown };
  const all: Values = { ...defaultTags, ...(isValues(own) ? own : {}) };
  if (hasUnknown(all)) return { ...values, tags_all: unknown };
  const untagged = Object.keys(all).length === 0;
  const earlier = values.tags_all;
  if (untagged) return { ...values, tags_all: isValues(earlier) && Object.keys(earlier).length > 0 ? {} : earlier };
  return { ...values, tags_all: all };
}

/** Paths of changes that can only be made by making the resource anew. */
function replacing(block: Block, prior: Values, planned: Values, path: readonly Step[]): (readonly Step[])[] {
  const found: (readonly Step[])[] = [];
  for (const [name, { replace, type }] of block.attributes) {
    if (replace && !sameAttribute(type, prior[name], planned[name])) found.push([...path, { attribute_name: name }]);
  }
  for (const [name, nested] of block.blocks) {
    found.push(...replacingNested(nested, prior[name], planned[name], [...path, { attribute_name: name }]));
  }
  return found;
}

function replacingNested(
  { nesting, block, replace }: NestedBlock,
  prior: Value | undefined,
  planned: Value | undefined,
  path: readonly Step[],
): (readonly Step[])[] {
  if (isList(prior) && isList(planned)) {
    // An element of a set has no place that a path could name, so the whole set is named.
    if (nesting === "set") {
      const same = sameBlock(wrapper(block), { elements: prior }, { elements: planned });
      return !same && (replace || anyReplaces(block)) ? [path] : [];
    }
    if (prior.length !== planned.length) return replace || anyReplaces(block) ? [path] : [];
    return planned.flatMap((element, index) => {
      const before = valuesAt(prior, index);
      if (!before || !isValues(element)) return [];
      return replacing(block, before, element, [...path, { element_key_int: index }]);
    });
  }
  if (isValues(prior) && isValues(planned) && nesting === "single") return replacing(block, prior, planned, path);
  return replace && !sameBlock(block, prior, planned) ? [path] : [];
}

const wrapper = (block: Block): Block => ({
  attributes: new Map(),
  blocks: new Map([["elements", { nesting: "set", block, replace: false, computed: false }]]),
});

const anyReplaces = (block: Block): boolean =>
  [...block.attributes.values()].some(({ replace }) => replace) ||
  [...block.blocks.values()].some(({ replace, block: inner }) => replace || anyReplaces(inner));
