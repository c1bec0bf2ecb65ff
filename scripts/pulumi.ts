/**
 * Writes policies/configuration/pulumi/types.json: which resource type or data source of the Terraform provider each
 * token of the installed `@pulumi/aws` is, which lists it makes a single object of, and which of its properties the
 * inventory's version does not have. `npm run pulumi-types` writes; with `-- --check` nothing is written, and the
 * command fails if the committed file is not what the installed packages give.
 *
 * The package does not say what a token was made from, but the bridge that makes it keeps names: the properties of the
 * two are compared as sets, and their names as texts. Where both are close, and no other token is closer, they are the
 * same; the few that were given other names are settled by hand below.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import {
  createSourceFile,
  type InterfaceDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isPropertySignature,
  type ModuleDeclaration,
  ScriptTarget,
  type Statement,
} from "typescript";
import { attributeName, camel, shortToken } from "../policies/configuration/pulumi/names";
import { type BlockSchema, inventoryTypes, providerVersion, schemaOf } from "../policies/configuration/schema/schema";

const FILE = join(__dirname, "..", "policies", "configuration", "pulumi", "types.json");
const PACKAGE = dirname(require.resolve("@pulumi/aws/package.json"));

type Mode = "managed" | "data";

/**
 * Tokens whose names tell nothing: the `Tok` of the resource or data source in
 * https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go.
 */
const SETTLED: Readonly<Record<Mode, Readonly<Record<string, string>>>> = {
  managed: {
    "alb:LoadBalancer": "aws_alb",
    "amp:Scraper": "aws_prometheus_scraper",
    "cloudwatch:LogResourcePolicy": "aws_cloudwatch_log_resource_policy",
    "directconnect:LinkAggregationGroup": "aws_dx_lag",
    "elb:LoadBalancer": "aws_elb",
    "lb:LoadBalancer": "aws_lb",
    "observabilityadmin:CentralizationRuleForOrganization":
      "aws_observabilityadmin_centralization_rule_for_organization",
    "ram:SharingWithOrganization": "aws_ram_sharing_with_organization",
  },
  data: {
    "alb:getLoadBalancer": "aws_alb",
    "ec2:getDedicatedHost": "aws_ec2_host",
    "ec2:getElasticIp": "aws_eip",
    "elb:getLoadBalancer": "aws_elb",
    "lb:getLoadBalancer": "aws_lb",
    "outposts:getSites": "aws_outposts_sites",
    "route53:getZones": "aws_route53_zones",
  },
};

interface Property {
  readonly name: string;
  /** Whether it holds a list. */
  readonly list: boolean;
  /** The interface of what it holds, in types/input.d.ts. */
  readonly structure?: string;
}

interface Token {
  readonly short: string;
  /** Names of everything it takes and gives. */
  readonly names: ReadonlySet<string>;
  readonly inputs: readonly Property[];
  /** Other tokens for the same, by which it was known. */
  readonly aliases: readonly string[];
}

function* declarations(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !["types", "node_modules"].includes(entry.name)) yield* declarations(path);
    else if (entry.name.endsWith(".d.ts")) yield path;
  }
}

function interfacesIn(file: string): Map<string, Property[]> {
  const text = readFileSync(file, "utf8");
  const found = new Map<string, Property[]>();
  const visit = (statement: Statement, prefix: string): void => {
    if (isInterfaceDeclaration(statement)) {
      found.set(prefix + statement.name.text, properties(statement, text));
    } else if (isModuleDeclaration(statement)) {
      const { body } = statement as ModuleDeclaration;
      if (body && "statements" in body) {
        for (const inner of body.statements) visit(inner, `${prefix}${statement.name.text}.`);
      }
    }
  };
  for (const statement of createSourceFile(file, text, ScriptTarget.ES2022).statements) visit(statement, "");
  return found;
}

const properties = (declaration: InterfaceDeclaration, text: string): Property[] =>
  declaration.members.filter(isPropertySignature).map(({ name, type }) => {
    const written = type ? text.slice(type.pos, type.end) : "";
    const structure = /inputs\.([\w.]+)/.exec(written)?.[1];
    return { name: (name as { text: string }).text, list: written.includes("[]"), ...(structure && { structure }) };
  });

function tokens(): Record<Mode, Token[]> {
  const found: Record<Mode, Token[]> = { managed: [], data: [] };
  for (const file of [...declarations(PACKAGE)].sort()) {
    const code = readFileSync(file.replace(/\.d\.ts$/, ".js"), "utf8");
    const token = /static __pulumiType = '([^']+)'/.exec(code)?.[1];
    const called = /pulumi\.runtime\.invoke\("([^"]+)"/.exec(code)?.[1];
    const short = shortToken(token ?? called ?? "");
    if (short === undefined) continue;
    const interfaces = interfacesIn(file);
    const name = short.split(":")[1];
    const capital = name[0].toUpperCase() + name.slice(1);
    const inputs = interfaces.get(token ? `${name}Args` : `${capital}Args`) ?? [];
    const given = interfaces.get(token ? `${name}State` : `${capital}Result`) ?? [];
    const names = new Set([...inputs, ...given].map((property) => property.name));
    const aliases = [...code.matchAll(/\{ type: "([^"]+)" \}/g)].flatMap(([, alias]) => shortToken(alias) ?? []);
    found[token ? "managed" : "data"].push({ short, names, inputs, aliases });
  }
  return found;
}

/** A name without what the bridge changes about it. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll("_", "")
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch|sh|us)es$/, "$1")
    .replace(/s$/, "");

/** Names that nearly every type has tell nothing. */
const COMMON = new Set(["id", "region", "timeout"]);

const plainNames = (names: Iterable<string>): Set<string> =>
  new Set([...names].map(plain).filter((name) => !COMMON.has(name)));

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)));
}

/** How much two texts are alike, from 0 to 1, by the pairs of letters they share. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * [...a].filter((pair) => b.has(pair)).length) / Math.max(1, a.size + b.size);
}

interface Candidate {
  readonly type: string;
  readonly names: ReadonlySet<string>;
  readonly letters: ReadonlySet<string>;
}

/** What each token is; tokens that are nothing in the inventory are left out. */
function matched(mode: Mode, all: readonly Token[]): Map<string, string> {
  const candidates = inventoryTypes(mode).map((type): Candidate => {
    const { attributes, blocks } = schemaOf(mode, type)!;
    const names = plainNames([...Object.keys(attributes), ...Object.keys(blocks)]);
    return { type, names, letters: pairs(type.slice("aws_".length).replaceAll("_", "")) };
  });
  const best = new Map<string, { token: Token; score: number }>();
  for (const token of all) {
    const found = nearest(mode, token, candidates);
    if (!found || Object.hasOwn(SETTLED[mode], token.short)) continue;
    const other = best.get(found.type);
    if (!other || found.score > other.score) best.set(found.type, { token, score: found.score });
  }
  const types = new Map(Object.entries(SETTLED[mode]));
  const settled = new Set(types.values());
  for (const [type, { token }] of best) if (!settled.has(type)) types.set(token.short, type);
  for (const { short, aliases } of all) {
    const type = types.get(short);
    for (const alias of aliases) if (type !== undefined && !types.has(alias)) types.set(alias, type);
  }
  return types;
}

function nearest(
  mode: Mode,
  token: Token,
  candidates: readonly Candidate[],
): { type: string; score: number } | undefined {
  const [module, name] = token.short.toLowerCase().split(":");
  const bare = mode === "data" ? name.replace(/^get/, "") : name;
  const letters = [pairs(`${module.replaceAll(/[^a-z0-9]/g, "")}${bare}`), pairs(bare)];
  const own = plainNames(token.names);
  let best: { type: string; score: number; shared: number; named: number } | undefined;
  for (const { type, names, letters: other } of candidates) {
    const common = [...own].filter((one) => names.has(one)).length;
    const shared = common / Math.max(1, own.size + names.size - common);
    const named = Math.max(...letters.map((one) => alike(one, other)));
    const score = 2 * shared + named;
    if (!best || score > best.score) best = { type, score, shared, named };
  }
  if (!best) return undefined;
  const { shared, named } = best;
  const same = (named > 0.99 && shared >= 0.4) || (named >= 0.6 && shared >= 0.6) || (named >= 0.45 && shared === 1);
  return same ? best : undefined;
}

/** Compares the properties of one type, at every depth, with the schema. */
class Comparison {
  readonly single: string[] = [];
  readonly unmapped: string[] = [];

  constructor(
    private readonly type: string,
    private readonly structures: ReadonlyMap<string, readonly Property[]>,
  ) {}

  compare(all: readonly Property[], schema: BlockSchema, prefix = "", open: readonly string[] = []): void {
    for (const { name, list, structure } of all) {
      const attribute = attributeName(name, schema, prefix === "" ? this.type : undefined);
      if (attribute === undefined) {
        this.unmapped.push(prefix + name);
        continue;
      }
      const path = prefix + attribute;
      const block = schema.blocks[attribute];
      const many = block
        ? block.nesting === "list" || block.nesting === "set"
        : /^(list|set)/.test(schema.attributes[attribute].type);
      if (many && !list) this.single.push(path);
      else if (many && (camel(attribute) === name) !== attribute.endsWith("s")) {
        this.single.push(`${attribute.endsWith("s") ? "+" : "="}${path}`);
      }
      const inner = block?.block ?? schema.attributes[attribute]?.object;
      if (inner && structure !== undefined && !open.includes(structure)) {
        this.compare(this.structures.get(structure) ?? [], inner, `${path}.`, [...open, structure]);
      }
    }
  }
}

const sorted = (map: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

const withoutPrefix = (types: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...types].map(([token, type]) => [token, type.slice("aws_".length)]));

/** The whole file. */
export function pulumiTypes(): { text: string; resources: number; functions: number } {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { version: string };
  const all = tokens();
  const structures = interfacesIn(join(PACKAGE, "types", "input.d.ts"));
  const resources = matched("managed", all.managed);
  const functions = matched("data", all.data);
  const single = new Map<string, string>();
  const unmapped = new Map<string, string>();
  for (const token of all.managed) {
    const type = resources.get(token.short);
    if (type === undefined) continue;
    const comparison = new Comparison(type, structures);
    comparison.compare(token.inputs, schemaOf("managed", type)!);
    const name = type.slice("aws_".length);
    if (comparison.single.length > 0) single.set(name, comparison.single.sort().join(" "));
    if (comparison.unmapped.length > 0) unmapped.set(name, comparison.unmapped.sort().join(" "));
  }
  const table = {
    version,
    provider: providerVersion,
    resources: sorted(withoutPrefix(resources)),
    functions: sorted(withoutPrefix(functions)),
    single: sorted(single),
    unmapped: sorted(unmapped),
  };
  return {
    text: `${JSON.stringify(table, null, 0).replace(/("(?:\\.|[^"\\])*":"(?:\\.|[^"\\])*"),/g, "$1,\n")}\n`,
    resources: resources.size,
    functions: functions.size,
  };
}

function main(check: boolean): void {
  const { text, resources, functions } = pulumiTypes();
  const name = relative(join(__dirname, ".."), FILE);
  if (!check) writeFileSync(FILE, text);
  else if (!existsSync(FILE) || readFileSync(FILE, "utf8") !== text) {
    console.error(
      `${name} does not match the installed @pulumi/aws. Run \`npm run pulumi-types\` and look through the difference.`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`${name}: ${resources} resource tokens, ${functions} functions${check ? ", as committed" : ""}`);
}

if (require.main === module) main(process.argv.includes("--check"));
