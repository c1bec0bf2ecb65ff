/** Values that only apply will tell, as texts that can be found again in whatever is made of them. */
import { type Marker, markerPattern, markerText, type Note, type Origin } from "../graph";

export class Markers {
  readonly all: Marker[] = [];
  readonly notes: Note[] = [];
  private readonly texts = new Map<string, string>();
  private readonly pattern: RegExp;
  private readonly whole: RegExp;
  private readonly symbols = new WeakMap<object, string>();

  constructor(private readonly nonce: string) {
    this.pattern = markerPattern(nonce);
    this.whole = new RegExp(`^${this.pattern.source}$`);
  }

  /** The text that stands for a value; the same for the same value. */
  of(origin: Origin, path: readonly string[]): string {
    const key = JSON.stringify([origin, path]);
    let text = this.texts.get(key);
    if (text === undefined) {
      text = markerText(this.nonce, this.all.length);
      this.texts.set(key, text);
      this.all.push({ origin, path });
    }
    return text;
  }

  /** Notes something about a value with markers, or about the program as a whole. */
  note(value: unknown, message: string): void {
    const [about = -1] = this.numbersIn(value);
    if (!this.notes.some((note) => note.about === about && note.message === message)) {
      this.notes.push({ about, message });
    }
  }

  has(value: unknown): boolean {
    return this.numbersIn(value, true).length > 0;
  }

  /** Numbers of the markers anywhere in a value. */
  private numbersIn(value: unknown, first = false): number[] {
    const found = new Set<number>();
    const seen = new Set<object>();
    const walk = (one: unknown): void => {
      if (first && found.size > 0) return;
      if (typeof one === "string") {
        if (one.includes("~")) for (const [, index] of one.matchAll(this.pattern)) found.add(Number(index));
        return;
      }
      if (typeof one !== "object" || one === null || seen.has(one)) return;
      seen.add(one);
      const symbol = this.symbols.get(one);
      if (symbol !== undefined) walk(symbol);
      else if (isPlain(one)) {
        for (const [key, inner] of Object.entries(one)) {
          walk(key);
          walk(inner);
        }
      }
    };
    walk(value);
    return [...found];
  }

  /** What a computation that is not followed gives. */
  computed(value: unknown): string {
    return this.of({ kind: "computed", from: this.numbersIn(value).sort((a, b) => a - b) }, []);
  }

  /** What stands at a property of a value that is a text with markers. */
  below(text: string, property: string): string {
    const match = this.whole.exec(text);
    if (!match) return this.computed(text);
    const { origin, path } = this.all[Number(match[1])];
    return origin.kind === "computed" ? text : this.of(origin, [...path, property]);
  }

  /**
   * The value with an object in place of each text that holds a marker. Such an object becomes the text wherever a
   * text is made of it, and gives another at each of its properties; it can't be taken for a value that is known.
   */
  symbolic(value: unknown): unknown {
    if (typeof value === "string") return this.has(value) ? this.symbol(value) : value;
    return mapped(value, (inner) => this.symbolic(inner));
  }

  symbol(text: string): object {
    const own = (): string => text;
    const symbol = new Proxy(Object.create(null) as object, {
      get: (_, name) => {
        if (name === Symbol.toPrimitive || name === "toString" || name === "valueOf" || name === "toJSON") return own;
        if (typeof name === "symbol" || name === "then" || name.startsWith("__")) return undefined;
        return this.symbol(this.below(text, name));
      },
      has: () => {
        throw new TypeError("not known before apply");
      },
      ownKeys: () => {
        throw new TypeError("not known before apply");
      },
    });
    this.symbols.set(symbol, text);
    return symbol;
  }

  /** The value with texts again. */
  plain(value: unknown): unknown {
    const text = typeof value === "object" && value !== null ? this.symbols.get(value) : undefined;
    return text ?? mapped(value, (inner) => this.plain(inner));
  }

  textOf(symbol: unknown): string | undefined {
    return typeof symbol === "object" && symbol !== null ? this.symbols.get(symbol) : undefined;
  }
}

const isPlain = (value: object): boolean => {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Lists and plain objects with their members changed; everything else as it is. */
function mapped(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  if (Array.isArray(value)) return value.map(change);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}
