/**
 * Finds the persons behind tokens, for sessions that were approved for it: who is suspected to be behind a token has to
 * be named, because a token can't be undone.
 */
import type { Context } from "aws-lambda";
import { record } from "../common/evidence";
import { findRequest, type StandingRequest } from "../common/ledger";
import { purposeKey } from "../common/purpose-key";
import { Refusal } from "../common/refusal";
import { jsonSetting, reidentification, setting } from "../common/settings";
import { tokenizer } from "../pseudonymise/tokens";

export interface ReidentifyEvent {
  /** The approved request that the session was opened for. */
  readonly approval: string;
  readonly purpose: string;
  readonly tokens: readonly string[];
  /** Identifiers that may be behind the tokens. */
  readonly candidates: readonly string[];
}

/** More of either are asked for in several calls. */
const most = 10_000;

/** @returns the candidates whose tokens are among those asked for, by token */
export async function handler(event: ReidentifyEvent, context: Context): Promise<Record<string, string>> {
  const { approval, purpose, tokens, candidates } = event;
  const step = { request: approval, kind: "access" } as const;
  const details = { purpose, call: context.awsRequestId, tokens: tokens?.length, candidates: candidates?.length };
  try {
    check(event);
    checkApproval(await findRequest(approval));
    await record({ ...step, event: "reidentified", details: { ...details, asked: tokens } }, new Date());
    const current = Number(setting("GENERATION"));
    const oldest = Math.max(1, current - Number(setting("KEEP")));
    const wanted = new Set(tokens);
    const found: Record<string, string> = {};
    for (let generation = oldest; generation <= current; generation++) {
      const token = tokenizer(await purposeKey(purpose, generation), generation);
      for (const candidate of candidates) {
        const made = token(candidate);
        if (wanted.has(made)) found[made] = candidate;
      }
    }
    return found;
  } catch (error) {
    if (error instanceof Refusal) {
      await record({ ...step, event: "refused", details: { ...details, reason: error.message } }, new Date());
    }
    throw error;
  }
}

function check({ approval, purpose, tokens, candidates }: ReidentifyEvent): void {
  if (!/^[0-9a-f-]{36}$/.test(approval)) throw new Refusal("that is no id of a request", 404);
  if (!jsonSetting<string[]>("PURPOSES").includes(purpose)) throw new Refusal(`${purpose} is no declared purpose`, 404);
  for (const [name, texts] of Object.entries({ tokens, candidates })) {
    if (!Array.isArray(texts) || texts.length > most || !texts.every((text) => typeof text === "string")) {
      throw new Refusal(`${name} must be a list of at most ${most} texts`);
    }
  }
}

/** A session that was opened: approved by a colleague and the partner, and waiting for nothing any more. */
function checkApproval({ id, kind, wish, approvers, waiting }: StandingRequest): void {
  if (kind === "access" && wish.dataSet === reidentification && approvers.length === 2 && !waiting) return;
  throw new Refusal(`request ${id} is not approved for re-identification`, 403);
}
