/** How the organization is laid out whose policies stand around the sites. */
import { z } from "zod";
import type { Problem } from "./rules";

export const guardrailsSchema = z.strictObject({
  /** Organizational units by name: the accounts in each, with the e-mail address of their root users. */
  units: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, "must be lower-case letters, digits and dashes"),
    z.record(z.string(), z.email("must be an e-mail address")),
  ),
});

export type GuardrailsShape = z.output<typeof guardrailsSchema>;

/** What a declaration says beside, as far as the layout depends on it. */
export interface Guarded {
  readonly accounts: Readonly<Record<string, string>>;
  readonly management?: string;
  readonly sites: Readonly<Record<string, { readonly account: string }>>;
}

/** Everything that is wrong with the layout: no control policy holds for the management account or outside of units. */
export function guardrailsProblems({ units }: GuardrailsShape, { accounts, management, sites }: Guarded): Problem[] {
  if (management === undefined)
    return [{ path: ["management"], message: "is missing: guardrails are managed from it" }];
  const problems: Problem[] = Object.entries(sites)
    .filter(([, { account }]) => account === management)
    .map(([name]) => ({
      path: ["sites", name, "account"],
      message: "is the management account, for which no guardrail holds",
    }));
  const placed = new Map([[management, "management"]]);
  for (const [unit, members] of Object.entries(units)) {
    for (const account of Object.keys(members)) {
      const path = ["guardrails", "units", unit, account];
      const before = placed.get(account);
      if (!Object.hasOwn(accounts, account)) problems.push({ path, message: "is not one of accounts" });
      else if (before !== undefined) problems.push({ path, message: `is in ${before} already` });
      placed.set(account, `guardrails.units.${unit}`);
    }
  }
  const missing = Object.keys(accounts).filter((account) => !placed.has(account));
  if (missing.length === 0) return problems;
  const message = `no unit for ${missing.join(", ")}: no guardrail would hold there`;
  return [...problems, { path: ["guardrails", "units"], message }];
}
