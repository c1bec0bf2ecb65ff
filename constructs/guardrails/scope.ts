/** What guardrails are written for. */
import type { Estate } from "../perimeter/estate";

export interface GuardrailScope {
  /** Start of the policies' names. */
  readonly name: string;
  readonly estate: Estate;
  /** Name of the role by which proved plans are applied, the same in every account. */
  readonly deliveryRole: string;
  /**
   * Buckets that named roles from outside may write to, by the beginning of their names.
   * @default none
   */
  readonly landing?: LandingScope;
  /**
   * Inboxes of declared receivers, and who sends to them.
   * @default nobody receives anything
   */
  readonly releases?: readonly ReleaseScope[];
}

/** Buckets of others that some roles may put objects into. */
export interface ReleaseScope {
  /** ARNs of the buckets. */
  readonly inboxArns: readonly string[];
  /** ARNs of the roles that may put objects there, and do nothing else. */
  readonly roleArns: readonly string[];
}

export interface LandingScope {
  /** Beginning of the names of all landing buckets. */
  readonly bucketPrefix: string;
  /** Name of the role that fetches from outside. */
  readonly readerRole: string;
}

/** A statement of a service control policy, which has no principal. */
export interface ControlStatement {
  readonly Sid: string;
  readonly Effect: "Deny";
  readonly Principal?: "*";
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export const controlPolicy = (...statements: readonly ControlStatement[]): object => ({
  Version: "2012-10-17",
  Statement: statements,
});

/** Everybody but the role by which proved plans are applied. */
export const exceptDelivery = ({ deliveryRole }: GuardrailScope) => ({
  ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${deliveryRole}` },
});
