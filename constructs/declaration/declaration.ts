/** The enclave as the rest of the code reads it: a checked declaration, with names resolved. */
import type { z } from "zod";
import type { Access } from "./access";
import { Cidr } from "./cidr";
import type { FacilityDeclaration } from "./facility";
import { type Geography, geography } from "./geography";
import type { GuardrailsShape } from "./guardrails";
import type { MigrationShape } from "./migration";
import type { OversightShape } from "./oversight";
import type { PipelineShape } from "./pipeline";
import { type PlacementShape, sitePairs } from "./placement";
import { type Problem, problemsOf } from "./rules";
import { type CheckedShape, type EnclaveDeclaration, schema } from "./schema";
import type { Pseudonymisation, Transfers } from "./transfers";

/** An account of the owner. */
export interface Account {
  readonly name: string;
  /** Twelve digits. */
  readonly id: string;
}

/** The addresses of one VPC. */
export interface AddressRange {
  readonly ipv4: Cidr;
  readonly ipv6: Cidr;
}

/** A rack of AWS's in a building of the owner's. */
export interface Outpost {
  readonly arn: string;
  /** `op-` and 17 hexadecimal digits. */
  readonly id: string;
  /** Zone id of the availability zone that the Outpost is anchored to. */
  readonly zone: string;
  /** Where the rack really stands: ISO 3166-1 alpha-2. */
  readonly country: string;
  /** What it was ordered with, in TiB. */
  readonly capacity?: { readonly objects: number; readonly blocks: number };
}

export interface DataCentre {
  readonly name: string;
  /** Name of the site it belongs to. */
  readonly site: string;
  readonly account: Account;
  readonly region: string;
  /** Zone ids; those that its Outposts are anchored to, if it has Outposts. */
  readonly zones: readonly string[];
  /** Empty for a data centre that is a set of zones. */
  readonly outposts: readonly Outpost[];
  readonly network: AddressRange;
  /** Data centres that its objects are copied to: those declared, and one of each second site of users at home here. */
  readonly replicatesTo: readonly string[];
  /** Data centres of other sites that its backups are copied to. */
  readonly backsUpTo: readonly string[];
  /** What it declares of its building, if anything. */
  readonly facility?: FacilityDeclaration;
}

export interface Site {
  readonly name: string;
  readonly account: Account;
  readonly region: string;
  /** Machine image of the hosts, in the region of the site. */
  readonly image: string;
  /** Network in which the traffic between data centres is inspected. */
  readonly inspection: AddressRange & { readonly zones: readonly string[] };
  readonly dataCentres: readonly DataCentre[];
}

/** Where the data of each country's users stands, and how much of it there is. */
export type Placement = PlacementShape;

/** How long things are kept, in days. */
export interface Retention {
  readonly logs: number;
  readonly backups: number;
  /** Versions of objects that have been overwritten or deleted. */
  readonly versions: number;
  readonly snapshots: number;
}

/** Public addresses that the partner's people work from. */
export interface RegisteredNetwork {
  readonly range: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Last day that it counts. */
  readonly until?: string;
}

/** The independent partner that watches the enclave. */
export interface Oversight {
  readonly account: Account;
  /** Who it is. */
  readonly partner: string;
  /** Where incidents are judged and findings come together. */
  readonly region: string;
  /** Network of the partner's functions. */
  readonly network: AddressRange & { readonly zones: readonly string[] };
  /** Days that nobody can delete evidence. */
  readonly evidence: number;
  readonly people: {
    /** Host of the OpenID Connect provider that signs them in. */
    readonly issuer: string;
    readonly audience: string;
    readonly networks: readonly RegisteredNetwork[];
  };
}

/** Where states are kept and plans are made and applied. */
export interface Pipeline {
  readonly backend: "local" | "s3";
  readonly account: Account;
  readonly region: string;
  /** Network of the runner. */
  readonly network: AddressRange & { readonly zones: readonly string[] };
}

/** Copies outside that are brought in. */
export interface MigrationSource {
  readonly name: string;
  /** Where they stand; outside the boundary, as a rule. */
  readonly region: string;
  /** Whose they are: an account that is not the enclave's. */
  readonly account: string;
  /** Role of that account that replicates into the landing buckets; the site fetches if there is none. */
  readonly writer?: string;
  /** What stands there for each site, by the site's name. */
  readonly copies: MigrationShape["sources"][string]["copies"];
}

export interface Migration {
  /** Last day that anything comes in: `YYYY-MM-DD`. */
  readonly until: string;
  readonly sources: readonly MigrationSource[];
}

/** An organizational unit, with the e-mail address of each account's root user. */
export interface Unit {
  readonly name: string;
  readonly accounts: readonly { readonly account: Account; readonly email: string }[];
}

export interface Enclave {
  /** Prefix of all names. */
  readonly name: string;
  readonly organization: string;
  readonly boundary: { readonly name: string; readonly countries: readonly string[] };
  readonly accounts: readonly Account[];
  /** The account that the organization was made in, if it is managed from here. */
  readonly management?: Account;
  /** The units of the organization, if its guardrails are kept here. */
  readonly units?: readonly Unit[];
  readonly retention: Retention;
  readonly sites: readonly Site[];
  /** Where the data of each country's users stands, if anybody's is placed. */
  readonly placement?: Placement;
  /** Copies outside that are brought in, while there are any. */
  readonly migration?: Migration;
  /** Where states are kept and plans applied; without it, wherever Terraform is run. */
  readonly pipeline?: Pipeline;
  /** Who watches the enclave, if anybody does. */
  readonly oversight?: Oversight;
  /** How people come to see data; nobody does if it is left out. */
  readonly access?: Access;
  readonly pseudonymisation?: Pseudonymisation;
  /** What may leave; nothing does if it is left out. */
  readonly transfers?: Transfers;
  readonly vouched: CheckedShape["vouched"];
  /** Who must sign what was proved before it is applied. */
  readonly signers: CheckedShape["signers"];
}

/** A declaration that can't be built; `problems` has one line for each thing wrong, each naming its field. */
export class DeclarationError extends Error {
  constructor(readonly problems: readonly string[]) {
    const list = problems.length === 1 ? ` ${problems[0]}` : problems.map((problem) => `\n  ${problem}`).join("");
    super(`The declaration of the enclave is not valid:${list}`);
    this.name = "DeclarationError";
  }
}

/**
 * Checks a declaration and resolves the names in it.
 *
 * @param facts what it is checked against; what has an end and is past it is refused
 * @throws DeclarationError naming every field that is wrong.
 */
export function defineEnclave(declaration: EnclaveDeclaration, facts: Geography = geography): Enclave {
  const parsed = schema.safeParse(declaration, { error: missing });
  if (!parsed.success) throw new DeclarationError(parsed.error.issues.flatMap(linesOf));
  const problems = problemsOf(parsed.data, facts);
  if (problems.length > 0) throw new DeclarationError(problems.map(lineOf));
  return resolve(parsed.data, facts);
}

const missing = ({ code, input }: z.core.$ZodRawIssue): string | undefined =>
  code === "invalid_type" && input === undefined ? "is missing" : undefined;

const lineOf = ({ path, message }: Problem): string => `${path.join(".") || "the declaration"}: ${message}`;

function linesOf(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => lineOf({ path: [...path, key], message: "there is no such field" }));
  }
  if (issue.code === "invalid_key") {
    return issue.issues.map(({ message }) => lineOf({ path, message: `the name ${message}` }));
  }
  return [lineOf({ path, message: issue.message })];
}

function resolve(shape: CheckedShape, facts: Geography): Enclave {
  const accounts = Object.entries(shape.accounts).map(([name, id]) => ({ name, id }));
  return {
    ...shape,
    boundary: typeof shape.boundary === "string" ? facts.boundary(shape.boundary)! : shape.boundary,
    accounts,
    management: shape.management === undefined ? undefined : accountNamed(accounts, shape.management),
    pipeline: shape.pipeline && resolvePipeline(shape.pipeline, accounts),
    migration: shape.migration && resolveMigration(shape.migration),
    units: shape.guardrails && resolveUnits(shape.guardrails, accounts),
    oversight: shape.oversight && resolveOversight(shape.oversight, accounts),
    sites: withCopies(
      Object.entries(shape.sites).map(([name, site]) => resolveSite(name, site, accounts)),
      shape.placement,
    ),
  };
}

const resolvePipeline = (shape: PipelineShape, accounts: readonly Account[]): Pipeline => ({
  ...shape,
  account: accountNamed(accounts, shape.account),
  network: { zones: shape.network.zones, ...addresses(shape.network) },
});

const resolveMigration = ({ until, sources }: MigrationShape): Migration => ({
  until,
  sources: Object.entries(sources).map(([name, source]) => ({ name, ...source })),
});

const resolveUnits = ({ units }: GuardrailsShape, accounts: readonly Account[]): Unit[] =>
  Object.entries(units).map(([name, members]) => ({
    name,
    accounts: Object.entries(members).map(([account, email]) => ({ account: accountNamed(accounts, account), email })),
  }));

const resolveOversight = (shape: OversightShape, accounts: readonly Account[]): Oversight => ({
  ...shape,
  account: accountNamed(accounts, shape.account),
  network: { zones: shape.network.zones, ...addresses(shape.network) },
});

const accountNamed = (accounts: readonly Account[], name: string): Account =>
  accounts.find((candidate) => candidate.name === name)!;

/** Spreads the copies that a placement asks for over the data centres of the second site. */
function withCopies(sites: readonly Site[], placement: Placement | undefined): Site[] {
  const seconds = (site: string) => (placement ? sitePairs(placement) : []).filter(({ home }) => home === site);
  return sites.map((site) => ({
    ...site,
    dataCentres: site.dataCentres.map((dataCentre, i) => {
      const placed = seconds(site.name).map(({ second }) => {
        const targets = sites.find(({ name }) => name === second)!.dataCentres;
        return targets[i % targets.length].name;
      });
      return { ...dataCentre, replicatesTo: [...new Set([...dataCentre.replicatesTo, ...placed])] };
    }),
  }));
}

function resolveSite(name: string, site: CheckedShape["sites"][string], accounts: readonly Account[]): Site {
  const account = accountNamed(accounts, site.account);
  const place = { site: name, account, region: site.region };
  return {
    ...site,
    name,
    account,
    inspection: { zones: site.inspection.zones, ...addresses(site.inspection) },
    dataCentres: Object.entries(site.dataCentres).map(([dataCentre, declared]) => {
      const outposts = (declared.outposts ?? []).map((outpost) => ({ ...outpost, id: outpostId(outpost.arn) }));
      const zones = declared.zones ?? [...new Set(outposts.map(({ zone }) => zone))];
      return { ...declared, ...place, name: dataCentre, zones, outposts, network: addresses(declared.network) };
    }),
  };
}

const addresses = (range: { ipv4: string; ipv6: string }): AddressRange => ({
  ipv4: Cidr.parse(range.ipv4),
  ipv6: Cidr.parse(range.ipv6),
});

const outpostId = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** All data centres of all sites, in the order of the declaration. */
export const dataCentresOf = (enclave: Enclave): DataCentre[] => enclave.sites.flatMap((site) => site.dataCentres);

/** The regions that the sites stand in, each once. */
export const regionsOf = (enclave: Enclave): string[] => [...new Set(enclave.sites.map((site) => site.region))];
