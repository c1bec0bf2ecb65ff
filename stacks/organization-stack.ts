import type { Construct } from "constructs";
import {
  type Account,
  aiGuardrail,
  backupGuardrail,
  dataCentresOf,
  declarativeGuardrail,
  deliveryRoleName,
  deputyGuardrail,
  type Enclave,
  type Guardrail,
  type GuardrailScope,
  identityGuardrail,
  landingNames,
  networkGuardrail,
  Organization,
  perimeterGuardrail,
  protectionGuardrail,
  type ReleaseScope,
  receiversIn,
  regionGuardrail,
  regionsOf,
  releaseRole,
  roleArn,
  sharingGuardrail,
  tagGuardrail,
  transportGuardrail,
  type Unit,
} from "../constructs";
import { estateOf, RegionalStack } from "./regional-stack";

export interface OrganizationStackProps {
  readonly enclave: Enclave;
  /** Account that the organization is managed from. */
  readonly management: Account;
  readonly units: readonly Unit[];
}

/**
 * The organization: its units and accounts, and the policies that hold even against an administrator of an account. It is
 * applied last: where a declarative policy stands, the accounts' own switches can no longer be changed.
 */
export class OrganizationStack extends RegionalStack {
  constructor(scope: Construct, { enclave, management, units }: OrganizationStackProps) {
    const [region] = regionsOf(enclave);
    super(scope, "organization", { enclave, account: management, region });
    const { bucketPrefix, readers } = landingNames(enclave);
    const about: GuardrailScope = {
      name: enclave.name,
      estate: estateOf(enclave),
      deliveryRole: deliveryRoleName(enclave),
      ...(enclave.migration ? { landing: { bucketPrefix, readerRole: readers } } : {}),
      releases: releasesOf(enclave),
    };
    const ofSites = new Set(enclave.sites.map(({ account }) => account.id));
    new Organization(this, "tree", {
      id: enclave.organization,
      guardrails: [
        regionGuardrail,
        networkGuardrail,
        sharingGuardrail,
        protectionGuardrail,
        identityGuardrail,
        deputyGuardrail,
        transportGuardrail,
        declarativeGuardrail,
        aiGuardrail,
        tagGuardrail,
      ].map((guardrail) => guardrail(about)),
      units: units.map(({ name, accounts }) => ({
        name,
        accounts: accounts.map(({ account, email }) => ({
          ...account,
          email,
          guardrails: nightlyBackups(enclave, account.id),
        })),
        guardrails: accounts.some(({ account }) => ofSites.has(account.id)) ? [perimeterGuardrail(about)] : [],
      })),
    });
  }
}

/** In each region, the inboxes of declared receivers and the roles of the data centres that release to them. */
const releasesOf = (enclave: Enclave): ReleaseScope[] =>
  regionsOf(enclave).flatMap((region) => {
    const receivers = Object.values(enclave.transfers ? receiversIn(enclave.transfers, region) : {});
    if (receivers.length === 0) return [];
    return [
      {
        inboxArns: receivers.map(({ inbox }) => `arn:aws:s3:::${inbox.bucket}`),
        roleArns: dataCentresOf(enclave)
          .filter((dataCentre) => dataCentre.region === region)
          .map((dataCentre) => roleArn(releaseRole(enclave, dataCentre))),
      },
    ];
  });

/** Recovery points of what an account's plans leave out, in the vault of its first data centre that keeps backups. */
const nightlyBackups = (enclave: Enclave, account: string): Guardrail[] =>
  enclave.sites
    .filter((site) => site.account.id === account)
    .flatMap(({ region, dataCentres }) => {
      const keeper = dataCentres.find(({ backsUpTo }) => backsUpTo.length > 0);
      if (!keeper) return [];
      const name = `${enclave.name}-${keeper.name}`;
      return [
        backupGuardrail(name, {
          region,
          vault: `${name}-vault`,
          role: `${name}-backup`,
          retentionDays: enclave.retention.backups,
        }),
      ];
    });
