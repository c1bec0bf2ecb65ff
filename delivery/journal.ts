/** What became of each stack of an attestation: a line is written before a stack is touched, and one when it is done. */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileFailure } from "./failure";

export type Event = "started" | "applied" | "failed";

interface Entry {
  /** Digest of the attested statement. */
  readonly attestation: string;
  readonly stack: string;
  readonly event: Event;
}

export class Journal {
  private readonly path: string;

  constructor(
    folder: string,
    private readonly attestation: string,
  ) {
    this.path = join(folder, "applied.jsonl");
  }

  /** The last that was noted of a stack. */
  last(stack: string): Event | undefined {
    if (!existsSync(this.path)) return undefined;
    let last: Event | undefined;
    for (const line of readFileSync(this.path, "utf8").split("\n")) {
      try {
        const entry = JSON.parse(line) as Entry;
        if (entry.attestation === this.attestation && entry.stack === stack) last = entry.event;
      } catch {
        // The last line of a journal that was torn, or the empty one behind it.
      }
    }
    return last;
  }

  /** @throws Failure if it can't be written, in which case the stack must not be touched */
  note(stack: string, event: Event): void {
    const { attestation } = this;
    try {
      const file = openSync(this.path, "a", 0o600);
      try {
        appendFileSync(file, `${JSON.stringify({ attestation, stack, event } satisfies Entry)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw fileFailure(this.path, error);
    }
  }
}
