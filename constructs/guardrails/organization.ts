import { BackupGlobalSettings } from "@cdktf/provider-aws/lib/backup-global-settings";
import { OrganizationsAccount } from "@cdktf/provider-aws/lib/organizations-account";
import { OrganizationsOrganization } from "@cdktf/provider-aws/lib/organizations-organization";
import { OrganizationsOrganizationalUnit } from "@cdktf/provider-aws/lib/organizations-organizational-unit";
import { Construct } from "constructs";
import { guardrailTypes } from "./quotas";

/** An account of a unit; it exists already, and is taken up. */
export interface MemberAccount {
  readonly name: string;
  /** Twelve digits. */
  readonly id: string;
  /** E-mail address of its root user. */
  readonly email: string;
}

export interface OrganizationalUnit {
  readonly name: string;
  readonly accounts: readonly MemberAccount[];
}

export interface OrganizationProps {
  /** Id of the organization, which exists already: `o-…`. */
  readonly id: string;
  readonly units: readonly OrganizationalUnit[];
  /**
   * Services of AWS that may work in all accounts. The administration of a service can be given to an account only after
   * that: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html
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

/** The tree of accounts. Neither organization nor accounts are made: they are imported. */
export class Organization extends Construct {
  /** Ids of what policies are attached to, by `root`, `unit-NAME` and `account-NAME`. */
  readonly targets: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id);
    const organization = new OrganizationsOrganization(this, "organization", {
      featureSet: "ALL",
      enabledPolicyTypes: [...guardrailTypes],
      awsServiceAccessPrincipals: [...(props.services ?? watchers)],
      lifecycle: { preventDestroy: true },
    });
    organization.importFrom(props.id);
    const root = organization.roots.get(0).id;
    this.targets = new Map([["root", root], ...props.units.flatMap((unit) => this.unit(unit, root))]);
    // Copies between accounts of the organization; each is a rule of a plan, and is judged there.
    new BackupGlobalSettings(this, "backup", {
      globalSettings: { isCrossAccountBackupEnabled: "true" },
      dependsOn: [organization],
    });
  }

  private unit({ name, accounts }: OrganizationalUnit, parentId: string): [string, string][] {
    const unit = new OrganizationsOrganizationalUnit(this, `unit-${name}`, { name, parentId });
    return [[`unit-${name}`, unit.id], ...accounts.map((account) => this.account(account, unit.id))];
  }

  private account({ name, id, email }: MemberAccount, parentId: string): [string, string] {
    const account = new OrganizationsAccount(this, `account-${name}`, {
      name,
      email,
      parentId,
      closeOnDeletion: false,
      // Neither can be read back from an account that is imported.
      lifecycle: { preventDestroy: true, ignoreChanges: ["iam_user_access_to_billing", "role_name"] },
    });
    account.importFrom(id);
    return [`account-${name}`, account.id];
  }
}
