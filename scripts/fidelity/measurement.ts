/** The stacks of an enclave, planned with a real provider and with the rehearsal's, and the two plans compared. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../delivery/failure";
import { complaint, Terraform } from "../../delivery/terraform";
import { Rehearsal } from "../../rehearsal/server";
import { StandIn } from "../real-provider/aws";
import type { RealProvider } from "../real-provider/mirror";
import { Provider } from "../real-provider/provider";
import { type Compared, compare, type PlanJson } from "./comparison";
import { type RootModule, sourceOf, writeRootModule } from "./root-module";
import { RealSchemas } from "./schema";

export interface Measurement extends Compared, RootModule {}

/**
 * @param source a cdktf output folder
 * @param names stacks; all if empty
 * @throws Failure if one of the two can't plan
 */
export async function measureFidelity(
  provider: RealProvider,
  source: string,
  names: readonly string[] = [],
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
      const plans = await Promise.all([plan(real, folder, "real"), plan(rehearsed, folder, "rehearsed")]);
      return { ...root, ...compare(plans[0], plans[1], schemas) };
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

async function plan(terraform: Terraform, folder: string, name: string): Promise<PlanJson> {
  const file = join(folder, `${name}.plan`);
  await run(terraform, folder, ["plan", "-refresh=false", "-lock=false", `-out=${file}`]);
  return JSON.parse(await run(terraform, folder, ["show", "-json", file], `${file}.json`)) as PlanJson;
}

/** @returns what it printed, by way of a file if one is named */
async function run(terraform: Terraform, cwd: string, args: readonly string[], into?: string): Promise<string> {
  const outcome = await terraform.run(args, { cwd, into });
  if (outcome.code !== 0) throw new Failure(`terraform ${args[0]}: ${complaint(outcome)}`);
  return into === undefined ? outcome.stdout : readFileSync(into, "utf8");
}
