import {
  attributePaths,
  hasRegionOverride,
  inventoryTypes,
  placeNamingAttributes,
  providerVersion,
  schemaOf,
} from "../../../../policies/configuration/schema/schema";

const managed = (type: string) => schemaOf("managed", type)!;
const pathsOf = (type: string) => [...attributePaths(managed(type))].map(({ path }) => path);

test("the types of the provider that is modelled", () => {
  expect(providerVersion).toBe("6.25.0");
  expect(inventoryTypes("managed")).toHaveLength(1581);
  expect(inventoryTypes("data")).toContain("aws_availability_zones");
  expect(inventoryTypes("provider")).toEqual(["aws"]);
  expect(inventoryTypes("provisioner")).toEqual([]);
});

test.each(["aws_no_such_type", "__proto__", "constructor", "toString", ""])("%j is no type", (type) => {
  expect(schemaOf("managed", type)).toBeUndefined();
  expect(placeNamingAttributes(type)).toEqual([]);
});

test("names of Object.prototype are no attributes", () => {
  const { attributes, blocks } = managed("aws_s3_bucket");
  expect("constructor" in attributes || "__proto__" in attributes || "constructor" in blocks).toBe(false);
});

test("attributes: required, optional, set by the provider alone", () => {
  const { attributes } = managed("aws_kinesis_stream_consumer");
  expect(attributes.name).toEqual({ type: "string", required: true, optional: false, computed: false });
  expect(attributes.id).toMatchObject({ optional: true, computed: true });
  expect(attributes.arn).toEqual({ type: "string", required: false, optional: false, computed: true });
});

test("attributes: types", () => {
  expect(managed("aws_instance").attributes).toMatchObject({
    tags: { type: "map(string)" },
    security_groups: { type: "set(string)" },
    secondary_private_ips: { type: "set(string)" },
    monitoring: { type: "bool" },
    ipv6_address_count: { type: "number" },
  });
  expect(managed("aws_quicksight_template").attributes.definition.type).toBe("any");
  expect(managed("aws_datazone_environment_blueprint_configuration").attributes.regional_parameters.type).toBe(
    "map(map(string))",
  );
});

test("attributes: objects, settable and set by the provider", () => {
  const { attributes, blocks } = managed("aws_security_group");
  expect(attributes.ingress.type).toBe("set(object)");
  expect(attributes.ingress.object!.attributes.cidr_blocks.type).toBe("list(string)");
  expect(blocks.ingress).toBeUndefined();
  const options = managed("aws_acm_certificate").attributes.domain_validation_options;
  expect(options).toMatchObject({ type: "set(object)", required: false, optional: false, computed: true });
  expect(Object.keys(options.object!.attributes)).toContain("resource_record_name");
});

test("blocks: nesting, depth, timeouts", () => {
  const bucket = managed("aws_s3_bucket");
  expect(bucket.blocks.grant.nesting).toBe("set");
  expect(bucket.blocks.timeouts.nesting).toBe("single");
  const rules = bucket.blocks.replication_configuration.block.blocks.rules;
  expect(rules.block.blocks.destination.block.attributes.bucket).toMatchObject({ type: "string", required: true });
  expect(bucket.attributes.grant).toBeUndefined();
});

test("the provider block", () => {
  const { attributes, blocks } = schemaOf("provider", "aws")!;
  expect(attributes.region).toMatchObject({ type: "string", optional: true });
  expect(blocks.assume_role.block.attributes.role_arn).toMatchObject({ optional: true });
  expect(blocks.endpoints.block.attributes.s3.type).toBe("string");
});

test("every type can be read to its end", () => {
  let count = 0;
  for (const mode of ["managed", "data", "provider"] as const) {
    for (const type of inventoryTypes(mode))
      for (const { schema } of attributePaths(schemaOf(mode, type)!)) count += schema.type.length > 0 ? 1 : 0;
  }
  expect(count).toBeGreaterThan(30_000);
});

test("the region argument of the provider is told from regions of services", () => {
  expect(hasRegionOverride("managed", "aws_s3_bucket")).toBe(true);
  expect(hasRegionOverride("data", "aws_s3_bucket")).toBe(true);
  expect(hasRegionOverride("managed", "aws_iam_role")).toBe(false);
  const own = inventoryTypes("managed").filter(
    (type) => managed(type).attributes.region?.optional && !hasRegionOverride("managed", type),
  );
  expect(own).toEqual([
    "aws_cloudformation_stack_set_instance",
    "aws_config_aggregate_authorization",
    "aws_servicequotas_template",
  ]);
});

describe("attributes whose name says that they can name a place", () => {
  test("regions, ARNs, hosts, addresses, accounts, documents, at any depth", () => {
    expect(placeNamingAttributes("aws_s3_bucket_replication_configuration")).toEqual([
      "bucket",
      "rule.destination.access_control_translation.owner",
      "rule.destination.account",
      "rule.destination.bucket",
    ]);
    expect(placeNamingAttributes("aws_ecr_replication_configuration")).toEqual([
      "replication_configuration.rule.destination.region",
      "replication_configuration.rule.destination.registry_id",
    ]);
    expect(placeNamingAttributes("aws_sns_topic_subscription")).toEqual(expect.arrayContaining(["endpoint"]));
    expect(placeNamingAttributes("aws_eip")).toContain("network_border_group");
    expect(placeNamingAttributes("aws_iam_role")).toContain("assume_role_policy");
    expect(placeNamingAttributes("aws_servicequotas_template")).toContain("region");
  });

  test("attributes of objects count as well", () => {
    expect(placeNamingAttributes("aws_security_group")).toEqual(
      expect.arrayContaining(["ingress.cidr_blocks", "egress.ipv6_cidr_blocks"]),
    );
  });

  test("what only the provider sets, numbers, switches and kinds do not", () => {
    const paths = placeNamingAttributes("aws_s3_bucket");
    expect(pathsOf("aws_s3_bucket")).toEqual(
      expect.arrayContaining(["arn", "bucket_domain_name", "bucket_prefix", "region"]),
    );
    for (const path of ["arn", "bucket_domain_name", "bucket_prefix", "region"]) expect(paths).not.toContain(path);
    expect(pathsOf("aws_instance")).toContain("ipv6_address_count");
    expect(placeNamingAttributes("aws_instance")).not.toContain("ipv6_address_count");
    expect(placeNamingAttributes("aws_instance")).not.toContain("associate_public_ip_address");
    expect(placeNamingAttributes("aws_lb")).not.toContain("ip_address_type");
  });
});
