/** String functions: https://developer.hashicorp.com/terraform/language/functions#string-functions */
import type { Value } from "../../value";
import { fail } from "../errors";
import { joinTexts } from "../render";
import { graphemes, normalized } from "../text";
import { isSet, list, typed } from "../types";
import { computed, isKnown, isOpen } from "../unknown";
import { type Family, type FunctionSpec, items, parameter, text, wholeNumber } from "./define";
import { format, formatList } from "./format";
import { regex, regexAll, replace } from "./regex";

const str = parameter("str", "string");

/** From texts to a text. */
const ofText = (change: (text: string) => string): FunctionSpec => ({
  parameters: [str],
  returns: "string",
  call: ([value]) => normalized(change(text(value))),
});

const ofTwo = (first: string, second: string, change: (a: string, b: string) => Value): FunctionSpec => ({
  parameters: [parameter(first, "string"), parameter(second, "string")],
  returns: typeof change("", "") === "boolean" ? "bool" : "string",
  call: ([a, b]) => change(text(a), text(b)),
});

/** Asks about one end of a text, which may be known although the rest is not. */
const endTest = (end: "start" | "end"): FunctionSpec => ({
  parameters: [str, parameter(end === "start" ? "prefix" : "suffix", "string")],
  returns: "bool",
  partial: true,
  call: ([whole, part]) => {
    const unknown = computed([whole, part], { type: "bool" });
    if (isOpen(part)) return unknown;
    const wanted = text(part);
    const test = (value: string): boolean => (end === "start" ? value.startsWith(wanted) : value.endsWith(wanted));
    if (!isOpen(whole)) return test(text(whole));
    if (whole.candidates?.every((candidate) => typeof candidate === "string")) {
      const results = new Set(whole.candidates.map((candidate) => test(text(candidate))));
      return results.size === 1 ? [...results][0] : unknown;
    }
    const known = end === "start" ? whole.parts?.[0] : whole.parts?.at(-1);
    if (typeof known !== "string") return unknown;
    if (test(known)) return true;
    const length = Math.min(known.length, wanted.length);
    const same =
      end === "start"
        ? known.slice(0, length) === wanted.slice(0, length)
        : known.slice(-length) === wanted.slice(-length);
    return same ? unknown : false;
  },
});

const contains: FunctionSpec = {
  parameters: [str, parameter("substr", "string")],
  returns: "bool",
  partial: true,
  call: ([whole, part]) => {
    if (!isOpen(whole) && !isOpen(part)) return text(whole).includes(text(part));
    const written = isOpen(whole) && !isOpen(part) ? whole.parts : undefined;
    if (written?.some((known) => typeof known === "string" && known.includes(text(part)))) return true;
    return computed([whole, part], { type: "bool" });
  },
};

/** The characters that Go's unicode.IsSpace accepts. */
const blanks = new Set(
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
);

function trimBy(value: string, drop: (character: string) => boolean): string {
  const characters = Array.from(value);
  let start = 0;
  let end = characters.length;
  while (start < end && drop(characters[start])) start++;
  while (end > start && drop(characters[end - 1])) end--;
  return characters.slice(start, end).join("");
}

function trimCutset(value: string, cutset: string): string {
  const cut = new Set(cutset);
  return trimBy(value, (character) => cut.has(character));
}

function chomp(value: string): string {
  let end = value.length;
  while (value[end - 1] === "\n" || value[end - 1] === "\r") end--;
  return value.slice(0, end);
}

/** One character at a time, as Go does: never one character into several, nothing that depends on neighbours. */
const mapCase = (
  value: string,
  change: (character: string) => string,
  pick: (mapped: string[], from: string) => string,
) =>
  Array.from(value, (character) => {
    const mapped = Array.from(change(character));
    return mapped.length === 1 ? mapped[0] : pick(mapped, character);
  }).join("");
export const lower = (value: string): string =>
  mapCase(
    value,
    (c) => c.toLowerCase(),
    ([first]) => first,
  );
export const upper = (value: string): string =>
  mapCase(
    value,
    (c) => c.toUpperCase(),
    (_, from) => from,
  );

const inWord = /[\p{L}\p{Nd}\p{No}\p{Nl}_]/u;
function title(value: string): string {
  let before = " ";
  return Array.from(value, (character) => {
    const code = before.codePointAt(0) ?? 32;
    // Beyond ASCII only blanks separate words.
    const separates = code < 128 ? !/\w/.test(before) : !inWord.test(before) && blanks.has(before);
    before = character;
    return separates ? upper(character) : character;
  }).join("");
}

function substr(value: string, offset: number, length: number): string {
  const characters = graphemes(value);
  if (offset >= 0) return characters.slice(offset, length < 0 ? undefined : offset + length).join("");
  const start = Math.max(0, offset + characters.length);
  // From the end, a length of zero takes all the rest.
  return characters.slice(start, length <= 0 ? undefined : start + length).join("");
}

function split(separator: string, value: string): Value {
  return typed(separator === "" ? Array.from(value) : value.split(separator), list("string"));
}

function join(args: readonly Value[]): Value {
  const [separator, ...lists] = args;
  if (lists.length === 0) fail("join needs at least one list");
  // Where it is not known how many texts there are, or in which order, the whole is unknown.
  if (lists.some((value) => isOpen(value) || (isSet(value) && !isKnown(value))))
    return computed(args, { type: "string" });
  const texts = lists.flatMap(items);
  const parts: Value[] = [];
  texts.forEach((value, i) => {
    if (value === null) fail("join: null can't be joined");
    if (i > 0) parts.push(separator);
    parts.push(value);
  });
  return joinTexts(parts);
}

function indent(spaces: number, value: string): string {
  if (spaces < 0) fail("indent: the number of spaces can't be negative");
  if (spaces > 100_000) fail("indent: more than 100000 spaces");
  return value.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

export const strings: Family = {
  chomp: ofText(chomp),
  lower: ofText(lower),
  upper: ofText(upper),
  title: ofText(title),
  strrev: ofText((value) => graphemes(value).reverse().join("")),
  trimspace: ofText((value) => trimBy(value, (character) => blanks.has(character))),
  trim: ofTwo("str", "cutset", trimCutset),
  trimprefix: ofTwo("str", "prefix", (value, prefix) =>
    value.startsWith(prefix) ? value.slice(prefix.length) : value,
  ),
  trimsuffix: ofTwo("str", "suffix", (value, suffix) =>
    suffix !== "" && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value,
  ),
  startswith: endTest("start"),
  endswith: endTest("end"),
  strcontains: contains,
  substr: {
    parameters: [str, parameter("offset", "number"), parameter("length", "number")],
    returns: "string",
    call: ([value, offset, length]) => normalized(substr(text(value), wholeNumber(offset), wholeNumber(length))),
  },
  split: {
    parameters: [parameter("separator", "string"), str],
    returns: list("string"),
    call: ([separator, value]) => split(text(separator), text(value)),
  },
  join: {
    parameters: [parameter("separator", "string")],
    rest: parameter("lists", list("string")),
    returns: "string",
    partial: true,
    call: join,
  },
  indent: {
    parameters: [parameter("spaces", "number"), str],
    returns: "string",
    call: ([spaces, value]) => indent(wholeNumber(spaces), text(value)),
  },
  format: {
    parameters: [parameter("format", "string")],
    rest: parameter("args?", "any"),
    returns: "string",
    partial: true,
    call: ([pattern, ...args]) =>
      isOpen(pattern) ? computed([pattern, ...args], { type: "string" }) : format(text(pattern), args),
  },
  formatlist: {
    parameters: [parameter("format", "string")],
    rest: parameter("args?", "any"),
    returns: list("string"),
    partial: true,
    call: ([pattern, ...args]) =>
      isOpen(pattern) ? computed([pattern, ...args], { type: list("string") }) : formatList(text(pattern), args),
  },
  regex: {
    parameters: [parameter("pattern", "string"), parameter("string", "string")],
    returns: "any",
    call: ([pattern, value]) => regex(text(pattern), text(value)),
  },
  regexall: {
    parameters: [parameter("pattern", "string"), parameter("string", "string")],
    returns: "any",
    call: ([pattern, value]) => regexAll(text(pattern), text(value)),
  },
  replace: {
    parameters: [str, parameter("substr", "string"), parameter("replace", "string")],
    returns: "string",
    call: ([value, pattern, replacement]) => replace(text(value), text(pattern), text(replacement)),
  },
  templatestring: {
    parameters: [parameter("template", "string"), parameter("vars", "any")],
    returns: "string",
    partial: true,
    call: ([template, variables], context) =>
      isOpen(template)
        ? computed([template, variables], { type: "string" })
        : context.template(text(template), variables),
  },
};
