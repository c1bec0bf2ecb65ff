/** What a statement asks of a request, as alternatives of atoms; and what a request must do to escape a Deny. */
import type { Resource } from "../../configuration/resource";
import { type Atom, constraint, negate } from "../language/atom";
import { type Condition, conditionAtom, type Readings, readTerms } from "../language/condition";
import type { Document, Statement, Terms } from "../language/document";
import { isKnownKey } from "../language/keys";
import { isOther, NAME } from "../language/names";
import { glob, HOLE, type Pattern, residuals } from "../language/patterns";
import type { Alternative, Goal } from "../language/solver";
import { mapAtom, namedAtom, type Party, type SameAccount } from "../parties/party";
import { replaced, replacedIn, turned, type Variables } from "./variables";

/** One call to AWS among those that a request is made of: reading an object, and decrypting it for that. */
export interface Call {
  /** Distinguishes the keys of this call from those of another one; calls of one id own the same keys. */
  readonly id: string;
  /** It is the same action as that of the call without an id, on another resource. */
  readonly sharesAction?: boolean;
  /** ARN of the resource; the key holds what comes behind it. */
  readonly base: string;
  /** The resource itself, where it is one of the configuration. */
  readonly resource?: Resource;
  /** Keys (in lower case) that the calls do not share. */
  readonly owns: (key: string) => boolean;
  /** What policy variables about the resource stand for: each of the texts that the key may hold. */
  readonly variables?: Variables;
}

/**
 * `possible`: whatever is not known is as it must be for the request to pass. `certain`: whatever is not known is as
 * it must be to stop it.
 */
export type Mode = "possible" | "certain";

export interface Scene {
  readonly party: Party;
  readonly mode: Mode;
  readonly same: SameAccount;
}

const actionKey = (call: Call): string => (call.sharesAction ? "action" : `action${call.id}`);
const resourceKey = (call: Call): string => `resource${call.id}`;
export const keysOf = (call: Call) => ({ action: actionKey(call), resource: resourceKey(call) });

/** How an Allow is read: the request chooses the variables, and by the mode the unknown. */
const readingsToAllow = (scene: Scene): Readings => ({
  unknown: scene.mode === "possible" ? "most" : "least",
  variable: "most",
});
const readingsToDeny = (scene: Scene): Readings => {
  const reading = scene.mode === "possible" ? "least" : "most";
  return { unknown: reading, variable: reading };
};

const known = new WeakMap<Statement, Map<string, Goal | undefined>>();

const names = new WeakMap<Call, string>();

/** The same for calls of which every statement asks the same. */
function nameOf(call: Call): string {
  let name = names.get(call);
  if (name === undefined) {
    const { id, base, resource, variables } = call;
    const account = variables?.get("aws:resourceaccount")?.join();
    name = [id, base, resource?.stack, resource?.address, account].join("\0");
    names.set(call, name);
  }
  return name;
}

/** What a statement asks, worked out once for all parties of a kind where it asks the same of all of them. */
function once(statement: Statement, scene: Scene, call: Call, work: () => Goal | undefined): Goal | undefined {
  if (scene.party.kind === "credential" && isPersonal(statement)) return work();
  const answers = known.get(statement) ?? new Map<string, Goal | undefined>();
  known.set(statement, answers);
  const key = `${statement.effect} ${scene.mode} ${scene.party.kind} ${nameOf(call)}`;
  if (!answers.has(key)) answers.set(key, work());
  return answers.get(key);
}

const personal = new WeakMap<Statement, boolean>();

/** Whether it matters to a statement who of the owner's principals asks: it names some, or has policy variables. */
export function isPersonal(statement: Statement): boolean {
  const before = personal.get(statement);
  if (before !== undefined) return before;
  const { principals, resources, conditions } = statement;
  const terms = [...(resources?.terms ?? []), ...conditions.flatMap(({ values }) => values)];
  const found =
    (principals?.named.some(({ kind }) => kind === "aws") ?? false) || terms.some(({ text }) => text.includes("${"));
  personal.set(statement, found);
  return found;
}

/** The ways in which an Allow statement lets a call pass; none if it never does. */
export function allowAlternatives(statement: Statement, scene: Scene, call: Call): Goal {
  // A principal's own statements are asked about once each.
  if (!statement.principals) return allowing(statement, scene, call);
  return once(statement, scene, call, () => allowing(statement, scene, call)) ?? [];
}

function allowing(statement: Statement, scene: Scene, call: Call): Alternative[] {
  if (statement.unsure !== undefined && scene.mode === "certain") return [];
  const readings = readingsToAllow(scene);
  const rest = callAtoms(statement, scene, call, readings);
  if (!rest) return [];
  const found: Atom[] = [];
  for (const condition of statement.conditions) {
    const atom = atomOf(condition, statement.document, scene, call, readings);
    if (atom) found.push(atom);
    else if (scene.mode === "certain") return [];
  }
  const atoms = [...rest, ...found];
  const principals = principalAlternatives(statement, scene, readings);
  return principals.map((who) => ({ atoms: [...who, ...atoms], by: statement }));
}

/** For each principal that the statement names and that the party may be: the atoms that say so. */
function principalAlternatives(statement: Statement, { party, same }: Scene, readings: Readings): Atom[][] {
  if (!statement.principals) return [[]];
  const { named, negated } = statement.principals;
  // "Everybody but": read the list as short as possible if the statement is to hold for as many as possible.
  const inner: Readings = negated ? flip(readings) : readings;
  const atoms = named.map((one) => namedAtom(one, party, inner, same));
  if (!negated) return atoms.flatMap((atom) => (atom === false ? [] : [atom === true ? [] : [atom]]));
  if (atoms.some((atom) => atom === true)) return [];
  return [atoms.flatMap((atom) => (typeof atom === "boolean" ? [] : [negate(atom)]))];
}

const flip = ({ unknown, variable }: Readings): Readings => ({
  unknown: unknown === "most" ? "least" : "most",
  variable: variable === "most" ? "least" : "most",
});

/** What a statement asks of a call's action and resource; undefined if it means other resources. */
function callAtoms(statement: Statement, scene: Scene, call: Call, readings: Readings): Atom[] | undefined {
  const resource = termsAtom(
    resourceKey(call),
    statement.resources,
    readings,
    resourcePatterns(statement, scene, call, readings),
  );
  if (resource?.set.type === "text" && !resource.set.negated && resource.set.patterns.length === 0) return undefined;
  const action = termsAtom(actionKey(call), statement.actions, readings, (text) => [glob(text, true)]);
  return [action, resource].filter((atom) => atom !== undefined);
}

const resourcePatterns =
  (statement: Statement, scene: Scene, call: Call, readings: Readings) =>
  (text: string): Pattern[] => {
    const lenient = (readings.unknown === "most") !== (statement.resources?.negated ?? false);
    return replaced(text, statement.document, scene.party, call.variables).flatMap((one) => {
      const whole = inFull(one, call);
      if (whole === "*") return [glob("*")];
      const asked = lenient ? unnamed(whole, call) : whole;
      return residuals(glob(asked), call.base, lenient, scene.same);
    });
  };

/**
 * "You can use the short form execute-api:/stage/method/path", which API Gateway completes with the API's own ARN:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html.
 */
const inFull = (text: string, { base }: Call): string =>
  base === "" ? text : text.replace(/^execute-api:\//, `${base}/`);

/** What a text names only by reference may be the resource that is asked for, unless it is another of the same type. */
const unnamed = (text: string, { base, resource }: Call): string =>
  base === "" ? text : text.replace(NAME, (name) => (base.includes(name) || isOther(name, resource) ? name : HOLE));

function termsAtom(
  key: string,
  list: Terms | undefined,
  readings: Readings,
  patterns: (text: string) => Pattern[],
): Atom | undefined {
  if (!list) return undefined;
  const texts = readTerms(list.terms, readings, list.negated);
  const set = { type: "text" as const, patterns: texts.flatMap(patterns), negated: list.negated };
  return constraint(key, { absent: false, quantifier: "one", set, of: "" });
}

/** The atom of a condition; undefined if what it asks is not understood. */
function atomOf(
  written: Condition,
  document: Document,
  scene: Scene,
  call: Call,
  readings: Readings,
): Atom | undefined {
  const condition = document.variables ? turned(written, call.variables) : written;
  if (scene.mode === "certain" && !isKnownKey(condition.key)) return undefined;
  const values = condition.values.flatMap((term) => replacedIn(term, document, scene.party, call.variables));
  const atom = conditionAtom({ ...condition, values }, readings);
  if (!atom) return undefined;
  if (call.owns(atom.key)) return { ...atom, key: atom.key + call.id, id: `${call.id}>${atom.id}` };
  return mapAtom(scene.party, atom);
}

/** What a request must meet so that the Deny statement does not stop a call; undefined if it never does. */
export const denyGoal = (statement: Statement, scene: Scene, call: Call): Goal | undefined =>
  once(statement, scene, call, () => denying(statement, scene, call));

function denying(statement: Statement, scene: Scene, call: Call): Goal | undefined {
  if (statement.unsure !== undefined && scene.mode === "possible") return undefined;
  const readings = readingsToDeny(scene);
  const alternatives: Alternative[] = [];
  const asked = callAtoms(statement, scene, call, readings);
  if (!asked) return undefined;
  const principals = principalEscapes(statement, scene, readings);
  if (principals === "always") return undefined;
  alternatives.push(...principals);
  for (const atom of asked) alternatives.push({ atoms: [negate(atom)] });
  for (const condition of statement.conditions) {
    const atom = atomOf(condition, statement.document, scene, call, readings);
    if (atom) alternatives.push({ atoms: [negate(atom)] });
    else if (scene.mode === "possible") return undefined;
  }
  return alternatives;
}

function principalEscapes(statement: Statement, { party, same }: Scene, readings: Readings): Alternative[] | "always" {
  if (!statement.principals) return [];
  const { named, negated } = statement.principals;
  const atoms = named.map((one) => namedAtom(one, party, negated ? flip(readings) : readings, same));
  if (negated) {
    // A Deny for everybody but those named: be one of them.
    if (atoms.some((atom) => atom === true)) return "always";
    return atoms.flatMap((atom) => (typeof atom === "boolean" ? [] : [{ atoms: [atom] }]));
  }
  if (atoms.some((atom) => atom === true)) return [];
  const others = atoms.flatMap((atom) => (typeof atom === "boolean" ? [] : [negate(atom)]));
  return others.length === 0 ? "always" : [{ atoms: others }];
}

/** One of the documents must allow the call. */
export function allowGoal(documents: readonly Document[], scene: Scene, call: Call): Goal {
  const alternatives: Alternative[] = [];
  for (const document of documents) {
    if (document.unknown !== undefined && scene.mode === "possible") alternatives.push({ atoms: [] });
    for (const statement of document.statements) {
      if (statement.effect === "Allow") alternatives.push(...allowAlternatives(statement, scene, call));
    }
  }
  return alternatives;
}

/** None of the documents may deny the call. */
export function* denyGoals(documents: readonly Document[], scene: Scene, call: Call): Generator<Goal> {
  for (const document of documents) {
    // A document that may say anything may deny everything.
    if (document.unknown !== undefined && scene.mode === "certain") yield [];
    for (const statement of document.statements) {
      if (statement.effect !== "Deny") continue;
      const goal = denyGoal(statement, scene, call);
      if (goal) yield goal;
    }
  }
}
