/**
 * Condition keys: which ones AWS defines, and which hold several values.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and, for single services,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { isService } from "./action";

/** Global keys whose value in a request is a set ("Multivalued" in the page above), and known ones of services. */
const MULTIPLE = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
  "aws:vpceorgpaths",
  "dynamodb:attributes",
  "dynamodb:leadingkeys",
  "cognito-identity.amazonaws.com:amr",
  "kms:encryptioncontextkeys",
  "kms:recipientattestation",
  "ram:principal",
  "ram:resourcesharename",
  "secretsmanager:addreplicaregions",
  "sts:transitivetagkeys",
]);

/**
 * Condition keys that AWS does not define may hold anything; what is no condition key (the action) holds one value. A key
 * of one call among several has that call's id behind it (`#kms`).
 */
export function isMultiple(name: string): boolean {
  const key = name.replace(/#\w+$/, "");
  return MULTIPLE.has(key) || (key.includes(":") && !isKnownKey(key));
}

/**
 * Keys of a service that say what a global key says: `kms:CallerAccount` is the "account that contains the principal",
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html.
 */
const SYNONYMS: ReadonlyMap<string, string> = new Map([["kms:calleraccount", "aws:principalaccount"]]);

/** A condition key as it is compared: names are case-insensitive, and of two names for one thing the global one counts. */
export function plainKey(written: string): string {
  const key = written.toLowerCase();
  return SYNONYMS.get(key) ?? key;
}

const GLOBAL = new Set(
  `assumedroot calledvia calledviafirst calledvialast chatbotsourcearn currenttime ec2instancesourceprivateipv4
  ec2instancesourcevpc epochtime federatedprovider ismcpserviceaction multifactorauthage
  multifactorauthpresent principalaccount principalarn principalisawsservice principalorgid principalorgpaths
  principalservicename principalservicenameslist principaltype referer requestedregion resourceaccount resourceorgid
  resourceorgpaths securetransport signinsessionarn sourceaccount sourcearn sourceidentity sourceip sourceorgid
  sourceorgpaths sourceowner sourcevpc sourcevpcarn sourcevpce tagkeys tokenissuetime useragent userid username
  viaawsmcpservice viaawsservice vpceaccount vpceorgid vpceorgpaths vpcsourceip`.split(/\s+/),
);
const TAGGED = /^aws:(principaltag|requesttag|resourcetag)\//;

/** Whether AWS defines the key, so that what it holds in a request is understood. */
export function isKnownKey(written: string): boolean {
  const key = written.toLowerCase();
  const colon = key.indexOf(":");
  const prefix = key.slice(0, colon);
  if (prefix === "aws") return GLOBAL.has(key.slice(4)) || TAGGED.test(key);
  // Identity providers give their own name to their keys: `token.actions.githubusercontent.com:sub`.
  return prefix === "saml" || prefix.includes(".") || prefix.includes("/") || isService(prefix);
}
