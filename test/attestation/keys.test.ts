import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { envelopeOf, isSignedBy } from "../../attestation/envelope";
import { publicKeyIn, signWith } from "../../attestation/keys";

const folder = mkdtempSync(join(tmpdir(), "keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const publicPem = publicKey.export({ format: "pem", type: "spki" }).toString();
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
const key = file("key.pem", pem);
/** Stands for the command of a KMS: reads the bytes, prints the signature. */
const signer = file(
  "sign.js",
  `const { readFileSync } = require("fs");
   console.log(require("crypto").sign(null, readFileSync(0), readFileSync(process.argv[2])).toString("base64"));`,
);
const envelope = envelopeOf('{"a":1}');

test.each([
  ["a file", key, {}],
  ["the environment", "env:SIGNING_KEY", { environment: { SIGNING_KEY: pem } }],
  ["a command", `command:node ${signer} ${key}`, { publicKey }],
])("signs with a key from %s", (_, source, options) => {
  const signed = signWith(envelope, source, options);
  expect(isSignedBy(signed, publicKey)).toBe(true);
  expect(signWith(signed, source, options).signatures).toHaveLength(1);
});

test.each([
  ["a file that is not there", join(folder, "none.pem"), {}, /can't be read as a key file/],
  ["a file without a key", file("text.pem", "hello"), {}, /no private key in PEM/],
  [
    "a key for RSA",
    file("rsa.pem", rsa.privateKey.export({ format: "pem", type: "pkcs8" }).toString()),
    {},
    /rsa, not for Ed25519/,
  ],
  ["a variable that is not set", "env:NONE", { environment: {} }, /env:NONE: the environment variable is not set/],
  ["a command without its public key", "command:true", {}, /needs --public-key/],
  ["a command that fails", "command:echo 'no such key' >&2; exit 4", { publicKey }, /exit code 4\): no such key/],
  ["a command that prints something else", "command:echo hello", { publicKey }, /no Ed25519 signature/],
  [
    "a command with another key",
    `command:node ${signer} ${key}`,
    { publicKey: generateKeyPairSync("ed25519").publicKey },
    /does not sign with the key that was named/,
  ],
])("does not sign with %s", (_, source, options, message) => {
  expect(() => signWith(envelope, source, options)).toThrow(message);
  expect(() => signWith(envelope, source, options)).toThrow(/^[^\n]*$/);
});

test("never repeats a private key in a message", () => {
  const broken = pem.replace("PRIVATE KEY", "PRIVATE KEYS");
  expect(() => signWith(envelope, "env:KEY", { environment: { KEY: broken } })).toThrow(/^env:KEY: is no private key/);
});

test("reads public keys in PEM, for Ed25519 alone", () => {
  expect(publicKeyIn(file("public.pem", publicPem)).equals(createPublicKey(publicPem))).toBe(true);
  const other = rsa.publicKey.export({ format: "pem", type: "spki" }).toString();
  expect(() => publicKeyIn(file("other.pem", other))).toThrow(/is no key for Ed25519/);
  expect(() => publicKeyIn(file("none", "x"))).toThrow(/is no public key in PEM/);
});
