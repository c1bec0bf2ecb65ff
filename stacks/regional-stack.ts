import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Account, deliveryRoleName, type Enclave, Estate, regionsOf } from "../constructs";
import { keepState } from "./state";

export interface RegionalStackProps {
  readonly enclave: Enclave;
  /** Account that everything in the stack belongs to. */
  readonly account: Account;
  /** Region that everything in the stack stands in. */
  readonly region: string;
}

/** A stack of one account and one region. */
export abstract class RegionalStack extends TerraformStack {
  readonly provider: AwsProvider;
  readonly account: Account;

  constructor(scope: Construct, id: string, props: RegionalStackProps) {
    super(scope, id);
    keepState(this, props.enclave);
    this.provider = awsProvider(this, "aws", props);
    this.account = props.account;
  }
}

/** A provider that refuses to work in another account than the one meant. */
export const awsProvider = (
  stack: TerraformStack,
  id: string,
  { enclave, account, region }: RegionalStackProps,
  alias?: string,
): AwsProvider =>
  new AwsProvider(stack, id, {
    alias,
    region,
    allowedAccountIds: [account.id],
    // The runner applies in all accounts; whoever works without it has credentials of each.
    ...(enclave.pipeline?.backend === "s3" && {
      // The runner reaches the services of its own region.
      stsRegion: enclave.pipeline.region,
      assumeRole: [{ roleArn: `arn:aws:iam::${account.id}:role/${deliveryRoleName(enclave)}` }],
    }),
    defaultTags: [{ tags: { Enclave: enclave.name, Stack: stack.node.id } }],
  });

/** What the declaration says is the owner's. */
export const estateOf = (enclave: Enclave): Estate =>
  new Estate({
    organization: enclave.organization,
    accounts: enclave.accounts.map(({ id }) => id),
    regions: regionsOf(enclave),
  });
