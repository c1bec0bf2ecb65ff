/**
 * Definitions of SageMaker pipelines (SageMaker AI Developer Guide, "Pipelines overview": the pipeline definition JSON
 * schema, https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/). The
 * arguments of a step are those of the job it starts. Kinds of steps and arguments that are not listed here are not
 * understood.
 */
import { isList, isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import {
  at as condition,
  type DescribedInterface,
  type DocumentPart,
  type DocumentReader,
  opens,
  type Role,
  sends,
  type Written,
} from "../../flows/vocabulary";
import { json } from "./json";
import { bucketOf, bucketRole } from "./s3-uri";
import { queueArn } from "./service-calls";

const CHANNEL = "sagemaker.pipeline";

interface Step {
  /** Members of the step itself that name what gets its arguments. */
  readonly calls?: Readonly<Record<string, "arn" | "queue">>;
  /** Paths of S3 URIs that the job writes to. */
  readonly writes?: readonly string[];
  /** Path of the object with `EnableNetworkIsolation` and `VpcConfig`; absent: the step runs no container. */
  readonly network?: string;
  /** Arguments that only say what comes in, or how the job runs; what stands below them is no way out. */
  readonly harmless: readonly string[];
}

const RUN = ["RoleArn", "Tags", "StoppingCondition", "Environment", "ExperimentConfig"];

const STEPS: Readonly<Record<string, Step>> = {
  // API reference, CreateTrainingJob.
  Training: {
    writes: [
      "OutputDataConfig.S3OutputPath",
      "CheckpointConfig.S3Uri",
      "DebugHookConfig.S3OutputPath",
      "DebugRuleConfigurations.S3OutputPath",
      "ProfilerConfig.S3OutputPath",
      "ProfilerRuleConfigurations.S3OutputPath",
      "TensorBoardOutputConfig.S3OutputPath",
    ],
    network: "",
    harmless: [
      ...RUN,
      "AlgorithmSpecification",
      "EnableInterContainerTrafficEncryption",
      "EnableManagedSpotTraining",
      "HyperParameters",
      "InputDataConfig",
      "ResourceConfig",
      "RetryStrategy",
      "TrainingJobName",
    ],
  },
  // API reference, CreateProcessingJob: a query that makes an input writes its result first.
  Processing: {
    writes: [
      "ProcessingInputs.DatasetDefinition.AthenaDatasetDefinition.OutputS3Uri",
      "ProcessingInputs.DatasetDefinition.RedshiftDatasetDefinition.OutputS3Uri",
      "ProcessingOutputConfig.Outputs.S3Output.S3Uri",
    ],
    network: "NetworkConfig",
    harmless: [...RUN, "AppSpecification", "ProcessingJobName", "ProcessingResources"],
  },
  // API reference, CreateModelPackage: a version in the registry of the pipeline's account.
  RegisterModel: {
    harmless: [
      "CustomerMetadataProperties",
      "InferenceSpecification",
      "MetadataProperties",
      "ModelApprovalStatus",
      "ModelMetrics",
      "ModelPackageDescription",
      "Tags",
    ],
  },
  // API reference, CreateModel.
  Model: {
    network: "",
    harmless: ["Containers", "ExecutionRoleArn", "InferenceExecutionConfig", "ModelName", "PrimaryContainer", "Tags"],
  },
  // API reference, CreateTransformJob: the containers are the model's, in the model's network.
  Transform: {
    writes: ["TransformOutput.S3OutputPath", "DataCaptureConfig.DestinationS3Uri"],
    harmless: [
      ...RUN,
      "BatchStrategy",
      "DataProcessing",
      "MaxConcurrentTransforms",
      "MaxPayloadInMB",
      "ModelClientConfig",
      "ModelName",
      "TransformInput",
      "TransformJobName",
      "TransformResources",
    ],
  },
  // SageMaker Python SDK, LambdaStep and CallbackStep: the arguments are what the function or queue is handed.
  Lambda: { calls: { FunctionArn: "arn" }, harmless: [] },
  Callback: { calls: { SqsQueueUrl: "queue" }, harmless: [] },
  Fail: { harmless: ["ErrorMessage"] },
};

/**
 * What may stand beside a path that is written to, at each step of the way. The image of a rule is not among these: in
 * which network its container runs is not documented.
 */
const BESIDE = new Set([
  "Accept",
  "AppManaged",
  "AssembleWith",
  "CollectionConfigurations",
  "CompressionType",
  "DisableProfiler",
  "GenerateInferenceId",
  "HookParameters",
  "InputName",
  "InstanceType",
  "KmsKeyId",
  "LocalPath",
  "OutputName",
  "ProfilingIntervalInMilliseconds",
  "ProfilingParameters",
  "RuleConfigurationName",
  "RuleParameters",
  "S3Input",
  "S3UploadMode",
  "VolumeSizeInGB",
]);

const TOP = new Set(["Version", "Metadata", "Parameters", "PipelineExperimentConfig", "Steps"]);
const OF_STEP = new Set([
  "Name",
  "Type",
  "Arguments",
  "CacheConfig",
  "DependsOn",
  "Description",
  "DisplayName",
  "OutputParameters",
  "PropertyFiles",
  "RetryPolicies",
]);

const anywhere: Role = sends(CHANNEL, "any");
const unread = (at: string, why: string): DocumentPart => ({ at, value: new Unknown(why), role: anywhere });

/** Values that are worked out when the pipeline runs: `Get` of a parameter, which whoever starts it may set, `Std:Join`. */
const settled = (value: Value): Value =>
  isObject(value) && Object.keys(value).some((key) => key === "Get" || key.startsWith("Std:"))
    ? new Unknown("is worked out when the pipeline runs")
    : value;

/** Yields where the steps of a definition write, and what of it is not understood. */
export const pipelineDefinition: DocumentReader = function* (text) {
  const definition = json(text);
  if (!isObject(definition)) return yield unread("", "the definition of the pipeline is not known");
  yield* unknownKeys(definition, TOP, "");
  for (const { step, at } of all(definition.Steps ?? null, ".Steps")) yield* stepParts(step, at);
};

function* unknownKeys(object: Values, known: ReadonlySet<string>, at: string): Generator<DocumentPart> {
  for (const key of Object.keys(object)) {
    if (!known.has(key)) yield unread(`${at}.${key}`, "this part of a pipeline is not modelled");
  }
}

interface Placed {
  readonly step: Value;
  readonly at: string;
}

/** The steps, with those that a condition chooses among (AWS's own schema nests them once). */
function* all(steps: Value, at: string, depth = 0): Generator<Placed> {
  if (!isList(steps) || depth > 50) return yield { step: new Unknown("the steps are not known"), at };
  for (const [i, step] of steps.entries()) {
    const place = `${at}[${i}]`;
    const arguments_ = isObject(step) && step.Type === "Condition" ? step.Arguments : undefined;
    if (!isObject(arguments_)) {
      yield { step, at: place };
      continue;
    }
    for (const [key, branch] of Object.entries(arguments_)) {
      const below = `${place}.Arguments.${key}`;
      if (key === "IfSteps" || key === "ElseSteps") yield* all(branch, below, depth + 1);
      else if (key !== "Conditions") yield { step: new Unknown("this argument is not modelled"), at: below };
    }
  }
}

const kindOf = (step: Value): Step | undefined =>
  isObject(step) && typeof step.Type === "string" && Object.hasOwn(STEPS, step.Type) ? STEPS[step.Type] : undefined;

function* stepParts(step: Value, at: string): Generator<DocumentPart> {
  const kind = kindOf(step);
  const given = isObject(step) ? (step.Arguments ?? {}) : null;
  if (!kind || !isObject(step) || !isObject(given)) return yield unread(at, "this kind of step is not modelled");
  const calls = Object.entries(kind.calls ?? {});
  yield* unknownKeys(step, new Set([...OF_STEP, ...calls.map(([key]) => key)]), at);
  for (const [key, form] of calls) {
    const value = settled(step[key] ?? new Unknown("what the step calls is not known"));
    yield { at: `${at}.${key}`, value: form === "queue" ? queueArn(value) : value, role: anywhere };
  }
  if (calls.length > 0) return;
  const place = `${at}.Arguments`;
  const writes = (kind.writes ?? []).map((path) => path.split("."));
  for (const [key, value] of Object.entries(given)) {
    const ways = writes.filter(([first]) => first === key).map((way) => way.slice(1));
    if (ways.length > 0) yield* written(value, ways, `${place}.${key}`);
    else if (!kind.harmless.includes(key) && !isNetwork(kind, key)) yield* other(key, value, `${place}.${key}`);
  }
  if (kind.network !== undefined) yield* reach(networkOf(given, kind.network), place);
}

const isNetwork = ({ network }: Step, key: string): boolean =>
  network === key || (network === "" && (key === "EnableNetworkIsolation" || key === "VpcConfig"));

/** Follows the ways to what is written to; a key that lies on none of them and is not known to be harmless is unread. */
function* written(found: Value, ways: readonly (readonly string[])[], at: string): Generator<DocumentPart> {
  const value = settled(found);
  if (value === null) return;
  if (isList(value)) {
    for (const [i, item] of value.entries()) yield* written(item, ways, `${at}[${i}]`);
  } else if (ways.some((way) => way.length === 0)) {
    const bucket = bucketOf(value);
    yield { at, value: bucket, role: bucketRole(CHANNEL, bucket) };
  } else if (!isObject(value)) {
    yield unread(at, "is worked out when the pipeline runs");
  } else {
    for (const [key, inner] of Object.entries(value)) {
      const on = ways.filter(([first]) => first === key).map((way) => way.slice(1));
      if (on.length > 0) yield* written(inner, on, `${at}.${key}`);
      else if (!BESIDE.has(key)) yield unread(`${at}.${key}`, "this argument is not modelled");
    }
  }
}

/** A group of model packages is named by an ARN where it is another account's. */
function* other(key: string, value: Value, at: string): Generator<DocumentPart> {
  if (key !== "ModelPackageGroupName") yield unread(at, "this argument is not modelled");
  else if (typeof value !== "string") yield { at, value: settled(value), role: anywhere };
  else if (value.startsWith("arn:")) yield { at, value, role: sends(CHANNEL, "arn") };
}

function networkOf(given: Values, path: string): Value {
  return path === "" ? given : settled(given[path] ?? null);
}

/**
 * A container is cut off by network isolation, or has interfaces in subnets; otherwise it reaches the internet (guide,
 * "Run Training and Inference Containers in Internet-Free Mode").
 */
function* reach(network: Value, at: string): Generator<DocumentPart> {
  const isolation = isObject(network) ? settled(network.EnableNetworkIsolation ?? false) : false;
  const vpc = isObject(network) ? (network.VpcConfig ?? null) : null;
  if (isolation === true || vpc !== null) return;
  const known = !isUnknown(network) && isolation === false;
  yield { at, value: known || new Unknown("is worked out when the pipeline runs"), role: internet };
}

const internet: Role = opens("sagemaker.internet", condition("Arguments").isSet(), {
  why: "without VpcConfig and network isolation the container of a step reaches the internet",
});

/** The interfaces of the containers that the steps run. */
export function* pipelineInterfaces(text: Value): Iterable<DescribedInterface> {
  const definition = json(text);
  if (!isObject(definition)) return;
  for (const { step, at } of all(definition.Steps ?? null, ".Steps")) {
    const kind = kindOf(step);
    const given = isObject(step) ? step.Arguments : undefined;
    if (kind?.network === undefined || !isObject(given)) continue;
    const network = networkOf(given, kind.network);
    const vpc = isObject(network) && network.EnableNetworkIsolation !== true ? (network.VpcConfig ?? null) : null;
    if (vpc === null) continue;
    const place = `${at}.Arguments${kind.network === "" ? "" : `.${kind.network}`}.VpcConfig`;
    yield {
      subnets: list(vpc, "Subnets", place),
      groups: list(vpc, "SecurityGroupIds", place).map(({ value }) => value),
      publicIpv4: { value: false, at: place },
    };
  }
}

function list(vpc: Value, name: string, at: string): readonly Written[] {
  const value = isObject(vpc) ? settled(vpc[name] ?? null) : new Unknown("is worked out when the pipeline runs");
  const place = `${at}.${name}`;
  return isList(value) && value.length > 0
    ? value.map((item, i) => ({ value: settled(item), at: `${place}[${i}]` }))
    : [{ value: isUnknown(value) ? value : new Unknown("is not known"), at: place }];
}
