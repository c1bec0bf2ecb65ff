/**
 * Workflows of EC2 Image Builder: YAML whose steps build, test and distribute images
 * (https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-step-actions.html).
 */
import { isList, isObject, isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends, type TargetForm } from "../../flows/vocabulary";
import { yaml } from "./yaml";

const CHANNEL = "imagebuilder.workflow";

/** Actions that only do something with the building machine or with the image where it is. */
const HERE = new Set([
  "BootstrapInstanceForContainer",
  "CollectImageMetadata",
  "CollectImageScanFindings",
  "CreateImage",
  "ExecuteComponents",
  "LaunchInstance",
  "RegisterImage",
  "RunCommand",
  "RunSysPrep",
  "SanitizeInstance",
  "TerminateInstance",
  "WaitForSSMAgent",
]);

/** Inputs of the other actions that name a Region, an account, a bucket, or what is told or called. */
const INPUTS: Readonly<Record<string, TargetForm>> = {
  accountId: "account",
  amiAccountId: "account",
  organizationArns: "principal",
  organizationalUnitArns: "principal",
  region: "region",
  s3Bucket: "bucket",
  snsTopicArn: "arn",
  stateMachineArn: "arn",
  targetAccountIds: "account",
  userGroups: "principal",
  userIds: "principal",
};
const OTHERS = new Set([
  "ApplyImageConfigurations",
  "DistributeImage",
  "ExecuteStateMachine",
  "ModifyImageAttributes",
  "WaitForAction",
]);

const unseen = (at: string, why: string): DocumentPart => ({
  at,
  value: new Unknown(why),
  role: sends(CHANNEL, "any"),
});

/** Yields whom the steps tell, whom they call, and where they put images. */
export const imageWorkflow: DocumentReader = function* (document) {
  const content = yaml(document);
  if (!isObject(content)) {
    yield unseen("", isUnknown(content) ? content.why : "the workflow is not a YAML map");
    return;
  }
  const steps = content.steps ?? null;
  if (!isList(steps)) {
    yield unseen(".steps", isUnknown(steps) ? steps.why : "the workflow has no list of steps");
    return;
  }
  for (let i = 0; i < steps.length; i++) yield* step(steps[i], `.steps[${i}]`);
};

function* step(value: Value, at: string): Generator<DocumentPart> {
  const action = isObject(value) ? value.action : undefined;
  if (!isObject(value) || typeof action !== "string") yield unseen(at, "what the step does is not known");
  else if (OTHERS.has(action)) yield* inputs(value.inputs ?? null, `${at}.inputs`);
  else if (!HERE.has(action)) yield unseen(at, `the step ${action} is not modelled`);
}

function* inputs(value: Value, at: string): Generator<DocumentPart> {
  if (isUnknown(value)) yield unseen(at, value.why);
  else if (isList(value)) for (let i = 0; i < value.length; i++) yield* inputs(value[i], `${at}[${i}]`);
  else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      // `distributions.$` takes the input from a step before or from the image's own settings.
      if (key.endsWith(".$")) yield unseen(`${at}.${key}`, "is worked out when the workflow runs");
      else if (Object.hasOwn(INPUTS, key)) yield* named(value[key], `${at}.${key}`, INPUTS[key]);
      else if (typeof value[key] === "object") yield* inputs(value[key], `${at}.${key}`);
    }
  }
}

function* named(value: Value, at: string, form: TargetForm): Generator<DocumentPart> {
  for (const one of isList(value) ? value : [value]) {
    const late = typeof one === "string" && one.includes("{{");
    if (late) yield unseen(at, "is worked out when the workflow runs");
    else yield { at, value: one, role: sends(CHANNEL, form, { why: "the workflow puts the image there" }) };
  }
}
