/** The proof over what several stacks will be, told in the same words wherever their files lie. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Demands } from "../attestation/refusals";
import { sha256Of } from "../attestation/statement";
import { type Report, reportOf, verifyProof } from "../policies";
import { readBytes } from "../policies/configuration/files";
import { loadBoundary } from "../policies/geography/boundaries";
import { emptyTrust, loadTrust, type Trust } from "../policies/geography/trust";

export interface JudgingOptions {
  /** The cdktf output folder. */
  readonly folder: string;
  /** @default "EEA" */
  readonly boundary?: string;
  /** @default `trust.json` in the folder */
  readonly trust?: string;
}

/** A plan or a state, and the name of its stack. */
export interface JudgedFile {
  readonly name: string;
  readonly path: string;
}

export async function judgeFiles(files: readonly JudgedFile[], options: JudgingOptions): Promise<Report> {
  const paths = files.map(({ path }) => path).sort();
  const report = reportOf(await verifyProof(paths, { boundary: options.boundary, trust: trustOf(options).trust }));
  // What is judged here is judged again elsewhere, and must then be the same to the byte: stacks for paths.
  const inner = (text: string): string => JSON.stringify(text).slice(1, -1);
  const named = files.reduce(
    (text, { name, path }) => text.replaceAll(inner(path), inner(name)),
    JSON.stringify(report),
  );
  return JSON.parse(named) as Report;
}

/** The proof over the configuration of all stacks. */
export const judgeConfiguration = async (options: JudgingOptions): Promise<Report> =>
  reportOf(await verifyProof([options.folder], { boundary: options.boundary, trust: trustOf(options).trust }));

/** What is vouched for; nothing if the folder has no trust file and none is named. */
export function trustOf({ trust, folder }: JudgingOptions): { readonly trust: Trust; readonly sha256: string } {
  const beside = join(folder, "trust.json");
  if (trust === undefined && !existsSync(beside)) return { trust: emptyTrust, sha256: sha256Of("") };
  const path = trust ?? beside;
  return { trust: { ...loadTrust(path), source: "trust.json" }, sha256: sha256Of(readBytes(path)) };
}

/** What a proof must have been about, to be of use to whoever asks with these options. */
export const demandsOf = (options: JudgingOptions): Pick<Demands, "countries" | "trust"> => ({
  countries: [...loadBoundary(options.boundary ?? "EEA").countries],
  trust: trustOf(options).sha256,
});

const graver = ["contained", "undecided", "escapes"] as const;

/** The gravest of the verdicts. */
export const worst = (reports: readonly Report[]): (typeof graver)[number] =>
  graver[Math.max(...reports.map(({ verdict }) => graver.indexOf(verdict as (typeof graver)[number])))] ?? "undecided";
