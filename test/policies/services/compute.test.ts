/** Functions, containers, build projects, notebooks and other machines that a service runs. */
import { findings, judge, outcomes } from "./harness";
import { group, subnet, switches, ways } from "./together";

const role = "arn:aws:iam::111111111111:role/r";
const build = {
  name: "b",
  service_role: role,
  artifacts: [{ type: "NO_ARTIFACTS" }],
  environment: [{ type: "LINUX_CONTAINER", compute_type: "BUILD_GENERAL1_SMALL", image: "aws/codebuild/standard:7.0" }],
  source: [{ type: "NO_SOURCE", buildspec: "version: 0.2" }],
  vpc_config: [{ vpc_id: "${aws_vpc.isolated.id}", subnets: [subnet], security_group_ids: [group] }],
};
const fn = {
  function_name: "f",
  role,
  runtime: "python3.13",
  handler: "a.b",
  filename: "f.zip",
  vpc_config: [{ subnet_ids: [subnet], security_group_ids: [group] }],
};
const model = {
  name: "m",
  execution_role_arn: role,
  primary_container: [{ image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/m:1" }],
};
const flink = { name: "a", runtime_environment: "FLINK-1_19", service_execution_role: role };
const canary = {
  name: "c",
  artifact_s3_location: "s3://enclave-archive/c",
  execution_role_arn: role,
  handler: "a.b",
  runtime_version: "syn-nodejs-puppeteer-9.1",
  schedule: [{ expression: "rate(1 hour)" }],
};
const domain = {
  domain_name: "d",
  auth_mode: "IAM",
  vpc_id: "${aws_vpc.isolated.id}",
  subnet_ids: [subnet],
  app_network_access_type: "VpcOnly",
  default_user_settings: [{ execution_role: role, security_groups: [group] }],
};
const notebook = { name: "n", role_arn: role, instance_type: "ml.t3.medium" };
const runner = {
  service_name: "s",
  source_configuration: [
    {
      image_repository: [
        { image_identifier: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/a:1", image_repository_type: "ECR" },
      ],
    },
  ],
};
const cluster = { name: "c", role_arn: role };

const beside = {
  aws_apprunner_vpc_connector: { isolated: { vpc_connector_name: "c", subnets: [subnet], security_groups: [group] } },
  aws_glue_connection: {
    isolated: {
      name: "isolated",
      connection_type: "NETWORK",
      physical_connection_requirements: [{ subnet_id: subnet, security_group_id_list: [group] }],
    },
  },
};

describe("ways", () => {
  ways([
    {
      type: "aws_lambda_function",
      at: "dead_letter_config.target_arn",
      form: "arn",
      channel: "lambda.dead-letter",
      with: fn,
    },
    {
      type: "aws_lambda_function",
      at: "file_system_config.arn",
      form: "abroad",
      channel: "lambda.file-system",
      with: fn,
    },
    {
      type: "aws_lambda_function_event_invoke_config",
      at: "destination_config.on_failure.destination",
      form: "arn",
      channel: "lambda.destination",
      with: { function_name: "f" },
    },
    {
      type: "aws_lambda_function_event_invoke_config",
      at: "destination_config.on_success.destination",
      form: "abroad",
      channel: "lambda.destination",
      with: { function_name: "f" },
    },
    {
      type: "aws_lambda_event_source_mapping",
      at: "function_name",
      form: "arn",
      channel: "lambda.event-source",
      with: { event_source_arn: "arn:aws:sqs:eu-west-1:111111111111:q" },
    },
    {
      type: "aws_lambda_event_source_mapping",
      at: "destination_config.on_failure.destination_arn",
      form: "arn",
      channel: "lambda.on-failure",
      with: { function_name: "f" },
    },
    {
      type: "aws_lambda_layer_version_permission",
      at: "principal",
      form: "account",
      channel: "lambda.layer-permission",
      with: { action: "lambda:GetLayerVersion", layer_name: "l", statement_id: "s", version_number: 1 },
    },
    {
      type: "aws_lambda_permission",
      at: "principal",
      form: "account",
      channel: "lambda.permission",
      with: { action: "lambda:InvokeFunction", function_name: "f" },
    },
    {
      type: "aws_lambda_permission",
      at: "source_account",
      form: "account",
      channel: "lambda.permission",
      with: { action: "lambda:InvokeFunction", function_name: "f", principal: "apigateway.amazonaws.com" },
    },
    {
      type: "aws_lambda_permission",
      at: "source_arn",
      form: "abroad",
      channel: "lambda.permission",
      with: { action: "lambda:InvokeFunction", function_name: "f", principal: "elasticloadbalancing.amazonaws.com" },
    },
    {
      type: "aws_lambda_invocation",
      at: "function_name",
      form: "arn",
      channel: "lambda.invocation",
      with: { input: "{}" },
    },
    {
      type: "aws_codebuild_project",
      at: "artifacts.location",
      form: "bucket",
      channel: "codebuild.artifacts",
      with: { ...build, artifacts: [{ type: "S3" }] },
    },
    {
      type: "aws_codebuild_project",
      at: "secondary_artifacts.location",
      form: "s3-uri",
      channel: "codebuild.artifacts",
      with: { ...build, secondary_artifacts: [{ type: "S3", artifact_identifier: "x" }] },
    },
    {
      type: "aws_codebuild_project",
      at: "cache.location",
      form: "bucket",
      channel: "codebuild.cache",
      with: { ...build, cache: [{ type: "S3" }] },
    },
    {
      type: "aws_codebuild_project",
      at: "logs_config.s3_logs.location",
      form: "bucket",
      channel: "codebuild.logs",
      with: { ...build, logs_config: [{ s3_logs: [{ status: "ENABLED" }] }] },
    },
    {
      type: "aws_codebuild_report_group",
      at: "export_config.s3_destination.bucket",
      form: "bucket",
      channel: "codebuild.report-export",
      with: { name: "r", type: "TEST", export_config: [{ type: "S3" }] },
    },
    {
      type: "aws_ecs_cluster",
      at: "configuration.execute_command_configuration.log_configuration.s3_bucket_name",
      form: "bucket",
      channel: "ecs.exec-logs",
      with: { name: "c" },
    },
    {
      type: "aws_ecs_service",
      at: "deployment_configuration.lifecycle_hook.hook_target_arn",
      form: "arn",
      channel: "ecs.deployment-hook",
      with: { name: "s", cluster: "c" },
    },
    {
      type: "aws_eks_access_entry",
      at: "principal_arn",
      form: "principal",
      channel: "eks.access-entry",
      with: { cluster_name: "c" },
    },
    {
      type: "aws_eks_access_policy_association",
      at: "principal_arn",
      form: "principal",
      channel: "eks.access-entry",
      with: {
        cluster_name: "c",
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        access_scope: [{ type: "cluster" }],
      },
    },
    {
      type: "aws_eks_identity_provider_config",
      at: "oidc.issuer_url",
      form: "url",
      channel: "eks.identity-provider",
      with: { cluster_name: "c", oidc: [{ client_id: "c", identity_provider_config_name: "n" }] },
    },
    {
      type: "aws_eks_pod_identity_association",
      at: "target_role_arn",
      form: "principal",
      channel: "eks.pod-identity",
      with: { cluster_name: "c", namespace: "n", service_account: "s", role_arn: role },
    },
    {
      type: "aws_eks_cluster",
      at: "vpc_config.public_access_cidrs",
      list: true,
      form: "cidr",
      channel: "eks.public-endpoint",
      with: { ...cluster, vpc_config: [{ subnet_ids: [subnet] }] },
    },
    {
      type: "aws_sagemaker_endpoint_configuration",
      at: "data_capture_config.destination_s3_uri",
      form: "s3-uri",
      channel: "sagemaker.data-capture",
      with: {
        data_capture_config: [
          { enable_capture: true, initial_sampling_percentage: 1, capture_options: [{ capture_mode: "Input" }] },
        ],
      },
    },
    {
      type: "aws_sagemaker_endpoint_configuration",
      at: "async_inference_config.output_config.s3_output_path",
      form: "s3-uri",
      channel: "sagemaker.async-output",
    },
    {
      type: "aws_sagemaker_endpoint_configuration",
      at: "async_inference_config.output_config.notification_config.success_topic",
      form: "arn",
      channel: "sagemaker.async-notification",
    },
    {
      type: "aws_sagemaker_feature_group",
      at: "offline_store_config.s3_storage_config.s3_uri",
      form: "s3-uri",
      channel: "sagemaker.offline-store",
      with: { role_arn: role },
    },
    {
      type: "aws_sagemaker_flow_definition",
      at: "human_loop_config.workteam_arn",
      form: "arn",
      channel: "sagemaker.human-review",
      with: { role_arn: role },
    },
    {
      type: "aws_sagemaker_flow_definition",
      at: "output_config.s3_output_path",
      form: "s3-uri",
      channel: "sagemaker.human-review",
      with: { role_arn: role },
    },
    {
      type: "aws_sagemaker_workforce",
      at: "oidc_config.issuer",
      form: "url",
      channel: "sagemaker.workforce",
      with: { workforce_name: "w" },
    },
    {
      type: "aws_sagemaker_domain",
      at: "default_user_settings.canvas_app_settings.model_register_settings.cross_account_model_register_role_arn",
      form: "principal",
      channel: "sagemaker.model-registration",
      with: domain,
    },
    {
      type: "aws_sagemaker_domain",
      at: "default_user_settings.sharing_settings.s3_output_path",
      form: "s3-uri",
      channel: "sagemaker.notebook-sharing",
      with: {
        ...domain,
        default_user_settings: [
          { execution_role: role, security_groups: [group], sharing_settings: [{ notebook_output_option: "Allowed" }] },
        ],
      },
    },
    {
      type: "aws_sagemaker_mlflow_tracking_server",
      at: "artifact_store_uri",
      form: "s3-uri",
      channel: "sagemaker.mlflow-artifacts",
      with: { role_arn: role, tracking_server_name: "t" },
    },
    {
      type: "aws_kinesisanalyticsv2_application",
      at: "cloudwatch_logging_options.log_stream_arn",
      form: "arn",
      channel: "kinesisanalytics.logs",
      with: {
        ...flink,
        application_configuration: [{ vpc_configuration: [{ subnet_ids: [subnet], security_group_ids: [group] }] }],
      },
    },
    {
      type: "aws_kinesis_analytics_application",
      at: "outputs.kinesis_stream.resource_arn",
      form: "arn",
      channel: "kinesisanalytics.output",
      with: { name: "a", outputs: [{ name: "o", kinesis_stream: [{ role_arn: role }] }] },
    },
    {
      type: "aws_synthetics_canary",
      at: "artifact_s3_location",
      form: "s3-uri",
      channel: "synthetics.artifacts",
      with: { ...canary, vpc_config: [{ subnet_ids: [subnet], security_group_ids: [group] }] },
    },
    {
      type: "aws_imagebuilder_distribution_configuration",
      at: "distribution.region",
      form: "region",
      channel: "imagebuilder.distribution",
      with: { name: "d" },
    },
    {
      type: "aws_imagebuilder_distribution_configuration",
      at: "distribution.ami_distribution_configuration.target_account_ids",
      list: true,
      form: "account",
      channel: "imagebuilder.distribution",
      with: { name: "d", distribution: [{ region: "eu-west-1" }] },
    },
    {
      type: "aws_imagebuilder_distribution_configuration",
      at: "distribution.ami_distribution_configuration.launch_permission.user_ids",
      list: true,
      form: "account",
      channel: "imagebuilder.launch-permission",
      with: { name: "d", distribution: [{ region: "eu-west-1" }] },
    },
    {
      type: "aws_imagebuilder_distribution_configuration",
      at: "distribution.s3_export_configuration.s3_bucket",
      form: "bucket",
      channel: "imagebuilder.export",
      with: { name: "d", distribution: [{ region: "eu-west-1" }] },
    },
    {
      type: "aws_imagebuilder_infrastructure_configuration",
      at: "sns_topic_arn",
      form: "arn",
      channel: "imagebuilder.notification",
      with: { name: "i", instance_profile_name: "p", subnet_id: subnet, security_group_ids: [group] },
    },
    {
      type: "aws_gamelift_game_session_queue",
      at: "destinations",
      list: true,
      form: "abroad",
      channel: "gamelift.queue",
      with: { name: "q" },
    },
    {
      type: "aws_cloud9_environment_membership",
      at: "user_arn",
      form: "principal",
      channel: "cloud9.member",
      with: { environment_id: "e", permissions: "read-only" },
    },
  ]);
});

describe("switches", () => {
  switches(
    [
      { type: "aws_lambda_function", channel: "lambda.internet", open: { ...fn, vpc_config: [] }, closed: fn },
      {
        type: "aws_lambda_function_url",
        channel: "lambda.function-url",
        open: { function_name: "f", authorization_type: "NONE" },
        closed: { function_name: "f", authorization_type: "AWS_IAM" },
        unknown: { function_name: "f", authorization_type: "${var.unknown}" },
      },
      {
        type: "aws_codebuild_project",
        channel: "codebuild.internet",
        open: { ...build, vpc_config: [] },
        closed: build,
      },
      {
        type: "aws_codebuild_project",
        channel: "codebuild.public-builds",
        open: { ...build, project_visibility: "PUBLIC_READ" },
        closed: { ...build, project_visibility: "PRIVATE" },
        unknown: { ...build, project_visibility: "${var.unknown}" },
      },
      {
        type: "aws_codebuild_project",
        channel: "codebuild.build-status",
        open: {
          ...build,
          source: [{ type: "GITHUB", location: "https://github.com/o/r.git", report_build_status: true }],
        },
        closed: { ...build, source: [{ type: "GITHUB", location: "https://github.com/o/r.git" }] },
      },
      {
        type: "aws_codebuild_fleet",
        channel: "codebuild.internet",
        open: {
          name: "f",
          base_capacity: 1,
          compute_type: "BUILD_GENERAL1_SMALL",
          environment_type: "LINUX_CONTAINER",
        },
        closed: {
          name: "f",
          base_capacity: 1,
          compute_type: "BUILD_GENERAL1_SMALL",
          environment_type: "LINUX_CONTAINER",
          vpc_config: build.vpc_config,
        },
      },
      { type: "aws_ecrpublic_repository", channel: "ecr-public.gallery", open: { repository_name: "r" } },
      {
        type: "aws_sagemaker_notebook_instance",
        channel: "sagemaker.internet",
        open: { ...notebook, subnet_id: subnet, security_groups: [group] },
        closed: { ...notebook, subnet_id: subnet, security_groups: [group], direct_internet_access: "Disabled" },
        unknown: { ...notebook, subnet_id: subnet, security_groups: [group], direct_internet_access: "${var.unknown}" },
      },
      {
        type: "aws_sagemaker_domain",
        channel: "sagemaker.internet",
        open: { ...domain, app_network_access_type: null },
        closed: domain,
      },
      {
        type: "aws_sagemaker_model",
        channel: "sagemaker.internet",
        open: model,
        closed: { ...model, enable_network_isolation: true },
      },
      {
        type: "aws_sagemaker_device",
        channel: "sagemaker.device",
        open: { device_fleet_name: "f", device: [{ device_name: "d" }] },
      },
      {
        type: "aws_kinesisanalyticsv2_application",
        channel: "kinesisanalytics.internet",
        open: flink,
        closed: { ...flink, runtime_environment: "SQL-1_0" },
      },
      {
        type: "aws_synthetics_canary",
        channel: "synthetics.internet",
        open: canary,
        closed: { ...canary, vpc_config: [{ subnet_ids: [subnet], security_group_ids: [group] }] },
      },
      {
        type: "aws_apprunner_service",
        channel: "apprunner.public-endpoint",
        open: runner,
        closed: {
          ...runner,
          network_configuration: [
            {
              ingress_configuration: [{ is_publicly_accessible: false }],
              egress_configuration: [
                { egress_type: "VPC", vpc_connector_arn: "${aws_apprunner_vpc_connector.isolated.arn}" },
              ],
            },
          ],
        },
      },
      {
        type: "aws_apprunner_service",
        channel: "apprunner.internet",
        open: runner,
        closed: {
          ...runner,
          network_configuration: [
            {
              ingress_configuration: [{ is_publicly_accessible: false }],
              egress_configuration: [
                { egress_type: "VPC", vpc_connector_arn: "${aws_apprunner_vpc_connector.isolated.arn}" },
              ],
            },
          ],
        },
      },
      {
        type: "aws_eks_cluster",
        channel: "eks.public-endpoint",
        open: { ...cluster, vpc_config: [{ subnet_ids: [subnet] }] },
        closed: {
          ...cluster,
          vpc_config: [{ subnet_ids: [subnet], endpoint_public_access: false, endpoint_private_access: true }],
        },
        unknown: { ...cluster, vpc_config: [{ subnet_ids: [subnet], endpoint_public_access: "${var.unknown}" }] },
      },
      {
        type: "aws_glue_job",
        channel: "glue.internet",
        open: { name: "j", role_arn: role, command: [{ script_location: "s3://enclave-archive/j.py" }] },
        closed: {
          name: "j",
          role_arn: role,
          command: [{ script_location: "s3://enclave-archive/j.py" }],
          connections: ["${aws_glue_connection.isolated.name}"],
        },
      },
      {
        type: "aws_glue_connection",
        channel: "glue.connection",
        open: { name: "c", connection_properties: { JDBC_CONNECTION_URL: "jdbc:mysql://db.example.com:3306/x" } },
        closed: {
          name: "c",
          connection_type: "NETWORK",
          physical_connection_requirements: [
            { subnet_id: subnet, security_group_id_list: [group], availability_zone: "eu-west-1a" },
          ],
        },
      },
      {
        type: "aws_lightsail_instance",
        channel: "lightsail.internet",
        open: { name: "i", availability_zone: "eu-west-1a", blueprint_id: "b", bundle_id: "nano_3_0" },
      },
      {
        type: "aws_lightsail_database",
        channel: "lightsail.public-database",
        open: { relational_database_name: "d", publicly_accessible: true },
        closed: { relational_database_name: "d" },
      },
      { type: "aws_lightsail_bucket_access_key", channel: "lightsail.bucket-key", open: { bucket_name: "b" } },
      {
        type: "aws_lightsail_distribution",
        channel: "lightsail.distribution",
        open: { name: "d" },
        closed: { name: "d", is_enabled: false },
      },
      { type: "aws_gamelift_fleet", channel: "gamelift.internet", open: { name: "f", ec2_instance_type: "c5.large" } },
      { type: "aws_devicefarm_project", channel: "devicefarm.region", open: { name: "p" } },
    ],
    beside,
  );
});

test("a service may invoke a function only for the owner's sources, if it waits for the answer", async () => {
  const permission = (principal: string, more = {}) => ({
    aws_lambda_permission: { p: { action: "lambda:InvokeFunction", function_name: "f", principal, ...more } },
  });
  expect(findings(await judge(permission("apigateway.amazonaws.com")))).toEqual([
    "aws_lambda_permission.p -> customers of apigateway.amazonaws.com by lambda.permission",
  ]);
  expect(findings(await judge(permission("*")))).toEqual([
    "aws_lambda_permission.p -> the internet by lambda.permission",
  ]);
  expect(findings(await judge(permission("*", { principal_org_id: "o-enclave0001" })))).toEqual([]);
  expect(findings(await judge(permission("*", { principal_org_id: "o-another0001" })))).toEqual([
    "aws_lambda_permission.p -> organization o-another0001 by lambda.permission",
  ]);
  expect(findings(await judge(permission("sns.amazonaws.com")))).toEqual([]);
});

test("builds that overflow their fleet run on the internet unless the project names a VPC", async () => {
  const fleet = (behavior: object) => ({
    name: "f",
    base_capacity: 1,
    compute_type: "BUILD_GENERAL1_SMALL",
    environment_type: "LINUX_CONTAINER",
    vpc_config: [
      {
        vpc_id: "${aws_vpc.v.id}",
        subnets: ["${aws_subnet.s.id}"],
        security_group_ids: ["${aws_security_group.g.id}"],
      },
    ],
    ...behavior,
  });
  const network = {
    aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
    aws_subnet: { s: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" } },
    aws_security_group: { g: { vpc_id: "${aws_vpc.v.id}" } },
  };
  const project = {
    ...build,
    vpc_config: [],
    environment: [{ ...build.environment[0], fleet: [{ fleet_arn: "${aws_codebuild_fleet.f.arn}" }] }],
  };
  const overflowing = await judge({
    ...network,
    aws_codebuild_fleet: { f: fleet({}) },
    aws_codebuild_project: { p: project },
  });
  expect(findings(overflowing)).toEqual(["aws_codebuild_project.p -> the internet by codebuild.internet"]);
  const queueing = { f: fleet({ overflow_behavior: "QUEUE" }) };
  expect(
    findings(await judge({ ...network, aws_codebuild_fleet: queueing, aws_codebuild_project: { p: project } })),
  ).toEqual([]);
});

/** A domain whose apps have closed groups, in a subnet that leads to the internet. */
const studio = (domain: object, beside: object = {}) => ({
  aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
  aws_internet_gateway: { i: { vpc_id: "${aws_vpc.v.id}" } },
  aws_nat_gateway: { n: { subnet_id: "${aws_subnet.public.id}", allocation_id: "eipalloc-0123456789abcdef0" } },
  aws_subnet: {
    s: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" },
    public: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.1.0/24", availability_zone: "eu-west-1a" },
  },
  aws_route_table: {
    s: { vpc_id: "${aws_vpc.v.id}", route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.n.id}" }] },
    public: {
      vpc_id: "${aws_vpc.v.id}",
      route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.i.id}" }],
    },
  },
  aws_route_table_association: {
    s: { subnet_id: "${aws_subnet.s.id}", route_table_id: "${aws_route_table.s.id}" },
    public: { subnet_id: "${aws_subnet.public.id}", route_table_id: "${aws_route_table.public.id}" },
  },
  aws_security_group: {
    closed: { name: "closed", vpc_id: "${aws_vpc.v.id}" },
    open: {
      name: "open",
      vpc_id: "${aws_vpc.v.id}",
      egress: [{ from_port: 0, to_port: 0, protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }],
    },
  },
  aws_sagemaker_domain: {
    d: {
      domain_name: "d",
      auth_mode: "IAM",
      vpc_id: "${aws_vpc.v.id}",
      subnet_ids: ["${aws_subnet.s.id}"],
      app_network_access_type: "VpcOnly",
      default_user_settings: [{ execution_role: role, security_groups: ["${aws_security_group.closed.id}"] }],
      ...domain,
    },
  },
  ...beside,
});
const OPEN = ["${aws_security_group.open.id}"];
const profile = (user_settings: object[]) => ({
  aws_sagemaker_user_profile: {
    u: { domain_id: "${aws_sagemaker_domain.d.id}", user_profile_name: "u", user_settings },
  },
});

outcomes([
  ["apps with closed groups", studio({}, profile([])), "contained"],
  [
    "a user with an open group of his own",
    studio({}, profile([{ execution_role: role, security_groups: OPEN }])),
    "aws_sagemaker_user_profile.u -> the internet",
  ],
  [
    "spaces with an open group of their own",
    studio({ default_space_settings: [{ execution_role: role, security_groups: OPEN }] }),
    "aws_sagemaker_domain.d -> the internet",
  ],
  [
    "a domain with an open group of its own",
    studio({ domain_settings: [{ security_group_ids: OPEN }] }),
    "aws_sagemaker_domain.d -> the internet",
  ],
]);

test("a build project whose VPC has no subnets is in none", async () => {
  const empty = [{ vpc_id: "", subnets: [], security_group_ids: [] }];
  const report = await judge({ aws_codebuild_project: { p: { ...build, vpc_config: empty } } });
  expect(findings(report)).toEqual(["aws_codebuild_project.p -> the internet by codebuild.internet"]);
});
