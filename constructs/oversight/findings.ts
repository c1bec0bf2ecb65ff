/** Amazon GuardDuty, AWS Security Hub and Amazon Macie, administered by the partner. */
import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { GuarddutyOrganizationConfiguration } from "@cdktf/provider-aws/lib/guardduty-organization-configuration";
import { GuarddutyOrganizationConfigurationFeature } from "@cdktf/provider-aws/lib/guardduty-organization-configuration-feature";
import { Macie2Account } from "@cdktf/provider-aws/lib/macie2-account";
import { Macie2OrganizationConfiguration } from "@cdktf/provider-aws/lib/macie2-organization-configuration";
import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubFindingAggregator } from "@cdktf/provider-aws/lib/securityhub-finding-aggregator";
import { SecurityhubOrganizationConfiguration } from "@cdktf/provider-aws/lib/securityhub-organization-configuration";
import { Construct } from "constructs";

export interface FindingsProps {
  /**
   * Regions of the estate whose findings Security Hub gathers here.
   * @default none: findings of this region only
   */
  readonly gatheredFrom?: readonly string[];
}

/** What GuardDuty looks at beside calls, traffic and queries. */
const features = ["S3_DATA_EVENTS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"] as const;

/**
 * Findings of one region about every account of the organization, kept in the partner's account. The account has to be
 * the delegated administrator of the three services in the region (`Delegations`).
 */
export class Findings extends Construct {
  constructor(scope: Construct, id: string, { gatheredFrom = [] }: FindingsProps) {
    super(scope, id);
    const detector = new GuarddutyDetector(this, "guardduty", {
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    new GuarddutyOrganizationConfiguration(this, "guardduty-members", {
      detectorId: detector.id,
      autoEnableOrganizationMembers: "ALL",
    });
    for (const name of features) {
      new GuarddutyOrganizationConfigurationFeature(this, `guardduty-${name.toLowerCase()}`, {
        detectorId: detector.id,
        name,
        autoEnable: "ALL",
      });
    }
    const hub = new SecurityhubAccount(this, "hub", { enableDefaultStandards: true });
    new SecurityhubOrganizationConfiguration(this, "hub-members", { autoEnable: true, dependsOn: [hub] });
    if (gatheredFrom.length > 0) {
      // Not all regions: a linked region outside the boundary would be a reason to send findings there and back.
      new SecurityhubFindingAggregator(this, "hub-regions", {
        linkingMode: "SPECIFIED_REGIONS",
        specifiedRegions: [...gatheredFrom],
        dependsOn: [hub],
      });
    }
    const macie = new Macie2Account(this, "macie", {
      status: "ENABLED",
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    new Macie2OrganizationConfiguration(this, "macie-members", { autoEnable: true, dependsOn: [macie] });
  }
}
