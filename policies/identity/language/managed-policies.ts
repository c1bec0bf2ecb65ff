/**
 * What AWS's own managed policies let their holders do, for those that stand in many configurations; reduced to what
 * concerns data. Others may allow anything.
 *
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
import type { Resource } from "../../configuration/resource";
import type { Document, Statement } from "./document";

interface Allowed {
  readonly actions: string;
  /** All actions but these. */
  readonly except?: boolean;
}

const actions = (text: string): Allowed => ({ actions: text });

const POLICIES: Readonly<Record<string, Allowed>> = {
  AdministratorAccess: actions("*"),
  PowerUserAccess: { actions: "iam:* organizations:* account:*", except: true },
  // Reads of nearly every service, data included (objects, items, messages' metadata, logs).
  ReadOnlyAccess: actions(
    "s3:Get* s3:List* dynamodb:BatchGet* dynamodb:Get* dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect kinesis:Get* kinesis:Describe* kinesis:List* logs:Get* logs:FilterLogEvents logs:StartQuery logs:Describe* ecr:BatchGet* ecr:Get* ecr:Describe* lambda:Get* lambda:List* ssm:Get* ssm:Describe* ssm:List* athena:Get* athena:Batch* glue:Get* glue:BatchGet* cloudwatch:Get* cloudwatch:Describe* cloudwatch:List* cloudtrail:LookupEvents cloudtrail:Get* codecommit:Get* codecommit:GitPull states:GetExecutionHistory states:Describe* xray:Get* xray:BatchGet* es:ESHttpGet es:ESHttpHead rds:Describe* rds:Download* sqs:Get* sqs:List* sns:Get* sns:List* iam:Get* iam:List* ec2:Describe* ec2:Get* kms:Describe* kms:Get* kms:List*",
  ),
  SecurityAudit: actions(
    "s3:GetBucket* s3:GetEncryptionConfiguration s3:ListAllMyBuckets iam:Get* iam:List* ec2:Describe* kms:Describe* kms:List* lambda:GetPolicy lambda:List* cloudtrail:Describe* logs:Describe*",
  ),
  "job-function/ViewOnlyAccess": actions(
    "s3:ListAllMyBuckets ec2:Describe* iam:List* lambda:List* logs:Describe* dynamodb:ListTables rds:Describe* sqs:ListQueues sns:List*",
  ),
  "job-function/Billing": actions("aws-portal:* billing:* budgets:* ce:* cur:* tax:*"),
  AmazonS3FullAccess: actions("s3:* s3-object-lambda:*"),
  AmazonS3ReadOnlyAccess: actions("s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*"),
  AmazonDynamoDBFullAccess: actions("dynamodb:* dax:*"),
  AmazonDynamoDBFullAccess_v2: actions("dynamodb:* dax:*"),
  AmazonDynamoDBReadOnlyAccess: actions(
    "dynamodb:BatchGetItem dynamodb:Describe* dynamodb:List* dynamodb:GetItem dynamodb:GetRecords dynamodb:Query dynamodb:Scan dynamodb:PartiQLSelect",
  ),
  AmazonSQSFullAccess: actions("sqs:*"),
  AmazonSQSReadOnlyAccess: actions(
    "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListDeadLetterSourceQueues sqs:ListQueues",
  ),
  AmazonSNSFullAccess: actions("sns:*"),
  AmazonSNSReadOnlyAccess: actions("sns:GetTopicAttributes sns:List*"),
  AmazonKinesisFullAccess: actions("kinesis:*"),
  AmazonKinesisReadOnlyAccess: actions("kinesis:Get* kinesis:List* kinesis:Describe*"),
  AmazonEC2FullAccess: actions("ec2:* elasticloadbalancing:* cloudwatch:* autoscaling:*"),
  AmazonEC2ReadOnlyAccess: actions(
    "ec2:Describe* ec2:GetSecurityGroupsForVpc elasticloadbalancing:Describe* cloudwatch:ListMetrics cloudwatch:GetMetricStatistics cloudwatch:Describe* autoscaling:Describe*",
  ),
  AmazonVPCReadOnlyAccess: actions("ec2:Describe*"),
  AmazonRDSFullAccess: actions("rds:* cloudwatch:Get* logs:DescribeLogStreams logs:GetLogEvents"),
  AmazonRDSReadOnlyAccess: actions(
    "rds:Describe* rds:ListTagsForResource ec2:Describe* cloudwatch:GetMetricStatistics cloudwatch:GetMetricData logs:DescribeLogStreams logs:GetLogEvents",
  ),
  AmazonEC2ContainerRegistryFullAccess: actions("ecr:* cloudtrail:LookupEvents"),
  AmazonEC2ContainerRegistryPowerUser: actions(
    "ecr:Get* ecr:Describe* ecr:List* ecr:Batch* ecr:InitiateLayerUpload ecr:UploadLayerPart ecr:CompleteLayerUpload ecr:PutImage",
  ),
  AmazonEC2ContainerRegistryReadOnly: actions(
    "ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:Get* ecr:Describe* ecr:List* ecr:BatchGetImage",
  ),
  AmazonEC2ContainerRegistryPullOnly: actions(
    "ecr:GetAuthorizationToken ecr:BatchGetImage ecr:GetDownloadUrlForLayer ecr:BatchImportUpstreamImage",
  ),
  AWSLambda_FullAccess: actions("lambda:* iam:PassRole logs:DescribeLogStreams logs:GetLogEvents logs:FilterLogEvents"),
  AWSLambda_ReadOnlyAccess: actions(
    "lambda:Get* lambda:List* logs:DescribeLogGroups logs:DescribeLogStreams logs:GetLogEvents logs:FilterLogEvents",
  ),
  "service-role/AWSLambdaBasicExecutionRole": actions("logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"),
  "service-role/AWSLambdaVPCAccessExecutionRole": actions(
    "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:CreateNetworkInterface ec2:Describe* ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses",
  ),
  SecretsManagerReadWrite: actions(
    "secretsmanager:* kms:Describe* kms:ListAliases kms:ListKeys lambda:ListFunctions rds:Describe*",
  ),
  AmazonSSMFullAccess: actions("ssm:* ec2messages:* ssmmessages:* cloudwatch:PutMetricData logs:*"),
  AmazonSSMReadOnlyAccess: actions("ssm:Describe* ssm:Get* ssm:List*"),
  AmazonSSMManagedInstanceCore: actions(
    "ssm:DescribeAssociation ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument ssm:DescribeDocument ssm:GetManifest ssm:GetParameter ssm:GetParameters ssm:List* ssm:PutInventory ssm:PutComplianceItems ssm:UpdateInstanceInformation ssmmessages:* ec2messages:*",
  ),
  CloudWatchFullAccess: actions("autoscaling:Describe* cloudwatch:* logs:* sns:* oam:ListSinks"),
  CloudWatchReadOnlyAccess: actions(
    "cloudwatch:Describe* cloudwatch:Get* cloudwatch:List* logs:Get* logs:List* logs:StartQuery logs:Describe* logs:FilterLogEvents logs:StartLiveTail",
  ),
  CloudWatchLogsFullAccess: actions("logs:*"),
  CloudWatchLogsReadOnlyAccess: actions(
    "logs:Describe* logs:Get* logs:List* logs:StartQuery logs:FilterLogEvents logs:StartLiveTail",
  ),
  CloudWatchAgentServerPolicy: actions(
    "cloudwatch:PutMetricData ec2:DescribeVolumes ec2:DescribeTags logs:PutLogEvents logs:Describe* logs:CreateLogStream logs:CreateLogGroup ssm:GetParameter",
  ),
  IAMFullAccess: actions("iam:* organizations:Describe* organizations:List*"),
  IAMReadOnlyAccess: actions(
    "iam:GenerateCredentialReport iam:Get* iam:List* iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy",
  ),
  IAMUserChangePassword: actions("iam:ChangePassword iam:GetAccountPasswordPolicy"),
  AWSSupportAccess: actions("support:* support-console:*"),
  AWSBillingReadOnlyAccess: actions("billing:Get* billing:List* budgets:View* ce:Get* ce:List* cur:Describe*"),
  AmazonAthenaFullAccess: actions(
    "athena:* glue:Get* glue:BatchGet* s3:GetObject s3:ListBucket s3:PutObject lakeformation:GetDataAccess",
  ),
  AWSCodeCommitReadOnly: actions("codecommit:BatchGet* codecommit:Get* codecommit:List* codecommit:GitPull"),
  AWSCodeCommitPowerUser: actions("codecommit:*"),
  AWSCodeCommitFullAccess: actions("codecommit:*"),
};

/** The document of an AWS managed policy by its ARN; undefined if the ARN is not AWS's, a document of unknown content if it is not modelled. */
export function managedPolicy(arn: string, by: Resource, attribute: string): Document | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name === undefined) return undefined;
  const document: { -readonly [K in keyof Document]: Document[K] } = { by, attribute, statements: [], variables: true };
  const allowed = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (!allowed) document.unknown = `what the AWS managed policy ${name} allows is not modelled`;
  else {
    const statement: Statement = {
      effect: "Allow",
      sid: name,
      index: 0,
      actions: { terms: allowed.actions.split(" ").map((text) => ({ text })), negated: allowed.except ?? false },
      resources: { terms: [{ text: "*" }], negated: false },
      conditions: [],
      document,
    };
    document.statements = [statement];
  }
  return document;
}
