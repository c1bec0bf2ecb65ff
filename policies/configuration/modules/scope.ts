/** Names with a meaning of their own in a part of a configuration, and paths behind references. */
import { access } from "../expression/access";
import type { Scope, Step, Traversal } from "../expression/scope";
import { type Reference, Unknown, type Value, type Values } from "../value";

export type Steps = readonly Step[];

/** A scope that knows a few names more than the one around it: `each`, `count`, the iterator of a block. */
export class LayeredScope implements Scope {
  readonly baseDir?: string;
  readonly rootDir?: string;
  readonly rounds?: { left: number };

  constructor(
    private readonly outer: Scope,
    private readonly names: Values,
  ) {
    this.baseDir = outer.baseDir;
    this.rootDir = outer.rootDir;
    this.rounds = outer.rounds;
  }

  resolve(traversal: Traversal): Value {
    if (!Object.hasOwn(this.names, traversal.root)) return this.outer.resolve(traversal);
    return access(this.names[traversal.root], traversal.steps);
  }
}

/** The name or index that a step asks for, as far as it is text or a number. */
export function keyOf(step: Step | undefined): string | number | undefined {
  if (step === undefined) return undefined;
  if (step.kind === "attribute") return step.name;
  return typeof step.key === "string" || typeof step.key === "number" ? step.key : undefined;
}

/** A path and steps behind it as Terraform writes them: `rule` and `[0].id` are `rule[0].id`. */
export function extend(path: string, steps: Steps): string {
  let text = path;
  for (const step of steps) {
    if (step.kind === "attribute") text += text === "" ? step.name : `.${step.name}`;
    else text += `[${JSON.stringify(step.key)}]`;
  }
  return text;
}

/** An unknown that is exactly what the reference says. */
export const exactly = (why: string, reference: Reference): Unknown =>
  new Unknown(why, { exact: true, references: [reference] });
