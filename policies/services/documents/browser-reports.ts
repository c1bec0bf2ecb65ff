/** Headers by which a response tells browsers where to report to: pages, errors, what a policy has blocked. */
import { isObject, isUnknown } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { plugged } from "./holes";

const role = sends("cloudfront.browser-reports", "url", { why: "browsers report pages there" });

/** https://developer.mozilla.org/docs/Web/HTTP/Headers, "Reporting-Endpoints", "Report-To", "NEL", "Content-Security-Policy" */
const REPORTING = /^(?:reporting-endpoints|report-to|nel|expect-ct|content-security-policy(?:-report-only)?)$/i;

/** The addresses that a directive `report-uri` of a content security policy names. */
export const contentSecurityPolicy: DocumentReader = function* (policy) {
  const { text, unplug } = plugged(policy);
  if (isUnknown(text)) yield { at: "", value: text, role };
  if (typeof text !== "string") return;
  for (const directive of text.split(";")) {
    const [name, ...addresses] = directive.trim().split(/\s+/);
    if (name.toLowerCase() !== "report-uri") continue;
    for (const address of addresses)
      if (/^[a-z][a-z0-9+.-]*:/i.test(address)) yield { at: "", value: unplug(address), role };
  }
};

/** Any header of a response: the addresses in those that say where reports go. */
export const customHeader: DocumentReader = function* (item, resource, context) {
  if (isUnknown(item)) yield { at: "", value: item, role };
  if (!isObject(item)) return;
  const { header = null, value = null } = item;
  if (isUnknown(header)) yield { at: ".header", value: header, role };
  if (typeof header !== "string" || !REPORTING.test(header)) return;
  if (/^content-security/i.test(header)) {
    for (const part of contentSecurityPolicy(value, resource, context)) yield { ...part, at: ".value" };
    return;
  }
  const { text, unplug } = plugged(value);
  if (isUnknown(text)) yield { at: ".value", value: text, role };
  if (typeof text !== "string") return;
  for (const [address] of text.matchAll(/https?:\/\/[^\s"',;]+/gi))
    yield { at: ".value", value: unplug(address), role };
};
