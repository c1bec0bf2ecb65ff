/** What a Pulumi program registers, as the process that runs it hands it back: plain JSON. */
import type { Json, JsonObject } from "../json";

/**
 * Where a value that only apply will tell comes from. In the graph it stands as a text of its own (`markerText`) in
 * every string that was made of it.
 */
export type Origin =
  | { readonly kind: "resource"; readonly urn: string }
  /** What a function of a provider answers. */
  | { readonly kind: "invoke"; readonly index: number }
  /** A resource that is looked up and not managed. */
  | { readonly kind: "read"; readonly name: string }
  /** A secret of the stack's configuration, which is encrypted. */
  | { readonly kind: "secret"; readonly name: string }
  /** Computed by the program in a way that is not followed; the numbers are the values that it used. */
  | { readonly kind: "computed"; readonly from: readonly number[] };

export interface Marker {
  readonly origin: Origin;
  /** Pulumi's names of properties, and indices. */
  readonly path: readonly string[];
}

export interface Registered {
  readonly urn: string;
  /** `aws:s3/bucket:Bucket` */
  readonly type: string;
  readonly name: string;
  /** False for a component, which is only its children. */
  readonly custom: boolean;
  /** A component that another process makes. */
  readonly remote: boolean;
  /** URN. */
  readonly parent?: string;
  /** URN and id of an explicit provider. */
  readonly provider?: string;
  /** URNs it had before. */
  readonly aliases: readonly string[];
  /** As on the wire: with the signatures of secrets, assets and archives. */
  readonly inputs: JsonObject;
  readonly ignoreChanges: readonly string[];
}

export interface Invoked {
  readonly token: string;
  readonly inputs: JsonObject;
  readonly provider?: string;
}

/** Something that the program does with a value it can't know yet, beyond what is followed. */
export interface Note {
  /** Number of a marker that it is about; -1 for the program as a whole. */
  readonly about: number;
  readonly message: string;
}

export interface Graph {
  readonly resources: readonly Registered[];
  readonly invokes: readonly Invoked[];
  readonly markers: readonly Marker[];
  readonly notes: readonly Note[];
}

/** What the process is asked to do; it is the first thing in its script. */
export interface Job {
  /** The program, bundled. */
  readonly program: string;
  /** The file that the bundle stands for, absolute. */
  readonly file: string;
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  /** By full key (`aws:region`). */
  readonly config: Readonly<Record<string, string>>;
  /** Full keys of encrypted values. */
  readonly secrets: readonly string[];
  /** Unguessable; part of every marker's text. */
  readonly nonce: string;
  /** The module that parses JavaScript. */
  readonly parser: string;
}

export type Outcome =
  | { readonly graph: Graph }
  /** One line, and where in the program it happened. */
  | { readonly error: string; readonly place?: string };

export const markerText = (nonce: string, index: number): string => `~${nonce}.${index}~`;

export const markerPattern = (nonce: string): RegExp => new RegExp(`~${nonce}\\.(\\d+)~`, "g");

/** Signatures that tell special values from plain objects: https://www.pulumi.com/docs/iac/concepts/how-pulumi-works/ */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** What the engine writes for a value it does not know. */
export const unknownValues: ReadonlySet<Json> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
