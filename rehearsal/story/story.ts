/**
 * The whole life of an enclave, rehearsed: created wave by wave, with an apply that fails and is resumed; drifted;
 * edited; destroyed. Every step goes the way of the real one: planned by the real binary, proved, attested, signed,
 * applied.
 */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publicBytesOf, renderEnvelope } from "../../attestation/envelope";
import { signWith } from "../../attestation/keys";
import type { Signers } from "../../attestation/signers";
import { type Application, applyEnclave } from "../../delivery/applying";
import { countsOf, summary } from "../../delivery/changes";
import { driftOf } from "../../delivery/drift";
import { asFailure, Failure } from "../../delivery/failure";
import { type Planning, type PlanningOptions, planEnclave } from "../../delivery/planning";
import { attestationFile, plansFolder, readAttestation } from "../../delivery/plans-folder";
import { Terraform } from "../../delivery/terraform";
import type { JsonObject } from "../../policies/configuration/json";
import type { Fault } from "../cloud/faults";
import { protectingAttributes } from "../cloud/rules";
import { Rehearsal } from "../server";
import { faultFor, nameOf, objectOf, orphans, tamperings } from "./mishaps";
import { Workplace } from "./workplace";

export interface StoryOptions {
  /** The synthesized enclave. */
  readonly source: string;
  /** An empty folder to rehearse in. */
  readonly into: string;
  /** Stacks to rehearse, with what they depend on; all if empty. */
  readonly names?: readonly string[];
  /** Address of the resource whose first creation goes wrong, behind its stack and a colon where that is needed; one in the middle if left out. */
  readonly fail?: string;
  /** How it goes wrong. @default "refuse" */
  readonly fault?: Fault["kind"];
  readonly boundary?: string;
  readonly say: (line: string) => void;
}

export interface Told {
  /** Seconds. */
  readonly all: number;
  readonly proof: number;
}

/** @throws Failure if something does not go as it should */
export async function rehearse(options: StoryOptions): Promise<Told> {
  const workplace = copied(options);
  if (options.fail !== undefined) workplace.demand(options.fail);
  const provider = await Rehearsal.start({
    file: join(options.into, "cloud.jsonl"),
    types: workplace.types(),
    before: workplace.imported(),
  });
  try {
    // Collecting garbage less often saves a fifth of Terraform's time. States lie where the copy says, not elsewhere.
    const { TF_WORKSPACE: _workspace, TF_DATA_DIR: _data, ...kept } = process.env;
    const terraform = await Terraform.find({ GOGC: "400", ...kept, ...provider.environment });
    return await new Story(options, workplace, provider, terraform).tell();
  } finally {
    await provider.stop();
  }
}

function copied({ source, into, names }: StoryOptions): Workplace {
  try {
    return Workplace.create(source, into, names);
  } catch (error) {
    throw asFailure(into, error);
  }
}

class Story {
  private proof = 0;
  private readonly keys = ["ci", "oversight partner"].map((name) => ({ name, ...generateKeyPairSync("ed25519") }));

  constructor(
    private readonly options: StoryOptions,
    private readonly workplace: Workplace,
    private readonly provider: Rehearsal,
    private readonly terraform: Terraform,
  ) {}

  async tell(): Promise<Told> {
    const acts: Readonly<Record<string, () => Promise<void>>> = {
      create: () => this.create(),
      drift: () => this.drift(),
      edit: () => this.edit(),
      destroy: () => this.destroy(),
    };
    const started = performance.now();
    const taken: string[] = [];
    for (const [name, act] of Object.entries(acts)) {
      const before = performance.now();
      await act();
      taken.push(`${name} ${seconds(performance.now() - before)}`);
    }
    const told = { all: (performance.now() - started) / 1000, proof: this.proof };
    const share = Math.round((100 * told.proof) / told.all);
    this.say(`done in ${told.all.toFixed(1)} s: ${taken.join(", ")}`);
    this.say(`the proofs took ${told.proof.toFixed(1)} s of it (${share} %)`);
    return told;
  }

  private say(line: string): void {
    this.options.say(line);
  }

  private signers(): Signers {
    const required = this.keys.map(({ name, publicKey }) => ({
      name,
      keys: [{ ed25519: publicBytesOf(publicKey).toString("base64") }],
    }));
    return { required, validHours: 1 };
  }

  private async create(): Promise<void> {
    const { fail, fault: kind = "refuse" } = this.options;
    this.say("create");
    let ordered = false;
    // What is applied stands, and is judged as it stands; the next wave plans the rest.
    for (let rest: readonly string[] | undefined = []; rest; ) {
      const planning = await this.plan({ names: rest });
      const fault: Fault | undefined = ordered ? undefined : faultFor(planning, this.workplace.folder, kind, fail);
      if (fault) this.provider.order([fault]);
      const result = await this.signAndApply();
      const left = fault ? this.stopped(result) : this.applied(result);
      ordered ||= fault !== undefined;
      const next = [...left, ...planning.waiting.map(({ stack }) => stack.name)];
      rest = next.length > 0 ? next : undefined;
    }
    if (fail !== undefined && !ordered) throw new Failure(`${fail}: nothing of this address was created`);
    const { length } = this.provider.cloud.all();
    this.say(`  ${resources(length)} ${length === 1 ? "stands" : "stand"}`);
  }

  /** @returns the stacks that are still to be applied */
  private stopped(result: Application): readonly string[] {
    this.unrefused(result);
    if (!result.failed) throw new Failure("the fault that was ordered did not happen");
    const { stack, reason } = result.failed;
    if (result.applied.length > 0) this.say(`  signed and applied: ${result.applied.join(", ")}`);
    this.say(`  stopped at ${stack}, as ordered: ${reason}`);
    const states = this.workplace.stateFiles().filter((path) => existsSync(path));
    for (const orphan of orphans(this.provider.cloud, states)) {
      this.say(`  stands without being in a state, and is deleted by hand: ${nameOf(orphan)}`);
      this.provider.cloud.delete(orphan);
    }
    this.say("  going on from there");
    return [stack, ...result.left];
  }

  private async drift(): Promise<void> {
    const { folder } = this.workplace;
    const { boundary } = this.options;
    this.say("drift");
    for (const { what, victim, values } of tamperings(this.provider.cloud)) {
      this.provider.cloud.put({ ...victim, values });
      this.say(`  somebody ${what}`);
      const { report, drifted, comparison } = await driftOf(this.terraform, { folder, boundary });
      if (drifted.length === 0) throw new Failure("a change by hand was not noticed");
      this.say(`  drifted: ${drifted.join(", ")}; judged ${report.verdict}`);
      for (const escape of comparison?.opened ?? []) this.say(`  left the boundary since the last proof: ${escape}`);
      if (report.verdict === "escapes") return;
    }
    this.say("  the boundary holds all the same");
  }

  private async edit(): Promise<void> {
    this.say("edit: protections are turned off; what somebody changed is set right");
    for (const stack of this.workplace.stacks) this.workplace.edit(stack, unprotect);
    await this.plan();
    this.applied(await this.signAndApply());
  }

  private async destroy(): Promise<void> {
    this.say("destroy");
    await this.plan({ destroy: true });
    this.applied(await this.signAndApply());
    const left = this.provider.cloud.all();
    if (left.length > 0) throw new Failure(`left behind: ${left.map(nameOf).join(", ")}`);
    this.say("  nothing is left");
  }

  private async plan(what: Pick<PlanningOptions, "names" | "destroy"> = {}): Promise<Planning> {
    const { folder } = this.workplace;
    const planning = await planEnclave(this.terraform, { folder, boundary: this.options.boundary, ...what });
    this.proof += planning.time.proof;
    const [changed, unchanged] = [true, false].map((some) =>
      planning.planned.filter(({ changes }) => changes.resources.length > 0 === some),
    );
    const names = (stacks: readonly { readonly stack: { readonly name: string } }[]) =>
      stacks.map(({ stack }) => stack.name).join(", ");
    for (const { stack, changes } of changed) this.say(`  ${stack.name}: ${summary(countsOf(changes))}`);
    if (unchanged.length > 0) this.say(`  nothing to change: ${names(unchanged)}`);
    if (planning.standing.length > 0)
      this.say(`  as they stand: ${planning.standing.map(({ name }) => name).join(", ")}`);
    if (planning.waiting.length > 0) this.say(`  later: ${names(planning.waiting)}`);
    this.say(`  proved ${planning.verdict}: ${resources(planning.report.summary.resources)}`);
    if (planning.verdict === "contained") return planning;
    const command = `enclave verify ${plansFolder(folder)}/*/plan.json --trust ${join(folder, "trust.json")}`;
    throw new Failure(`the plans are ${planning.verdict}; with --keep, \`${command}\` shows why`);
  }

  private signAndApply(): Promise<Application> {
    const { folder } = this.workplace;
    let { envelope } = readAttestation(folder);
    for (const { privateKey } of this.keys) {
      const environment = { KEY: privateKey.export({ format: "pem", type: "pkcs8" }).toString() };
      envelope = signWith(envelope, "env:KEY", { environment });
    }
    writeFileSync(attestationFile(folder), renderEnvelope(envelope));
    return applyEnclave(this.terraform, { folder, signers: this.signers(), boundary: this.options.boundary });
  }

  private applied(result: Application): readonly string[] {
    this.unrefused(result);
    if (result.failed) throw new Failure(`${result.failed.stack}: ${result.failed.reason}`);
    this.say(`  signed and applied: ${result.applied.join(", ")}`);
    return result.left;
  }

  private unrefused({ refusals: [refusal] }: Application): void {
    if (refusal !== undefined) throw new Failure(`refused: ${refusal}`);
  }
}

const resources = (count: number): string => `${count} ${count === 1 ? "resource" : "resources"}`;

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Turns off everything that would refuse a deletion, as has to be done before an enclave can be taken down. */
function unprotect(type: string, values: JsonObject): void {
  const attribute = protectingAttributes[type];
  if (attribute && values[attribute] === true) values[attribute] = false;
  if (attribute && values[attribute] === "ENABLED") values[attribute] = "DISABLED";
  if (type === "aws_db_instance") {
    values.skip_final_snapshot = true;
    delete values.final_snapshot_identifier;
  }
  const lifecycle = objectOf(values.lifecycle);
  if (lifecycle.prevent_destroy === true) lifecycle.prevent_destroy = false;
}
