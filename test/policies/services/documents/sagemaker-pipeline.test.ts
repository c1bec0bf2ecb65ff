/** Definitions of SageMaker pipelines: where their steps write, and what their containers reach. */
import { findings, judge } from "../harness";

const isolated = { EnableNetworkIsolation: true };
const DUBLIN = "s3://${aws_s3_bucket.dublin.bucket}/out";
const LONDON = "s3://${aws_s3_bucket.london.bucket}/out";

const training = (more: object = {}) => ({
  Name: "train",
  Type: "Training",
  DependsOn: ["process"],
  Arguments: {
    ...isolated,
    AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File" },
    InputDataConfig: [{ ChannelName: "in", DataSource: { S3DataSource: { S3Uri: { Get: "Parameters.In" } } } }],
    OutputDataConfig: { S3OutputPath: DUBLIN },
    ...more,
  },
});
const processing = (network: object, uri: unknown = DUBLIN, more: object = {}) => ({
  Name: "process",
  Type: "Processing",
  Arguments: {
    AppSpecification: { ImageUri: "image" },
    NetworkConfig: network,
    ProcessingInputs: [{ InputName: "in", S3Input: { S3Uri: LONDON, LocalPath: "/in" } }],
    ProcessingOutputConfig: { Outputs: [{ OutputName: "out", S3Output: { S3Uri: uri, LocalPath: "/out" } }] },
    ...more,
  },
});
const vpc = { VpcConfig: { Subnets: ["${aws_subnet.s.id}"], SecurityGroupIds: ["${aws_security_group.g.id}"] } };
const register = (group: unknown) => ({
  Name: "register",
  Type: "RegisterModel",
  Arguments: { ModelPackageGroupName: group, InferenceSpecification: { Containers: [{ ModelDataUrl: LONDON }] } },
});
const chosen = (step: object) => ({
  Name: "choose",
  Type: "Condition",
  Arguments: { Conditions: [], IfSteps: [step], ElseSteps: [{ Name: "f", Type: "Fail" }] },
});

async function lines(steps: unknown, more: object = {}, route: object = {}): Promise<string> {
  const definition =
    typeof steps === "string" ? steps : JSON.stringify({ Version: "2020-12-01", Steps: steps, ...more });
  const report = await judge(
    {
      aws_s3_bucket: { dublin: { bucket: "d" }, london: { bucket: "l", region: "eu-west-2" } },
      aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
      aws_subnet: { s: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" } },
      aws_security_group: {
        g: {
          vpc_id: "${aws_vpc.v.id}",
          egress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }],
        },
      },
      ...route,
      aws_sagemaker_pipeline: {
        p: { pipeline_name: "p", pipeline_display_name: "p", role_arn: "r", pipeline_definition: definition },
      },
    },
    { variable: { u: {} } },
  );
  return findings(report)
    .filter((line) => line.includes("sagemaker_pipeline.p") || line.startsWith("aws_sagemaker"))
    .join("\n");
}

test("steps that write inside, from containers that are cut off or in a closed subnet, are contained", async () => {
  const steps = [training(), processing(isolated), processing(vpc), chosen(training()), register("group")];
  expect(await lines(steps, { Parameters: [{ Name: "In", Type: "String" }], Metadata: {} })).toBe("");
});

test.each([
  ["an output", [training({ OutputDataConfig: { S3OutputPath: LONDON } })]],
  ["checkpoints", [training({ CheckpointConfig: { S3Uri: LONDON } })]],
  ["what a rule finds", [training({ DebugRuleConfigurations: [{ S3OutputPath: LONDON }] })]],
  ["a result", [processing(isolated, LONDON)]],
  ["a step that is chosen", [chosen(processing(isolated, LONDON))]],
])("%s in London", async (_, steps) => {
  expect(await lines(steps)).toMatch(
    /^aws_sagemaker_pipeline\.p -> (eu-west-2|aws_s3_bucket.london).* by sagemaker\.pipeline$/m,
  );
});

const queue = (region: string) => `https://sqs.${region}.amazonaws.com/111111111111/q`;
const model = (network: object) => ({
  Name: "m",
  Type: "Model",
  Arguments: { ExecutionRoleArn: "r", PrimaryContainer: { Image: "i", Environment: {} }, ...network },
});
const transform = (S3OutputPath: unknown) => ({
  Name: "t",
  Type: "Transform",
  Arguments: {
    ModelName: { Get: "Steps.m.ModelName" },
    TransformInput: {},
    TransformOutput: { S3OutputPath, Accept: "text/csv" },
    TransformResources: { InstanceCount: 1 },
  },
});

test("models, transformations, functions and queues inside are contained", async () => {
  const call = {
    Type: "Lambda",
    FunctionArn: "arn:aws:lambda:eu-west-1:111111111111:function:f",
    Arguments: { a: "b" },
  };
  const told = { Type: "Callback", SqsQueueUrl: queue("eu-west-1"), Arguments: {}, OutputParameters: [] };
  const steps = [model(isolated), transform(DUBLIN), { Name: "l", ...call }, { Name: "q", ...told }];
  expect(await lines(steps)).toBe("");
});

test.each<[string, object, string]>([
  ["a model that nothing cuts off", model({}), "-> the internet by sagemaker.internet"],
  ["a transformation", transform(LONDON), " by sagemaker.pipeline"],
  [
    "a function",
    { Name: "l", Type: "Lambda", FunctionArn: "arn:aws:lambda:us-east-1:111111111111:function:f" },
    "-> us-east-1 by sagemaker.pipeline",
  ],
  ["a queue", { Name: "c", Type: "Callback", SqsQueueUrl: queue("us-east-1") }, "-> us-east-1 by sagemaker.pipeline"],
])("%s elsewhere", async (_, step, found) => {
  expect(await lines([step])).toContain(found);
});

test("the registry of another account", async () => {
  const group = "arn:aws:sagemaker:eu-west-1:444455556666:model-package-group/g";
  expect(await lines([register(group)])).toContain("-> account 444455556666 by sagemaker.pipeline");
});

test("a container that nothing cuts off reaches the internet", async () => {
  for (const step of [training({ EnableNetworkIsolation: false }), processing({}), processing({ VpcConfig: null })]) {
    expect(await lines([step])).toContain("-> the internet by sagemaker.internet");
  }
});

test("a container in a subnet goes where the subnet's routes lead", async () => {
  const table = (route: object) => ({ vpc_id: "${aws_vpc.v.id}", route: [{ cidr_block: "0.0.0.0/0", ...route }] });
  const route = {
    aws_internet_gateway: { i: { vpc_id: "${aws_vpc.v.id}" } },
    aws_nat_gateway: { n: { subnet_id: "${aws_subnet.public.id}", allocation_id: "eipalloc-0123456789abcdef0" } },
    aws_subnet: {
      s: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" },
      public: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.1.0/24", availability_zone: "eu-west-1a" },
    },
    aws_route_table: {
      s: table({ nat_gateway_id: "${aws_nat_gateway.n.id}" }),
      public: table({ gateway_id: "${aws_internet_gateway.i.id}" }),
    },
    aws_route_table_association: {
      s: { subnet_id: "${aws_subnet.s.id}", route_table_id: "${aws_route_table.s.id}" },
      public: { subnet_id: "${aws_subnet.public.id}", route_table_id: "${aws_route_table.public.id}" },
    },
  };
  expect(await lines([processing(vpc)], {}, route)).toMatch(/^aws_sagemaker_pipeline\.p -> the internet by /);
  expect(await lines([processing({ ...vpc, ...isolated })], {}, route)).toBe("");
});

test.each([
  ["no JSON", "steps"],
  ["an unknown definition", "${var.u}"],
  ["no steps", JSON.stringify({ Version: "2020-12-01" })],
  ["an unknown place", [processing(isolated, "${var.u}")]],
  ["a place that whoever starts it may set", [processing(isolated, { Get: "Parameters.Out" })]],
  ["a place that is put together", [processing(isolated, { "Std:Join": { On: "/", Values: [DUBLIN, "x"] } })]],
  ["isolation that is set later", [training({ EnableNetworkIsolation: { Get: "Parameters.Isolated" } })]],
  ["a network that is set later", [processing({ Get: "Parameters.Network" })]],
  ["subnets that are set later", [processing({ VpcConfig: { Subnets: [{ Get: "Parameters.Subnet" }] } })]],
  ["no subnets", [processing({ VpcConfig: { Subnets: [] } })]],
  ["a step of another kind", [{ Name: "t", Type: "Tuning", Arguments: {} }]],
  ["a function that is not named", [{ Name: "l", Type: "Lambda", Arguments: {} }]],
  ["a queue that is set later", [{ Name: "c", Type: "Callback", SqsQueueUrl: { Get: "Parameters.Queue" } }]],
  ["an unknown argument", [training({ RemoteDebugConfig: { EnableRemoteDebug: true } })]],
  [
    "an unknown output",
    [processing(isolated, DUBLIN, { ProcessingOutputConfig: { Outputs: [{ FeatureStoreOutput: {} }] } })],
  ],
  ["the container of a rule", [training({ DebugRuleConfigurations: [{ RuleEvaluatorImage: "image" }] })]],
  ["an unknown argument of a choice", [{ Name: "c", Type: "Condition", Arguments: { Conditions: [], Else: [] } }]],
  ["an unknown part of a step", [{ ...training(), Hook: "x" }]],
  ["steps that are no list", { Get: "Parameters.Steps" }],
  ["a kind from a prototype", [{ Name: "x", Type: "constructor" }]],
])("%s is not decided", async (_, steps) => {
  const found = await lines(steps);
  expect(found).toMatch(/^\? aws_sagemaker_pipeline\.p: pipeline_definition/m);
  expect(found).not.toContain("->");
});

test("an unknown part of the whole is not decided", async () => {
  expect(await lines([training()], { MlflowConfig: { MlflowResourceArn: "x" } })).toMatch(/pipeline_definition/);
});
