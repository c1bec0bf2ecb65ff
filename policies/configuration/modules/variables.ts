/** Type constraints of variables, and the conversion of what a variable is given. */
import { evaluate } from "../expression";
import type { Expression, ObjectNode } from "../expression/ast";
import { convert } from "../expression/convert";
import { ExpressionError, Failure, fail } from "../expression/errors";
import { parseExpression } from "../expression/parser";
import type { Scope } from "../expression/scope";
import { list, map, set, type Type } from "../expression/types";
import type { Json } from "../json";
import { Unknown, type Value } from "../value";
import { bare } from "./module";

const primitives = new Set(["string", "number", "bool"]);
const collections = { list, set, map };

/** Defaults of optional attributes are constants. */
const constants: Scope = { resolve: ({ root }) => fail(`${root} can't be used in a type`) };

/** Converts to the constraint as it is written (`list(string)`, in HCL's conversion `${list(string)}`). */
export function convertVariable(value: Value, constraint: Json | undefined): Value {
  if (typeof constraint !== "string") return value;
  try {
    return convert(value, typeOfConstraint(parseExpression(bareType(constraint))));
  } catch (error) {
    if (!(error instanceof ExpressionError || error instanceof Failure)) throw error;
    return new Unknown(`the value does not fit the type of the variable: ${error.message}`);
  }
}

/** Types may hold braces (`object({ … })`), so only the outermost pair goes. */
function bareType(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith("${") && trimmed.endsWith("}") ? trimmed.slice(2, -1) : bare(trimmed);
}

function typeOfConstraint(node: Expression): Type {
  if (node.kind === "literal" && typeof node.value === "string") return named(node.value);
  if (node.kind === "reference" && node.steps.length === 0) return named(node.root);
  if (node.kind !== "call") return fail("a type was expected");
  const [argument] = node.args;
  if (node.name === "list" || node.name === "set" || node.name === "map") {
    return collections[node.name](argument ? typeOfConstraint(argument) : "any");
  }
  if (node.name === "tuple" && argument?.kind === "tuple") {
    return { kind: "tuple", elements: argument.items.map(typeOfConstraint) };
  }
  if (node.name === "object" && argument?.kind === "object") return objectType(argument);
  return fail(`there is no type ${node.name}`);
}

/** A type's name; collections without the type of their elements are how Terraform 0.11 wrote them. */
function named(name: string): Type {
  if (primitives.has(name)) return name as Type;
  if (name === "any") return "any";
  if (name === "list" || name === "map" || name === "set") return collections[name]("any");
  return fail(`there is no type ${name}`);
}

function objectType(node: ObjectNode): Type {
  const attributes = new Map<string, Type>();
  const optional = new Map<string, Value>();
  for (const { key, value } of node.items) {
    const name =
      key.kind === "reference" ? key.root : key.kind === "literal" ? String(key.value) : fail("a name was expected");
    if (value.kind === "call" && value.name === "optional" && value.args.length > 0) {
      const type = typeOfConstraint(value.args[0]);
      attributes.set(name, type);
      optional.set(name, value.args.length > 1 ? convert(evaluate(value.args[1], constants), type) : null);
    } else {
      attributes.set(name, typeOfConstraint(value));
    }
  }
  return { kind: "object", attributes, optional };
}
