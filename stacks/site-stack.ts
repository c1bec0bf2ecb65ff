import type { Construct } from "constructs";
import {
  AccountBlock,
  AddressPool,
  BackupSettings,
  dataCentresOf,
  type Enclave,
  evidenceBucketName,
  gatewayNames,
  Inspection,
  KeyRing,
  LogStore,
  type Pseudonymisation,
  PseudonymKeys,
  passagesBetween,
  roleArn,
  type Site,
  servicePorts,
  TransitHub,
} from "../constructs";
import { networksOf } from "./networks";
import { estateOf, RegionalStack } from "./regional-stack";
import { recordTraffic } from "./traffic";

export interface SiteStackProps {
  readonly enclave: Enclave;
  readonly site: Site;
}

/**
 * What the data centres of a site share and what exists once in an account and region: the switches against public
 * access, the logs, the private addresses, and the hub with its firewalls.
 */
export class SiteStack extends RegionalStack {
  readonly logs: LogStore;
  readonly addresses: AddressPool;
  readonly hub: TransitHub;
  /** The keys of tokens, if anything is pseudonymised: the start of their aliases, and their ARNs. */
  readonly pseudonyms?: { readonly name: string; readonly arns: readonly string[] };

  constructor(scope: Construct, { enclave, site }: SiteStackProps) {
    super(scope, `site-${site.name}`, { enclave, account: site.account, region: site.region });
    const name = `${enclave.name}-${site.name}`;
    const estate = estateOf(enclave);
    const networks = networksOf(dataCentresOf(enclave));
    const keys = new KeyRing(this, "keys", {
      name,
      account: site.account.id,
      region: site.region,
      estate,
      keys: { "default-volumes": {}, firewall: {} },
    });
    new AccountBlock(this, "block", { account: site.account.id, volumeKeyArn: keys.arn("default-volumes") });
    new BackupSettings(this, "backup");
    this.logs = new LogStore(this, "logs", {
      bucketName: `${name}-logs`,
      account: site.account.id,
      region: site.region,
      estate,
      retentionDays: enclave.retention.logs,
    });
    this.pseudonyms = enclave.pseudonymisation && this.makePseudonyms(enclave, site, enclave.pseudonymisation);
    this.addresses = new AddressPool(this, "addresses", {
      name,
      region: site.region,
      ranges: [site.inspection.ipv6, ...site.dataCentres.map(({ network }) => network.ipv6)],
    });
    this.hub = new TransitHub(this, "hub", { name, destinations: networks });
    const inspection = new Inspection(this, "inspection", {
      name: `${name}-inspection`,
      ipv4: site.inspection.ipv4,
      ipv6: { range: site.inspection.ipv6, poolId: this.addresses.pool.id },
      zones: site.inspection.zones,
      transitGatewayId: this.hub.gateway.id,
      enclave: networks,
      passages: passagesBetween(networks, servicePorts),
      keyArn: keys.arn("firewall"),
      logBucket: this.logs.bucket.bucket,
      alertBucket: enclave.oversight && evidenceBucketName(enclave, site.region),
    });
    inspection.node.addDependency(this.addresses);
    this.hub.inspectThrough(inspection.attachment.id);
    const watched = { hub: { transitGatewayId: this.hub.gateway.id }, inspection: { vpcId: inspection.vpc.id } };
    for (const [what, source] of Object.entries(watched)) {
      recordTraffic(this, { id: `${what}-traffic`, source, enclave, site, own: this.logs, prefix: what });
    }
  }

  /** Tokens of the site, made by the functions of its data centres. */
  private makePseudonyms(enclave: Enclave, { name: site, account, dataCentres }: Site, rotation: Pseudonymisation) {
    const name = `${enclave.name}-${site}-pseudonyms`;
    const users = dataCentres.flatMap((dataCentre) => {
      const { step } = gatewayNames(enclave, dataCentre);
      return [step("pseudonymise"), step("reidentify")].map((roleName) => roleArn({ account: account.id, roleName }));
    });
    const keys = new PseudonymKeys(this, "pseudonyms", {
      name,
      account: account.id,
      estate: estateOf(enclave),
      rotation,
      users,
    });
    return { name, arns: [...keys.arns.values()] };
  }
}
