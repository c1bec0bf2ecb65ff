/** Attempts to get data out by what scales, audits, licenses and speeds up applications. */
import { type Attempt, attempts, type Blocks, json, one, role } from "./attempts";

const FOREIGN = "arn:aws:iam::444455556666:role/x";
const american: Blocks = { aws_s3_bucket: { us: { bucket: "us", region: "us-east-1" } } };
const inVpc: Blocks = {
  aws_vpc: { inside: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
  aws_subnet: {
    inside: { vpc_id: "${aws_vpc.inside.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" },
  },
  aws_security_group: { inside: { vpc_id: "${aws_vpc.inside.id}" } },
};

const scaled = (service_namespace: string, resource_id: string): Blocks =>
  one("aws_appautoscaling_target", { service_namespace, resource_id, min_capacity: 1, max_capacity: 2 });
const endpoint = (region: string) => `https://abcde12345.execute-api.${region}.amazonaws.com/prod/sizes/1`;

const search = (values: object): Blocks => ({
  ...inVpc,
  ...one("aws_elasticsearch_domain", {
    domain_name: "d",
    vpc_options: { subnet_ids: ["${aws_subnet.inside.id}"], security_group_ids: ["${aws_security_group.inside.id}"] },
    ...values,
  }),
});
const signIn = (user_pool_id: string, region = "eu-west-1", enabled = true): Blocks =>
  search({ cognito_options: { enabled, user_pool_id, identity_pool_id: `${region}:0a1b-2c3d`, role_arn: role } });
const pool = (region: string): Blocks => ({
  ...signIn("${aws_cognito_user_pool.users.id}"),
  aws_cognito_user_pool: { users: { name: "users", region } },
});
const logs = (region: string, enabled: boolean): Blocks =>
  search({
    log_publishing_options: {
      enabled,
      log_type: "INDEX_SLOW_LOGS",
      cloudwatch_log_group_arn: `arn:aws:logs:${region}:111111111111:log-group:l`,
    },
  });

const cache = (values: object): Blocks => ({
  ...inVpc,
  aws_dax_subnet_group: { inside: { name: "g", subnet_ids: ["${aws_subnet.inside.id}"] } },
  ...one("aws_dax_cluster", {
    cluster_name: "c",
    iam_role_arn: role,
    subnet_group_name: "${aws_dax_subnet_group.inside.name}",
    security_group_ids: ["${aws_security_group.inside.id}"],
    ...values,
  }),
});
const told = (region: string) => cache({ notification_topic_arn: `arn:aws:sns:${region}:111111111111:t` });

const ingested = (bucket_name: string): Blocks =>
  one("aws_appfabric_ingestion_destination", {
    destination_configuration: { audit_log: { destination: { s3_bucket: { bucket_name } } } },
  });
const audited = (destination: string, role_arn = role): Blocks =>
  one("aws_auditmanager_assessment", {
    name: "a",
    assessment_reports_destination: { destination, destination_type: "S3" },
    roles: { role_arn, role_type: "PROCESS_OWNER" },
  });
const licensed = (principal: string): Blocks => one("aws_licensemanager_grant", { name: "g", principal });
const container = (principal: object | string): Blocks =>
  one("aws_media_store_container_policy", {
    container_name: "c",
    policy: json({
      Statement: [{ Effect: "Allow", Principal: principal, Action: "mediastore:GetObject", Resource: "*" }],
    }),
  });
const queue = (region: string): Blocks =>
  one("aws_gamelift_game_session_queue", { name: "q", destinations: [`arn:aws:gamelift:${region}::fleet/fleet-1`] });
const attached = (principal: string): Blocks =>
  one("aws_globalaccelerator_cross_account_attachment", { name: "a", principals: [principal] });
const flows = (flow_logs_enabled: boolean): Blocks => ({
  ...american,
  ...one("aws_globalaccelerator_accelerator", {
    name: "a",
    enabled: false,
    attributes: { flow_logs_enabled, flow_logs_s3_bucket: "${aws_s3_bucket.us.bucket}" },
  }),
});
const PLACED = "aws_s3_bucket.us -> us-east-1 by placement";
const LOGIN = "aws_elasticsearch_domain.x -> us-east-1 by opensearch.cognito";
const TARGET = "aws_appautoscaling_target.x -> us-west-2 by application-autoscaling.custom-resource";

const rows: readonly Attempt[] = [
  ["Application Auto Scaling", "a custom resource abroad", scaled("custom-resource", endpoint("us-west-2")), [TARGET]],
  [
    "Application Auto Scaling",
    "a custom resource that is not known",
    scaled("custom-resource", "${var.opaque}"),
    ["? aws_appautoscaling_target.x: resource_id unresolved-reference"],
  ],
  ["Application Auto Scaling", "a service of ECS", scaled("ecs", "service/c/${var.opaque}"), []],

  ["Elasticsearch", "users and identities abroad", signIn("us-east-1_AbCd", "us-east-1"), [LOGIN, LOGIN]],
  [
    "Elasticsearch",
    "users of a pool made abroad",
    pool("us-east-1"),
    ["aws_cognito_user_pool.users -> us-east-1 by placement", LOGIN],
  ],
  ["Elasticsearch", "users of a pool made here", pool("eu-west-1"), []],
  ["Elasticsearch", "users of a pool here", signIn("eu-west-1_AbCd"), []],
  ["Elasticsearch", "a sign-in that is off", signIn("us-east-1_AbCd", "us-east-1", false), []],
  [
    "Elasticsearch",
    "users of a pool that is not known",
    signIn("${var.opaque}"),
    ["? aws_elasticsearch_domain.x: cognito_options[0].user_pool_id unresolved-reference"],
  ],
  [
    "Elasticsearch",
    "slow logs abroad",
    logs("us-east-1", true),
    ["aws_elasticsearch_domain.x -> us-east-1 by opensearch.logs"],
  ],
  ["Elasticsearch", "slow logs that are off", logs("us-east-1", false), []],

  ["DynamoDB Accelerator", "a topic abroad", told("us-east-1"), ["aws_dax_cluster.x -> us-east-1 by dax.events"]],
  ["DynamoDB Accelerator", "a topic here", told("eu-west-1"), []],
  [
    "DynamoDB Accelerator",
    "a zone abroad",
    cache({ availability_zones: ["us-east-1a"] }),
    ["aws_dax_cluster.x -> us-east-1a by placement"],
  ],

  [
    "AppFabric",
    "a bucket abroad",
    { ...american, ...ingested("${aws_s3_bucket.us.bucket}") },
    ["aws_appfabric_ingestion_destination.x -> us-east-1 by appfabric.logs", PLACED],
  ],
  ["AppFabric", "a bucket that is vouched for", ingested("enclave-archive"), []],

  [
    "Audit Manager",
    "reports abroad",
    { ...american, ...audited("s3://${aws_s3_bucket.us.bucket}/r") },
    ["aws_auditmanager_assessment.x -> us-east-1 by auditmanager.reports", PLACED],
  ],
  [
    "Audit Manager",
    "an owner of another account",
    audited("s3://enclave-archive", FOREIGN),
    ["aws_auditmanager_assessment.x -> account 444455556666 by auditmanager.owner"],
  ],
  ["Audit Manager", "reports and an owner of one's own", audited("s3://enclave-archive/r"), []],

  [
    "License Manager",
    "another account",
    licensed("arn:aws:iam::444455556666:root"),
    ["aws_licensemanager_grant.x -> account 444455556666 by licensemanager.grant"],
  ],
  ["License Manager", "an account of one's own", licensed("arn:aws:iam::222222222222:root"), []],

  [
    "MediaStore",
    "everybody",
    container("*"),
    ["aws_media_store_container_policy.x -> the internet by mediastore.policy"],
  ],
  ["MediaStore", "one's own account", container({ AWS: "arn:aws:iam::111111111111:root" }), []],

  [
    "GameLift",
    "sessions on a fleet abroad",
    queue("us-east-1"),
    ["aws_gamelift_game_session_queue.x -> us-east-1 by gamelift.queue"],
  ],
  ["GameLift", "sessions on a fleet here", queue("eu-west-1"), []],

  [
    "Global Accelerator",
    "another account's accelerator",
    attached("arn:aws:globalaccelerator::444455556666:accelerator/a"),
    ["aws_globalaccelerator_cross_account_attachment.x -> account 444455556666 by globalaccelerator.cross-account"],
  ],
  [
    "Global Accelerator",
    "an accelerator of one's own",
    attached("arn:aws:globalaccelerator::222222222222:accelerator/a"),
    [],
  ],
  [
    "Global Accelerator",
    "flow logs abroad",
    flows(true),
    ["aws_globalaccelerator_accelerator.x -> us-east-1 by globalaccelerator.flow-logs", PLACED],
  ],
  ["Global Accelerator", "flow logs that are off", flows(false), [PLACED]],

  [
    "CloudHSM",
    "a zone abroad",
    one("aws_cloudhsm_v2_hsm", { cluster_id: "c", availability_zone: "us-east-1a" }),
    ["aws_cloudhsm_v2_hsm.x -> us-east-1a by placement"],
  ],
  ["CloudHSM", "a zone here", one("aws_cloudhsm_v2_hsm", { cluster_id: "c", availability_zone: "eu-west-1a" }), []],
];

attempts(rows);
