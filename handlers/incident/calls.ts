/**
 * Which calls of AWS's interfaces are incidents: those that change by what way data can go or who can follow it, and
 * reads that no approval covers. Names are those that CloudTrail records; each is listed in the Service Authorization
 * Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html).
 */

export const kinds = [
  "routing",
  "gateways",
  "endpoint policies",
  "key policies",
  "logging",
  "guardrails",
  "unapproved read",
] as const;
export type Kind = (typeof kinds)[number];

/** Calls of one service: `eventSource` as CloudTrail has it, and beginnings of `eventName`. */
export interface Calls {
  readonly source: string;
  readonly names: readonly string[];
}

const calls = (service: string, names: string): Calls => ({
  source: `${service}.amazonaws.com`,
  names: names.trim().split(/\s+/),
});

/** Changes, by what they change. A name stands for every call that begins with it. */
export const changes: Readonly<Record<Exclude<Kind, "unapproved read">, readonly Calls[]>> = {
  routing: [
    calls(
      "ec2",
      `CreateRoute DeleteRoute ReplaceRoute AssociateRouteTable DisassociateRouteTable CreateTransitGatewayRoute
      DeleteTransitGatewayRoute ReplaceTransitGatewayRoute AssociateTransitGatewayRouteTable
      DisassociateTransitGatewayRouteTable EnableTransitGatewayRouteTablePropagation EnableVgwRoutePropagation
      CreateTransitGatewayPrefixListReference ModifyTransitGatewayPrefixListReference ModifyManagedPrefixList
      CreateLocalGatewayRoute ModifyLocalGatewayRoute`,
    ),
    calls("route53resolver", "CreateResolverRule UpdateResolverRule AssociateResolverRule CreateResolverEndpoint"),
  ],
  gateways: [
    calls(
      "ec2",
      `CreateInternetGateway AttachInternetGateway CreateEgressOnlyInternetGateway CreateNatGateway
      CreateVpcPeeringConnection AcceptVpcPeeringConnection CreateTransitGatewayPeeringAttachment
      AcceptTransitGatewayPeeringAttachment CreateTransitGatewayVpcAttachment CreateTransitGatewayConnect
      CreateVpnGateway AttachVpnGateway CreateVpnConnection CreateCustomerGateway CreateClientVpnEndpoint
      CreateInstanceConnectEndpoint CreateCarrierGateway AllocateAddress AssociateAddress
      ModifyVpcBlockPublicAccessOptions CreateVpcBlockPublicAccessExclusion ModifyVpcBlockPublicAccessExclusion`,
    ),
    calls("apigateway", "PutRestApi UpdateRestApi CreateDeployment UpdateStage"),
    calls("lambda", "UpdateFunctionCode UpdateFunctionConfiguration AddPermission CreateEventSourceMapping"),
    calls("sqs", "SetQueueAttributes AddPermission"),
    calls("states", "UpdateStateMachine"),
    calls("directconnect", "Create Associate Accept"),
    calls("networkmanager", "Create Attach Accept"),
    calls("globalaccelerator", "Create"),
  ],
  "endpoint policies": [
    calls(
      "ec2",
      `CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoint AcceptVpcEndpointConnections
      CreateVpcEndpointServiceConfiguration`,
    ),
  ],
  "key policies": [
    calls(
      "kms",
      `PutKeyPolicy CreateGrant ReplicateKey UpdatePrimaryRegion ScheduleKeyDeletion DisableKey
      DeleteImportedKeyMaterial CreateCustomKeyStore UpdateCustomKeyStore`,
    ),
  ],
  logging: [
    calls("cloudtrail", "StopLogging DeleteTrail UpdateTrail PutEventSelectors DeregisterOrganizationDelegatedAdmin"),
    calls("ec2", "DeleteFlowLogs"),
    calls("route53resolver", "DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig"),
    calls("network-firewall", "UpdateLoggingConfiguration"),
    calls(
      "config",
      "StopConfigurationRecorder DeleteConfigurationRecorder PutConfigurationRecorder DeleteDeliveryChannel",
    ),
    calls("guardduty", "DeleteDetector UpdateDetector DisassociateFromAdministratorAccount CreateFilter"),
    calls("securityhub", "DisableSecurityHub DisassociateFromAdministratorAccount"),
    calls("macie2", "DisableMacie DisassociateFromAdministratorAccount"),
    calls("events", "DeleteRule DisableRule RemoveTargets PutRule PutTargets"),
    calls("logs", "DeleteLogGroup DeleteLogStream PutRetentionPolicy PutSubscriptionFilter DeleteSubscriptionFilter"),
  ],
  guardrails: [
    calls(
      "organizations",
      `AttachPolicy DetachPolicy UpdatePolicy DeletePolicy DisablePolicyType LeaveOrganization MoveAccount
      RemoveAccountFromOrganization CloseAccount RegisterDelegatedAdministrator DeregisterDelegatedAdministrator
      PutResourcePolicy DisableAWSServiceAccess`,
    ),
    calls(
      "iam",
      `PutRoleP AttachRolePolicy DeleteRoleP DetachRolePolicy UpdateAssumeRolePolicy CreatePolicyVersion CreateUser
      CreateAccessKey CreateLoginProfile CreateOpenIDConnectProvider CreateSAMLProvider`,
    ),
    calls(
      "s3",
      `PutBucketP DeleteBucketP PutBucketAcl PutBucketReplication PutAccountPublicAccessBlock
      DeleteAccountPublicAccessBlock`,
    ),
    calls("network-firewall", "UpdateFirewallPolicy UpdateRuleGroup DeleteFirewall DisassociateSubnets"),
    calls(
      "route53resolver",
      `UpdateFirewallRule DeleteFirewallRule UpdateFirewallDomains ImportFirewallDomains UpdateFirewallConfig
      DisassociateFirewallRuleGroup UpdateFirewallRuleGroupAssociation`,
    ),
    calls("ram", "CreateResourceShare AssociateResourceShare UpdateResourceShare EnableSharing"),
  ],
};

/** Calls that return data of users. */
export const reads: readonly Calls[] = [
  calls("s3", "GetObject SelectObjectContent CopyObject RestoreObject"),
  calls("dynamodb", "GetItem BatchGetItem Query Scan ExecuteStatement TransactGetItems ExportTableToPointInTime"),
  calls("rds", "StartExportTask DownloadCompleteDBLogFile DownloadDBLogFilePortion"),
  calls("ec2", "CreateSnapshot CopySnapshot ModifySnapshotAttribute CreateImage ExportImage GetPasswordData"),
  calls("ebs", "GetSnapshotBlock"),
];

const matches = ({ source, names }: Calls, eventSource: string, eventName: string): boolean =>
  source === eventSource && names.some((name) => eventName.startsWith(name));

/** What a change of something by a call is an incident of; undefined if it is none. */
export function kindOfChange(eventSource: string, eventName: string): Exclude<Kind, "unapproved read"> | undefined {
  for (const [kind, all] of Object.entries(changes)) {
    if (all.some((one) => matches(one, eventSource, eventName))) return kind as Exclude<Kind, "unapproved read">;
  }
  return undefined;
}

export const isRead = (eventSource: string, eventName: string): boolean =>
  reads.some((one) => matches(one, eventSource, eventName));
