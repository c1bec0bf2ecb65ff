/** What Pulumi declares, evaluated as the Terraform configuration that it amounts to. */

import type { JsonObject } from "../json";
import type { EvaluationOptions } from "../modules/evaluation";
import type { RootModule } from "../modules/load";
import { ModuleBuilder } from "../modules/module";
import { RootEvaluation } from "../modules/terraform";
import type { Resource, Undecided } from "../resource";
import { isExport } from "./detect";
import { readExport, readPreview } from "./snapshot";
import { type Declarations, translate } from "./terraform";

export type PulumiOptions = Pick<EvaluationOptions, "defaultRegion">;

export interface PulumiReading {
  readonly resources: readonly Resource[];
  readonly undecided: readonly Undecided[];
  /** Pulumi's names of resources by their addresses. */
  readonly urns: ReadonlyMap<string, string>;
}

/** What the command line wrote: a preview or a stack. */
export function readSnapshot(path: string, stack: string, body: JsonObject, options: PulumiOptions): PulumiReading {
  const snapshot = isExport(body) ? readExport(path, stack, body) : readPreview(path, stack, body);
  const { resources, undecided, urns } = evaluated(snapshot.declarations, path, stack, options);
  return { resources, undecided: [...undecided, ...snapshot.undecided], urns };
}

export function evaluated(
  declarations: Declarations,
  path: string,
  stack: string,
  options: PulumiOptions,
): PulumiReading {
  const { body, others, changes, undecided, urns } = translate(declarations, stack);
  const module: RootModule = {
    tree: { source: new ModuleBuilder(".", [{ path, body, override: false }]), calls: new Map() },
    folder: ".",
    enclosing: ".",
    files: new Map(),
    hcl: false,
  };
  const { defaultRegion } = options;
  const evaluation = new RootEvaluation(module, stack, path, {}, { defaultRegion }, () => undefined);
  const read = evaluation.read();
  const resources = read.resources.map((resource) => {
    const change = changes.get(resource.address);
    return change === undefined ? resource : Object.assign(resource, { change });
  });
  return { resources: [...resources, ...others], undecided: [...read.undecided, ...undecided], urns };
}
