/**
 * Runs regular expressions in time linear in the text, with the choice of matches that RE2 makes (leftmost, and then
 * what Perl would prefer): all states are followed at once, in order of preference.
 */
import { fail } from "../errors";
import { isWord, type Test } from "./classes";
import { type Assertion, type Pattern, parseRegex, type Regex } from "./syntax";

type Instruction =
  | { op: "character"; test: Test; next: number }
  | { op: "assert"; assertion: Assertion; next: number }
  /** Both ways, the first one preferred. */
  | { op: "split"; first: number; second: number }
  | { op: "save"; slot: number; next: number }
  | { op: "match" };

const maxProgram = 20_000;
/** Steps that one search may take; beyond it the result counts as unknown. */
const maxSteps = 10_000_000;

/** The search was given up. */
export class TooCostly extends Error {}

class Compiler {
  readonly program: Instruction[] = [];

  private emit(instruction: Instruction): number {
    if (this.program.length >= maxProgram) fail("the regular expression is too large");
    return this.program.push(instruction) - 1;
  }

  /** Compiles so that execution goes on at `next`; returns where it starts. */
  compile(pattern: Pattern, next: number): number {
    switch (pattern.kind) {
      case "class":
        return this.emit({ op: "character", test: pattern.test, next });
      case "assertion":
        return this.emit({ op: "assert", assertion: pattern.assertion, next });
      case "sequence":
        return pattern.parts.reduceRight((after, part) => this.compile(part, after), next);
      case "choice":
        return pattern.parts
          .map((part) => this.compile(part, next))
          .reduceRight((second, first) => this.emit({ op: "split", first, second }));
      case "group": {
        const close = this.emit({ op: "save", slot: pattern.index * 2 + 1, next });
        return this.emit({ op: "save", slot: pattern.index * 2, next: this.compile(pattern.body, close) });
      }
      case "repeat":
        return this.repeat(pattern, next);
    }
  }

  private repeat({ body, min, max, greedy }: Pattern & { kind: "repeat" }, next: number): number {
    let start = next;
    let copies = min;
    if (max === Number.POSITIVE_INFINITY) {
      // x{2,} is xx+; of what can be empty, x* is (x+)?, so that the empty match comes last.
      if (min > 0) {
        start = this.plus(body, greedy, next);
        copies = min - 1;
      } else if (isNullable(body)) {
        start = this.split(this.plus(body, greedy, next), next, greedy);
      } else {
        const loop = this.emit({ op: "split", first: 0, second: 0 });
        this.patch(loop, this.compile(body, loop), next, greedy);
        start = loop;
      }
    } else {
      for (let i = min; i < max; i++) start = this.split(this.compile(body, start), next, greedy);
    }
    for (let i = 0; i < copies; i++) start = this.compile(body, start);
    return start;
  }

  private plus(body: Pattern, greedy: boolean, next: number): number {
    const loop = this.emit({ op: "split", first: 0, second: 0 });
    const start = this.compile(body, loop);
    this.patch(loop, start, next, greedy);
    return start;
  }

  private split(into: number, past: number, greedy: boolean): number {
    const at = this.emit({ op: "split", first: 0, second: 0 });
    this.patch(at, into, past, greedy);
    return at;
  }

  private patch(at: number, into: number, past: number, greedy: boolean): void {
    this.program[at] = { op: "split", first: greedy ? into : past, second: greedy ? past : into };
  }
}

function isNullable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "class":
      return false;
    case "sequence":
      return pattern.parts.every(isNullable);
    case "choice":
      return pattern.parts.some(isNullable);
    case "group":
      return isNullable(pattern.body);
    case "repeat":
      return pattern.min === 0 || isNullable(pattern.body);
    default:
      return true;
  }
}

/** Offsets of start and end, for the whole match and for each group; -1 where a group took no part. */
type Slots = readonly number[];

class States {
  readonly program: number[] = [];
  readonly slots: Slots[] = [];
}

export class Machine {
  readonly groups: Regex["groups"];
  private readonly program: Instruction[];
  private readonly start: number;
  /** For each instruction the last step at which it was reached, so that each is followed once. */
  private readonly reached: Int32Array;
  private steps = 0;
  private turn = 0;

  constructor(source: string) {
    const { pattern, groups } = parseRegex(source);
    const compiler = new Compiler();
    compiler.program.push({ op: "match" });
    this.start = compiler.compile({ kind: "group", index: 0, body: pattern }, 0);
    this.program = compiler.program;
    this.groups = groups;
    this.reached = new Int32Array(this.program.length);
  }

  /** The leftmost match at or behind `from`; offsets are in characters. */
  search(text: readonly number[], from: number): Slots | undefined {
    let current = new States();
    let matched: Slots | undefined;
    const nothing = new Array<number>(this.groups.length * 2).fill(-1);
    this.turn++;
    for (let at = from; at <= text.length; at++) {
      if (matched === undefined) this.follow(current, this.start, nothing, text, at);
      else if (current.program.length === 0) break;
      const next = new States();
      this.turn++;
      for (let i = 0; i < current.program.length; i++) {
        const instruction = this.program[current.program[i]];
        if (instruction.op === "match") {
          matched = current.slots[i];
          // What comes behind is preferred less.
          break;
        }
        if (instruction.op === "character" && at < text.length && instruction.test(text[at])) {
          this.follow(next, instruction.next, current.slots[i], text, at + 1);
        }
      }
      current = next;
    }
    return matched;
  }

  /** Adds a state and all that it leads to without reading a character, in order of preference. */
  private follow(states: States, start: number, slots: Slots, text: readonly number[], at: number): void {
    const pending: { at: number; slots: Slots }[] = [{ at: start, slots }];
    for (let top = pending.pop(); top; top = pending.pop()) {
      if (this.reached[top.at] === this.turn) continue;
      this.reached[top.at] = this.turn;
      if (++this.steps > maxSteps) throw new TooCostly();
      const instruction = this.program[top.at];
      if (instruction.op === "split") {
        pending.push({ at: instruction.second, slots: top.slots }, { at: instruction.first, slots: top.slots });
      } else if (instruction.op === "save") {
        const saved = top.slots.slice();
        saved[instruction.slot] = at;
        pending.push({ at: instruction.next, slots: saved });
      } else if (instruction.op === "assert") {
        if (holds(instruction.assertion, text, at)) pending.push({ at: instruction.next, slots: top.slots });
      } else {
        states.program.push(top.at);
        states.slots.push(top.slots);
      }
    }
  }
}

function holds(assertion: Assertion, text: readonly number[], at: number): boolean {
  switch (assertion) {
    case "text-start":
      return at === 0;
    case "text-end":
      return at === text.length;
    case "line-start":
      return at === 0 || text[at - 1] === 10;
    case "line-end":
      return at === text.length || text[at] === 10;
    default: {
      const boundary = isWord(text[at - 1]) !== isWord(text[at]);
      return boundary === (assertion === "word");
    }
  }
}
