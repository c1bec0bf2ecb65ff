/** The actions and rules of an AWS CodePipeline stage, whose configuration depends on who provides them. */
import { isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import {
  type DocumentPart,
  type DocumentReader,
  document,
  opens,
  at as path,
  sends,
  type TargetForm,
} from "../../flows/vocabulary";
import { functionName } from "./arn-values";

const CHANNEL = "codepipeline.action";

/** Members that name where an action puts data, by provider; the name of a function alone is of the pipeline's account. */
type Provider = Readonly<Record<string, TargetForm | "function">>;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html */
const providers: Readonly<Record<string, Provider>> = {
  AppConfig: {},
  CloudWatchAlarm: {},
  CodeBuild: {},
  CodeCommit: {},
  CodeDeploy: {},
  CodeDeployToECS: {},
  CodeStarSourceConnection: {},
  DeploymentWindow: {},
  EC2: {},
  ECR: {},
  ECS: {},
  EKS: {},
  ElasticBeanstalk: {},
  GitHub: {},
  InspectorScan: {},
  Lambda: { FunctionName: "function" },
  LambdaInvoke: { FunctionName: "function" },
  Manual: { NotificationArn: "arn" },
  S3: { BucketName: "bucket" },
  StepFunctions: { StateMachineArn: "arn" },
  VariableCheck: {},
};

/** Sources only fetch, whoever provides them. */
const isSource = (category: Value): boolean => category === "Source";

const unseen = (at: string, why: string): DocumentPart => ({
  at,
  value: new Unknown(why),
  role: sends(CHANNEL, "any"),
});

function* configured(names: Provider, configuration: Values, at: string): Iterable<DocumentPart> {
  for (const name of Object.keys(names)) {
    if (!Object.hasOwn(configuration, name)) continue;
    const form = names[name];
    const role = form === "function" ? document(functionName(CHANNEL)) : sends(CHANNEL, form);
    yield { at: `${at}.configuration.${name}`, value: configuration[name], role };
  }
}

/**
 * Actions that run the owner's commands, or those of a Dockerfile of the owner's, on machines of CodeBuild's own, which
 * are in no VPC of the owner's: each page of the action reference says "uses CodePipeline managed CodeBuild compute".
 * EKS and InspectorScan run AWS's own commands there.
 */
const COMMANDS = new Set(["Commands", "ECRBuildAndPublish"]);

const onTheInternet = (at: string): DocumentPart => ({
  at,
  value: true,
  role: opens("codepipeline.internet", path("provider").isSet(), {
    why: "the commands run in a network of the service's own, which reaches the internet",
  }),
});

const publicObjects = opens(
  "codepipeline.acl",
  path("CannedACL").is("public-read", "public-read-write", "authenticated-read"),
  { why: "everybody may read what is deployed" },
);

function* parts(
  category: Value,
  owner: Value,
  provider: Value,
  configuration: Value,
  at: string,
): Iterable<DocumentPart> {
  if (isSource(category)) return;
  if (typeof provider !== "string") {
    yield unseen(at, "who provides the action is not known");
    return;
  }
  if (COMMANDS.has(provider)) {
    yield onTheInternet(at);
    return;
  }
  const settings = isObject(configuration) ? configuration : {};
  // "AWS Device Farm is available in us-west-2" only (AWS General Reference, "AWS Device Farm endpoints and quotas").
  if (provider === "DeviceFarm") {
    yield { at, value: "us-west-2", role: sends(CHANNEL, "region", { why: "what is tested is sent there" }) };
    return;
  }
  if (owner === "ThirdParty") {
    yield { at, value: `${provider} (third party)`, role: sends(CHANNEL, "principal") };
    return;
  }
  if (owner === "Custom" || !Object.hasOwn(providers, provider)) {
    yield unseen(at, `the action of ${provider} is not modelled`);
    return;
  }
  if (isUnknown(configuration) && Object.keys(providers[provider]).length > 0) {
    yield unseen(`${at}.configuration`, configuration.why);
    return;
  }
  yield* configured(providers[provider], settings, at);
  if (provider === "S3")
    yield { at: `${at}.configuration.CannedACL`, value: settings.CannedACL ?? null, role: publicObjects };
}

/** For the block `stage.action`. */
export const pipelineAction: DocumentReader = function* (action) {
  if (!isObject(action)) {
    yield unseen("", isUnknown(action) ? action.why : "is no action");
    return;
  }
  yield* parts(
    action.category ?? null,
    action.owner ?? null,
    action.provider ?? null,
    action.configuration ?? null,
    "",
  );
};

/** For a `rule` of a stage's condition. */
export const pipelineRule: DocumentReader = function* (rule) {
  if (!isObject(rule)) {
    yield unseen("", isUnknown(rule) ? rule.why : "is no rule");
    return;
  }
  const types = Array.isArray(rule.rule_type_id)
    ? (rule.rule_type_id as readonly Value[])
    : [rule.rule_type_id ?? null];
  for (const type of types) {
    const id = isObject(type) ? type : {};
    yield* parts(id.category ?? null, id.owner ?? "AWS", id.provider ?? null, rule.configuration ?? null, "");
  }
};
