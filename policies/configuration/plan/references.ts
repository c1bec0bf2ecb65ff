/** What an unknown value of a plan comes from, followed through variables and outputs of modules to resources. */

import { isJsonObject, type Json, type JsonObject, own } from "../json";
import type { Evaluation } from "../modules/evaluation";
import { policyDocument } from "../modules/policy-document";
import { exactly } from "../modules/scope";
import type { Resource } from "../resource";
import { isUnknown, type Reference, Unknown, type Value } from "../value";
import { distinctReferences, type PlannedModule } from "./configuration";
import { keyOfModule, parentAddress, pathText, prefixed, type ReferenceStep, stepsOf } from "./paths";
import { PlanTemplates } from "./templates";

/** Modules pass variables on; more hops than this are a circle that Terraform would not have planned. */
const maximalHops = 200;

/** A value that may come from more resources than this is bounded by none of them. */
const maximalReach = 1000;

/** The instance that an expression stands in. */
export interface Standpoint {
  readonly module: PlannedModule;
  /** Address of the module's instance. */
  readonly address: string;
  /** Index or key of the resource whose attribute it is, and the expression of its `for_each`. */
  readonly key?: string | number;
  readonly forEach?: Json;
}

/** The resources that references may denote. */
export interface PlannedResources {
  readonly all: readonly Resource[];
  /** Puts the unknowns into a resource's values, if they are not there yet. */
  complete(resource: Resource): void;
}

/** The part that one reference plays in a value. */
interface Part {
  readonly reference?: Reference;
  /** It is one attribute of one thing; otherwise it is more, or less, than that. */
  readonly attribute: boolean;
  /** It is known, and no more than a switch between other values. */
  readonly neutral: boolean;
}

export class PlanReferences {
  readonly templates: PlanTemplates;
  /** Resources by address without the last key, filled when first asked for. */
  private byName?: Map<string, Resource[]>;
  private modules?: Set<string>;
  private known?: PlannedResources;
  private readonly reach = new Map<string, readonly Resource[] | undefined>();

  constructor(
    private readonly root: PlannedModule,
    private readonly variables: JsonObject,
    evaluation: Evaluation,
    private readonly planned: () => PlannedResources,
  ) {
    this.templates = new PlanTemplates(this, variables, evaluation);
  }

  get resources(): PlannedResources {
    this.known ??= this.planned();
    return this.known;
  }

  /** All instances of a resource in a module's instance. */
  instances(module: string, name: string): readonly Resource[] {
    if (!this.byName) {
      this.byName = new Map();
      for (const resource of this.resources.all) {
        const mode = resource.mode === "managed" ? "" : `${resource.mode}.`;
        const key =
          resource.key === undefined
            ? resource.address
            : prefixed(resource.module, `${mode}${resource.type}.${resource.name}`);
        const found = this.byName.get(key);
        if (found) found.push(resource);
        else this.byName.set(key, [resource]);
      }
    }
    return this.byName.get(prefixed(module, name)) ?? [];
  }

  /**
   * The unknown value of an expression. Undefined if it refers only to what is known: a value that is unknown all the
   * same was left to AWS (`try(var.versioning.mfa_delete, null)`).
   */
  unknown(expression: Json | undefined, at: Standpoint, why = "known after apply"): Value | undefined {
    if (isJsonObject(expression) && expression.constant_value !== undefined && Array.isArray(expression.references)) {
      return this.templates.template(expression.constant_value, at);
    }
    const parts = distinctReferences(expression).flatMap((reference) => this.parts(reference, at, 0));
    const weighing = parts.filter((part) => !part.neutral);
    const references = unique(weighing.flatMap(({ reference }) => (reference ? [reference] : [])));
    if (references.length === 0 && distinctReferences(expression).length > 0) return undefined;
    const exact = references.length === 1 && weighing.length > 0 && weighing.every((part) => part.attribute);
    return exact ? this.attribute(references[0], why) : new Unknown(why, { references });
  }

  /** An unknown that may be made of the references in any way. */
  loose(references: readonly string[], at: Standpoint): Unknown {
    const parts = references.flatMap((reference) => this.parts(reference, at, 0));
    return new Unknown("known after apply", {
      references: unique(parts.flatMap(({ reference }) => (reference ? [reference] : []))),
    });
  }

  /** One unknown for each attribute referred to, if the expression refers to nothing else. */
  unknowns(expression: Json | undefined, at: Standpoint): Unknown[] | undefined {
    const parts = distinctReferences(expression).flatMap((reference) => this.parts(reference, at, 0));
    const weighing = parts.filter((part) => !part.neutral);
    if (weighing.length === 0 || !weighing.every((part) => part.attribute)) return undefined;
    return unique(weighing.map((part) => part.reference!)).map((reference) => exactly("known after apply", reference));
  }

  /** An attribute that is unknown, except that the JSON of a policy document may be known in part. */
  attribute(reference: Reference, why: string): Value {
    const [resource] = reference.resources;
    if (resource?.type === "aws_iam_policy_document" && resource.mode === "data") {
      this.resources.complete(resource);
      const { values } = resource;
      const document = policyDocument(
        { configured: (name) => (Object.hasOwn(values, name) ? values[name] : null) },
        reference.path,
      );
      if (isUnknown(document))
        return new Unknown(document.why, { ...document, references: [reference, ...document.references] });
    }
    return exactly(why, reference);
  }

  private parts(reference: string, at: Standpoint, hops: number): Part[] {
    const steps = stepsOf(reference);
    if (!steps || hops > maximalHops)
      return [{ reference: { address: reference, path: "", resources: [] }, attribute: false, neutral: false }];
    const [root, name, ...rest] = steps;
    switch (root) {
      case "var":
        return this.variableParts(String(name), rest, at, hops);
      case "module":
        return this.outputParts(String(name), rest, at, hops);
      case "each":
        if (name === "value" && at.forEach !== undefined) return this.loosely(at.forEach, at, hops);
        return [text];
      case "count":
      case "path":
      case "terraform":
        return [text];
      case "local":
        return this.reachPart(prefixed(at.address, `local.${name}`), rest, this.reachOf(at));
      case "self":
        return [unresolved(prefixed(at.address, `self.${name}`), rest)];
      case "data":
      case "ephemeral":
        return [this.resourcePart(at.address, `${root}.${name}.${rest[0]}`, rest.slice(1))];
    }
    return [this.resourcePart(at.address, `${root}.${name}`, rest)];
  }

  /** What the elements of a `for_each` may come from. */
  elements(expression: Json | undefined, at: Standpoint): Reference[] {
    if (expression === undefined) return [];
    return unique(this.loosely(expression, at, 0).flatMap(({ reference }) => (reference ? [reference] : [])));
  }

  private loosely(expression: Json, at: Standpoint, hops: number): Part[] {
    const inner = distinctReferences(expression).flatMap((reference) =>
      this.parts(reference, { ...at, forEach: undefined }, hops + 1),
    );
    return inner.length === 0 ? [text] : inner.map((part) => ({ ...part, attribute: false, neutral: false }));
  }

  /**
   * Everything that a local of a module can be made of: a plan does not show locals, but whatever is unknown in one comes
   * from a resource of the module, of the modules it calls, or of what it is given. Undefined if nothing bounds it.
   */
  private reachOf(at: Standpoint): readonly Resource[] | undefined {
    if (this.reach.has(at.address)) return this.reach.get(at.address);
    this.reach.set(at.address, []); // What is asked for on the way back adds nothing.
    const { call } = at.module;
    const given = call && isJsonObject(call.body.expressions) ? Object.values(call.body.expressions) : [];
    const parts = given.flatMap((expression) =>
      distinctReferences(expression).flatMap((reference) => this.parts(reference, this.outside(at), 0)),
    );
    const open = parts.some(({ reference }) => reference?.resources.length === 0);
    const all = new Set([...this.below(at.address), ...parts.flatMap(({ reference }) => reference?.resources ?? [])]);
    const reach = open || all.size > maximalReach ? undefined : [...all];
    this.reach.set(at.address, reach);
    return reach;
  }

  /** The resources of a module, all instances of it if no key is given, and of the modules in it. */
  private below(address: string): readonly Resource[] {
    if (address === "") return this.resources.all;
    return this.resources.all.filter(
      ({ module }) => module === address || (module.startsWith(address) && /^[.[]/.test(module.slice(address.length))),
    );
  }

  /** What may be made of any of the resources; of none, it is known and may only be text. */
  private reachPart(address: string, steps: readonly ReferenceStep[], reach: readonly Resource[] | undefined): Part[] {
    if (!reach) return [unresolved(address, steps)];
    if (reach.length === 0) return [text];
    return [{ reference: { address, path: pathText(steps), resources: reach }, attribute: false, neutral: false }];
  }

  private resourcePart(module: string, name: string, steps: readonly ReferenceStep[]): Part {
    const all = this.instances(module, name);
    const keyed = all.length > 0 && all[0].key !== undefined;
    const index = keyed && steps.length > 0 ? all.filter((resource) => resource.key === steps[0]) : undefined;
    const chosen = index && index.length > 0 ? index : all;
    const path = index && index.length > 0 ? steps.slice(1) : steps;
    // A conditional may name what has no instance: nothing can come from there.
    if (all.length === 0 && this.declared(module, name)) return nothing;
    const address = chosen.length === 1 ? chosen[0].address : prefixed(module, name);
    const reference = { address, path: pathText(path), resources: chosen };
    return { reference, attribute: chosen.length === 1 && path.length > 0, neutral: false };
  }

  isModule(address: string): boolean {
    if (!this.modules) {
      this.modules = new Set();
      for (const { module } of this.resources.all) {
        for (let inner = module; inner !== "" && !this.modules.has(inner); inner = parentAddress(inner))
          this.modules.add(inner);
      }
    }
    return this.modules.has(address);
  }

  private declared(module: string, name: string): boolean {
    return this.root.at(module)?.resources.has(name) ?? false;
  }

  private variableParts(name: string, steps: readonly ReferenceStep[], at: Standpoint, hops: number): Part[] {
    const { call } = at.module;
    if (!call) {
      const given = own(this.variables, name);
      if (!isJsonObject(given) || given.value === undefined) {
        return [unresolved(`var.${name}`, steps)];
      }
      return [constantPart(given.value)];
    }
    const expressions = isJsonObject(call.body.expressions) ? call.body.expressions : {};
    const expression = own(expressions, name);
    if (expression === undefined) {
      const declared = own(at.module.variables, name);
      return [constantPart(isJsonObject(declared) ? (declared.default ?? null) : null)];
    }
    const references = distinctReferences(expression);
    if (references.length === 0)
      return [constantPart(isJsonObject(expression) ? (expression.constant_value ?? null) : null)];
    const parent = this.outside(at);
    const parts = references.flatMap((reference) => this.parts(reference, parent, hops + 1));
    return steps.length === 0 ? parts : parts.map((part) => ({ ...part, attribute: false, neutral: false }));
  }

  /** The caller's point of view. */
  outside(at: Standpoint): Standpoint {
    const { call } = at.module;
    const { body, parent } = call!;
    return {
      module: parent,
      address: parentAddress(at.address),
      key: keyOfModule(at.address),
      forEach: body.for_each_expression,
    };
  }

  private outputParts(name: string, rest: readonly ReferenceStep[], at: Standpoint, hops: number): Part[] {
    const module = at.module.calls.get(name);
    const [key] = rest;
    const steps =
      module?.repeated &&
      (typeof key === "number" || this.isModule(`${prefixed(at.address, `module.${name}`)}[${JSON.stringify(key)}]`))
        ? rest.slice(1)
        : rest;
    const [output] = steps;
    const body = output !== undefined && module ? own(module.outputs, String(output)) : undefined;
    const called = prefixed(at.address, `module.${name}`);
    if (module && output === undefined) return this.reachPart(called, rest, this.reachOf({ module, address: called }));
    if (!module || !isJsonObject(body)) return [unresolved(called, rest)];
    const address = prefixed(at.address, `module.${name}${steps === rest ? "" : `[${JSON.stringify(key)}]`}`);
    const inside: Standpoint = { module, address };
    const references = distinctReferences(body.expression);
    if (references.length === 0) {
      const expression = isJsonObject(body.expression) ? body.expression : {};
      return [constantPart(expression.constant_value ?? null)];
    }
    const parts = references.flatMap((reference) => this.parts(reference, inside, hops + 1));
    return steps.length === 1 ? parts : parts.map((part) => ({ ...part, attribute: false, neutral: false }));
  }
}

/** Something that can't be a part of the value. */
const nothing: Part = { attribute: false, neutral: true };

/** Something known that may be a part of the text. */
const text: Part = { attribute: false, neutral: false };

/** A known value: a switch or nothing at all can't be a part of the text that others make; everything else may be. */
const constantPart = (value: Json): Part => ({
  attribute: false,
  neutral: value === null || typeof value === "boolean",
});

function unique(references: readonly Reference[]): Reference[] {
  const found = new Map<string, Reference>();
  for (const reference of references) found.set(`${reference.address} ${reference.path}`, reference);
  return [...found.values()];
}

/** Something that the plan does not show. */
const unresolved = (address: string, steps: readonly ReferenceStep[]): Part => ({
  reference: { address, path: pathText(steps), resources: [] },
  attribute: false,
  neutral: false,
});
