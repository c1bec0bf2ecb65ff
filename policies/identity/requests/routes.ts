/** The ways to a bucket: directly, through the configuration's access points, and through access points of others. */
import { isUnknown } from "../../configuration/value";
import { type Atom, missing, outside, within } from "../language/atom";
import { type Document, readDocuments } from "../language/document";
import { glob, literal, OPEN } from "../language/patterns";
import type { Guard } from "../stores/guarded";
import { type AccessPoint, accessPoints, withoutPublic } from "./bucket";
import type { Room } from "./room";
import { type Call, keysOf } from "./statement";

export interface Route {
  readonly call: Call;
  readonly facts: readonly Atom[];
  /** A call that is made in the same request, and the documents of which one must allow it. */
  readonly also?: { readonly call: Call; readonly documents: readonly Document[] };
  /** Why the way may be closed. */
  readonly unless?: string;
  readonly via?: AccessPoint;
}

const nothing = (): boolean => false;
const ACCOUNT = "s3:dataaccesspointaccount";
const ARN = "s3:dataaccesspointarn";
const ORIGIN = "s3:accesspointnetworkorigin";

/** Policies of access points, which let other accounts in only together with the bucket's. */
export const POINT_CHANNEL = "s3.access-point-policy";

export function routesOf(room: Room, guard: Guard): Route[] {
  const { owner, input } = room;
  const call: Call = {
    id: "",
    base: guard.base,
    resource: guard.data,
    owns: nothing,
    variables: owner.variablesOf(guard.data),
  };
  if (guard.channel === POINT_CHANNEL)
    return [{ call, facts: [], unless: "the bucket's own policy is not in this configuration" }];
  if (guard.channel !== "s3.bucket-policy") return [{ call, facts: [] }];
  const direct: Route = { call, facts: [missing(ARN), missing(ACCOUNT), missing(ORIGIN)] };
  const accounts = [glob(`${OPEN}*`), ...owner.accounts.map((id) => literal(id))];
  const arns = [`${OPEN}*`, ...owner.accounts].map((id) => glob(`arn:*:*:*:${id}:*`));
  const foreign: Route = { call, facts: [outside(ACCOUNT, accounts, false), outside(ARN, arns, false)] };
  const own = accessPoints(guard.data, input.context, owner.names).map((point) => through(point, call, room));
  return [direct, ...own.filter((route) => route !== undefined), foreign];
}

function through(point: AccessPoint, call: Call, room: Room): Route | undefined {
  const { owner } = room;
  // Its requests come only from a VPC of the owner's; who is in there is the network's question.
  const { vpc } = point;
  if (vpc !== undefined && (isUnknown(vpc) ? vpc.resource !== undefined : owner.isInside(String(vpc))))
    return undefined;
  const documents = point.policies.flatMap(([by, attribute, value]) =>
    readDocuments(value, { by, attribute }, owner.names),
  );
  const account = owner.names.accountOf(point.resource);
  const named = account.startsWith(OPEN) ? owner.accounts : [];
  const pointCall: Call = {
    id: "#point",
    sharesAction: true,
    base: point.arn,
    resource: point.resource,
    owns: nothing,
    variables: owner.variablesOf(point.resource),
  };
  return {
    call,
    facts: [
      within(
        ACCOUNT,
        [account, ...named].map((id) => literal(id)),
      ),
      within(
        ARN,
        [point.arn, ...named.map((id) => point.arn.replace(account, id))].map((arn) => literal(arn)),
      ),
      within(ORIGIN, [literal(vpc === undefined ? "Internet" : "VPC")]),
      within(keysOf(pointCall).resource, [glob("*")]),
    ],
    also: { call: pointCall, documents: point.blocked === "yes" ? documents.map(withoutPublic) : documents },
    via: point,
    ...(typeof point.blocked === "object" && { unless: point.blocked.unless }),
  };
}
