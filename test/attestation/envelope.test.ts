import { generateKeyPairSync, sign } from "node:crypto";
import {
  envelopeOf,
  isSignedBy,
  keyIdOf,
  parseEnvelope,
  payloadOf,
  preAuthenticationEncoding,
  publicBytesOf,
  publicKeyOf,
  renderEnvelope,
  signedBytes,
  withSignature,
} from "../../attestation/envelope";
import fc from "../properties";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const id = keyIdOf(publicBytesOf(publicKey));
const signed = (text: string) => {
  const envelope = envelopeOf(text);
  return withSignature(envelope, id, sign(null, signedBytes(envelope), privateKey));
};

test("signs what the DSSE protocol's own example encodes", () => {
  expect(preAuthenticationEncoding("http://example.com/HelloWorld", Buffer.from("hello world")).toString()).toBe(
    "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
  );
});

test("a public key is its 32 bytes", () => {
  expect(publicKeyOf(publicBytesOf(publicKey)).equals(publicKey)).toBe(true);
});

test("an envelope comes back from its text, with the payload to the byte", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const read = parseEnvelope("x", renderEnvelope(signed(text)));
      expect(payloadOf(read).toString("utf8")).toBe(text);
      expect(isSignedBy(read, publicKey)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("a payload of which one byte is changed is not what was signed", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, flip) => {
      const envelope = signed(text);
      const bytes = payloadOf(envelope);
      bytes[at % bytes.length] ^= flip;
      expect(isSignedBy({ ...envelope, payload: bytes.toString("base64") }, publicKey)).toBe(false);
    }),
    { numRuns: 100 },
  );
});

test("a key's id is a hint: a signature under the wrong one counts, another key under the right one does not", () => {
  const envelope = signed("{}");
  const renamed = { ...envelope, signatures: envelope.signatures.map((one) => ({ ...one, keyid: "other" })) };
  expect(isSignedBy(renamed, publicKey)).toBe(true);
  const stranger = generateKeyPairSync("ed25519");
  const forged = withSignature(envelope, id, sign(null, signedBytes(envelope), stranger.privateKey));
  expect(forged.signatures).toHaveLength(1);
  expect(isSignedBy(forged, publicKey)).toBe(false);
});

test.each([
  ["no JSON", "{", /: 1:2: not valid JSON/],
  ["another type", JSON.stringify({ payloadType: "text/plain", payload: "", signatures: [] }), /payloadType/],
  ["no base64", JSON.stringify({ ...envelopeOf("{}"), payload: "%" }), /payload: must be base64/],
  ["no list of signatures", JSON.stringify({ ...envelopeOf("{}"), signatures: {} }), /signatures/],
  ["more than an envelope has", JSON.stringify({ ...envelopeOf("{}"), extra: 1 }), /extra/],
  ["a key twice", '{"payload":"","payload":"e30="}', /payload/],
])("what has %s is no envelope", (_, text, message) => {
  expect(() => parseEnvelope("attestation.json", text)).toThrow(message);
  expect(() => parseEnvelope("attestation.json", text)).toThrow(/^attestation\.json: [^\n]*$/);
});
