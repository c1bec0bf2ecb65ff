/** What an expression is evaluated in: the names it may refer to. The owner of the configuration provides it. */
import { Unknown, type Value } from "../value";
import type { Place } from "./errors";

export type Step =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "index"; readonly key: Value };

/** `aws_s3_bucket.a.arn`: the root `aws_s3_bucket` and two attribute steps. */
export interface Traversal {
  readonly root: string;
  readonly steps: readonly Step[];
  readonly at?: Place;
}

export interface Scope {
  /**
   * The value that a traversal denotes, after all of its steps (`access` takes the steps that lead into a value).
   * Throws `Failure` or `ExpressionError` if there is no such thing. Keys of index steps are known.
   */
  resolve(traversal: Traversal): Value;
  /** The folder that relative paths start from: Terraform's working directory. Without it no file is read. */
  readonly baseDir?: string;
  /** The folder that no path may leave; `baseDir` if absent. */
  readonly rootDir?: string;
  /** How many rounds all loops of the configuration may still take. */
  readonly rounds?: { left: number };
}

/**
 * An object that is not known as a whole and whose attributes can be asked one by one: a resource, a data source.
 * `attribute` throws `Failure` if there is none of that name.
 */
export class Deferred extends Unknown {
  constructor(
    why: string,
    init: ConstructorParameters<typeof Unknown>[1],
    readonly attribute: (name: string) => Value,
  ) {
    super(why, init);
  }
}
