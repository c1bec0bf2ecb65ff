/** Who asks: what is fixed about the requests of a kind of principal, and which principals of a policy it is. */
import { type Atom, within } from "../language/atom";
import { type Readings, readTerms } from "../language/condition";
import type { Named } from "../language/document";
import {
  ANY,
  arnGlob,
  CLOSE,
  DIGIT,
  fromTokens,
  glob,
  HOLE,
  literal,
  matches,
  OPEN,
  PART,
  type Pattern,
  STAR,
} from "../language/patterns";
import { serviceBehind } from "./deputies";

/** The key that stands for who asks: an IAM principal's ARN, a service, an identity provider. */
export const PRINCIPAL = "principal";

export interface Party {
  readonly kind: "anonymous" | "iam" | "service" | "federated" | "credential";
  /** Shown in reports. */
  readonly label: string;
  readonly facts: readonly Atom[];
  /** For a service that acts for something of the owner's own: the region outside where that stands. */
  readonly region?: string;
  /** Why it may be able to ask for nothing at all. */
  readonly unless?: string;
  /** For a credential: its own ARN and account, as texts that may hold names. */
  readonly arn?: string;
  readonly account?: string;
  /** Values of condition keys (in lower case) that policy variables take. */
  readonly variables?: ReadonlyMap<string, string>;
}

/** Whether an account id as a policy writes it is one that a text (which may be a name) stands for. */
export type SameAccount = (name: string, account: string) => boolean;

/** ARNs of IAM principals of accounts that match; the account is a part of the ARN, so no key of its own. */
export function ofAccount(account: Pattern): Pattern {
  const inside = account.tokens.map((token) => (token === STAR ? PART : token === ANY ? DIGIT : token));
  return fromTokens([...text("arn:"), PART, ...text(":"), PART, ...text("::"), ...inside, ...text(":"), STAR]);
}

/** ARNs of IAM principals: `arn:aws…:iam::` or `:sts::`, twelve digits, anything. */
export const IAM_PRINCIPALS: readonly Pattern[] = ["iam", "sts"].map((service) =>
  fromTokens([...text("arn:aws"), PART, ...text(`:${service}::`), ...Array(12).fill(DIGIT), ...text(":"), STAR]),
);

/** Stands for the canonical user id of an account; it tells the account to nobody but S3. */
export const canonical = (id: string): string => `canonical:${id}`;
export const CANONICAL_USERS: Pattern = glob("canonical:*");

function text(value: string): number[] {
  return [...value].map((character) => character.charCodeAt(0));
}

/** Atoms on keys that are parts of the principal's ARN, as atoms on the ARN. */
export function mapAtom(party: Party, atom: Atom): Atom {
  if (party.kind !== "iam") return atom;
  if (atom.key === "aws:principalarn") return rename(atom, atom.set);
  if (atom.key === "aws:principalaccount" && atom.set.type === "text") {
    return rename(atom, { ...atom.set, patterns: atom.set.patterns.map(ofAccount) });
  }
  return atom;
}

const rename = (atom: Atom, set: Atom["set"]): Atom => ({
  ...atom,
  key: PRINCIPAL,
  set,
  id: `${PRINCIPAL}<${atom.id}`,
});

const ACCOUNT = /^\d{12}$/;

/**
 * Whether a principal that a policy names is the party: always, never, or where the atom holds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function namedAtom(named: Named, party: Party, readings: Readings, same: SameAccount): Atom | boolean {
  if (named.kind === "anyone") return true;
  if (readTerms([named], readings, false).length === 0) return false;
  switch (named.kind) {
    case "service":
      return party.kind === "service" && within(PRINCIPAL, [glob(named.text, true)]);
    case "federated":
      return party.kind === "federated" && within(PRINCIPAL, [glob(named.text)]);
    case "canonical":
      if (serviceBehind(named.text) !== undefined) return behind(named.text, party);
      return party.kind === "iam" && !named.text.startsWith(OPEN) && within(PRINCIPAL, [glob(canonical(named.text))]);
    case "aws":
      return awsAtom(named.text, party, same);
  }
}

/** Whether the party is the service that a principal stands for. */
function behind(principal: string, party: Party): Atom | boolean {
  const service = serviceBehind(principal);
  return service !== undefined && party.kind === "service" && within(PRINCIPAL, [literal(service, true)]);
}

function awsAtom(principal: string, party: Party, same: SameAccount): Atom | boolean {
  if (serviceBehind(principal) !== undefined) return behind(principal, party);
  if (party.kind !== "credential" && party.kind !== "iam") return false;
  if (principal.startsWith(HOLE)) return true;
  if (party.kind === "credential") return isCredential(principal, party, same);
  const patterns = principalPatterns(principal);
  return patterns.length > 0 && within(PRINCIPAL, patterns);
}

/** The ARNs (as `aws:PrincipalArn` gives them) that a principal of a policy denotes. */
export function principalPatterns(principal: string): Pattern[] {
  if (ACCOUNT.test(principal)) return [ofAccount(literal(principal))];
  const root = /^arn:[^:]*:iam::([^:]*):root$/.exec(principal);
  if (root) return [ofAccount(glob(root[1]))];
  const session = /^(arn:[^:]*):sts::([^:]*):assumed-role\/([^/]+)(?:\/.*)?$/.exec(principal);
  if (session)
    return [
      arnGlob(`${session[1]}:iam::${session[2]}:role/${session[3]}`),
      arnGlob(`${session[1]}:iam::${session[2]}:role/*/${session[3]}`),
    ];
  if (principal.startsWith("arn:")) return [arnGlob(principal)];
  if (/^[*?\d]+$/.test(principal)) return [ofAccount(glob(principal))];
  // A unique id (AIDA…, AROA…) is what is left of a principal that was deleted: it matches nobody new.
  return [];
}

function isCredential(principal: string, party: Party, same: SameAccount): Atom | boolean {
  const { arn = "", account = "" } = party;
  const bare = /^(?:arn:[^:]*:iam::([^:]*):root|(\d{12}))$/.exec(principal);
  const named = bare ? (bare[1] ?? bare[2]) : undefined;
  if (named !== undefined) return named === account || same(account, named);
  if (!namesArn(principal, arn, account, same)) return false;
  const [, ofRole, federated] = SESSION.exec(whole(principal)) ?? [];
  const session = ofRole ?? federated;
  return session === undefined || within("session", [glob(session)]);
}

/** What follows the role, or all of a federated user: names that whoever starts the session chooses. */
const SESSION = /^arn:[^:]*:sts::[^:]*:(?:assumed-role\/[^/]+\/(.+)|(federated-user\/.+))$/;

/** Whether a principal of a policy is one of the owner's principals or a session of it, however its account is written. */
export function namesArn(principal: string, arn: string, account: string, same: SameAccount): boolean {
  const plain = whole(principal).split(":");
  const own = whole(arn).split(":");
  if (plain.length < 6 || own.length < 6) return principal === arn;
  if (plain[4] !== own[4] && !(own[4] === account && same(account, plain[4]))) return false;
  const named = plain.slice(5).join(":");
  const name = own.slice(5).join(":");
  if (plain[2] === "sts") return isSession(named, name) || isFederated(named, name);
  return plain[2] === own[2] && matches(glob(name), named);
}

/** A text in which names of what is not known hold no separators. */
const whole = (named: string): string =>
  named.replace(new RegExp(`${OPEN}[^${CLOSE}]*${CLOSE}`, "g"), (name) => name.replace(/[/:]/g, " "));

/** `federated-user/NAME`: what a user's GetFederationToken gives, under a name that the user chooses. */
const isFederated = (session: string, user: string): boolean =>
  session.startsWith("federated-user/") && user.startsWith("user/");

/** `assumed-role/NAME/SESSION`: a role's path is not in the ARNs of its sessions, whose names those who take it on choose. */
function isSession(session: string, role: string): boolean {
  const [, name] = /^assumed-role\/([^/]+)(?:\/|$)/.exec(session) ?? [];
  return name !== undefined && role.startsWith("role/") && matches(glob(role.slice(role.lastIndexOf("/") + 1)), name);
}
