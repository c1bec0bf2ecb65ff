/**
 * Who signs: a private key in a file or in the environment, or a command that signs, so that a key can stay in a KMS.
 *
 *     path/to/key.pem          PKCS #8 in PEM (`openssl genpkey -algorithm ed25519 -out key.pem`)
 *     env:NAME                 the same text in the environment variable NAME
 *     command:PROGRAM ARGS…    gets the bytes to sign on standard input, prints the signature as base64
 */
import { spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { InputError } from "../policies/configuration/errors";
import { type Envelope, isSignedBy, keyIdOf, publicBytesOf, signedBytes, withSignature } from "./envelope";

export interface SigningOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** The public key of a command, which does not show its key itself. */
  readonly publicKey?: KeyObject;
}

/** @throws InputError if there is no such key, or the command does not sign */
export function signWith(envelope: Envelope, source: string, options: SigningOptions = {}): Envelope {
  const { environment = process.env, publicKey } = options;
  if (source.startsWith("command:")) {
    if (!publicKey) throw new InputError(source, "a command needs --public-key, to check what it signs");
    return checked(envelope, source, publicKey, runCommand(source.slice("command:".length), signedBytes(envelope)));
  }
  const key = privateKey(source, environment);
  return checked(envelope, source, createPublicKey(key), sign(null, signedBytes(envelope), key));
}

function checked(envelope: Envelope, source: string, key: KeyObject, signature: Buffer): Envelope {
  const signed = withSignature(envelope, keyIdOf(publicBytesOf(key)), signature);
  if (!isSignedBy({ ...signed, signatures: signed.signatures.slice(-1) }, key)) {
    throw new InputError(source, "does not sign with the key that was named");
  }
  return signed;
}

function privateKey(source: string, environment: NodeJS.ProcessEnv): KeyObject {
  let text: string | undefined;
  if (source.startsWith("env:")) {
    text = environment[source.slice("env:".length)];
    if (!text) throw new InputError(source, "the environment variable is not set");
  } else {
    text = readKeyFile(source);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch {
    throw new InputError(source, "is no private key in PEM");
  }
  if (key.asymmetricKeyType !== "ed25519") {
    throw new InputError(source, `is a key for ${key.asymmetricKeyType}, not for Ed25519`);
  }
  return key;
}

/** Reads a public key in PEM. */
export function publicKeyIn(path: string): KeyObject {
  let key: KeyObject;
  const text = readKeyFile(path);
  try {
    key = createPublicKey(text);
  } catch {
    throw new InputError(path, "is no public key in PEM");
  }
  if (key.asymmetricKeyType !== "ed25519") throw new InputError(path, "is no key for Ed25519");
  return key;
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new InputError(path, "can't be read as a key file");
  }
}

function runCommand(command: string, bytes: Buffer): Buffer {
  const { status, stdout, stderr, error } = spawnSync(command, { input: bytes, shell: true, maxBuffer: 1 << 20 });
  // What closes its input before it has read all may print a signature all the same; that is checked.
  const failed = error !== undefined && (error as NodeJS.ErrnoException).code !== "EPIPE";
  if (failed || status !== 0) {
    const said = stderr?.toString("utf8").trim().split("\n")[0] ?? "";
    throw new InputError(
      `command:${command}`,
      `did not sign (exit code ${status ?? "none"})${said ? `: ${said}` : ""}`,
    );
  }
  const text = stdout.toString("utf8").trim();
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text))
    throw new InputError(`command:${command}`, "printed no Ed25519 signature as base64");
  return Buffer.from(text, "base64");
}
