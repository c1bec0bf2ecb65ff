/**
 * Initializes and plans every stack in the order of their dependencies, and judges all plans together.
 *
 * A stack that reads outputs of another can't be planned while a plan would change those outputs: it waits until they
 * are applied, and so does what depends on it. Its configuration is judged meanwhile, with all others, so that nothing is applied whose continuation
 * would leave the boundary; and so is what stands of it, for that stays until it is planned.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { envelopeOf, renderEnvelope } from "../attestation/envelope";
import type { Statement } from "../attestation/statement";
import { type Report, renderJson } from "../policies";
import { isJsonObject, parseJson } from "../policies/configuration/json";
import { attest } from "./attesting";
import { changesOf, countsOf, type PlanChanges, summary } from "./changes";
import { asFailure, Failure, fileFailure } from "./failure";
import { type JudgingOptions, judgeConfiguration, judgeFiles } from "./judging";
import { locked } from "./lock";
import { plansFolder } from "./plans-folder";
import { oneAtATime, runAll } from "./schedule";
import { readStacks, type Stack, selected } from "./stacks";
import { type StateMark, stateOf } from "./state";
import { complaint, providersOf, type Terraform } from "./terraform";

export interface PlanningOptions extends JudgingOptions {
  /** Stacks to plan; all if empty. The others are judged with them, as they stand. */
  readonly names?: readonly string[];
  readonly destroy?: boolean;
  /**
   * Whether AWS is asked what stands; otherwise the states are believed.
   * @default true
   */
  readonly refresh?: boolean;
  /** How many runs of Terraform at once. */
  readonly parallel?: number;
  readonly progress?: (line: string) => void;
  readonly now?: Date;
}

export interface PlannedStack {
  readonly stack: Stack;
  readonly changes: PlanChanges;
  readonly state: StateMark | null;
  /** Digests of the outputs of other stacks that the plan was made with. */
  readonly reads: Readonly<Record<string, string>>;
  /** Versions of the providers, by source. */
  readonly providers: Readonly<Record<string, string>>;
}

export interface StandingStack {
  readonly name: string;
  readonly state: StateMark;
}

export interface Planning {
  /** In the order in which they are to be applied. */
  readonly planned: readonly PlannedStack[];
  readonly standing: readonly StandingStack[];
  /** Stacks that wait for others to be applied. */
  readonly waiting: readonly { readonly stack: Stack; readonly until: string }[];
  /** Of all plans, and what else stands, together. */
  readonly report: Report;
  /** Of the configuration of all stacks, if some wait. */
  readonly configuration?: Report;
  readonly verdict: "contained" | "escapes" | "undecided";
  readonly statement: Statement;
  /** Seconds. */
  readonly time: { readonly all: number; readonly proof: number };
}

/**
 * Plans, judges and writes everything into the folder `plans`, whole or not at all.
 * @throws Failure if Terraform fails or a file can't be written; InputError if something can't be read
 */
export async function planEnclave(terraform: Terraform, given: PlanningOptions): Promise<Planning> {
  const options = { ...given, folder: resolve(given.folder) };
  const stacks = readStacks(options.folder);
  const temporary = `${plansFolder(options.folder)}.new`;
  return locked(options.folder, async () => {
    try {
      rmSync(temporary, { recursive: true, force: true });
      const planning = await planInto(temporary, terraform, options, stacks);
      rmSync(plansFolder(options.folder), { recursive: true, force: true });
      renameSync(temporary, plansFolder(options.folder));
      return planning;
    } catch (error) {
      throw asFailure(options.folder, error);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
}

async function planInto(
  folder: string,
  terraform: Terraform,
  options: PlanningOptions,
  stacks: readonly Stack[],
): Promise<Planning> {
  const started = performance.now();
  const run = new Run(terraform, options, folder, stacks);
  await run.all();
  const inOrder = stacks.flatMap(({ name }) => run.planned.get(name) ?? []);
  if (inOrder.length === 0) throw new Failure(nothingPlanned(options, run));
  const planned = options.destroy ? inOrder.reverse() : inOrder;
  const proving = performance.now();
  const report = await judgeFiles(
    [
      ...planned.map(({ stack: { name } }) => ({ name, path: join(folder, name, "plan.json") })),
      ...run.standing.map(({ name }) => ({ name, path: join(folder, name, "state.json") })),
    ],
    options,
  );
  const configuration = run.waiting.size > 0 ? await judgeConfiguration(options) : undefined;
  const proof = performance.now() - proving;
  const waiting = stacks.filter(({ name }) => run.waiting.has(name));
  const results = {
    planned,
    standing: run.standing,
    waiting: waiting.map((stack) => ({ stack, until: run.waiting.get(stack.name)! })),
    report,
    ...(configuration && { configuration }),
  };
  const statement = attest(terraform, results, folder, options);
  for (const { stack } of planned) writePrivate(join(folder, stack.name, "report.json"), renderJson(report));
  writePrivate(join(folder, "attestation.json"), renderEnvelope(envelopeOf(JSON.stringify(statement))));
  const all = performance.now() - started;
  return {
    ...results,
    verdict: statement.predicate.verdict,
    statement,
    time: { all: all / 1000, proof: proof / 1000 },
  };
}

function nothingPlanned({ destroy }: PlanningOptions, { waiting }: Run): string {
  if (destroy) return "nothing stands that could be destroyed";
  const [[name, until] = []] = [...waiting];
  return `${name} waits for ${until}; plan and apply that first`;
}

/** The plans of one call. */
class Run {
  readonly planned = new Map<string, PlannedStack>();
  /** What is not planned, but stands. */
  readonly standing: StandingStack[] = [];
  /** Name of each stack that waits, with the name of what it waits for. */
  readonly waiting = new Map<string, string>();
  private readonly states = new Map<string, StateMark | null>();
  private readonly wanted: ReadonlySet<string>;
  /** Several at once would spoil a plugin cache (https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache). */
  private readonly initializing = oneAtATime();

  constructor(
    private readonly terraform: Terraform,
    private readonly options: PlanningOptions,
    private readonly folder: string,
    private readonly stacks: readonly Stack[],
  ) {
    this.wanted = new Set(selected(stacks, options.names ?? []).map(({ name }) => name));
  }

  async all(): Promise<void> {
    const { destroy, parallel = availableParallelism() } = this.options;
    const jobs = this.stacks.map((stack) => ({
      name: stack.name,
      // What is destroyed reads outputs that are still there, whatever the other plans do.
      after: destroy ? [] : [...stack.reads, ...stack.dependencies],
      run: () => this.visit(stack),
    }));
    await runAll(jobs, parallel);
    this.standing.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async visit(stack: Stack): Promise<void> {
    const { terraform, options } = this;
    const { name, folder } = stack;
    const say = (text: string) => options.progress?.(`${name}: ${text}`);
    if (existsSync(join(folder, "errored.tfstate"))) {
      const path = join(folder, "errored.tfstate");
      throw new Failure(`${path}: holds a state that could not be saved; \`terraform state push\` it, then remove it`);
    }
    const blocker = options.destroy ? undefined : this.blocker(stack);
    const free = this.wanted.has(name) && blocker === undefined;
    const initialize = (): Promise<void> => {
      say("initializing");
      return this.initializing(() => this.run(stack, "init", ["init", "-input=false"]));
    };
    if (free) await initialize();
    const state = await stateOf(terraform, stack, free ? undefined : initialize);
    this.states.set(name, state?.mark ?? null);
    const planning = free && !(options.destroy && state === null);
    if (planning || state) mkdirSync(join(this.folder, name), { recursive: true, mode: 0o700 });
    if (planning) {
      say("planning");
      await this.plan(stack, state?.mark ?? null);
      say(summary(countsOf(this.planned.get(name)!.changes)));
      return;
    }
    if (state) {
      this.standing.push({ name, state: state.mark });
      writePrivate(join(this.folder, name, "state.json"), state.text);
    }
    if (this.wanted.has(name) && blocker !== undefined) {
      this.waiting.set(name, blocker);
      say(`waits for ${blocker}, which must be applied before`);
    } else say(state ? "is judged as it stands" : "nothing was ever applied");
  }

  private async plan(stack: Stack, state: StateMark | null): Promise<void> {
    const { name, folder } = stack;
    const { destroy, refresh } = this.options;
    const [binary, json] = ["plan.bin", "plan.json"].map((file) => join(this.folder, name, file));
    await this.run(stack, "plan", [
      "plan",
      "-input=false",
      ...(destroy ? ["-destroy"] : []),
      ...(refresh === false ? ["-refresh=false"] : []),
      `-out=${binary}`,
    ]);
    await planAsJson(this.terraform, folder, binary, json);
    const reads = destroy ? [] : stack.reads.map((other) => [other, this.states.get(other)!.outputs] as const);
    this.planned.set(name, {
      stack,
      changes: changesOf(planIn(json)),
      state,
      reads: Object.fromEntries(reads),
      providers: providersOf(folder),
    });
  }

  /** What has to be applied before: what it reads of is not there yet, or it may come only behind something that waits. */
  private blocker({ reads, dependencies }: Stack): string | undefined {
    return reads.find((other) => this.blocks(other)) ?? dependencies.find((other) => this.waiting.has(other));
  }

  /** Whether what a stack would read of this one is not there yet, or is about to change. */
  private blocks(name: string): boolean {
    const changing = this.planned.get(name)?.changes.outputs ?? false;
    return changing || this.waiting.has(name) || this.states.get(name) === null;
  }

  private async run({ name, folder }: Stack, what: string, args: readonly string[]): Promise<void> {
    const outcome = await this.terraform.run(args, { cwd: folder });
    if (outcome.code !== 0) throw new Failure(`${name}: ${this.terraform.name} ${what} failed: ${complaint(outcome)}`);
  }
}

/** Writes a plan as JSON; it holds what is sensitive, and nobody else may read it. */
export async function planAsJson(terraform: Terraform, cwd: string, plan: string, into: string): Promise<void> {
  const outcome = await terraform.run(["show", "-json", plan], { cwd, into }).catch((error: unknown) => {
    throw fileFailure(into, error);
  });
  if (outcome.code !== 0) throw new Failure(`${plan}: can't be shown as JSON: ${complaint(outcome)}`);
}

function planIn(path: string) {
  const plan = parseJson(path, readFileSync(path));
  if (!isJsonObject(plan)) throw new Failure(`${path}: is no plan`);
  return plan;
}

function writePrivate(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    throw fileFailure(path, error);
  }
}
