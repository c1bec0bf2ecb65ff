import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  BackupSchedule,
  type DataCentre,
  type Enclave,
  ObjectReplication,
  replicationRole,
  type StoreOf,
} from "../constructs";
import type { DataCentreStack } from "./data-centre-stack";
import { awsProvider, estateOf } from "./regional-stack";
import { keepState } from "./state";

export interface CopiesStackProps {
  readonly enclave: Enclave;
  /** Every data centre with its stack. */
  readonly dataCentres: ReadonlyMap<DataCentre, DataCentreStack>;
}

/** Joins the stores: objects are copied to other data centres, backups to other sites, as declared. */
export class CopiesStack extends TerraformStack {
  private readonly providers = new Map<string, AwsProvider>();

  constructor(
    scope: Construct,
    private readonly props: CopiesStackProps,
  ) {
    super(scope, "copies");
    keepState(this, props.enclave);
    for (const [dataCentre, stack] of props.dataCentres) {
      if (dataCentre.replicatesTo.length > 0) this.replicate(dataCentre, stack);
      if (dataCentre.backsUpTo.length > 0) this.backUp(dataCentre, stack);
    }
  }

  private replicate(dataCentre: DataCentre, stack: DataCentreStack): void {
    const { enclave } = this.props;
    new ObjectReplication(this, `${dataCentre.name}-objects`, {
      roleName: replicationRole(enclave, dataCentre).roleName,
      estate: estateOf(enclave),
      source: storeOf(dataCentre, stack),
      targets: this.named(dataCentre.replicatesTo).map(([target, targetStack]) => storeOf(target, targetStack)),
      provider: this.providerOf(dataCentre),
    });
  }

  private backUp(dataCentre: DataCentre, stack: DataCentreStack): void {
    const { enclave } = this.props;
    const inZones = dataCentre.outposts.length === 0;
    new BackupSchedule(this, `${dataCentre.name}-backups`, {
      name: `${enclave.name}-${dataCentre.name}`,
      estate: estateOf(enclave),
      vault: stack.vault,
      copies: this.named(dataCentre.backsUpTo).map(([, { vault }]) => vault),
      resources: [
        stack.tables.table.arn,
        // What stands on a rack has backups there; AWS Backup would carry it to the region.
        ...(inZones && stack.relational ? [stack.relational.instance.arn] : []),
        ...(inZones ? stack.blocks.flatMap(({ volumes }) => volumes.map(({ arn }) => arn)) : []),
      ],
      retentionDays: enclave.retention.backups,
      provider: this.providerOf(dataCentre),
    });
  }

  private named(names: readonly string[]): [DataCentre, DataCentreStack][] {
    return [...this.props.dataCentres].filter(([{ name }]) => names.includes(name));
  }

  /** One provider for each site. */
  private providerOf({ site, account, region }: DataCentre): AwsProvider {
    const { enclave } = this.props;
    const provider = this.providers.get(site) ?? awsProvider(this, site, { enclave, account, region }, site);
    this.providers.set(site, provider);
    return provider;
  }
}

const storeOf = ({ name, account }: DataCentre, { objects }: DataCentreStack): StoreOf => ({
  dataCentre: name,
  store: objects,
  account: account.id,
});
