/** `csvdecode`: RFC 4180 as Go's encoding/csv reads it. */
import type { Value } from "../../value";
import { fail, quote } from "../errors";
import { constructed, list, record, type Type, typed } from "../types";

function rows(source: string): string[][] {
  const text = source.replaceAll("\r\n", "\n");
  const result: string[][] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === "\n") {
      // Empty lines count for nothing.
      at++;
      continue;
    }
    const row: string[] = [];
    for (;;) {
      const [field, end] = text[at] === '"' ? quoted(text, at) : bare(text, at);
      row.push(field);
      at = end + 1;
      if (text[end] !== ",") break;
    }
    result.push(row);
  }
  return result;
}

function bare(text: string, start: number): [string, number] {
  let end = start;
  while (end < text.length && text[end] !== "," && text[end] !== "\n") {
    if (text[end] === '"') fail("csvdecode: a quotation mark stands inside a field that has none around it");
    end++;
  }
  const field = text.slice(start, end);
  return [end === text.length && field.endsWith("\r") ? field.slice(0, -1) : field, end];
}

function quoted(text: string, start: number): [string, number] {
  const pieces: string[] = [];
  for (let at = start + 1; ; ) {
    const end = text.indexOf('"', at);
    if (end < 0) return fail("csvdecode: a quoted field is not closed");
    pieces.push(text.slice(at, end));
    const next = text[end + 1];
    if (next === '"') {
      pieces.push('"');
      at = end + 2;
    } else if (next === "," || next === "\n" || next === undefined) {
      return [pieces.join(""), end + 1];
    } else {
      return fail("csvdecode: something stands between a quoted field and the comma");
    }
  }
}

export function csvdecode(source: string): Value {
  const [header, ...lines] = rows(source);
  if (header === undefined) return fail("csvdecode: a header line is required");
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) fail(`csvdecode: two columns are named ${quote(twice)}`);
  const element: Type = { kind: "object", attributes: new Map(header.map((name) => [name, "string"])) };
  const values = lines.map((line) => {
    if (line.length !== header.length) fail(`csvdecode: a line has ${line.length} fields instead of ${header.length}`);
    const result = record();
    header.forEach((name, i) => {
      result[name] = line[i];
    });
    return constructed(result);
  });
  return typed(values, list(element));
}
