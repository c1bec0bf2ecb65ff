/**
 * `aws_iam_policy_document`: the JSON that the provider renders, after its documentation
 * (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document): defaults,
 * merging of source and override documents by `sid`, `&{…}` for IAM's own variables.
 */
import { put } from "../schema/convert";
import { isList, isObject, isUnknown, isWhollyKnown, type Reference, Unknown, type Value, type Values } from "../value";

/** What a document is built from: the arguments of the data source. */
interface Arguments {
  configured(name: string): Value;
}

interface Document {
  version: Value;
  id: Value;
  statements: Value[];
}

const defaultVersion = "2012-10-17";

/** `json` or `minified_json`; undefined for every other attribute. */
export function policyDocument(source: Arguments, name: string): Value | undefined {
  if (name !== "json" && name !== "minified_json") return undefined;
  const documents = [
    ...listed(source.configured("source_json")),
    ...listed(source.configured("source_policy_documents")),
    own(source),
    ...listed(source.configured("override_json")),
    ...listed(source.configured("override_policy_documents")),
  ];
  const merged: Document = { version: defaultVersion, id: null, statements: [] };
  for (const document of documents) {
    const parsed = typeof document === "string" || document instanceof Unknown ? parse(document) : document;
    if (parsed instanceof Unknown) return parsed;
    const open = merge(merged, parsed, documents.length > 1);
    if (open) return open;
  }
  const tree: Record<string, Value> = { Version: merged.version };
  if (merged.id !== null) tree.Id = merged.id;
  tree.Statement = merged.statements;
  if (isWhollyKnown(tree)) return JSON.stringify(tree, null, name === "json" ? 2 : undefined);
  return new Unknown("parts of the policy are known after apply", { references: references(tree), json: tree });
}

const listed = (value: Value): readonly (string | Unknown)[] => {
  if (isList(value))
    return value.filter((item): item is string | Unknown => typeof item === "string" || isUnknown(item));
  return typeof value === "string" || isUnknown(value) ? [value] : [];
};

/** A document given as text; unknown if its text is, unless what it is the text of is known in part. */
function parse(text: string | Unknown): Document | Unknown {
  let tree: Value;
  if (typeof text !== "string") {
    if (text.json === undefined) return new Unknown(text.why, { references: text.references });
    tree = text.json;
  } else {
    if (text.trim() === "") return { version: null, id: null, statements: [] };
    try {
      tree = JSON.parse(text) as Value;
    } catch {
      return new Unknown("a document that it is merged from is not JSON");
    }
  }
  if (!isObject(tree)) return new Unknown("a document that it is merged from is no policy");
  const statements = member(tree, "Statement");
  if (isUnknown(statements)) return new Unknown(statements.why, { references: statements.references });
  return {
    version: member(tree, "Version"),
    id: member(tree, "Id"),
    statements: isList(statements) ? [...statements] : statements === null ? [] : [statements],
  };
}

const member = (values: Values, name: string): Value => (Object.hasOwn(values, name) ? values[name] : null);

/** Later statements replace earlier ones of the same non-empty sid; the unknown that makes that undecidable, if any. */
function merge(into: Document, from: Document, several: boolean): Unknown | undefined {
  if (from.version !== null) into.version = from.version;
  if (from.id !== null && from.id !== "") into.id = from.id;
  for (const statement of from.statements) {
    const sid = isObject(statement) ? member(statement, "Sid") : isUnknown(statement) ? statement : null;
    if (several && isUnknown(sid)) {
      return new Unknown("which statements of the policy replace each other is not known", {
        references: sid.references,
      });
    }
    const earlier =
      typeof sid === "string" && sid !== "" && several
        ? into.statements.findIndex((other) => isObject(other) && member(other, "Sid") === sid)
        : -1;
    if (earlier === -1) into.statements.push(statement);
    else into.statements[earlier] = statement;
  }
  return undefined;
}

/** The document that the data source's own arguments describe. */
function own(source: Arguments): Document | Unknown {
  const blocks = source.configured("statement");
  if (isUnknown(blocks)) return new Unknown(blocks.why, { references: blocks.references });
  const statements = isList(blocks) ? blocks : blocks === null ? [] : [blocks];
  return {
    version: source.configured("version") ?? defaultVersion,
    id: source.configured("policy_id"),
    statements: statements.map((block) => (isObject(block) ? statement(block) : block)),
  };
}

function statement(block: Values): Values {
  const result: Record<string, Value> = {};
  const sid = member(block, "sid");
  if (sid !== null && sid !== "") result.Sid = sid;
  result.Effect = member(block, "effect") ?? "Allow";
  const lists: [key: string, argument: string][] = [
    ["Action", "actions"],
    ["NotAction", "not_actions"],
    ["Resource", "resources"],
    ["NotResource", "not_resources"],
  ];
  for (const [key, argument] of lists) {
    const value = oneOrSorted(member(block, argument));
    if (value !== null) result[key] = value;
  }
  const principals = principal(member(block, "principals"));
  if (principals !== null) result.Principal = principals;
  const notPrincipals = principal(member(block, "not_principals"));
  if (notPrincipals !== null) result.NotPrincipal = notPrincipals;
  const conditions = condition(member(block, "condition"));
  if (conditions !== null) result.Condition = conditions;
  return result;
}

/** A set of strings: one alone as a string, several in descending order, as the provider renders them; null if empty. */
function oneOrSorted(value: Value): Value {
  if (!isList(value)) return withVariables(value);
  const items = value.map(withVariables);
  if (items.length === 0) return null;
  if (items.length === 1) return items[0];
  return items.every((item) => typeof item === "string") ? [...items].sort().reverse() : items;
}

/** `&{aws:username}` stands for IAM's `${aws:username}`, which Terraform would take for its own. */
function withVariables(value: Value): Value {
  if (typeof value === "string") return value.replaceAll("&{", "${");
  if (isUnknown(value) && value.parts?.some((part) => typeof part === "string" && part.includes("&{"))) {
    return new Unknown(value.why, {
      ...value,
      parts: value.parts.map((part) => withVariables(part) as string | Unknown),
    });
  }
  return value;
}

function principal(blocks: Value): Value {
  if (isUnknown(blocks)) return blocks;
  const written = isList(blocks) ? blocks : blocks === null ? [] : [blocks];
  const items = written.filter(isObject);
  if (items.length < written.length) return new Unknown("a principal is not known", { references: references(blocks) });
  if (items.length === 0) return null;
  const result: Record<string, Value> = {};
  for (const item of items) {
    const type = member(item, "type");
    const identifiers = oneOrSorted(member(item, "identifiers"));
    if (isUnknown(type)) return new Unknown("the type of a principal is not known", { references: type.references });
    if (typeof type !== "string") return new Unknown("the type of a principal is no text");
    if (items.length === 1 && (type === "AWS" || type === "*") && identifiers === "*") return "*";
    put(result, type, both(member(result, type), identifiers));
  }
  return result;
}

/** Two values or lists of values as one list. */
function both(first: Value, second: Value): Value {
  if (first === null) return second;
  if (second === null) return first;
  return [...(isList(first) ? first : [first]), ...(isList(second) ? second : [second])];
}

function condition(blocks: Value): Value {
  if (isUnknown(blocks)) return blocks;
  const written = isList(blocks) ? blocks : blocks === null ? [] : [blocks];
  const items = written.filter(isObject);
  if (items.length < written.length) return new Unknown("a condition is not known", { references: references(blocks) });
  if (items.length === 0) return null;
  const result: Record<string, Record<string, Value>> = {};
  for (const item of items) {
    const test = member(item, "test");
    const variable = member(item, "variable");
    const open = [test, variable].find(isUnknown);
    if (open) return new Unknown("a condition is not known", { references: open.references });
    if (typeof test !== "string" || typeof variable !== "string") return new Unknown("a condition has no name");
    const values = member(item, "values");
    const list = isList(values)
      ? values.length === 1
        ? withVariables(values[0])
        : values.map(withVariables)
      : withVariables(values);
    if (!Object.hasOwn(result, test)) put(result, test, {});
    const tests = result[test];
    put(tests, variable, both(member(tests, variable), list));
  }
  return result;
}

function references(value: Value): Reference[] {
  if (isUnknown(value)) return [...value.references];
  if (isList(value)) return value.flatMap(references);
  return isObject(value) ? Object.values(value).flatMap(references) : [];
}
