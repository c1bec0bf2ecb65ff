/**
 * What AWS refuses: a name that is taken, a resource that others still use, one that is protected. Codes and sentences
 * are those of the services' API references.
 */
import { isList, isValues, type Value, type Values } from "../protocol/value";
import type { Cloud, CloudResource } from "./cloud";

/** AWS says no. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/**
 * Types whose creation puts a setting on something that exists, or takes over what AWS made by itself: making it again
 * overwrites, deleting it leaves AWS's own setting.
 */
const settings =
  /^aws_(s3_bucket_.+|s3_account_.+|s3control_bucket_.+|default_.+|backup_region_settings|backup_global_settings|backup_vault_.+|ebs_default_kms_key|ebs_encryption_by_default|ebs_snapshot_block_public_access|ec2_image_block_public_access|ec2_instance_metadata_defaults|ec2_serial_console_access|vpc_block_public_access_options|.+_policy_attachment|iam_role_policy|iam_user_policy|kms_key_policy|networkfirewall_logging_configuration|route53_resolver_firewall_config|sqs_queue_policy|sns_topic_policy|.+_accepter)$/;

export const isSetting = (type: string): boolean => settings.test(type);

/** Types whose names are taken everywhere, or in the whole account, rather than in one region of it. */
const everywhere = new Set(["aws_s3_bucket"]);
const wholeAccount = /^aws_(iam|route53|cloudfront|organizations)_/;

const taken: Readonly<Record<string, [code: string, message: string]>> = {
  aws_s3_bucket: [
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
  ],
  aws_dynamodb_table: ["ResourceInUseException", "Table already exists: {id}"],
  aws_dynamodb_table_item: ["ConditionalCheckFailedException", "The conditional request failed"],
  aws_iam_role: ["EntityAlreadyExists", "Role with name {id} already exists."],
  aws_kms_alias: ["AlreadyExistsException", "An alias with the name {id} already exists"],
  aws_cloudwatch_log_group: ["ResourceAlreadyExistsException", "The specified log group already exists"],
  aws_db_instance: ["DBInstanceAlreadyExists", "DB instance already exists"],
  aws_route: ["RouteAlreadyExists", "The route identified by {id} already exists."],
};

/** Attributes beside the id that only one resource of the type may have a value of. */
const unique: Readonly<Record<string, string>> = { aws_db_instance: "identifier" };

/** @throws Refusal if what is to be made exists, or stands where something else does */
export function mayCreate(cloud: Cloud, made: CloudResource): void {
  if (isSetting(made.type)) return;
  const name = unique[made.type];
  const other = cloud.ofType(made.type).find((existing) => {
    if (!sharesNames(made, existing)) return false;
    return existing.id === made.id || (name !== undefined && existing.values[name] === made.values[name]);
  });
  if (other) {
    if (made.type === "aws_s3_bucket" && other.account !== made.account) {
      throw new Refusal(
        "BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Select a different name and try again.",
      );
    }
    const [code, message] = taken[made.type] ?? ["AlreadyExistsException", "{id} already exists"];
    throw new Refusal(code, message.replace("{id}", made.id));
  }
  if (made.type === "aws_subnet") subnetStandsAlone(cloud, made);
}

function sharesNames(a: CloudResource, b: CloudResource): boolean {
  if (everywhere.has(a.type)) return true;
  return a.account === b.account && (wholeAccount.test(a.type) || a.region === b.region);
}

function subnetStandsAlone(cloud: Cloud, made: CloudResource): void {
  const { vpc_id: vpc, cidr_block: cidr } = made.values;
  const conflict = cloud
    .ofType("aws_subnet")
    .find(({ values }) => values.vpc_id === vpc && typeof cidr === "string" && values.cidr_block === cidr);
  if (conflict) throw new Refusal("InvalidSubnet.Conflict", `The CIDR '${String(cidr)}' conflicts with another subnet`);
}

/** The kind as EC2 and IAM name it when they refuse to delete what is in use. */
const inUse: Readonly<Record<string, [code: string, message: string]>> = {
  aws_vpc: ["DependencyViolation", "The vpc '{id}' has dependencies and cannot be deleted."],
  aws_subnet: ["DependencyViolation", "The subnet '{id}' has dependencies and cannot be deleted."],
  aws_security_group: ["DependencyViolation", "resource {id} has a dependent object"],
  aws_route_table: ["DependencyViolation", "The routeTable '{id}' has dependencies and cannot be deleted."],
  aws_network_acl: ["DependencyViolation", "The networkAcl '{id}' has dependencies and cannot be deleted."],
  aws_internet_gateway: ["DependencyViolation", "The internetGateway '{id}' has dependencies and cannot be deleted."],
  aws_ec2_transit_gateway: ["IncorrectState", "{id} has non-deleted attachments."],
  aws_iam_role: ["DeleteConflict", "Cannot delete entity, must detach all policies first."],
  aws_networkfirewall_firewall_policy: [
    "InvalidOperationException",
    "Unable to delete the object because it is still in use",
  ],
  aws_networkfirewall_rule_group: [
    "InvalidOperationException",
    "Unable to delete the object because it is still in use",
  ],
  aws_db_subnet_group: [
    "InvalidDBSubnetGroupStateFault",
    "Cannot delete the subnet group '{id}' because at least one database instance is still using it.",
  ],
  aws_vpc_ipam_pool: ["DependencyViolation", "The pool {id} has allocations or CIDRs and cannot be deleted."],
};

interface Protection {
  readonly attribute: string;
  readonly code: string;
  readonly message: string;
}

const protections: Readonly<Record<string, Protection>> = {
  aws_db_instance: {
    attribute: "deletion_protection",
    code: "InvalidParameterCombination",
    message: "Cannot delete protected DB Instance, please disable deletion protection and try again.",
  },
  aws_dynamodb_table: {
    attribute: "deletion_protection_enabled",
    code: "ValidationException",
    message:
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
  },
  aws_instance: {
    attribute: "disable_api_termination",
    code: "OperationNotPermitted",
    message:
      "The instance '{id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.",
  },
  aws_networkfirewall_firewall: {
    attribute: "delete_protection",
    code: "InvalidOperationException",
    message:
      "Unable to fulfill request because the following related resource still exists: delete protection is enabled",
  },
  aws_lb: {
    attribute: "enable_deletion_protection",
    code: "OperationNotPermitted",
    message: "Load balancer '{id}' cannot be deleted because deletion protection is enabled",
  },
  aws_rds_cluster: {
    attribute: "deletion_protection",
    code: "InvalidParameterCombination",
    message: "Cannot delete protected Cluster, please disable deletion protection and try again.",
  },
  aws_route53_resolver_firewall_rule_group_association: {
    attribute: "mutation_protection",
    code: "InvalidRequestException",
    message: "The firewall rule group association is protected against mutation: {id}",
  },
};

/** Which attributes stand in the way of deleting, by type: what a rehearsal turns off before it destroys. */
export const protectingAttributes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(protections).map(([type, { attribute }]) => [type, attribute]),
);

/** @throws Refusal if something stands in the way of deleting it */
export function mayDelete(cloud: Cloud, doomed: CloudResource): void {
  const { type, id, values } = doomed;
  const protection = protections[type];
  const state = protection && values[protection.attribute];
  if (state === true || state === "ENABLED") throw new Refusal(protection.code, protection.message.replace("{id}", id));
  if (type === "aws_s3_bucket" && values.force_destroy !== true && holdsObjects(cloud, id)) {
    throw new Refusal(
      "BucketNotEmpty",
      "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    );
  }
  const rule = inUse[type];
  if (rule && cloud.all().some((other) => other !== doomed && !isDefault(other.type) && uses(other, doomed))) {
    throw new Refusal(rule[0], rule[1].replace("{id}", id));
  }
}

const holdsObjects = (cloud: Cloud, bucket: string): boolean =>
  cloud.ofType("aws_s3_object").some(({ values }) => values.bucket === bucket);

/** Made by AWS with the VPC, and gone with it. */
const isDefault = (type: string): boolean => type.startsWith("aws_default_");

/** Whether one names the other as what it stands in, hangs on or is attached to. */
function uses(user: CloudResource, used: CloudResource): boolean {
  const { id } = used;
  // A name that somebody chose means something else in another account or region; an id that AWS made does not.
  const named = sharesNames(used, user) || /-[0-9a-f]{8,}$/.test(id);
  if (used.type === "aws_iam_role") {
    return named && /^aws_iam_role_policy/.test(user.type) && user.values.role === id;
  }
  const { arn } = used.values;
  const names = new Set<Value>([...(named ? [id] : []), ...(typeof arn === "string" ? [arn] : [])]);
  return mentions(user.values, names, (name) => /(_id|_ids|_arn|_arns|groups|group_name)$/.test(name));
}

function mentions(values: Values, names: ReadonlySet<Value>, counts: (attribute: string) => boolean): boolean {
  return Object.entries(values).some(([name, value]) => {
    if (counts(name) && (names.has(value) || (isList(value) && value.some((item) => names.has(item))))) return true;
    if (isValues(value)) return mentions(value, names, counts);
    return isList(value) && value.some((item) => isValues(item) && mentions(item, names, counts));
  });
}
