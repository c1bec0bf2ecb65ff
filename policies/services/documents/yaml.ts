/** Reads documents that AWS takes as YAML or JSON: templates, components, pipelines. */
import { isUnknown, Unknown, type Value } from "../../configuration/value";
import { fromTemplate, json } from "./json";

/** AWS's own limit on templates is 1 MB; nothing longer is read. */
const MAX_LENGTH = 2_000_000;

/**
 * The value that a YAML (or JSON) text stands for; an `Unknown` if it is neither or is not known. CloudFormation's short
 * forms become their long ones: `!Ref x` is `{"Ref": "x"}`, `!Sub x` is `{"Fn::Sub": "x"}`.
 */
export function yaml(document: Value): Value {
  const asJson = json(document);
  if (!isUnknown(asJson)) return asJson;
  if (typeof document === "string") return parse(document) ?? new Unknown("the text is neither JSON nor YAML");
  return (isUnknown(document) && document.parts && fromTemplate(document.parts, parse, false)) || asJson;
}

function parse(text: string): Value | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  // Loaded when first needed: most documents are JSON.
  const { parseDocument } = require("yaml") as typeof import("yaml");
  try {
    const parsed = parseDocument(text, { customTags, logLevel: "silent", merge: true, uniqueKeys: true });
    return parsed.errors.length > 0 ? undefined : (parsed.toJS({ maxAliasCount: 100 }) as Value);
  } catch {
    return undefined;
  }
}

const FUNCTIONS = [
  "Base64",
  "Cidr",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Select",
  "Split",
  "Sub",
];
const CONDITIONS = ["And", "Equals", "Not", "Or"];

const longForm = (name: string): string => (name === "Ref" || name === "Condition" ? name : `Fn::${name}`);

const customTags = ["Ref", "Condition", ...FUNCTIONS, ...CONDITIONS].flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => ({ [longForm(name)]: text }) },
  {
    tag: `!${name}`,
    collection: "seq" as const,
    resolve: (list: { toJSON(): unknown }) => ({ [longForm(name)]: list.toJSON() }),
  },
  {
    tag: `!${name}`,
    collection: "map" as const,
    resolve: (map: { toJSON(): unknown }) => ({ [longForm(name)]: map.toJSON() }),
  },
]);
