import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Account, Delegations, type Enclave, type Oversight, regionsOf } from "../constructs";
import { awsProvider } from "./regional-stack";
import { keepState } from "./state";

export interface DelegationStackProps {
  readonly enclave: Enclave;
  readonly oversight: Oversight;
  /** The account that the organization was made in. */
  readonly management: Account;
}

/** What the organization's own account gives to the partner. */
export class DelegationStack extends TerraformStack {
  constructor(scope: Construct, { enclave, oversight, management }: DelegationStackProps) {
    super(scope, "delegation");
    keepState(this, enclave);
    new Delegations(this, "partner", {
      partner: oversight.account.id,
      providers: new Map(
        regionsOf(enclave).map((region) => [
          region,
          awsProvider(this, region, { enclave, account: management, region }, region),
        ]),
      ),
    });
  }
}
