/**
 * What the command line of Pulumi writes: `pulumi preview --json`
 * (https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/) and `pulumi stack export`
 * (https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/). Both show resources as the engine keeps them.
 */

import { InputError } from "../errors";
import { isJsonObject, type Json, type JsonObject, textOf } from "../json";
import type { Change, Undecided } from "../resource";
import { put } from "../schema/convert";
import { type Declarations, type Declared, isUrn } from "./terraform";

export interface Snapshot {
  readonly declarations: Declarations;
  readonly undecided: readonly Undecided[];
}

/** Steps by what they leave: a replacement is shown as several, of which `replace` stands for all. */
const CHANGES: Readonly<Record<string, Change>> = {
  create: "create",
  update: "update",
  same: "no-op",
  delete: "delete",
  read: "read",
  refresh: "no-op",
  replace: "replace",
  import: "create",
  discard: "forget",
  "remove-pending-replace": "forget",
  "create-replacement": "replace",
  "delete-replaced": "delete",
  "import-replacement": "replace",
};

export function readPreview(path: string, stack: string, body: JsonObject): Snapshot {
  const undecided: Undecided[] = [];
  const shown = new Map<string, Declared>();
  const report = (resource: string, message: string): void =>
    void undecided.push({ resource, stack, reason: "unresolved-reference", message });
  let same = 0;
  for (const step of objects(path, body.steps, "steps")) {
    const operation = textOf(step.op);
    const change = Object.hasOwn(CHANGES, operation) ? CHANGES[operation] : undefined;
    if (operation === "same") same++;
    const gone = change === "delete" || change === "forget";
    const state = gone ? (step.oldState ?? step.newState) : step.newState;
    if (change === undefined || !isJsonObject(state)) {
      report(textOf(step.urn), `the preview does not show what the step ${operation} leaves`);
      continue;
    }
    if (state.external === true) continue;
    const suffix = gone ? " (to be deleted)" : "";
    const declared = declaredOf(path, { urn: step.urn, ...state }, "inputs", change, suffix);
    shown.set(declared.urn + suffix, declared);
  }
  const { changeSummary } = body;
  const expected = isJsonObject(changeSummary) && typeof changeSummary.same === "number" ? changeSummary.same : 0;
  if (expected > same) {
    report("preview", `it leaves out ${expected - same} resources that stay as they are; make it with --show-sames`);
  }
  if (body.maybeCorrupt === true) report("preview", "the engine says that it may be corrupt");
  for (const diagnostic of listOf(body.diagnostics)) {
    if (isJsonObject(diagnostic) && diagnostic.severity === "error") {
      report(
        isUrn(diagnostic.urn) ? diagnostic.urn : "preview",
        `the preview ended with an error and may show only a part`,
      );
    }
  }
  return { declarations: { resources: [...shown.values()] }, undecided };
}

export function readExport(path: string, stack: string, body: JsonObject): Snapshot {
  const { deployment } = body;
  if (!isJsonObject(deployment)) throw new InputError(path, "deployment must be an object");
  const undecided: Undecided[] = [];
  const resources: Declared[] = [];
  const seen = new Set<string>();
  objects(path, deployment.resources, "deployment.resources").forEach((state, index) => {
    if (state.external === true) return;
    const suffix = state.delete === true ? ` (to be deleted ${index})` : "";
    const declared = declaredOf(path, state, "outputs", state.delete === true ? "delete" : undefined, suffix);
    if (seen.has(declared.urn + suffix)) throw new InputError(path, `has ${declared.urn} twice`);
    seen.add(declared.urn + suffix);
    resources.push(declared);
  });
  for (const pending of listOf(deployment.pending_operations)) {
    const resource = isJsonObject(pending) && isJsonObject(pending.resource) ? textOf(pending.resource.urn) : "stack";
    const message = "an operation on it was begun and not ended, so what there is now is not known";
    undecided.push({ resource, stack, reason: "unresolved-reference", message });
  }
  return { declarations: { resources }, undecided };
}

/** `prefer` says which of the two shows more: inputs what is asked for, outputs what stands. */
function declaredOf(
  path: string,
  state: JsonObject,
  prefer: "inputs" | "outputs",
  change: Change | undefined,
  suffix: string,
): Declared {
  const { urn, type, id, parent, provider, custom } = state;
  if (!isUrn(urn)) throw new InputError(path, "a resource has no urn");
  if (typeof type !== "string") throw new InputError(path, `${urn} has no type`);
  const inputs = isJsonObject(state.inputs) ? state.inputs : {};
  const outputs = isJsonObject(state.outputs) ? state.outputs : {};
  const values = prefer === "inputs" ? { ...outputs, ...inputs } : { ...inputs, ...outputs };
  return {
    urn,
    type,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    inputs: typeof id === "string" && id !== "" && !type.startsWith("pulumi:") ? { ...values, id } : values,
    component: custom !== true,
    dependencies: dependenciesIn(state.propertyDependencies),
    ...(typeof parent === "string" && { parent }),
    ...(typeof provider === "string" && { provider }),
    ...(change && { change }),
    ...(suffix !== "" && { suffix }),
  };
}

function objects(path: string, value: Json | undefined, what: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isJsonObject))
    throw new InputError(path, `${what} must be a list of objects`);
  return value;
}

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

function dependenciesIn(value: Json | undefined): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [property, urns] of Object.entries(isJsonObject(value) ? value : {})) {
    put(found, property, listOf(urns).filter(isUrn));
  }
  return found;
}
