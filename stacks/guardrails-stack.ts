import type { Construct } from "constructs";
import {
  type Account,
  AttachedGuardrails,
  backupGuardrail,
  dataCentresOf,
  declarativeGuardrail,
  deliveryRoleName,
  deputyGuardrail,
  type Enclave,
  type Guardrail,
  type GuardrailScope,
  gatewayGuardrail,
  identityGuardrail,
  landingNames,
  networkGuardrail,
  type Organization,
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

export interface GuardrailsStackProps {
  readonly enclave: Enclave;
  /** Account that the organization is managed from. */
  readonly management: Account;
  readonly units: readonly Unit[];
  /** The accounts that the policies are attached to. */
  readonly organization: Organization;
}

/**
 * The policies that hold even against an administrator of an account. They are attached last: where a declarative policy
 * stands, the accounts' own switches can no longer be changed.
 */
export class GuardrailsStack extends RegionalStack {
  constructor(scope: Construct, { enclave, management, units, organization }: GuardrailsStackProps) {
    const [region] = regionsOf(enclave);
    super(scope, "guardrails", { enclave, account: management, region });
    for (const [target, guardrails] of guardrailsOf(enclave, units)) {
      new AttachedGuardrails(this, target, { targetId: organization.targets.get(target)!, guardrails });
    }
  }
}

/** What holds for all accounts, for a unit, for one account. */
function guardrailsOf(enclave: Enclave, units: readonly Unit[]): Map<string, Guardrail[]> {
  const { bucketPrefix, readers } = landingNames(enclave);
  const about: GuardrailScope = {
    name: enclave.name,
    estate: estateOf(enclave),
    deliveryRole: deliveryRoleName(enclave),
    ...(enclave.migration ? { landing: { bucketPrefix, readerRole: readers } } : {}),
    releases: releasesOf(enclave),
  };
  const ofSites = new Set(enclave.sites.map(({ account }) => account.id));
  const everywhere = [
    regionGuardrail,
    networkGuardrail,
    sharingGuardrail,
    protectionGuardrail,
    identityGuardrail,
    deputyGuardrail,
    transportGuardrail,
    declarativeGuardrail,
    tagGuardrail,
  ];
  const aroundSites = [perimeterGuardrail, ...(enclave.access ? [gatewayGuardrail] : [])].map((one) => one(about));
  return new Map([
    ["root", everywhere.map((guardrail) => guardrail(about))],
    ...units.flatMap(({ name, accounts }): [string, Guardrail[]][] => [
      [`unit-${name}`, accounts.some(({ account }) => ofSites.has(account.id)) ? aroundSites : []],
      ...accounts.map(({ account }): [string, Guardrail[]] => [
        `account-${account.name}`,
        nightlyBackups(enclave, account.id),
      ]),
    ]),
  ]);
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
