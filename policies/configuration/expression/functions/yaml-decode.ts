/**
 * `yamldecode`, as zclconf/go-cty-yaml has it: YAML 1.2 with the 1.1 words for true and false. The parser is loaded
 * when it is first needed.
 */
import type { Document, Node, Scalar } from "yaml";
import { isObject, type Value } from "../../value";
import { fail, quote } from "../errors";
import { fromBigInt, isNumeric, numberText, parseNumber } from "../number";
import { normalized } from "../text";
import { constructed, record } from "../types";

const words = new Map<string, Value>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);

const maxDepth = 1000;

export function yamldecode(text: string): Value {
  const yaml = require("yaml") as typeof import("yaml");
  const documents = yaml.parseAllDocuments(text, {
    version: "1.2",
    merge: false,
    uniqueKeys: false,
    logLevel: "error",
  });
  if (!Array.isArray(documents)) return fail("yamldecode: there is no document");
  if (documents.length > 1) return fail("yamldecode: only one document is allowed");
  const [document] = documents;
  if (document === undefined || document.contents === null) return fail("yamldecode: there is no document");
  if (document.errors.length > 0) fail(`yamldecode: ${document.errors[0].message.split("\n")[0]}`);
  return new Reader(yaml, document).value(document.contents as Node | null, 0);
}

class Reader {
  /** Aliases make small texts denote large values. */
  private left = 200_000;

  constructor(
    private readonly yaml: typeof import("yaml"),
    private readonly document: Document,
  ) {}

  value(node: Node | null, depth: number): Value {
    const { yaml } = this;
    if (this.left-- <= 0) fail("yamldecode: the document denotes too large a value");
    if (depth > maxDepth) fail("yamldecode: the document is nested too deeply");
    if (node === null) return null;
    if (yaml.isAlias(node)) {
      const target = node.resolve(this.document);
      return target ? this.value(target, depth + 1) : fail(`yamldecode: there is no anchor ${quote(node.source)}`);
    }
    if (yaml.isSeq(node)) return constructed(node.items.map((item) => this.value(item as Node | null, depth + 1)));
    if (yaml.isScalar(node)) return this.scalar(node);
    if (!yaml.isMap(node)) return fail("yamldecode: a part of the document can't be read");
    const result = record();
    for (const pair of node.items) {
      const keyNode = pair.key as Node | null;
      if (yaml.isScalar(keyNode) && keyNode.value === "<<") {
        this.merge(result, pair.value as Node | null, depth);
        continue;
      }
      const key = this.value(keyNode, depth + 1);
      if (key === null || (typeof key === "object" && !isNumeric(key))) fail("yamldecode: a key must be a text");
      result[typeof key === "string" ? key : isNumeric(key) ? numberText(key) : String(key)] = this.value(
        pair.value as Node | null,
        depth + 1,
      );
    }
    return constructed(result);
  }

  /** `<<`: the keys of another map, which replace those above and are replaced by those below. */
  private merge(into: Record<string, Value>, node: Node | null, depth: number): void {
    const source = this.value(node, depth + 1);
    if (isObject(source)) for (const key of Object.keys(source)) into[key] = source[key];
    else fail("yamldecode: only a map can be merged");
  }

  private scalar(node: Scalar): Value {
    const text = node.source ?? String(node.value ?? "");
    const tag = node.tag?.replace("tag:yaml.org,2002:", "!!");
    const tagged = tag !== undefined && tag !== "!!str" && tag !== "!!binary" && tag !== "!!null";
    if (node.type !== "PLAIN" && (tag === undefined || tagged)) return normalized(String(node.value));
    if (tag === "!!str" || tag === "!!binary")
      return normalized(tag === "!!binary" ? text : String(node.value ?? text));
    if (tag !== undefined && !["!!bool", "!!int", "!!float", "!!null", "!!timestamp"].includes(tag)) {
      fail(`yamldecode: the tag ${quote(tag)} is not supported`);
    }
    return tag === "!!null" ? null : plain(text);
  }
}

const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?)?$/;

/** A date becomes a text as of RFC 3339. */
function date(text: string): string | undefined {
  const found = timestamp.exec(text);
  if (found === null) return undefined;
  const [year, month, day] = found.slice(1, 4).map(Number);
  const [hour, minute, second] = [found[4] ?? found[8] ?? 0, found[5] ?? found[9] ?? 0, found[6] ?? found[10] ?? 0].map(
    Number,
  );
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const two = (value: number): string => String(value).padStart(2, "0");
  const zone = (found[7] ?? "Z").replace(/^[+-]00:00$/, "Z");
  return `${found[1]}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone}`;
}

function plain(text: string): Value {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) fail("yamldecode: there is a number that is none");
  if (!/^[-+.\d]/.test(text)) return normalized(text);
  const based = /^(0x[0-9a-fA-F]+|0o[0-7]+)$/.test(text);
  if (based && text.length < 20) return fromBigInt(BigInt(text));
  return date(text) ?? parseNumber(text) ?? text;
}
