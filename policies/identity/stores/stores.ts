/** What can be asked of a resource that holds data: the services whose actions it answers, and its parts. */
import type { Resource } from "../../configuration/resource";
import { find } from "../../configuration/value";
import type { Context } from "../../flows/context";
import { type Action, actionsOf, isOutward } from "../language/action";
import { type Atom, within } from "../language/atom";
import type { Document } from "../language/document";
import { everything, fromTokens, glob, literal, type Pattern } from "../language/patterns";
import { adrift } from "../parties/adrift";

/** Actions of a service that are asked of one part of a resource: a bucket itself, or the objects in it. */
export interface Facet {
  readonly actions: readonly Action[];
  /** What stands behind the resource's ARN. */
  readonly suffix: readonly Pattern[];
}

/** Types by the beginning of their name, and the services that answer for them; the longest beginning counts. */
const SERVICES: readonly (readonly [prefix: string, services: readonly string[]])[] = (
  [
    ["aws_s3_directory_bucket", ["s3express"]],
    ["aws_s3control_bucket", ["s3-outposts"]],
    ["aws_s3control_object_lambda", ["s3-object-lambda"]],
    ["aws_s3control_directory", ["s3express"]],
    ["aws_s3tables", ["s3tables"]],
    ["aws_s3vectors", ["s3vectors"]],
    ["aws_s3outposts", ["s3-outposts"]],
    ["aws_s3", ["s3"]],
    ["aws_glacier", ["glacier"]],
    ["aws_sqs", ["sqs"]],
    ["aws_sns", ["sns"]],
    ["aws_dynamodb", ["dynamodb"]],
    ["aws_kinesis_", ["kinesis"]],
    ["aws_kinesis_video", ["kinesisvideo"]],
    ["aws_kinesis_firehose", ["firehose"]],
    ["aws_ecrpublic", ["ecr-public"]],
    ["aws_ecr", ["ecr"]],
    ["aws_lambda", ["lambda"]],
    ["aws_cloudwatch_log", ["logs"]],
    ["aws_cloudwatch_event", ["events"]],
    ["aws_schemas", ["schemas"]],
    ["aws_secretsmanager", ["secretsmanager"]],
    ["aws_ssm", ["ssm"]],
    ["aws_kms", ["kms"]],
    ["aws_opensearchserverless", ["aoss"]],
    ["aws_opensearch", ["es"]],
    ["aws_elasticsearch", ["es"]],
    ["aws_cloudsearch", ["cloudsearch"]],
    ["aws_efs", ["elasticfilesystem"]],
    ["aws_fsx", ["fsx", "s3"]],
    ["aws_backup", ["backup"]],
    ["aws_glue", ["glue"]],
    ["aws_athena", ["athena"]],
    ["aws_codeartifact", ["codeartifact"]],
    ["aws_codebuild", ["codebuild"]],
    ["aws_codecommit", ["codecommit"]],
    ["aws_api_gateway", ["execute-api"]],
    ["aws_apigatewayv2", ["execute-api"]],
    ["aws_appsync", ["appsync"]],
    ["aws_msk", ["kafka", "kafka-cluster"]],
    ["aws_media_store", ["mediastore"]],
    ["aws_sagemaker", ["sagemaker"]],
    ["aws_bedrock", ["bedrock"]],
    ["aws_redshiftserverless", ["redshift-serverless", "redshift", "redshift-data"]],
    ["aws_redshift", ["redshift", "redshift-data"]],
    ["aws_rds", ["rds", "rds-db", "rds-data"]],
    ["aws_db_", ["rds", "rds-db"]],
    ["aws_docdb", ["rds"]],
    ["aws_neptune", ["rds", "neptune-db"]],
    ["aws_keyspaces", ["cassandra"]],
    ["aws_timestream", ["timestream"]],
    ["aws_elasticache", ["elasticache"]],
    ["aws_memorydb", ["memorydb"]],
    ["aws_dax", ["dax"]],
    ["aws_ebs", ["ec2", "ebs"]],
    ["aws_ami", ["ec2", "ebs"]],
    ["aws_instance", ["ec2", "ssm", "ec2-instance-connect"]],
    ["aws_ecs", ["ecs"]],
    ["aws_eks", ["eks"]],
    ["aws_sfn", ["states"]],
    ["aws_prometheus", ["aps"]],
    ["aws_xray", ["xray"]],
    ["aws_cloudtrail", ["cloudtrail"]],
    ["aws_vpclattice", ["vpc-lattice-svcs"]],
    ["aws_acmpca", ["acm-pca"]],
    ["aws_ses", ["ses"]],
    ["aws_oam", ["oam"]],
    ["aws_organizations", ["organizations"]],
    ["aws_networkfirewall", ["network-firewall"]],
  ] as const
)
  .map(([prefix, services]) => [prefix, services as readonly string[]] as const)
  .sort((a, b) => b[0].length - a[0].length);

const servicesByType = new Map<string, readonly string[] | undefined>();

export function servicesOf(type: string): readonly string[] | undefined {
  if (!servicesByType.has(type)) servicesByType.set(type, SERVICES.find(([prefix]) => type.startsWith(prefix))?.[1]);
  return servicesByType.get(type);
}

/** Behind a bucket's ARN stands an object, or nothing: "Actions, resources, and condition keys for Amazon S3". */
const OBJECT = [fromTokens([...glob("/*").tokens])];
const ITSELF = [literal("")];
const OF_OBJECTS = /^s3(?:express|-outposts)?:(?:.*Object.*|.*Multipart.*|GetDataAccess)$/;

/** `/stage/METHOD/path`: "Resource format of permissions for executing API in API Gateway". */
const METHOD = [fromTokens([...glob("/*/*/*").tokens])];

/** A resource, or a part of it, or a name that continues its own (`table/users/index/by-name`, `secret:db-AbCdEf`). */
const PARTS = [everything];

const facets = new Map<string, readonly Facet[]>();

/** What lets data of a resource of this type leave. */
export function outwardFacets(type: string): readonly Facet[] {
  const known = facets.get(type);
  if (known) return known;
  const actions = (servicesOf(type) ?? []).flatMap(actionsOf).filter((action) => isOutward(action.effect));
  const found = split(type, actions);
  facets.set(type, found);
  return found;
}

function split(type: string, actions: readonly Action[]): Facet[] {
  if (/^aws_api_gateway_/.test(type)) return [{ actions, suffix: METHOD }];
  if (!/^aws_s3_bucket|^aws_s3_access_point/.test(type)) return [{ actions, suffix: PARTS }];
  return [
    { actions: actions.filter((action) => OF_OBJECTS.test(action.name)), suffix: OBJECT },
    { actions: actions.filter((action) => !OF_OBJECTS.test(action.name)), suffix: ITSELF },
  ];
}

/**
 * What can be asked of one resource: of a bucket whose lists are switched off ("Bucket owner enforced", the default,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html) nobody can set a list.
 */
export function facetsOf(resource: Resource, context: Context): readonly Facet[] {
  const all = outwardFacets(resource.type);
  if (resource.type !== "aws_s3_bucket" || listsAreUsed(resource, context)) return all;
  const known = withoutLists.get(all);
  if (known) return known;
  const found = all.map((facet) => ({
    ...facet,
    actions: facet.actions.filter(({ name }) => !SETS_LIST.test(name)),
  }));
  withoutLists.set(all, found);
  return found;
}

/** One list for all buckets, so that what is worked out for its actions is worked out once. */
const withoutLists = new WeakMap<readonly Facet[], readonly Facet[]>();

const SETS_LIST = /^s3:Put(?:Bucket|Object|ObjectVersion)Acl$/;

function listsAreUsed(bucket: Resource, context: Context): boolean {
  const controls = context.referring("aws_s3_bucket_ownership_controls", "bucket", bucket);
  if (controls.length === 0 && adrift(context, "aws_s3_bucket_ownership_controls", "bucket").length > 0) return true;
  const settings = controls.flatMap((one) => find(one.values, "rule.object_ownership"));
  return settings.some(({ value }) => value !== "BucketOwnerEnforced");
}

/** Actions that a document names and that no list knows: what they do is not known. */
export function strangeActions(documents: readonly Document[], known: (service: string) => boolean): Action[] {
  const names = new Set<string>();
  for (const { statements } of documents) {
    for (const { effect, actions } of statements) {
      if (effect !== "Allow" || !actions || actions.negated) continue;
      for (const { text } of actions.terms) {
        const [service, name] = text.split(":");
        if (name === undefined || /[*?]/.test(text)) continue;
        const listed = actionsOf(service.toLowerCase()).some(
          (action) => action.name.toLowerCase() === text.toLowerCase(),
        );
        if (!listed && (known(service.toLowerCase()) || !actionsOf(service.toLowerCase()).length)) names.add(text);
      }
    }
  }
  return [...names].filter((name) => !INWARD.test(name)).map((name) => ({ name, effect: "read" }));
}

/** Verbs that bring data in, or only describe. */
const INWARD = /:(Put|Send|Publish|Post|Write|Create|Update|Describe|List|Delete|Tag|Untag|Ingest|Upload|Import)/;

export const actionAtom = (key: string, actions: readonly Action[]): Atom =>
  within(
    key,
    actions.map((action) => literal(action.name)),
  );

export const effectOfAction = (actions: readonly Action[], name: string) =>
  actions.find((action) => action.name === name)?.effect;

/** Whether an `aws_…` type is one whose data leaves by actions that are known. */
export const isStore = (resource: Resource): boolean =>
  outwardFacets(resource.type).some((facet) => facet.actions.length > 0);
