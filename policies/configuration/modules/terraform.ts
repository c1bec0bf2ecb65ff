/** Evaluates a root module: everything that it and the modules it calls declare, as resources. */

import { InputError } from "../errors";
import { evaluate } from "../expression";
import { ExpressionError, Failure, fail } from "../expression/errors";
import { parseExpression } from "../expression/parser";
import type { Scope } from "../expression/scope";
import type { Json, JsonObject } from "../json";
import type { Resource, Undecided } from "../resource";
import { put } from "../schema/convert";
import type { Value, Values } from "../value";
import { evaluateBody } from "./body";
import { Evaluation, type EvaluationOptions, type RemoteOutputs } from "./evaluation";
import type { RootModule } from "./load";
import { ModuleInstance } from "./modules";

/** What the root's variables are given. */
export interface Given {
  /** By files. */
  readonly values?: Values;
  /** On the command line: text that is read by the variable's type. */
  readonly texts?: Readonly<Record<string, string>>;
  /** By a plan: as they are. */
  readonly constants?: JsonObject;
}

/** Where a root keeps its state: how another configuration names it to read its outputs. */
export interface Backend {
  readonly type: string;
  readonly config: Values;
}

export class RootEvaluation {
  private readonly evaluation: Evaluation;
  private readonly root: ModuleInstance;

  constructor(
    private readonly module: RootModule,
    stack: string,
    path: string,
    given: Given,
    options: EvaluationOptions,
    remoteOutputs: RemoteOutputs,
  ) {
    this.evaluation = new Evaluation(stack, path, options, remoteOutputs);
    const inputs = rootInputs(module, given);
    this.root = new ModuleInstance(this.evaluation, module.tree, module.folder, module.enclosing, "", inputs);
  }

  output(name: string): Value | undefined {
    return this.root.output(name);
  }

  backend(): Backend | undefined {
    const declaration = this.module.tree.source.backend;
    if (!declaration) return undefined;
    const [type] = declaration.labels;
    const address = `terraform.backend.${type}`;
    return {
      type,
      config: evaluateBody(declaration.body, undefined, this.root, this.evaluation, { resource: address }),
    };
  }

  read(): { resources: Resource[]; undecided: readonly Undecided[] } {
    const resources = this.root.resources();
    const backend = this.backend();
    if (backend) {
      const { position } = this.module.tree.source.backend!;
      resources.push({
        address: `terraform.backend.${backend.type}`,
        mode: "backend",
        type: backend.type,
        name: backend.type,
        module: "",
        stack: this.evaluation.stack,
        values: backend.config,
        provider: { name: "terraform", values: {} },
        source: position,
      });
    }
    return { resources, undecided: this.evaluation.undecided };
  }
}

const constants: Scope = { resolve: ({ root }) => fail(`${root} can't be used in the value of a variable`) };

/** The values that the root's variables are given. */
function rootInputs(module: RootModule, given: Given): (name: string) => Value | undefined {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given.values ?? {})) put(values, name, value);
  for (const [name, text] of Object.entries(given.texts ?? {})) {
    const declaration = module.tree.source.variables.get(name);
    if (declaration) put(values, name, fromCommandLine(text, declaration.body.type, name));
  }
  for (const [name, value] of Object.entries(given.constants ?? {})) put(values, name, value as Value);
  return (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
}

/** `--var`: as it stands for a string or an undeclared type that isn't a collection, else an expression. */
function fromCommandLine(text: string, type: Json | undefined, name: string): Value {
  const constraint = typeof type === "string" ? type.replace(/^\$\{|\}$/g, "").trim() : "string";
  if (["string", "number", "bool", "any"].includes(constraint)) return text;
  try {
    return evaluate(parseExpression(text), constants);
  } catch (error) {
    if (!(error instanceof ExpressionError || error instanceof Failure)) throw error;
    throw new InputError(`--var ${name}`, error.message);
  }
}
