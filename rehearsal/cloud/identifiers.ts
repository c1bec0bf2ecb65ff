/**
 * Ids and ARNs in the form that AWS gives them. The form of an id is a text with places to fill in: `#` stands for 17
 * hexadecimal digits, `uuid` for a UUID, `{name}` for an attribute or for `region`, `account`, `id`. Forms of ids after
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html, of ARNs after the "Resource types" tables of the
 * Service Authorization Reference, and of the rest after the section "Import" of each resource's page in
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs.
 */
import { createHash } from "node:crypto";
import type { Value, Values } from "../protocol/value";

interface Form {
  readonly id: string;
  readonly arn?: string;
}

const ec2 = (kind: string, prefix: string): Form => ({
  id: `${prefix}-#`,
  arn: `arn:aws:ec2:{region}:{account}:${kind}/{id}`,
});
const same = (id: string): Form => ({ id });
const bucket = same("{bucket}");

const forms: Readonly<Record<string, Form>> = {
  aws_acm_certificate: { id: "{arn}", arn: "arn:aws:acm:{region}:{account}:certificate/uuid" },
  aws_backup_plan: { id: "uuid", arn: "arn:aws:backup:{region}:{account}:backup-plan:{id}" },
  aws_backup_region_settings: same("{region}"),
  aws_backup_selection: same("uuid"),
  aws_backup_vault: { id: "{name}", arn: "arn:aws:backup:{region}:{account}:backup-vault:{name}" },
  aws_backup_vault_lock_configuration: same("{backup_vault_name}"),
  aws_backup_vault_notifications: same("{backup_vault_name}"),
  aws_backup_vault_policy: same("{backup_vault_name}"),
  aws_cloudtrail: { id: "{name}", arn: "arn:aws:cloudtrail:{region}:{account}:trail/{name}" },
  aws_cloudwatch_dashboard: { id: "{dashboard_name}", arn: "arn:aws:cloudwatch::{account}:dashboard/{dashboard_name}" },
  aws_cloudwatch_log_group: { id: "{name}", arn: "arn:aws:logs:{region}:{account}:log-group:{name}" },
  aws_cloudwatch_metric_alarm: { id: "{alarm_name}", arn: "arn:aws:cloudwatch:{region}:{account}:alarm:{alarm_name}" },
  aws_customer_gateway: ec2("customer-gateway", "cgw"),
  aws_db_instance: { id: "db-uuid", arn: "arn:aws:rds:{region}:{account}:db:{identifier}" },
  aws_db_parameter_group: { id: "{name}", arn: "arn:aws:rds:{region}:{account}:pg:{name}" },
  aws_db_snapshot: {
    id: "{db_snapshot_identifier}",
    arn: "arn:aws:rds:{region}:{account}:snapshot:{db_snapshot_identifier}",
  },
  aws_db_subnet_group: { id: "{name}", arn: "arn:aws:rds:{region}:{account}:subgrp:{name}" },
  aws_default_network_acl: { id: "{default_network_acl_id}", arn: "arn:aws:ec2:{region}:{account}:network-acl/{id}" },
  aws_default_route_table: { id: "{default_route_table_id}", arn: "arn:aws:ec2:{region}:{account}:route-table/{id}" },
  aws_default_security_group: ec2("security-group", "sg"),
  aws_dlm_lifecycle_policy: { id: "policy-#", arn: "arn:aws:dlm:{region}:{account}:policy/{id}" },
  aws_dynamodb_table: { id: "{name}", arn: "arn:aws:dynamodb:{region}:{account}:table/{name}" },
  aws_ebs_default_kms_key: same("{key_arn}"),
  aws_ebs_encryption_by_default: same("{account}"),
  aws_ebs_snapshot_block_public_access: same("{account}"),
  aws_ebs_volume: ec2("volume", "vol"),
  aws_ec2_image_block_public_access: same("{region}"),
  aws_ec2_serial_console_access: same("{region}"),
  aws_ec2_transit_gateway: ec2("transit-gateway", "tgw"),
  aws_ec2_transit_gateway_peering_attachment: ec2("transit-gateway-attachment", "tgw-attach"),
  aws_ec2_transit_gateway_peering_attachment_accepter: same("{transit_gateway_attachment_id}"),
  aws_ec2_transit_gateway_route: same("{transit_gateway_route_table_id}_{destination_cidr_block}"),
  aws_ec2_transit_gateway_route_table: ec2("transit-gateway-route-table", "tgw-rtb"),
  aws_ec2_transit_gateway_route_table_association: same(
    "{transit_gateway_route_table_id}_{transit_gateway_attachment_id}",
  ),
  aws_ec2_transit_gateway_route_table_propagation: same(
    "{transit_gateway_route_table_id}_{transit_gateway_attachment_id}",
  ),
  aws_ec2_transit_gateway_vpc_attachment: ec2("transit-gateway-attachment", "tgw-attach"),
  aws_eip: { id: "eipalloc-#", arn: "arn:aws:ec2:{region}:{account}:elastic-ip/{id}" },
  aws_flow_log: { id: "fl-#", arn: "arn:aws:ec2:{region}:{account}:vpc-flow-log/{id}" },
  aws_iam_instance_profile: { id: "{name}", arn: "arn:aws:iam::{account}:instance-profile{path}{name}" },
  aws_iam_policy: { id: "{arn}", arn: "arn:aws:iam::{account}:policy{path}{name}" },
  aws_iam_role: { id: "{name}", arn: "arn:aws:iam::{account}:role{path}{name}" },
  aws_iam_role_policy: same("{role}:{name}"),
  aws_iam_role_policy_attachment: same("{role}-{policy_arn}"),
  aws_iam_user: { id: "{name}", arn: "arn:aws:iam::{account}:user{path}{name}" },
  aws_instance: ec2("instance", "i"),
  aws_internet_gateway: ec2("internet-gateway", "igw"),
  aws_kms_alias: { id: "{name}", arn: "arn:aws:kms:{region}:{account}:{name}" },
  aws_kms_key: { id: "uuid", arn: "arn:aws:kms:{region}:{account}:key/{id}" },
  aws_kms_replica_key: { id: "uuid", arn: "arn:aws:kms:{region}:{account}:key/{id}" },
  aws_lambda_function: { id: "{function_name}", arn: "arn:aws:lambda:{region}:{account}:function:{function_name}" },
  aws_launch_template: ec2("launch-template", "lt"),
  aws_lb: { id: "{arn}", arn: "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/{name}/#" },
  aws_lb_target_group: { id: "{arn}", arn: "arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/{name}/#" },
  aws_nat_gateway: { id: "nat-#", arn: "arn:aws:ec2:{region}:{account}:natgateway/{id}" },
  aws_network_acl: ec2("network-acl", "acl"),
  aws_network_acl_rule: same("{network_acl_id}:{rule_number}:{egress}"),
  aws_network_interface: ec2("network-interface", "eni"),
  aws_networkfirewall_firewall: { id: "{arn}", arn: "arn:aws:network-firewall:{region}:{account}:firewall/{name}" },
  aws_networkfirewall_firewall_policy: {
    id: "{arn}",
    arn: "arn:aws:network-firewall:{region}:{account}:firewall-policy/{name}",
  },
  aws_networkfirewall_logging_configuration: same("{firewall_arn}"),
  aws_networkfirewall_rule_group: {
    id: "{arn}",
    arn: "arn:aws:network-firewall:{region}:{account}:stateful-rulegroup/{name}",
  },
  aws_organizations_policy: { id: "p-#", arn: "arn:aws:organizations::{account}:policy/o-rehearsal/{type}/{id}" },
  aws_placement_group: { id: "{name}", arn: "arn:aws:ec2:{region}:{account}:placement-group/{name}" },
  aws_ram_resource_share: { id: "{arn}", arn: "arn:aws:ram:{region}:{account}:resource-share/uuid" },
  aws_rds_cluster: { id: "{cluster_identifier}", arn: "arn:aws:rds:{region}:{account}:cluster:{cluster_identifier}" },
  aws_route: same("{route_table_id}_{destination_cidr_block}{destination_ipv6_cidr_block}{destination_prefix_list_id}"),
  aws_route53_resolver_firewall_config: same("rslvr-frc-#"),
  aws_route53_resolver_firewall_domain_list: {
    id: "rslvr-fdl-#",
    arn: "arn:aws:route53resolver:{region}:{account}:firewall-domain-list/{id}",
  },
  aws_route53_resolver_firewall_rule: same("{firewall_rule_group_id}:{firewall_domain_list_id}"),
  aws_route53_resolver_firewall_rule_group: {
    id: "rslvr-frg-#",
    arn: "arn:aws:route53resolver:{region}:{account}:firewall-rule-group/{id}",
  },
  aws_route53_resolver_firewall_rule_group_association: {
    id: "rslvr-frgassoc-#",
    arn: "arn:aws:route53resolver:{region}:{account}:firewall-rule-group-association/{id}",
  },
  aws_route53_resolver_query_log_config: {
    id: "rqlc-#",
    arn: "arn:aws:route53resolver:{region}:{account}:resolver-query-log-config/{id}",
  },
  aws_route53_resolver_query_log_config_association: same("rqlca-#"),
  aws_route53_zone: { id: "Z#", arn: "arn:aws:route53:::hostedzone/{id}" },
  aws_route_table: ec2("route-table", "rtb"),
  aws_route_table_association: same("rtbassoc-#"),
  aws_s3_access_point: { id: "{account}:{name}", arn: "arn:aws:s3:{region}:{account}:accesspoint/{name}" },
  aws_s3_account_public_access_block: same("{account}"),
  aws_s3_bucket: { id: "{bucket}", arn: "arn:aws:s3:::{bucket}" },
  aws_s3_bucket_intelligent_tiering_configuration: same("{bucket}:{name}"),
  aws_s3_bucket_inventory: same("{bucket}:{name}"),
  aws_s3_bucket_lifecycle_configuration: bucket,
  aws_s3_bucket_logging: bucket,
  aws_s3_bucket_notification: bucket,
  aws_s3_bucket_object_lock_configuration: bucket,
  aws_s3_bucket_ownership_controls: bucket,
  aws_s3_bucket_policy: bucket,
  aws_s3_bucket_public_access_block: bucket,
  aws_s3_bucket_replication_configuration: bucket,
  aws_s3_bucket_server_side_encryption_configuration: bucket,
  aws_s3_bucket_versioning: bucket,
  aws_s3_object: { id: "{key}", arn: "arn:aws:s3:::{bucket}/{key}" },
  aws_s3control_bucket: {
    id: "{arn}",
    arn: "arn:aws:s3-outposts:{region}:{account}:outpost/{outpost_id}/bucket/{bucket}",
  },
  aws_s3control_bucket_lifecycle_configuration: bucket,
  aws_s3control_bucket_policy: bucket,
  aws_s3outposts_endpoint: {
    id: "{arn}",
    arn: "arn:aws:s3-outposts:{region}:{account}:outpost/{outpost_id}/endpoint/#",
  },
  aws_secretsmanager_secret: { id: "{arn}", arn: "arn:aws:secretsmanager:{region}:{account}:secret:{name}" },
  aws_security_group: ec2("security-group", "sg"),
  aws_sns_topic: { id: "{arn}", arn: "arn:aws:sns:{region}:{account}:{name}" },
  aws_sqs_queue: {
    id: "https://sqs.{region}.amazonaws.com/{account}/{name}",
    arn: "arn:aws:sqs:{region}:{account}:{name}",
  },
  aws_ssm_parameter: { id: "{name}", arn: "arn:aws:ssm:{region}:{account}:parameter{name}" },
  aws_subnet: ec2("subnet", "subnet"),
  aws_volume_attachment: same("vai-#"),
  aws_vpc: ec2("vpc", "vpc"),
  aws_vpc_block_public_access_options: same("{region}"),
  aws_vpc_endpoint: ec2("vpc-endpoint", "vpce"),
  aws_vpc_ipam: { id: "ipam-#", arn: "arn:aws:ec2::{account}:ipam/{id}" },
  aws_vpc_ipam_pool: { id: "ipam-pool-#", arn: "arn:aws:ec2::{account}:ipam-pool/{id}" },
  aws_vpc_ipam_pool_cidr: same("{cidr}_{ipam_pool_id}"),
  aws_vpc_peering_connection: same("pcx-#"),
  aws_vpc_security_group_egress_rule: { id: "sgr-#", arn: "arn:aws:ec2:{region}:{account}:security-group-rule/{id}" },
  aws_vpc_security_group_ingress_rule: { id: "sgr-#", arn: "arn:aws:ec2:{region}:{account}:security-group-rule/{id}" },
  aws_vpn_connection: ec2("vpn-connection", "vpn"),
  aws_vpn_gateway: ec2("vpn-gateway", "vgw"),
};

/** Hexadecimal digits, and a UUID, that are always the same for the same seed. */
export class Digits {
  private count = 0;

  constructor(private readonly seed: string) {}

  hex(length: number): string {
    const digest = createHash("sha256")
      .update(`${this.seed}\n${this.count++}`)
      .digest("hex");
    return `0${digest.slice(1, length)}`;
  }

  uuid(): string {
    const digits = this.hex(32);
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      `4${digits.slice(13, 16)}`,
      `8${digits.slice(17, 20)}`,
      digits.slice(20),
    ].join("-");
  }
}

export interface Whereabouts {
  readonly region: string;
  readonly account: string;
}

/**
 * The id and ARN of a new resource; values that are not known yet must have been left out.
 *
 * @param required names of the arguments that a type of unknown form must have
 */
export function identify(
  type: string,
  values: Values,
  where: Whereabouts,
  digits: Digits,
  required: readonly string[] = [],
): { id: string; arn: string } {
  const { id: idForm, arn: arnForm } = Object.hasOwn(forms, type) ? forms[type] : generic(type, values, required);
  const fixed = (form: string) => form.replace(/#/g, () => digits.hex(17)).replace(/uuid/g, () => digits.uuid());
  const from = (extra: Values) => (_: string, name: string) =>
    text(extra[name] ?? values[name] ?? where[name as "region"]);
  const [idText, arnText] = [fixed(idForm), fixed(arnForm ?? genericArn(type))];
  if (idText === "{arn}") {
    const arn = arnText.replace(/\{(\w+)\}/g, from({}));
    return { id: arn, arn };
  }
  const id = typeof values.id === "string" ? values.id : idText.replace(/\{(\w+)\}/g, from({}));
  return { id, arn: arnText.replace(/\{(\w+)\}/g, from({ id })) };
}

const text = (value: Value | undefined): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** Named after its name where there is one, as most of AWS's newer services do; else by an id of the service's own. */
function generic(type: string, values: Values, required: readonly string[]): Form {
  const short = type.replace(/^aws_/, "");
  const named = ["name", `${short}_name`, `${short.replace(/^[a-z0-9]+_/, "")}_name`, "identifier"].find(
    (name) => typeof values[name] === "string",
  );
  if (!named) return { id: `${short.split("_").pop()}-#` };
  // Beside others of a parent, such as a filter of a log group, it is named with the parent.
  const parents = required.filter((name) => name !== named && /_(name|id|identifier)$/.test(name));
  return { id: [named, ...parents].map((name) => `{${name}}`).join(",") };
}

function genericArn(type: string): string {
  const [service, ...kind] = type.replace(/^aws_/, "").split("_");
  return `arn:aws:${service}:{region}:{account}:${kind.join("-") || "resource"}/{id}`;
}
