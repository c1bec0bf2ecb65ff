/** The Amazon States Language: the definition of a state machine (https://states-language.net/spec.html). */
import { isList, isObject, isUnknown, Unknown, type Value, type Values } from "../../configuration/value";
import { type DescribedInterface, type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { json } from "./json";
import { runTask } from "./run-task";
import { callParts } from "./service-calls";

const CHANNEL = "states.task";
const unseen = (at: string, value: Value): DocumentPart => ({ at, value, role: sends(CHANNEL, "any") });

/**
 * Yields where each task of a state machine sends its input: functions and activities by ARN, other services by the
 * parameters of their calls (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html). Tasks are
 * looked for at every depth: in branches of parallel states, in processors, readers and writers of map states.
 */
export const statesLanguage: DocumentReader = function* (document) {
  const definition = json(document);
  if (!isObject(definition)) {
    yield unseen("", isUnknown(definition) ? definition : new Unknown("the definition is no object"));
    return;
  }
  for (const { value, at } of pieces(definition)) {
    if (isUnknown(value)) yield unseen(at, value);
    else yield* task(value, at);
  }
};

/** The network interfaces of the ECS tasks that a state machine runs. */
export function* taskInterfaces(document: Value): Iterable<DescribedInterface> {
  for (const { value, at } of pieces(json(document))) {
    if (isUnknown(value) || typeof value.Resource !== "string") continue;
    if (!/^arn:[^:]+:states:::(?:aws-sdk:)?ecs:runTask(?:\.|$)/.test(value.Resource)) continue;
    const name = value.Arguments === undefined ? "Parameters" : "Arguments";
    yield* runTask(value[name] ?? null, `${at}.${name}`);
  }
}

/** The tasks of a definition, and whatever in it is not known. */
function* pieces(definition: Value): Iterable<{ value: Values | Unknown; at: string }> {
  const open: { value: Value; at: string }[] = [{ value: definition, at: "" }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, at } = next;
    if (isUnknown(value)) yield { value, at };
    else if (isList(value)) open.push(...value.map((item, i) => ({ value: item, at: `${at}[${i}]` })));
    else if (isObject(value)) {
      if (Object.hasOwn(value, "Resource")) yield { value, at };
      for (const key of Object.keys(value)) {
        const below = value[key];
        // Its keys are names that the author chose, "Result" and "Resource" among them.
        if (key === "States" && isObject(below)) open.push(...statesOf(below, `${at}.States`));
        else if (!PAYLOAD.has(key)) open.push({ value: below, at: `${at}.${key}` });
      }
    }
  }
}

const statesOf = (states: Values, at: string) =>
  Object.keys(states).map((name) => ({ value: states[name], at: `${at}.${name}` }));

/** What a state says about its data and its errors: no state stands below it, and no place that data is sent to. */
const PAYLOAD = new Set([
  "Arguments",
  "Assign",
  "BatchInput",
  "Cause",
  "Catch",
  "Choices",
  "Comment",
  "Credentials",
  "Error",
  "InputPath",
  "ItemSelector",
  "Items",
  "ItemsPath",
  "Output",
  "OutputPath",
  "Parameters",
  "Resource",
  "Result",
  "ResultPath",
  "ResultSelector",
  "Retry",
  "Seconds",
  "Timestamp",
]);

function* task(state: Values, at: string): Iterable<DocumentPart> {
  const resource = state.Resource;
  const parameters = state.Arguments ?? state.Parameters ?? null;
  // With credentials the task acts as a role, which may be of another account: what it handles is in that account.
  if (isObject(state.Credentials)) {
    for (const key of Object.keys(state.Credentials)) {
      const literal = key === "RoleArn" && !isExpressionText(state.Credentials[key]);
      yield unseen(
        `${at}.Credentials.${key}`,
        literal ? state.Credentials[key] : new Unknown("the role is chosen at run time"),
      );
    }
  }
  if (typeof resource !== "string") {
    yield unseen(`${at}.Resource`, resource);
    return;
  }
  const call = /^arn:[^:]+:states:::(?:aws-sdk:)?([A-Za-z0-9]+):(.+)$/.exec(resource);
  if (call) yield* callParts(CHANNEL, call[1], call[2], parameters, at);
  else
    yield {
      at: `${at}.Resource`,
      value: isExpressionText(resource) ? new Unknown("is chosen at run time") : resource,
      role: sends(CHANNEL, "arn"),
    };
}

const isExpressionText = (value: Value): boolean => typeof value === "string" && value.trimStart().startsWith("{%");
