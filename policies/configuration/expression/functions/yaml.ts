/**
 * `yamlencode` and `yamldecode`, as zclconf/go-cty-yaml has them: YAML 1.2 with the 1.1 words for true and false.
 * The parser is loaded when it is first needed.
 */
import type { Document, Node, Scalar } from "yaml";
import { isList, isObject, type Value } from "../../value";
import { fail, quote } from "../errors";
import { jsonString } from "../json";
import { isNumeric, numberText, parseNumber } from "../number";
import { constructed, record, sortedKeys } from "../types";
import { computed } from "../unknown";

export function yamlencode(value: Value): string {
  return block(value, 0, false);
}

/** Every text and key in double quotes; an empty collection on one line. */
function block(value: Value, indent: number, inList: boolean): string {
  const pad = " ".repeat(indent);
  if (isList(value) && value.length > 0) {
    return value.map((item, i) => `${inList && i === 0 ? "" : pad}- ${block(item, indent + 2, true)}`).join("");
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return sortedKeys(value)
      .map((key, i) => `${inList && i === 0 ? "" : pad}${jsonString(key)}:${below(value[key], indent)}`)
      .join("");
  }
  return `${scalar(value)}\n`;
}

function below(value: Value, indent: number): string {
  if (isList(value) && value.length > 0) return `\n${block(value, indent, false)}`;
  if (isObject(value) && Object.keys(value).length > 0) return `\n${block(value, indent + 2, false)}`;
  return ` ${block(value, indent, false)}`;
}

function scalar(value: Value): string {
  if (isList(value)) return "[]";
  if (typeof value === "string") return jsonString(value);
  if (isNumeric(value)) return numberText(value);
  return typeof value === "object" && value !== null ? "{}" : String(value);
}

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
  if (!Array.isArray(documents)) return null;
  if (documents.length > 1) return fail("yamldecode: only one document is allowed");
  const [document] = documents;
  if (document === undefined) return null;
  if (document.errors.length > 0) fail(`yamldecode: ${document.errors[0].message.split("\n")[0]}`);
  return new Reader(yaml, document).value(document.contents as Node | null, 0);
}

class Reader {
  /** Aliases make small texts denote large values. */
  private left = 1_000_000;

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
      if (yaml.isScalar(keyNode) && keyNode.source === "<<" && keyNode.type === "PLAIN") {
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

  /** `<<`: what is there already is not replaced. */
  private merge(into: Record<string, Value>, node: Node | null, depth: number): void {
    const merged = this.value(node, depth + 1);
    for (const source of isList(merged) ? merged : [merged]) {
      if (!isObject(source)) fail("yamldecode: only a map can be merged");
      for (const [key, value] of Object.entries(source as object))
        if (!Object.hasOwn(into, key)) into[key] = value as Value;
    }
  }

  private scalar(node: Scalar): Value {
    const text = node.source ?? String(node.value ?? "");
    const tag = node.tag?.replace("tag:yaml.org,2002:", "!!");
    if (node.type !== "PLAIN" && tag === undefined) return String(node.value).normalize("NFC");
    if (tag === "!!str" || tag === "!!binary") return String(node.value ?? text).normalize("NFC");
    if (tag !== undefined && !["!!bool", "!!int", "!!float", "!!null", "!!timestamp"].includes(tag)) {
      fail(`yamldecode: the tag ${quote(tag)} is not supported`);
    }
    return plain(text);
  }
}

function plain(text: string): Value {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return computed([], { type: "number", why: "the number is infinite" });
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) fail("yamldecode: there is a number that is none");
  if (!/^[-+.\d]/.test(text)) return text.normalize("NFC");
  if (/^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ]\d)/.test(text)) {
    return computed([], { type: "string", why: "a date in YAML is not computed" });
  }
  return parseNumber(text.replaceAll("_", "")) ?? text.normalize("NFC");
}
