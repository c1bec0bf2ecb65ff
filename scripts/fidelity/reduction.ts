/**
 * What of a stack another version of the provider can plan: types, attributes and blocks that it does not have are
 * taken away, and with them what refers to them or can't be without.
 */
import { isJsonObject, type Json, type JsonObject } from "../../policies/configuration/json";
import type { RealBlock, RealSchemas } from "./schema";

/** Resources or data sources of a stack, by type and name. */
export type Blocks = Record<string, Record<string, JsonObject>>;

/** What stands in a stack and can be referred to. */
export interface Body {
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly output: Record<string, JsonObject>;
}

/** Arguments that Terraform itself reads. */
const META: ReadonlySet<string> = new Set(["//", "count", "depends_on", "for_each", "lifecycle", "provider"]);

/** Data sources that the provider answers by itself; the others ask AWS. */
const LOCAL: ReadonlySet<string> = new Set(["aws_iam_policy_document", "aws_partition", "aws_region"]);

export class Reduction {
  /** What was taken away, with how often: `aws_x`, `aws_x.attribute`, `data.aws_x`. */
  readonly dropped = new Map<string, number>();

  constructor(private readonly schemas: Pick<RealSchemas, "block">) {}

  drop(what: string): void {
    this.dropped.set(what, (this.dropped.get(what) ?? 0) + 1);
  }

  /** @param missing outputs of other stacks that are not there, as they are referred to: `var.x` */
  body(original: Body, missing: ReadonlySet<string>): Body {
    const { resource, data, output } = structuredClone(original);
    const gone = new Set(missing);
    // What goes takes with it what refers to it, in whatever order they stand.
    for (let before = -1; before < gone.size; ) {
      before = gone.size;
      this.blocks("", resource, gone);
      this.blocks("data.", data, gone);
    }
    for (const [name, { value }] of Object.entries(output)) if (!this.stands(value, gone)) delete output[name];
    return { resource, data, output };
  }

  private blocks(mode: "" | "data.", types: Blocks, gone: Set<string>): void {
    for (const [type, named] of Object.entries(types)) {
      const schema = this.schemaOf(mode, type);
      for (const [name, values] of Object.entries(named)) {
        const kept = schema && this.block(mode + type, schema, values, gone, META);
        if (kept) {
          named[name] = kept;
          continue;
        }
        this.drop(mode + type);
        delete named[name];
        gone.add(`${mode}${type}.${name}`);
      }
      if (Object.keys(named).length === 0) delete types[type];
    }
  }

  private schemaOf(mode: "" | "data.", type: string): RealBlock | undefined {
    if (mode === "") return this.schemas.block("managed", type);
    return LOCAL.has(type) ? this.schemas.block("data", type) : undefined;
  }

  /** Undefined if a required argument went. */
  private block(
    path: string,
    { attributes, blocks }: RealBlock,
    values: JsonObject,
    gone: ReadonlySet<string>,
    meta: ReadonlySet<string> = new Set(),
  ): JsonObject | undefined {
    const kept: JsonObject = {};
    for (const [name, value] of Object.entries(values)) {
      const attribute = attributes.get(name);
      const nested = blocks.get(name);
      if (nested && name !== "//") {
        const elements = (Array.isArray(value) ? value : [value]).flatMap((element) => {
          const inner = isJsonObject(element) && this.block(`${path}.${name}`, nested.block, element, gone);
          return inner || [];
        });
        if (elements.length > 0) kept[name] = elements;
      } else if (meta.has(name)) {
        kept[name] = name === "depends_on" ? (value as Json[]).filter((one) => !gone.has(String(one))) : value;
      } else if (attribute?.written && this.stands(value, gone)) kept[name] = value;
      else this.drop(`${path}.${name}`);
    }
    const complete = [...attributes].every(([name, { required }]) => !required || Object.hasOwn(kept, name));
    return complete ? kept : undefined;
  }

  /** Whether all that a value refers to is still there. */
  private stands(value: Json, gone: ReadonlySet<string>): boolean {
    if (Array.isArray(value)) return value.every((inner) => this.stands(inner, gone));
    if (isJsonObject(value)) return Object.values(value).every((inner) => this.stands(inner, gone));
    if (typeof value !== "string" || !value.includes("${")) return true;
    return [...value.matchAll(reference)].every(([, variable, data = "", type, name, attribute]) => {
      if (variable) return !gone.has(variable);
      const schema = this.schemaOf(data as "" | "data.", type);
      const known = !schema || !attribute || schema.attributes.has(attribute) || schema.blocks.has(attribute);
      return known && !gone.has(`${data}${type}.${name}`);
    });
  }
}

const reference = /\b(?:(var\.[\w-]+)|(data\.)?(aws_\w+)\.([\w-]+)(?:\[[^\]]*\])?(?:\.(\w+))?)/g;
