/** Hash and crypto functions: https://developer.hashicorp.com/terraform/language/functions#hash-and-crypto-functions */
import { createHash } from "node:crypto";
import type { Value } from "../../value";
import { fail, quote } from "../errors";
import { computed } from "../unknown";
import { type Family, type FunctionSpec, parameter, text } from "./define";

export type Algorithm = "md5" | "sha1" | "sha256" | "sha512";

export const digest = (algorithm: Algorithm, data: string | Buffer, encoding: "hex" | "base64"): string =>
  createHash(algorithm).update(data).digest(encoding);

const hash = (algorithm: Algorithm, encoding: "hex" | "base64" = "hex"): FunctionSpec => ({
  parameters: [parameter("str", "string")],
  returns: "string",
  call: ([value]) => digest(algorithm, text(value), encoding),
});

/** A result that differs from run to run, or that takes a secret to compute. */
const undetermined = (
  why: string,
  parameters: FunctionSpec["parameters"],
  rest?: FunctionSpec["rest"],
): FunctionSpec => ({
  parameters,
  rest,
  returns: "string",
  partial: true,
  call: (args) => computed(args, { type: "string", why }),
});

/** RFC 4122, appendix C. */
const namespaces: Record<string, string> = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

function uuidv5(namespace: string, name: string): Value {
  const uuid = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : namespace;
  const hex = uuid.replace(/^(?:urn:uuid:|\{)/, "").replace(/\}$/, "");
  if (!/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(hex)) {
    fail(`uuidv5: ${quote(namespace)} is neither a UUID nor one of dns, url, oid, x500`);
  }
  const bytes = createHash("sha1")
    .update(Buffer.from(hex.replaceAll("-", ""), "hex"))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const hashes: Family = {
  md5: hash("md5"),
  sha1: hash("sha1"),
  sha256: hash("sha256"),
  sha512: hash("sha512"),
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  bcrypt: undetermined(
    "bcrypt gives another text at each run",
    [parameter("str", "string")],
    parameter("cost", "number"),
  ),
  rsadecrypt: undetermined("a decrypted secret is not computed", [
    parameter("ciphertext", "string"),
    parameter("privatekey", "string"),
  ]),
  uuid: undetermined("uuid gives another text at each run", []),
  uuidv5: {
    parameters: [parameter("namespace", "string"), parameter("name", "string")],
    returns: "string",
    call: ([namespace, name]) => uuidv5(text(namespace), text(name)),
  },
};
