/**
 * Looks for a real `hashicorp/aws` provider where Terraform would take one from without asking a registry
 * (https://developer.hashicorp.com/terraform/cli/config/config-file, "Provider Installation", "Implied Local Mirror
 * Directories" and "Provider Plugin Cache").
 */
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";

export interface RealProvider {
  /** The folder that holds its binary, and nothing else of the kind. */
  readonly folder: string;
  readonly binary: string;
  readonly version: string;
}

export interface Search {
  /** The newest one found. */
  readonly provider?: RealProvider;
  /** Where was looked, in this order. */
  readonly searched: readonly string[];
}

/** The variable that names a mirror, or the folder of the binary itself, where no settings of Terraform's do. */
export const variable = "ENCLAVE_AWS_PROVIDER";

export function findProvider(environment: NodeJS.ProcessEnv = process.env): Search {
  const searched = [...new Set([...named(environment), ...implied(environment), ...addedOn()])];
  const found = searched.flatMap((folder) => [...providersIn(folder)]);
  found.sort((a, b) => b.version.localeCompare(a.version, "en", { numeric: true }));
  return { provider: found[0], searched };
}

/** What to say when there is none. */
export const nowhere = ({ searched }: Search): string =>
  `no real hashicorp/aws provider is in ${searched.join(", ")}; ${variable} can name a mirror or the folder of its binary`;

/** What somebody has named: our variable, Terraform's settings, the cache of plugins. */
function named(environment: NodeJS.ProcessEnv): string[] {
  const file = environment.TF_CLI_CONFIG_FILE || join(homeOf(environment), ".terraformrc");
  const settings = (textOf(file) ?? "").replace(/^\s*(#|\/\/).*$/gm, "");
  const paths = places.flatMap((place) => [...settings.matchAll(place)].map(([, path]) => path));
  const folders = [environment[variable], ...paths, environment.TF_PLUGIN_CACHE_DIR];
  return folders.flatMap((folder) => folder?.replace(/^(\$HOME|\$\{HOME\}|~)(?=\/)/, homeOf(environment)) || []);
}

/** How the settings name the folders of mirrors, of overriding binaries, of the cache. */
const places = [
  /\bfilesystem_mirror\s*\{[^}]*?\bpath\s*=\s*"([^"]+)"/g,
  /"(?:registry\.terraform\.io\/)?hashicorp\/aws"\s*=\s*"([^"]+)"/g,
  /^\s*plugin_cache_dir\s*=\s*"([^"]+)"/gm,
];

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Where Terraform looks unasked. */
function implied(environment: NodeJS.ProcessEnv): string[] {
  const home = homeOf(environment);
  const data = [
    environment.XDG_DATA_HOME || join(home, ".local/share"),
    ...(environment.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":"),
  ];
  const ofSystem = process.platform === "darwin" ? ["Library/Application Support/io.terraform/plugins"] : [];
  return [
    join(home, ".terraform.d/plugins"),
    ...ofSystem.flatMap((path) => [join(home, path), join("/", path)]),
    ...data.map((folder) => join(folder, "terraform/plugins")),
  ];
}

const homeOf = ({ HOME }: NodeJS.ProcessEnv): string => HOME || homedir();

/** Mirrors that machines were given with other software, which stands in /opt (Filesystem Hierarchy Standard, 3.13). */
const addedOn = (): string[] => entries("/opt").map((name) => join("/opt", name));

/** In the unpacked layout HOST/NAMESPACE/TYPE/VERSION/SYSTEM, or in the folder itself. */
function* providersIn(folder: string): Generator<RealProvider> {
  yield* binaryIn(folder);
  const system = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const versions = join(folder, host, "hashicorp/aws");
    for (const version of entries(versions)) yield* binaryIn(join(versions, version, system));
  }
}

function* binaryIn(folder: string): Generator<RealProvider> {
  for (const name of entries(folder)) {
    const version = versionOf(name);
    if (version) yield { folder, binary: join(folder, name), version };
  }
}

/** The version that the name of a provider's binary tells: `terraform-provider-aws_v5.100.0_x5`. */
export const versionOf = (path: string): string | undefined =>
  /^terraform-provider-aws_v(\d+\.\d+\.\d+)(?:_x\d)?(?:\.exe)?$/.exec(basename(path))?.[1];

/** The names in a folder; none if there is no such folder or it can't be read. */
function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
