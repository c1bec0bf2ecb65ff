/**
 * The content of a contact flow: actions in the language of Amazon Connect flows (Amazon Connect Administrator Guide,
 * "Flow language"; each action's parameters stand in the API Reference, "Actions in the Flow language").
 */
import { isList, isObject, isUnknown, Unknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, type Role, sends, type TargetForm } from "../../flows/vocabulary";
import { json } from "./json";

const role = (form: TargetForm): Role =>
  sends("connect.flow", form, { why: "the conversation, or a part of it, goes there" });

/** Parameters that name where the conversation goes, in whichever action they stand. */
const NAMED: Readonly<Record<string, TargetForm>> = {
  LambdaFunctionARN: "arn",
  AliasArn: "arn",
  ThirdPartyPhoneNumber: "phone",
  ThirdPartyDNIS: "phone",
  Region: "region",
  DestinationEndpoint: "any",
};

/** Texts of any other parameter that look like a place. */
const PLACE = /^(?:arn:|[a-z][a-z0-9+.-]*:\/\/|\+\d{6,15}$|[^@\s]+@[^@\s]+\.[^@\s]+$)/i;

function* parameter(key: string, value: Value, at: string): Generator<DocumentPart> {
  const form = Object.hasOwn(NAMED, key) ? NAMED[key] : undefined;
  if (isUnknown(value)) yield { at, value, role: role(form ?? "any") };
  else if (isList(value)) for (let i = 0; i < value.length; i++) yield* parameter(key, value[i], `${at}[${i}]`);
  else if (isObject(value)) for (const name of Object.keys(value)) yield* parameter(name, value[name], `${at}.${name}`);
  else if (typeof value === "string" && form && value.startsWith("$."))
    yield { at, value: new Unknown(`${value} is known during the conversation only`), role: role(form) };
  else if (typeof value === "string" && (form || PLACE.test(value))) yield { at, value, role: role(form ?? "any") };
}

/** Yields what the actions of a flow name. */
export const contactFlow: DocumentReader = function* (content) {
  const flow = json(content);
  if (isUnknown(flow)) yield { at: "", value: flow, role: role("any") };
  if (!isObject(flow) || !isList(flow.Actions)) return;
  for (let i = 0; i < flow.Actions.length; i++) {
    const action = flow.Actions[i];
    if (isUnknown(action)) yield { at: `.Actions[${i}]`, value: action, role: role("any") };
    else if (isObject(action)) yield* parameter("Parameters", action.Parameters ?? null, `.Actions[${i}].Parameters`);
  }
};
