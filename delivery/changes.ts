/** What a plan would change, read from its JSON, and as lines for people. */

import { isJsonObject, type JsonObject } from "../policies/configuration/json";
import { printable } from "../policies/report/escape";
import type { Paint } from "./paint";

export type Action = "create" | "update" | "replace" | "delete" | "forget";

export interface ResourceChange {
  readonly address: string;
  readonly action: Action;
}

export interface PlanChanges {
  readonly resources: readonly ResourceChange[];
  /** Whether an output changes, so that what was planned from it would be wrong. */
  readonly outputs: boolean;
}

export function changesOf(plan: JsonObject): PlanChanges {
  const resources = objects(plan.resource_changes).flatMap((change): ResourceChange[] => {
    const action = actionOf(change);
    return action && change.mode !== "data" ? [{ address: String(change.address), action }] : [];
  });
  const outputs = isJsonObject(plan.output_changes) ? Object.values(plan.output_changes) : [];
  return {
    resources,
    outputs: outputs.some((change) => isJsonObject(change) && actionsIn(change).some((action) => action !== "no-op")),
  };
}

const objects = (value: JsonObject[string] | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const actionsIn = (change: JsonObject): string[] => (Array.isArray(change.actions) ? change.actions.map(String) : []);

function actionOf(entry: JsonObject): Action | undefined {
  const actions = isJsonObject(entry.change) ? actionsIn(entry.change) : [];
  if (actions.length > 1) return "replace";
  const [action] = actions;
  return action === "create" || action === "update" || action === "delete" || action === "forget" ? action : undefined;
}

export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
}

/** What is only forgotten is left standing, and gone from the state all the same. */
export function countsOf({ resources }: PlanChanges): Counts {
  const count = (...actions: readonly Action[]) => resources.filter(({ action }) => actions.includes(action)).length;
  return {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    delete: count("delete", "forget"),
  };
}

const signs: Readonly<Record<Action, string>> = { create: "+", update: "~", replace: "±", delete: "-", forget: "." };

/** More of a kind than these are counted, not listed. */
const listed = 12;

export function renderChanges(changes: PlanChanges, paint: Paint): string[] {
  const lines: string[] = [];
  for (const action of ["delete", "replace", "update", "forget", "create"] as const) {
    const those = changes.resources.filter((change) => change.action === action);
    const shown = action === "create" ? those.slice(0, listed) : those;
    for (const { address } of shown) lines.push(`  ${paint(action, signs[action])} ${printable(address)}`);
    if (those.length > shown.length)
      lines.push(`  ${paint(action, signs[action])} … and ${those.length - shown.length} more`);
  }
  return lines;
}

export function summary({ create, update, replace, delete: gone }: Counts): string {
  const parts = [
    create && `${create} to create`,
    update && `${update} to update`,
    replace && `${replace} to replace`,
    gone && `${gone} to delete`,
  ].filter(Boolean);
  return parts.length === 0 ? "nothing to change" : parts.join(", ");
}
