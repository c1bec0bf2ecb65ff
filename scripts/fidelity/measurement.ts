/** The stacks of an enclave, planned with a real provider and with the rehearsal's, and the two plans compared. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../delivery/failure";
import { complaint, type Outcome, Terraform } from "../../delivery/terraform";
import { Rehearsal } from "../../rehearsal/server";
import { StandIn } from "../real-provider/aws";
import type { RealProvider } from "../real-provider/mirror";
import { Provider } from "../real-provider/provider";
import { type Compared, compare, type PlanJson } from "./comparison";
import { type Edit, Modules } from "./edits";
import { type RootModule, sourceOf, writeRootModule } from "./root-module";
import { RealSchemas } from "./schema";

/** Two plans of one thing. */
export interface Round extends Compared {
  /** What is planned: a creation, or an edit of what stands. */
  readonly round: string;
  /** How many resources were not edited, because the provider would not have it. */
  readonly refused: number;
}

export interface Measurement extends RootModule {
  readonly rounds: readonly Round[];
}

/**
 * @param source a cdktf output folder
 * @param names stacks; all if empty
 * @param edits what is changed, one after the other, when everything stands
 * @throws Failure if one of the two can't plan
 */
export async function measureFidelity(
  provider: RealProvider,
  source: string,
  { names = [], edits = [] }: { readonly names?: readonly string[]; readonly edits?: readonly Edit[] } = {},
): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
  const aws = await StandIn.start();
  const originals: Provider[] = [];
  const start = (): Provider => {
    originals.push(new Provider(provider.binary, aws.environment));
    return originals[originals.length - 1];
  };
  try {
    const first = start();
    const schemas = await RealSchemas.of(first);
    const root = writeRootModule(folder, source, schemas, names);
    const processes = root.regions.map((_, index) => (index === 0 ? first : start()));
    const rehearsal = await Rehearsal.start({ types: root.types });
    try {
      const [attachment] = Object.values(JSON.parse(rehearsal.environment.TF_REATTACH_PROVIDERS) as object);
      const attachments = await Promise.all(processes.map((original) => original.attachment()));
      const real = await attached(aws, root, attachments);
      const rehearsed = await attached(
        aws,
        root,
        root.regions.map(() => attachment),
      );
      await run(real, folder, ["get"]);
      const sides: Sides = { folder, schemas, real, rehearsed };
      const rounds = [await round(sides, "everything is created")];
      if (edits.length > 0) await stand(sides);
      const modules = new Modules(folder);
      for (const edit of edits) rounds.push(await changed(sides, modules, edit));
      return { ...root, rounds };
    } finally {
      await rehearsal.stop();
    }
  } finally {
    for (const original of originals) original.stop();
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Terraform that takes a running provider for each region, and nothing of somebody's settings. */
function attached(aws: StandIn, { regions }: RootModule, attachments: readonly object[]): Promise<Terraform> {
  const providers = Object.fromEntries(regions.map((region, index) => [sourceOf(region), attachments[index]]));
  return Terraform.find({
    ...aws.environment,
    TF_CLI_CONFIG_FILE: "/dev/null",
    TF_REATTACH_PROVIDERS: JSON.stringify(providers),
    GOGC: "400",
  });
}

/** Where both plan, and with what. */
interface Sides {
  readonly folder: string;
  readonly schemas: RealSchemas;
  readonly real: Terraform;
  readonly rehearsed: Terraform;
}

async function round(sides: Sides, name: string): Promise<Round> {
  const { folder, real, rehearsed, schemas } = sides;
  const plans = await Promise.all([plan(real, folder, "real"), plan(rehearsed, folder, "rehearsed")]);
  return { round: name, refused: 0, ...compare(plans[0], plans[1], schemas) };
}

/** What an edit makes of a resource may be more than the real provider accepts; such a resource stays as it was. */
async function changed(sides: Sides, modules: Modules, edit: Edit): Promise<Round> {
  const refused = new Set<string>();
  for (;;) {
    modules.write(edit, refused);
    try {
      return { ...(await round(sides, edit.name)), refused: refused.size };
    } catch (error) {
      const addresses = error instanceof Refused ? error.addresses.filter((address) => !refused.has(address)) : [];
      if (addresses.length === 0) throw error;
      for (const address of addresses) refused.add(address);
    }
  }
}

const planFile = (folder: string, name: string): string => join(folder, `${name}.plan`);

const stateFile = (folder: string, name: string): string => join(folder, `${name}.tfstate`);

/** Applies with the rehearsal; the real provider gets the same state, with the numbers of its own schemas. */
async function stand({ folder, schemas, rehearsed }: Sides): Promise<void> {
  const into = stateFile(folder, "rehearsed");
  await run(rehearsed, folder, ["apply", "-lock=false", `-state-out=${into}`, planFile(folder, "rehearsed")]);
  const state = JSON.parse(readFileSync(into, "utf8")) as State;
  for (const { mode, type, instances } of state.resources) {
    for (const instance of instances) if (mode === "managed") instance.schema_version = schemas.version(type);
  }
  writeFileSync(stateFile(folder, "real"), JSON.stringify(state));
}

interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { schema_version: number }[];
  }[];
}

async function plan(terraform: Terraform, folder: string, name: string): Promise<PlanJson> {
  const file = planFile(folder, name);
  const state = stateFile(folder, name);
  await run(terraform, folder, ["plan", "-refresh=false", "-lock=false", `-state=${state}`, `-out=${file}`]);
  return JSON.parse(await run(terraform, folder, ["show", "-json", file], `${file}.json`)) as PlanJson;
}

/** Terraform would not do it. */
class Refused extends Failure {
  /** Of the resources that it complains of. */
  readonly addresses: readonly string[];

  constructor(command: string, outcome: Outcome) {
    super(`terraform ${command}: ${complaint(outcome)}`);
    const text = outcome.stderr.replace(/\n[│ ]*/g, " ");
    this.addresses = [...text.matchAll(/\bwith (module\.[\w-]+\.[\w-]+\.[\w-]+)/g)].map(([, address]) => address);
  }
}

/** @returns what it printed, by way of a file if one is named */
async function run(terraform: Terraform, cwd: string, args: readonly string[], into?: string): Promise<string> {
  const outcome = await terraform.run(args, { cwd, into });
  if (outcome.code !== 0) throw new Refused(args[0], outcome);
  return into === undefined ? outcome.stdout : readFileSync(into, "utf8");
}
