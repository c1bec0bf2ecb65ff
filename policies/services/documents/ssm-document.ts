/** Documents of AWS Systems Manager. */
import { find, isList, isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends, shares } from "../../flows/vocabulary";
import { callParts } from "./service-calls";
import { yaml } from "./yaml";

const CHANNEL = "ssm.automation";
const unseen = (at: string, why: string): DocumentPart => ({
  at,
  value: new Unknown(why),
  role: sends(CHANNEL, "any"),
});

/** Kinds whose steps run on machines, and kinds that hold a configuration, a template or a calendar and run nothing. */
const ELSEWHERE = new Set([
  "ApplicationConfiguration",
  "ApplicationConfigurationSchema",
  "AutoApprovalPolicy",
  "ChangeCalendar",
  "CloudFormation",
  "Command",
  "ConformancePackTemplate",
  "DeploymentStrategy",
  "ManualApprovalPolicy",
  "Package",
  "Policy",
  "ProblemAnalysis",
  "ProblemAnalysisTemplate",
  "QuickSetup",
]);

/**
 * Yields where a session's record is kept and where the steps of an automation put data
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html). Commands run on
 * machines, whose network and role bound them; so do policies and configurations.
 */
export const ssmDocument: DocumentReader = function* (document, resource) {
  const type = resource.values.document_type;
  if (typeof type === "string" && ELSEWHERE.has(type)) return;
  const content = yaml(document);
  if (!isObject(content)) {
    yield unseen("", isUnknown(content) ? content.why : "the document is no object");
    return;
  }
  if (isObject(content.inputs) && content.inputs.s3BucketName !== undefined && content.inputs.s3BucketName !== "") {
    yield { at: ".inputs.s3BucketName", value: content.inputs.s3BucketName, role: sends("ssm.session-log", "bucket") };
  }
  const steps = content.mainSteps;
  if (isUnknown(steps)) yield unseen(".mainSteps", steps.why);
  if (!isList(steps) || type === "Session") return;
  for (let i = 0; i < steps.length; i++) yield* step(steps[i], `.mainSteps[${i}]`);
};

/** Steps that only start, stop, change, wait for or branch on things of the same account and Region. */
const NOTHING = new Set([
  "aws:assertAwsResourceProperty",
  "aws:branch",
  "aws:changeInstanceState",
  "aws:createImage",
  "aws:createTags",
  "aws:deleteImage",
  "aws:deleteStack",
  "aws:pause",
  "aws:sleep",
  "aws:updateVariable",
  "aws:waitForAwsResourceProperty",
]);

/** What is written in braces is worked out when the automation runs. */
function later(value: Value): Value {
  if (typeof value === "string") return value.includes("{{") ? new Unknown("is worked out at run time") : value;
  if (isList(value)) return value.map(later);
  return isObject(value) ? laterWithin(value) : value;
}

/** Inputs that name where a step puts data, by kind of step ("Systems Manager Automation actions reference"). */
const WRITES: Readonly<Record<string, Readonly<Record<string, "arn" | "bucket">>>> = {
  "aws:approve": { NotificationArn: "arn" },
  "aws:executeStateMachine": { stateMachineArn: "arn" },
  "aws:runCommand": { OutputS3BucketName: "bucket", "NotificationConfig.NotificationArn": "arn" },
};

function* step(value: Value, at: string): Iterable<DocumentPart> {
  if (!isObject(value) || typeof value.action !== "string") {
    yield unseen(at, isUnknown(value) ? value.why : "what the step does is not known");
    return;
  }
  const { action } = value;
  const inputs = laterWithin(isObject(value.inputs) ? value.inputs : {});
  const place = `${at}.inputs`;
  if (action === "aws:executeAwsApi") {
    yield* callParts(CHANNEL, String(inputs.Service), String(inputs.Api), inputs, place);
  } else if (action === "aws:invokeLambdaFunction") {
    yield* callParts(CHANNEL, "lambda", "invoke", inputs, place);
  } else if (Object.hasOwn(WRITES, action)) {
    for (const [path, form] of Object.entries(WRITES[action])) {
      for (const found of find(inputs, path)) {
        yield { at: `${place}.${found.at}`, value: found.value, role: sends(CHANNEL, form) };
      }
    }
  } else if (!NOTHING.has(action)) yield unseen(at, `the step ${action} is not modelled`);
}

const laterWithin = (inputs: Values): Values =>
  Object.fromEntries(Object.keys(inputs).map((key) => [key, later(inputs[key])]));

/** `permissions = { type = "Share", account_ids = "All" }`, or ids with commas between them. */
export const documentPermissions: DocumentReader = function* (document) {
  if (isUnknown(document)) yield { at: "", value: document, role: shares("ssm.document-share", "principal") };
  if (!isObject(document)) return;
  const ids = document.account_ids;
  for (const value of typeof ids === "string" ? ids.split(",").map((id) => id.trim()) : [ids ?? null]) {
    yield { at: ".account_ids", value, role: shares("ssm.document-share", "principal") };
  }
};
