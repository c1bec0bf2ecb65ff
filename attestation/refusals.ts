/** Why something attested must not be applied, one line each; nothing if it may. */
import { type Envelope, payloadOf } from "./envelope";
import { type SignatureState, type Signers, signatureStates, strangers } from "./signers";
import { parseStatement, type Statement, sha256Of, subjectName } from "./statement";

export interface Attested {
  readonly statement: Statement;
  /** Digest of the statement, which names it. */
  readonly digest: string;
}

/** @throws InputError if it attests something else */
export function attestedIn(path: string, envelope: Envelope): Attested {
  const payload = payloadOf(envelope);
  return { statement: parseStatement(path, payload), digest: sha256Of(payload) };
}

/** What is asked of an attestation by whoever is to apply what it speaks of, or to sign it. */
export interface Demands {
  /** Countries of the boundary that must have been proved. */
  readonly countries: readonly string[];
  /** Digest of the trust file that the proof must rest on. */
  readonly trust: string;
  /** How long it may be applied, in hours. */
  readonly validHours: number;
  readonly now: Date;
}

/** Signatures that are missing, have run out, or are by a stranger. */
export function signatureRefusals(envelope: Envelope, signers: Signers, now: Date): string[] {
  const refusals = signatureStates(envelope, signers, dayOf(now)).flatMap(({ name, state }) =>
    state === "signed" ? [] : [unsigned[state](name)],
  );
  const unknown = strangers(envelope, signers);
  const some = unknown === 1 ? "a signature is" : `${unknown} signatures are`;
  return unknown > 0 ? [...refusals, `${some} by nobody who must sign, or not of this statement`] : refusals;
}

const unsigned: Readonly<Record<Exclude<SignatureState, "signed">, (name: string) => string>> = {
  "no key": (name) => `${name} must sign, but no key of theirs is declared (signers in enclave.ts)`,
  expired: (name) => `the key that ${name} signed with has expired`,
  unsigned: (name) => `the signature of ${name} is missing`,
};

/** A verdict that does not allow it, another question than the one asked, and what has run out since. */
export function contentRefusals({ predicate }: Statement, demands: Demands): string[] {
  const { countries, trust, validHours, now } = demands;
  const { verdict, boundary, assumptions, time } = predicate;
  const refusals: string[] = [];
  if (verdict !== "contained") refusals.push(`the verdict is ${verdict}, not contained`);
  if ([...boundary.countries].sort().join() !== [...countries].sort().join()) {
    refusals.push(`it was proved for another boundary (${boundary.name})`);
  }
  if (predicate.trust.sha256 !== trust) refusals.push("the proof rests on another trust file; plan again");
  const age = (now.getTime() - Date.parse(time)) / 3_600_000;
  if (age > validHours) refusals.push(`it is ${Math.floor(age)} hours old, more than ${validHours}; plan again`);
  if (age < -1) refusals.push(`it is from the future (${time})`);
  for (const { subject, until } of assumptions) {
    // One that had ended before was not counted then.
    if (until !== undefined && dayOf(new Date(time)) <= until && until < dayOf(now)) {
      refusals.push(`the assumption about ${subject} ended on ${until}; renew it and plan again`);
    }
  }
  return refusals;
}

/** Plans whose bytes are not those attested. `read` gives a plan's bytes, or undefined if there is no such file. */
export function planRefusals({ subject, predicate }: Statement, read: (name: string) => Buffer | undefined): string[] {
  return predicate.stacks.flatMap(({ name }) => {
    const file = subjectName(name);
    const attested = subject.find((one) => one.name === file)?.digest.sha256;
    const bytes = read(file);
    if (!bytes) return [`${name}: its plan ${file} is not there`];
    return sha256Of(bytes) === attested ? [] : [`${name}: its plan is not the one attested (its bytes differ)`];
  });
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
