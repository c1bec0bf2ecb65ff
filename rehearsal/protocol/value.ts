/**
 * Terraform's values on the wire: MessagePack, after "Wire Format" of the protocol's documentation
 * (https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/object-wire-format.md). Sets and lists are
 * arrays, objects and maps are maps; a value that is not known yet is extension 0, or 12 with what is known of it.
 */
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { DynamicValue } from "./messages";

/** A value that only applying will tell. */
export const unknown: unique symbol = Symbol("unknown");

export type Value = null | boolean | number | string | typeof unknown | readonly Value[] | Values;
export interface Values {
  readonly [name: string]: Value;
}

/** Stands for `unknown` between the codec, which knows no symbols, and the rest. */
class UnknownMark {}

const extensions = new ExtensionCodec();
extensions.register({
  type: 0,
  encode: (object: unknown) => (object instanceof UnknownMark ? new Uint8Array([0]) : null),
  decode: () => unknown,
});
extensions.register({ type: 12, encode: () => null, decode: () => unknown });

const encoder = new Encoder({ extensionCodec: extensions });
const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true });
const mark = new UnknownMark();

/** @throws Error if the bytes are no MessagePack value */
export function decodeValue(dynamic: DynamicValue | null | undefined): Value {
  if (dynamic?.msgpack?.length) return plain(decoder.decode(dynamic.msgpack));
  if (dynamic?.json?.length) return JSON.parse(Buffer.from(dynamic.json).toString("utf8")) as Value;
  return null;
}

export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encoder.encode(marked(value)) };
}

/** Numbers of 64 bits come as BigInt; those that no double holds travel on as text, as the format allows. */
function plain(decoded: unknown): Value {
  if (typeof decoded === "bigint") {
    return Number.isSafeInteger(Number(decoded)) ? Number(decoded) : String(decoded);
  }
  if (Array.isArray(decoded)) return decoded.map(plain);
  if (decoded instanceof ExtData) throw new Error(`the value has an extension of type ${decoded.type}`);
  if (typeof decoded === "object" && decoded !== null) {
    const values: Record<string, Value> = Object.create(null);
    for (const [name, value] of Object.entries(decoded)) values[name] = plain(value);
    return values;
  }
  return decoded as Value;
}

function marked(value: Value): unknown {
  if (value === unknown) return mark;
  if (isList(value)) return value.map(marked);
  if (isValues(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, marked(inner)]));
  return value;
}

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isValues = (value: Value | undefined): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function hasUnknown(value: Value): boolean {
  if (value === unknown) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isValues(value) && Object.values(value).some(hasUnknown);
}

/** A text that is the same for equal values, whatever the order of names; sets must have been sorted. */
export function canonical(value: Value): string {
  if (value === unknown) return "unknown";
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (isValues(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
