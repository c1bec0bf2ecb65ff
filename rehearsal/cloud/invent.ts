/** Values that AWS would choose: for what is still unknown when a resource is made. */
import { isList, isValues, unknown, type Value, type Values } from "../protocol/value";
import type { Block, CtyType } from "../schema/model";
import { Digits, identify, type Whereabouts } from "./identifiers";
import { settle } from "./settle";

/**
 * A whole resource from a planned one.
 *
 * @param seed what the digits of its id come from: the same seed gives the same id
 */
export function invent(type: string, block: Block, planned: Values, where: Whereabouts, seed: string): Values {
  const digits = new Digits(seed);
  const known: Record<string, Value> = Object.create(null);
  for (const [name, value] of Object.entries(planned)) if (value !== unknown) known[name] = value;
  const settled: Values = { ...known, ...named(type, planned, digits), ...settle(type, known, where, digits) };
  const identity = identify(type, settled, where, digits, requiredOf(block));
  const id = typeof settled.id === "string" ? settled.id : identity.id;
  return complete(block, planned, { ...settled, id, arn: settled.arn ?? identity.arn }, { where, digits });
}

const requiredOf = ({ attributes }: Block): string[] =>
  [...attributes].filter(([, { required }]) => required).map(([name]) => name);

/** Fills in what a change in place made unknown. */
export function refresh(block: Block, planned: Values, prior: Values, where: Whereabouts, seed: string): Values {
  return complete(block, planned, prior, { where, digits: new Digits(seed) });
}

interface Context {
  readonly where: Whereabouts;
  readonly digits: Digits;
}

/** A name that was left to the provider: its prefix, or `terraform-`, and digits. */
function named(type: string, planned: Values, digits: Digits): Values {
  const name = type === "aws_s3_bucket" ? "bucket" : "name";
  if (planned[name] !== unknown) return {};
  const prefix = planned[`${name}_prefix`];
  const start = typeof prefix === "string" && prefix !== "" ? prefix : "terraform-";
  return { [name]: start + digits.hex(26), [`${name}_prefix`]: typeof prefix === "string" ? prefix : "" };
}

function complete(block: Block, planned: Values, known: Values, context: Context): Values {
  const values: Record<string, Value> = Object.create(null);
  for (const [name, { type, optional, default: preset }] of block.attributes) {
    const value = planned[name] ?? null;
    if (value !== unknown) values[name] = complement(type, value, name, context);
    else if (known[name] !== undefined && known[name] !== unknown) values[name] = known[name];
    else if (preset !== undefined) values[name] = preset;
    else values[name] = likely(name, type, optional, context);
  }
  for (const [name, { block: inner }] of block.blocks)
    values[name] = nested(inner, planned[name], known[name], context);
  return values;
}

function nested(block: Block, planned: Value | undefined, known: Value | undefined, context: Context): Value {
  if (planned === unknown) return known !== undefined && known !== unknown ? known : [];
  if (isList(planned)) {
    return planned.map((item, index) => nested(block, item, isList(known) ? known[index] : undefined, context));
  }
  if (isValues(planned)) return complete(block, planned, isValues(known) ? known : {}, context);
  return planned ?? null;
}

/** Unknown parts within a value that is known as a whole. */
function complement(type: CtyType, value: Value, name: string, context: Context): Value {
  if (value === unknown) return likely(name, type, false, context);
  if (typeof type === "string") return value;
  const [kind, inner] = type;
  if (kind === "object") {
    if (!isValues(value)) return value;
    return Object.fromEntries(
      Object.entries(inner).map(([member, memberType]) => [
        member,
        complement(memberType, value[member] ?? null, member, context),
      ]),
    );
  }
  if (isList(value)) return value.map((item) => complement(inner, item, name, context));
  if (!isValues(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, complement(inner, item, name, context)]));
}

/** What the name and the type of an attribute let expect. */
function likely(name: string, type: CtyType, optional: boolean, { where, digits }: Context): Value {
  if (type === "bool") return false;
  if (type === "number") return 0;
  if (type === "dynamic") return null;
  if (type !== "string") return type[0] === "map" ? {} : type[0] === "object" ? null : [];
  if (/^(owner|account|registry|creator|requester|accepter)(_account)?_id$/.test(name)) return where.account;
  if (name === "region") return where.region;
  if (/^(status|state)$/.test(name)) return "ACTIVE";
  if (/(^|_)(date|at|time|timestamp|modified)$/.test(name)) return "2025-01-01T00:00:00Z";
  // What may be left out and was, AWS mostly leaves empty as well.
  if (optional) return "";
  if (/(^|_)arn$/.test(name)) return `arn:aws:rehearsal:${where.region}:${where.account}:${name}/${digits.hex(17)}`;
  if (/_id$/.test(name)) return `${name.replace(/_id$/, "").split("_").pop()}-${digits.hex(17)}`;
  if (/(dns_name|domain_name|endpoint|hostname|address)$/.test(name))
    return `${digits.hex(17)}.${where.region}.rehearsal.invalid`;
  return digits.hex(17);
}
