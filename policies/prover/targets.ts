/** What the text at an attribute names: a resource of this configuration, a place, a party, or something undeterminable. */
import type { Resource, UndecidedReason } from "../configuration/resource";
import { isUnknown, Unknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import type { TargetForm } from "../flows/vocabulary";
import { type Cidr, contains, isUnrouted, parseCidr } from "../geography/addresses";
import { type Arn, parseArn } from "../geography/arn";
import { parseAwsHost } from "../geography/hosts";
import { internet, type Place, placeOfRegion, placeOfZone, type Side } from "../geography/place";
import type { World } from "../geography/world";

export type Target =
  | { readonly kind: "resource"; readonly resource: Resource; readonly possibly?: string }
  | { readonly kind: "place"; readonly place: Place; readonly side: Side; readonly possibly?: string }
  | { readonly kind: "undetermined"; readonly reason: UndecidedReason; readonly why: string };

export interface Surroundings {
  readonly resource: Resource;
  readonly context: Context;
  readonly world: World;
  /** Account and region named beside the value, for texts that carry none. */
  readonly account?: Value;
  readonly region?: Value;
}

/** All that a value may name; a list is the caller's to walk. */
export function targetsOf(value: Value, form: TargetForm, around: Surroundings): Target[] {
  if (value === null || value === false || value === "") return [];
  if (isUnknown(value)) return unknownTargets(value, form, around);
  return [literalTarget(typeof value === "string" ? value : String(value), form, around)];
}

function unknownTargets(value: Unknown, form: TargetForm, around: Surroundings): Target[] {
  if (value.candidates) {
    const each = value.candidates.map((candidate) =>
      Array.isArray(candidate)
        ? candidate.flatMap((item) => targetsOf(item, form, around))
        : targetsOf(candidate, form, around),
    );
    // Certain if whichever it is leads out; one that is null or empty leads nowhere.
    const certain =
      each.length > 0 &&
      each.every((targets) => targets.length > 0 && targets.every((target) => sideOf(target) === "outside"));
    return certain ? each.flat() : each.flat().map((target) => possibly(target, value.why));
  }
  const denoted = around.context.denoted(value);
  if (denoted.length > 0) return denoted.flatMap((resource) => resourceTarget(resource, form, around));
  const alike = sameText(value, around);
  if (alike) return [{ kind: "resource", resource: alike }];
  if (value.parts) {
    const text = value.parts.map((part) => (typeof part === "string" ? part : HOLE)).join("");
    const partly = templateTarget(text, value, form, around);
    if (partly) return [partly];
  }
  const bounding = boundedBy(value);
  if (bounding) return bounding.map((resource) => ({ kind: "resource", resource, possibly: value.why }));
  const from = value.references.map((reference) => reference.address);
  return [
    from.length > 0
      ? { kind: "undetermined", reason: "unresolved-reference", why: `comes from ${from.join(", ")}: ${value.why}` }
      : { kind: "undetermined", reason: "unknown-value", why: value.why },
  ];
}

/** More than this many resources bound nothing that would be worth reading. */
const MOST_BOUNDING = 24;

/**
 * A value of which only the references are known, as in a plan, is taken to be one of the resources referred to, if it
 * refers to nothing but resources of this configuration. Where the expression itself is known (`--config`), it decides.
 */
function boundedBy({ parts, references }: Unknown): readonly Resource[] | undefined {
  if (parts || references.length === 0) return undefined;
  const resources = new Set(references.flatMap((reference) => reference.resources));
  const configured = ({ mode, type }: Resource) => mode === "managed" && type.startsWith("aws_");
  const whole = references.every((reference) => reference.resources.length > 0) && [...resources].every(configured);
  return whole && resources.size <= MOST_BOUNDING ? [...resources] : undefined;
}

/**
 * A bucket whose name is partly unknown (`"logs-${random_id.x.hex}"`) and that is named elsewhere by the very same
 * template, with or without an ARN's head before it.
 */
function sameText(value: Unknown, around: Surroundings): Resource | undefined {
  const wanted = templateText(value)
    ?.replace(/^arn:[a-z-]+:s3:::/, "")
    .replace(/\/.*$/s, "");
  if (wanted === undefined) return undefined;
  return around.context
    .ofType("aws_s3_bucket")
    .find(({ values: { bucket } }) => isUnknown(bucket) && templateText(bucket) === wanted);
}

/** A template with the addresses of what fills its holes; undefined if a hole is filled by anything but an attribute. */
function templateText({ parts }: Unknown): string | undefined {
  let text = "";
  for (const part of parts ?? [new Unknown("no template")]) {
    if (typeof part === "string") text += part;
    else if (part.exact && part.references.length === 1) {
      const [{ address, path }] = part.references;
      text += `${HOLE}${address}.${path}${HOLE}`;
    } else return undefined;
  }
  return text;
}

/** Stands for the unknown part of a template; no ARN, URL or host holds it. */
const HOLE = "\u0000";

/** A template whose known text already says where it leads: an ARN with region and account, a URL with its host. */
function templateTarget(text: string, value: Unknown, form: TargetForm, around: Surroundings): Target | undefined {
  const arn = parseArn(text);
  if (arn && !`${arn.partition}${arn.service}${arn.region}${arn.account}`.includes(HOLE)) {
    if (arn.service === "s3" && arn.account === "") {
      const holes = value.parts?.filter((part) => typeof part !== "string") ?? [];
      const [hole] = holes;
      if (holes.length === 1 && arn.resource.split("/")[0] === HOLE)
        return targetsOf(hole as Unknown, "bucket", around)[0];
      return undefined;
    }
    return arnTarget(arn, text, around);
  }
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(text)?.[1];
  if (host && !host.includes(HOLE) && (form === "url" || form === "any" || form === "host")) {
    return hostTarget(host.replace(/^[^@]*@/, "").replace(/:\d+$/, ""), around);
  }
  return undefined;
}

/** Lookups of principals of the account that the provider works in, which is no other party than who applies. */
const OF_THE_ACCOUNT = new Set([
  "aws_caller_identity",
  "aws_iam_group",
  "aws_iam_role",
  "aws_iam_roles",
  "aws_iam_session_context",
  "aws_iam_user",
  "aws_iam_users",
]);

/** A data source denotes something that exists already: what its own arguments say of it. */
function resourceTarget(resource: Resource, form: TargetForm, around: Surroundings): Target[] {
  if (resource.mode !== "data") return [{ kind: "resource", resource }];
  if (resource.type === "aws_s3_bucket") {
    const bucket = resource.values.bucket;
    return targetsOf(bucket ?? null, "bucket", around);
  }
  if (form === "principal" && OF_THE_ACCOUNT.has(resource.type)) return [];
  return [
    {
      kind: "undetermined",
      reason: "unresolved-reference",
      why: `${resource.address} looks up something that is not in this configuration`,
    },
  ];
}

function literalTarget(text: string, form: TargetForm, around: Surroundings): Target {
  const { world } = around;
  switch (form) {
    case "arn":
    case "bucket-arn": {
      const arn = parseArn(text);
      if (arn) return arnTarget(arn, text, around);
      return form === "bucket-arn" ? bucketTarget(text, around) : idTarget(text, around);
    }
    case "bucket":
      return text.startsWith("arn:") ? literalTarget(text, "arn", around) : bucketTarget(text, around);
    case "url": {
      // Browsers and libraries disagree about a backslash: some take it for the end of the host, none for a part of it.
      const [, host, path = ""] =
        /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/)?(?:[^/?#@\\]*@)?(\[[^\]]*\]|[^/?#:\\]+)(?::\d+)?(.*)$/i.exec(text) ?? [];
      if (host === undefined) return { kind: "place", place: { id: text, countries: [] }, side: "outside" };
      // A queue's URL carries its owner as the first part of the path (Amazon SQS Developer Guide, "Queue URLs").
      const account = /^\/(\d{12})(?:\/|$)/.exec(path)?.[1];
      return hostTarget(host.replace(/^\[|\]$/g, ""), account === undefined ? around : { ...around, account });
    }
    case "host":
      return hostTarget(text.replace(/^(\[[^\]]*\]|[^:]*):\d+$/, "$1").replace(/^\[(.*)\]$/, "$1"), around);
    case "email":
      return vouchedOr(text, around, { id: text, countries: [] });
    case "phone":
      return vouchedOr(text, around, { id: text, countries: [] });
    case "region": {
      const place = placeOfRegion(text);
      return { kind: "place", place, side: world.sideOf(place) };
    }
    case "zone": {
      const place = placeOfZone(text);
      return { kind: "place", place, side: world.sideOf(place) };
    }
    case "account":
      return accountTarget(text, around);
    case "principal":
      return principalTarget(text, around);
    case "cidr":
      return vouchedOr(text, around, { id: text, countries: [] });
    case "id":
      return idTarget(text, around);
    case "any":
      return sniffed(text, around);
  }
}

function arnTarget(arn: Arn, text: string, around: Surroundings): Target {
  const { world, context } = around;
  const inConfiguration = context.denoted(text);
  if (inConfiguration.length === 1) return { kind: "resource", resource: inConfiguration[0] };
  const vouched = vouchedTarget(text, around);
  if (vouched) return vouched;
  if (arn.service === "outposts") {
    const place = world.outpost(text) ?? { id: text, countries: undefined };
    return { kind: "place", place, side: world.sideOf(place) };
  }
  const region = arn.region || (typeof around.region === "string" ? around.region : "");
  const account = arn.account || (typeof around.account === "string" ? around.account : "");
  if (region !== "") {
    const place = placeOfRegion(region);
    const side = world.sideOf(place);
    if (side !== "inside") return { kind: "place", place, side };
  }
  if (account !== "" && account !== "aws") {
    if (!/^\d{12}$/.test(account))
      return { kind: "undetermined", reason: "unknown-value", why: `${text} names no account` };
    if (!world.controls(account)) return accountTarget(account, around);
  }
  if (arn.service === "s3" && arn.account === "") return bucketTarget(arn.resource.split("/")[0], around);
  const onward = waysOn(arn, text);
  if (onward) return onward;
  if (region === "" && account === "") {
    return {
      kind: "undetermined",
      reason: "unknown-value",
      why: `${text} carries neither region nor account; the trust file can vouch for it`,
    };
  }
  const place =
    region === "" ? { id: `account ${account}`, countries: [...world.boundary.countries] } : placeOfRegion(region);
  return { kind: "place", place, side: world.sideOf(place) };
}

/**
 * Resources that are nothing but a way on, whosoever they are: chat channels and mailboxes (AWS User Notifications User
 * Guide, "Delivery channels"), devices (Amazon SNS Developer Guide, "Mobile push notifications"), and HTTPS endpoints
 * of which the ARN says nothing (Amazon EventBridge User Guide, "API destinations"), and appliances that serve files
 * where they stand, on premises or in EC2 (S3 File Gateway User Guide, "How Amazon S3 File Gateway works").
 */
function waysOn({ service, region, resource }: Arn, text: string): Target | undefined {
  const people =
    service === "chatbot" ||
    service === "notifications-contacts" ||
    (service === "sns" && resource.startsWith("endpoint/"));
  // "Routes requests over the AWS global network with AWS Global Accelerator" (Amazon S3 User Guide, "Managing
  // multi-Region traffic with Multi-Region Access Points"), which are the access points whose ARN has no Region.
  const worldwide = service === "s3" && region === "" && resource.startsWith("accesspoint/");
  if (people || worldwide) return { kind: "place", place: { id: text, countries: [] }, side: "outside" };
  const does = NOT_TOLD.find(([name, prefix]) => service === name && resource.startsWith(prefix))?.[2];
  if (does === undefined) return undefined;
  const why = `${text} ${does} that is not in this configuration; the trust file can vouch for it`;
  return { kind: "undetermined", reason: "unresolved-reference", why };
}

/** Services and the beginnings of resources whose ARN does not tell where they lead, with what they do. */
const NOT_TOLD: readonly (readonly [service: string, prefix: string, does: string])[] = [
  ["events", "api-destination/", "posts to an HTTPS endpoint"],
  ["storagegateway", "gateway/", "serves what is stored from an appliance"],
];

/** Bucket names are unique in the world but say neither where nor whose the bucket is (Amazon S3 User Guide, "General purpose bucket naming rules"). */
function bucketTarget(name: string, around: Surroundings): Target {
  const buckets = around.context.ofType("aws_s3_bucket").filter((bucket) => bucket.values.bucket === name);
  if (buckets.length > 0) return { kind: "resource", resource: buckets[0] };
  const vouched = vouchedTarget(`arn:aws:s3:::${name}`, around) ?? vouchedTarget(name, around);
  if (vouched) return vouched;
  if (typeof around.account === "string" && !around.world.controls(around.account))
    return accountTarget(around.account, around);
  if (typeof around.region === "string") {
    const place = placeOfRegion(around.region);
    if (around.world.sideOf(place) !== "inside") return { kind: "place", place, side: around.world.sideOf(place) };
  }
  return {
    kind: "undetermined",
    reason: "unresolved-reference",
    why: `bucket ${name} is not in this configuration, and its name says neither region nor account; the trust file can vouch for arn:aws:s3:::${name}`,
  };
}

function hostTarget(host: string, around: Surroundings): Target {
  const vouched = vouchedTarget(host, around);
  if (vouched) return vouched;
  const address = parseCidr(host);
  if (isLoopback(host)) {
    const statement = "is the sending machine itself; what is sent there stays where the sender runs";
    around.world.assume({ subject: host, statement, source: "model" });
    return { kind: "place", place: { id: host, countries: [...around.world.boundary.countries] }, side: "inside" };
  }
  if (address && isUnrouted(address)) {
    const [vpc, ...others] = around.context.ofType("aws_vpc").filter((one) => holdsAddress(one, address));
    if (vpc && others.length === 0) return { kind: "resource", resource: vpc };
    const why = `${host} is a private address: whose network it is can't be read from it; the trust file can vouch for it`;
    return { kind: "undetermined", reason: "unresolved-reference", why };
  }
  const aws = parseAwsHost(host);
  if (!aws) return { kind: "place", place: { id: host, countries: [] }, side: "outside" };
  if (aws.bucket) return bucketTarget(aws.bucket, { ...around, region: aws.region ?? null });
  const place = aws.region ? placeOfRegion(aws.region) : { id: host, countries: [] };
  const side = around.world.sideOf(place);
  if (side !== "inside") return { kind: "place", place, side };
  const account = aws.account ?? (typeof around.account === "string" ? around.account : undefined);
  if (account !== undefined)
    return around.world.controls(account) ? { kind: "place", place, side } : accountTarget(account, around);
  return {
    kind: "undetermined",
    reason: "unresolved-reference",
    why: `${host} stands in ${aws.region}, but whose it is can't be read from its name; the trust file can vouch for it`,
  };
}

/**
 * Whether a VPC's main range holds an address. Who sends there from within the VPC stays in it: a route for a part of
 * that range can lead only to machines of the VPC itself ("More specific routes", "Route tables", Amazon VPC User Guide).
 */
function holdsAddress({ mode, values }: Resource, address: Cidr): boolean {
  const range = typeof values.cidr_block === "string" ? parseCidr(values.cidr_block) : undefined;
  return mode === "managed" && range !== undefined && contains(range, address);
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);

function accountTarget(account: string, around: Surroundings): Target {
  if (/^\d{12}$/.test(account) && around.world.controls(account)) {
    const place = { id: `account ${account}`, countries: [...around.world.boundary.countries] };
    return { kind: "place", place, side: "inside" };
  }
  return { kind: "place", place: { id: `account ${account}`, countries: [] }, side: "outside" };
}

/** Ids that mean everybody, in the several spellings of AWS's sharing interfaces. */
const EVERYBODY = new Set(["*", "all", "All", "ALL", "public", "Everyone"]);

function principalTarget(text: string, around: Surroundings): Target {
  if (EVERYBODY.has(text)) return { kind: "place", place: { id: "anyone", countries: [] }, side: "outside" };
  if (/^\d{12}$/.test(text)) return accountTarget(text, around);
  const organization = /^(?:arn:[^:]*:organizations::\d{12}:(?:organization|ou)\/)?(o-[a-z0-9]{10,32})(?:\/.*)?$/.exec(
    text,
  )?.[1];
  if (organization) {
    if (around.world.isOurOrganization(organization)) {
      const place = { id: `organization ${organization}`, countries: [...around.world.boundary.countries] };
      return { kind: "place", place, side: "inside" };
    }
    return { kind: "place", place: { id: `organization ${organization}`, countries: [] }, side: "outside" };
  }
  const arn = parseArn(text);
  if (arn?.account && /^\d{12}$/.test(arn.account)) return accountTarget(arn.account, around);
  return vouchedOr(text, around, { id: text, countries: [] });
}

function idTarget(text: string, around: Surroundings): Target {
  const denoted = around.context.denoted(text);
  if (denoted.length > 0) return { kind: "resource", resource: denoted[0] };
  return vouchedOr(text, around, { id: text, countries: undefined });
}

function sniffed(text: string, around: Surroundings): Target {
  if (parseArn(text)) return literalTarget(text, "arn", around);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return literalTarget(text, "url", around);
  if (/^\d{12}$/.test(text)) return literalTarget(text, "account", around);
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) return literalTarget(text, "email", around);
  if (/^\+\d{6,15}$/.test(text)) return literalTarget(text, "phone", around);
  if (/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text)) return literalTarget(text, "region", around);
  if (parseCidr(text)) return literalTarget(text, "cidr", around);
  if (/^[\w-]+(\.[\w-]+)+\.?$/.test(text)) return literalTarget(text, "host", around);
  return idTarget(text, around);
}

function vouchedTarget(id: string, around: Surroundings): Target | undefined {
  const trusted = around.world.vouched(id);
  if (!trusted) return undefined;
  if (trusted.account !== undefined && !around.world.controls(trusted.account))
    return accountTarget(trusted.account, around);
  const place: Place = trusted.region
    ? { ...placeOfRegion(trusted.region), id }
    : { id, countries: trusted.country === undefined ? undefined : [trusted.country] };
  return { kind: "place", place, side: around.world.sideOf(place) };
}

const vouchedOr = (id: string, around: Surroundings, otherwise: Place): Target =>
  vouchedTarget(id, around) ?? { kind: "place", place: otherwise, side: "outside" };

export const theInternet = (): Target => ({ kind: "place", place: internet, side: "outside" });

const sideOf = (target: Target): Side | undefined => (target.kind === "place" ? target.side : undefined);
const possibly = (target: Target, why: string): Target =>
  target.kind === "undetermined" ? target : { ...target, possibly: why };
