/** AWS CloudFormation templates, as far as they hold nothing but a few kinds of resources that keep data where they stand. */
import { isObject, isUnknown, type Value } from "../../configuration/value";
import { yaml } from "./yaml";

/**
 * Kinds of resources with the properties that neither move, share nor place data. A resource of another kind, or one
 * with another property, is not understood.
 */
const harmless: Readonly<Record<string, readonly string[]>> = {
  "AWS::CloudFormation::WaitConditionHandle": [],
  "AWS::CloudWatch::Alarm": [
    "AlarmDescription",
    "AlarmName",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "Dimensions",
    "EvaluationPeriods",
    "MetricName",
    "Namespace",
    "Period",
    "Statistic",
    "Threshold",
    "TreatMissingData",
    "Unit",
  ],
  "AWS::DynamoDB::Table": [
    "AttributeDefinitions",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
    "PointInTimeRecoverySpecification",
    "ProvisionedThroughput",
    "SSESpecification",
    "TableClass",
    "TableName",
    "TimeToLiveSpecification",
  ],
  "AWS::ECS::Cluster": ["CapacityProviders", "ClusterName", "ClusterSettings", "DefaultCapacityProviderStrategy"],
  "AWS::ECR::Repository": [
    "EncryptionConfiguration",
    "ImageScanningConfiguration",
    "ImageTagMutability",
    "LifecyclePolicy",
    "RepositoryName",
  ],
  "AWS::Events::EventBus": ["Description", "KmsKeyIdentifier", "Name"],
  "AWS::KMS::Alias": ["AliasName", "TargetKeyId"],
  "AWS::Kinesis::Stream": ["Name", "RetentionPeriodHours", "ShardCount", "StreamEncryption", "StreamModeDetails"],
  "AWS::Logs::LogGroup": ["KmsKeyId", "LogGroupClass", "LogGroupName", "RetentionInDays"],
  "AWS::S3::Bucket": [
    "BucketEncryption",
    "BucketName",
    "LifecycleConfiguration",
    "ObjectLockConfiguration",
    "ObjectLockEnabled",
    "OwnershipControls",
    "PublicAccessBlockConfiguration",
    "VersioningConfiguration",
  ],
  "AWS::SNS::Topic": ["ContentBasedDeduplication", "DisplayName", "FifoTopic", "KmsMasterKeyId", "TopicName"],
  "AWS::SQS::Queue": [
    "ContentBasedDeduplication",
    "DelaySeconds",
    "FifoQueue",
    "KmsMasterKeyId",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "QueueName",
    "SqsManagedSseEnabled",
    "VisibilityTimeout",
  ],
  "AWS::SSM::Parameter": ["AllowedPattern", "DataType", "Description", "Name", "Tier", "Type", "Value"],
};

/** What of a template is not understood, as a clause; undefined if it does nothing with data. */
export function templateProblem(body: Value): string | undefined {
  const template = yaml(body);
  if (!isObject(template)) return isUnknown(template) ? template.why : "the template is no object";
  // Macros rewrite a template before it is deployed.
  if (template.Transform !== undefined) return "the template is rewritten by a macro";
  const resources = template.Resources ?? null;
  if (!isObject(resources)) return isUnknown(resources) ? resources.why : "the template has no resources";
  for (const name of Object.keys(resources)) {
    const problem = resourceProblem(resources[name]);
    if (problem !== undefined) return `the template's ${name}: ${problem}`;
  }
  return undefined;
}

function resourceProblem(resource: Value): string | undefined {
  if (!isObject(resource)) return isUnknown(resource) ? resource.why : "is no resource";
  return propertiesProblem(resource.Type ?? null, resource.Properties ?? null);
}

/** What of one resource is not understood, by its type and its properties in CloudFormation's terms. */
export function propertiesProblem(type: Value, properties: Value): string | undefined {
  if (typeof type !== "string" || !Object.hasOwn(harmless, type))
    return `${isUnknown(type) ? "a type that is not known" : String(type)} is not modelled in a template`;
  if (properties === null) return undefined;
  if (!isObject(properties)) return isUnknown(properties) ? properties.why : "has no readable properties";
  const other = Object.keys(properties).find((name) => name !== "Tags" && !harmless[type].includes(name));
  return other === undefined ? undefined : `the property ${other} of ${type} is not modelled in a template`;
}
