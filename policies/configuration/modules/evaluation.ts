/** What all modules of one configuration share while it is evaluated. */

import { InputError } from "../errors";
import { evaluateTemplate } from "../expression";
import { ExpressionError, Failure } from "../expression/errors";
import type { Scope } from "../expression/scope";
import { constructed } from "../expression/types";
import type { Json } from "../json";
import type { Position, Undecided, UndecidedReason } from "../resource";
import { put } from "../schema/convert";
import { isUnknown, Unknown, type Value } from "../value";
import { placeOf } from "./module";

/** Values of `terraform_remote_state`: the outputs of another configuration that was read, by its backend. */
export type RemoteOutputs = (
  backend: string,
  config: Value,
  workspace: Value,
) => ((output: string) => Value | undefined) | undefined;

export interface EvaluationOptions {
  /** The region of a provider block that names none. */
  readonly defaultRegion?: string;
  readonly workspace?: string;
  /** Attributes that a plan shows, which are what they will be whatever the configuration says. */
  readonly known?: (address: string, attribute: string) => Value | undefined;
}

/** Where something is declared: a block, or an argument of it. */
export interface Place {
  readonly position: Position;
  readonly argument?: string;
}

function placeIn(place: Place | undefined): { file?: string; line?: string } {
  if (!place) return {};
  const { position, argument } = place;
  const line = argument === undefined ? undefined : position.attributes?.[argument];
  return { file: position.file, line: line === undefined ? placeOf(position) : String(line) };
}

/** What an expression belongs to, for messages. */
export interface Site {
  readonly resource: string;
  readonly attribute?: string;
}

/** More instances than any plan has; a `count` beyond it is a mistake or an attack. */
export const maximalInstances = 100_000;

/** Values that are made of each other can be larger than any memory when they are walked; none that is meant comes near. */
const maximalBlocks = 200_000;
const maximalNodes = 250_000;
const maximalTotal = 20_000_000;
const maximalRounds = 3_000_000;

export class Evaluation {
  readonly undecided: Undecided[] = [];
  readonly rounds = { left: maximalRounds };
  private readonly active = new Map<string, { readonly text: string; readonly place?: Place }>();
  private readonly reported = new Set<string>();
  private instances = 0;
  private blocks = 0;
  private nodes = 0;

  constructor(
    /** Name of the input; see Resource.stack. */
    readonly stack: string,
    /** The file or folder that messages name. */
    readonly path: string,
    readonly options: EvaluationOptions,
    readonly remoteOutputs: RemoteOutputs,
  ) {}

  /** Notes something that could not be seen, once. */
  report(site: Site, reason: UndecidedReason, message: string): void {
    const key = JSON.stringify([site.resource, site.attribute, reason, message]);
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.undecided.push({ ...site, stack: this.stack, reason, message });
  }

  /** Evaluates what may refer to itself over a circle; `text` and `place` tell where, `key` identifies it. */
  guarded<T>(key: string, text: string, compute: () => T, place?: Place): T {
    if (this.active.has(key)) {
      const entries = [...this.active.entries()];
      const circle = entries.slice(entries.findIndex(([name]) => name === key)).map(([, entry]) => entry);
      const { file = this.path, line } = placeIn(circle[0].place);
      const message = `a cycle of references: ${[...circle.map((one) => one.text), text].join(" -> ")}`;
      throw new InputError(file, message, line);
    }
    this.active.set(key, { text, ...(place && { place }) });
    try {
      return compute();
    } finally {
      this.active.delete(key);
    }
  }

  /** Whether what is being computed has used a sensitive value. */
  private sensitive = false;

  /** Notes that a sensitive value is used. */
  useSensitive(): void {
    this.sensitive = true;
  }

  /** Computes a value and tells whether sensitive ones went into it; whoever asked for it uses them too. */
  tracked<T>(compute: () => T): { readonly value: T; readonly sensitive: boolean } {
    const outer = this.sensitive;
    this.sensitive = false;
    try {
      const value = compute();
      return { value, sensitive: this.sensitive };
    } finally {
      this.sensitive ||= outer;
    }
  }

  countInstance(): void {
    if (++this.instances > maximalInstances) {
      throw new InputError(this.path, `declares more than ${maximalInstances} instances`);
    }
  }

  countBlocks(count: number): void {
    this.blocks += count;
    if (this.blocks > maximalBlocks) {
      throw new InputError(this.path, `its dynamic blocks make more than ${maximalBlocks} blocks`);
    }
  }

  /** The value, unless walking it would not come to an end: then an unknown one. */
  bounded(value: Value, site: Site): Value {
    if (typeof value !== "object" || value === null) return value;
    const size = nodesIn(value, Math.min(maximalNodes, maximalTotal - this.nodes));
    this.nodes += size;
    if (size < maximalNodes && this.nodes < maximalTotal) return value;
    this.report(site, "unknown-value", "the value is too large to be looked at");
    return new Unknown("too large to be looked at");
  }

  /** The value of a JSON expression: strings are templates, keys of objects too. */
  value(json: Json, scope: Scope, site: Site): Value {
    if (typeof json === "string") return this.template(json, scope, site);
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) return constructed(json.map((item) => this.value(item, scope, site)));
    const result: Record<string, Value> = {};
    for (const key of Object.keys(json)) {
      const name = this.template(key, scope, site);
      if (isUnknown(name)) {
        return new Unknown(`the name of a key of it is not known (${name.why})`, { references: name.references });
      }
      put(result, String(name), this.value(json[key], scope, site));
    }
    return constructed(result);
  }

  private template(text: string, scope: Scope, site: Site): Value {
    if (!text.includes("${") && !text.includes("%{")) return text;
    if (/\bsensitive\s*\(/.test(text)) this.useSensitive();
    try {
      return evaluateTemplate(text, scope);
    } catch (error) {
      if (!(error instanceof ExpressionError || error instanceof Failure)) throw error;
      const why = `${shortened(text)}: ${error.message}`;
      this.report(site, "unknown-value", `the expression can't be evaluated: ${why}`);
      return new Unknown(`can't be evaluated: ${why}`);
    }
  }
}

const shortened = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);

/** Number of values in a value, not counted beyond a limit. */
function nodesIn(value: Value, limit: number): number {
  let count = 1;
  const inner: (Value | undefined)[] = isUnknown(value)
    ? [value.json, ...(value.parts ?? []), ...(value.candidates ?? [])]
    : typeof value === "object" && value !== null
      ? Object.values(value)
      : [];
  for (const one of inner) {
    if (count >= limit) return count;
    count += one === undefined ? 0 : nodesIn(one, limit - count);
  }
  return count;
}
