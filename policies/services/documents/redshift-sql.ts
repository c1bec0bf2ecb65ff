/**
 * SQL that a warehouse is given to run: where UNLOAD, external tables and models write, which function gets rows, and
 * to whom a data share is granted (https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html,
 * r_CREATE_EXTERNAL_TABLE.html, r_CREATE_MODEL.html, r_CREATE_EXTERNAL_FUNCTION.html, r_GRANT.html).
 */
import { isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, type Role, sends, shares } from "../../flows/vocabulary";

interface Token {
  readonly kind: "word" | "text" | "body" | "end";
  readonly value: string;
}

const writes = "the statement writes rows there";
const grants = shares("redshift.data-share", "account", { why: "the statement lets this account query the share" });
const shared = shares("redshift.data-share", "any", { why: "the statement lets this warehouse query the share" });
const called = sends("redshift.function", "arn", { why: "the function gets rows" });
const unread = (why: string): DocumentPart => ({
  at: "",
  value: new Unknown(why),
  role: sends("redshift.unload", "any"),
});

/** Deeper than procedures are written in procedures. */
const MAX_DEPTH = 4;

/** The parties and places that statements name. */
export const redshiftSql: DocumentReader = (document) => placesInSql(document);

export function* placesInSql(sql: Value): Generator<DocumentPart> {
  if (typeof sql === "string") yield* statements(sql, 0);
  else if (isUnknown(sql)) yield { at: "", value: sql, role: grants };
}

function* statements(sql: string, depth: number): Generator<DocumentPart> {
  if (depth > MAX_DEPTH) return yield unread("the statement is nested too deeply");
  const all = [...tokens(sql)];
  // An external table that is only read lets data in.
  const fills = all.some(({ value }) => value === "INSERT" || value === "SELECT");
  let seen = new Set<string>();
  let before = "";
  for (const { kind, value } of all) {
    if (kind === "body") yield* statements(value, depth + 1);
    else if (kind === "text") yield* named(value, before, seen, fills);
    else if (value === "EXECUTE" && depth > 0 && !seen.has("GRANT")) {
      yield unread("the procedure puts its statements together when it runs");
    }
    if (kind === "end") seen = new Set();
    else if (kind === "word") seen.add(value);
    before = kind === "word" ? value : "";
  }
}

/** What a text stands for, by the word before it and the words of its statement. */
function* named(text: string, before: string, seen: ReadonlySet<string>, fills: boolean): Generator<DocumentPart> {
  const part = (role: Role): DocumentPart => ({ at: "", value: text, role });
  if (before === "TO" && seen.has("UNLOAD")) yield written(text);
  else if (before === "LOCATION" && seen.has("EXTERNAL") && fills) yield written(text);
  else if (before === "S3_BUCKET") yield part(sends("redshift.unload", "bucket", { why: writes }));
  else if (before === "LAMBDA" && text.startsWith("arn:")) yield part(called);
  else if (before === "ACCOUNT" && seen.has("GRANT")) yield part(grants);
  else if (before === "NAMESPACE" && seen.has("GRANT")) {
    // Sharing within an account goes by namespaces, whichever Region they are in ("Sharing data across AWS Regions").
    yield { at: "", value: new Unknown(`the Region of the namespace ${text} is not known`), role: shared };
  }
}

function written(place: string): DocumentPart {
  const name = /^s3:\/\/([^/]+)/i.exec(place)?.[1];
  const role = sends("redshift.unload", name === undefined ? "url" : "bucket", { why: writes });
  return { at: "", value: name ?? place, role };
}

/** Words in upper case, texts without their quotes, bodies in dollars, the ends of statements; comments are left out. */
function* tokens(sql: string): Generator<Token> {
  const pattern = /--[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|\$(\w*)\$([\s\S]*?)\$\2\$|"[^"]*"|;|[A-Za-z_]\w*/g;
  for (const [token, quoted, , dollars] of sql.matchAll(pattern)) {
    if (token.startsWith("--") || token.startsWith("/*") || token.startsWith('"')) continue;
    if (token === ";") yield { kind: "end", value: token };
    else if (quoted !== undefined) yield { kind: "text", value: quoted.replace(/''/g, "'") };
    else if (dollars !== undefined) yield { kind: "body", value: dollars };
    else yield { kind: "word", value: token.toUpperCase() };
  }
}
