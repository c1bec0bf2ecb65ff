/** Directories, catalogs, pipelines, media and what makes things from texts that are not in the configuration. */
import { parseTrust } from "../../../policies/geography/trust";
import { findings, judge } from "./harness";

type Blocks = Parameters<typeof judge>[0];
const OPAQUE = `$\{var.opaque}`;
const report = (resources: object) => judge(resources as Blocks, { variable: { opaque: {} } });
const one = async (type: string, body: object) => (await report({ [type]: { x: body } })).verdict;

test.each([
  [
    "a directory copied elsewhere",
    "aws_directory_service_region",
    { directory_id: "d-1", region_name: "us-east-1", vpc_settings: [{ vpc_id: "v", subnet_ids: ["s"] }] },
    "escapes",
  ],
  [
    "a directory copied to Stockholm",
    "aws_directory_service_region",
    { directory_id: "d-1", region_name: "eu-north-1", vpc_settings: [{ vpc_id: "v", subnet_ids: ["s"] }] },
    "contained",
  ],
  [
    "a directory that lets others' users in",
    "aws_directory_service_trust",
    {
      directory_id: "d-1",
      remote_domain_name: "corp.example.com",
      trust_direction: "One-Way: Outgoing",
      trust_password: "p",
    },
    "escapes",
  ],
  [
    "a directory whose users others let in",
    "aws_directory_service_trust",
    {
      directory_id: "d-1",
      remote_domain_name: "corp.example.com",
      trust_direction: "One-Way: Incoming",
      trust_password: "p",
    },
    "contained",
  ],
  [
    "names asked elsewhere",
    "aws_directory_service_conditional_forwarder",
    { directory_id: "d-1", dns_ips: ["198.51.100.53"], remote_domain_name: "corp.example.com" },
    "escapes",
  ],
  [
    "environments elsewhere",
    "aws_datazone_environment_blueprint_configuration",
    { domain_id: "d", environment_blueprint_id: "b", enabled_regions: ["eu-west-1", "us-east-1"] },
    "escapes",
  ],
  [
    "environments here",
    "aws_datazone_environment_blueprint_configuration",
    {
      domain_id: "d",
      environment_blueprint_id: "b",
      enabled_regions: ["eu-west-1"],
      regional_parameters: { "eu-west-1": { S3Location: "s3://enclave-archive/dz" } },
    },
    "contained",
  ],
  [
    "settings for elsewhere",
    "aws_datazone_environment_blueprint_configuration",
    {
      domain_id: "d",
      environment_blueprint_id: "b",
      enabled_regions: ["eu-west-1"],
      regional_parameters: { "us-east-1": { S3Location: "s3://enclave-archive/dz" } },
    },
    "escapes",
  ],
  [
    "logs of an organization in an unlisted account",
    "aws_controltower_landing_zone",
    {
      version: "3.3",
      manifest_json: JSON.stringify({
        governedRegions: ["eu-west-1"],
        centralizedLogging: { accountId: "444455556666" },
      }),
    },
    "escapes",
  ],
  [
    "logs of an organization in an account of its own",
    "aws_controltower_landing_zone",
    {
      version: "3.3",
      manifest_json: JSON.stringify({
        governedRegions: ["eu-west-1"],
        centralizedLogging: { accountId: "333333333333" },
      }),
    },
    "contained",
  ],
  [
    "a landing zone that is not known",
    "aws_controltower_landing_zone",
    { version: "3.3", manifest_json: OPAQUE },
    "undecided",
  ],
  [
    "a resource of any type",
    "aws_cloudcontrolapi_resource",
    { type_name: "AWS::SNS::Subscription", desired_state: "{}" },
    "undecided",
  ],
  ["a product of a catalog", "aws_servicecatalog_provisioned_product", { name: "p" }, "undecided"],
  [
    "events of products for others",
    "aws_servicecatalog_constraint",
    {
      portfolio_id: "p",
      product_id: "q",
      type: "NOTIFICATION",
      parameters: JSON.stringify({ NotificationArns: ["arn:aws:sns:eu-west-1:444455556666:t"] }),
    },
    "escapes",
  ],
  [
    "products for elsewhere",
    "aws_servicecatalog_constraint",
    {
      portfolio_id: "p",
      product_id: "q",
      type: "STACKSET",
      parameters: JSON.stringify({
        Version: "1.0",
        Properties: { AccountList: ["111111111111"], RegionList: ["us-east-1"] },
      }),
    },
    "escapes",
  ],
  [
    "a role for products",
    "aws_servicecatalog_constraint",
    {
      portfolio_id: "p",
      product_id: "q",
      type: "LAUNCH",
      parameters: JSON.stringify({ RoleArn: "arn:aws:iam::111111111111:role/r" }),
    },
    "contained",
  ],
  [
    "live video to a bucket",
    "aws_medialive_channel",
    {
      channel_class: "STANDARD",
      name: "c",
      destinations: [{ id: "d", settings: [{ url: "s3ssl://enclave-archive/live" }] }],
    },
    "contained",
  ],
  [
    "live video to nobody's bucket",
    "aws_medialive_channel",
    {
      channel_class: "STANDARD",
      name: "c",
      destinations: [{ id: "d", settings: [{ url: "s3ssl://somebodys/live" }] }],
    },
    "undecided",
  ],
  [
    "live video to a site",
    "aws_medialive_channel",
    {
      channel_class: "STANDARD",
      name: "c",
      destinations: [{ id: "d", settings: [{ url: "rtmp://live.example.com/app" }] }],
    },
    "escapes",
  ],
  [
    "a provider by its address",
    "aws_workspacesweb_identity_provider",
    {
      portal_arn: "p",
      identity_provider_name: "i",
      identity_provider_type: "SAML",
      identity_provider_details: { MetadataURL: "https://idp.example.com/metadata" },
    },
    "escapes",
  ],
  [
    "a provider by its metadata",
    "aws_workspacesweb_identity_provider",
    {
      portal_arn: "p",
      identity_provider_name: "i",
      identity_provider_type: "SAML",
      identity_provider_details: {
        MetadataFile: '<EntityDescriptor entityID="https://idp.example.com"></EntityDescriptor>',
      },
    },
    "escapes",
  ],
  [
    "a vouched provider",
    "aws_workspacesweb_identity_provider",
    {
      portal_arn: "p",
      identity_provider_name: "i",
      identity_provider_type: "SAML",
      identity_provider_details: { MetadataURL: "https://203.0.113.10/metadata" },
    },
    "contained",
  ],
  [
    "Oracle's machines",
    "aws_odb_cloud_exadata_infrastructure",
    { display_name: "o", shape: "s", availability_zone_id: "euw1-az1" },
    "escapes",
  ],
  [
    "a network for Oracle's machines",
    "aws_odb_network",
    {
      display_name: "o",
      availability_zone_id: "euw1-az1",
      client_subnet_cidr: "10.0.0.0/24",
      backup_subnet_cidr: "10.0.1.0/24",
      s3_access: "DISABLED",
      zero_etl_access: "DISABLED",
    },
    "contained",
  ],
  [
    "Airflow shown to everybody",
    "aws_mwaa_environment",
    {
      name: "a",
      dag_s3_path: "d",
      execution_role_arn: "r",
      source_bucket_arn: "arn:aws:s3:::enclave-archive",
      webserver_access_mode: "PUBLIC_ONLY",
    },
    "escapes",
  ],
  [
    "Airflow for the VPC",
    "aws_mwaa_environment",
    { name: "a", dag_s3_path: "d", execution_role_arn: "r", source_bucket_arn: "arn:aws:s3:::enclave-archive" },
    "contained",
  ],
])("%s", async (_name, type, body, expected) => expect(await one(type, body)).toBe(expected));

describe("a pipeline of AWS Data Pipeline", () => {
  const pipeline = (...fields: object[]) =>
    one("aws_datapipeline_pipeline_definition", {
      pipeline_id: "p",
      pipeline_object: [{ id: "o", name: "o", field: fields }],
    });
  const field = (key: string, string_value: string) => ({ key, string_value });
  test.each([
    [
      "that writes here",
      [field("type", "S3DataNode"), field("directoryPath", "s3://enclave-archive/out")],
      "contained",
    ],
    [
      "that writes to nobody's bucket",
      [field("type", "S3DataNode"), field("directoryPath", "s3://somebodys/out")],
      "undecided",
    ],
    ["that works elsewhere", [field("type", "DynamoDBDataNode"), field("region", "us-east-1")], "escapes"],
    [
      "that tells others",
      [field("type", "SnsAlarm"), field("topicArn", "arn:aws:sns:eu-west-1:444455556666:t")],
      "escapes",
    ],
    ["that runs programs", [field("type", "ShellCommandActivity"), field("command", "true")], "undecided"],
    ["that starts machines", [field("type", "Ec2Resource"), field("terminateAfter", "1 hour")], "escapes"],
    ["that waits for machines", [field("workerGroup", "group")], "undecided"],
    ["that is filled in later", [field("type", "S3DataNode"), field("directoryPath", "#{myPath}")], "undecided"],
    ["that has a schedule", [field("type", "Schedule"), field("period", "1 days")], "contained"],
  ])("%s", async (_name, fields, expected) => expect(await pipeline(...fields)).toBe(expected));
});

describe("an application behind Verified Access", () => {
  const endpoint = (own: object, group: object) =>
    report({
      aws_verifiedaccess_group: { g: { verifiedaccess_instance_id: "i", ...group } },
      aws_verifiedaccess_endpoint: {
        e: {
          attachment_type: "vpc",
          endpoint_type: "load-balancer",
          verified_access_group_id: `$\{aws_verifiedaccess_group.g.id}`,
          ...own,
        },
      },
    });
  const permit = { policy_document: "permit(principal, action, resource);" };
  test("is closed without a policy", async () => expect((await endpoint({}, {})).verdict).toBe("contained"));
  test.each([
    ["its own", permit, {}],
    ["its group's", {}, permit],
  ])("is on the internet by %s policy", async (_name, own, group) => {
    expect(findings(await endpoint(own, group))).toEqual([
      "aws_verifiedaccess_endpoint.e -> the internet by verified-access.endpoint",
    ]);
  });
  test("may be on the internet", async () => {
    expect((await endpoint({ policy_document: OPAQUE }, {})).verdict).toBe("undecided");
  });
});

describe("Quick Setup", () => {
  const setup = (type: string, parameters: Record<string, string>) =>
    judge({
      aws_ssmquicksetup_configuration_manager: { q: { name: "q", configuration_definition: [{ type, parameters }] } },
    });
  const SCHEDULER = "AWSQuickSetupType-Scheduler";
  const PATCHES = "AWSQuickSetupType-PatchPolicy";

  test.each([
    [SCHEDULER, { TargetRegions: "eu-west-1, eu-north-1", TargetAccounts: "222222222222" }, "contained"],
    [SCHEDULER, { TargetRegions: "eu-west-1,us-east-1" }, "escapes"],
    [SCHEDULER, { TargetRegions: "eu-west-1", TargetAccounts: "444455556666" }, "escapes"],
    [PATCHES, { TargetRegions: "eu-west-1", TargetAccounts: "111111111111", OutputLogEnableS3: "false" }, "contained"],
    [PATCHES, { TargetRegions: "eu-west-1", OutputS3BucketName: "somewhere" }, "undecided"],
    [PATCHES, { TargetRegions: "eu-west-1", OutputBucketRegion: "us-east-1" }, "escapes"],
    [
      PATCHES,
      { OutputS3Location: '{"OutputS3BucketName":"enclave-archive","OutputS3Region":"eu-west-1"}' },
      "contained",
    ],
    [PATCHES, { OutputS3Location: '{"OutputS3BucketName":"enclave-archive","OutputS3Region":"us-east-1"}' }, "escapes"],
    ["AWSQuickSetupType-CFGRecording", { TargetRegions: "us-east-1" }, "escapes"],
    ["AWSQuickSetupType-CFGRecording", { GlobalResourceTypesRegion: "us-east-1" }, "escapes"],
    ["AWSQuickSetupType-CFGRecording", { TargetRegions: "eu-west-1" }, "undecided"],
  ])("%s with %j", async (type, parameters, verdict) => {
    expect((await setup(type, parameters as Record<string, string>)).verdict).toBe(verdict);
  });
});

describe("parameters of things that are defined elsewhere", () => {
  const remedied = (name: string, static_value: unknown) => ({
    aws_config_remediation_configuration: {
      r: { config_rule_name: "r", target_type: "SSM_DOCUMENT", target_id: "d", parameter: [{ name, static_value }] },
    },
  });
  const pack = (name: string, value: string) => ({
    aws_config_conformance_pack: {
      c: {
        name: "c",
        template_body: JSON.stringify({
          Resources: {
            R: {
              Type: "AWS::Config::RemediationConfiguration",
              Properties: { TargetId: "d", Parameters: { [name]: { StaticValue: { Values: [value] } } } },
            },
          },
        }),
      },
    },
  });
  const environment = (name: string, value: string) => ({
    aws_datazone_domain: { d: { name: "d", domain_execution_role: "r" } },
    aws_datazone_environment: {
      e: {
        domain_identifier: "${aws_datazone_domain.d.id}",
        name: "e",
        project_identifier: "p",
        profile_identifier: "p",
        user_parameters: [{ name, value }],
      },
    },
  });
  const restored = (name: string, value: string) => ({
    aws_backup_restore_testing_selection: {
      s: {
        name: "s",
        restore_testing_plan_name: "p",
        protected_resource_type: "EBS",
        iam_role_arn: "r",
        restore_metadata_overrides: { [name]: value },
      },
    },
  });
  test.each<[string, (name: string, value: string) => Blocks]>([
    ["a remediation", remedied],
    ["a conformance pack", pack],
    ["an environment of DataZone", environment],
    ["a restore test", restored],
  ])("%s", async (_name, of) => {
    const verdict = async (name: string, value: string) => (await report(of(name, value))).verdict;
    expect(await verdict("SSEAlgorithm", "AES256")).toBe("contained");
    expect(await verdict("TargetBucket", "enclave-archive")).toBe("contained");
    expect(await verdict("TargetBucket", "somebodys")).toBe("undecided");
    expect(await verdict("Destination", "us-east-1")).toBe("escapes");
    expect(await verdict("Destination", "us-east-1a")).toBe("escapes");
    expect(await verdict("AccountId", "444455556666")).toBe("escapes");
    expect(await verdict("Url", "https://hooks.example.com/x")).toBe("escapes");
    if (of !== pack) expect(await verdict("Destination", OPAQUE)).toBe("undecided");
  });
});

test.each([
  ["arn:aws:iam::444455556666:role/x", "escapes"],
  ["arn:aws:iam::222222222222:role/x", "contained"],
  ["1234abcd-12ab-34cd-56ef-1234567890ab", "contained"],
  [OPAQUE, "undecided"],
])("%s in the portal of DataZone", async (user_identifier, verdict) => {
  const resources = {
    aws_datazone_domain: { d: { name: "d", domain_execution_role: "r" } },
    aws_datazone_user_profile: { u: { domain_identifier: "${aws_datazone_domain.d.id}", user_identifier } },
  };
  expect((await report(resources)).verdict).toBe(verdict);
});

test("a space of CodeCatalyst stands where the trust file says", async () => {
  const space = { aws_codecatalyst_project: { p: { space_name: "s", display_name: "p" } } };
  expect(findings(await report(space))).toEqual(["? aws_codecatalyst_project.p: space_name unknown-value"]);
  const vouched = (region: string) =>
    judge(
      space,
      {},
      {
        trust: parseTrust(
          {
            accounts: { "111111111111": { name: "dublin" } },
            places: [{ id: "arn:aws:codecatalyst:::space/s", region, statement: "our space" }],
          },
          "trust.json",
        ),
      },
    );
  expect((await vouched("eu-west-1")).verdict).toBe("contained");
  expect((await vouched("us-west-2")).verdict).toBe("escapes");
});
