/**
 * Calls of AWS's own interfaces that a state machine or a schedule makes: which of their parameters name the place that
 * data goes to. A call that is not in the table is not understood.
 */
import { find, isList, isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import { type DocumentPart, document, harmless, sends, type TargetForm } from "../../flows/vocabulary";
import { accountOfFunction } from "./arn-values";
import { deniesOnly } from "./denying-policy";
import { modelReference } from "./model-reference";
import { placesInSql } from "./redshift-sql";
import { bucketOf } from "./s3-uri";
import { formattedText } from "./states-format";

/**
 * `local`: a bare name stands for a thing of the caller's account and Region; `function`: so does a name of a function,
 * which may have an account before it; `grant`: an access control list; `s3-uri`, `queue-url`, `redshift-sql`, `model`: read as such; `denying-policy`: a policy that may
 * only deny.
 */
type Parameter =
  | TargetForm
  | "local"
  | "function"
  | "grant"
  | "model"
  | "s3-uri"
  | "queue-url"
  | "redshift-sql"
  | "denying-policy";
type Call = Readonly<Record<string, Parameter>>;

/** Changes the state of something that is there already; no data goes anywhere by it. */
const lifecycle: Call = {};
/** Reads; what is read comes to the caller. */
const read: Call = {};
/** Interfaces that read say so in their names ("Actions" in the API reference of each service). */
const READING = /^(?:batchget|describe|get|head|list)[a-z]/;

const recipients: Call = {
  "Destination.ToAddresses": "email",
  "Destination.CcAddresses": "email",
  "Destination.BccAddresses": "email",
};
/** Whom a snapshot or an image is shared with ("ModifySnapshotAttribute", "ModifyImageAttribute" of Amazon EC2). */
const sharedWith = (path: string): Call => ({ [`${path}UserId`]: "account", [`${path}Group`]: "principal" });
/** Of an image: "OrganizationArns", "UserGroups" and their like, at the top and below `LaunchPermission`. */
const imageSharedWith: Call = {
  ...sharedWith("LaunchPermission.Add."),
  "LaunchPermission.Add.OrganizationArn": "principal",
  "LaunchPermission.Add.OrganizationalUnitArn": "principal",
  UserIds: "account",
  UserGroups: "principal",
  OrganizationArns: "principal",
  OrganizationalUnitArns: "principal",
};

/** An object, and who besides the owner may read it ("PutObject", "CopyObject" of Amazon S3). */
const written: Call = {
  Bucket: "bucket",
  ACL: "grant",
  GrantRead: "grant",
  GrantReadACP: "grant",
  GrantFullControl: "grant",
};

/** By service and action as the state machine spells them (`aws-sdk:sqs:sendMessage`, `sqs:sendMessage`). */
const calls: Readonly<Record<string, Call>> = {
  "backup:startcopyjob": { DestinationBackupVaultArn: "arn" },
  "apigateway:invoke": { ApiEndpoint: "host" },
  "athena:startqueryexecution": { "ResultConfiguration.OutputLocation": "s3-uri" },
  "athena:stopqueryexecution": lifecycle,
  "autoscaling:setdesiredcapacity": lifecycle,
  "batch:submitjob": { JobQueue: "local", JobDefinition: "local" },
  "cloudwatch:putmetricdata": lifecycle,
  // "Invoke and customize Amazon Bedrock models with Step Functions" (`Input` and `Output` are of the optimized integration).
  "bedrock:invokemodel": { ModelId: "model", "Output.S3Uri": "s3-uri" },
  "bedrockruntime:converse": { ModelId: "model" },
  "bedrockruntime:invokemodel": { ModelId: "model" },
  "codebuild:startbuild": {
    "ArtifactsOverride.Location": "bucket",
    "SecondaryArtifactsOverride.Location": "bucket",
    "LogsConfigOverride.S3Logs.Location": "bucket",
    "CacheOverride.Location": "bucket",
  },
  "cloudwatchlogs:createexporttask": { Destination: "bucket" },
  "dynamodb:deleteitem": { TableName: "local" },
  "dynamodb:exporttabletopointintime": { S3Bucket: "bucket", S3BucketOwner: "account" },
  "dynamodb:putitem": { TableName: "local" },
  "dynamodb:query": read,
  "dynamodb:scan": read,
  "dynamodb:updateitem": { TableName: "local" },
  "ec2:modifyimageattribute": imageSharedWith,
  "ec2:modifysnapshotattribute": {
    ...sharedWith("CreateVolumePermission.Add."),
    UserIds: "account",
    GroupNames: "principal",
  },
  "ec2:rebootinstances": lifecycle,
  "ec2:startinstances": lifecycle,
  "ec2:stopinstances": lifecycle,
  "ec2:terminateinstances": lifecycle,
  // Where the task can reach is judged by its network interface, see run-task.ts, or by the cluster's machines.
  "ecs:runtask": { Cluster: "local", TaskDefinition: "local" },
  "ecs:stoptask": lifecycle,
  "events:putevents": { "Entries.EventBusName": "local", EndpointId: "id" },
  "firehose:putrecord": { DeliveryStreamName: "local" },
  "firehose:putrecordbatch": { DeliveryStreamName: "local" },
  "glue:startcrawler": lifecycle,
  "glue:startjobrun": lifecycle,
  "http:invoke": { ApiEndpoint: "url" },
  // What a policy lets its holders do is judged where it is written; one that is written at run time may only take away.
  "iam:putrolepolicy": { PolicyDocument: "denying-policy" },
  "kinesis:putrecord": { StreamARN: "arn", StreamName: "local" },
  "kinesis:putrecords": { StreamARN: "arn", StreamName: "local" },
  "lambda:invoke": { FunctionName: "function" },
  "lambda:invokeasync": { FunctionName: "function" },
  "neptune:startdbcluster": lifecycle,
  "neptune:stopdbcluster": lifecycle,
  "rds:modifydbclustersnapshotattribute": { ValuesToAdd: "principal" },
  "rds:modifydbsnapshotattribute": { ValuesToAdd: "principal" },
  "rds:rebootdbinstance": lifecycle,
  "rds:startdbcluster": lifecycle,
  "rds:startdbinstance": lifecycle,
  "rds:startexporttask": { S3BucketName: "bucket" },
  "rds:stopdbcluster": lifecycle,
  "rds:stopdbinstance": lifecycle,
  "redshift:pausecluster": lifecycle,
  "redshift:resumecluster": lifecycle,
  "redshiftdata:batchexecutestatement": { Sqls: "redshift-sql" },
  "redshiftdata:executestatement": { Sql: "redshift-sql" },
  "s3:copyobject": written,
  "s3:deleteobject": lifecycle,
  "s3:putobject": written,
  "scheduler:deleteschedule": lifecycle,
  "secretsmanager:replicatesecrettoregions": { "AddReplicaRegions.Region": "region" },
  "ses:sendemail": recipients,
  "sesv2:sendemail": recipients,
  "sfn:startexecution": { StateMachineArn: "arn" },
  "sfn:startsyncexecution": { StateMachineArn: "arn" },
  "sns:publish": { TopicArn: "arn", TargetArn: "arn", PhoneNumber: "phone" },
  "sqs:sendmessage": { QueueUrl: "queue-url" },
  "states:startexecution": { StateMachineArn: "arn" },
  "states:startsyncexecution": { StateMachineArn: "arn" },
};

/**
 * `https://sqs.eu-west-1.amazonaws.com/111111111111/orders` as the ARN of the same queue. Older hosts have the Region
 * before `queue`, or none for us-east-1 ("Amazon SQS endpoints and quotas", AWS General Reference, "Legacy endpoints").
 */
export function queueArn(url: Value): Value {
  if (typeof url !== "string") return url;
  const match = QUEUE.exec(url);
  return match ? `arn:aws:sqs:${match[1] ?? match[2] ?? "us-east-1"}:${match[3]}:${match[4]}` : url;
}

const QUEUE =
  /^https?:\/\/(?:sqs(?:-fips)?\.([a-z0-9-]+)|(?:([a-z0-9-]+)\.)?queue)\.(?:amazonaws\.com|api\.aws)\/(\d{12})\/([^/?#]+)$/;

/** A path or an expression that is worked out when the state machine runs. */
const isExpression = (value: Value): boolean => typeof value === "string" && /^\s*\{%|^States\./.test(value);

const part = (channel: string, at: string, value: Value, form: Exclude<Parameter, "redshift-sql">): DocumentPart => {
  switch (form) {
    case "local": {
      const named = typeof value === "string" && !/^(arn:|https?:)/.test(value);
      return { at, value, role: named ? harmless("a name of the same account and Region") : sends(channel, "any") };
    }
    case "function": {
      const owner = typeof value === "string" ? accountOfFunction(value) : undefined;
      return owner === undefined
        ? part(channel, at, value, "local")
        : { at, value: owner, role: sends(channel, "account") };
    }
    case "model":
      return { at, value, role: document(modelReference) };
    case "grant":
      return value === "private" || value === "bucket-owner-full-control"
        ? { at, value, role: harmless("an access control list for the owner") }
        : { at, value: new Unknown("the access control list may let others read"), role: sends(channel, "any") };
    case "s3-uri":
      return { at, value: bucketOf(value), role: sends(channel, "bucket") };
    case "denying-policy":
      return deniesOnly(value)
        ? { at, value, role: harmless("a policy that denies, and lets nobody do anything") }
        : { at, value: new Unknown("the policy may let somebody at data"), role: sends(channel, "any") };
    case "queue-url":
      return { at, value: queueArn(value), role: sends(channel, "any") };
    default:
      return { at, value, role: sends(channel, form) };
  }
};

/**
 * The places that a call sends data to. Parameters given as JSONPath (`"TopicArn.$": "$.topic"`) or JSONata are known at
 * run time only.
 */
export function* callParts(
  channel: string,
  service: string,
  action: string,
  parameters: Value,
  at: string,
): Iterable<DocumentPart> {
  const name = `${service}:${action}`.toLowerCase().replace(/\.(sync(:2)?|waitfortasktoken)$/, "");
  if (!Object.hasOwn(calls, name)) {
    if (READING.test(name.slice(name.indexOf(":") + 1))) return;
    const why = `the call ${name} is not modelled: where it puts data is not known`;
    yield { at, value: new Unknown(why), role: sends(channel, "any") };
    return;
  }
  const call = calls[name];
  const targets = Object.keys(call);
  if (targets.length === 0 || parameters === null) return;
  if (!isObject(parameters)) {
    yield { at, value: isUnknown(parameters) ? parameters : late(), role: sends(channel, "any") };
    return;
  }
  for (const path of targets) {
    for (const { value, at: place } of find(beforeTheCall(parameters, call[path], path) as Values, path)) {
      const where = `${at}.${place}`;
      if (call[path] !== "redshift-sql") yield part(channel, where, value, call[path]);
      else for (const one of placesInSql(value)) yield { ...one, at: where };
    }
  }
}

/**
 * What of a value is known before the call is made; a path's name ends in `.$`, and it stands for the name before that.
 * The names on the way to what is looked for are taken in any case: `StreamARN` is `StreamArn` in other languages.
 */
function beforeTheCall(value: Value, form: Parameter, path: string): Value {
  if (isExpression(value)) return late();
  if (isList(value)) return value.map((item) => beforeTheCall(item, form, path));
  if (!isObject(value)) return value;
  const known: Record<string, Value> = Object.create(null);
  const names = path.split(".");
  for (const key of Object.keys(value)) {
    const bare = key.replace(/\.\$$/, "");
    const name = names.find((one) => one.toLowerCase() === bare.toLowerCase()) ?? bare;
    if (bare === key) known[name] = beforeTheCall(value[key], form, path);
    else known[name] = (form === "denying-policy" ? formattedText(value[key]) : undefined) ?? late();
  }
  return known;
}

const late = (): Unknown => new Unknown("is worked out at run time");
