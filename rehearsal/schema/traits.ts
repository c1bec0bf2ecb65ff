/**
 * What the generated modules do not tell of a type: which arguments that may be left out the provider fills in, what it
 * fills in, which changes replace the resource, which values are secret, which documents it writes anew. scripts/traits.ts
 * measures it by asking a real provider, and writes measured.json.
 */
import type { Value } from "../protocol/value";
import type { JsonForm } from "./json-text";
import type { Mode } from "./model";

/** Paths are names with dots between them; elements of lists and sets leave no mark. */
export interface Traits {
  /** Whether the type is made with the provider's newer framework, which plans collections differently from SDK 2. */
  readonly framework: boolean;
  readonly computed: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  readonly writeOnly: ReadonlySet<string>;
  readonly replace: ReadonlySet<string>;
  /** Attributes at the top that a change in place makes unknown, each with the arguments whose change does. */
  readonly recomputed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly defaults: ReadonlyMap<string, Value>;
  /** Arguments that are documents in JSON, with the form in which the provider plans them. */
  readonly json: ReadonlyMap<string, JsonForm>;
}

/** As it stands in the file; what is empty is left out. */
export interface WrittenTraits {
  readonly framework?: boolean;
  readonly computed?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly writeOnly?: readonly string[];
  readonly replace?: readonly string[];
  readonly recomputed?: Readonly<Record<string, readonly string[]>>;
  readonly defaults?: Readonly<Record<string, Value>>;
  readonly json?: Readonly<Record<string, JsonForm>>;
}

export interface TraitsFile {
  /** Version of the provider that was asked. */
  readonly provider: string;
  readonly types: Readonly<Record<string, WrittenTraits>>;
}

let file: TraitsFile | undefined;

/** Undefined if the type was not measured. */
export function traitsOf(mode: Mode, type: string): Traits | undefined {
  if (mode !== "managed") return undefined;
  file ??= require("./measured.json") as typeof import("./measured.json") as unknown as TraitsFile;
  if (!Object.hasOwn(file.types, type)) return undefined;
  const { framework = false, computed, sensitive, writeOnly, replace, recomputed, defaults, json } = file.types[type];
  return {
    framework,
    computed: new Set(computed),
    sensitive: new Set(sensitive),
    writeOnly: new Set(writeOnly),
    replace: new Set(replace),
    recomputed: new Map(Object.entries(recomputed ?? {}).map(([name, causes]) => [name, new Set(causes)])),
    defaults: new Map(Object.entries(defaults ?? {})),
    json: new Map(Object.entries(json ?? {})),
  };
}
