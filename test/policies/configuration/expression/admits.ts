/** Whether what was said of an unknown value leaves room for what it turns out to be. */
import { access, type Step, typeOf } from "../../../../policies/configuration/expression";
import { identity, stringOf } from "../../../../policies/configuration/expression/convert";
import { yamldecode } from "../../../../policies/configuration/expression/functions/yaml-decode";
import { decodeJson } from "../../../../policies/configuration/expression/json";
import { isNumeric, numberText } from "../../../../policies/configuration/expression/number";
import { isSet } from "../../../../policies/configuration/expression/types";
import { isOpen } from "../../../../policies/configuration/expression/unknown";
import { isList, isObject, type Unknown, type Value } from "../../../../policies/configuration/value";

export interface Setting {
  /** The values that were unknown, by their address. */
  readonly values: Readonly<Record<string, Value>>;
  /** Whether a number may turn out to be its text, in texts made of it too. */
  readonly loose: boolean;
}

/** Scalars count as equal if Terraform would convert one to the other. */
const scalarText = (value: Value): string =>
  typeof value === "string" ? value : isNumeric(value) ? numberText(value) : String(value);

export function admits(said: Value, real: Value, setting: Setting): boolean {
  if (isOpen(said)) return admitsUnknown(said, real, setting);
  if (said === null || real === null) return said === real;
  if (isSet(said)) return admitsSet(said as readonly Value[], real, setting);
  if (isList(said)) {
    return isList(real) && said.length === real.length && said.every((item, i) => admits(item, real[i], setting));
  }
  if (isObject(said) && !isNumeric(said)) {
    if (!isObject(real)) return false;
    const keys = Object.keys(said);
    return (
      keys.length === Object.keys(real).length &&
      keys.every((key) => Object.hasOwn(real, key) && admits(said[key], real[key], setting))
    );
  }
  return (typeof real !== "object" || isNumeric(real)) && sameScalar(said, real, setting);
}

function sameScalar(said: Value, real: Value, { loose }: Setting): boolean {
  const [a, b] = [scalarText(said), scalarText(real)];
  return a === b || (loose && withoutQuotes(a) === withoutQuotes(b));
}

const withoutQuotes = (text: string): string => text.replace(/["\\]|\n\.\.\.\n/g, "").trim();

/** Unknown elements may coincide with others. */
function admitsSet(said: readonly Value[], real: Value, setting: Setting): boolean {
  if (!isList(real)) return false;
  const covered = real.every((item) => said.some((one) => admits(one, item, setting)));
  return covered && said.every((one) => real.some((item) => admits(one, item, setting)));
}

function admitsUnknown(said: Unknown, real: Value, setting: Setting): boolean {
  const type = typeOf(said);
  if (real !== null && typeof type === "string" && type !== "any" && typeof real === "object" && !isNumeric(real))
    return false;
  if (real !== null && typeof type === "object") {
    const isMap = type.kind === "map" || type.kind === "object";
    if (isMap ? !isObject(real) : !isList(real)) return false;
  }
  if (said.candidates && !said.candidates.some((one) => admits(one, real, setting))) return false;
  if (said.members) {
    const { members } = said;
    if (!isList(real) || !real.every((item) => members.some((one) => admits(one, item, setting)))) return false;
  }
  if (said.parts && !admitsText(said.parts, real, setting)) return false;
  if (said.json !== undefined && !admitsJson(said.json, real, setting)) return false;
  return said.exact ? isThere(said, real, setting) : true;
}

function admitsJson(json: Value, real: Value, setting: Setting): boolean {
  if (typeof real !== "string") return false;
  const decoders = [decodeJson, yamldecode];
  return decoders.some((decode) => {
    try {
      return admits(json, decode(real), setting);
    } catch {
      return false;
    }
  });
}

/** Tries all ways to cut the text. */
function admitsText(parts: readonly (string | Unknown)[], real: Value, setting: Setting): boolean {
  if (typeof real !== "string") return false;
  const [first, ...rest] = parts;
  if (first === undefined) return real === "";
  if (typeof first === "string") return real.startsWith(first) && admitsText(rest, real.slice(first.length), setting);
  if (first.exact) {
    const value = lookUp(first, setting);
    if (value === undefined || (typeof value === "object" && !isNumeric(value))) return false;
    const text = stringOf(value);
    return real.startsWith(text) && admitsText(rest, real.slice(text.length), setting);
  }
  for (let end = real.length; end >= 0; end--) {
    if (admitsUnknown(first, real.slice(0, end), setting) && admitsText(rest, real.slice(end), setting)) return true;
  }
  return false;
}

/** What stands where an exact value refers to; undefined if nothing does. */
function lookUp(said: Unknown, setting: Setting): Value | undefined {
  const [{ address, path }] = said.references;
  const steps: Step[] = [];
  for (const found of path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\.?([^.[]+)/g)) {
    if (found[1] !== undefined) steps.push({ kind: "index", key: Number(found[1]) });
    else steps.push({ kind: "attribute", name: found[2] ?? found[3] });
  }
  try {
    return access(setting.values[address], steps);
  } catch {
    return undefined;
  }
}

function isThere(said: Unknown, real: Value, setting: Setting): boolean {
  const value = lookUp(said, setting);
  if (value === undefined) return real === null;
  if (value === null || real === null) return value === real || real === null;
  const type = typeOf(said);
  const isSetView = typeof type === "object" && type.kind === "set";
  if (isList(value) || isObject(value)) return sameContent(value, real, isSetView);
  return (typeof real !== "object" || isNumeric(real)) && scalarText(value) === scalarText(real);
}

/** Equal up to the conversion of elements and, for sets, their order. */
function sameContent(a: Value, b: Value, asSet: boolean): boolean {
  if (asSet || isSet(a) || isSet(b)) {
    if (!isList(a) || !isList(b)) return false;
    const texts = (values: readonly Value[]): string => [...new Set(values.map(contentText))].sort().join("\n");
    return texts(a) === texts(b);
  }
  return contentText(a) === contentText(b);
}

const contentText = (value: Value): string => {
  if (isList(value)) return `[${value.map(contentText).join()}]`;
  if (isObject(value) && !isNumeric(value)) {
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${key}=${contentText(value[key])}`)
      .join()}}`;
  }
  return value === null ? "null" : identity(scalarText(value));
};
