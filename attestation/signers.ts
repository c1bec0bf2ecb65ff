/**
 * Who must sign before anything is applied. `enclave synth` writes what `enclave.ts` declares as `signers.json`; whoever
 * applies takes it from where only reviewers write.
 */
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../policies/configuration/errors";
import { parseJson } from "../policies/configuration/json";
import { type Envelope, isSignedBy, publicKeyOf } from "./envelope";

const key = z.strictObject({
  /** The 32 bytes of the public key as base64. */
  ed25519: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "must be the 32 bytes of an Ed25519 public key as base64"),
  /** The last day on which the key counts. */
  until: z.iso.date("must be a date: YYYY-MM-DD").optional(),
});

/** What `enclave.ts` declares, and what a file of signers holds. */
export const signersSchema = z
  .strictObject({
    required: z.array(z.strictObject({ name: z.string().min(1), keys: z.array(key) })).min(1, "must name somebody"),
    /** How long an attestation may be applied, in hours. */
    validHours: z.number().positive(),
  })
  .superRefine(({ required }, context) => {
    const owners = new Map<string, string>();
    for (const { name, keys } of required) {
      for (const { ed25519 } of keys) {
        const owner = owners.get(ed25519);
        if (owner)
          context.addIssue({ code: "custom", message: `${owner} and ${name} have the same key`, path: ["required"] });
        owners.set(ed25519, name);
      }
    }
  });

export type Signers = z.output<typeof signersSchema>;

/** Who must sign where nobody else is declared; their keys are still to be named. */
export const defaultSigners: Signers = {
  required: [
    { name: "ci", keys: [] },
    { name: "oversight partner", keys: [] },
  ],
  validHours: 24,
};

/** @throws InputError */
export function readSigners(path: string): Signers {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch {
    throw new InputError(path, "is not there; `enclave synth` writes who must sign, as enclave.ts declares it");
  }
  const read = signersSchema.safeParse(parseJson(path, text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new InputError(path, issue.message, issue.path.join(".") || undefined);
}

export type SignatureState = "signed" | "unsigned" | "expired" | "no key";

/** Of each who must sign: whether a key of theirs that still counts has signed. */
export function signatureStates(
  envelope: Envelope,
  signers: Signers,
  today: string,
): readonly { readonly name: string; readonly state: SignatureState }[] {
  return signers.required.map(({ name, keys }) => {
    if (keys.length === 0) return { name, state: "no key" };
    const signed = keys.filter(({ ed25519 }) => isSignedBy(envelope, keyOf(ed25519)));
    if (signed.some(({ until }) => until === undefined || today <= until)) return { name, state: "signed" };
    return { name, state: signed.length > 0 ? "expired" : "unsigned" };
  });
}

/** How many signatures are by nobody who must sign. */
export const strangers = (envelope: Envelope, signers: Signers): number => {
  const known = signers.required.flatMap(({ keys }) => keys.map(({ ed25519 }) => keyOf(ed25519)));
  return envelope.signatures.filter((one) => !known.some((key) => isSignedBy({ ...envelope, signatures: [one] }, key)))
    .length;
};

const keyOf = (text: string): KeyObject => publicKeyOf(Buffer.from(text, "base64"));
