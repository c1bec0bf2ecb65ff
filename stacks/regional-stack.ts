import { relative, resolve } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Account, type Enclave, Estate, regionsOf } from "../constructs";

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

  constructor(scope: Construct, id: string, props: RegionalStackProps) {
    super(scope, id);
    keepStateLocally(this);
    this.provider = awsProvider(this, "aws", props);
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
    defaultTags: [{ tags: { Enclave: enclave.name, Stack: stack.node.id } }],
  });

/** Keeps the state beside `enclave.ts`; the path is relative so that a synthesis is the same wherever it is made. */
export function keepStateLocally(stack: TerraformStack): void {
  const { outdir } = App.of(stack);
  const workingDirectory = resolve(outdir, "stacks", stack.node.id);
  new LocalBackend(stack, { path: relative(workingDirectory, resolve(`terraform.${stack.node.id}.tfstate`)) });
}

/** What the declaration says is the owner's. */
export const estateOf = (enclave: Enclave): Estate =>
  new Estate({
    organization: enclave.organization,
    accounts: enclave.accounts.map(({ id }) => id),
    regions: regionsOf(enclave),
  });
