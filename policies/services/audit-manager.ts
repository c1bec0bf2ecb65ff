import { document, grants, harmless, holds, inert, receives, service, shares, uses } from "../flows/vocabulary";
import { s3Uri } from "./documents/s3-uri";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/audit-manager/latest/userguide/${page}.html`;

export default service("AWS Audit Manager", {
  aws_auditmanager_assessment: holds("gathers evidence and reports on it", {
    docs: guide("evaluate-assessments"),
    attributes: {
      "assessment_reports_destination.destination": document(s3Uri("auditmanager.reports")),
      "roles.role_arn": shares("auditmanager.owner", "principal"),
      "scope.aws_accounts.id": receives("evidence comes from these accounts"),
      "scope.aws_services.service_name": receives("evidence comes from these services"),
    },
  }),
  aws_auditmanager_assessment_delegation: grants("lets a role see the evidence of a set of controls", {
    docs: guide("delegate"),
    data: "assessment_id",
    attributes: { role_arn: shares("auditmanager.delegation", "principal") },
  }),
  aws_auditmanager_assessment_report: inert(
    "a report; where it is kept, the assessment says",
    resourcePage("auditmanager_assessment_report"),
  ),
  aws_auditmanager_account_registration: grants(
    "switches the service on, and names the account that sees all evidence",
    {
      docs: guide("setup-audit-manager"),
      attributes: {
        delegated_admin_account: shares("auditmanager.administrator", "account"),
        kms_key: uses("the key that encrypts evidence"),
      },
    },
  ),
  aws_auditmanager_organization_admin_account_registration: grants(
    "lets an account see the evidence of the organization",
    {
      docs: guide("add-delegated-admin"),
      attributes: { admin_account_id: shares("auditmanager.administrator", "account") },
    },
  ),
  aws_auditmanager_control: inert(
    "a control in words, with the sources of its evidence",
    resourcePage("auditmanager_control"),
    {
      control_mapping_sources: receives("evidence comes from these sources"),
      testing_information: harmless("text for people"),
    },
  ),
  aws_auditmanager_framework: inert("a set of controls", resourcePage("auditmanager_framework")),
  // What is shared is a framework: controls in words, written by the owner.
  aws_auditmanager_framework_share: grants("offers a custom framework to another account and Region", {
    docs: guide("share-custom-framework"),
    data: "framework_id",
    attributes: {
      destination_account: shares("auditmanager.framework-share", "account"),
      destination_region: shares("auditmanager.framework-share", "region"),
    },
  }),
  ...lookups({ auditmanager_control: "a control by name", auditmanager_framework: "a framework by name" }),
});
