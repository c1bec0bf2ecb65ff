/** Attempts to get data out by events, devices, brokers and experiments. */
import { type Attempt, attempts, type Blocks, json, one, role } from "./attempts";

const rule = { name: "daily", schedule_expression: "rate(1 day)" };
const target = (values: unknown, ofRule: object = {}): Blocks => ({
  aws_cloudwatch_event_rule: { daily: { ...rule, ...ofRule } },
  ...one("aws_cloudwatch_event_target", { rule: "${aws_cloudwatch_event_rule.daily.name}", ...(values as object) }),
});
const unload = "UNLOAD ('select 1') TO 's3://somewhere/x' IAM_ROLE default";
const runbook = "arn:aws:ssm:eu-west-1::automation-definition/AWS-CopySnapshot:$DEFAULT";
const bus = "arn:aws:events:us-east-1:111111111111:event-bus/x";
const broker = (configuration: string): Blocks =>
  one("aws_mq_configuration", { name: "c", engine_type: "ActiveMQ", engine_version: "5.18", data: configuration });
const ldap = (host: string): Blocks =>
  one("aws_mq_broker", {
    broker_name: "b",
    engine_type: "ActiveMQ",
    subnet_ids: [],
    ldap_server_metadata: { hosts: [host] },
    user: { username: "u", password: "p" },
  });

const schedule = (arn: string, state: string): Blocks =>
  one("aws_scheduler_schedule", {
    schedule_expression: "rate(1 day)",
    flexible_time_window: { mode: "OFF" },
    state,
    target: { arn, role_arn: role, input: json({ QueueUrl: "https://sqs.us-east-1.amazonaws.com/111111111111/q" }) },
  });
const universal = "arn:aws:scheduler:::aws-sdk:sqs:sendMessage";

/** Devices that are registered with a policy, which allows an action. */
const registered = (action: string, name = "of-devices"): Blocks => ({
  aws_iot_policy: {
    p: { name: "of-devices", policy: json({ Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] }) },
  },
  ...one("aws_iot_provisioning_template", {
    name: "t",
    provisioning_role_arn: role,
    template_body: json({ Resources: { p: { Type: "AWS::IoT::Policy", Properties: { PolicyName: name } } } }),
  }),
});

const pipe = (state: string): Blocks =>
  one("aws_pipes_pipe", {
    role_arn: role,
    source: "arn:aws:sqs:eu-west-1:111111111111:q",
    target: "arn:aws:sqs:us-east-1:111111111111:q",
    desired_state: state,
  });

const rows: readonly Attempt[] = [
  ["Amazon EventBridge Pipes", "a pipe that runs", pipe("RUNNING"), ["aws_pipes_pipe.x -> us-east-1 by pipes.target"]],
  ["Amazon EventBridge Pipes", "a pipe that is stopped", pipe("STOPPED"), []],
  [
    "Amazon EventBridge",
    "a runbook that copies to a Region, with words of the event",
    target({
      arn: runbook,
      input_transformer: {
        input_paths: { id: "$.detail.snapshot_id" },
        input_template: '{"DestinationRegion":["us-east-1"],"SnapshotId":[<id>]}',
      },
    }),
    ["aws_cloudwatch_event_target.x -> us-east-1 by ssm.automation"],
  ],
  [
    "Amazon EventBridge Scheduler",
    "a schedule that is on",
    schedule(universal, "ENABLED"),
    ["aws_scheduler_schedule.x -> us-east-1 by scheduler.target"],
  ],
  ["Amazon EventBridge Scheduler", "a schedule that is off", schedule(universal, "DISABLED"), []],
  [
    "Amazon EventBridge Scheduler",
    "a schedule that may be on",
    schedule(universal, "${var.opaque}"),
    ["? aws_scheduler_schedule.x: target[0].input.QueueUrl unknown-value"],
  ],
  ["Amazon EventBridge Scheduler", "a target of a schedule that is off", schedule(bus, "DISABLED"), []],
  [
    "AWS IoT Core",
    "devices that receive, by the name of their policy",
    registered("iot:Receive"),
    ["aws_iot_provisioning_template.x -> the internet by iot.device"],
  ],
  ["AWS IoT Core", "devices that only send, by the name of their policy", registered("iot:Publish"), []],
  [
    "AWS IoT Core",
    "devices with a policy of somebody's",
    registered("iot:Publish", "another"),
    ["? aws_iot_provisioning_template.x: template_body.Resources.p.Properties.PolicyName unknown-value"],
  ],
  [
    "Amazon EventBridge",
    "SQL that unloads",
    target({
      arn: "arn:aws:redshift:eu-west-1:111111111111:cluster:c",
      redshift_target: { database: "d", sql: unload },
    }),
    ["? aws_cloudwatch_event_target.x: redshift_target[0].sql unresolved-reference"],
  ],
  [
    "Amazon EventBridge",
    "SQL that only counts",
    target({
      arn: "arn:aws:redshift:eu-west-1:111111111111:cluster:c",
      redshift_target: { database: "d", sql: "select 1" },
    }),
    [],
  ],
  [
    "Amazon EventBridge",
    "a runbook that copies to a Region",
    target({ arn: runbook, input: json({ DestinationRegion: ["us-east-1"] }) }),
    ["aws_cloudwatch_event_target.x -> us-east-1 by ssm.automation"],
  ],
  [
    "Amazon EventBridge",
    "a runbook that stays",
    target({ arn: runbook, input: json({ DestinationRegion: ["eu-north-1"] }) }),
    [],
  ],
  [
    "Amazon EventBridge",
    "a rule that is on",
    target({ arn: bus }),
    ["aws_cloudwatch_event_target.x -> us-east-1 by events.target"],
  ],
  ["Amazon EventBridge", "a rule that is off", target({ arn: bus }, { state: "DISABLED" }), []],
  [
    "Amazon EventBridge",
    "a rule that may be on",
    target({ arn: bus }, { state: "${var.opaque}" }),
    ["? aws_cloudwatch_event_target.x: arn unknown-value"],
  ],
  [
    "Amazon EventBridge Pipes",
    "SQL that unloads",
    one("aws_pipes_pipe", {
      role_arn: role,
      source: "arn:aws:sqs:eu-west-1:111111111111:q",
      target: "arn:aws:redshift:eu-west-1:111111111111:cluster:c",
      target_parameters: { redshift_data_parameters: { database: "d", sqls: ["select 1", unload] } },
    }),
    ["? aws_pipes_pipe.x: target_parameters[0].redshift_data_parameters[0].sqls[1] unresolved-reference"],
  ],
  [
    "Amazon EventBridge Scheduler",
    "SQL that unloads, by a universal target",
    one("aws_scheduler_schedule", {
      schedule_expression: "rate(1 day)",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: "arn:aws:scheduler:::aws-sdk:redshiftdata:executeStatement",
        role_arn: role,
        input: json({ Sql: unload }),
      },
    }),
    ["? aws_scheduler_schedule.x: target[0].input.Sql unresolved-reference"],
  ],
  [
    "AWS Fault Injection Service",
    "a runbook that copies to a Region",
    one("aws_fis_experiment_template", {
      description: "d",
      role_arn: role,
      stop_condition: { source: "none" },
      action: {
        name: "copy",
        action_id: "aws:ssm:start-automation-execution",
        parameter: [
          { key: "documentArn", value: "arn:aws:ssm:eu-west-1::document/AWS-CopySnapshot" },
          { key: "documentParameters", value: json({ DestinationRegion: "us-east-1" }) },
        ],
      },
    }),
    ["aws_fis_experiment_template.x -> us-east-1 by ssm.automation"],
  ],

  [
    "AWS IoT Core",
    "objects for all accounts",
    one("aws_iot_topic_rule", {
      name: "r",
      enabled: true,
      sql: "SELECT * FROM 'a'",
      sql_version: "2016-03-23",
      s3: { bucket_name: "enclave-archive", key: "k", role_arn: role, canned_acl: "authenticated-read" },
    }),
    ["aws_iot_topic_rule.x -> the internet by iot.s3-acl"],
  ],
  [
    "AWS IoT Core",
    "a rule that is off",
    one("aws_iot_topic_rule", {
      name: "r",
      enabled: false,
      sql: "SELECT * FROM 'a'",
      sql_version: "2016-03-23",
      http: { url: "https://collector.example.com/in" },
    }),
    [],
  ],
  [
    "AWS IoT Core",
    "devices that a function admits",
    one("aws_iot_authorizer", {
      name: "a",
      authorizer_function_arn: "arn:aws:lambda:eu-west-1:111111111111:function:f",
    }),
    ["? aws_iot_authorizer.x: authorizer_function_arn unknown-value"],
  ],
  [
    "AWS IoT Core",
    "devices that a function would admit",
    one("aws_iot_authorizer", {
      name: "a",
      authorizer_function_arn: "arn:aws:lambda:eu-west-1:111111111111:function:f",
      status: "INACTIVE",
    }),
    [],
  ],

  [
    "Amazon MQ",
    "users looked up on the internet",
    ldap("ldap.example.com"),
    ["aws_mq_broker.x -> ldap.example.com by mq.authentication"],
  ],
  [
    "Amazon MQ",
    "users looked up at an address with colons",
    ldap("2001:db8:7::8888"),
    ["aws_mq_broker.x -> 2001:db8:7::8888 by mq.authentication"],
  ],
  ["Amazon MQ", "users looked up within the networks", ldap("10.0.0.10"), []],
  [
    "Amazon MQ",
    "a network connector behind an entity",
    broker(
      '<!DOCTYPE b [<!ENTITY u "static:(ssl://b.example.com:61617)">]><broker><networkConnector uri="&u;"/></broker>',
    ),
    ["? aws_mq_configuration.x: data.networkConnector.uri unknown-value"],
  ],
  ["Amazon MQ", "no network connector", broker("<broker/>"), []],
  [
    "Amazon MSK",
    "a connector that calls another's function",
    one("aws_mskconnect_connector", {
      name: "c",
      connector_configuration: {
        "aws.lambda.function.arn": "arn:aws:lambda:eu-west-1:444455556666:function:f",
        topics: "${var.opaque}",
      },
    }),
    ["aws_mskconnect_connector.x -> account 444455556666 by mskconnect.connector"],
  ],
];

attempts(rows);
