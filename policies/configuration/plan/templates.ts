/** The expressions of a plan that was made from JSON configuration: raw templates, over the plan's own resources. */

import { access, attributeOf } from "../expression/access";
import { fail } from "../expression/errors";
import { Deferred, type Scope, type Traversal } from "../expression/scope";
import { constructed } from "../expression/types";
import { isJsonObject, type Json, type JsonObject, own, textOf } from "../json";
import type { Evaluation } from "../modules/evaluation";
import { exactly, extend, keyOf, type Steps } from "../modules/scope";
import type { Resource } from "../resource";
import { isUnknown, Unknown, type Value } from "../value";
import { distinctReferences, type PlannedModule } from "./configuration";
import { prefixed, stepsOf } from "./paths";
import type { PlanReferences, Standpoint } from "./references";

export class PlanTemplates {
  constructor(
    private readonly references: PlanReferences,
    private readonly variables: JsonObject,
    private readonly evaluation: Evaluation,
  ) {}

  /** A raw template: plans made from JSON configuration keep them. */
  template(json: Json, at: Standpoint): Value {
    return this.evaluation.value(json, new PlanScope(this, at), { resource: at.address === "" ? "plan" : at.address });
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
          references: this.references.elements(at.forEach, at),
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

  private instance(name: string, steps: Steps, at: Standpoint): Value {
    const all = this.references.instances(at.address, name);
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
    this.references.resources.complete(resource);
    const value = Object.hasOwn(resource.values, name) ? resource.values[name] : null;
    if (value === null) {
      const exact = attributeOf(whole, name) as Unknown;
      return isUnknown(exact) ? this.references.attribute(exact.references[0], exact.why) : exact;
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
    return this.expressionValue(own(expressions, name), this.references.outside(at), () => {
      const declared = own(at.module.variables, name);
      return isJsonObject(declared) ? ((declared.default ?? null) as Value) : null;
    });
  }

  private output(name: string, steps: Steps, at: Standpoint): Value {
    const module = at.module.calls.get(name);
    const called = prefixed(at.address, `module.${name}`);
    if (!module) return exactly("the plan does not show the module", { address: called, path: "", resources: [] });
    if (!module.repeated) return this.outputOf(module, called, steps);
    if (steps.length > 0) return this.outputOf(module, `${called}[${JSON.stringify(keyOf(steps[0]))}]`, steps.slice(1));
    return new Unknown("the plan does not show which instances there are of the module", {
      references: [{ address: called, path: "", resources: [] }],
    });
  }

  private outputOf(module: PlannedModule, address: string, steps: Steps): Value {
    const output = steps.length === 0 ? undefined : own(module.outputs, String(keyOf(steps[0])));
    if (!isJsonObject(output)) {
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
      () => this.references.unknown(expression, at) ?? this.references.loose(distinctReferences(expression), at),
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
    private readonly templates: PlanTemplates,
    private readonly at: Standpoint,
  ) {}

  resolve(traversal: Traversal): Value {
    return this.templates.resolve(traversal, this.at);
  }
}
