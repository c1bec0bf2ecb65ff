/** What becomes of a record. */

/** A record that was not passed on, by its place in the source, where it still stands; its content is not repeated. */
export interface SetAside {
  /** Counted from 1. */
  readonly record: number;
  /** Where it begins in the source, in bytes; left out where records are no ranges of bytes. */
  readonly offset?: number;
  /** How long it is, in bytes. */
  readonly bytes?: number;
  /** Names fields, never values. */
  readonly reason: string;
}

export type Outcome = { readonly kept: Uint8Array; readonly records: number } | { readonly aside: SetAside };

/** A record can't be passed on. */
export class Malformed extends Error {}
