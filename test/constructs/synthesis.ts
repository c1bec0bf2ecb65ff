/** Reading what a stack synthesizes to, for assertions over all of its resources and not just one that matches. */
import { TerraformStack, Testing } from "cdktf";

// biome-ignore lint/suspicious/noExplicitAny: attributes of resources are JSON of any shape
export type Attributes = Record<string, any>;

export interface Synthesized {
  readonly type: string;
  readonly name: string;
  readonly values: Attributes;
}

/** The resources of a configuration in Terraform's JSON. */
export const resourcesIn = (json: { resource?: Record<string, Record<string, Attributes>> }): Synthesized[] =>
  Object.entries(json.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, values]) => ({ type, name, values })),
  );

/** Resources of a type, `type` being all of them if it ends with `*`. */
export const ofType = <T extends Synthesized>(resources: readonly T[], type: string): T[] =>
  resources.filter((resource) =>
    type.endsWith("*") ? resource.type.startsWith(type.slice(0, -1)) : resource.type === type,
  );

/** The one resource of a type. */
export function only<T extends Synthesized>(resources: readonly T[], type: string): T {
  const found = ofType(resources, type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0];
}

/** What a stack holds after `build`, its own validations included. */
export function resourcesOf(build: (stack: TerraformStack) => void): Synthesized[] {
  const stack = new TerraformStack(Testing.app(), "test");
  build(stack);
  return resourcesIn(JSON.parse(Testing.synth(stack)));
}

/** The address as other resources refer to it. */
export const addressOf = ({ type, name }: Synthesized): string => `${type}.${name}`;

/** The statements of a policy document. */
export const statementsOf = (policy: string): Attributes[] => JSON.parse(policy).Statement;
