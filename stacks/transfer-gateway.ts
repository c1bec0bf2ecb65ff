import type { Construct } from "constructs";
import {
  type Access,
  type AccessGateway,
  type DataCentre,
  deliveryRoleName,
  type Enclave,
  gatewayNames,
  type Pseudonymisation,
  roleArn,
  TransferGateway,
} from "../constructs";
import type { DataCentreStack } from "./data-centre-stack";
import { estateOf, RegionalStack } from "./regional-stack";
import type { SiteStack } from "./site-stack";

export interface TransferGatewayStackProps {
  readonly enclave: Enclave;
  readonly dataCentre: DataCentre;
  readonly stack: DataCentreStack;
  readonly shared: SiteStack;
  readonly gateway: AccessGateway;
  readonly access: Access;
  readonly pseudonymisation: Pseudonymisation;
}

/** The gateway by which data leaves a data centre, pseudonymised and approved; without receivers nothing does. */
export class TransferGatewayStack extends RegionalStack {
  readonly gateway: TransferGateway;

  constructor(scope: Construct, props: TransferGatewayStackProps) {
    const { enclave, dataCentre, stack, shared, gateway, access, pseudonymisation } = props;
    const { name, account, region } = dataCentre;
    super(scope, `transfers-${name}`, { enclave, account, region });
    this.gateway = new TransferGateway(this, "gateway", {
      name: `${enclave.name}-${name}`,
      account: account.id,
      region,
      estate: estateOf(enclave),
      names: gatewayNames(enclave, dataCentre),
      access,
      pseudonymisation,
      transfers: enclave.transfers ?? { classes: {}, receivers: {} },
      gateway,
      source: {
        bucket: stack.objects.bucketName,
        bucketArn: stack.objects.bucket.arn,
        keyArn: stack.keys.arn("objects"),
      },
      tokens: shared.pseudonyms!,
      delivery: roleArn({ account: account.id, roleName: deliveryRoleName(enclave) }),
    });
  }
}
