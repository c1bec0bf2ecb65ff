/** Embedded documents by the places they name: state machines, containers, dashboards, brokers, templates, steps. */
import { Unknown, type Value } from "../../../../policies/configuration/value";
import type { DocumentPart, DocumentReader } from "../../../../policies/flows/vocabulary";
import { brokerConfiguration } from "../../../../policies/services/documents/broker-configuration";
import { conformanceTemplate } from "../../../../policies/services/documents/conformance-template";
import { containerDefinitions } from "../../../../policies/services/documents/container-definitions";
import { dashboardBody } from "../../../../policies/services/documents/dashboard";
import { dataProtectionPolicy } from "../../../../policies/services/documents/data-protection-policy";
import { documentPermissions, ssmDocument } from "../../../../policies/services/documents/ssm-document";
import { statesLanguage } from "../../../../policies/services/documents/states-language";
import { resourceOf } from "./resource";

/** What a document names, as `form value`; `?` for what can't be known. */
function named(read: DocumentReader, document: Value, values: Record<string, Value> = {}): string[] {
  const parts: DocumentPart[] = [...read(document, resourceOf(values), undefined as never)];
  return parts
    .filter(({ role }) => role.role === "sends" || role.role === "shares" || role.role === "opens")
    .map(
      ({ role, value }) =>
        `${"form" in role ? role.form : role.role} ${value instanceof Unknown ? "?" : String(value)}`,
    );
}

const putPolicy = (parameters: object) =>
  task("arn:aws:states:::aws-sdk:iam:putRolePolicy", { RoleName: "r", PolicyName: "p", ...parameters });
/** As `States.Format` has it: braces that are none of its own are escaped. */
const denying =
  '\\{"Statement":\\{"Effect":"Deny","Action":"*","Condition":\\{"DateLessThan":\\{"aws:TokenIssueTime":"{}"\\}\\}\\}\\}';
const machine = (states: object, more: object = {}) => JSON.stringify({ StartAt: "A", States: states, ...more });
const task = (resource: string, parameters?: object, more: object = {}) => ({
  Type: "Task",
  Resource: resource,
  ...(parameters ? { Parameters: parameters } : {}),
  ...more,
});
const lambda = "arn:aws:lambda:eu-west-1:111111111111:function:f";

describe("state machines", () => {
  test.each<[string, object, string[]]>([
    ["a function", { A: task(lambda) }, [`arn ${lambda}`]],
    [
      "a function through its service",
      { A: task("arn:aws:states:::lambda:invoke.waitForTaskToken", { FunctionName: lambda, "Payload.$": "$" }) },
      [`any ${lambda}`],
    ],
    ["a function by name", { A: task("arn:aws:states:::lambda:invoke", { FunctionName: "f" }) }, []],
    [
      "a function chosen at run time",
      { A: task("arn:aws:states:::lambda:invoke", { "FunctionName.$": "$.f" }) },
      ["any ?"],
    ],
    [
      "an address",
      { A: task("arn:aws:states:::http:invoke", { ApiEndpoint: "https://api.example.com/x", Method: "POST" }) },
      ["url https://api.example.com/x"],
    ],
    [
      "a topic",
      {
        A: task("arn:aws:states:::sns:publish", {
          TopicArn: "arn:aws:sns:us-east-1:1:t",
          Message: "see https://example.com",
        }),
      },
      ["arn arn:aws:sns:us-east-1:1:t"],
    ],
    [
      "a telephone",
      { A: task("arn:aws:states:::aws-sdk:sns:publish", { PhoneNumber: "+353860000000" }) },
      ["phone +353860000000"],
    ],
    [
      "a queue by its address",
      {
        A: task("arn:aws:states:::sqs:sendMessage", { QueueUrl: "https://sqs.us-east-1.amazonaws.com/444455556666/q" }),
      },
      ["any arn:aws:sqs:us-east-1:444455556666:q"],
    ],
    ["a bucket", { A: task("arn:aws:states:::aws-sdk:s3:putObject", { Bucket: "b" }) }, ["bucket b"]],
    ["a policy that denies", { A: putPolicy({ PolicyDocument: '{"Statement":{"Effect":"Deny","Action":"*"}}' }) }, []],
    [
      "a policy that denies sessions from before it was written",
      { A: putPolicy({ "PolicyDocument.$": `States.Format('${denying}', $$.State.EnteredTime)` }) },
      [],
    ],
    [
      "a policy that an input completes",
      { A: putPolicy({ "PolicyDocument.$": `States.Format('${denying}', $.before)` }) },
      ["any ?"],
    ],
    [
      "a policy that allows too",
      {
        A: putPolicy({
          PolicyDocument: '{"Statement":[{"Effect":"Deny","Action":"*"},{"Effect":"Allow","Action":"s3:GetObject"}]}',
        }),
      },
      ["any ?"],
    ],
    ["a policy that says nothing", { A: putPolicy({ PolicyDocument: '{"Statement":[]}' }) }, ["any ?"]],
    ["a policy from the input", { A: putPolicy({ "PolicyDocument.$": "$.policy" }) }, ["any ?"]],
    ["parameters from the input", { A: putPolicy({ "PolicyDocument.$": "States.Format('{}')" }) }, ["any ?"]],
    [
      "a bus among entries",
      {
        A: task("arn:aws:states:::events:putEvents", {
          Entries: [{ EventBusName: "arn:aws:events:us-east-1:1:event-bus/b" }, { EventBusName: "default" }],
        }),
      },
      ["any arn:aws:events:us-east-1:1:event-bus/b"],
    ],
    ...["Result", "Output", "Resource", "Catch"].map((name): [string, object, string[]] => [
      `a state called ${name}`,
      { [name]: task(lambda) },
      [`arn ${lambda}`],
    ]),
    [
      "an expression in place of a list",
      {
        A: task("arn:aws:states:::aws-sdk:secretsmanager:replicateSecretToRegions", { AddReplicaRegions: "{% $r %}" }),
      },
      ["region ?"],
    ],
    [
      "an expression among entries",
      { A: task("arn:aws:states:::events:putEvents", { Entries: ["{% $e %}"] }) },
      ["any ?"],
    ],
    [
      "an object for everybody",
      { A: task("arn:aws:states:::aws-sdk:s3:putObject", { Bucket: "b", Acl: "public-read" }) },
      ["any ?", "bucket b"],
    ],
    [
      "an object for its owner",
      { A: task("arn:aws:states:::aws-sdk:s3:putObject", { Bucket: "b", ACL: "bucket-owner-full-control" }) },
      ["bucket b"],
    ],
    [
      "a parameter in the case of another language",
      { A: task("arn:aws:states:::aws-sdk:kinesis:putRecord", { StreamArn: "arn:aws:kinesis:us-east-1:1:stream/s" }) },
      ["arn arn:aws:kinesis:us-east-1:1:stream/s"],
    ],
    [
      "whom an image is shared with",
      {
        A: task("arn:aws:states:::aws-sdk:ec2:modifyImageAttribute", {
          ImageId: "ami-1",
          UserIds: ["444455556666"],
          LaunchPermission: { Add: [{ OrganizationArn: "arn:aws:organizations::444455556666:organization/o-x" }] },
        }),
      },
      ["principal arn:aws:organizations::444455556666:organization/o-x", "account 444455556666"],
    ],
    ["entries chosen at run time", { A: task("arn:aws:states:::events:putEvents", { "Entries.$": "$.e" }) }, ["any ?"]],
    [
      "a call that is not modelled",
      { A: task("arn:aws:states:::aws-sdk:ec2:copySnapshot", { SourceRegion: "us-east-1" }) },
      ["any ?"],
    ],
    [
      "a machine that is started",
      { A: task("arn:aws:states:::aws-sdk:ec2:startInstances", { InstanceIds: ["i-1"] }) },
      [],
    ],
    [
      "a role of another account",
      { A: task(lambda, undefined, { Credentials: { RoleArn: "arn:aws:iam::444455556666:role/r" } }) },
      ["any arn:aws:iam::444455556666:role/r", `arn ${lambda}`],
    ],
    [
      "a role chosen at run time",
      { A: task(lambda, undefined, { Credentials: { "RoleArn.$": "$.r" } }) },
      ["any ?", `arn ${lambda}`],
    ],
    ["branches", { A: { Type: "Parallel", Branches: [{ States: { B: task(lambda) } }] } }, [`arn ${lambda}`]],
    [
      "a processor and its writer",
      {
        A: {
          Type: "Map",
          ItemProcessor: { States: { B: task(lambda) } },
          ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "b" } },
        },
      },
      [`arn ${lambda}`, "bucket b"],
    ],
    [
      "JSONata",
      {
        A: {
          Type: "Task",
          QueryLanguage: "JSONata",
          Resource: "arn:aws:states:::sns:publish",
          Arguments: { TopicArn: "{% $t %}" },
        },
      },
      ["arn ?"],
    ],
    [
      "JSONata as a whole",
      { A: { Type: "Task", Resource: "arn:aws:states:::sns:publish", Arguments: "{% $a %}" } },
      ["any ?"],
    ],
    ["text that only looks so", { A: { Type: "Pass", Result: { Resource: lambda } } }, []],
  ])("%s", (_name, states, expected) => {
    expect(named(statesLanguage, machine(states)).sort()).toEqual([...expected].sort());
  });

  test.each<[string, Value]>([
    ["no JSON", "{"],
    ["a key twice", '{"States":{},"States":{}}'],
    ["unknown", new Unknown("known after apply")],
    ["no object", "[]"],
    ["nested without end", `{"States":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
  ])("%s", (_name, definition) => {
    expect(named(statesLanguage, definition)).toEqual(["any ?"]);
  });

  test("a reference inside the text is what it refers to", () => {
    const arn = new Unknown("known after apply");
    const parts = ['{"States":{"A":{"Type":"Task","Resource":"', arn, '"}}}'];
    const [part] = statesLanguage(new Unknown("a template", { parts }), resourceOf({}), undefined as never);
    expect(part.value).toBe(arn);
  });
});

const container = (driver: string, options?: object, more: object = {}) =>
  JSON.stringify([
    {
      name: "c",
      image: "i",
      environment: [{ name: "URL", value: "https://example.com" }],
      logConfiguration: { logDriver: driver, options, ...more },
    },
  ]);

test.each<[string, string, string[]]>([
  [
    "awslogs elsewhere",
    container("awslogs", { "awslogs-group": "g", "awslogs-region": "us-east-1" }),
    ["region us-east-1"],
  ],
  ["awslogs at home", container("awslogs", { "awslogs-group": "g" }), []],
  ["splunk", container("splunk", { "splunk-url": "https://s.example.com" }), ["url https://s.example.com"]],
  [
    "splunk by a secret",
    container("splunk", {}, { secretOptions: [{ name: "splunk-url", valueFrom: "arn" }] }),
    ["any ?"],
  ],
  ["a socket", container("fluentd", { "fluentd-address": "unix:///var/run/fluent.sock" }), []],
  ["an address of the VPC", container("syslog", { "syslog-address": "tcp://10.0.0.7:514" }), []],
  [
    "FireLens to a vendor",
    container("awsfirelens", { Name: "datadog", apikey: "k" }),
    ["host http-intake.logs.datadoghq.com"],
  ],
  [
    "FireLens to a stream elsewhere",
    container("awsfirelens", { Name: "firehose", region: "us-east-1", delivery_stream: "s" }),
    ["region us-east-1"],
  ],
  ["FireLens to an output that is not modelled", container("awsfirelens", { Name: "gelfx" }), ["any ?"]],
  ["a driver that is not modelled", container("teleport"), ["any ?"]],
  ["no log configuration", JSON.stringify([{ name: "c", image: "i" }]), []],
  [
    "AWS Batch, capital letters, nested",
    JSON.stringify({
      TaskProperties: [
        { Containers: [{ LogConfiguration: { LogDriver: "awslogs", Options: { "awslogs-region": "us-east-1" } } }] },
      ],
    }),
    ["region us-east-1"],
  ],
  ["no JSON", "[", ["any ?"]],
])("containers: %s", (_name, definition, expected) => {
  expect(named(containerDefinitions, definition)).toEqual(expected);
});

test.each<[string, string, string[]]>([
  [
    "ActiveMQ",
    '<broker><networkConnectors><!-- <networkConnector uri="static:(ssl://no.example.com:1)"/> --><networkConnector name="a" uri="static:(ssl://b-1.example.com:61617,ssl://b-2.example.com:61617)?x=1"/></networkConnectors></broker>',
    ["host b-1.example.com", "host b-2.example.com"],
  ],
  [
    "ActiveMQ with entities",
    "<broker><networkConnector uri='&#115;tatic:(ssl://b.example.com:1)'/></broker>",
    ["host b.example.com"],
  ],
  ["ActiveMQ alone", "<broker><plugins><authorizationPlugin/></plugins></broker>", []],
  ["a broken tag", "<broker", ["any ?"]],
  [
    "RabbitMQ",
    "# auth_http.user_path = https://no.example.com\nconsumer_timeout = 1800000\nauth_http.user_path = https://idp.example.com/user",
    ["host idp.example.com"],
  ],
])("broker configuration: %s", (_name, text, expected) => {
  expect(named(brokerConfiguration, text)).toEqual(expected);
});

test.each<[string, string, string[]]>([
  [
    "a widget of a function",
    JSON.stringify({
      widgets: [
        { type: "custom", properties: { endpoint: lambda } },
        { type: "metric", properties: { region: "us-east-1" } },
      ],
    }),
    [`arn ${lambda}`],
  ],
  ["text", JSON.stringify({ widgets: [{ type: "text", properties: { markdown: "https://example.com" } }] }), []],
  ["no JSON", "x", ["arn ?"]],
])("dashboards: %s", (_name, body, expected) => {
  expect(named(dashboardBody, body)).toEqual(expected);
});

test("data protection policies name buckets, groups and streams", () => {
  const audit = {
    Operation: {
      Audit: {
        FindingsDestination: {
          S3: { Bucket: "b" },
          CloudWatchLogs: { LogGroup: "g" },
          Firehose: { DeliveryStream: "s" },
        },
      },
    },
  };
  expect(
    named(dataProtectionPolicy("c"), JSON.stringify({ Statement: [audit, { Operation: { Deidentify: {} } }] })),
  ).toEqual(["bucket b"]);
});

test.each<[string, string, string[]]>([
  [
    "a rule of AWS's",
    "Resources:\n  R:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      Source: { Owner: AWS, SourceIdentifier: S3_BUCKET_VERSIONING_ENABLED }",
    [],
  ],
  [
    "a rule of a function",
    `Resources:\n  R:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      Source: { Owner: CUSTOM_LAMBDA, SourceIdentifier: "${lambda}" }`,
    [`arn ${lambda}`],
  ],
  [
    "a rule of a parameter",
    "Resources:\n  R:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      Source: { Owner: CUSTOM_LAMBDA, SourceIdentifier: !Ref P }",
    ["arn ?"],
  ],
  [
    "a remediation",
    "Resources:\n  R:\n    Type: AWS::Config::RemediationConfiguration\n    Properties:\n      TargetId: AWS-PublishSNSNotification\n      Parameters: { TopicArn: { StaticValue: { Values: ['arn:aws:sns:us-east-1:1:t'] } } }",
    ["any arn:aws:sns:us-east-1:1:t"],
  ],
  ["another resource", "Resources:\n  R:\n    Type: AWS::S3::Bucket", ["any ?"]],
  ["no YAML", "a: [", ["any ?"]],
])("conformance packs: %s", (_name, template, expected) => {
  expect(named(conformanceTemplate("template_body"), template)).toEqual(expected);
});

const steps = (...mainSteps: object[]) => JSON.stringify({ schemaVersion: "0.3", mainSteps });

test.each<[string, string, string, string[]]>([
  ["a session's record", "Session", JSON.stringify({ inputs: { s3BucketName: "b" } }), ["bucket b"]],
  ["a session without one", "Session", JSON.stringify({ inputs: { s3BucketName: "" } }), []],
  [
    "commands",
    "Command",
    "schemaVersion: '2.2'\nmainSteps:\n  - action: aws:runShellScript\n    inputs: { runCommand: [curl https://example.com] }",
    [],
  ],
  [
    "a call",
    "Automation",
    steps({
      action: "aws:executeAwsApi",
      inputs: { Service: "sns", Api: "Publish", TopicArn: "arn:aws:sns:us-east-1:1:t" },
    }),
    ["arn arn:aws:sns:us-east-1:1:t"],
  ],
  [
    "a call worked out later",
    "Automation",
    steps({ action: "aws:executeAwsApi", inputs: { Service: "sns", Api: "Publish", TopicArn: "{{ t }}" } }),
    ["arn ?"],
  ],
  [
    "a step that stops a machine",
    "Automation",
    steps({ action: "aws:changeInstanceState", inputs: { InstanceIds: ["i-1"] } }),
    [],
  ],
  [
    "an account within a list, worked out later",
    "Automation",
    steps({
      action: "aws:executeAwsApi",
      inputs: { Service: "ec2", Api: "ModifySnapshotAttribute", UserIds: ["{{ Account }}"] },
    }),
    ["account ?"],
  ],
  [
    "an approval that a topic is told of",
    "Automation",
    steps({ action: "aws:approve", inputs: { NotificationArn: "arn:aws:sns:us-east-1:1:t" } }),
    ["arn arn:aws:sns:us-east-1:1:t"],
  ],
  [
    "a command that a topic is told of",
    "Automation",
    steps({
      action: "aws:runCommand",
      inputs: { OutputS3BucketName: "b", NotificationConfig: { NotificationArn: "arn:aws:sns:us-east-1:1:t" } },
    }),
    ["bucket b", "arn arn:aws:sns:us-east-1:1:t"],
  ],
  ["a webhook", "Automation", steps({ action: "aws:invokeWebhook", inputs: { IntegrationName: "x" } }), ["any ?"]],
])("documents of Systems Manager: %s", (_name, document_type, content, expected) => {
  expect(named(ssmDocument, content, { document_type })).toEqual(expected);
});

test("a shared document names accounts or everybody", () => {
  expect(named(documentPermissions, { type: "Share", account_ids: "All" })).toEqual(["principal All"]);
  expect(named(documentPermissions, { type: "Share", account_ids: "111111111111, 444455556666" })).toEqual([
    "principal 111111111111",
    "principal 444455556666",
  ]);
});
