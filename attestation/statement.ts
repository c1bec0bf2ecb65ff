/**
 * What is attested: an in-toto Statement (https://github.com/in-toto/attestation, spec/v1/statement.md) whose subjects
 * are plan files and whose predicate says what was proved of them.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { InputError } from "../policies/configuration/errors";
import { parseJson } from "../policies/configuration/json";

export const predicateType = "urn:european-data-enclave:containment:v1";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hexadecimal digits");
const digest = z.strictObject({ sha256 });

/** A state as Terraform counts it; `outputs` is the digest of what other stacks can read of it. */
const state = z.strictObject({ lineage: z.string(), serial: z.int(), outputs: sha256 });

/** It is part of paths: no separators, and not only dots. */
const stackName = z.string().regex(/^(?!\.+$)[\w.-]+$/);

const stack = z.strictObject({
  name: stackName,
  /** The plan as JSON, of which the verdict speaks. */
  json: digest,
  /** The state that the plan was made from; null if there was none. */
  state: state.nullable(),
  /** Digests of the outputs of other stacks that the plan was made with. */
  reads: z.record(z.string(), sha256),
  /** Versions of the providers that planned, by source; those attached to Terraform by its environment have none. */
  providers: z.record(z.string(), z.string()),
  changes: z.strictObject({
    create: z.int(),
    update: z.int(),
    replace: z.int(),
    delete: z.int(),
    /** Whether what other stacks can read changes. */
    outputs: z.boolean(),
  }),
});

const predicate = z.strictObject({
  verdict: z.enum(["contained", "escapes", "undecided"]),
  boundary: z.strictObject({ name: z.string(), countries: z.array(z.string()) }),
  /** The report of the proof, as JSON. */
  report: digest,
  /** In the order in which they are to be applied. */
  stacks: z.array(stack),
  /** Stacks that are not to be applied, and were judged as they stand. */
  standing: z.array(z.strictObject({ name: stackName, state })),
  /** Stacks that can't be planned before others are applied; the configuration of all was judged as well. */
  waiting: z.array(stackName),
  destroys: z.boolean(),
  assumptions: z.array(
    z.strictObject({ subject: z.string(), statement: z.string(), source: z.string(), until: z.string().optional() }),
  ),
  trust: digest,
  /** `provider` is the version of hashicorp/aws whose types are modelled. */
  models: z.strictObject({ version: z.string(), ...digest.shape, provider: z.string() }),
  terraform: z.strictObject({ name: z.string(), version: z.string() }),
  /** When the proof was made, in UTC. */
  time: z.iso.datetime(),
});

const shape = z.strictObject({
  _type: z.literal("https://in-toto.io/Statement/v1"),
  subject: z.array(z.strictObject({ name: z.string(), digest })),
  predicateType: z.literal(predicateType),
  predicate,
});

export type Statement = z.output<typeof shape>;
export type Predicate = z.output<typeof predicate>;
export type AttestedStack = z.output<typeof stack>;

/** Name of a stack's plan among the subjects, which is also where it lies in the folder of plans. */
export const subjectName = (stack: string): string => `${stack}/plan.bin`;

export const statementOf = (predicate: Predicate, plans: ReadonlyMap<string, string>): Statement => ({
  _type: "https://in-toto.io/Statement/v1",
  subject: predicate.stacks.map(({ name }) => ({ name: subjectName(name), digest: { sha256: plans.get(name)! } })),
  predicateType,
  predicate,
});

/** @throws InputError if the payload is no such statement */
export function parseStatement(path: string, payload: Buffer): Statement {
  const read = shape.safeParse(parseJson(path, payload));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new InputError(path, `attests something else: ${issue.path.join(".") || "it"}: ${issue.message}`);
  }
  const statement = read.data;
  const names = statement.predicate.stacks.map(({ name }) => subjectName(name));
  if (names.join() !== statement.subject.map(({ name }) => name).join() || new Set(names).size !== names.length) {
    throw new InputError(path, "its subjects are not the plans of the stacks that it speaks of");
  }
  return statement;
}

export const sha256Of = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");
