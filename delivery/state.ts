/** Where a state stands: which it is, how often it was written, and what other stacks can read of it. */
import { sha256Of } from "../attestation/statement";
import { isJsonObject, type Json, parseJson } from "../policies/configuration/json";
import { Failure } from "./failure";
import type { Stack } from "./stacks";
import { complaint, type Terraform } from "./terraform";

export interface StateMark {
  readonly lineage: string;
  readonly serial: number;
  /** Digest of the outputs. */
  readonly outputs: string;
}

export interface State {
  readonly mark: StateMark;
  /** As Terraform keeps it. */
  readonly text: string;
}

/** @returns null if nothing was ever applied */
export async function stateOf(terraform: Terraform, { name, folder }: Stack): Promise<State | null> {
  const outcome = await terraform.run(["state", "pull"], { cwd: folder });
  if (outcome.code !== 0) throw new Failure(`${name}: its state can't be read: ${complaint(outcome)}`);
  const text = outcome.stdout;
  if (text.trim() === "") return null;
  const state = parseJson(`${name}: state`, text);
  if (!isJsonObject(state) || typeof state.lineage !== "string" || typeof state.serial !== "number") {
    throw new Failure(`${name}: its state tells no lineage and serial`);
  }
  const { lineage, serial } = state;
  return { mark: { lineage, serial, outputs: sha256Of(ordered(state.outputs ?? {})) }, text };
}

export const sameState = (a: StateMark | null | undefined, b: StateMark | null | undefined): boolean =>
  a?.lineage === b?.lineage && a?.serial === b?.serial;

/** The value as JSON, with the names of its objects in one fixed order. */
const ordered = (value: Json): string =>
  JSON.stringify(value, (_, inner: Json) =>
    isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
