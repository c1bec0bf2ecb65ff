/** JSON lines: one object on each line (https://jsonlines.org). */
import { replaceIdentifiers } from "./json-value";
import { Malformed, type Outcome } from "./outcome";
import { type Cut, cutRecords } from "./records";
import type { Rule } from "./rule";

export async function* pseudonymiseJsonLines(source: AsyncIterable<Uint8Array>, rule: Rule): AsyncGenerator<Outcome> {
  for await (const cut of cutRecords(source, { limit: rule.recordLimit, quotes: false })) {
    yield outcomeOf(cut, rule, (text) => `${line(text, rule)}\n`);
  }
}

function line(text: string, rule: Rule): string {
  const record = parsed(text);
  replaceIdentifiers(record, rule);
  return JSON.stringify(record);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says quotes the record.
    throw new Malformed("is no JSON");
  }
}

/** What becomes of a record of text. */
export function outcomeOf(cut: Cut, { recordLimit }: Rule, change: (text: string) => string): Outcome {
  const { record, offset, bytes, content } = cut;
  try {
    if (content === undefined) throw new Malformed(`is longer than ${recordLimit} bytes`);
    return { kept: Buffer.from(change(textOf(content))), records: 1 };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { aside: { record, offset, bytes, reason: error.message } };
  }
}

export function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new Malformed("is no UTF-8");
  }
}
