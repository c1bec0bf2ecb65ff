/**
 * The meaning of policies in the language of SMT solvers, written from the user guide and not from the decider: a text
 * is up to eight characters, a glob a table of which rest of a text matches which rest of the glob, a set is four
 * elements that may be there.
 */
import { ACTIONS, ADDRESS, type Conditions, NUMBER, type RandomStatement, SET, TIME } from "./random";

/** Longer texts are not looked at. */
export const LONGEST = 8;
const ELEMENTS = [0, 1, 2, 3];
const V6 = 1n << 32n;

const any = (terms: readonly string[]): string => `(or ${terms.join(" ")} false)`;
const all = (terms: readonly string[]): string => `(and ${terms.join(" ")} true)`;
/** The name of the variable of a key. */
const name = (key: string): string => key.replace(/[^A-Za-z]/g, "_");
const code = (character: string): string => `#x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;

/** One question to the solver: terms share the tables of globs that they need. */
export class Smt {
  private readonly lines: string[] = [
    "(declare-const action Int)",
    `(assert (and (<= 0 action) (< action ${ACTIONS.length})))`,
  ];
  private readonly tables = new Map<string, string>();

  constructor(keys: readonly string[]) {
    this.text("resource");
    for (const key of keys) {
      if (key === SET) for (const i of ELEMENTS) this.optional(`${name(key)}_${i}`, "text");
      else this.optional(name(key), key === NUMBER || key === TIME ? "Real" : key === ADDRESS ? "Int" : "text");
    }
    // Numbers of addresses: those of IPv4, and beyond them those of IPv6.
    const address = name(ADDRESS);
    if (keys.includes(ADDRESS)) this.lines.push(`(assert (and (<= 0 ${address}) (< ${address} ${V6 + (1n << 128n)})))`);
  }

  /** The whole question. */
  script(...terms: readonly string[]): string {
    return [...this.lines, ...terms.map((term) => `(assert ${term})`)].join("\n");
  }

  private optional(variable: string, sort: "text" | "Real" | "Int"): void {
    this.lines.push(`(declare-const has_${variable} Bool)`);
    if (sort === "text") this.text(variable);
    else this.lines.push(`(declare-const ${variable} ${sort})`);
  }

  private text(variable: string): void {
    this.lines.push(`(declare-const ${variable}_length Int)`);
    this.lines.push(`(assert (and (<= 0 ${variable}_length) (<= ${variable}_length ${LONGEST})))`);
    for (let i = 0; i < LONGEST; i++) this.lines.push(`(declare-const ${variable}_${i} (_ BitVec 8))`);
  }

  /** Whether the text from position `at` matches the glob from position `from`. */
  private like(variable: string, glob: string, caseless: boolean, at = 0, from = 0): string {
    const ends = `(= ${variable}_length ${at})`;
    if (from === glob.length) return ends;
    const key = `${variable} ${glob} ${caseless} ${at} ${from}`;
    const known = this.tables.get(key);
    if (known) return known;
    const cell = `cell_${this.tables.size}`;
    this.tables.set(key, cell);
    const next = at < LONGEST ? (step: number) => this.like(variable, glob, caseless, at + 1, from + step) : undefined;
    const more = `(< ${at} ${variable}_length)`;
    const term =
      glob[from] === "*"
        ? any([this.like(variable, glob, caseless, at, from + 1), ...(next ? [all([more, next(0)])] : [])])
        : next
          ? all([
              more,
              glob[from] === "?" ? "true" : this.character(`${variable}_${at}`, glob[from], caseless),
              next(1),
            ])
          : "false";
    this.lines.push(`(declare-const ${cell} Bool)`, `(assert (= ${cell} ${term}))`);
    return cell;
  }

  private character(variable: string, wanted: string, caseless: boolean): string {
    const forms = caseless ? [...new Set([wanted.toLowerCase(), wanted.toUpperCase()])] : [wanted];
    return any(forms.map((form) => `(= ${variable} ${code(form)})`));
  }

  /** Whether one value satisfies a plain operator (no set, no IfExists). */
  private holds(operator: string, variable: string, values: readonly string[]): string {
    const positive = operator.replace("Not", "");
    const plain = any(values.map((value) => this.holdsOne(positive, variable, value)));
    return positive === operator ? plain : `(not ${plain})`;
  }

  private holdsOne(operator: string, variable: string, value: string): string {
    if (operator === "StringEquals") return this.spelled(variable, value);
    if (operator === "StringLike") return this.like(variable, value, false);
    if (operator === "StringEqualsIgnoreCase" || operator === "Bool") return this.like(variable, value, true);
    if (operator === "IpAddress") {
      const [low, high] = range(value);
      return `(and (<= ${low} ${variable}) (<= ${variable} ${high}))`;
    }
    const [, kind, comparison] = /^(Numeric|Date)(.*)$/.exec(operator) as RegExpExecArray;
    return `(${COMPARISONS[comparison]} ${variable} ${signed(kind === "Date" ? Date.parse(value) : Number(value))})`;
  }

  private condition(operator: string, key: string, values: readonly string[]): string {
    const variable = name(key);
    const present = `has_${variable}`;
    if (operator === "Null") return any(values.map((value) => (value === "true" ? `(not ${present})` : present)));
    if (operator.startsWith("For")) {
      const [set, plain] = operator.split(":");
      const tests = ELEMENTS.map((i) => [`has_${variable}_${i}`, this.holds(plain, `${variable}_${i}`, values)]);
      return set === "ForAnyValue"
        ? any(tests.map(([has, test]) => `(and ${has} ${test})`))
        : all(tests.map(([has, test]) => `(=> ${has} ${test})`));
    }
    const plain = operator.replace("IfExists", "");
    const test = this.holds(plain, variable, values);
    // Without the key, operators with IfExists and negated ones are true, all others false.
    return plain !== operator || plain.includes("Not") ? `(=> ${present} ${test})` : `(and ${present} ${test})`;
  }

  private conditions(conditions: Conditions): string {
    const terms = Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => this.condition(operator, key, values)),
    );
    return all(terms);
  }

  /** Whether a statement says something about the request. */
  matches(statement: RandomStatement): string {
    const patterns = (statement.Action ?? statement.NotAction ?? []).map(regex);
    const named = ACTIONS.flatMap((action, i) =>
      patterns.some((pattern) => pattern.test(action)) ? [`(= action ${i})`] : [],
    );
    const resources = statement.Resource ?? statement.NotResource ?? [];
    const resource = any(resources.map((glob) => this.like("resource", glob, false)));
    return all([
      statement.Action ? any(named) : `(not ${any(named)})`,
      statement.Resource ? resource : `(not ${resource})`,
      this.conditions(statement.Condition),
    ]);
  }

  /** Some Allow matches and no Deny does. */
  allowed(list: readonly RandomStatement[]): string {
    const terms = (effect: string) => list.filter(({ Effect }) => Effect === effect).map((one) => this.matches(one));
    return all([any(terms("Allow")), ...terms("Deny").map((term) => `(not ${term})`)]);
  }

  /** The key has this value (these values), or none. */
  value(key: string, value: string | readonly string[] | undefined): string {
    if (key === "action") return `(= action ${ACTIONS.indexOf(String(value))})`;
    if (key === "resource") return this.spelled("resource", String(value));
    const variable = name(key);
    if (key === SET) {
      const list = typeof value === "string" ? [value] : (value ?? []);
      return all(
        ELEMENTS.map((i) =>
          i < list.length
            ? `(and has_${variable}_${i} ${this.spelled(`${variable}_${i}`, list[i])})`
            : `(not has_${variable}_${i})`,
        ),
      );
    }
    if (value === undefined) return `(not has_${variable})`;
    return `(and has_${variable} ${this.constant(key, String(value))})`;
  }

  private constant(key: string, value: string): string {
    if (key === NUMBER) return `(= ${name(key)} ${signed(Number(value))})`;
    if (key === TIME) return `(= ${name(key)} ${signed(Date.parse(value))})`;
    if (key === ADDRESS) return `(= ${name(key)} ${value.includes(":") ? full128(value) + V6 : range(value)[0]})`;
    return this.spelled(name(key), value);
  }

  private spelled(variable: string, value: string): string {
    const characters = [...value].slice(0, LONGEST).map((character, i) => `(= ${variable}_${i} ${code(character)})`);
    return all([`(= ${variable}_length ${value.length})`, ...characters]);
  }
}

const COMPARISONS: Readonly<Record<string, string>> = {
  LessThan: "<",
  LessThanEquals: "<=",
  GreaterThan: ">",
  GreaterThanEquals: ">=",
  Equals: "=",
};

/** Names of actions are compared without regard to case. */
const regex = (glob: string): RegExp => new RegExp(`^${glob.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");

function signed(value: number): string {
  const text = Number.isInteger(value) ? `${Math.abs(value)}.0` : String(Math.abs(value));
  return value < 0 ? `(- ${text})` : text;
}

function range(cidr: string): [bigint, bigint] {
  const [address, length] = cidr.split("/");
  const six = address.includes(":");
  const number = six ? short128(address) : address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const size = 1n << BigInt((six ? 128 : 32) - Number(length ?? (six ? 128 : 32)));
  const first = number - (number % size) + (six ? V6 : 0n);
  return [first, first + size - 1n];
}

/** `2001:db8::`, the only form that the random policies have. */
const short128 = (text: string): bigint =>
  text
    .split("::")[0]
    .split(":")
    .reduce((sum, group, i) => sum + (BigInt(`0x${group}`) << BigInt(112 - 16 * i)), 0n);

const full128 = (text: string): bigint =>
  text.split(":").reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
