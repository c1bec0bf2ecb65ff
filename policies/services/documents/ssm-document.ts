/** Documents of AWS Systems Manager. */
import { isList, isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
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
  "aws:approve",
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
const later = (value: Value): Value =>
  typeof value === "string" && value.includes("{{") ? new Unknown("is worked out at run time") : value;

function* step(value: Value, at: string): Iterable<DocumentPart> {
  if (!isObject(value) || typeof value.action !== "string") {
    yield unseen(at, isUnknown(value) ? value.why : "what the step does is not known");
    return;
  }
  const inputs = isObject(value.inputs) ? value.inputs : {};
  const input = (name: string): Value => later(inputs[name] ?? null);
  switch (value.action) {
    case "aws:executeAwsApi":
      return yield* callParts(CHANNEL, String(inputs.Service), String(inputs.Api), laterWithin(inputs), `${at}.inputs`);
    case "aws:invokeLambdaFunction":
      return yield* callParts(CHANNEL, "lambda", "invoke", laterWithin(inputs), `${at}.inputs`);
    case "aws:executeStateMachine":
      return yield { at: `${at}.inputs.stateMachineArn`, value: input("stateMachineArn"), role: sends(CHANNEL, "arn") };
    case "aws:runCommand":
      if (inputs.OutputS3BucketName) {
        yield {
          at: `${at}.inputs.OutputS3BucketName`,
          value: input("OutputS3BucketName"),
          role: sends(CHANNEL, "bucket"),
        };
      }
      return;
    default:
      if (!NOTHING.has(value.action)) yield unseen(at, `the step ${value.action} is not modelled`);
  }
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
