/** Instances of modules: the root, and one for each call (and each key of its `count` or `for_each`). */

import { InputError } from "../errors";
import { access } from "../expression/access";
import { fail } from "../expression/errors";
import type { Scope, Traversal } from "../expression/scope";
import { constructed } from "../expression/types";
import { isJsonObject, type JsonObject, textOf } from "../json";
import type { Mode, Resource } from "../resource";
import { mapValues, put } from "../schema/convert";
import type { Unknown, Value, Values } from "../value";
import { evaluateBody } from "./body";
import type { Evaluation, Place, Site } from "./evaluation";
import { type Expansion, enter, expand, type Iteration, keyText, members, ResourceInstance } from "./instances";
import { asList, bare, type Declaration, type ModuleSource } from "./module";
import { impliedSource, ProviderInstance } from "./providers";
import { exactly, extend, keyOf, LayeredScope, type Steps } from "./scope";
import { convertVariable } from "./variables";

/** A module that a call refers to: its declarations and those of the modules it calls; or why it can't be seen. */
export interface ModuleTree {
  readonly source: ModuleSource;
  readonly calls: ReadonlyMap<string, ModuleTree | Missing>;
}

export interface Missing {
  /** As the call names it, with the version asked for: `terraform-aws-modules/vpc/aws 5.1.0`. */
  readonly missing: string;
  readonly why: string;
}

export const isMissing = (tree: ModuleTree | Missing): tree is Missing => "missing" in tree;

type Inputs = (name: string) => Value | undefined;

const modes: Readonly<Record<string, Mode>> = {
  resource: "managed",
  data: "data",
  ephemeral: "ephemeral",
  action: "action",
};
const prefixes: Readonly<Record<string, string>> = {
  resource: "",
  data: "data.",
  ephemeral: "ephemeral.",
  action: "action.",
};

const callArguments = new Set(["//", "source", "version", "count", "for_each", "providers", "depends_on", "lifecycle"]);

/** Values that have been computed, and whether sensitive ones went into them. */
type Memo = Map<string, { readonly value: Value; readonly sensitive: boolean }>;

export class ModuleInstance implements Scope {
  private readonly variables: Memo = new Map();
  private readonly locals: Memo = new Map();
  private readonly outputs: Memo = new Map();
  private readonly groups = new Map<string, Expansion<ResourceInstance>>();
  private readonly callExpansions = new Map<string, Expansion<ModuleInstance | Resource>>();
  private readonly providers = new Map<string, ProviderInstance>();

  constructor(
    readonly evaluation: Evaluation,
    readonly tree: ModuleTree,
    /** Where relative paths start, and what they may not leave. */
    readonly baseDir: string,
    readonly rootDir: string,
    /** `module.a["k"]`; empty for the root. */
    readonly address: string,
    /** Values of variables; undefined where the caller gives none. */
    private readonly inputs: Inputs,
    private readonly parent?: { readonly module: ModuleInstance; readonly call: Declaration },
    private readonly conditional?: string,
  ) {
    for (const [name, declaration] of tree.source.providers) {
      this.providers.set(name, this.declareProvider(name.split(".")[0], declaration));
    }
  }

  get rounds(): { left: number } {
    return this.evaluation.rounds;
  }

  private declareProvider(localName: string, declaration?: Declaration): ProviderInstance {
    const source = this.tree.source.requiredProviders.get(localName) ?? impliedSource(localName);
    return new ProviderInstance(this.evaluation, this, this.address, localName, source, declaration);
  }

  /** `import` blocks stand in root modules only, and name what is in any module. */
  private get root(): ModuleInstance {
    return this.parent ? this.parent.module.root : this;
  }

  private prefixed(text: string): string {
    return this.address === "" ? text : `${this.address}.${text}`;
  }

  /** The provider configuration of a local name, with alias or without. */
  provider(name: string): ProviderInstance {
    let found = this.providers.get(name);
    if (!found) {
      found = this.inheritedProvider(name) ?? this.declareProvider(name.split(".")[0]);
      if (name.includes(".") && found.isImplied) {
        this.evaluation.report(
          { resource: this.prefixed(`provider.${name}`) },
          "unresolved-reference",
          "no such provider configuration is declared",
        );
      }
      this.providers.set(name, found);
    }
    return found;
  }

  private inheritedProvider(name: string): ProviderInstance | undefined {
    if (!this.parent) return undefined;
    const { module, call } = this.parent;
    for (const map of asList(call.body.providers)) {
      const given = map[name];
      if (typeof given === "string") return module.provider(bare(given));
    }
    return name.includes(".") ? undefined : module.provider(name);
  }

  /** What a variable is worth in this module. */
  variable(name: string): Value {
    return this.once(this.variables, name, `var.${name}`, () => {
      const declaration = this.tree.source.variables.get(name);
      if (!declaration) return fail(`no variable ${JSON.stringify(name)} is declared`);
      if (declaration.body.sensitive === true) this.evaluation.useSensitive();
      const given = this.inputs(name);
      const initial = declaration.body.default;
      const nullable = declaration.body.nullable !== false;
      if (given === undefined || (given === null && !nullable)) {
        if (initial === undefined) {
          return exactly(`variable ${name} has no value`, {
            address: this.prefixed(`var.${name}`),
            path: "",
            resources: [],
          });
        }
        return convertVariable(initial as Value, declaration.body.type);
      }
      return convertVariable(given, declaration.body.type);
    });
  }

  private local(name: string): Value {
    const local = this.tree.source.locals.get(name);
    if (!local) return fail(`no local value ${JSON.stringify(name)} is declared`);
    const place = { position: local.position, argument: name };
    const compute = () => this.evaluation.value(local.value, this, { resource: this.prefixed(`local.${name}`) });
    return this.once(this.locals, name, `local.${name}`, compute, place);
  }

  /** The value of an output; undefined if there is none of this name. */
  output(name: string): Value | undefined {
    const declaration = this.tree.source.outputs.get(name);
    if (!declaration) return undefined;
    const compute = () => {
      if (declaration.body.sensitive === true && this.parent) this.evaluation.useSensitive();
      return this.evaluation.value(declaration.body.value ?? null, this, { resource: this.prefixed(`output.${name}`) });
    };
    return this.once(this.outputs, name, `output.${name}`, compute, { position: declaration.position });
  }

  private once(table: Memo, name: string, text: string, compute: () => Value, place?: Place): Value {
    let found = table.get(name);
    if (!found) {
      const full = this.prefixed(text);
      found = this.evaluation.tracked(() => this.evaluation.guarded(full, full, compute, place));
      table.set(name, found);
    }
    if (found.sensitive) this.evaluation.useSensitive();
    return found.value;
  }

  resolve({ root, steps }: Traversal): Value {
    const first = keyOf(steps[0]);
    const rest = steps.slice(1);
    switch (root) {
      case "var":
        return access(this.variable(String(first)), rest);
      case "local":
        return access(this.local(String(first)), rest);
      case "module":
        return this.moduleOutput(String(first), rest);
      case "path":
        return this.path(String(first));
      case "terraform":
      case "tofu":
        return first === "workspace"
          ? (this.evaluation.options.workspace ?? "default")
          : fail(`there is no terraform.${first}`);
      case "data":
      case "ephemeral":
        return this.thing(root, String(first), rest);
      case "each":
      case "count":
      case "self":
        fail(`${root} has no meaning here`);
    }
    return this.thing("resource", root, steps);
  }

  private path(name: string): Value {
    if (name === "module") return this.tree.source.folder;
    if (name === "root") return ".";
    if (name === "cwd") return this.baseDir;
    fail(`there is no path.${name}`);
  }

  private thing(keyword: string, type: string, steps: Steps): Value {
    const name = keyOf(steps[0]);
    const rest = steps.slice(1);
    const text = `${prefixes[keyword]}${type}.${name}`;
    if (name === undefined || !this.tree.source.things.has(`${keyword}.${type}.${name}`)) {
      const address = this.prefixed(text);
      this.evaluation.report(
        { resource: address },
        "unresolved-reference",
        `${address} is referred to, but not declared`,
      );
      return exactly(`${address} is not declared`, { address, path: extend("", rest), resources: [] });
    }
    return enter(this.group(`${keyword}.${type}.${name}`), rest, this.prefixed(text), (instance, inner) =>
      instance.at(inner),
    );
  }

  private group(key: string): Expansion<ResourceInstance> {
    let group = this.groups.get(key);
    if (!group) {
      const declaration = this.tree.source.things.get(key)!;
      const [type, name] = declaration.labels;
      const address = this.prefixed(`${prefixes[declaration.keyword]}${type}.${name}`);
      const site: Site = { resource: address };
      group = this.evaluation.guarded(
        `${address}[]`,
        address,
        () =>
          expand(declaration, this, this.evaluation, site, (iteration) =>
            this.instance(declaration, address, iteration),
          ),
        { position: declaration.position },
      );
      this.groups.set(key, group);
    }
    return group;
  }

  private instance(
    declaration: Declaration,
    address: string,
    { key, names, conditional }: Iteration,
  ): ResourceInstance {
    const [type, name] = declaration.labels;
    const scope = Object.keys(names).length === 0 ? this : new LayeredScope(this, names);
    const why = conditional ?? this.conditional;
    const given = declaration.body.provider;
    const provider = this.provider(typeof given === "string" ? bare(given) : type.split("_")[0]);
    const own = `${address}${keyText(key)}`;
    const imported = this.root.tree.source.imports.get(own);
    const init = {
      address: own,
      mode: modes[declaration.keyword],
      type,
      name,
      ...(key !== undefined && { key }),
      module: this.address,
      source: declaration.position,
      ...(why && { conditional: why }),
      ...(imported !== undefined && { imported }),
    };
    return new ResourceInstance(this.evaluation, declaration, scope, init, provider);
  }

  private moduleOutput(name: string, steps: Steps): Value {
    if (!this.tree.calls.has(name)) {
      const address = this.prefixed(`module.${name}`);
      this.evaluation.report(
        { resource: address },
        "unresolved-reference",
        `${address} is referred to, but not declared`,
      );
      return exactly(`${address} is not declared`, { address, path: extend("", steps), resources: [] });
    }
    return enter(this.call(name), steps, this.prefixed(`module.${name}`), (member, rest) => {
      if (!(member instanceof ModuleInstance)) return outputOfMissing(member, rest);
      const output = keyOf(rest[0]);
      if (output === undefined) return member.allOutputs();
      const value = member.output(String(output));
      if (value === undefined) return fail(`${member.address} has no output ${JSON.stringify(output)}`);
      return access(value, rest.slice(1));
    });
  }

  private allOutputs(): Values {
    const result: Record<string, Value> = {};
    for (const name of this.tree.source.outputs.keys()) put(result, name, this.output(name)!);
    return constructed(result);
  }

  private call(name: string): Expansion<ModuleInstance | Resource> {
    let expansion = this.callExpansions.get(name);
    if (!expansion) {
      const declaration = this.tree.source.calls.get(name)!;
      const tree = this.tree.calls.get(name)!;
      const address = this.prefixed(`module.${name}`);
      expansion = this.evaluation.guarded(
        `${address}[]`,
        address,
        () =>
          isMissing(tree)
            ? { form: "single", only: this.missingModule(declaration, tree, address) }
            : expand(declaration, this, this.evaluation, { resource: address }, (iteration) =>
                this.calledModule(declaration, tree, address, iteration),
              ),
        { position: declaration.position },
      );
      this.callExpansions.set(name, expansion);
    }
    return expansion;
  }

  private calledModule(
    declaration: Declaration,
    tree: ModuleTree,
    address: string,
    { key, names, conditional }: Iteration,
  ): ModuleInstance {
    this.evaluation.countInstance();
    const scope = Object.keys(names).length === 0 ? this : new LayeredScope(this, names);
    const inner = `${address}${keyText(key)}`;
    const { body } = declaration;
    const inputs: Inputs = (name) =>
      Object.hasOwn(body, name) && !callArguments.has(name)
        ? this.evaluation.value(body[name], scope, { resource: inner, attribute: name })
        : undefined;
    for (const name of Object.keys(body)) {
      if (!callArguments.has(name) && !tree.source.variables.has(name)) {
        throw new InputError(
          declaration.position.file,
          `${inner} is given ${JSON.stringify(name)}, for which it has no variable`,
        );
      }
    }
    const parent = { module: this, call: declaration };
    return new ModuleInstance(
      this.evaluation,
      tree,
      this.baseDir,
      this.rootDir,
      inner,
      inputs,
      parent,
      conditional ?? this.conditional,
    );
  }

  /** A module whose source is not at hand: it may declare anything. */
  private missingModule(declaration: Declaration, { missing, why }: Missing, address: string): Resource {
    this.evaluation.report(
      { resource: address },
      "unresolved-reference",
      `the module ${missing} can't be seen: ${why}`,
    );
    const { body } = declaration;
    const names = new LayeredScope(this, { each: null, count: null });
    const inputs: JsonObject = {};
    for (const name of Object.keys(body)) if (!callArguments.has(name)) put(inputs, name, body[name]);
    const iterated = body.count !== undefined || body.for_each !== undefined;
    return {
      address,
      mode: "module",
      type: "unresolved",
      name: declaration.labels[0],
      module: this.address,
      stack: this.evaluation.stack,
      values: iterated
        ? { source: missing }
        : { source: missing, ...evaluateBody(inputs, undefined, names, this.evaluation, { resource: address }) },
      provider: this.provider("aws").provider,
      source: declaration.position,
    };
  }

  /** Everything that the module and the modules it calls declare. */
  resources(): Resource[] {
    const found: Resource[] = [];
    for (const key of this.tree.source.things.keys()) {
      for (const instance of members(this.group(key))) found.push(...instance.finish());
    }
    for (const name of this.tree.calls.keys()) {
      for (const member of members(this.call(name))) {
        if (member instanceof ModuleInstance) for (const resource of member.resources()) found.push(resource);
        else found.push(member);
      }
    }
    for (const name of this.tree.source.providers.keys()) found.push(...this.provider(name).finish());
    for (const declaration of this.tree.source.removed) found.push(...this.removedProvisioners(declaration));
    for (const { keyword, position } of this.tree.source.unknown) {
      this.evaluation.report(
        { resource: this.prefixed(keyword) },
        "unmodelled-block",
        `${position.file} has a block that is not known: ${keyword}`,
      );
    }
    return found;
  }

  /** What runs when a removed resource is destroyed. */
  private removedProvisioners(declaration: Declaration): Resource[] {
    const from = bare(textOf(declaration.body.from));
    return asList(declaration.body.provisioner).flatMap((group, index) =>
      Object.keys(group)
        .filter((type) => type !== "//")
        .map((type) => {
          const address = this.prefixed(`removed.${from}.provisioner[${index}]`);
          return {
            address,
            mode: "provisioner" as const,
            type,
            name: String(index),
            module: this.address,
            stack: this.evaluation.stack,
            values: { ...(isJsonObject(group[type]) ? mapValues(group[type] as Values, (value) => value) : {}) },
            provider: this.provider(from.split("_")[0]).provider,
            source: declaration.position,
          };
        }),
    );
  }
}

function outputOfMissing(module: Resource, steps: Steps): Unknown {
  return exactly("the module can't be seen", { address: module.address, path: extend("", steps), resources: [module] });
}
