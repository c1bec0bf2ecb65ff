/** What a real provider's plans tell of one resource type. */

import {
  decodeValue,
  encodeValue,
  isList,
  isValues,
  unknown,
  type Value,
  type Values,
} from "../../rehearsal/protocol/value";
import { type JsonForm, normalizedJson } from "../../rehearsal/schema/json-text";
import type { CtyType } from "../../rehearsal/schema/model";
import type { WrittenTraits } from "../../rehearsal/schema/traits";
import type { Planned, Provider, WireAttribute, WireBlock } from "../real-provider/provider";
import { bare, fill, invent, type Leaf, MAP, parseType, SINGLE } from "./invented";

const ERROR = 1;

/** A document that every form of normalizing writes otherwise. */
const document = '{"Statement": [{"Sid": "a", "Effect": "Deny"}], "Version": "2012-10-17", "Id": "b"}';
const forms: readonly JsonForm[] = ["sorted", "version-first"];

interface Hint {
  readonly values: Values;
  /** A block that has to be there. */
  readonly block?: string;
}

/** What no schema tells, and without which a type refuses every plan. */
const hints: Readonly<Record<string, Hint>> = {
  aws_kinesis_firehose_delivery_stream: {
    values: { destination: "extended_s3" },
    block: "extended_s3_configuration",
  },
};
const noHint: Hint = { values: {} };

export class Measurement {
  private readonly found = {
    computed: new Set<string>(),
    sensitive: new Set<string>(),
    writeOnly: new Set<string>(),
    replace: new Set<string>(),
  };
  private readonly recomputed: Record<string, string[]> = {};
  private readonly defaults: Record<string, Value> = {};
  private readonly json: Record<string, JsonForm> = {};
  private framework = false;

  constructor(
    private readonly provider: Provider,
    private readonly type: string,
    private readonly block: WireBlock,
  ) {}

  async traits(): Promise<WrittenTraits> {
    fill(this.block, (attribute, path) => {
      if (attribute.optional && attribute.computed) this.found.computed.add(path);
      if (attribute.sensitive) this.found.sensitive.add(path);
      if (attribute.write_only) this.found.writeOnly.add(path);
      return null;
    });
    const base = await this.accepted();
    if (base) {
      await this.creation(base);
      await this.documents(base);
    }
    await this.change();
    const lists = Object.entries(this.found).filter(([, paths]) => paths.size > 0);
    const tables = Object.entries({ recomputed: this.recomputed, defaults: this.defaults, json: this.json });
    return {
      ...(this.framework && { framework: true }),
      ...Object.fromEntries(lists.map(([name, paths]) => [name, [...paths].sort()])),
      ...Object.fromEntries(tables.filter(([, table]) => Object.keys(table).length > 0)),
    };
  }

  private plan(prior: Value, config: Value, proposed: Value = config): Promise<Planned | undefined> {
    return this.provider
      .call<Planned>("PlanResourceChange", {
        type_name: this.type,
        prior_state: encodeValue(prior),
        proposed_new_state: encodeValue(proposed),
        config: encodeValue(config),
      })
      .catch(() => undefined);
  }

  /** @returns nothing if the provider would not create that */
  private async created(config: Values): Promise<Values | undefined> {
    const planned = await this.plan(null, config);
    const state = planned && decodeValue(planned.planned_state);
    if (!planned || !isValues(state) || planned.diagnostics.some(({ severity }) => severity === ERROR))
      return undefined;
    this.framework = !planned.legacy_type_system;
    return state;
  }

  /** Something that the provider would create: some types refuse to plan with nothing but what the schema requires. */
  private async accepted(): Promise<Values | undefined> {
    const attempts: Leaf[] = [required(unknown), required(null), invented("number"), invented("string"), invented()];
    const { values, block } = Object.hasOwn(hints, this.type) ? hints[this.type] : noHint;
    const nested = this.block.block_types.filter(({ type_name }) => type_name === block);
    const needed = Object.fromEntries(nested.map((one) => [one.type_name, [bare(one.block, required(unknown))]]));
    for (const attempt of attempts) {
      const config = { ...bare(this.block, attempt), ...values, ...needed };
      if (await this.created(config)) return config;
    }
    return undefined;
  }

  /** What is planned where the configuration says nothing: at the top, and inside of each block. */
  private async creation(base: Values): Promise<void> {
    const given = this.block.attributes.filter(({ name, optional }) => optional && base[name] !== null);
    const configs = [base, ...given.map(({ name }) => ({ ...base, [name]: null }))];
    for (const { type_name, block, nesting } of nestedBlocks(this.block)) {
      for (const leaf of [required(unknown), required(null)]) {
        for (const inner of [bare(block, leaf), fill(block, leaf)]) {
          configs.push({ ...base, [type_name]: nesting === SINGLE ? inner : [inner] });
        }
      }
    }
    for (const config of configs) {
      const state = await this.created(config);
      if (state) this.collect(this.block, config, state, "");
    }
  }

  private collect(block: WireBlock, config: Values, state: Values, prefix: string): void {
    for (const { name, optional, computed, write_only } of block.attributes) {
      const value = state[name];
      const path = prefix + name;
      if (value === undefined || value === unknown || config[name] !== null || write_only) continue;
      // A null tells something only where the schema lets expect a value.
      if (value === null ? computed : optional && isPlain(value)) this.defaults[path] ??= value;
    }
    for (const { type_name, block: inner } of block.block_types) {
      const given = config[type_name];
      const value = state[type_name];
      const empty = given === null || (isList(given) && given.length === 0);
      if (value === unknown && empty) this.found.computed.add(prefix + type_name);
      const element = isList(given) ? given[0] : given;
      const planned = isList(value) ? value[0] : value;
      if (isValues(element) && isValues(planned)) this.collect(inner, element, planned, `${prefix}${type_name}.`);
    }
  }

  /** Which arguments are documents in JSON that the provider writes in a form of its own. */
  private async documents(base: Values): Promise<void> {
    for (const { name } of this.block.attributes.filter(isText)) {
      await this.noteDocuments({ ...base, [name]: document });
    }
    const text: Leaf = (attribute) => (isText(attribute) ? document : attribute.required ? unknown : null);
    for (const { type_name, block, nesting } of nestedBlocks(this.block)) {
      const inner = fill(block, text);
      await this.noteDocuments({ ...base, [type_name]: nesting === SINGLE ? inner : [inner] });
    }
  }

  private async noteDocuments(config: Values): Promise<void> {
    const state = await this.created(config);
    if (state) this.noteForms(this.block, state, "");
  }

  private noteForms(block: WireBlock, state: Values, prefix: string): void {
    for (const { name } of block.attributes) {
      const form = forms.find((one) => state[name] === normalizedJson(one, document));
      if (form) this.json[prefix + name] = form;
    }
    for (const { type_name, block: inner } of block.block_types) {
      const value = state[type_name];
      const element = isList(value) ? value[0] : value;
      if (isValues(element)) this.noteForms(inner, element, `${prefix}${type_name}.`);
    }
  }

  /**
   * Which changes replace the resource, and what a change in place makes unknown. Each argument is changed alone: once
   * among invented values of all others, once among none but the required ones, because some hide others.
   */
  private async change(): Promise<void> {
    const whole = (seed: number) => fill(this.block, (attribute) => valueOf(attribute, seed));
    const least = bare(this.block, (attribute) =>
      attribute.required || attribute.name === "id" || attribute.name === "arn" ? valueOf(attribute, 1) : null,
    );
    const [before, after] = [whole(1), whole(2)];
    const names = [
      ...this.block.attributes.filter(({ required, optional }) => required || optional).map(({ name }) => name),
      ...this.block.block_types.map(({ type_name }) => type_name).filter((name) => name !== "timeouts"),
    ].filter((name) => name !== "id" && name !== "tags_all");
    for (const surroundings of [before, least]) {
      let deaths = 0;
      for (const name of names) {
        if (deaths > 2) break;
        const [prior, proposed] = [before, after].map((values): Values => ({ ...surroundings, [name]: values[name] }));
        const planned = await this.plan(prior, configured(this.block, proposed), proposed);
        if (planned) this.noteChange(name, prior, planned);
        else deaths++;
      }
    }
  }

  private noteChange(changed: string, prior: Values, planned: Planned): void {
    const paths = planned.requires_replace.map(({ steps }) =>
      steps.flatMap((step) => ("attribute_name" in step && step.attribute_name ? [step.attribute_name] : [])).join("."),
    );
    for (const path of paths) if (path !== "" && path !== "id") this.found.replace.add(path);
    const state = decodeValue(planned.planned_state);
    if (paths.length > 0 || !isValues(state)) return;
    for (const { name } of this.block.attributes) {
      // What a state lacks, SDK 2 takes for unknown whatever was changed.
      if (state[name] !== unknown || prior[name] === null || name === "tags_all") continue;
      this.recomputed[name] ??= [];
      if (!this.recomputed[name].includes(changed)) this.recomputed[name].push(changed);
    }
  }
}

const required =
  (value: Value): Leaf =>
  ({ required: needed }) =>
    needed ? value : null;

/** All that is required, and what has the type or, if none is named, everything. */
const invented =
  (type?: CtyType): Leaf =>
  (attribute) =>
    attribute.required || type === undefined || parseType(attribute) === type ? valueOf(attribute, 1) : null;

/** Those that can be given one element of. */
const nestedBlocks = ({ block_types }: WireBlock) =>
  block_types.filter(({ type_name, nesting }) => type_name !== "timeouts" && nesting !== MAP);

const isText = (attribute: WireAttribute): boolean =>
  (attribute.required || attribute.optional) &&
  !attribute.write_only &&
  attribute.name !== "id" &&
  parseType(attribute) === "string";

/** Whether a value is one that a default can be: a scalar, or an empty collection. */
const isPlain = (value: Value): boolean =>
  typeof value !== "object" || value === null || Object.keys(value).length === 0;

/** What a configuration would have said to get a state: what only the provider sets is left out. */
function configured(block: WireBlock, values: Values): Values {
  const result: Record<string, Value> = { ...values };
  for (const { name, required: needed, optional } of block.attributes) {
    if ((!needed && !optional) || name === "id") result[name] = null;
  }
  for (const { type_name, block: inner } of block.block_types) {
    const nested: Value = values[type_name] ?? null;
    if (isList(nested)) result[type_name] = nested.map((item) => (isValues(item) ? configured(inner, item) : item));
  }
  return result;
}

function valueOf(attribute: WireAttribute, seed: number): Value {
  if (attribute.write_only) return null;
  return invent(parseType(attribute), attribute.required || attribute.optional ? seed : 0);
}
