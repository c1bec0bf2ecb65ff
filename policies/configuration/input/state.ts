/** A state: as it lies on the disk (format 4) or as `terraform show -json` prints it. Everything in it exists. */

import { InputError } from "../errors";
import { isJsonObject, type Json, type JsonObject, textOf } from "../json";
import { keyText } from "../modules/instances";
import { markedPaths } from "../modules/marks";
import { impliedSource, providerName } from "../modules/providers";
import type { Mode, Provider, Resource, Undecided } from "../resource";
import { put } from "../schema/convert";
import { type BlockSchema, hasRegionOverride, schemaOf } from "../schema/schema";
import type { Values } from "../value";

export function readState(
  path: string,
  stack: string,
  body: JsonObject,
): { resources: Resource[]; undecided: readonly Undecided[] } {
  return new StateReader(path, stack).read(body);
}

class StateReader {
  private readonly resources: Resource[] = [];
  private readonly addresses = new Set<string>();
  private readonly providers = new Map<string, Provider>();

  constructor(
    private readonly path: string,
    private readonly stack: string,
  ) {}

  read(body: JsonObject): { resources: Resource[]; undecided: readonly Undecided[] } {
    if (Object.hasOwn(body, "format_version")) this.readShown(body);
    else this.readRaw(body);
    return { resources: this.resources, undecided: [] };
  }

  private readShown(body: JsonObject): void {
    const values = isJsonObject(body.values) ? body.values : {};
    const modules = isJsonObject(values.root_module) ? [values.root_module] : [];
    for (let module = modules.pop(); module; module = modules.pop()) {
      const address = typeof module.address === "string" ? module.address : "";
      for (const entry of this.objects(module.resources, "resources")) {
        const suffix = typeof entry.deposed_key === "string" ? ` (deposed object ${entry.deposed_key})` : "";
        const full = this.text(entry, "address") + suffix;
        const hidden = markedPaths(entry.sensitive_values ?? false);
        this.add(entry, address, full, entry.index, entry.values, entry.provider_name, hidden);
      }
      modules.push(...this.objects(module.child_modules, "child_modules"));
    }
  }

  private readRaw(body: JsonObject): void {
    if (body.version !== 4) {
      throw new InputError(
        this.path,
        `is a state of format ${textOf(body.version)}; format 4 (Terraform 0.12 and later) can be read`,
      );
    }
    for (const entry of this.objects(body.resources, "resources")) {
      const module = typeof entry.module === "string" ? entry.module : "";
      const type = this.text(entry, "type");
      const name = this.text(entry, "name");
      const local = `${entry.mode === "data" ? "data." : ""}${type}.${name}`;
      for (const instance of this.objects(entry.instances, "instances")) {
        const key = instance.index_key;
        const index = typeof key === "string" || typeof key === "number" ? keyText(key) : "";
        const suffix = typeof instance.deposed === "string" ? ` (deposed object ${instance.deposed})` : "";
        const address = `${module === "" ? "" : `${module}.`}${local}${index}${suffix}`;
        this.add(
          entry,
          module,
          address,
          key,
          undressed(instance.attributes, schemaOf(entry.mode === "data" ? "data" : "managed", type)),
          entry.provider,
          sensitivePaths(instance.sensitive_attributes),
        );
      }
    }
  }

  private add(
    entry: JsonObject,
    module: string,
    address: string,
    key: Json | undefined,
    values: Json | undefined,
    provider: Json | undefined,
    sensitive: string[] = [],
  ): void {
    if (this.addresses.has(address)) throw new InputError(this.path, `has ${address} twice`);
    this.addresses.add(address);
    const mode: Mode = entry.mode === "data" ? "data" : "managed";
    const type = this.text(entry, "type");
    const own = isJsonObject(values) ? (values as Values) : {};
    this.resources.push({
      address,
      mode,
      type,
      name: this.text(entry, "name"),
      ...((typeof key === "string" || typeof key === "number") && { key }),
      module,
      stack: this.stack,
      values: own,
      provider: this.provider(provider, mode === "managed" ? regionInArn(type, own) : undefined),
      ...(sensitive.length > 0 && { sensitive }),
    });
  }

  /**
   * `provider["registry.terraform.io/hashicorp/aws"].london` in a raw state, a source address in a shown one. The
   * arguments of the provider are in neither; resources of version 6 carry their region themselves.
   */
  private provider(text: Json | undefined, region: string | undefined): Provider {
    const name = typeof text === "string" ? text : "aws";
    const key = JSON.stringify([name, region]);
    let provider = this.providers.get(key);
    if (!provider) {
      const match =
        /(?:^|\.)provider\["([^"]+)"\](?:\.(.+))?$/.exec(name) ?? /(?:^|\.)provider\.([\w-]+)(?:\.(.+))?$/.exec(name);
      const source = match ? match[1] : name;
      const full = source.includes("/") ? source : impliedSource(source);
      provider = {
        name: providerName(source, full),
        ...(full && { source: full }),
        ...(match?.[2] && { alias: match[2] }),
        values: region === undefined ? {} : { region },
      };
      this.providers.set(key, provider);
    }
    return provider;
  }

  private objects(value: Json | undefined, what: string): JsonObject[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || !value.every(isJsonObject))
      throw new InputError(this.path, `${what} must be a list of objects`);
    return value;
  }

  private text(object: JsonObject, key: string): string {
    const value = object[key];
    if (typeof value !== "string") throw new InputError(this.path, `a resource has no ${key}`);
    return value;
  }
}

/**
 * Resources whose type has no `region` that would override the provider's are made in the provider's region, which the
 * ARN that AWS gave them names (arn:partition:service:region:account:resource,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).
 */
function regionInArn(type: string, { arn }: Values): string | undefined {
  const attribute = schemaOf("managed", type)?.attributes.arn;
  // Where `arn` is an argument it may be the ARN of something else.
  if (!attribute || attribute.required || attribute.optional || hasRegionOverride("managed", type)) return undefined;
  return typeof arn === "string" ? /^arn:[\w-]+:[\w-]+:([a-z][a-z0-9-]+):/.exec(arn)?.[1] : undefined;
}

/** Attributes of any type are written with their type, `{"value": …, "type": …}`; the value alone is what they are. */
function undressed(attributes: Json | undefined, schema: BlockSchema | undefined): Json | undefined {
  if (!isJsonObject(attributes)) return attributes;
  let copy: JsonObject | undefined;
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    const typed = isJsonObject(value) && Object.keys(value).sort().join() === "type,value";
    if (!typed || (schema && schema.attributes[name]?.type !== "any")) continue;
    copy ??= { ...attributes };
    put(copy, name, value.value);
  }
  return copy ?? attributes;
}

/** `sensitive_attributes` holds paths as lists of steps. */
function sensitivePaths(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter(Array.isArray).map((steps) =>
    steps.filter(isJsonObject).reduce((at, step) => {
      const key = isJsonObject(step.value) ? step.value.value : step.value;
      if (step.type === "get_attr") return at === "" ? textOf(key) : `${at}.${textOf(key)}`;
      return `${at}[${JSON.stringify(key)}]`;
    }, ""),
  );
}
