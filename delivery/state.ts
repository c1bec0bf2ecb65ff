/** Where a state stands: which it is, how often it was written, and what other stacks can read of it. */
import { readFileSync } from "node:fs";
import { sha256Of } from "../attestation/statement";
import { isJsonObject, type Json, parseJson } from "../policies/configuration/json";
import { Failure, fileFailure } from "./failure";
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

/**
 * @param initialize what has to be done before Terraform can be asked, if it has to be
 * @returns null if nothing was ever applied
 */
export async function stateOf(
  terraform: Terraform,
  stack: Stack,
  initialize?: () => Promise<void>,
): Promise<State | null> {
  const lying = terraform.inDefaultWorkspace(stack.folder) ? lyingState(stack) : undefined;
  if (lying !== undefined) return lying;
  await initialize?.();
  const outcome = await terraform.run(["state", "pull"], { cwd: stack.folder });
  if (outcome.code !== 0) throw new Failure(`${stack.name}: its state can't be read: ${complaint(outcome)}`);
  if (outcome.stdout.trim() === "") return null;
  const state = stateIn(`${stack.name}: state`, outcome.stdout);
  if (!state) throw new Failure(`${stack.name}: its state tells no lineage and serial`);
  return state;
}

/**
 * A state that a file of this machine keeps, without a process for it: an enclave's are read hundreds of times while it
 * is made. Undefined if only Terraform can read it, because it lies elsewhere or is encrypted.
 */
function lyingState({ stateFile }: Stack): State | null | undefined {
  if (stateFile === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(stateFile, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fileFailure(stateFile, error);
  }
  return text.trim() === "" ? null : stateIn(stateFile, text);
}

function stateIn(path: string, text: string): State | undefined {
  const state = parseJson(path, text);
  if (!isJsonObject(state) || typeof state.lineage !== "string" || typeof state.serial !== "number") return undefined;
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
