/**
 * Policy documents, whatever they are given as: JSON text, text with interpolations, a partly unknown document, or
 * nothing that is known. What can't be read is kept as a document that may say anything.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { parseJson } from "../../configuration/json";
import type { Resource } from "../../configuration/resource";
import { isList, isObject, isUnknown, type Value, type Values } from "../../configuration/value";
import type { Condition, Term } from "./condition";
import type { Names } from "./names";
import { HOLE } from "./patterns";

/** A principal as a policy names it. */
export interface Named extends Term {
  readonly kind: "aws" | "service" | "federated" | "canonical" | "anyone";
}

/** A list with what may be in it as well: `unsure` says why the whole is not known. */
export interface Terms {
  readonly terms: readonly Term[];
  readonly negated: boolean;
}

export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly sid?: string;
  /** Where it stands in its document, from 0. */
  readonly index: number;
  /** Absent in identity-based policies. */
  readonly principals?: { readonly named: readonly Named[]; readonly negated: boolean };
  /** Absent: any. */
  readonly actions?: Terms;
  readonly resources?: Terms;
  readonly conditions: readonly Condition[];
  /** Why the statement may say something else, or may not be there. */
  readonly unsure?: string;
  readonly document: Document;
}

export interface Document {
  /** The resource that carries it, and at which attribute. */
  readonly by: Resource;
  readonly attribute: string;
  /** The resource itself is the statement. */
  readonly whole?: true;
  readonly statements: readonly Statement[];
  /** Policy variables are replaced from version 2012-10-17 on. */
  readonly variables: boolean;
  /** Why it may say anything. */
  readonly unknown?: string;
}

/** Where a document stands. */
export type Place = Pick<Document, "by" | "attribute" | "whole">;

/** Reads a document; several if it is one of several. */
export function readDocuments(value: Value, place: Place, names: Names): Document[] {
  if (value === null || value === "") return [];
  if (isUnknown(value)) {
    if (value.candidates) {
      return value.candidates.flatMap((one) => readDocuments(one, place, names)).map((one) => doubtful(one, value.why));
    }
    if (value.json !== undefined) return [readTree(value.json, place, names)];
    if (value.parts) return [readText(names.template(value.parts), place, names, true)];
    return [unreadable(place, value.why)];
  }
  if (typeof value === "string") return [readText(value, place, names)];
  return [readTree(value, place, names)];
}

/** A document that may not be there: so may each of its statements. */
export const doubtful = (document: Document, why: string): Document => {
  const copy: { -readonly [K in keyof Document]: Document[K] } = { ...document };
  copy.statements = document.statements.map((statement) => ({
    ...statement,
    document: copy,
    unsure: statement.unsure ?? why,
  }));
  return copy;
};

const unreadable = (place: Place, why: string): Document => ({
  ...place,
  statements: [],
  variables: false,
  unknown: why,
});

function readText(text: string, place: Place, names: Names, named = false): Document {
  let tree: Value;
  try {
    tree = parseJson("policy", text) as Value;
  } catch {
    const why = text.trimStart().startsWith(HOLE)
      ? "the document is known only after apply"
      : "it is not a policy document that can be read";
    return unreadable(place, why);
  }
  return readTree(tree, place, named ? { terms: (value) => names.terms(value, true) } : names);
}

/** What reads the texts of a document. */
type Reader = Pick<Names, "terms">;

/** Elements are compared without regard to case by some services; AWS documents them as written here. */
function field(values: Values, name: string): Value {
  return Object.hasOwn(values, name) ? values[name] : null;
}

function readTree(tree: Value, place: Place, names: Reader): Document {
  if (isUnknown(tree)) return unreadable(place, tree.why);
  if (!isObject(tree)) return unreadable(place, "it is not a policy document");
  const version = field(tree, "Version");
  const found = field(tree, "Statement");
  const document: { -readonly [K in keyof Document]: Document[K] } = {
    ...place,
    statements: [],
    variables: version === "2012-10-17",
  };
  const other = Object.keys(tree).find((key) => !TOP.has(key));
  if (other !== undefined) document.unknown = `the policy has an element ${JSON.stringify(other).slice(0, 40)}`;
  if (isUnknown(found)) {
    document.unknown = found.why;
    return document;
  }
  const statements: Statement[] = [];
  const list = isList(found) ? found : found === null ? [] : [found];
  list.forEach((item, index) => {
    for (const one of isUnknown(item) && item.candidates ? item.candidates : [item]) {
      const statement = readStatement(one, index, document, names);
      if (typeof statement === "string") document.unknown = statement;
      else if (isUnknown(item)) statements.push({ ...statement, unsure: item.why });
      else statements.push(statement);
    }
  });
  document.statements = statements;
  return document;
}

const TOP = new Set(["Version", "Id", "Statement"]);
const ELEMENTS = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** A statement, or why it may say anything. */
function readStatement(value: Value, index: number, document: Document, names: Reader): Statement | string {
  if (isUnknown(value)) return value.why;
  if (!isObject(value)) return "a statement is not an object";
  const unknownElement = Object.keys(value).find((key) => !ELEMENTS.has(key));
  if (unknownElement !== undefined) return `a statement has an element ${JSON.stringify(unknownElement).slice(0, 40)}`;
  const effect = field(value, "Effect");
  if (effect !== "Allow" && effect !== "Deny") return isUnknown(effect) ? effect.why : "a statement has no effect";
  const conditions = readConditions(field(value, "Condition"), names);
  const principals = readPrincipals(value, names);
  if (typeof conditions === "string") return conditions;
  if (typeof principals === "string") return principals;
  const sid = field(value, "Sid");
  return {
    effect,
    ...(typeof sid === "string" && { sid }),
    index,
    ...(principals && { principals }),
    ...optional("actions", readTerms(value, "Action", names)),
    ...optional("resources", readTerms(value, "Resource", names)),
    conditions,
    document,
  };
}

const optional = <K extends string, T>(key: K, value: T | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };

function readTerms(value: Values, name: string, names: Reader): Terms | undefined {
  for (const negated of [false, true]) {
    const found = field(value, negated ? `Not${name}` : name);
    if (found !== null) return { terms: names.terms(found), negated };
  }
  return undefined;
}

const KINDS: Readonly<Record<string, Named["kind"]>> = {
  AWS: "aws",
  Service: "service",
  Federated: "federated",
  CanonicalUser: "canonical",
};

function readPrincipals(value: Values, names: Reader): Statement["principals"] | string {
  for (const negated of [false, true]) {
    const found = field(value, negated ? "NotPrincipal" : "Principal");
    if (found === null) continue;
    if (isObject(found)) {
      const named: Named[] = [];
      for (const kind of Object.keys(found)) {
        if (!Object.hasOwn(KINDS, kind)) return "a statement names a principal of an unknown kind";
        for (const term of names.terms(found[kind])) named.push(asNamed(KINDS[kind], term));
      }
      return { named, negated };
    }
    // `"Principal": "*"`; anything else without a kind is no principal that AWS documents.
    return { named: names.terms(found).map((term) => asNamed("aws", term)), negated };
  }
  return undefined;
}

const asNamed = (kind: Named["kind"], term: Term): Named =>
  kind === "aws" && term.text === "*" ? { ...term, kind: "anyone" } : { ...term, kind };

function readConditions(value: Value, names: Reader): Condition[] | string {
  if (value === null) return [];
  if (isUnknown(value)) return value.why;
  if (!isObject(value)) return "a condition is not an object";
  const conditions: Condition[] = [];
  for (const operator of Object.keys(value)) {
    const keys = value[operator];
    if (isUnknown(keys)) return keys.why;
    if (!isObject(keys)) return "a condition operator has no keys";
    for (const key of Object.keys(keys)) conditions.push({ operator, key, values: names.terms(keys[key]) });
  }
  return conditions;
}
