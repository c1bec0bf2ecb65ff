/**
 * SQL that Terraform has a warehouse run: where UNLOAD writes, and to which accounts a data share is granted
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html, r_GRANT.html, r_CREATE_EXTERNAL_SCHEMA.html).
 */
import { isUnknown, type Value } from "../../configuration/value";
import { type DocumentReader, sends, shares } from "../../flows/vocabulary";

interface Token {
  readonly kind: "word" | "text" | "end";
  readonly value: string;
}

const unloads = sends("redshift.unload", "url", { why: "the statement writes rows there" });
const bucket = sends("redshift.unload", "bucket", { why: "the statement writes rows there" });
const grants = shares("redshift.data-share", "account", { why: "the statement lets this account query the share" });

/** The parties and places that statements name. */
export const redshiftSql: DocumentReader = function* (document) {
  if (typeof document !== "string") {
    if (isUnknown(document)) yield { at: "", value: document, role: grants };
    return;
  }
  let first = "";
  let before: readonly string[] = [];
  for (const token of tokens(document)) {
    if (token.kind === "end") first = "";
    else if (token.kind === "word") first ||= token.value;
    else if (first === "UNLOAD" && before.at(-1) === "TO") yield { at: "", ...written(token.value) };
    else if (first === "GRANT" && before.at(-1) === "ACCOUNT") yield { at: "", value: token.value, role: grants };
    before = token.kind === "word" ? [...before.slice(-1), token.value] : [];
  }
};

function written(place: string): { value: Value; role: typeof bucket } {
  const name = /^s3:\/\/([^/]+)/i.exec(place)?.[1];
  return name === undefined ? { value: place, role: unloads } : { value: name, role: bucket };
}

/** Words in upper case, texts without their quotes, and the ends of statements; comments are left out. */
function* tokens(sql: string): Generator<Token> {
  const pattern = /--[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|\$\$([\s\S]*?)\$\$|"[^"]*"|;|[A-Za-z_]\w*/g;
  for (const [token, quoted, dollars] of sql.matchAll(pattern)) {
    if (token.startsWith("--") || token.startsWith("/*") || token.startsWith('"')) continue;
    if (token === ";") yield { kind: "end", value: token };
    else if (quoted !== undefined) yield { kind: "text", value: quoted.replace(/''/g, "'") };
    else if (dollars !== undefined) yield { kind: "text", value: dollars };
    else yield { kind: "word", value: token.toUpperCase() };
  }
}
