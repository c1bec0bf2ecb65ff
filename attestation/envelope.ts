/**
 * DSSE envelopes (https://github.com/secure-systems-lab/dsse, protocol.md and envelope.md) with Ed25519 signatures. What
 * is signed is the pre-authentication encoding of type and payload, so that neither can be swapped.
 */
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { z } from "zod";
import { InputError } from "../policies/configuration/errors";
import { parseJson } from "../policies/configuration/json";

export const payloadType = "application/vnd.in-toto+json";

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, "must be base64");

const shape = z.strictObject({
  payloadType: z.literal(payloadType),
  payload: base64,
  signatures: z.array(z.strictObject({ keyid: z.string(), sig: base64 })),
});

export type Envelope = z.output<typeof shape>;

/** The bytes that are signed: `DSSEv1`, and length and text of the type and of the payload. */
export function preAuthenticationEncoding(type: string, payload: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, "utf8"), payload]);
}

export const payloadOf = (envelope: Envelope): Buffer => Buffer.from(envelope.payload, "base64");

export const signedBytes = (envelope: Envelope): Buffer =>
  preAuthenticationEncoding(envelope.payloadType, payloadOf(envelope));

export const envelopeOf = (payload: string): Envelope => ({
  payloadType,
  payload: Buffer.from(payload, "utf8").toString("base64"),
  signatures: [],
});

/** @throws InputError if the text is no envelope */
export function parseEnvelope(path: string, text: string | Buffer): Envelope {
  const read = shape.safeParse(parseJson(path, text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new InputError(path, `is no attestation: ${issue.path.join(".") || "it"}: ${issue.message}`);
}

export const renderEnvelope = (envelope: Envelope): string => `${JSON.stringify(envelope, null, 2)}\n`;

/** The same envelope with one more signature; a signature of the same key is replaced. */
export const withSignature = (envelope: Envelope, keyid: string, signature: Buffer): Envelope => ({
  ...envelope,
  signatures: [
    ...envelope.signatures.filter((one) => one.keyid !== keyid),
    { keyid, sig: signature.toString("base64") },
  ],
});

/** Whether one of the signatures is by this key. The id of a key is a hint and proves nothing, so it is not asked for. */
export function isSignedBy(envelope: Envelope, key: KeyObject): boolean {
  const bytes = signedBytes(envelope);
  return envelope.signatures.some(({ sig }) => verify(null, bytes, key, Buffer.from(sig, "base64")));
}

/** What DER writes before the 32 bytes of an Ed25519 public key (RFC 8410). */
const ed25519Header = Buffer.from("302a300506032b6570032100", "hex");

/** A public key from its 32 bytes. */
export const publicKeyOf = (bytes: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([ed25519Header, bytes]), format: "der", type: "spki" });

export const publicBytesOf = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" }).subarray(-32);

/** The id that a key is named by: the SHA-256 of its 32 bytes. */
export const keyIdOf = (publicBytes: Buffer): string => createHash("sha256").update(publicBytes).digest("hex");
