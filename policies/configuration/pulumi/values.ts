/**
 * Property values as they go over the wire (https://www.pulumi.com/docs/iac/concepts/assets-archives/, signatures in
 * graph.ts) as the expressions of Terraform's JSON syntax, in the names and shapes of the provider's schema.
 */

import { isJsonObject, type Json, type JsonObject } from "../json";
import { put } from "../schema/convert";
import type { BlockSchema } from "../schema/schema";
import { markerPattern, signatureKey, signatures, unknownValues } from "./graph";
import { attributeName } from "./names";

/** Properties that the bridge keeps for itself. */
const OWN = new Set(["__defaults", "__meta"]);

export class Expressions {
  private readonly pattern: RegExp | undefined;
  /** The expression that stands for what the engine does not know, in the property that is looked at. */
  private unknown = "";

  constructor(
    /** The traversal that stands for a marker: `aws_s3_bucket.users.arn`. */
    private readonly traversal: (marker: number) => string,
    nonce?: string,
  ) {
    this.pattern = nonce === undefined ? undefined : markerPattern(nonce);
  }

  /** The arguments of a structure. Properties that it does not have keep their names, by which they are found unmodelled. */
  arguments(
    properties: JsonObject,
    schema: BlockSchema | undefined,
    type?: string,
    unknownIn?: (property: string) => string,
  ): JsonObject {
    const result: JsonObject = {};
    for (const property of Object.keys(properties)) {
      if (OWN.has(property)) continue;
      if (unknownIn) this.unknown = unknownIn(property);
      const name = schema && attributeName(property, schema, type);
      const value = properties[property];
      put(result, name ?? property, name && schema ? this.member(value, schema, name) : this.free(value));
    }
    return result;
  }

  private member(value: Json, schema: BlockSchema, name: string): Json {
    const block = Object.hasOwn(schema.blocks, name) ? schema.blocks[name] : undefined;
    if (block) return this.structures(value, block.block, block.nesting === "map");
    const { type, object } = schema.attributes[name];
    if (object) return this.structures(value, object, type.startsWith("map"));
    const plain = unwrapped(value);
    if (type === "string" && isStructured(plain)) return this.json(plain);
    // A list that can have one element only is that element in Pulumi.
    if (/^(list|set)/.test(type) && plain !== null && !Array.isArray(plain) && !this.isMarked(plain)) {
      return [this.free(value)];
    }
    return this.free(value);
  }

  private structures(value: Json, schema: BlockSchema, keyed: boolean): Json {
    const plain = unwrapped(value);
    if (Array.isArray(plain)) return plain.map((item) => this.structures(item, schema, false));
    if (!isJsonObject(plain) || !isStructured(plain)) return this.free(value);
    if (!keyed) return this.arguments(plain, schema);
    const result: JsonObject = {};
    for (const key of Object.keys(plain)) put(result, this.template(key), this.structures(plain[key], schema, false));
    return result;
  }

  /** A value of which the schema says no more. */
  private free(value: Json): Json {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.free(item));
    if (!isJsonObject(value)) return value;
    switch (value[signatureKey]) {
      case signatures.secret:
        return this.secret(value);
      case signatures.output:
        return value.value === undefined ? `\${${this.unknown}}` : this.free(value.value);
      case signatures.resource:
        return this.free(value.id === undefined || value.id === "" ? [...unknownValues][0] : value.id);
      case signatures.asset:
      case signatures.archive:
        return this.free(value.path ?? value.uri ?? "asset");
    }
    const result: JsonObject = {};
    for (const key of Object.keys(value)) if (!OWN.has(key)) put(result, this.template(key), this.free(value[key]));
    return result;
  }

  /** `{"value": …}`; in what the CLI writes `{"plaintext": JSON}`, or `{"ciphertext": …}`, which nobody here can read. */
  private secret(value: JsonObject): Json {
    let inner = value.value;
    if (inner === undefined && typeof value.plaintext === "string") {
      try {
        inner = JSON.parse(value.plaintext) as Json;
      } catch {
        inner = value.plaintext;
      }
    }
    if (inner === undefined) return `\${sensitive(${this.unknown})}`;
    if (isStructured(inner)) return this.free(inner);
    return `\${sensitive(${this.expression(inner)})}`;
  }

  private isMarked(value: Json): boolean {
    return (
      typeof value === "string" &&
      (unknownValues.has(value) || this.pieces(value).some((one) => typeof one !== "string"))
    );
  }

  /** A text; one that is the JSON of something with markers in it as the call that makes it. */
  private text(text: string): Json {
    if (unknownValues.has(text)) return `\${${this.unknown}}`;
    const document = this.document(text);
    return document === undefined ? this.template(text) : this.json(document);
  }

  /** What a text with markers is the JSON of, if it is. */
  private document(text: string): Json | undefined {
    if (!/^\s*[[{]/.test(text) || !this.isMarked(text)) return undefined;
    try {
      return JSON.parse(text) as Json;
    } catch {
      return undefined;
    }
  }

  /** The JSON text of a value. */
  private json(value: Json): Json {
    return this.isKnown(value) ? this.template(JSON.stringify(value)) : `\${jsonencode(${this.expression(value)})}`;
  }

  private isKnown(value: Json): boolean {
    if (typeof value === "string") return !this.isMarked(value);
    if (Array.isArray(value)) return value.every((item) => this.isKnown(item));
    if (!isJsonObject(value)) return true;
    if (value[signatureKey] !== undefined) return false;
    return Object.entries(value).every(([key, item]) => this.isKnown(key) && this.isKnown(item));
  }

  /** A value in HCL's native syntax. */
  private expression(value: Json): string {
    if (typeof value === "string") {
      if (unknownValues.has(value)) return this.unknown;
      const document = this.document(value);
      return document === undefined ? `"${this.template(value, true)}"` : `jsonencode(${this.expression(document)})`;
    }
    if (Array.isArray(value)) return `[${value.map((item) => this.expression(item)).join(", ")}]`;
    if (!isJsonObject(value)) return JSON.stringify(value);
    if (value[signatureKey] !== undefined) {
      const inner = this.free(value);
      return typeof inner === "string" && /^\$\{.*\}$/s.test(inner) ? inner.slice(2, -1) : this.expression(inner);
    }
    const items = Object.keys(value).map((key) => `"${this.template(key, true)}" = ${this.expression(value[key])}`);
    return `{ ${items.join(", ")} }`;
  }

  /** A text as a template: markers as interpolations, and nothing else that Terraform would take for one. */
  private template(text: string, quoted = false): string {
    const literal = (piece: string, before: boolean): string => {
      const escaped = quoted
        ? JSON.stringify(piece)
            .slice(1, -1)
            .replace(/\\[bf]/g, (one) => (one === "\\b" ? "\\u0008" : "\\u000c"))
        : piece;
      // A sign in front of a brace is given by an interpolation of its own.
      return escaped.replace(before ? /[$%](?=\{|$)/g : /[$%](?=\{)/g, (sign) => `\${"${sign}"}`);
    };
    const pieces = this.pieces(text);
    return pieces
      .map((piece, index) =>
        typeof piece === "string" ? literal(piece, index + 1 < pieces.length) : `\${${this.traversal(piece)}}`,
      )
      .join("");
  }

  /** Texts and numbers of markers, in order. */
  private pieces(text: string): (string | number)[] {
    if (!this.pattern || !text.includes("~")) return [text];
    const found: (string | number)[] = [];
    let end = 0;
    for (const match of text.matchAll(this.pattern)) {
      if (match.index > end) found.push(text.slice(end, match.index));
      found.push(Number(match[1]));
      end = match.index + match[0].length;
    }
    if (end < text.length || text === "") found.push(text.slice(end));
    return found;
  }
}

/** A value without the mark that says that it is secret; only where what is in it has a shape. */
function unwrapped(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const { [signatureKey]: signature, value: inner, plaintext } = value;
  if (signature !== signatures.secret && signature !== signatures.output) return value;
  if (inner !== undefined) return isStructured(inner) ? unwrapped(inner) : value;
  if (typeof plaintext !== "string") return value;
  try {
    const parsed = JSON.parse(plaintext) as Json;
    return isStructured(parsed) ? parsed : value;
  } catch {
    return value;
  }
}

/** A list or an object that is no special value. */
const isStructured = (value: Json): value is Json[] | JsonObject =>
  Array.isArray(value) || (isJsonObject(value) && value[signatureKey] === undefined);
