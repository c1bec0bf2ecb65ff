/**
 * A plan as `terraform show -json` prints it, of all format versions so far (0.1 to 1.2). Known values are used as they
 * were parsed, without a copy.
 *
 * Of the plan's sections, `planned_values` and `resource_changes` say what there will be, `configuration` where unknown
 * values come from and which provider configuration a resource has, `prior_state` what data sources have read, and what
 * stands and is no part of the plan: all of it in one that only refreshes, what is not aimed at in one with targets.
 * Ignored on purpose: `resource_drift` and `relevant_attributes` (how the plan came about), `checks` (conditions),
 * `output_changes` and outputs (they stand in the state, and a state's backend is judged where it is declared).
 */
import { InputError } from "../errors";
import { isJsonObject, type Json, type JsonObject, textOf } from "../json";
import { Evaluation } from "../modules/evaluation";
import { markedPaths } from "../modules/marks";
import { asList } from "../modules/module";
import type { Change, Mode, Resource, Undecided } from "../resource";
import { schemaOf } from "../schema/schema";
import type { Value, Values } from "../value";
import { PlannedModule } from "./configuration";
import { PlanProviders } from "./providers";
import { type PlannedResources, PlanReferences, type Standpoint } from "./references";
import { type PlanConfiguration, Sharpened } from "./sharpened";
import { type Configured, marksAny, PlanValues } from "./values";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface PlanOptions {
  readonly defaultRegion?: string;
}

interface Planned {
  readonly resource: Mutable<Resource>;
  /** What of it is unknown. */
  readonly mask?: Json;
  readonly configured: Configured;
  /** Its block in the plan's configuration. */
  readonly body?: JsonObject;
  completed: boolean;
}

export function readPlan(
  path: string,
  stack: string,
  body: JsonObject,
  options: PlanOptions,
  configuration?: PlanConfiguration,
): { resources: Resource[]; undecided: readonly Undecided[] } {
  return new PlanReader(path, stack, body, options, configuration).read();
}

class PlanReader {
  private readonly evaluation: Evaluation;
  private readonly changes = new Map<string, JsonObject>();
  private readonly planned: Planned[] = [];
  /** The planned ones that are not going away. */
  private readonly byResource = new Map<Resource, Planned>();
  private readonly resources: Resource[] = [];
  private readonly root: PlannedModule | undefined;
  private readonly references: PlanReferences;
  private readonly values: PlanValues;
  private sharper?: Sharpened;
  private readonly providers: PlanProviders;
  private readonly addresses = new Set<string>();

  constructor(
    private readonly path: string,
    private readonly stack: string,
    private readonly body: JsonObject,
    private readonly options: PlanOptions,
    private readonly configuration?: PlanConfiguration,
  ) {
    this.evaluation = new Evaluation(stack, path, options, () => undefined);
    const section = body.configuration;
    const module = isJsonObject(section) && isJsonObject(section.root_module) ? section.root_module : undefined;
    this.root = module && new PlannedModule(module);
    const root = this.root ?? new PlannedModule({});
    const variables = isJsonObject(body.variables) ? body.variables : {};
    this.references = new PlanReferences(root, variables, this.evaluation, () => this.completing());
    this.values = new PlanValues(this.references);
    const configs = isJsonObject(section) && isJsonObject(section.provider_config) ? section.provider_config : {};
    this.providers = new PlanProviders(stack, configs, root, this.references, options.defaultRegion);
  }

  read(): { resources: Resource[]; undecided: readonly Undecided[] } {
    for (const change of this.objects("resource_changes")) {
      const address = this.text(change, "address", "resource_changes");
      // An object that a failed replacement left behind is a change of its own beside that of its address.
      if (typeof change.deposed === "string")
        this.add(change, moduleOf(change), change, "delete", ` (deposed object ${change.deposed})`);
      else if (this.changes.has(address)) throw new InputError(this.path, `resource_changes has ${address} twice`);
      else this.changes.set(address, change);
    }
    this.addPlanned();
    for (const [address, change] of this.changes) {
      if (!this.addresses.has(address)) this.addUnplanned(change);
    }
    this.addPrior();
    this.addDeferred();
    this.finish();
    return { resources: this.resources, undecided: this.evaluation.undecided };
  }

  private objects(section: string): JsonObject[] {
    const value = this.body[section];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || !value.every(isJsonObject))
      throw new InputError(this.path, `${section} must be a list of objects`);
    return value;
  }

  private text(object: JsonObject, key: string, section: string): string {
    const value = object[key];
    if (typeof value !== "string") throw new InputError(this.path, `an entry of ${section} has no ${key}`);
    return value;
  }

  /** Resources of a section that is laid out by modules, without recursion into itself. */
  private *laidOut(section: Json | undefined, name: string): Generator<[resource: JsonObject, module: string]> {
    const modules = isJsonObject(section) && isJsonObject(section.root_module) ? [section.root_module] : [];
    for (let module = modules.pop(); module; module = modules.pop()) {
      for (const resource of listIn(module, "resources")) {
        if (!isJsonObject(resource)) throw new InputError(this.path, `${name} has a resource that is no object`);
        yield [resource, typeof module.address === "string" ? module.address : ""];
      }
      for (const child of listIn(module, "child_modules")) if (isJsonObject(child)) modules.push(child);
    }
  }

  private addPlanned(): void {
    for (const [resource, module] of this.laidOut(this.body.planned_values, "planned_values")) {
      const address = this.text(resource, "address", "planned_values");
      if (this.addresses.has(address)) throw new InputError(this.path, `planned_values has ${address} twice`);
      const change = this.changes.get(address);
      this.add(resource, module, change, kindOf(change));
    }
  }

  /** What is in the changes alone: deletions, and everything if the plan carries no planned values. */
  private addUnplanned(change: JsonObject): void {
    const kind = kindOf(change);
    if (kind === "no-op" && !isJsonObject(changeOf(change).after)) return;
    this.add(change, moduleOf(change), change, kind);
  }

  /** Data sources that were read while planning, and what stands and stays as it is. */
  private addPrior(): void {
    const prior = isJsonObject(this.body.prior_state) ? this.body.prior_state.values : undefined;
    for (const [resource, module] of this.laidOut(prior, "prior_state")) {
      const suffix = typeof resource.deposed_key === "string" ? ` (deposed object ${resource.deposed_key})` : "";
      if (!this.addresses.has(textOf(resource.address) + suffix))
        this.add(resource, module, "prior", undefined, suffix);
    }
  }

  private addDeferred(): void {
    for (const deferred of this.objects("deferred_changes")) {
      const change = deferred.resource_change;
      if (!isJsonObject(change)) continue;
      const address = this.text(change, "address", "deferred_changes");
      this.evaluation.report(
        { resource: address },
        "unknown-value",
        `the plan defers it to a later one (${textOf(deferred.reason)})`,
      );
      if (!this.addresses.has(address)) this.add(change, moduleOf(change), change, kindOf(change));
    }
    if (this.body.errored === true) {
      this.evaluation.report(
        { resource: "plan" },
        "unresolved-reference",
        "the plan ended with an error and shows only a part of the changes",
      );
    }
  }

  private add(
    entry: JsonObject,
    module: string,
    from: JsonObject | "prior" | undefined,
    kind: Change | undefined,
    suffix = "",
  ): void {
    const change = from === "prior" ? undefined : from;
    const address = this.text(entry, "address", "the plan") + suffix;
    const type = this.text(entry, "type", address);
    const name = this.text(entry, "name", address);
    const mode = modeOf(entry.mode);
    const key = typeof entry.index === "string" || typeof entry.index === "number" ? entry.index : undefined;
    const { after, before, after_unknown: mask, after_sensitive: marks, before_sensitive: earlier } = changeOf(change);
    const gone = kind === "delete" || kind === "forget";
    const values = gone ? before : (entry.values ?? after);
    const at = this.standpoint(module);
    const configured = at && this.configured(at, mode, type, name, key);
    const sensitive = markedPaths((gone ? earlier : (marks ?? entry.sensitive_values)) ?? false);
    const resource: Mutable<Resource> = {
      address,
      mode,
      type,
      name,
      module,
      stack: this.stack,
      values: isJsonObject(values) ? (values as Values) : {},
      provider: this.providers.of(configured?.body, module, entry.provider_name),
    };
    if (key !== undefined) resource.key = key;
    if (kind !== undefined) resource.change = kind;
    if (sensitive.length > 0) resource.sensitive = sensitive;
    this.addresses.add(address);
    this.resources.push(resource);
    if (gone) return;
    const expressions = configured && (isJsonObject(configured.body.expressions) ? configured.body.expressions : {});
    const standpoint = configured?.at ?? { module: this.root ?? new PlannedModule({}), address: module, key };
    const planned = {
      resource,
      mask: from ? mask : this.impliedMask(mode, resource.values, expressions),
      configured: { at: standpoint, expressions, document: type === "aws_iam_policy_document" },
      body: configured?.body,
      completed: false,
    };
    this.planned.push(planned);
    this.byResource.set(resource, planned);
  }

  private readonly standpoints = new Map<string, Standpoint | undefined>();

  private standpoint(module: string): Standpoint | undefined {
    if (!this.standpoints.has(module)) {
      const found = this.root?.at(module);
      this.standpoints.set(module, found && { module: found, address: module });
    }
    return this.standpoints.get(module);
  }

  private configured(
    at: Standpoint,
    mode: Mode,
    type: string,
    name: string,
    key: string | number | undefined,
  ): { body: JsonObject; at: Standpoint } | undefined {
    const body = at.module.resources.get(`${mode === "data" ? "data." : ""}${type}.${name}`);
    if (!body) return undefined;
    return { body, at: key === undefined ? at : { ...at, key, forEach: body.for_each_expression } };
  }

  /** A planned resource without a change shows nothing where a value is unknown: then its expressions tell. */
  private impliedMask(mode: Mode, values: Values, expressions: JsonObject | undefined): Json | undefined {
    if (mode !== "managed" || !expressions) return undefined;
    const mask: JsonObject = {};
    for (const name of Object.keys(expressions)) {
      const expression = expressions[name];
      const absent = !Object.hasOwn(values, name) || values[name] === null;
      if (absent && isJsonObject(expression) && Array.isArray(expression.references)) mask[name] = true;
    }
    return mask;
  }

  private finish(): void {
    this.sharper = this.sharpened();
    for (const one of this.planned) this.complete(one);
    this.providers.finish(this.planned);
    const added = [...this.providers.resources(), ...this.provisioners(), ...this.actions()];
    for (const resource of added) this.resources.push(resource);
  }

  /** Puts in what is unknown; a value may be made of that of another resource, which then comes first. */
  private complete(one: Planned): void {
    if (one.completed) return;
    one.completed = true;
    const { resource, mask, configured } = one;
    if (mask === undefined) return;
    const { mode, type, address } = resource;
    const { sharper } = this;
    const evaluated = sharper && ((name: string) => sharper.value(address, name));
    resource.values = this.values.complete(resource.values, mask, schemaOf(mode, type), configured, evaluated);
  }

  /** What references may denote: everything that stays, complete when it is asked for. */
  private completing(): PlannedResources {
    return {
      all: this.planned.map(({ resource }) => resource),
      complete: (resource) => this.complete(this.byResource.get(resource)!),
    };
  }

  private sharpened(): Sharpened | undefined {
    if (!this.configuration) return undefined;
    const byAddress = new Map(this.resources.map((resource) => [resource.address, resource]));
    const known = (address: string, name: string): Value | undefined => {
      const resource = byAddress.get(address);
      if (!resource || !Object.hasOwn(resource.values, name)) return undefined;
      const mask = this.byResource.get(resource)?.mask;
      const value = resource.values[name];
      return value === null || (isJsonObject(mask) && marksAny(mask[name])) ? undefined : value;
    };
    const variables = isJsonObject(this.body.variables) ? this.body.variables : {};
    return new Sharpened(this.configuration, this.stack, variables, byAddress, known, this.options.defaultRegion);
  }

  private provisioners(): Resource[] {
    const found: Resource[] = [];
    for (const { resource, configured, body } of this.planned) {
      if (body?.provisioners === undefined) continue;
      asList(body.provisioners).forEach((provisioner, index) => {
        found.push({
          address: `${resource.address}.provisioner[${index}]`,
          mode: "provisioner",
          type: textOf(provisioner.type),
          name: String(index),
          module: resource.module,
          stack: this.stack,
          values: this.values.expressions(
            isJsonObject(provisioner.expressions) ? provisioner.expressions : {},
            configured.at,
          ),
          provider: resource.provider,
        });
      });
    }
    return found;
  }

  /** Actions that this plan invokes (Terraform 1.14). */
  private actions(): Resource[] {
    const found = new Map<string, Resource>();
    for (const action of this.objects("action_invocations")) {
      const address = this.text(action, "address", "action_invocations");
      const type = this.text(action, "type", address);
      const name = this.text(action, "name", address);
      const module = moduleOf(action);
      const at = this.standpoint(module) ?? { module: this.root ?? new PlannedModule({}), address: module };
      const values = isJsonObject(action.config_values) ? (action.config_values as Values) : {};
      found.set(address, {
        address,
        mode: "action",
        type,
        name,
        module,
        stack: this.stack,
        values: this.values.complete(values, action.config_unknown, undefined, { at }),
        provider: this.providers.of(undefined, module, action.provider_name),
      });
    }
    return [...found.values()];
  }
}

const listIn = (object: JsonObject, key: string): Json[] => (Array.isArray(object[key]) ? (object[key] as Json[]) : []);

const changeOf = (change: JsonObject | undefined): JsonObject =>
  change && isJsonObject(change.change) ? change.change : {};

function modeOf(mode: Json | undefined): Mode {
  return mode === "data" || mode === "ephemeral" ? mode : "managed";
}

function kindOf(change: JsonObject | undefined): Change | undefined {
  const { actions } = changeOf(change);
  if (!Array.isArray(actions)) return undefined;
  if (actions.length > 1) return actions.includes("create") ? "replace" : "delete";
  const [action] = actions;
  return typeof action === "string" && (known as readonly string[]).includes(action) ? (action as Change) : undefined;
}

const known: readonly Change[] = ["create", "update", "replace", "delete", "no-op", "read", "forget"];

const moduleOf = (change: JsonObject): string =>
  typeof change.module_address === "string" ? change.module_address : "";
