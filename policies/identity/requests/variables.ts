/**
 * Policy variables: their values where principal or resource are known, a place that the request decides otherwise.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import type { Condition, Term } from "../language/condition";
import type { Document } from "../language/document";
import { plainKey } from "../language/keys";
import { PLAIN_MARK, PLAIN_STAR, VARIABLE } from "../language/patterns";
import type { Party } from "../parties/party";

/** Keys (in lower case) that a resource fixes, each with all texts that it may hold. */
export type Variables = ReadonlyMap<string, readonly string[]>;

const EQUALITY = /^(String|Arn)(Not)?(Equals|Like)$/i;
const WHOLE = /^\$\{\s*([^},\s]+:[^},\s]+)\s*\}$/;

/**
 * Two keys that must be equal, of which the resource fixes the one that is asked (`aws:ResourceOrgID` equals
 * `${aws:PrincipalOrgID}`), ask the same of the other one. Without `…IfExists`, which asks nothing where a key is absent.
 */
export function turned(condition: Condition, variables: Variables | undefined): Condition {
  const { operator, key, values } = condition;
  const [other] = values.length === 1 && EQUALITY.test(operator) ? [WHOLE.exec(values[0].text)?.[1]] : [];
  const fixed = (name: string): boolean => variables?.has(plainKey(name)) === true;
  if (other === undefined || !fixed(key) || fixed(other)) return condition;
  return { operator, key: other, values: [{ ...values[0], text: `\${${key}}` }] };
}

export const replacedIn = (term: Term, document: Document, party: Party, variables: Variables | undefined): Term[] =>
  term.text.includes("${")
    ? replaced(term.text, document, party, variables).map((text) => ({ ...term, text }))
    : [term];

/** The texts that a text with variables may stand for. */
export function replaced(text: string, document: Document, party: Party, variables: Variables | undefined): string[] {
  if (!document.variables) return [text];
  const found = /\$\{([^}]*)\}/.exec(text);
  if (!found) return [text];
  const tails = replaced(text.slice(found.index + found[0].length), document, party, variables);
  return valuesOf(found[1], party, variables).flatMap((value) =>
    tails.map((tail) => text.slice(0, found.index) + value + tail),
  );
}

function valuesOf(variable: string, party: Party, variables: Variables | undefined): readonly string[] {
  if (variable === "*") return [PLAIN_STAR];
  if (variable === "?") return [PLAIN_MARK];
  if (variable === "$") return ["$"];
  const key = plainKey(variable.split(",")[0].trim());
  const own = party.variables?.get(key);
  return own === undefined ? (variables?.get(key) ?? [VARIABLE]) : [own];
}
