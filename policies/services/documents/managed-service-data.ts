/**
 * `managed_service_data` of a Firewall Manager policy: a JSON text per kind of policy, which may say where the firewalls
 * that it makes write their logs (AWS Firewall Manager API Reference, SecurityServicePolicyData).
 */
import { isList, isObject, isUnknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends, uses } from "../../flows/vocabulary";
import { json } from "./json";

/** Keys that name a destination, in any of the kinds. */
const DESTINATIONS: Readonly<Record<string, "any" | "bucket">> = {
  logDestinationConfigs: "any",
  logDestination: "any",
  bucketName: "bucket",
};

function* walk(value: Value, at: string): Generator<DocumentPart> {
  if (isUnknown(value)) {
    yield { at, value, role: sends("fms.logs", "any") };
  } else if (isList(value)) {
    for (let i = 0; i < value.length; i++) yield* walk(value[i], `${at}[${i}]`);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) yield* entry(key, value[key], `${at}.${key}`);
  }
}

function* entry(key: string, value: Value, at: string): Generator<DocumentPart> {
  const form = Object.hasOwn(DESTINATIONS, key) ? DESTINATIONS[key] : undefined;
  for (const one of isList(value) ? value : [value]) {
    if (form && (typeof one === "string" || isUnknown(one))) yield { at, value: one, role: sends("fms.logs", form) };
    else if (isUnknown(one)) yield { at, value: one, role: uses("part of the rules") };
    else yield* walk(one, at);
  }
}

/** Yields the destinations of logs; an unreadable document as a whole may name some. */
export const managedServiceData: DocumentReader = (document) => walk(json(document), "");
