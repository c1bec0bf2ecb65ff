/** Encoding functions: https://developer.hashicorp.com/terraform/language/functions#encoding-functions */
import { isList, isObject, Unknown, type Value } from "../../value";
import { attemptAll, fail, quote } from "../errors";
import { decodeJson, encodeJson } from "../json";
import { normalized } from "../text";
import { constructed, isSet, record, typeOf } from "../types";
import { computed, isKnown, isOpen, oneOf, someOf } from "../unknown";
import { csvdecode } from "./csv";
import { type Family, parameter, text } from "./define";
import { yamldecode } from "./yaml-decode";
import { yamlencode } from "./yaml-encode";

function jsonencode(value: Value): Value {
  if (isKnown(value)) return encodeJson(value);
  const candidates = isOpen(value) ? value.candidates?.map(jsonencode) : undefined;
  return computed([value], { json: value, candidates, type: "string" });
}

/** What was encoded, as it comes out again: with tuples and objects for all other collections. */
function decoded(value: Value): Value {
  if (isOpen(value)) {
    if (value.candidates) return oneOf(value.candidates.map(decoded), [value]);
    if (value.members) return someOf(value.members.map(decoded), [value], "any");
    const type = typeOf(value);
    if (typeof type === "string" || value.constructor !== Unknown) return value;
    return type.kind === "set" ? computed([value]) : new Unknown(value.why, value);
  }
  if (isSet(value) && !isKnown(value)) return someOf((value as readonly Value[]).map(decoded), [value], "any");
  if (isList(value)) return constructed(value.map(decoded));
  if (!isObject(value)) return value;
  const result = record();
  for (const key of Object.keys(value)) result[key] = decoded(value[key]);
  return constructed(result);
}

function jsondecode(value: Value): Value {
  if (!isOpen(value)) return decodeJson(text(value));
  if (value.json !== undefined) return decoded(value.json);
  if (value.candidates) return oneOf(attemptAll(value.candidates, jsondecode), [value]);
  return computed([value]);
}

/** Whoever reads the text as YAML gets the value, as with JSON. */
function encodeYaml(value: Value): Value {
  if (isKnown(value)) return yamlencode(value);
  const candidates = isOpen(value) ? value.candidates?.map(encodeYaml) : undefined;
  return computed([value], { json: value, candidates, type: "string" });
}

/** JSON is YAML: what was encoded comes back out of either. */
function decodeYaml(value: Value): Value {
  if (!isOpen(value)) return yamldecode(text(value));
  if (value.json !== undefined) return decoded(value.json);
  return value.candidates ? oneOf(attemptAll(value.candidates, decodeYaml), [value]) : computed([value]);
}

/** The bytes of a base64 text; line breaks in it count for nothing. */
function fromBase64(value: string): Buffer {
  const plain = value.replace(/[\r\n]/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) fail(`${quote(value)} is no base64`);
  return Buffer.from(plain, "base64");
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return normalized(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return fail("the base64 text holds no UTF-8");
  }
}

/** What JavaScript can write; it can read many more. */
const writable: Record<string, BufferEncoding | undefined> = {
  "UTF-8": "utf8",
  "UTF-16LE": "utf16le",
};

function textencodebase64(value: string, encoding: string): Value {
  const name = encoding.toUpperCase();
  const known = Object.hasOwn(writable, name) ? writable[name] : undefined;
  if (known) return Buffer.from(value, known).toString("base64");
  if (name === "UTF-16BE") return Buffer.from(value, "utf16le").swap16().toString("base64");
  return computed([], { type: "string", why: `the encoding ${quote(encoding)} is not computed` });
}

function textdecodebase64(value: string, encoding: string): Value {
  const bytes = fromBase64(value);
  const name = encoding.toUpperCase();
  if (name !== "UTF-8" && name !== "UTF-16LE" && name !== "UTF-16BE") {
    return computed([], { type: "string", why: `the encoding ${quote(encoding)} is not computed` });
  }
  return normalized(new TextDecoder(name.toLowerCase(), { ignoreBOM: true }).decode(bytes));
}

/** As a query: blanks become plus signs, and only letters, digits and `-_.~` stay. */
const urlencode = (value: string): string =>
  encodeURIComponent(normalized(value))
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");

const str = parameter("str", "string");

export const encoding: Family = {
  jsonencode: {
    parameters: [parameter("val?", "any")],
    returns: "string",
    partial: true,
    candidates: true,
    total: true,
    call: ([value]) => jsonencode(value),
  },
  jsondecode: { parameters: [str], returns: "any", partial: true, call: ([value]) => jsondecode(value) },
  yamlencode: {
    parameters: [parameter("value?", "any")],
    returns: "string",
    partial: true,
    candidates: true,
    total: true,
    call: ([value]) => encodeYaml(value),
  },
  yamldecode: {
    parameters: [parameter("src", "string")],
    returns: "any",
    partial: true,
    candidates: true,
    call: ([value]) => decodeYaml(value),
  },
  csvdecode: { parameters: [str], returns: "any", call: ([value]) => csvdecode(text(value)) },
  urlencode: { parameters: [str], returns: "string", call: ([value]) => urlencode(text(value)) },
  base64encode: {
    parameters: [str],
    returns: "string",
    call: ([value]) => Buffer.from(text(value)).toString("base64"),
  },
  base64decode: { parameters: [str], returns: "string", call: ([value]) => decodeUtf8(fromBase64(text(value))) },
  base64gzip: {
    parameters: [str],
    returns: "string",
    partial: true,
    // What Go's compressor writes differs from other compressors' output, byte by byte.
    call: (args) => computed(args, { type: "string", why: "compressed text is not computed" }),
  },
  textencodebase64: {
    parameters: [parameter("string", "string"), parameter("encoding", "string")],
    returns: "string",
    call: ([value, name]) => textencodebase64(text(value), text(name)),
  },
  textdecodebase64: {
    parameters: [parameter("source", "string"), parameter("encoding", "string")],
    returns: "string",
    call: ([value, name]) => textdecodebase64(text(value), text(name)),
  },
};
