/**
 * What AWS settles of particular types beyond what names tell: values that other resources of a stack refer to, and that
 * stand in a relation to what was configured.
 */
import { regionsByShortCode } from "../../policies/geography/regions";
import { isList, isValues, type Value, type Values } from "../protocol/value";
import type { Digits, Whereabouts } from "./identifiers";

type Rule = (values: Values, where: Whereabouts, digits: Digits) => Values;

/** The attributes of a new resource that its type alone explains. */
export function settle(type: string, values: Values, where: Whereabouts, digits: Digits): Values {
  return Object.hasOwn(rules, type) ? rules[type](values, where, digits) : {};
}

const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** `euw1-az2` is the second zone of eu-west-1; which letter that is differs between accounts, and here it is the second. */
export function zoneName(zoneId: string): string | undefined {
  const [, code, number] = /^([a-z]+\d)-az(\d)$/.exec(zoneId) ?? [];
  const region = code && regionsByShortCode.get(code);
  return region ? `${region.code}${String.fromCharCode(96 + Number(number))}` : undefined;
}

function zoneId(zone: string): string | undefined {
  const region = zone.slice(0, -1);
  for (const [code, known] of regionsByShortCode) {
    if (known.code === region) return `${code}-az${zone.charCodeAt(zone.length - 1) - 96}`;
  }
  return undefined;
}

function zones(values: Values, where: Whereabouts): Values {
  const id = text(values.availability_zone_id);
  const zone = text(values.availability_zone) || (id && zoneName(id)) || `${where.region}a`;
  return { availability_zone: zone, availability_zone_id: id || (zoneId(zone) ?? "") };
}

/** A key that is named by its id, its alias or not at all. */
const keyed =
  (attribute: string): Rule =>
  (values, { region, account }, digits) => {
    if (values[attribute] !== undefined || values.encrypted === false) return {};
    return { [attribute]: `arn:aws:kms:${region}:${account}:key/${digits.uuid()}` };
  };

/** The root that every organization has. */
const root = "r-0a1b";

const rules: Readonly<Record<string, Rule>> = {
  aws_db_instance: (values, where, digits) => {
    const identifier = text(values.identifier) || `terraform-${digits.hex(26)}`;
    const port = typeof values.port === "number" ? values.port : /postgres/.test(text(values.engine)) ? 5432 : 3306;
    const address = `${identifier}.${digits.hex(12)}.${where.region}.rds.amazonaws.com`;
    return {
      identifier,
      port,
      address,
      endpoint: `${address}:${port}`,
      resource_id: `db-${digits.hex(26).toUpperCase()}`,
    };
  },
  aws_ebs_volume: keyed("kms_key_id"),
  aws_ec2_transit_gateway: (_values, _where, digits) => ({
    association_default_route_table_id: `tgw-rtb-${digits.hex(17)}`,
    propagation_default_route_table_id: `tgw-rtb-${digits.hex(17)}`,
  }),
  aws_instance: (_values, where, digits) => ({
    instance_state: "running",
    primary_network_interface_id: `eni-${digits.hex(17)}`,
    private_ip: "10.0.0.10",
    private_dns: `ip-10-0-0-10.${where.region}.compute.internal`,
    root_block_device: [],
  }),
  aws_kms_key: (values, _where, digits) => {
    const key = values.multi_region === true ? `mrk-${digits.hex(32)}` : digits.uuid();
    return { id: key, key_id: key };
  },
  aws_kms_replica_key: (values) => {
    const key = text(values.primary_key_arn).split("/").pop() ?? "";
    return { id: key, key_id: key };
  },
  aws_iam_role: (_values, _where, digits) => ({ unique_id: `AROA${digits.hex(17).toUpperCase()}` }),
  aws_networkfirewall_firewall: (values, where, digits) => {
    // AWS puts each endpoint into the zone of its subnet, which this request does not tell.
    const mappings = isList(values.subnet_mapping) ? values.subnet_mapping : [];
    const states = mappings.flatMap((mapping): Values[] =>
      isValues(mapping)
        ? [
            {
              availability_zone: `${where.region}a`,
              attachment: [{ endpoint_id: `vpce-${digits.hex(17)}`, subnet_id: mapping.subnet_id ?? null }],
            },
          ]
        : [],
    );
    return { firewall_status: [{ sync_states: states, transit_gateway_attachment_sync_states: [] }] };
  },
  aws_s3_bucket: (values, where) => {
    const name = text(values.bucket);
    return {
      website_endpoint: "",
      website_domain: "",
      bucket_region: where.region,
      bucket_domain_name: `${name}.s3.amazonaws.com`,
      bucket_regional_domain_name: `${name}.s3.${where.region}.amazonaws.com`,
    };
  },
  aws_route: () => ({ instance_id: "", instance_owner_id: "", origin: "CreateRoute", state: "active" }),
  aws_s3_access_point: (values, { region, account }) => ({
    alias: `${text(values.name)}-s3alias`,
    domain_name: `${text(values.name)}-${account}.s3-accesspoint.${region}.amazonaws.com`,
  }),
  aws_organizations_account: (values) => ({ status: "ACTIVE", parent_id: values.parent_id ?? root }),
  aws_organizations_organization: (values, { account }) => ({
    master_account_id: account,
    roots: [{ id: root, arn: `arn:aws:organizations::${account}:root/${text(values.id)}/${root}`, name: "Root" }],
  }),
  aws_sqs_queue: (values, { region, account }) => ({
    url: `https://sqs.${region}.amazonaws.com/${account}/${text(values.name)}`,
  }),
  aws_subnet: zones,
  aws_vpc: (values, where, digits) => ({
    ipv6_cidr_block_network_border_group: text(values.ipv6_cidr_block) || values.ipv6_ipam_pool_id ? where.region : "",
    cidr_block: values.cidr_block ?? "172.31.0.0/16",
    default_network_acl_id: `acl-${digits.hex(17)}`,
    default_route_table_id: `rtb-${digits.hex(17)}`,
    main_route_table_id: `rtb-${digits.hex(17)}`,
    default_security_group_id: `sg-${digits.hex(17)}`,
    dhcp_options_id: `dopt-${digits.hex(17)}`,
  }),
  aws_vpc_endpoint: (values, where, digits) => {
    const gateway = text(values.vpc_endpoint_type) === "Gateway" || values.vpc_endpoint_type === undefined;
    return {
      state: "available",
      service_region: values.service_region ?? where.region,
      prefix_list_id: gateway ? `pl-${digits.hex(8)}` : "",
      network_interface_ids: gateway ? [] : [`eni-${digits.hex(17)}`],
    };
  },
  aws_vpc_ipam: (_values, _where, digits) => ({
    private_default_scope_id: `ipam-scope-${digits.hex(17)}`,
    public_default_scope_id: `ipam-scope-${digits.hex(17)}`,
  }),
};
