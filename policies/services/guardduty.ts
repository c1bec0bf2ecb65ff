import { attribute, type Resource } from "../configuration/resource";
import { find } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  type Finding,
  grants,
  harmless,
  holds,
  inert,
  moves,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/guardduty/latest/ug/${page}.html`;

/**
 * What Runtime Monitoring and Malware Protection see, AWS may keep for itself (User Guide, "Opting out of using your data
 * for service improvement"). Scans of volumes are on in a new detector unless it says otherwise (CreateDetector).
 */
function* malwareScans(detector: Resource, context: Context): Generator<Finding> {
  const scans = "datasources.malware_protection.scan_ec2_instance_with_findings.ebs_volumes.enable";
  const features = context.referring("aws_guardduty_detector_feature", "detector_id", detector);
  const off =
    attribute(detector, "enable") === false ||
    find(detector.values, scans).some(({ value }) => value === false) ||
    features.some((one) => one.values.name === "EBS_MALWARE_PROTECTION" && one.values.status === "DISABLED");
  if (!off) yield* mayImprove("guardduty")(detector, context);
}

export default service("Amazon GuardDuty", {
  aws_guardduty_detector: holds("keeps findings about an account in one Region", {
    docs: guide("guardduty_findings"),
    attributes: { datasources: harmless("which logs are looked at") },
    also: malwareScans,
  }),
  aws_guardduty_detector_feature: holds("looks at more than logs", {
    docs: resourcePage("guardduty_detector_feature"),
    data: "detector_id",
    also: function* (feature, context) {
      const collecting = /^(?:EBS_MALWARE_PROTECTION|(?:EKS_)?RUNTIME_MONITORING)$/;
      const name = attribute(feature, "name");
      const on = attribute(feature, "status") !== "DISABLED";
      if (on && (typeof name !== "string" || collecting.test(name))) yield* mayImprove("guardduty")(feature, context);
    },
  }),
  aws_guardduty_filter: inert("which findings are archived", resourcePage("guardduty_filter"), {
    finding_criteria: harmless("which findings are meant"),
  }),
  aws_guardduty_ipset: inert("addresses that are trusted", resourcePage("guardduty_ipset"), {
    location: receives("the list is read from there"),
  }),
  aws_guardduty_threatintelset: inert("addresses that are known as harmful", resourcePage("guardduty_threatintelset"), {
    location: receives("the list is read from there"),
  }),
  // Objects are read, scanned in the same Region and tagged.
  aws_guardduty_malware_protection_plan: moves("scans each new object of a bucket", {
    docs: guide("how-malware-protection-for-s3-gdu-works"),
    attributes: {
      role: uses("the role that reads objects"),
      "protected_resource.s3_bucket": receives("objects are read from there"),
    },
    also: mayImprove("guardduty"),
  }),

  aws_guardduty_publishing_destination: moves("exports findings to a bucket", {
    docs: guide("guardduty_exportfindings"),
    data: "detector_id",
    attributes: {
      destination_arn: sends("guardduty.export", "arn"),
      kms_key_arn: uses("the key that encrypts the findings"),
    },
  }),
  aws_guardduty_invite_accepter: grants("lets another account see and manage this account's findings", {
    docs: guide("guardduty_invitations"),
    data: "detector_id",
    attributes: { master_account_id: shares("guardduty.administrator", "account") },
  }),
  aws_guardduty_organization_admin_account: grants("lets an account see and manage the findings of the organization", {
    docs: guide("delegated-admin-designate"),
    attributes: { admin_account_id: shares("guardduty.administrator", "account") },
  }),
  aws_guardduty_member: moves("takes in the findings of another account", {
    docs: guide("guardduty_accounts"),
    data: "detector_id",
    attributes: {
      account_id: receives("findings come from this account"),
      email: harmless("the address of that account; the invitation holds no data"),
    },
  }),
  aws_guardduty_member_detector_feature: inert(
    "what the detector of a member looks at",
    resourcePage("guardduty_member_detector_feature"),
    {
      account_id: receives("findings come from this account"),
    },
  ),
  aws_guardduty_organization_configuration: inert(
    "which accounts become members",
    resourcePage("guardduty_organization_configuration"),
    {
      datasources: harmless("which logs are looked at"),
      auto_enable_organization_members: harmless("all, new or no accounts of the organization"),
    },
  ),
  aws_guardduty_organization_configuration_feature: inert(
    "what the detectors of members look at",
    resourcePage("guardduty_organization_configuration_feature"),
  ),

  ...lookups({ guardduty_detector: "the detector of a Region", guardduty_finding_ids: "the ids of findings" }),
});
