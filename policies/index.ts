/** The proof as a library: what `enclave verify` does, for programs and tests. */
import type { ReadOptions } from "./configuration/input/read";
import { readConfiguration } from "./configuration/input/read";
import type { Configuration } from "./configuration/resource";
import { type Boundary, loadBoundary } from "./geography/boundaries";
import { emptyTrust, loadTrust, parseTrust, type Trust } from "./geography/trust";
import { World } from "./geography/world";
import { type Proof, prove } from "./prover/prove";
import { type Report, reportOf } from "./report/report";

export { InputError } from "./configuration/errors";
export type { Configuration } from "./configuration/resource";
export type { Boundary } from "./geography/boundaries";
export type { Trust } from "./geography/trust";
export type { Proof, Verdict } from "./prover/prove";
export { renderJson } from "./report/json";
export type { Report } from "./report/report";
export { renderText } from "./report/text";
export { reportOf };

export interface VerifyOptions extends ReadOptions {
  /** A built-in name (`EEA`, `EU`, `US`, …), a file, or a boundary itself. @default "EEA" */
  readonly boundary?: string | Boundary;
  /** Path of a trust file, or a trust file itself. @default the `trust.json` of a cdktf output folder, else none */
  readonly trust?: string | Trust;
}

/**
 * Judges everything at the paths as one configuration.
 * @throws InputError if something can't be read
 */
export async function verify(paths: readonly string[], options: VerifyOptions = {}): Promise<Report> {
  return reportOf(await verifyProof(paths, options));
}

/** As `verify`, with everything that the argument rests on. */
export async function verifyProof(paths: readonly string[], options: VerifyOptions = {}): Promise<Proof> {
  const configuration = await readConfiguration([...paths], options);
  return verifyConfiguration(configuration, options);
}

/** Judges a configuration that has been read already. */
export function verifyConfiguration(configuration: Configuration, options: VerifyOptions = {}): Proof {
  const { boundary = "EEA" } = options;
  const world = new World(
    typeof boundary === "string" ? loadBoundary(boundary) : boundary,
    trustFor(configuration, options.trust),
    { defaultRegion: options.defaultRegion },
  );
  return prove(configuration, world);
}

function trustFor(configuration: Configuration, trust: string | Trust | undefined): Trust {
  if (trust !== undefined) return typeof trust === "string" ? loadTrust(trust) : trust;
  const beside = configuration.trust;
  return beside ? parseTrust(beside.content, beside.path) : emptyTrust;
}
