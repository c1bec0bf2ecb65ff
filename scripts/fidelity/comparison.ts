/** Two plans in JSON, compared resource by resource, attribute by attribute. */
import { isJsonObject, type Json } from "../../policies/configuration/json";
import { blockOf, type CtyType } from "../../rehearsal/schema/model";
import { common, type RealBlock, type RealSchemas } from "./schema";

/** One attribute that two plans tell otherwise. */
export interface Difference {
  /** `aws_x.block.attribute`; elements of lists and sets leave no mark. */
  readonly path: string;
  readonly address: string;
  readonly real: string;
  readonly rehearsed: string;
}

export interface Compared {
  readonly resources: number;
  /** How many attributes were compared, those in blocks included. */
  readonly attributes: number;
  readonly differences: readonly Difference[];
  /** What the version of the rehearsal does not have any more, and was not compared. */
  readonly retired: readonly string[];
}

/** As a plan's `resource_changes` tell it (https://developer.hashicorp.com/terraform/internals/json-format). */
interface Change {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Json;
    readonly after_unknown: Json;
    readonly replace_paths?: Json;
  };
}

export interface PlanJson {
  readonly resource_changes?: readonly Change[];
}

export function compare(real: PlanJson, rehearsed: PlanJson, schemas: Pick<RealSchemas, "block">): Compared {
  const others = new Map((rehearsed.resource_changes ?? []).map((change) => [change.address, change]));
  const changes = (real.resource_changes ?? []).filter(({ mode }) => mode === "managed");
  const retired = new Set<string>();
  const shared = new Map(
    [...new Set(changes.map(({ type }) => type))].map((type) => {
      return [type, common(schemas.block("managed", type)!, blockOf("managed", type)!, type, retired)];
    }),
  );
  const comparisons = changes.map((change) => {
    const comparison = new Comparison(change.address);
    comparison.resource(change, others.get(change.address), shared.get(change.type)!);
    return comparison;
  });
  return {
    resources: changes.length,
    attributes: comparisons.reduce((sum, { attributes }) => sum + attributes, 0),
    differences: comparisons.flatMap(({ differences }) => differences),
    retired: [...retired].sort(),
  };
}

/** What only applying will tell. */
const unknown = Symbol("unknown");
type Planned = Json | typeof unknown | readonly Planned[] | { readonly [name: string]: Planned };

class Comparison {
  attributes = 0;
  readonly differences: Difference[] = [];

  constructor(private readonly address: string) {}

  resource(real: Change, rehearsed: Change | undefined, block: RealBlock): void {
    const { type, change } = real;
    if (!rehearsed) {
      this.differ(type, "planned", "not planned");
      return;
    }
    this.same(`${type} (actions)`, [...change.actions], [...rehearsed.change.actions]);
    this.same(`${type} (replaced for)`, change.replace_paths ?? [], rehearsed.change.replace_paths ?? []);
    const [one, other] = [change, rehearsed.change].map(({ after, after_unknown }) =>
      orderedBlock(block, planned(after, after_unknown)),
    );
    this.block(type, block, one, other);
  }

  private same(path: string, real: Planned, rehearsed: Planned): void {
    if (canonical(real) !== canonical(rehearsed)) this.differ(path, shown(real), shown(rehearsed));
  }

  private differ(path: string, real: string, rehearsed: string): void {
    this.differences.push({ path, address: this.address, real, rehearsed });
  }

  private block(path: string, { attributes, blocks }: RealBlock, real: Planned, rehearsed: Planned): void {
    if (!isPlannedObject(real) || !isPlannedObject(rehearsed)) {
      this.same(path, real, rehearsed);
      return;
    }
    for (const name of attributes.keys()) {
      this.attributes++;
      this.same(`${path}.${name}`, real[name], rehearsed[name]);
    }
    for (const [name, { block }] of blocks) {
      this.nested(`${path}.${name}`, block, real[name], rehearsed[name]);
    }
  }

  private nested(path: string, block: RealBlock, real: Planned, rehearsed: Planned): void {
    if (!Array.isArray(real) || !Array.isArray(rehearsed)) this.block(path, block, real, rehearsed);
    else if (real.length !== rehearsed.length) this.differ(path, `${real.length} of it`, `${rehearsed.length} of it`);
    else for (const [index, element] of real.entries()) this.block(path, block, element, rehearsed[index]);
  }
}

function planned(after: Json, afterUnknown: Json | undefined): Planned {
  if (afterUnknown === true) return unknown;
  if (Array.isArray(after))
    return after.map((item, index) => planned(item, Array.isArray(afterUnknown) ? afterUnknown[index] : false));
  if (!isJsonObject(after)) return after;
  const marks = isJsonObject(afterUnknown) ? afterUnknown : {};
  const names = new Set([...Object.keys(after), ...Object.keys(marks)]);
  return Object.fromEntries([...names].map((name) => [name, planned(after[name] ?? null, marks[name])]));
}

const isPlannedObject = (value: Planned): value is { readonly [name: string]: Planned } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a block has of a value, with every set in one fixed order. */
function orderedBlock({ attributes, blocks }: RealBlock, value: Planned): Planned {
  if (!isPlannedObject(value)) return value;
  const result: Record<string, Planned> = {};
  for (const [name, { type }] of attributes) result[name] = ordered(type, value[name] ?? null);
  for (const [name, { set, block }] of blocks) {
    const nested = value[name] ?? null;
    const elements = Array.isArray(nested) ? nested.map((element) => orderedBlock(block, element)) : undefined;
    result[name] = elements ? (set ? sorted(elements) : elements) : orderedBlock(block, nested);
  }
  return result;
}

function ordered(type: CtyType, value: Planned): Planned {
  if (typeof type === "string") return value;
  if (Array.isArray(value)) {
    const items = type[0] === "object" ? value : value.map((item) => ordered(type[1] as CtyType, item));
    return type[0] === "set" ? sorted(items) : items;
  }
  if (!isPlannedObject(value)) return value;
  const members =
    type[0] === "object" ? Object.entries(type[1]) : Object.keys(value).map((name) => [name, type[1]] as const);
  return Object.fromEntries(members.map(([name, inner]) => [name, ordered(inner as CtyType, value[name] ?? null)]));
}

const sorted = (items: readonly Planned[]): Planned[] =>
  items
    .map((item) => [canonical(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);

function canonical(value: Planned): string {
  if (value === unknown) return "unknown";
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isPlannedObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join()}}`;
}

const longest = 60;

function shown(value: Planned): string {
  const text = canonical(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
