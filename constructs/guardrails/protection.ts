import type { Guardrail } from "./quotas";
import { controlPolicy, exceptDelivery, type GuardrailScope } from "./scope";

/** What would blind whoever watches. */
const watching = [
  "cloudtrail:StopLogging",
  "cloudtrail:DeleteTrail",
  "cloudtrail:UpdateTrail",
  "cloudtrail:PutEventSelectors",
  "cloudtrail:DeleteEventDataStore",
  "config:StopConfigurationRecorder",
  "config:DeleteConfigurationRecorder",
  "config:DeleteDeliveryChannel",
  "config:DeleteConfigRule",
  "guardduty:DeleteDetector",
  "guardduty:UpdateDetector",
  "guardduty:Disassociate*",
  "securityhub:DisableSecurityHub",
  "securityhub:Disassociate*",
  "macie2:DisableMacie",
  "macie2:Disassociate*",
  "access-analyzer:DeleteAnalyzer",
  "ec2:DeleteFlowLogs",
  "logs:DeleteLogGroup",
  "logs:DeleteLogStream",
  "logs:PutRetentionPolicy",
  "logs:DeleteRetentionPolicy",
  "route53resolver:DeleteResolverQueryLogConfig",
  "route53resolver:DisassociateResolverQueryLogConfig",
];

/** What would take a wall away. */
const walls = [
  "s3:PutAccountPublicAccessBlock",
  "s3:PutBucketPublicAccessBlock",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketVersioning",
  "s3:PutLifecycleConfiguration",
  "ec2:ModifyVpcBlockPublicAccessOptions",
  "ec2:DisableSnapshotBlockPublicAccess",
  "ec2:DisableImageBlockPublicAccess",
  "ec2:EnableSerialConsoleAccess",
  "ec2:DisableEbsEncryptionByDefault",
  "ec2:ModifyVpcEndpoint",
  "network-firewall:Delete*",
  "network-firewall:Update*",
  "network-firewall:Disassociate*",
  "route53resolver:*FirewallRule*",
  "route53resolver:*FirewallDomain*",
  "route53resolver:UpdateFirewallConfig",
  "kms:ScheduleKeyDeletion",
  "kms:DisableKey",
  "backup:Delete*",
];

/** Identities whose credentials work from anywhere, or that somebody else gives out. */
const identities = [
  "iam:CreateUser",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreateSAMLProvider",
  "iam:UpdateSAMLProvider",
  "iam:AddClientIDToOpenIDConnectProvider",
  "rolesanywhere:Create*",
];

/** Logs and guardrails can't be switched off, nor the role that may change them taken over. */
export const protectionGuardrail = (scope: GuardrailScope): Guardrail => ({
  name: `${scope.name}-protection`,
  type: "SERVICE_CONTROL_POLICY",
  description: "Logs and walls stay as proved plans made them",
  document: controlPolicy(
    {
      Sid: "AsProved",
      Effect: "Deny",
      Action: [...watching, ...walls, ...identities],
      Resource: "*",
      Condition: exceptDelivery(scope),
    },
    {
      Sid: "DeliveryRole",
      Effect: "Deny",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole*",
        "iam:DetachRolePolicy",
        "iam:PutRole*",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
      ],
      Resource: `arn:aws:iam::*:role/${scope.deliveryRole}`,
      Condition: exceptDelivery(scope),
    },
    {
      Sid: "Root",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
    },
  ),
});
