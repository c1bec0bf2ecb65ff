/** The provider configurations of a plan. */

import { isJsonObject, type Json, type JsonObject } from "../json";
import { credentials, impliedSource, providerName } from "../modules/providers";
import type { Provider, Resource } from "../resource";
import { put } from "../schema/convert";
import { isUnknown, Unknown, type Value, type Values } from "../value";
import type { PlannedModule } from "./configuration";
import type { PlanReferences, Standpoint } from "./references";
import { PlanValues } from "./values";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Entry {
  readonly key: string;
  readonly body: JsonObject;
  readonly provider: Mutable<Provider>;
}

export class PlanProviders {
  private readonly entries = new Map<string, Entry>();
  private readonly implied = new Map<string, Provider>();

  constructor(
    private readonly stack: string,
    configs: JsonObject,
    private readonly root: PlannedModule,
    private readonly references: PlanReferences,
    private readonly defaultRegion: string | undefined,
  ) {
    for (const key of Object.keys(configs)) {
      const body = configs[key];
      if (!isJsonObject(body)) continue;
      const localName = typeof body.name === "string" ? body.name : key;
      const source = typeof body.full_name === "string" ? body.full_name : impliedSource(localName);
      const provider = {
        name: providerName(localName, source),
        ...(source && { source }),
        ...(typeof body.alias === "string" && { alias: body.alias }),
        values: {},
      };
      this.entries.set(key, { key, body, provider });
    }
  }

  /** The provider of a resource by its configuration, else by the name that the plan gives it. */
  of(resource: JsonObject | undefined, module: string, name: Json | undefined): Provider {
    const key = resource?.provider_config_key;
    const entry = typeof key === "string" ? this.entry(key, module) : undefined;
    if (entry) return entry.provider;
    const source = typeof name === "string" && name.includes("/") ? name : undefined;
    return this.byName(providerName(typeof name === "string" ? name : "aws", source), source);
  }

  /**
   * Keys are `aws` or `aws.london` at the root, `module.a:aws` in a module (`a:aws` before Terraform 1.1). An entry of
   * a module that configures nothing stands for what the caller hands down.
   */
  private entry(key: string, module: string): Entry | undefined {
    const colon = key.lastIndexOf(":");
    if (colon === -1) return this.entries.get(key);
    const local = key.slice(colon + 1);
    const path = [...module.matchAll(/module\.[\p{L}\p{N}_-]+/gu)].map((match) => match[0]);
    const own = this.entries.get(key) ?? this.entries.get(`${path.join(".")}:${local}`);
    if (own && isJsonObject(own.body.expressions)) return own;
    for (let length = path.length - 1; length > 0; length--) {
      const outer = this.entries.get(`${path.slice(0, length).join(".")}:${local}`);
      if (outer && isJsonObject(outer.body.expressions)) return outer;
    }
    // Which alias was handed down is not in the plan; with one configuration at the root there is no choice.
    const ofRoot = [...this.entries.values()].filter(
      (entry) => !entry.key.includes(":") && entry.body.name === local.split(".")[0],
    );
    return ofRoot.length === 1 ? ofRoot[0] : undefined;
  }

  private byName(name: string, source: string | undefined): Provider {
    let provider = this.implied.get(name);
    if (!provider) {
      const same = [...this.entries.values()].filter(
        (entry) => entry.provider.name === name && !entry.key.includes(":"),
      );
      provider =
        same.length === 1 ? same[0].provider : { name, ...(source && { source }), values: this.severalRegions(same) };
      this.implied.set(name, provider);
    }
    return provider;
  }

  /** With several configurations to choose from, the region is that of one of them. */
  private severalRegions(entries: readonly Entry[]): Values {
    if (entries.length === 0) return {};
    return { region: new Unknown("the plan does not show which of several provider configurations is used") };
  }

  /** Fills the configurations; after the resources, whose regions may tell that of the provider. */
  finish(planned: readonly { readonly resource: Resource }[]): void {
    const values = new PlanValues(this.references);
    for (const { body, provider } of this.entries.values()) {
      const at: Standpoint = this.standpoint(body);
      const expressions = isJsonObject(body.expressions) ? body.expressions : {};
      const known: Record<string, Value> = { ...values.expressions(expressions, at) };
      const region = Object.hasOwn(known, "region") ? known.region : null;
      if (isUnknown(region)) {
        const shown = regionOfResources(provider, planned);
        if (shown !== undefined) put(known, "region", shown);
        // A local value does not stand in a plan; the default region is given for just that.
        else if (this.defaultRegion !== undefined) {
          put(known, "region", this.defaultRegion);
          provider.regionAssumed = true;
        }
      }
      provider.values = known;
    }
  }

  private standpoint(body: JsonObject): Standpoint {
    const address = typeof body.module_address === "string" ? body.module_address : "";
    return { module: this.root.at(address) ?? this.root, address };
  }

  /** The blocks that are written out. */
  resources(): Resource[] {
    return [...this.entries.values()]
      .filter(({ body }) => isJsonObject(body.expressions))
      .map(({ body, provider }) => {
        const module = typeof body.module_address === "string" ? body.module_address : "";
        const local = typeof body.name === "string" ? body.name : provider.name;
        const address = `${module === "" ? "" : `${module}.`}provider.${local}${provider.alias ? `.${provider.alias}` : ""}`;
        return {
          address,
          mode: "provider" as const,
          type: provider.name,
          name: provider.alias ?? provider.name,
          module,
          stack: this.stack,
          values: provider.values,
          provider,
          sensitive: credentials,
        };
      });
  }
}

/** From version 6 of the AWS provider on, planned resources show their region: the provider's, where they have no own. */
function regionOfResources(
  provider: Provider,
  planned: readonly { readonly resource: Resource }[],
): string | undefined {
  const regions = new Set<string>();
  for (const { resource } of planned) {
    if (resource.provider !== provider) continue;
    const region = Object.hasOwn(resource.values, "region") ? resource.values.region : undefined;
    if (typeof region === "string") regions.add(region);
  }
  return regions.size === 1 ? [...regions][0] : undefined;
}
