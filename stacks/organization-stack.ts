import type { Construct } from "constructs";
import {
  type Account,
  AttachedGuardrails,
  aiGuardrail,
  type Enclave,
  Organization,
  regionsOf,
  type Unit,
} from "../constructs";
import { RegionalStack } from "./regional-stack";

export interface OrganizationStackProps {
  readonly enclave: Enclave;
  /** Account that the organization is managed from. */
  readonly management: Account;
  readonly units: readonly Unit[];
}

/**
 * The organization, its units and accounts, and which services of AWS work in all of them. It comes first: what it lets
 * work, the partner is given the administration of, and what AWS may not do with what they see must hold before they see
 * anything.
 */
export class OrganizationStack extends RegionalStack {
  readonly organization: Organization;

  constructor(scope: Construct, { enclave, management, units }: OrganizationStackProps) {
    const [region] = regionsOf(enclave);
    super(scope, "organization", { enclave, account: management, region });
    this.organization = new Organization(this, "tree", {
      id: enclave.organization,
      units: units.map(({ name, accounts }) => ({
        name,
        accounts: accounts.map(({ account, email }) => ({ ...account, email })),
      })),
    });
    const targetId = this.organization.targets.get("root")!;
    new AttachedGuardrails(this, "root", { targetId, guardrails: [aiGuardrail(enclave)] });
  }
}
