/** The configuration that a plan was made from, evaluated to fill in what the plan leaves unknown. */

import { isJsonObject, type JsonObject } from "../json";
import type { RootModule } from "../modules/load";
import { RootEvaluation } from "../modules/terraform";
import type { Resource } from "../resource";
import { mapValues } from "../schema/convert";
import { isList, isUnknown, type Reference, Unknown, type Value, type Values } from "../value";

/** The root module with the values that its variables get from files. */
export interface PlanConfiguration {
  readonly path: string;
  readonly module: RootModule;
}

export class Sharpened {
  private readonly configured = new Map<string, Resource>();

  constructor(
    { path, module }: PlanConfiguration,
    stack: string,
    variables: JsonObject,
    private readonly planned: ReadonlyMap<string, Resource>,
    known: (address: string, name: string) => Value | undefined,
    defaultRegion: string | undefined,
  ) {
    const values: JsonObject = {};
    for (const name of Object.keys(variables)) {
      const given = variables[name];
      if (isJsonObject(given) && given.value !== undefined) values[name] = given.value;
    }
    const options = { defaultRegion, known };
    const evaluation = new RootEvaluation(module, stack, path, { constants: values }, options, () => undefined);
    for (const resource of evaluation.read().resources) this.configured.set(resource.address, resource);
  }

  /** The value of an argument as the configuration has it, with references to the resources of the plan. */
  value(address: string, name: string): Value | undefined {
    const resource = this.configured.get(address);
    if (!resource || !Object.hasOwn(resource.values, name)) return undefined;
    return this.translated(resource.values[name]);
  }

  private translated(value: Value): Value {
    if (isUnknown(value)) {
      return new Unknown(value.why, {
        exact: value.exact,
        references: value.references.map((reference) => this.reference(reference)),
        ...(value.parts && {
          parts: value.parts.map((part) => (typeof part === "string" ? part : (this.translated(part) as Unknown))),
        }),
        ...(value.json !== undefined && { json: this.translated(value.json) }),
        ...(value.candidates && { candidates: value.candidates.map((one) => this.translated(one)) }),
      });
    }
    if (isList(value)) return value.map((one) => this.translated(one));
    if (typeof value === "object" && value !== null) return mapValues(value as Values, (one) => this.translated(one));
    return value;
  }

  private reference({ address, path, resources }: Reference): Reference {
    const found = resources.flatMap((resource) => this.planned.get(resource.address) ?? []);
    return { address, path, resources: found.length === resources.length ? found : resources };
  }
}
