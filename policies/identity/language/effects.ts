/**
 * Effects of actions where the documented access level says too little or too much. One entry per service; a name may
 * end in `*`. What is not listed follows its access level and its name (`action.ts`).
 *
 * Levels: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html;
 * what each action does: its service's page in the Service Authorization Reference,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html.
 */

export type Effect =
  /** Returns data, or a way to it. */
  | "read"
  /** Only brings data in, or changes or deletes what is there. */
  | "write"
  /** Copies data elsewhere, or sets up that it is copied. */
  | "move"
  /** Changes who may do what. */
  | "permissions"
  /** Describes or changes how something is set up, without data. */
  | "configuration";

type Corrections = Partial<Record<Effect, string>>;

const CORRECTIONS: Readonly<Record<string, Corrections>> = {
  s3: {
    // Keys of objects are data too.
    read: "GetObject GetObjectVersion GetObjectTorrent GetObjectVersionTorrent GetObjectAnnotation GetObjectVersionAnnotation* GetObjectVersionForReplication GetDataAccess ListBucket ListBucketVersions ListObjectAnnotations ListObjectVersionAnnotations",
    move: "PutReplicationConfiguration PutInventoryConfiguration PutAnalyticsConfiguration PutBucketLogging PutBucketNotification PutBucketWebsite PutAccelerateConfiguration CreateJob InitiateReplication CreateMultiRegionAccessPoint CreateAccessPointForObjectLambda PutAccessPointConfigurationForObjectLambda PutStorageLensConfiguration CreateBucketMetadataTableConfiguration",
    permissions: "CreateAccessPoint CreateAccessGrant* PutBucketAbac PutObjectAcl PutObjectVersionAcl",
    // Inward replication asks for these: "Configuring replication for buckets in different accounts" in the S3 guide.
    write: "ReplicateObject ReplicateDelete ReplicateTags ReplicateObjectAnnotation ObjectOwnerOverrideToBucketOwner",
    configuration: "Get* List* Describe* BypassGovernanceRetention",
  },
  "s3-object-lambda": {
    read: "GetObject GetObjectVersion ListBucket ListBucketVersions WriteGetObjectResponse",
    configuration: "Get* List*",
  },
  "s3-outposts": {
    read: "GetObject GetObjectVersion ListBucket ListBucketVersions",
    move: "PutReplicationConfiguration CreateAccessPoint",
    write: "ReplicateObject ReplicateDelete",
    configuration: "Get* List*",
  },
  // A session that is not asked to be read-only or write-only may do both.
  s3express: { read: "CreateSession", permissions: "CreateAccessPoint", configuration: "Get* List*" },
  s3tables: {
    read: "GetTableData",
    move: "PutTableReplication PutTableBucketReplication",
    configuration: "Get* List*",
  },
  s3vectors: { read: "GetVectors QueryVectors ListVectors", configuration: "Get* List*" },
  glacier: {
    read: "GetJobOutput InitiateJob",
    permissions: "SetVaultAccessPolicy",
    configuration: "Get* List* Describe*",
  },
  kms: {
    read: "Decrypt ReEncryptFrom DeriveSharedSecret",
    move: "ReplicateKey SynchronizeMultiRegionKey",
    configuration: "Get* List* Describe* Sign Verify* GenerateMac GenerateRandom RetireGrant ConnectCustomKeyStore",
    write: "Encrypt GenerateDataKey* ReEncryptTo",
  },
  sqs: {
    read: "ReceiveMessage",
    move: "StartMessageMoveTask",
    permissions: "AddPermission SetQueueAttributes",
    configuration: "Get* List*",
  },
  sns: {
    read: "Subscribe Receive",
    permissions: "AddPermission SetTopicAttributes",
    configuration: "Get* List* CheckIf* ConfirmSubscription",
  },
  secretsmanager: {
    read: "GetSecretValue BatchGetSecretValue",
    move: "ReplicateSecretToRegions RotateSecret",
    configuration: "GetRandomPassword ValidateResourcePolicy Describe* List*",
  },
  dynamodb: {
    // UpdateItem and DeleteItem return the item's attributes on request ("ReturnValues" in their API reference);
    // PutItem returns only what it has overwritten.
    read: "GetItem BatchGetItem Query Scan PartiQLSelect GetRecords SearchVectors UpdateItem DeleteItem PartiQLUpdate PartiQLDelete ReadDataForReplication",
    move: "ExportTableToPointInTime EnableKinesisStreamingDestination UpdateKinesisStreamingDestination CreateGlobalTable UpdateGlobalTable CreateTableReplica AssociateTableReplica RestoreTable* StartAwsBackupJob UpdateTable",
    configuration: "Describe* List* Get* ConditionCheckItem",
  },
  dax: { read: "GetItem BatchGetItem Query Scan UpdateItem DeleteItem" },
  kinesis: { read: "GetRecords SubscribeToShard", configuration: "GetShardIterator List* Describe*" },
  firehose: { move: "UpdateDestination CreateDeliveryStream" },
  kinesisvideo: {
    read: "GetMedia* GetClip GetImages GetDASHStreamingSessionURL GetHLSStreamingSessionURL JoinStorageSession*",
    configuration: "Get* Describe* List*",
  },
  ecr: {
    read: "BatchGetImage GetDownloadUrlForLayer",
    move: "PutReplicationConfiguration",
    permissions:
      "SetRepositoryPolicy PutRegistryPolicy CreateRepositoryCreationTemplate UpdateRepositoryCreationTemplate",
    configuration:
      "Get* Describe* List* BatchCheckLayerAvailability BatchGetRepositoryScanningConfiguration ValidatePullThroughCacheRule",
    write: "ReplicateImage BatchImportUpstreamImage",
  },
  "ecr-public": { read: "BatchCheckLayerAvailability", configuration: "Get* Describe* List*" },
  lambda: {
    read: "InvokeFunction InvokeFunctionUrl InvokeAsync GetFunction GetLayerVersion GetDurableExecution* ConnectMicrovm CreateMicrovmAuthToken CreateMicrovmShellAuthToken",
    move: "UpdateFunctionCode UpdateFunctionConfiguration CreateEventSourceMapping UpdateEventSourceMapping PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig",
    permissions: "CreateFunctionUrlConfig UpdateFunctionUrlConfig",
    configuration: "Get* List*",
  },
  logs: {
    read: "GetLogEvents FilterLogEvents GetLogRecord GetLogObject GetLogFields GetQueryResults StartQuery StartLiveTail Unmask GetScheduledQueryHistory",
    move: "PutSubscriptionFilter CreateExportTask PutAccountPolicy CreateDelivery PutDeliverySource",
    permissions: "PutResourcePolicy PutDestinationPolicy PutDeliveryDestinationPolicy Link",
    configuration: "Get* Describe* List* Test*",
  },
  events: {
    // A rule on the bus sends what it matches to the targets of whoever may set it.
    move: "PutRule PutTargets CreateArchive StartReplay CreateEndpoint",
    permissions: "PutPermission",
    configuration: "Describe* List* TestEventPattern InvokeApiDestination",
  },
  // Schemas are found in events: names of fields, which in maps are data ("Schema discovery" in the EventBridge guide).
  schemas: {
    read: "DescribeSchema ExportSchema GetDiscoveredSchema GetCodeBindingSource",
    configuration: "Get* Describe* List* Search*",
  },
  oam: { write: "CreateLink UpdateLink", configuration: "Get* List*" },
  states: {
    read: "GetExecutionHistory DescribeExecution StartSyncExecution GetActivityTask DescribeMapRun",
    move: "UpdateStateMachine CreateStateMachine",
    configuration: "Describe* List*",
  },
  "execute-api": { read: "Invoke InvokeHttp", write: "ManageConnections InvalidateCache" },
  appsync: { read: "GraphQL EventSubscribe EventConnect", configuration: "Get* List*", write: "EventPublish" },
  ssm: {
    read: "GetParameter GetParameters GetParametersByPath GetParameterHistory StartSession ResumeSession SendCommand StartAutomationExecution GetCommandInvocation ListCommandInvocations GetConnectionStatus",
    move: "CreateActivation CreateResourceDataSync PutResourcePolicy",
    permissions: "ModifyDocumentPermission",
    configuration: "Get* Describe* List*",
  },
  ssmmessages: { read: "CreateDataChannel CreateControlChannel OpenDataChannel OpenControlChannel" },
  ec2: {
    read: "GetConsoleOutput GetConsoleScreenshot GetPasswordData GetInstanceUefiData GetLaunchTemplateData",
    move: "CopySnapshot CopyImage CopyVolumes CreateInstanceExportTask ExportImage CreateStoreImageTask CreateTrafficMirrorSession CreateFlowLogs CreateReplaceRootVolumeTask",
    permissions:
      "ModifySnapshotAttribute ModifyImageAttribute CreateVpcPeeringConnection AcceptVpcPeeringConnection CreateTransitGatewayPeeringAttachment AcceptTransitGatewayPeeringAttachment CreateInternetGateway AttachInternetGateway CreateVpnConnection CreateClientVpnEndpoint AuthorizeSecurityGroup* ModifySecurityGroupRules ModifyVpcEndpointServicePermissions CreateVpcEndpoint* CreateRoute ReplaceRoute DisableImageBlockPublicAccess DisableSnapshotBlockPublicAccess ModifyVpcBlockPublicAccessOptions CreateVpcBlockPublicAccessExclusion",
    configuration:
      "Get* Describe* Search* Export* CreateNetworkInterfacePermission CreateCoipPoolPermission CreateLocalGatewayRouteTablePermission CancelImageLaunchPermission ResetSnapshotAttribute CreateOdbNetworkPeering ModifyOdbNetworkPeering Enable* Attach* Detach* ReportInstanceStatus",
  },
  "ec2-instance-connect": { read: "SendSSHPublicKey SendSerialConsoleSSHPublicKey OpenTunnel" },
  ebs: { read: "GetSnapshotBlock ListSnapshotBlocks ListChangedBlocks" },
  ecs: { read: "ExecuteCommand", configuration: "Get* Describe* List* Poll" },
  eks: {
    read: "AccessKubernetesApi",
    permissions: "CreateAccessEntry AssociateAccessPolicy UpdateAccessEntry CreatePodIdentityAssociation",
    configuration: "Get* Describe* List*",
  },
  // What is signed comes back to the caller, or goes where he says: StartSigningJob and SignPayload in the API reference.
  // Whoever may withdraw a signature has a say in what others may run.
  signer: {
    read: "SignPayload",
    move: "StartSigningJob",
    permissions: "AddProfilePermission RevokeSignature RevokeSigningProfile",
  },
  "eks-auth": { read: "AssumeRoleForPodIdentity" },
  rds: {
    read: "DownloadCompleteDBLogFile DownloadDBLogFilePortion",
    move: "CopyDB* StartExportTask CreateDBInstanceReadReplica StartDBInstanceAutomatedBackupsReplication CreateIntegration RestoreDB* CreateGlobalCluster StartActivityStream CreateBlueGreenDeployment",
    permissions:
      "ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute ModifyDBInstance ModifyDBCluster AddRoleToDB* CrossRegionCommunication",
    configuration: "Describe* List* CopyDBParameterGroup CopyDBClusterParameterGroup CopyOptionGroup",
  },
  "rds-db": { read: "connect" },
  "rds-data": { read: "ExecuteSql ExecuteStatement BatchExecuteStatement" },
  dbqms: { read: "GetQueryString DescribeQueryHistory" },
  redshift: {
    read: "GetClusterCredentials* JoinGroup CreateClusterUser FetchResults ViewQueriesInConsole ExecuteQuery",
    move: "CopyClusterSnapshot EnableSnapshotCopy RestoreFromClusterSnapshot RestoreTableFromClusterSnapshot CreateIntegration",
    permissions:
      "AuthorizeDataShare AssociateDataShareConsumer AuthorizeSnapshotAccess AuthorizeEndpointAccess AuthorizeClusterSecurityGroupIngress ModifyCluster",
    // Data comes in by an integration into the warehouse.
    write: "AuthorizeInboundIntegration CreateInboundIntegration",
    configuration: "Get* Describe* List* View*",
  },
  "redshift-serverless": {
    read: "GetCredentials",
    move: "RestoreFrom* ConvertRecoveryPointToSnapshot RestoreTable* CreateSnapshotCopyConfiguration",
    permissions: "UpdateWorkgroup",
    configuration: "Get* List*",
  },
  "redshift-data": {
    read: "ExecuteStatement BatchExecuteStatement GetStatementResult*",
    configuration: "Describe* List*",
  },
  athena: {
    read: "StartQueryExecution GetQueryResults* GetQueryExecution BatchGetQueryExecution GetCalculationExecution* StartSession StartCalculationExecution ExportNotebook",
    configuration: "Get* List* BatchGet*",
  },
  glue: {
    read: "GetTable GetTables GetTableVersion* GetPartition GetPartitions BatchGetPartition GetDatabase GetDatabases SearchTables GetUserDefinedFunction* GetConnection GetConnections GetUnfiltered* GetColumnStatistics* RunStatement GetStatement RunDataPreviewStatement QuerySchemaVersionMetadata",
    move: "StartJobRun CreateJob UpdateJob CreateIntegration",
    permissions: "PutResourcePolicy",
    configuration:
      "Get* List* BatchGet* Query* Describe* GlueNotebook* ManagedConnector RefreshOAuth2Tokens RequestLogParsing SendRecipeAction StartNotebook TerminateNotebook TestConnection UseGlueStudio",
  },
  lakeformation: {
    read: "GetDataAccess GetTemporary* GetWorkUnitResults StartQueryPlanning",
    permissions: "GrantPermissions BatchGrantPermissions PutDataLakeSettings RegisterResource AddLFTagsToResource",
    configuration: "Get* List* Describe*",
  },
  es: {
    // A search may be sent by GET or by POST; HEAD tells only whether something is there.
    read: "ESHttpGet ESHttpPost ESCrossClusterGet",
    write: "ESHttpPut ESHttpPatch ESHttpDelete",
    move: "CreateOutboundConnection CreateOutboundCrossClusterSearchConnection AcceptInboundConnection AcceptInboundCrossClusterSearchConnection",
    permissions: "UpdateDomainConfig UpdateElasticsearchDomainConfig AuthorizeVpcEndpointAccess CreateVpcEndpoint",
    configuration: "Get* Describe* List* ESHttpHead",
  },
  aoss: {
    read: "APIAccessAll DashboardsAccessAll",
    permissions: "CreateAccessPolicy UpdateAccessPolicy CreateSecurityPolicy UpdateSecurityPolicy CreateVpcEndpoint",
    configuration: "Get* BatchGet* List*",
  },
  elasticfilesystem: {
    // Cross-account replication is read by a role ("Replicating EFS file systems across AWS accounts").
    read: "ClientMount ClientRootAccess ReplicationRead",
    move: "CreateReplicationConfiguration Backup Restore",
    permissions: "PutFileSystemPolicy",
    write: "ClientWrite",
    configuration: "Describe* List*",
  },
  fsx: {
    move: "CopyBackup CopySnapshotAndUpdateVolume CreateFileSystemFromBackup CreateVolumeFromBackup CreateDataRepositoryTask",
    configuration: "Describe* List*",
  },
  backup: {
    move: "StartCopyJob CopyFromBackupVault StartRestoreJob CreateRestoreAccessBackupVault AssociateBackupVaultMpaApprovalTeam",
    write: "CopyIntoBackupVault StartBackupJob",
    permissions: "PutBackupVaultAccessPolicy",
    configuration: "Get* Describe* List* Export*",
  },
  "backup-storage": { read: "GetChunk GetObjectMetadata ListChunks ListObjects" },
  elasticache: {
    read: "Connect",
    move: "CopySnapshot CopyServerlessCacheSnapshot ExportServerlessCacheSnapshot CreateGlobalReplicationGroup",
    configuration: "Describe* List*",
  },
  memorydb: { read: "Connect", move: "CopySnapshot", configuration: "Describe* List*" },
  "neptune-db": {
    read: "connect Read* Get*",
    configuration: "List* GetEngineStatus GetStatisticsSummary GetGraphSummary",
  },
  cassandra: { read: "Select SelectMultiRegionResource", move: "Restore RestoreMultiRegionTable" },
  timestream: { read: "Select SelectValues ExecuteQuery GetAwsBackupStatus", configuration: "Describe* List*" },
  "kafka-cluster": { read: "Connect ReadData AlterGroup", configuration: "Describe*", write: "WriteData*" },
  kafka: {
    move: "CreateVpcConnection CreateReplicator UpdateReplicationInfo",
    permissions: "PutClusterPolicy UpdateConnectivity UpdateSecurity",
    configuration: "Get* Describe* List*",
  },
  mq: { move: "UpdateBroker", configuration: "Describe* List*" },
  sagemaker: {
    read: "InvokeEndpoint* GetRecord BatchGetRecord CreatePresigned* StartSession",
    move: "CreateModel CreateTransformJob CreateProcessingJob CreateTrainingJob CreateEndpoint",
    configuration: "Describe* List* Get* Search BatchDescribe*",
  },
  bedrock: {
    read: "Invoke* Converse* Retrieve* AgenticRetrieve* GetKnowledgeBaseDocuments GetDocumentContent GetAgentMemory GetSession GetInvocationStep GetFlowExecution GetExecutionFlowSnapshot ListFlowExecutionEvents",
    move: "PutModelInvocationLoggingConfiguration CreateModelInvocationJob CreateModelCustomizationJob CreateModelCopyJob CreateEvaluationJob",
    configuration: "Get* List* BatchGet*",
  },
  "bedrock-agentcore": {
    read: "Invoke* ConnectBrowser* RetrieveMemoryRecords ListMemoryRecords GetMemoryRecord ListEvents GetEvent GetWorkloadAccessToken* GetResource* StartBrowserSession StartCodeInterpreterSession",
    configuration: "Get* List* Search*",
  },
  codecommit: {
    read: "GitPull GetFile GetFolder GetBlob GetTree GetObjectIdentifier GetDifferences GetCommit BatchGetCommits GetCommitHistory",
    configuration: "Get* List* Describe* BatchGet*",
  },
  codeartifact: {
    read: "ReadFromRepository GetPackageVersionAsset GetPackageVersionReadme CopyPackageVersions",
    permissions: "PutDomainPermissionsPolicy PutRepositoryPermissionsPolicy",
    configuration: "Get* List* Describe*",
  },
  cloudsearch: { read: "search suggest" },
  codebuild: {
    read: "BatchGetBuilds BatchGetProjects StartBuild* RetryBuild* StartSandbox* StartCommandExecution BatchGetCommandExecutions BatchGetReports DescribeTestCases DescribeCodeCoverages",
    move: "UpdateProject CreateProject",
    configuration: "Get* List* Describe* BatchGet*",
  },
  dataexchange: {
    read: "GetAsset SendApiAsset",
    move: "CreateJob StartJob CreateEventAction UpdateEventAction",
    permissions: "CreateDataGrant PublishDataSet PublishToDataGrant",
    configuration: "Get* List*",
  },
  mediastore: {
    read: "GetObject DescribeObject ListItems",
    permissions: "PutContainerPolicy",
    configuration: "Get* List* Describe*",
  },
  cloudtrail: {
    read: "LookupEvents GetQueryResults StartQuery GenerateQuery SearchSampleQueries",
    move: "CreateTrail UpdateTrail PutEventSelectors",
    configuration: "Get* Describe* List*",
    permissions: "PutResourcePolicy",
  },
  config: {
    read: "SelectResourceConfig SelectAggregateResourceConfig GetResourceConfigHistory BatchGetResourceConfig BatchGetAggregateResourceConfig GetAggregateResourceConfig",
    move: "PutAggregationAuthorization PutDeliveryChannel PutConfigurationAggregator",
    configuration: "Get* Describe* List*",
  },
  cloudwatch: {
    read: "GetMetricData GetMetricStatistics GetMetricWidgetImage GetInsightRuleReport",
    move: "PutMetricStream",
    permissions: "Link",
    configuration: "Get* Describe* List*",
  },
  xray: {
    read: "GetTraceSummaries BatchGetTraces GetServiceGraph GetTraceGraph GetInsight* BatchGetTraceSummaryById GetDistinctTraceGraphs GetRetrievedTraces*",
    permissions: "PutResourcePolicy Link",
    configuration: "Get* List*",
  },
  aps: {
    read: "QueryMetrics GetLabels GetSeries GetMetricMetadata ListAlerts",
    permissions: "PutResourcePolicy",
    configuration: "Get* Describe* List*",
  },
  "vpc-lattice": { permissions: "PutAuthPolicy PutResourcePolicy", configuration: "Get* List*" },
  "vpc-lattice-svcs": { read: "Invoke Connect" },
  // Sending in the owner's name takes nothing from the owner's data.
  ses: {
    configuration:
      "Get* Describe* List* BatchGet* AllowVendedLogDeliveryForResource ApplyTrackingConfigurationOverrides ReplicateEmailIdentityDkimSigningKey CloneReceiptRuleSet",
    write: "Send*",
    move: "CreateReceiptRule UpdateReceiptRule CreateConfigurationSetEventDestination UpdateConfigurationSetEventDestination",
  },
  acm: { read: "ExportCertificate", configuration: "Get* Describe* List*" },
  // Whoever holds a certificate of the owner's authority is let in wherever the authority is trusted.
  "acm-pca": { configuration: "Get* Describe* List*", permissions: "IssueCertificate CreatePermission" },
  iam: {
    permissions:
      "PassRole CreateAccessKey CreateLoginProfile UpdateLoginProfile CreateServiceSpecificCredential ResetServiceSpecificCredential UploadSSHPublicKey UploadSigningCertificate UpdateAccessKey AddUserToGroup AddRoleToInstanceProfile CreateOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint AddClientIDToOpenIDConnectProvider CreateSAMLProvider UpdateSAMLProvider CreateRole CreateUser DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary",
    configuration: "Get* List* Generate* Simulate* CreatePolicy CreateAccountAlias",
  },
  sts: {
    configuration: "Get* DecodeAuthorizationMessage Set* TagSession TagGetWebIdentityToken",
    permissions: "AssumeRole AssumeRoot AssumeRoleWithSAML AssumeRoleWithWebIdentity",
  },
  organizations: {
    permissions:
      "AttachPolicy DetachPolicy UpdatePolicy DeletePolicy RegisterDelegatedAdministrator InviteAccountToOrganization LeaveOrganization",
    configuration: "Describe* List* Get*",
  },
  sso: {
    permissions:
      "CreateAccountAssignment PutInlinePolicyToPermissionSet AttachManagedPolicyToPermissionSet ProvisionPermissionSet CreateTrustedTokenIssuer",
    configuration: "Get* Describe* List* Search*",
  },
  ram: {
    permissions: "CreateResourceShare AssociateResourceShare UpdateResourceShare EnableSharingWithAwsOrganization",
    configuration: "Get* List*",
  },
  rolesanywhere: {
    permissions: "CreateTrustAnchor CreateProfile UpdateTrustAnchor UpdateProfile",
    configuration: "Get* List*",
  },
  "network-firewall": { configuration: "Get* Describe* List*" },
  route53resolver: { configuration: "Get* List*" },
  cloudformation: {
    permissions:
      "CreateStack UpdateStack CreateChangeSet ExecuteChangeSet CreateStackSet UpdateStackSet CreateStackInstances",
    configuration: "Get* Describe* List*",
  },
  workspaces: {
    configuration: "Describe* List* Get*",
    move: "CopyWorkspaceImage",
    permissions: "UpdateWorkspaceImagePermission ModifyWorkspaceAccessProperties",
  },
  appstream: {
    move: "CopyImage",
    permissions: "UpdateImagePermissions",
    read: "Stream CreateStreamingURL CreateImageBuilderStreamingURL",
    configuration: "Describe* List* Get*",
  },
  servicequotas: { configuration: "Get* List*" },
  support: { configuration: "Describe* Get* Search*" },
  health: { configuration: "Describe*" },
  ce: { configuration: "Get* Describe* List*" },
  "cognito-identity": {
    permissions: "SetIdentityPoolRoles UpdateIdentityPool GetCredentialsForIdentity GetOpenIdToken*",
    configuration: "Get* Describe* List* Lookup*",
  },
  "cognito-idp": {
    read: "AdminGetUser AdminListUserAuthEvents ListUsers ListUsersInGroup AdminInitiateAuth GetUserImportJob GetCSVHeader",
    permissions: "AdminSetUserPassword AdminCreateUser AdminConfirmSignUp UpdateUserPool CreateIdentityProvider",
    configuration: "Get* Describe* List*",
  },
  datasync: { move: "StartTaskExecution CreateTask UpdateTask", configuration: "Describe* List*" },
  dms: {
    move: "StartReplication* CreateReplicationTask CreateEndpoint ModifyEndpoint ModifyReplicationTask",
    configuration: "Describe* List*",
  },
  transfer: {
    permissions: "CreateUser UpdateUser ImportSshPublicKey CreateAccess",
    configuration: "Describe* List* Test*",
  },
  storagegateway: { configuration: "Describe* List*" },
  quicksight: {
    read: "GetDashboardEmbedUrl GetSessionEmbedUrl GetAnonymousUserEmbedUrl GenerateEmbedUrl* StartDashboardSnapshotJob DescribeDashboardSnapshotJobResult",
    permissions: "Update*Permissions",
    configuration: "Get* Describe* List* Search*",
  },
};

interface Rule {
  readonly exact: Map<string, Effect>;
  readonly prefixes: readonly (readonly [string, Effect])[];
}

const rules = new Map<string, Rule>();

function ruleOf(service: string): Rule | undefined {
  const known = rules.get(service);
  if (known || !Object.hasOwn(CORRECTIONS, service)) return known;
  const exact = new Map<string, Effect>();
  const prefixes: [string, Effect][] = [];
  for (const [effect, names] of Object.entries(CORRECTIONS[service]) as [Effect, string][]) {
    for (const name of names.split(/\s+/)) {
      if (name.endsWith("*")) prefixes.push([name.slice(0, -1), effect]);
      else exact.set(name, effect);
    }
  }
  // The longest beginning speaks.
  prefixes.sort((a, b) => b[0].length - a[0].length);
  const rule = { exact, prefixes };
  rules.set(service, rule);
  return rule;
}

/** The effect of an action where this file says one. */
export function correction(service: string, name: string): Effect | undefined {
  const rule = ruleOf(service);
  if (!rule) return undefined;
  return rule.exact.get(name) ?? rule.prefixes.find(([prefix]) => name.startsWith(prefix))?.[1];
}
