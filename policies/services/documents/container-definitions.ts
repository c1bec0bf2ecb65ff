/** Container definitions of Amazon ECS and the container properties of AWS Batch. */
import { isList, isObject, isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { json } from "./json";
import { logParts } from "./log-driver";

/** Deeper than any definition goes: tasks, containers, a log configuration, its options. */
const MAX_DEPTH = 12;

/**
 * Yields where the containers' output goes. Images, secrets and environment files come in; what the code may reach is
 * bounded by the task's network and role
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definitions).
 */
export const containerDefinitions: DocumentReader = function* (document) {
  const definitions = json(document);
  if (isObject(definitions) || isList(definitions)) yield* within(definitions, "", 0);
  else yield unseen("", definitions);
};

const unseen = (at: string, value: Value): DocumentPart => ({
  at,
  value: isUnknown(value) ? value : new Unknown("the definition is no JSON object or list"),
  role: sends("container.logs", "any"),
});

/** Members that hold text for the containers, not containers. */
const OTHER = new Set(["environment", "secrets", "command", "entryPoint", "dockerLabels", "tags", "parameters"]);

function* within(value: Value, at: string, depth: number): Iterable<DocumentPart> {
  if (isUnknown(value)) yield unseen(at, value);
  if (depth > MAX_DEPTH) return;
  if (isList(value)) {
    for (let i = 0; i < value.length; i++) yield* within(value[i], `${at}[${i}]`, depth + 1);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      // The provider takes members with a capital first letter as well.
      const name = key.charAt(0).toLowerCase() + key.slice(1);
      const member = value[key];
      if (name === "logConfiguration") yield* logConfiguration(member, `${at}.${key}`);
      else if (!OTHER.has(name) && typeof member === "object" && member !== null && !isUnknown(member)) {
        yield* within(member, `${at}.${key}`, depth + 1);
      }
    }
  }
}

function* logConfiguration(value: Value, at: string): Iterable<DocumentPart> {
  if (value === null) return;
  if (!isObject(value)) {
    yield unseen(at, value);
    return;
  }
  const member = (name: string): Value => value[name] ?? value[name.charAt(0).toUpperCase() + name.slice(1)] ?? null;
  yield* logParts(member("logDriver"), member("options"), member("secretOptions"), at);
}
