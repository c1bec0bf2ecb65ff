/**
 * Applies what was proved, attested and signed, stack by stack, and nothing else. Everything that can be refused is
 * refused before the first stack is touched; of each plan the very bytes that were compared are those applied.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Attested, attestedIn, contentRefusals, planRefusals, signatureRefusals } from "../attestation/refusals";
import type { Signers } from "../attestation/signers";
import { type AttestedStack, subjectName } from "../attestation/statement";
import { Failure, fileFailure } from "./failure";
import { Journal } from "./journal";
import { demandsOf, type JudgingOptions } from "./judging";
import { locked } from "./lock";
import { planFile, plansFolder, readAttestation } from "./plans-folder";
import { runAll } from "./schedule";
import { readStacks, type Stack } from "./stacks";
import { type StateMark, sameState, stateOf } from "./state";
import { complaint, leftover, type Terraform } from "./terraform";

export interface ApplyingOptions extends JudgingOptions {
  readonly signers: Signers;
  readonly dryRun?: boolean;
  readonly progress?: (line: string) => void;
  readonly now?: Date;
}

export interface Application {
  readonly applied: readonly string[];
  /** Applied before, under the same attestation. */
  readonly before: readonly string[];
  readonly failed?: { readonly stack: string; readonly reason: string };
  readonly left: readonly string[];
  readonly waiting: readonly string[];
  /** Why nothing was applied. */
  readonly refusals: readonly string[];
}

/** @throws Failure if a plan or apply is running or a file can't be read or written; InputError for what can't be read */
export function applyEnclave(terraform: Terraform, given: ApplyingOptions): Promise<Application> {
  const options = { ...given, folder: resolve(given.folder) };
  return locked(options.folder, () => new Applying(terraform, options).all());
}

interface Step extends AttestedStack {
  readonly stack: Stack;
}

type Standing = Pick<AttestedStack, "name" | "state">;
type Marks = ReadonlyMap<string, StateMark | null>;

class Applying {
  private readonly stacks: ReadonlyMap<string, Stack>;
  private readonly attested: Attested;
  private readonly steps: readonly Step[];
  private readonly journal: Journal;
  /** The bytes that were compared, by the name of the stack. */
  private readonly plans = new Map<string, Buffer>();
  private readonly refusals: string[];

  constructor(
    private readonly terraform: Terraform,
    private readonly options: ApplyingOptions,
  ) {
    const { folder, signers, now = new Date() } = options;
    const { envelope, path } = readAttestation(folder);
    this.stacks = new Map(readStacks(folder).map((stack) => [stack.name, stack]));
    this.attested = attestedIn(path, envelope);
    const { statement, digest } = this.attested;
    this.steps = statement.predicate.stacks.map((step) => ({ ...step, stack: this.stack(step.name) }));
    this.journal = new Journal(plansFolder(folder), digest);
    for (const { name } of this.steps) {
      const bytes = planFile(folder, subjectName(name));
      if (bytes) this.plans.set(subjectName(name), bytes);
    }
    this.refusals = [
      ...signatureRefusals(envelope, signers, now),
      ...contentRefusals(statement, { ...demandsOf(options), validHours: signers.validHours, now }),
      ...planRefusals(statement, (name) => this.plans.get(name)),
    ];
  }

  async all(): Promise<Application> {
    const { predicate } = this.attested.statement;
    const before = this.steps.filter(({ name }) => this.journal.last(name) === "applied").map(({ name }) => name);
    const pending = this.steps.filter(({ name }) => !before.includes(name));
    const refusals = this.refusals.length > 0 ? this.refusals : await this.movedOn(pending, predicate.standing);
    const left = pending.map(({ name }) => name);
    const result = { applied: [], before, left, waiting: predicate.waiting, refusals };
    if (refusals.length > 0 || this.options.dryRun) return result;
    const applied: string[] = [];
    for (const step of pending) {
      const { done, reason } = changesAnything(step) ? await this.one(step) : { done: true };
      if (done) applied.push(step.name);
      if (reason !== undefined) {
        const failed = { stack: step.name, reason };
        return { ...result, applied, failed, left: left.slice(left.indexOf(step.name) + 1) };
      }
    }
    return { ...result, applied, left: [] };
  }

  private stack(name: string): Stack {
    const stack = this.stacks.get(name);
    if (!stack) throw new Failure(`${name}: is attested, but is no stack of ${this.options.folder}; plan again`);
    return stack;
  }

  /** What stands otherwise than when the proof was made. */
  private async movedOn(pending: readonly Step[], standing: readonly Standing[]): Promise<string[]> {
    const stacks: readonly Standing[] = [...pending, ...standing];
    const marks = await this.marks([...stacks.map(({ name }) => name), ...pending.flatMap(namesRead)]);
    const moved = stacks.flatMap(({ name, state }) => {
      const now = marks.get(name)!;
      if (sameState(now, state)) return [];
      const cut = this.journal.last(name) === undefined ? "" : "its apply failed or was cut off, and ";
      return [`${name}: ${cut}its state has moved on since the plan (${shown(state)} → ${shown(now)}); plan again`];
    });
    return [...moved, ...pending.flatMap((step) => changedOutputs(step, marks))];
  }

  private async marks(names: readonly string[]): Promise<Marks> {
    const marks = new Map<string, StateMark | null>();
    const jobs = [...new Set(names)].map((name) => ({
      name,
      after: [],
      run: async () => void marks.set(name, (await stateOf(this.terraform, this.stack(name)))?.mark ?? null),
    }));
    await runAll(jobs, availableParallelism());
    return marks;
  }

  /** @returns whether it is applied, and why not to go on, if so */
  private async one(step: Step): Promise<{ readonly done: boolean; readonly reason?: string }> {
    const { name, stack } = step;
    const { progress } = this.options;
    // Terraform itself refuses a plan whose own state has moved on meanwhile; of what it read it knows nothing.
    const [changed] = changedOutputs(step, await this.marks(namesRead(step)));
    if (changed !== undefined) return { done: false, reason: changed };
    const folder = mkdtempSync(join(tmpdir(), "enclave-apply-"));
    let done = false;
    try {
      // Others may write where plans lie, so what is applied is a copy of what was compared.
      const plan = join(folder, "plan.bin");
      writeFileSync(plan, this.plans.get(subjectName(name))!, { mode: 0o400 });
      chmodSync(folder, 0o500);
      this.journal.note(name, "started");
      progress?.(`${name}: applying`);
      const outcome = await this.terraform.run(["apply", "-input=false", "-auto-approve", plan], {
        cwd: stack.folder,
        finishing: true,
        onLine: (line) => {
          const [, what] = /^(.*: (?:Creation|Modifications|Destruction) complete) after/.exec(line) ?? [];
          if (what !== undefined) progress?.(`${name}: ${what}`);
        },
      });
      done = outcome.code === 0;
      this.journal.note(name, done ? "applied" : "failed");
      progress?.(`${name}: ${done ? "applied" : "failed"}`);
      if (!done) return { done, reason: `${complaint(outcome)}${outcome.signal ? `; ${leftover}` : ""}` };
      return outcome.interrupted ? { done, reason: "told to stop" } : { done };
    } catch (error) {
      const { message } = error instanceof Failure ? error : fileFailure(folder, error);
      return { done, reason: done ? `it is applied, but that could not be noted: ${message}` : message };
    } finally {
      chmodSync(folder, 0o700);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

const changesAnything = ({ changes: { outputs, ...counts } }: Step): boolean =>
  outputs || Object.values(counts).some((count) => count > 0);

const namesRead = ({ reads }: Step): string[] => Object.keys(reads);

/** Outputs of other stacks that are not those which the plan was made with. */
const changedOutputs = ({ name, reads }: Step, marks: Marks): string[] =>
  Object.entries(reads)
    .filter(([other, outputs]) => marks.get(other)?.outputs !== outputs)
    .map(([other]) => `${name}: the outputs of ${other} have changed since the plan; plan again`);

const shown = (state: StateMark | null): string => (state ? `serial ${state.serial}` : "none");
