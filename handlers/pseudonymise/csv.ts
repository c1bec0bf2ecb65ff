/** Comma-separated values with a header (RFC 4180). */
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { Refusal } from "../common/refusal";
import { outcomeOf, textOf } from "./json-lines";
import { Malformed, type Outcome } from "./outcome";
import { cutRecords } from "./records";
import type { Rule } from "./rule";
import { isTelling } from "./tokens";

/** @throws Refusal if the header lacks an identifier, so that no record could have it */
export async function* pseudonymiseCsv(source: AsyncIterable<Uint8Array>, rule: Rule): AsyncGenerator<Outcome> {
  let header: readonly string[] | undefined;
  let columns: ReadonlySet<number> = new Set();
  for await (const cut of cutRecords(source, { limit: rule.recordLimit, quotes: true })) {
    if (header) {
      const { length } = header;
      // The header is no record.
      const counted = { ...cut, record: cut.record - 1 };
      yield outcomeOf(counted, rule, (text) => written(replaced(cells(text), length, columns, rule)));
    } else {
      header = headerOf(cut.content);
      columns = identifierColumns(header, rule.identifiers);
      yield { kept: Buffer.from(written(header)), records: 0 };
    }
  }
  if (!header) throw new Refusal(noHeader);
}

const noHeader = "the file has no header that can be read";

function headerOf(content: Uint8Array | undefined): readonly string[] {
  try {
    if (content) return cells(textOf(content));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  throw new Refusal(noHeader);
}

/** Every column of an identifier's name: it may stand there twice. */
function identifierColumns(header: readonly string[], identifiers: readonly string[]): ReadonlySet<number> {
  const missing = identifiers.find((field) => !header.includes(field));
  if (missing !== undefined) throw new Refusal(`the file has no column ${missing}`);
  return new Set(header.flatMap((name, i) => (identifiers.includes(name) ? [i] : [])));
}

function cells(text: string): string[] {
  try {
    const [record] = parse(text, { relax_column_count: true }) as string[][];
    return record ?? [];
  } catch {
    throw new Malformed("is no CSV record");
  }
}

function replaced(record: readonly string[], width: number, columns: ReadonlySet<number>, { token }: Rule): string[] {
  if (record.length !== width) throw new Malformed(`has ${record.length} fields, the header ${width}`);
  const found = record.filter((_, i) => columns.has(i)).filter(isTelling);
  record.forEach((cell, i) => {
    if (!columns.has(i) && found.some((identifier) => cell.includes(identifier))) {
      throw new Malformed("an identifier also stands in another field");
    }
  });
  // An empty cell is nobody.
  return record.map((cell, i) => (columns.has(i) && cell !== "" ? token(cell) : cell));
}

const written = (record: readonly string[]): string => stringify([[...record]]);
