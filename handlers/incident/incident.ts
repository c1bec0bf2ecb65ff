/** A call that CloudTrail recorded, as an incident: what happened, who did it, where, and what the proof says of it. */
import { isRead, type Kind, kindOfChange } from "./calls";
import { identifiersIn } from "./identifiers";
import type { Proof, Standing } from "./proof";

/**
 * The record of a call, as far as incidents read it:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CallRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly vpcEndpointId?: string;
  readonly recipientAccountId?: string;
  readonly errorCode?: string;
  readonly userIdentity: {
    readonly type: string;
    readonly arn?: string;
    readonly accountId?: string;
    readonly invokedBy?: string;
    readonly sessionContext?: {
      readonly sessionIssuer?: { readonly arn?: string };
      readonly sourceIdentity?: string;
    };
  };
  readonly requestParameters?: unknown;
  readonly responseElements?: unknown;
  readonly resources?: readonly { readonly ARN?: string }[] | null;
}

/** Something that a call was about. */
export interface Touched {
  /** What AWS calls it. */
  readonly name: string;
  /** Its address in the configuration that was proved; absent if the proof knows no such thing. */
  readonly address?: string;
  readonly standing: Standing;
}

export interface Incident {
  /** The id of the recorded call. */
  readonly id: string;
  readonly kind: Kind;
  readonly what: { readonly service: string; readonly call: string; readonly outcome: string };
  readonly who: {
    /** The principal, or the service that acted by itself. */
    readonly principal: string;
    /** The role whose session it is. */
    readonly role?: string;
    /** Who stands behind the session, where it was said when the role was taken on. */
    readonly identity?: string;
  };
  readonly where: {
    readonly account: string;
    readonly region: string;
    readonly address?: string;
    readonly endpoint?: string;
    readonly client?: string;
  };
  readonly when: string;
  readonly touched: readonly Touched[];
  /** The verdict on the whole, and when it was reached. */
  readonly proof: Proof["summary"];
}

/** Whose reads need no incident: ARNs of roles that are let read, each by a gateway or a service of the sites. */
export type Approved = ReadonlySet<string>;

/** @returns undefined for a call that is none */
export function incidentOf(record: CallRecord, approved: Approved, proof: Proof): Incident | undefined {
  const kind = kindOf(record, approved);
  if (kind === undefined) return undefined;
  const { userIdentity: by } = record;
  const role = by.sessionContext?.sessionIssuer?.arn;
  return {
    id: record.eventID,
    kind,
    what: {
      service: record.eventSource.replace(/\.amazonaws\.com$/, ""),
      call: record.eventName,
      outcome: record.errorCode ?? "done",
    },
    who: {
      principal: by.arn ?? by.invokedBy ?? by.type,
      ...(role !== undefined && { role }),
      ...optional("identity", by.sessionContext?.sourceIdentity),
    },
    where: {
      account: record.recipientAccountId ?? by.accountId ?? "unknown",
      region: record.awsRegion,
      ...optional("address", record.sourceIPAddress),
      ...optional("endpoint", record.vpcEndpointId),
      ...optional("client", record.userAgent),
    },
    when: record.eventTime,
    touched: identifiersIn(record).map((name) => ({ name, ...proof.of(name) })),
    proof: proof.summary,
  };
}

const optional = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;

/** Services of AWS read and change grants all the time in carrying out what was asked of them. */
const byService = ({ userIdentity: { type, invokedBy } }: CallRecord): boolean =>
  type === "AWSService" || invokedBy !== undefined;

function kindOf(record: CallRecord, approved: Approved): Kind | undefined {
  const { eventSource, eventName, userIdentity } = record;
  const change = kindOfChange(eventSource, eventName);
  if (change !== undefined) return change === "key policies" && isServiceGrant(record) ? undefined : change;
  if (!isRead(eventSource, eventName) || byService(record)) return undefined;
  const role = userIdentity.sessionContext?.sessionIssuer?.arn;
  return role !== undefined && approved.has(role) ? undefined : "unapproved read";
}

/** A grant that a service takes for what it was asked to encrypt. */
const isServiceGrant = (record: CallRecord): boolean => record.eventName === "CreateGrant" && byService(record);
