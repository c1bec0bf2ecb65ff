/** The stacks of an enclave, planned with a real provider and with the rehearsal's, and the two plans compared. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../delivery/failure";
import { complaint, Terraform } from "../../delivery/terraform";
import { Rehearsal } from "../../rehearsal/server";
import { StandIn } from "../real-provider/aws";
import type { RealProvider } from "../real-provider/mirror";
import { type Compared, compare, type PlanJson } from "./comparison";
import { type RootModule, writeRootModule } from "./root-module";
import type { RealSchemas } from "./schema";

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
  try {
    const real = await Terraform.find({ ...overriding(provider, folder), ...aws.environment });
    const schemas = await schemasOf(real, folder);
    const root = writeRootModule(join(folder, "root"), source, schemas, names);
    await run(real, join(folder, "root"), ["get"]);
    const rehearsal = await Rehearsal.start({ types: root.types });
    try {
      const rehearsed = await Terraform.find({
        ...clean({ TF_CLI_CONFIG_FILE: "/dev/null" }),
        ...rehearsal.environment,
      });
      const plans = await Promise.all([plan(real, folder, "real"), plan(rehearsed, folder, "rehearsed")]);
      return { ...root, ...compare(plans[0], plans[1], schemas) };
    } finally {
      await rehearsal.stop();
    }
  } finally {
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Settings of AWS and Terraform that somebody has here must not make a difference. */
const clean = (settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name))),
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  GOGC: "400",
  ...settings,
});

/** The environment in which Terraform takes this provider, without `init` and whatever version is asked for. */
function overriding({ folder: binary }: RealProvider, folder: string): NodeJS.ProcessEnv {
  const settings = join(folder, "settings.tfrc");
  writeFileSync(
    settings,
    `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(binary)}\n  }\n}\n`,
  );
  return clean({ TF_CLI_CONFIG_FILE: settings });
}

async function schemasOf(terraform: Terraform, folder: string): Promise<RealSchemas> {
  const cwd = join(folder, "schema");
  mkdirSync(cwd);
  writeFileSync(
    join(cwd, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } }),
  );
  const written = await run(terraform, cwd, ["providers", "schema", "-json"], join(cwd, "schema.json"));
  const [schemas] = Object.values(
    (JSON.parse(written) as { provider_schemas: Record<string, RealSchemas> }).provider_schemas,
  );
  return schemas;
}

async function plan(terraform: Terraform, folder: string, name: string): Promise<PlanJson> {
  const cwd = join(folder, "root");
  const file = join(folder, `${name}.plan`);
  await run(terraform, cwd, ["plan", "-refresh=false", "-lock=false", `-out=${file}`]);
  return JSON.parse(await run(terraform, cwd, ["show", "-json", file], `${file}.json`)) as PlanJson;
}

/** @returns what it printed, by way of a file if one is named */
async function run(terraform: Terraform, cwd: string, args: readonly string[], into?: string): Promise<string> {
  const outcome = await terraform.run(args, { cwd, into });
  if (outcome.code !== 0) throw new Failure(`terraform ${args[0]}: ${complaint(outcome)}`);
  return into === undefined ? outcome.stdout : readFileSync(into, "utf8");
}
