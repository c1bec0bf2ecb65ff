/**
 * What names a model of Amazon Bedrock, or a profile that spreads requests over Regions: an ARN, or an id such as
 * `anthropic.claude-3-haiku-20240307-v1:0`, `eu.amazon.nova-pro-v1:0`, `eu.guardrail.v1:0`.
 */
import { isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { parseArn } from "../../geography/arn";
import { regions } from "../../geography/regions";

/**
 * Regions that a profile of a geography routes to, all models taken together (Amazon Bedrock User Guide, "Supported
 * Regions and models for inference profiles" and "Supported Regions for cross-Region guardrail inference"; `global`:
 * "all commercial Regions"). Where a document lists fewer for a model, more is assumed.
 */
export const GEOGRAPHIES: Readonly<Record<string, readonly string[]>> = {
  eu: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
  us: ["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
  "us-gov": ["us-gov-east-1", "us-gov-west-1"],
  ca: ["ca-central-1", "ca-west-1", "us-east-1", "us-east-2", "us-west-2"],
  jp: ["ap-northeast-1", "ap-northeast-3"],
  au: ["ap-southeast-2", "ap-southeast-4"],
  apac: [...regions.values()].flatMap(({ code, partition }) =>
    partition === "aws" && /^ap-/.test(code) ? [code] : [],
  ),
  global: [...regions.values()].flatMap(({ code, partition }) => (partition === "aws" ? [code] : [])),
};

/** Whose models Bedrock serves, as their ids begin; such a model answers in the Region that is asked. */
const PROVIDERS = new Set(
  "ai21 amazon anthropic cohere deepseek google luma meta minimax mistral moonshot moonshotai nvidia openai qwen stability twelvelabs writer zai".split(
    " ",
  ),
);

const routed = (value: Value): DocumentPart => ({
  at: "",
  value,
  role: sends("bedrock.inference", "region", { why: "prompts are answered there" }),
});

/** What an id without Region leads to. */
function* byId(id: string): Generator<DocumentPart> {
  const [first] = id.split(".");
  if (Object.hasOwn(GEOGRAPHIES, first)) {
    for (const region of GEOGRAPHIES[first]) yield routed(region);
  } else if (!PROVIDERS.has(first)) {
    yield routed(new Unknown(`${id} is a model or profile that is not known`));
  }
}

function* byName(text: string): Generator<DocumentPart> {
  const arn = parseArn(text);
  if (!arn) {
    yield* byId(text);
    return;
  }
  if (arn.region !== "") yield routed(arn.region);
  const [kind, ...rest] = arn.resource.split("/");
  // An ARN without Region stands for the model in all Regions that a global profile routes to.
  if (kind === "foundation-model" && arn.region === "") yield* byId("global.");
  if (kind === "inference-profile" || kind === "guardrail-profile") yield* byId(rest.join("/"));
  if (kind === "application-inference-profile" || kind.endsWith("prompt-router")) {
    yield routed(new Unknown(`${text} routes to models that it does not name`));
  }
  if (arn.account !== "" && arn.account !== "aws") {
    yield { at: "", value: text, role: sends("bedrock.inference", "arn", { why: "prompts are answered there" }) };
  }
}

/** Yields each Region, and the account, that prompts are sent to. A profile of this configuration says so itself. */
export const modelReference: DocumentReader = function* (model) {
  if (typeof model === "string") yield* byName(model);
  else if (isUnknown(model)) yield* byUnknown(model);
};

function* byUnknown(model: Unknown): Generator<DocumentPart> {
  const whole = inOwnAccount(model);
  if (whole !== undefined) yield* byName(whole);
  else yield { at: "", value: model, role: sends("bedrock.inference", "any", { why: "prompts are answered there" }) };
}

/** An ARN that is known but for its account, where that is the account of whoever applies; the account is left out. */
function inOwnAccount(model: Unknown): string | undefined {
  if (!model.parts) return undefined;
  const texts = model.parts.map((part) => (typeof part === "string" ? part : isCaller(part) ? "" : undefined));
  const text = texts.every((part) => part !== undefined) ? texts.join("") : "";
  return parseArn(text) ? text : undefined;
}

const isCaller = (hole: Unknown): boolean =>
  hole.exact &&
  hole.references.every(({ address, path }) => /\bdata\.aws_caller_identity\./.test(address) && path === "account_id");
