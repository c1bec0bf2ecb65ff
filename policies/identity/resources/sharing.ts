/**
 * Shares of AWS Resource Access Manager: what is in them can be used by those they are shared with, wherever they are.
 * https://docs.aws.amazon.com/ram/latest/userguide/what-is.html
 */
import type { Resource } from "../../configuration/resource";
import { isUnknown, type Value } from "../../configuration/value";
import type { Flow, Step } from "../../flows/flow";
import { CLOSE, OPEN } from "../language/patterns";
import { adrift } from "../parties/adrift";
import type { Room } from "../requests/room";

const CHANNEL = "ram.share";

export function sharingFlows(room: Room): Flow[] {
  const { context } = room.input;
  const flows: Flow[] = [];
  for (const association of context.ofType("aws_ram_principal_association")) {
    const who = partyOf(room, association.values.principal ?? null);
    if (!who) continue;
    for (const share of sharesOf(room, association)) {
      for (const { resource, by } of contents(room, share)) flows.push(flowOf(association, share, resource, by, who));
    }
  }
  return flows;
}

interface Stranger {
  readonly id: string;
  readonly unless?: string;
}

const ORGANIZATION = /^arn:[^:]+:organizations::(\d{12}):(?:organization|ou)\/(o-[a-z0-9]+)/;

/** Who is meant, if not the owner. */
function partyOf(room: Room, value: Value): Stranger | undefined {
  const { owner, input } = room;
  if (isUnknown(value) && value.candidates) {
    const strangers = value.candidates.flatMap((one) => partyOf(room, one) ?? []);
    const [first] = strangers;
    return first && { id: first.id, ...(strangers.length < value.candidates.length && { unless: value.why }) };
  }
  const [term] = owner.names.terms(value);
  if (!term) return undefined;
  if (term.unsure !== undefined) return { id: "whoever the share is for", unless: term.unsure };
  const { text } = term;
  // Something of this configuration: an account or unit of the owner's organization, a principal of its own.
  if (text.startsWith(OPEN) && text.endsWith(CLOSE)) return undefined;
  const organization = ORGANIZATION.exec(text);
  if (organization)
    return input.world.isOurOrganization(organization[2]) || owner.owns(organization[1])
      ? undefined
      : { id: `organization ${organization[2]}` };
  const account = /^\d{12}$/.test(text) ? text : (/^arn:[^:]+:iam::([^:]*):/.exec(text)?.[1] ?? "");
  if (account.startsWith(OPEN) || (account !== "" && owner.owns(account))) return undefined;
  return { id: account === "" ? text : `account ${account}` };
}

/** The shares that an association is of; an ARN that is not this configuration's stands for one that may hold anything. */
function sharesOf(room: Room, association: Resource): Resource[] {
  const { context } = room.input;
  const shares = context
    .ofType("aws_ram_resource_share")
    .filter((share) =>
      context.referring("aws_ram_principal_association", "resource_share_arn", share).includes(association),
    );
  return shares.length > 0 ? shares : [association];
}

/** What is in a share; the share itself if that is not known. */
function contents(room: Room, share: Resource): { resource: Resource; by: Resource }[] {
  const { context } = room.input;
  const lost = adrift(context, "aws_ram_resource_association", "resource_share_arn");
  const associations = [...context.referring("aws_ram_resource_association", "resource_share_arn", share), ...lost];
  if (associations.length === 0) return share.type === "aws_ram_resource_share" ? [] : [{ resource: share, by: share }];
  return associations.flatMap((by) => {
    const denoted = context.denoted(by.values.resource_arn ?? null);
    return (denoted.length > 0 ? denoted : [by]).map((resource) => ({ resource, by }));
  });
}

function flowOf(association: Resource, share: Resource, resource: Resource, by: Resource, who: Stranger): Flow {
  const place = { id: who.id, countries: [] };
  const shared: Step = {
    from: resource.address,
    to: share.address,
    by,
    attribute: "resource_arn",
    why: `${by.address} puts it into a share`,
  };
  const given: Step = {
    from: share === resource ? resource.address : share.address,
    to: place.id,
    by: association,
    attribute: "principal",
    why: `the share can be used by ${who.id}`,
  };
  return {
    from: resource,
    channel: CHANNEL,
    to: { kind: "place", place },
    steps: share === resource ? [given] : [shared, given],
    ...(who.unless !== undefined && { unless: who.unless }),
  };
}
