import { BackupGlobalSettings } from "@cdktf/provider-aws/lib/backup-global-settings";
import { OrganizationsAccount } from "@cdktf/provider-aws/lib/organizations-account";
import { OrganizationsOrganization } from "@cdktf/provider-aws/lib/organizations-organization";
import { OrganizationsOrganizationalUnit } from "@cdktf/provider-aws/lib/organizations-organizational-unit";
import { OrganizationsPolicy } from "@cdktf/provider-aws/lib/organizations-policy";
import { OrganizationsPolicyAttachment } from "@cdktf/provider-aws/lib/organizations-policy-attachment";
import { Construct } from "constructs";
import { type Guardrail, guardrailTypes, minified, requireWithinQuotas } from "./quotas";

/** An account of a unit; it exists already, and is taken up. */
export interface MemberAccount {
  readonly name: string;
  /** Twelve digits. */
  readonly id: string;
  /** E-mail address of its root user. */
  readonly email: string;
  /**
   * Policies of this account alone.
   * @default none
   */
  readonly guardrails?: readonly Guardrail[];
}

export interface OrganizationalUnit {
  readonly name: string;
  readonly accounts: readonly MemberAccount[];
  /** Policies of the accounts in the unit. */
  readonly guardrails: readonly Guardrail[];
}

export interface OrganizationProps {
  /** Id of the organization, which exists already: `o-…`. */
  readonly id: string;
  /** Policies of all accounts. */
  readonly guardrails: readonly Guardrail[];
  readonly units: readonly OrganizationalUnit[];
  /**
   * Services of AWS that may work in all accounts.
   * @default those that watch: AWS Backup, CloudTrail, Config, GuardDuty, IAM Access Analyzer, Macie, Security Hub
   */
  readonly services?: readonly string[];
}

const watchers = [
  "access-analyzer",
  "backup",
  "cloudtrail",
  "config",
  "config-multiaccountsetup",
  "guardduty",
  "macie",
  "securityhub",
].map((service) => `${service}.amazonaws.com`);

/** The tree of accounts with the policies on it. Neither organization nor accounts are made: they are imported. */
export class Organization extends Construct {
  readonly organization: OrganizationsOrganization;

  /** @throws RangeError if a policy is longer, or a target has more, than AWS takes */
  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id);
    this.organization = new OrganizationsOrganization(this, "organization", {
      featureSet: "ALL",
      enabledPolicyTypes: [...guardrailTypes],
      awsServiceAccessPrincipals: [...(props.services ?? watchers)],
      lifecycle: { preventDestroy: true },
    });
    this.organization.importFrom(props.id);
    const root = this.organization.roots.get(0).id;
    this.attach("root", root, props.guardrails);
    for (const unit of props.units) this.unit(unit, root);
    // Copies between accounts of the organization; each is a rule of a plan, and is judged there.
    new BackupGlobalSettings(this, "backup", { globalSettings: { isCrossAccountBackupEnabled: "true" } });
  }

  private unit({ name, accounts, guardrails }: OrganizationalUnit, parentId: string): void {
    const unit = new OrganizationsOrganizationalUnit(this, `unit-${name}`, { name, parentId });
    this.attach(`unit-${name}`, unit.id, guardrails);
    for (const account of accounts) this.account(account, unit.id);
  }

  private account({ name, id, email, guardrails = [] }: MemberAccount, parentId: string): void {
    const account = new OrganizationsAccount(this, `account-${name}`, {
      name,
      email,
      parentId,
      closeOnDeletion: false,
      // Neither can be read back from an account that is imported.
      lifecycle: { preventDestroy: true, ignoreChanges: ["iam_user_access_to_billing", "role_name"] },
    });
    account.importFrom(id);
    this.attach(`account-${name}`, account.id, guardrails);
  }

  private attach(target: string, targetId: string, guardrails: readonly Guardrail[]): void {
    requireWithinQuotas(target, guardrails);
    for (const guardrail of guardrails) {
      const { name, type, description } = guardrail;
      const policy = new OrganizationsPolicy(this, `${target}-${name}`, {
        name,
        type,
        description,
        content: minified(guardrail),
        dependsOn: [this.organization],
      });
      new OrganizationsPolicyAttachment(this, `${target}-${name}-attachment`, { policyId: policy.id, targetId });
    }
  }
}
