/**
 * Texts of policies as far as they are known. A reference to a resource of this configuration becomes that resource's
 * ARN or name; what is one particular thing of unknown text becomes a name of its own (`OPEN…CLOSE`), equal wherever
 * the same thing is meant and different from everything else; what may be anything becomes a hole.
 */
import type { Resource } from "../../configuration/resource";
import { isList, isObject, isUnknown, type Reference, type Unknown, type Value } from "../../configuration/value";
import type { Context } from "../../flows/context";
import type { Term } from "./condition";
import { CLOSE, HOLE, OPEN } from "./patterns";

/** Where a type's ARN takes its parts from: service, whether region and account stand in it, and the rest. */
interface ArnForm {
  readonly service: string;
  readonly global?: "account" | "none";
  /** `stream/{name}`: attributes in braces. */
  readonly resource: string;
}

const form = (service: string, resource: string, global?: "account" | "none"): ArnForm => ({
  service,
  resource,
  global,
});

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html,
 * "Resource types defined by" each service. The ARN of a secret ends in six random characters, which policies give as
 * `??????` ("Permissions policy examples" in the AWS Secrets Manager User Guide): the name for them is as long.
 */
const ARNS: Readonly<Record<string, ArnForm>> = {
  aws_s3_bucket: form("s3", "{bucket}", "none"),
  aws_s3_access_point: form("s3", "accesspoint/{name}"),
  aws_sqs_queue: form("sqs", "{name}"),
  aws_sns_topic: form("sns", "{name}"),
  aws_dynamodb_table: form("dynamodb", "table/{name}"),
  aws_kinesis_stream: form("kinesis", "stream/{name}"),
  aws_kinesis_firehose_delivery_stream: form("firehose", "deliverystream/{name}"),
  aws_lambda_function: form("lambda", "function:{function_name}"),
  aws_ecr_repository: form("ecr", "repository/{name}"),
  aws_cloudwatch_log_group: form("logs", "log-group:{name}"),
  aws_cloudwatch_event_bus: form("events", "event-bus/{name}"),
  aws_ssm_parameter: form("ssm", "parameter/{name}"),
  aws_secretsmanager_secret: form("secretsmanager", `secret:{name}-${OPEN}rest${CLOSE}`),
  aws_kms_key: form("kms", "key/{key_id}"),
  aws_efs_file_system: form("elasticfilesystem", "file-system/{id}"),
  aws_glacier_vault: form("glacier", "vaults/{name}"),
  aws_msk_cluster: form("kafka", "cluster/{cluster_name}/{cluster_uuid}"),
  aws_codeartifact_domain: form("codeartifact", "domain/{domain}"),
  aws_codeartifact_repository: form("codeartifact", "repository/{domain}/{repository}"),
  aws_codebuild_project: form("codebuild", "project/{name}"),
  aws_codebuild_report_group: form("codebuild", "report-group/{name}"),
  aws_cloudsearch_domain: form("cloudsearch", "domain/{name}"),
  aws_s3tables_table_bucket: form("s3tables", "bucket/{name}"),
  aws_s3vectors_vector_bucket: form("s3vectors", "bucket/{vector_bucket_name}"),
  aws_media_store_container: form("mediastore", "container/{name}"),
  aws_cloudwatch_log_destination: form("logs", "destination:{name}"),
  aws_opensearch_domain: form("es", "domain/{domain_name}"),
  aws_elasticsearch_domain: form("es", "domain/{domain_name}"),
  aws_backup_vault: form("backup", "backup-vault:{name}"),
  aws_sfn_state_machine: form("states", "stateMachine:{name}"),
  aws_db_instance: form("rds", "db:{identifier}"),
  aws_rds_cluster: form("rds", "cluster:{cluster_identifier}"),
  aws_api_gateway_rest_api: form("execute-api", "{id}"),
  aws_apigatewayv2_api: form("execute-api", "{id}"),
  aws_iam_role: form("iam", "role{path}{name}", "account"),
  aws_iam_user: form("iam", "user{path}{name}", "account"),
  aws_iam_group: form("iam", "group{path}{name}", "account"),
  aws_iam_policy: form("iam", "policy{path}{name}", "account"),
  aws_iam_instance_profile: form("iam", "instance-profile{path}{name}", "account"),
};

/** Whether it is known how the type's own ARN is made. */
export const hasArn = ({ type }: Resource): boolean => Object.hasOwn(ARNS, type);

/** Types whose policies are not about the ARN that `arn` holds, but about the one of another attribute. */
const ARN_ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_api_gateway_rest_api: "execution_arn",
  aws_apigatewayv2_api: "execution_arn",
};
const arnAttribute = ({ type }: Resource): string => ARN_ATTRIBUTES[type] ?? "arn";

/** Attributes by which a resource gives its own name, as it stands in its ARN. */
const NAMES: Readonly<Record<string, string>> = {
  aws_s3_bucket: "bucket",
  aws_lambda_function: "function_name",
  aws_kms_key: "key_id",
  aws_opensearch_domain: "domain_name",
  aws_elasticsearch_domain: "domain_name",
  aws_db_instance: "identifier",
  aws_rds_cluster: "cluster_identifier",
};

/** Types whose `id` is their name. */
const NAMED_BY_ID = new Set([
  "aws_s3_bucket",
  "aws_ecr_repository",
  "aws_cloudwatch_log_group",
  "aws_dynamodb_table",
  "aws_backup_vault",
  "aws_cloudwatch_event_bus",
  "aws_iam_role",
  "aws_iam_user",
  "aws_iam_group",
  "aws_lambda_function",
  "aws_kms_key",
  "aws_glacier_vault",
]);
const ARN_IS_ID = new Set([
  "aws_iam_policy",
  "aws_sns_topic",
  "aws_kinesis_stream",
  "aws_sfn_state_machine",
  "aws_secretsmanager_secret",
  "aws_opensearch_domain",
  "aws_elasticsearch_domain",
  "aws_msk_cluster",
  "aws_codeartifact_domain",
  "aws_codeartifact_repository",
]);

/** Attributes that are the ARN of a part of the resource, with what stands behind the resource's own. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_dynamodb_table: { stream_arn: "/stream/{stream_label}" },
  aws_lambda_function: { qualified_arn: ":{version}" },
};

/** A name in a text: of something that is not known but which is one particular thing. */
export const NAME = new RegExp(`${OPEN}[^${CLOSE}]*${CLOSE}`, "g");

/** Whether a name can't be that of a resource: it is another one of its type, and stands in the configuration. */
export function isOther(name: string, resource: Resource | undefined): boolean {
  if (!resource || name.startsWith(`${OPEN}${resource.stack} ${resource.address}.`)) return false;
  return new RegExp(`[ .](?<!\\bdata\\.)${resource.type}\\.[^.]+\\.[a-z_]+${CLOSE}$`).test(name);
}

/** Stands for the account that the configuration is applied in where no provider says which one that is. */
export const OWN_ACCOUNT = `${OPEN}account${CLOSE}`;

/** Stand for the owner's own organization, and for its id. */
const ORGANIZATION = "aws_organizations_organization";
export const OWN_ORGANIZATION = `${OPEN}${ORGANIZATION}.id${CLOSE}`;

/** Texts of a configuration can't pass for names or holes. */
const scrub = (text: string): string => text.replace(/[\uE000-\uE005]/g, "\uFFFD");

export class Names {
  constructor(private readonly context: Context) {}

  /** The name of something whose text is not known; equal for the same address and path. */
  private token(address: string, path: string): string {
    return `${OPEN}${address}.${path}${CLOSE}`;
  }

  private tokenOf(resource: Resource, path: string): string {
    return this.token(`${resource.stack} ${resource.address}`, path);
  }

  /** The account that a resource's provider works in: its number if the provider is held to one, else a name. */
  accountOf(resource: Resource): string {
    // A provider that asks itself which account it works in.
    if (this.asked.has(resource)) return OWN_ACCOUNT;
    this.asked.add(resource);
    try {
      return this.providerAccount(resource);
    } finally {
      this.asked.delete(resource);
    }
  }

  private readonly asked = new Set<Resource>();

  private providerAccount(resource: Resource): string {
    const { allowed_account_ids: allowed, assume_role: roles } = resource.provider.values;
    if (isList(allowed ?? null) && (allowed as readonly Value[]).length === 1) {
      const [only] = this.terms((allowed as readonly Value[])[0]);
      if (only && only.unsure === undefined) return only.text;
    }
    const last = isList(roles ?? null) ? (roles as readonly Value[]).at(-1) : roles;
    if (!isObject(last) || last.role_arn === undefined) return OWN_ACCOUNT;
    const [arn] = this.terms(last.role_arn);
    return (
      /^arn:[^:]*:iam::([^:]+):role\//.exec(arn?.unsure === undefined ? (arn?.text ?? "") : "")?.[1] ?? OWN_ACCOUNT
    );
  }

  /** The text of an attribute of a resource, or a name for it. */
  private own(resource: Resource, path: string): string {
    const value = resource.values[path];
    if (typeof value === "string" && value !== "") return scrub(value);
    const prefix = resource.values[`${path}_prefix`];
    return (typeof prefix === "string" ? scrub(prefix) : "") + this.tokenOf(resource, path);
  }

  arnOf(resource: Resource): string {
    const known = resource.values[arnAttribute(resource)];
    if (typeof known === "string") return scrub(known);
    const arn = Object.hasOwn(ARNS, resource.type) ? ARNS[resource.type] : undefined;
    if (!arn) return this.tokenOf(resource, arnAttribute(resource));
    const region = arn.global ? "" : (this.context.regionOf(resource) ?? this.tokenOf(resource, "region"));
    const account = arn.global === "none" ? "" : this.accountOf(resource);
    return `arn:${partitionOf(region)}:${arn.service}:${region}:${account}:${this.filled(resource, arn.resource)}`;
  }

  private filled(resource: Resource, template: string): string {
    return template.replace(/\{(\w+)\}/g, (_, path: string) => this.part(resource, path));
  }

  private part(resource: Resource, path: string): string {
    if (path === "path") return typeof resource.values.path === "string" ? resource.values.path : "/";
    const text = this.own(resource, path);
    return resource.type === "aws_ssm_parameter" ? text.replace(/^\//, "") : text;
  }

  /** What an attribute of a resource says, if it is one of those that name the resource itself. */
  attributeOf(resource: Resource, path: string): string {
    const known = resource.values[path];
    if (typeof known === "string") return scrub(known);
    if (resource.type === "aws_caller_identity")
      return path === "arn" ? this.tokenOf(resource, path) : this.accountOf(resource);
    if (resource.type === ORGANIZATION && path === "id") return OWN_ORGANIZATION;
    if (path === arnAttribute(resource) || (path === "id" && ARN_IS_ID.has(resource.type))) return this.arnOf(resource);
    const behind = PARTS[resource.type]?.[path];
    if (behind !== undefined) return this.arnOf(resource) + this.filled(resource, behind);
    const name = NAMES[resource.type] ?? "name";
    if (path === name || (path === "id" && NAMED_BY_ID.has(resource.type))) return this.own(resource, name);
    return this.tokenOf(resource, path);
  }

  private reference({ address, path, resources }: Reference): string {
    return resources.length === 1 ? this.attributeOf(resources[0], path) : this.token(address, path);
  }

  /**
   * A value that stands where a policy has a text; a list of them where the value is one of several. `named`: the
   * value's texts hold names that this class has put there.
   */
  terms(value: Value, named = false): Term[] {
    if (typeof value === "string") return [{ text: named ? value : scrub(value) }];
    if (typeof value === "number" || typeof value === "boolean") return [{ text: String(value) }];
    if (Array.isArray(value)) return value.flatMap((item) => this.terms(item, named));
    if (!isUnknown(value)) return [];
    if (value.candidates) {
      return value.candidates.flatMap((one) => this.terms(one).map((term) => ({ ...term, unsure: value.why })));
    }
    return [this.term(value)];
  }

  private term(value: Unknown): Term {
    if (value.parts) {
      const parts = value.parts.map((part) => (typeof part === "string" ? { text: scrub(part) } : this.term(part)));
      const unsure = parts.find((part) => "unsure" in part && part.unsure !== undefined);
      return { text: parts.map((part) => part.text).join(""), ...(unsure && { unsure: (unsure as Term).unsure }) };
    }
    if (value.exact && value.references.length === 1 && decided(value.references[0])) {
      return { text: this.reference(value.references[0]) };
    }
    const cluster = issuer(value);
    if (cluster) return { text: this.tokenOf(cluster, "issuer") };
    return { text: HOLE, unsure: value.why };
  }

  /** A whole policy as text: references become names, in quotes where they stand for a whole value. */
  template(parts: readonly (string | Unknown)[]): string {
    let text = "";
    let quoted = false;
    for (const part of parts) {
      if (typeof part === "string") {
        text += scrub(part);
        quoted = endsQuoted(part, quoted);
      } else {
        const name = JSON.stringify(this.term(part).text);
        text += quoted ? name.slice(1, -1) : name;
      }
    }
    return text;
  }
}

/** Whether a piece of JSON text ends inside a string. */
function endsQuoted(text: string, quoted: boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') quoted = !quoted;
  }
  return quoted;
}

/**
 * The cluster whose identity provider a text is made of: `replace(cluster.identity[0].oidc[0].issuer, "https://", "")`,
 * which principals and keys of trust policies for its pods are written with.
 */
function issuer(value: Unknown): Resource | undefined {
  const [reference] = value.references;
  const resources = value.references.flatMap((one) => one.resources);
  if (!reference || new Set(resources).size !== 1 || resources[0].type !== "aws_eks_cluster") return undefined;
  return value.references.every(({ path }) => /oidc/.test(path)) ? resources[0] : undefined;
}

/** What a reference denotes is one thing if it is an attribute of one resource; a variable may have any value. */
const decided = (reference: Reference): boolean =>
  reference.resources.length === 1 && !/^(var|local|module|each|self)\./.test(reference.address);

const partitionOf = (region: string): string =>
  region.startsWith("cn-")
    ? "aws-cn"
    : region.startsWith("us-gov-")
      ? "aws-us-gov"
      : region.startsWith("eusc-")
        ? "aws-eusc"
        : "aws";
