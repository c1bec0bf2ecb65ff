/** Pseudonymising what is in memory, for tests. */
import { createHmac } from "node:crypto";
import type { Outcome, SetAside } from "../../../handlers/pseudonymise/outcome";
import type { Rule } from "../../../handlers/pseudonymise/rule";
import { tokenizer } from "../../../handlers/pseudonymise/tokens";

/** Keys as the site's key would give them, one for each purpose. */
export const keyFor = (purpose: string): Uint8Array => createHmac("sha256", "site").update(purpose).digest();

export const ruleFor = (identifiers: readonly string[], purpose = "research", recordLimit = 2 ** 20): Rule => ({
  identifiers,
  token: tokenizer(keyFor(purpose), 1),
  recordLimit,
});

export interface Result {
  readonly bytes: Buffer;
  readonly text: string;
  readonly records: number;
  readonly aside: readonly SetAside[];
}

export async function collect(outcomes: AsyncIterable<Outcome>): Promise<Result> {
  const kept: Uint8Array[] = [];
  const aside: SetAside[] = [];
  let records = 0;
  for await (const outcome of outcomes) {
    if ("aside" in outcome) aside.push(outcome.aside);
    else {
      kept.push(outcome.kept);
      records += outcome.records;
    }
  }
  const bytes = Buffer.concat(kept);
  return { bytes, text: bytes.toString("utf8"), records, aside };
}

/** The bytes in pieces of a size, so that records lie across them. */
export async function* pieces(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}
