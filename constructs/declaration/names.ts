/**
 * Names that several stacks agree on, computed from the declaration alone, so that none of them needs another's
 * resources: who writes evidence is known before the writers exist, and where it goes before the bucket does.
 */
import type { Account, DataCentre, Enclave, Site } from "./declaration";
import { dataCentresOf } from "./declaration";

/** A role of an account of the enclave, named before it exists. */
export interface NamedRole {
  /** Twelve digits. */
  readonly account: string;
  readonly roleName: string;
}

/** Its ARN. */
export const roleArn = ({ account, roleName }: NamedRole): string => `arn:aws:iam::${account}:role/${roleName}`;

/**
 * The bucket of the partner's account, in the given region, that the gateways write evidence to: the steps of requests
 * below `access/DATA-CENTRE/` and `transfers/DATA-CENTRE/`, records of sessions below `sessions/DATA-CENTRE/`, logs of
 * the gateways below `logs/DATA-CENTRE/`.
 */
export const evidenceBucketName = (enclave: Pick<Enclave, "name">, region: string): string =>
  `${enclave.name}-evidence-${region}`;

/** The steps of the gateways that have a function and a role of their own. */
export const gatewaySteps = [
  "request",
  "ask",
  "approve",
  "countersign",
  "open",
  "close",
  "pseudonymise",
  "reidentify",
  "release",
] as const;
export type GatewayStep = (typeof gatewaySteps)[number];

/** What the gateways of a data centre are called. */
export interface GatewayNames {
  /** Name of each step's function, and of its role. */
  readonly step: (step: GatewayStep) => string;
  /** The role that an approved session acts with. */
  readonly session: string;
  /** The role of the hosts that sessions run on. */
  readonly workbench: string;
  /** The role that carries the gateways' logs to the evidence. */
  readonly archive: string;
  /** State machines. */
  readonly access: string;
  readonly transfer: string;
  /** The table of requests. */
  readonly requests: string;
  /** The bucket that transfers wait in. */
  readonly outbox: string;
}

export function gatewayNames({ name }: Pick<Enclave, "name">, dataCentre: Pick<DataCentre, "name">): GatewayNames {
  const prefix = `${name}-${dataCentre.name}`;
  return {
    step: (step) => `${prefix}-${step}`,
    session: `${prefix}-session`,
    workbench: `${prefix}-workbench`,
    archive: `${prefix}-archive`,
    access: `${prefix}-access`,
    transfer: `${prefix}-transfer`,
    requests: `${prefix}-requests`,
    outbox: `${prefix}-outbox`,
  };
}

/** The roles that write evidence into the partner's bucket of a region, and may do nothing else there. */
export const evidenceWriters = (enclave: Enclave, region: string): NamedRole[] =>
  dataCentresOf(enclave)
    .filter((dataCentre) => dataCentre.region === region)
    .flatMap((dataCentre) => {
      const names = gatewayNames(enclave, dataCentre);
      const roleNames = [...gatewaySteps.map(names.step), names.workbench, names.archive];
      return roleNames.map((roleName) => ({ account: dataCentre.account.id, roleName }));
    });

/** The role in the partner's account whose holders approve access to personal data in clear. */
export const partnerApprover = (enclave: Pick<Enclave, "name">, partner: Account): NamedRole => ({
  account: partner.id,
  roleName: `${enclave.name}-partner-approver`,
});

/** The role by which proved plans are applied, of the same name in every account. */
export const deliveryRoleName = ({ name }: Pick<Enclave, "name">): string => `${name}-delivery`;

/** The role that copies what was approved to receivers. */
export const releaseRole = (enclave: Pick<Enclave, "name">, dataCentre: DataCentre): NamedRole => ({
  account: dataCentre.account.id,
  roleName: gatewayNames(enclave, dataCentre).step("release"),
});

/** The role of a data centre's hosts. */
export const hostRole = ({ name }: Pick<Enclave, "name">, dataCentre: DataCentre): NamedRole => ({
  account: dataCentre.account.id,
  roleName: `${name}-${dataCentre.name}-hosts`,
});

/** The roles that read users' data in doing what the enclave is for; a read by anybody else is an incident. */
export const approvedReaders = (enclave: Enclave): NamedRole[] =>
  dataCentresOf(enclave).flatMap((dataCentre) => {
    const { session, step } = gatewayNames(enclave, dataCentre);
    const gateways = [session, step("pseudonymise"), step("reidentify"), step("release")];
    return [
      hostRole(enclave, dataCentre),
      ...gateways.map((roleName) => ({ account: dataCentre.account.id, roleName })),
    ];
  });

/** What the partner's parts are called that other accounts name. */
export interface OversightNames {
  /** The bus that watched accounts report to, and the start of the names of queues. */
  readonly desk: string;
  /** The role in a watched account that reports. */
  readonly reporter: (site: string) => string;
  /** The state machine that stops sessions and transfers, and its role. */
  readonly stop: string;
  /** The role in a watched account that the stop acts by. */
  readonly stopped: (site: string) => string;
  readonly trail: string;
  readonly auditor: string;
  readonly responder: string;
}

export const oversightNames = ({ name }: Pick<Enclave, "name">): OversightNames => ({
  desk: `${name}-oversight`,
  reporter: (site) => `${name}-${site}-reporter`,
  stop: `${name}-stop`,
  stopped: (site) => `${name}-${site}-stop`,
  trail: `${name}-trail`,
  auditor: `${name}-auditor`,
  responder: `${name}-responder`,
});

/** The object that the delivery puts the last report of the proof into, in the evidence of the partner's region. */
export const reportKey = "verdicts/report.json";

/** The role that copies a data centre's objects; other accounts' buckets name it before it exists. */
export const replicationRole = ({ name }: Pick<Enclave, "name">, dataCentre: DataCentre): NamedRole => ({
  account: dataCentre.account.id,
  roleName: `${name}-${dataCentre.name}-replication`,
});

/** The role that takes a data centre's backups. */
export const backupRole = ({ name }: Pick<Enclave, "name">, dataCentre: DataCentre): NamedRole => ({
  account: dataCentre.account.id,
  roleName: `${name}-${dataCentre.name}-backup`,
});

/** What the way in is called. */
export const landingNames = ({ name }: Pick<Enclave, "name">) => ({
  /** Beginning of the names of all landing buckets. */
  bucketPrefix: `${name}-landing-`,
  /** Landing bucket of a site. */
  bucket: (site: Pick<Site, "name">): string => `${name}-landing-${site.name}`,
  /** The task that fetches a source for a site; its roles are `-reader` and `-writer` of that name. */
  fetcher: (site: Pick<Site, "name">, source: string): string => `${name}-fetch-${site.name}-${source}`,
  /** Names of the roles that read outside, as a pattern. */
  readers: `${name}-fetch-*-reader`,
});

/** What the pipeline is called. */
export const pipelineNames = ({ name }: Pick<Enclave, "name">) => ({
  /** Bucket of states and sources. */
  bucket: `${name}-states`,
  /** Alias of the key that they are encrypted with. */
  keyAlias: `alias/${name}-runner-states`,
  /** Key of a stack's state in the bucket. */
  stateKey: (stack: string): string => `states/${stack}.tfstate`,
  /** Key of what the runner builds. */
  source: "sources/enclave.zip",
  /** The runner's project and role. */
  runner: `${name}-runner`,
});
