/** `regex`, `regexall` and `replace`: https://developer.hashicorp.com/terraform/language/functions/regex */
import type { Value } from "../../value";
import { fail, quote } from "../errors";
import { Machine, TooCostly } from "../regex/machine";
import { normalized } from "../text";
import { constructed, list, record, type Type, typed } from "../types";
import { computed } from "../unknown";

const codes = (value: string): number[] => Array.from(value, (character) => character.codePointAt(0)!);

/** The characters from one offset to another. */
function slice(text: readonly number[], from: number, to: number): string {
  const pieces: string[] = [];
  for (let i = from; i < to; i += 4096) pieces.push(String.fromCodePoint(...text.slice(i, Math.min(to, i + 4096))));
  return pieces.join("");
}

/** A search that takes too long leaves the result unknown. */
function bounded(type: Type, search: () => Value): Value {
  try {
    return search();
  } catch (error) {
    if (error instanceof TooCostly) return computed([], { type, why: "a regular expression takes too long to match" });
    throw error;
  }
}

/** A text, a tuple or an object, as the expression has no groups, groups, or named groups. */
function captured(machine: Machine, text: readonly number[], slots: readonly number[]): Value {
  const part = (i: number): Value => (slots[i * 2] < 0 ? null : slice(text, slots[i * 2], slots[i * 2 + 1]));
  const { groups } = machine;
  if (groups.length === 1) return part(0);
  const named = groups.filter((name) => name !== undefined);
  if (named.length === 0) return constructed(groups.slice(1).map((_, i) => part(i + 1)));
  const result = record();
  groups.forEach((name, i) => {
    if (name !== undefined) result[name] = part(i);
  });
  return constructed(result);
}

function machineOf(pattern: string): Machine {
  const machine = new Machine(pattern);
  const named = machine.groups.filter((name) => name !== undefined).length;
  if (named > 0 && named < machine.groups.length - 1)
    fail("a regular expression can't have both named and unnamed groups");
  return machine;
}

export function regex(pattern: string, value: string): Value {
  return bounded("any", () => {
    const machine = machineOf(pattern);
    const text = codes(value);
    const slots = machine.search(text, 0);
    return slots ? captured(machine, text, slots) : fail(`regex: ${quote(pattern)} does not match ${quote(value)}`);
  });
}

/** All matches that do not overlap; an empty one does not count right behind another. */
export function regexAll(pattern: string, value: string): Value {
  return bounded("any", () => {
    const machine = machineOf(pattern);
    const text = codes(value);
    const results: Value[] = [];
    let before = -1;
    for (let at = 0; at <= text.length; ) {
      const slots = machine.search(text, at);
      if (!slots) break;
      const [start, end] = slots;
      const repeated = end === at && start === before;
      at = end === at ? at + 1 : end;
      before = end;
      if (!repeated) results.push(captured(machine, text, slots));
    }
    return typed(results, list(elementType(machine)));
  });
}

function elementType({ groups }: Machine): Type {
  if (groups.length === 1) return "string";
  const named = groups.slice(1).filter((name) => name !== undefined);
  if (named.length === 0) return { kind: "tuple", elements: groups.slice(1).map(() => "string") };
  return { kind: "object", attributes: new Map(named.map((name) => [name, "string"])) };
}

/** A text between slashes is a regular expression. */
export function replace(value: string, pattern: string, replacement: string): Value {
  if (pattern.length > 1 && pattern.startsWith("/") && pattern.endsWith("/")) {
    return bounded("string", () => normalized(replaceMatches(value, pattern.slice(1, -1), replacement)));
  }
  if (pattern === "") {
    const characters = Array.from(value);
    return normalized([replacement, ...characters.map((character) => character + replacement)].join(""));
  }
  return normalized(value.replaceAll(pattern, () => replacement));
}

function replaceMatches(value: string, pattern: string, replacement: string): string {
  const machine = new Machine(pattern);
  const text = codes(value);
  const pieces: string[] = [];
  let done = 0;
  for (let at = 0; at <= text.length; ) {
    const slots = machine.search(text, at);
    if (!slots) break;
    const [start, end] = slots;
    pieces.push(slice(text, done, start));
    if (end > done || start === 0) pieces.push(expand(replacement, machine, text, slots));
    done = end;
    at = end > at ? end : at + 1;
  }
  pieces.push(slice(text, done, text.length));
  return pieces.join("");
}

/** Puts groups in for `$1`, `$name` and `${name}`; the longest possible name counts, `$$` is a dollar sign. */
function expand(replacement: string, machine: Machine, text: readonly number[], slots: readonly number[]): string {
  return replacement.replace(/\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu, (whole, bare, braced) => {
    if (whole === "$$") return "$";
    const name: string = bare ?? braced;
    const index = /^\d+$/.test(name) ? Number(name) : machine.groups.indexOf(name);
    if (index < 0 || index >= machine.groups.length || slots[index * 2] < 0) return "";
    return slice(text, slots[index * 2], slots[index * 2 + 1]);
  });
}
