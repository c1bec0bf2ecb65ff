/** The one shape that every reader produces: cdktf output, Terraform JSON, HCL, plan, state, Pulumi. */
import type { Value, Values } from "./value";

/**
 * What kind of thing an address denotes. Beside resources, everything that can act at the top level of a configuration
 * is a thing with a type of its own, so that one closed world holds them all.
 */
export type Mode = "managed" | "data" | "ephemeral" | "action" | "provider" | "backend" | "provisioner" | "module";

export type Change = "create" | "update" | "replace" | "delete" | "no-op" | "read" | "forget";

/** A place in a source file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Lines of its top-level arguments and blocks, where the source was looked through for them. */
  readonly attributes?: Readonly<Record<string, number>>;
  /** The construct path, for what cdktf synthesized. */
  readonly construct?: string;
}

/** A provider configuration after its alias has been resolved. */
export interface Provider {
  /** `aws`, `google`, …: the local name's type, taken from the source address where there is one. */
  readonly name: string;
  /** `registry.terraform.io/hashicorp/aws`, if declared. */
  readonly source?: string;
  readonly alias?: string;
  /** The arguments of the provider block; empty if there is none. */
  readonly values: Values;
  /** The block names a region that can't be seen; `values` holds the default region in its place. */
  readonly regionAssumed?: true;
}

/** What an `import` block says of the thing that it takes up, as far as that is written out. */
export interface Imported {
  /** What an id is differs by type. */
  readonly id?: string;
  /** Where it stands before any change. */
  readonly region?: string;
}

export interface Resource {
  /** Terraform's address: `module.a.aws_x.y["k"]`, `data.aws_region.here`, `action.aws_sns_publish.n`, `provider.aws.london`. */
  readonly address: string;
  readonly mode: Mode;
  /** `aws_s3_bucket`; `local-exec` for a provisioner, `s3` for a backend, `aws` for a provider. */
  readonly type: string;
  readonly name: string;
  /** The key of a `for_each` or the index of a `count`. */
  readonly key?: string | number;
  /** Address of the enclosing module, empty at the root. */
  readonly module: string;
  /** Which input (stack, plan, folder) it comes from; addresses are unique within one. */
  readonly stack: string;
  /**
   * Attributes and blocks; blocks are lists of objects whatever the source wrote (only `timeouts`, of which the
   * schema allows a single one, is an object). Meta-arguments (`count`, `provider`, `lifecycle`, …) are not among them.
   */
  readonly values: Values;
  readonly provider: Provider;
  /**
   * The `lifecycle` block: `ignore_changes`, `replace_triggered_by` and the `actions` of each `action_trigger` as the
   * plain text of what they name; `[{ ignore_changes: ["tags"] }]` is `{ ignore_changes: ["tags"] }`.
   */
  readonly lifecycle?: Values;
  /** Present if it is not known whether there is such an instance at all (its `count` or `for_each` is not known): why. */
  readonly conditional?: string;
  /** Present if an `import` block takes it up: it exists already. */
  readonly imported?: Imported;
  readonly source?: Position;
  /** What a plan does with it. */
  readonly change?: Change;
  /** Paths whose values must never be printed, as in `Found.at`; "" for everything. */
  readonly sensitive?: readonly string[];
}

export type InputKind = "plan" | "configuration" | "cdktf" | "state" | "hcl" | "pulumi";

export interface Input {
  readonly path: string;
  readonly sha256: string;
  readonly kind: InputKind;
}

/** Why a verdict can't be given on something; the words are the contract's. */
export type UndecidedReason =
  | "unmodelled-type"
  | "unmodelled-attribute"
  | "unmodelled-block"
  | "unknown-value"
  | "unresolved-reference"
  | "foreign-provider";

export interface Undecided {
  /** Address of the thing it is about. */
  readonly resource: string;
  readonly stack?: string;
  readonly attribute?: string;
  readonly reason: UndecidedReason;
  readonly message: string;
}

/** Everything that was read, as one. */
export interface Configuration {
  readonly inputs: readonly Input[];
  readonly resources: readonly Resource[];
  /** What the readers could not see. */
  readonly undecided: readonly Undecided[];
  /** The trust file that lay beside the input (`cdktf.out/trust.json`), parsed but not yet validated. */
  readonly trust?: { readonly path: string; readonly content: unknown };
}

/** The key of a thing in the table of models: the type itself if managed, else `data.aws_region`, `backend.s3`, … */
export const modelKey = (resource: Pick<Resource, "mode" | "type">): string =>
  resource.mode === "managed" ? resource.type : `${resource.mode}.${resource.type}`;

/** An attribute's value, with absent and null made one. */
export const attribute = (resource: Resource, name: string): Value =>
  Object.hasOwn(resource.values, name) ? resource.values[name] : null;
