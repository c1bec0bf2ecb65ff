import { CloudtrailOrganizationDelegatedAdminAccount } from "@cdktf/provider-aws/lib/cloudtrail-organization-delegated-admin-account";
import { GuarddutyOrganizationAdminAccount } from "@cdktf/provider-aws/lib/guardduty-organization-admin-account";
import { Macie2OrganizationAdminAccount } from "@cdktf/provider-aws/lib/macie2-organization-admin-account";
import { SecurityhubOrganizationAdminAccount } from "@cdktf/provider-aws/lib/securityhub-organization-admin-account";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface DelegationsProps {
  /** The account that administers from now on. */
  readonly partner: string;
  /** For each region, a provider that works there in the account that the organization was made in. */
  readonly providers: ReadonlyMap<string, TerraformProvider>;
}

/**
 * What only the organization's own account can give away: the administration of its trails, and of GuardDuty, Security
 * Hub and Macie in each region. After that, the partner sets them up and no watched account can leave.
 */
export class Delegations extends Construct {
  constructor(scope: Construct, id: string, { partner, providers }: DelegationsProps) {
    super(scope, id);
    const [[, first]] = providers;
    new CloudtrailOrganizationDelegatedAdminAccount(this, "trails", { accountId: partner, provider: first });
    for (const [region, provider] of providers) {
      new GuarddutyOrganizationAdminAccount(this, `guardduty-${region}`, { adminAccountId: partner, provider });
      new SecurityhubOrganizationAdminAccount(this, `hub-${region}`, { adminAccountId: partner, provider });
      new Macie2OrganizationAdminAccount(this, `macie-${region}`, { adminAccountId: partner, provider });
    }
  }
}
