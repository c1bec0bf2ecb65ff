/** Provider configurations of a module: declared, handed down by the module's caller, or implied. */

import type { Scope } from "../expression/scope";
import type { Provider, Resource } from "../resource";
import { put } from "../schema/convert";
import { type BlockSchema, schemaOf } from "../schema/schema";
import type { Value } from "../value";
import { evaluateMember, namesIn } from "./body";
import type { Evaluation } from "./evaluation";
import type { Declaration } from "./module";
import { sourceAddress } from "./module";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Arguments that hold credentials; a report never prints them. */
export const credentials: readonly string[] = ["access_key", "secret_key", "token"];

const notArguments = new Set(["//", "dynamic", "alias", "version", "for_each"]);

/**
 * The name by which models know a provider. One that is not HashiCorp's own is named with its namespace: whoever
 * publishes `someone/aws` may do with the arguments what they like.
 */
export function providerName(localName: string, source: string | undefined): string {
  if (source === undefined) return localName;
  const [host, namespace, type] = source.split("/");
  const official = namespace === "hashicorp" && (host === "registry.terraform.io" || host === "registry.opentofu.org");
  if (official || (host === "terraform.io" && namespace === "builtin")) return type;
  return `${namespace}/${type}`;
}

/** One configuration of a provider; `provider` is there from the start and filled by `finish`. */
export class ProviderInstance {
  readonly provider: Provider;
  private readonly schema: BlockSchema | undefined;
  private readonly known = new Map<string, Value>();
  private readonly sensitive = new Set<string>();

  constructor(
    private readonly evaluation: Evaluation,
    private readonly scope: Scope,
    private readonly module: string,
    localName: string,
    source: string | undefined,
    private readonly declaration?: Declaration,
  ) {
    const name = providerName(localName, source);
    const alias = declaration?.body.alias;
    this.provider = { name, ...(source && { source }), ...(typeof alias === "string" && { alias }), values: {} };
    this.schema = name === "aws" ? schemaOf("provider", "aws") : undefined;
  }

  /** Whether no block declares it. */
  get isImplied(): boolean {
    return this.declaration === undefined;
  }

  get address(): string {
    const { alias } = this.provider;
    const local = this.declaration?.labels[0] ?? this.provider.name;
    return `${this.module === "" ? "" : `${this.module}.`}provider.${local}${alias === undefined ? "" : `.${alias}`}`;
  }

  /** An argument of the block; null if it has none. */
  argument(name: string): Value {
    if (!this.declaration || !namesIn(this.declaration.body, notArguments).includes(name)) return null;
    let value = this.known.get(name);
    if (value === undefined) {
      const { body, position } = this.declaration;
      const text = `${this.address}.${name}`;
      const site = { resource: this.address, attribute: name };
      const found = this.evaluation.tracked(() =>
        this.evaluation.guarded(
          text,
          text,
          () => evaluateMember(body, name, this.schema, this.scope, this.evaluation, site),
          { position, argument: name },
        ),
      );
      value = this.evaluation.bounded(found.value, site);
      this.known.set(name, value);
      if (found.sensitive) this.sensitive.add(name);
    }
    return value;
  }

  /** Fills the provider; the resource that stands for the block, if one is written. */
  finish(): Resource[] {
    if (!this.declaration) return [];
    const values: Record<string, Value> = {};
    for (const name of namesIn(this.declaration.body, notArguments)) put(values, name, this.argument(name));
    (this.provider as Mutable<Provider>).values = values;
    return [
      {
        address: this.address,
        mode: "provider",
        type: this.provider.name,
        name: this.provider.alias ?? this.provider.name,
        module: this.module,
        stack: this.evaluation.stack,
        values,
        provider: this.provider,
        source: this.declaration.position,
        sensitive: [...new Set([...credentials, ...this.sensitive])],
      },
    ];
  }
}

/** The source that Terraform takes for a local name that nothing declares. */
export const impliedSource = (localName: string): string | undefined =>
  localName === "terraform"
    ? "terraform.io/builtin/terraform"
    : localName === "aws"
      ? undefined
      : sourceAddress(localName);
