import type { Tokenizer } from "./tokens";

/** What is done to every record. */
export interface Rule {
  /** Fields that are replaced, `a.b` for the field `b` of the field `a`; every record must have each. */
  readonly identifiers: readonly string[];
  readonly token: Tokenizer;
  /** Longest record, in bytes. */
  readonly recordLimit: number;
}

/** Longer records are set aside unless a rule says otherwise. */
export const defaultRecordLimit = 2 ** 20;
