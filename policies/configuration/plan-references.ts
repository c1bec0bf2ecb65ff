/** What an unknown value of a plan comes from, followed through variables and outputs of modules to resources. */
import type { Evaluation } from "./evaluation";
import { access, attributeOf } from "./expression/access";
import { fail } from "./expression/errors";
import { Deferred, type Scope, type Traversal } from "./expression/scope";
import { constructed } from "./expression/types";
import { isJsonObject, type Json, type JsonObject, own, textOf } from "./json";
import { distinctReferences, type PlannedModule, type ReferenceStep, stepsOf } from "./plan-configuration";
import { policyDocument } from "./policy-document";
import type { Resource } from "./resource";
import { exactly, extend, keyOf, type Steps } from "./scope";
import { isUnknown, type Reference, Unknown, type Value } from "./value";

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
  /** Resources by address without the last key, filled when first asked for. */
  private byName?: Map<string, Resource[]>;
  private modules?: Set<string>;
  private known?: PlannedResources;
  private readonly reach = new Map<string, readonly Resource[]>();

  constructor(
    private readonly root: PlannedModule,
    private readonly variables: JsonObject,
    private readonly evaluation: Evaluation,
    private readonly planned: () => PlannedResources,
  ) {}

  private get resources(): PlannedResources {
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
      return this.template(expression.constant_value, at);
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
  private attribute(reference: Reference, why: string): Value {
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

  /** A raw template: plans made from JSON configuration keep them. */
  private template(json: Json, at: Standpoint): Value {
    return this.evaluation.value(json, new PlanScope(this, at), { resource: at.address === "" ? "plan" : at.address });
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
      case "self":
        return [
          {
            reference: {
              address: prefixed(at.address, `${root}.${name}`),
              path: pathText(rest),
              resources: root === "local" ? this.inReach(at) : [],
            },
            attribute: false,
            neutral: false,
          },
        ];
      case "data":
      case "ephemeral":
        return [this.resourcePart(at.address, `${root}.${name}.${rest[0]}`, rest.slice(1))];
    }
    return [this.resourcePart(at.address, `${root}.${name}`, rest)];
  }

  private loosely(expression: Json, at: Standpoint, hops: number): Part[] {
    const inner = distinctReferences(expression).flatMap((reference) =>
      this.parts(reference, { ...at, forEach: undefined }, hops + 1),
    );
    return inner.length === 0 ? [text] : inner.map((part) => ({ ...part, attribute: false, neutral: false }));
  }

  /**
   * Everything that a local of a module can be made of: a plan does not show locals, but whatever is unknown in one comes
   * from a resource of the module, of the modules it calls, or of what it is given. Empty if that would bound nothing.
   */
  private inReach(at: Standpoint): readonly Resource[] {
    const known = this.reach.get(at.address);
    if (known) return known;
    this.reach.set(at.address, []);
    const inside = this.resources.all.filter(
      ({ module }) => at.address === "" || module === at.address || module.startsWith(`${at.address}.`),
    );
    const given =
      at.module.call && isJsonObject(at.module.call.body.expressions) ? at.module.call.body.expressions : {};
    const parent = at.module.call ? this.outside(at) : at;
    const parts = Object.values(given).flatMap((expression) =>
      distinctReferences(expression).flatMap((reference) => this.parts(reference, parent, 0)),
    );
    const open = parts.some(({ reference }) => reference && reference.resources.length === 0);
    const all = new Set([...inside, ...parts.flatMap(({ reference }) => reference?.resources ?? [])]);
    const reach = open || all.size > maximalReach ? [] : [...all];
    this.reach.set(at.address, reach);
    return reach;
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

  private isModule(address: string): boolean {
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
        return [
          {
            reference: { address: `var.${name}`, path: pathText(steps), resources: [] },
            attribute: false,
            neutral: false,
          },
        ];
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
  private outside(at: Standpoint): Standpoint {
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
    const keyed =
      module?.call?.body.count_expression !== undefined || module?.call?.body.for_each_expression !== undefined;
    const [key] = rest;
    const steps =
      keyed &&
      (typeof key === "number" || this.isModule(`${prefixed(at.address, `module.${name}`)}[${JSON.stringify(key)}]`))
        ? rest.slice(1)
        : rest;
    const [output] = steps;
    const body = output !== undefined && module ? own(module.outputs, String(output)) : undefined;
    if (!module || !isJsonObject(body)) {
      return [
        {
          reference: { address: prefixed(at.address, `module.${name}`), path: pathText(rest), resources: [] },
          attribute: false,
          neutral: false,
        },
      ];
    }
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

  /** For templates: the value of a traversal. */
  resolve({ root, steps }: Traversal, at: Standpoint): Value {
    const name = String(keyOf(steps[0]));
    switch (root) {
      case "var":
        return access(this.variable(name, at), steps.slice(1));
      case "module":
        return this.output(name, steps.slice(1), at);
      case "each":
        if (name === "key" && at.key !== undefined) return at.key;
        return new Unknown("the plan does not show what for_each runs over", {
          references: this.partsReferences(at.forEach, at),
        });
      case "count":
        return at.key ?? fail("count has no meaning here");
      case "data":
        return this.instance(`data.${name}.${keyOf(steps[1])}`, steps.slice(2), at);
      case "local":
      case "path":
      case "terraform":
      case "self":
      case "ephemeral":
        return exactly(`the plan does not show ${root}.${name}`, {
          address: prefixed(at.address, `${root}.${name}`),
          path: extend("", steps.slice(1)),
          resources: [],
        });
    }
    return this.instance(`${root}.${name}`, steps.slice(1), at);
  }

  private partsReferences(expression: Json | undefined, at: Standpoint): Reference[] {
    if (expression === undefined) return [];
    return unique(this.loosely(expression, at, 0).flatMap(({ reference }) => (reference ? [reference] : [])));
  }

  private instance(name: string, steps: Steps, at: Standpoint): Value {
    const all = this.instances(at.address, name);
    if (all.length === 0) {
      return exactly(`${prefixed(at.address, name)} is not in the plan`, {
        address: prefixed(at.address, name),
        path: extend("", steps),
        resources: [],
      });
    }
    if (all[0].key === undefined) return this.attributeAt(all[0], steps);
    const key = keyOf(steps[0]);
    if (key === undefined) {
      if (typeof all[0].key === "number") return constructed(all.map((resource) => this.attributeAt(resource, [])));
      return constructed(
        Object.fromEntries(all.map((resource) => [String(resource.key), this.attributeAt(resource, [])])),
      );
    }
    const chosen = all.find((resource) => String(resource.key) === String(key));
    return chosen ? this.attributeAt(chosen, steps.slice(1)) : fail(`${name} has no instance ${JSON.stringify(key)}`);
  }

  private attributeAt(resource: Resource, steps: Steps): Value {
    const whole = exactly("known after apply", { address: resource.address, path: "", resources: [resource] });
    if (steps.length === 0) return new Deferred(whole.why, whole, (name) => this.attributeOf(resource, name, whole));
    return access(this.attributeOf(resource, String(keyOf(steps[0])), whole), steps.slice(1));
  }

  private attributeOf(resource: Resource, name: string, whole: Unknown): Value {
    this.resources.complete(resource);
    const value = Object.hasOwn(resource.values, name) ? resource.values[name] : null;
    if (value === null) {
      const exact = attributeOf(whole, name) as Unknown;
      return isUnknown(exact) ? this.attribute(exact.references[0], exact.why) : exact;
    }
    return value;
  }

  private variable(name: string, at: Standpoint): Value {
    const { call } = at.module;
    if (!call) {
      const given = own(this.variables, name);
      if (isJsonObject(given) && given.value !== undefined) return given.value as Value;
      return exactly(`the plan does not show var.${name}`, { address: `var.${name}`, path: "", resources: [] });
    }
    const expressions = isJsonObject(call.body.expressions) ? call.body.expressions : {};
    return this.expressionValue(own(expressions, name), this.outside(at), () => {
      const declared = own(at.module.variables, name);
      return isJsonObject(declared) ? ((declared.default ?? null) as Value) : null;
    });
  }

  private output(name: string, steps: Steps, at: Standpoint): Value {
    const module = at.module.calls.get(name);
    const output = module && own(module.outputs, String(keyOf(steps[0])));
    const address = prefixed(at.address, `module.${name}`);
    if (!module || !isJsonObject(output)) {
      return exactly("the plan does not show the output", { address, path: extend("", steps), resources: [] });
    }
    return access(
      this.expressionValue(output.expression, { module, address }, () => null),
      steps.slice(1),
    );
  }

  /** The value of any expression of the configuration; `absent` if there is none. */
  private expressionValue(expression: Json | undefined, at: Standpoint, absent: () => Value): Value {
    if (!isJsonObject(expression)) return absent();
    if (!Array.isArray(expression.references)) return this.constant(expression.constant_value ?? null, at);
    return this.evaluation.guarded(
      JSON.stringify([at.address, expression.references]),
      distinctReferences(expression).join(", "),
      () => this.unknown(expression, at) ?? this.loose(distinctReferences(expression), at),
    );
  }

  /**
   * A constant. In modules written in HCL it is a value; in those written in JSON it is a template, of which a plan
   * shows no references if there are none (`${upper("x")}`).
   */
  private constant(json: Json, at: Standpoint): Value {
    if (!/[$%]\{/.test(textOf(json))) return json as Value;
    const { syntax } = at.module;
    if (syntax === "hcl") return json as Value;
    const evaluated = this.template(json, at);
    return syntax === "json"
      ? evaluated
      : new Unknown("a literal or a template", { candidates: [json as Value, evaluated] });
  }

  /** The value of an expression, known where the plan shows it. */
  value(expression: JsonObject, at: Standpoint): Value {
    if (Array.isArray(expression.references) && expression.constant_value === undefined) {
      const [reference, ...more] = distinctReferences(expression);
      const steps = reference === undefined || more.length > 0 ? undefined : stepsOf(reference);
      // A variable that stands alone is the value; in company it may be any part of it.
      if (steps?.length === 2 && steps[0] === "var") return this.variable(String(steps[1]), at);
    }
    return this.expressionValue(expression, at, () => null);
  }
}

class PlanScope implements Scope {
  constructor(
    private readonly references: PlanReferences,
    private readonly at: Standpoint,
  ) {}

  resolve(traversal: Traversal): Value {
    return this.references.resolve(traversal, this.at);
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

const prefixed = (module: string, text: string): string => (module === "" ? text : `${module}.${text}`);

const pathText = (steps: readonly ReferenceStep[]): string =>
  extend(
    "",
    steps.map((step) =>
      typeof step === "number"
        ? { kind: "index", key: step }
        : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)
          ? { kind: "attribute", name: step }
          : { kind: "index", key: step },
    ),
  );

/** The key of the last call of `module.a.module.b[0]`. */
function keyOfModule(address: string): string | number | undefined {
  const steps = stepsOf(address);
  const last = steps?.[steps.length - 1];
  return /\]$/.test(address) ? last : undefined;
}

/** `module.a["x.y"].module.b[0]` without its last call. */
export function parentAddress(address: string): string {
  const match = /^(.*?)\.?module\.[\p{L}\p{N}_-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/u.exec(address);
  return match ? match[1] : "";
}

function unique(references: readonly Reference[]): Reference[] {
  const found = new Map<string, Reference>();
  for (const reference of references) found.set(`${reference.address} ${reference.path}`, reference);
  return [...found.values()];
}
