/** Cutting a stream of bytes into records that end with a line feed. */

/** A record without its line end; of one that is too long only the length is known. */
export interface Cut {
  /** Counted from 1; empty lines are none. */
  readonly record: number;
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** How long it is, in bytes, its line end aside. */
  readonly bytes: number;
  readonly content?: Uint8Array;
}

export interface CutOptions {
  /** Longest record that is kept in memory, in bytes. */
  readonly limit: number;
  /** Whether line feeds between double quotes belong to the record (RFC 4180, 2.6). */
  readonly quotes: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** Holds at most one record, and of that no more than the limit, whatever is in the stream. */
export async function* cutRecords(source: AsyncIterable<Uint8Array>, options: CutOptions): AsyncGenerator<Cut> {
  const cutter = new Cutter(options);
  for await (const chunk of source) yield* cutter.take(chunk);
  yield* cutter.end();
}

class Cutter {
  private pieces: Uint8Array[] = [];
  private length = 0;
  private start = 0;
  private record = 0;
  private quoted = false;

  constructor(private readonly options: CutOptions) {}

  *take(chunk: Uint8Array): Generator<Cut> {
    let from = 0;
    for (let end = this.lineEnd(chunk, from); end >= 0; end = this.lineEnd(chunk, from)) {
      this.keep(chunk.subarray(from, end));
      yield* this.finish(1);
      from = end + 1;
    }
    this.keep(chunk.subarray(from));
  }

  *end(): Generator<Cut> {
    yield* this.finish(0);
  }

  /** The next line feed that ends a record. */
  private lineEnd(chunk: Uint8Array, from: number): number {
    if (!this.options.quotes) return chunk.indexOf(lineFeed, from);
    for (let i = from; i < chunk.length; i++) {
      if (chunk[i] === quote) this.quoted = !this.quoted;
      else if (chunk[i] === lineFeed && !this.quoted) return i;
    }
    return -1;
  }

  private keep(piece: Uint8Array): void {
    this.length += piece.length;
    if (this.length > this.options.limit) this.pieces = [];
    // Copied, because the source may use its buffer again.
    else if (piece.length > 0) this.pieces.push(Uint8Array.from(piece));
  }

  private *finish(terminator: number): Generator<Cut> {
    const { start, length } = this;
    const content = length > this.options.limit ? undefined : trimmed(Buffer.concat(this.pieces), start === 0);
    this.pieces = [];
    this.length = 0;
    this.start = start + length + terminator;
    if (content === undefined || content.length > 0) {
      yield { record: ++this.record, offset: start, bytes: length, content };
    }
  }
}

/** Without the carriage return before the line feed and the byte order mark before everything. */
function trimmed(content: Uint8Array, first: boolean): Uint8Array {
  const from = first && content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? 3 : 0;
  const to = content.at(-1) === carriageReturn ? content.length - 1 : content.length;
  return content.subarray(from, to);
}
