import type { Construct } from "constructs";
import {
  type Access,
  AccessGateway,
  type DataCentre,
  type Enclave,
  evidenceBucketName,
  gatewayNames,
  type Oversight,
  partnerApprover,
  type Site,
} from "../constructs";
import type { DataCentreStack } from "./data-centre-stack";
import { estateOf, RegionalStack } from "./regional-stack";

export interface AccessGatewayStackProps {
  readonly enclave: Enclave;
  readonly site: Site;
  readonly dataCentre: DataCentre;
  readonly stack: DataCentreStack;
  readonly access: Access;
  readonly oversight: Oversight;
}

/** The gateway by which people come to the data of a data centre; it stands in its network. */
export class AccessGatewayStack extends RegionalStack {
  readonly gateway: AccessGateway;

  constructor(scope: Construct, props: AccessGatewayStackProps) {
    const { enclave, site, dataCentre, stack, access, oversight } = props;
    const { name, account, region } = dataCentre;
    super(scope, `access-${name}`, { enclave, account, region });
    this.gateway = new AccessGateway(this, "gateway", {
      name: `${enclave.name}-${name}`,
      dataCentre: name,
      account: account.id,
      region,
      estate: estateOf(enclave),
      names: gatewayNames(enclave, dataCentre),
      access,
      pseudonymisation: enclave.pseudonymisation,
      transfers: enclave.transfers,
      partner: partnerApprover(enclave, oversight.account),
      partnerNetworks: oversight.people.networks.map(({ range }) => range),
      evidence: { bucket: evidenceBucketName(enclave, region), account: oversight.account.id },
      network: stack.network,
      endpoints: stack.endpoints,
      stores: {
        bucketArn: stack.objects.bucket.arn,
        objectsKeyArn: stack.keys.arn("objects"),
        tableArn: stack.tables.table.arn,
        tableKeyArn: stack.keys.arn("tables"),
      },
      image: site.image,
      logDays: enclave.retention.logs,
    });
  }
}
