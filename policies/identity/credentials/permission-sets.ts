/**
 * People who sign in through IAM Identity Center and get a permission set in one of the owner's accounts: from wherever
 * they sit. https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
import type { Resource } from "../../configuration/resource";
import { find, isUnknown, type Value } from "../../configuration/value";
import { internet } from "../../geography/place";
import { type Document, doubtful, readDocuments } from "../language/document";
import { HOLE } from "../language/patterns";
import { adrift, reasonFor } from "../parties/adrift";
import type { Principal } from "../parties/principals";
import type { Room } from "../requests/room";
import type { Credential } from "./credential";

const SET = "permission_set_arn";
const ASSIGNMENT = "aws_ssoadmin_account_assignment";

export function permissionSets(room: Room): Credential[] {
  const { context } = room.input;
  const credentials: Credential[] = [];
  for (const set of context.ofType("aws_ssoadmin_permission_set")) {
    const lost = adrift(context, ASSIGNMENT, SET);
    for (const assignment of [...context.referring(ASSIGNMENT, SET, set), ...lost]) {
      const principal = principalOf(room, set, accountOf(room, assignment));
      const why = "people sign in to Identity Center from anywhere";
      const steps = [{ from: set.address, to: internet.id, by: assignment, attribute: "permission_set_arn", why }];
      credentials.push({
        principal,
        channel: "sso.account-assignment",
        place: internet,
        steps,
        facts: [],
        session: [],
        ...(lost.includes(assignment) && { unless: reasonFor(assignment, SET) }),
      });
    }
  }
  return credentials;
}

function accountOf(room: Room, assignment: Resource): string {
  const target: Value = assignment.values.target_id ?? null;
  if (typeof target === "string") return target;
  const [term] = room.owner.names.terms(target);
  return term?.text ?? room.owner.names.accountOf(assignment);
}

function principalOf(room: Room, set: Resource, account: string): Principal {
  const { context } = room.input;
  const on = (type: string, read: (one: Resource) => Document[]): Document[] => [
    ...context.referring(type, SET, set).flatMap(read),
    ...adrift(context, type, SET).flatMap((one) =>
      read(one).map((document) => doubtful(document, reasonFor(one, SET))),
    ),
  ];
  const documents = [
    ...on("aws_ssoadmin_permission_set_inline_policy", (one) =>
      readDocuments(one.values.inline_policy ?? null, { by: one, attribute: "inline_policy" }, room.owner.names),
    ),
    ...on("aws_ssoadmin_managed_policy_attachment", (one) =>
      room.principals.policies(one.values.managed_policy_arn ?? null, one, "managed_policy_arn"),
    ),
    ...on("aws_ssoadmin_customer_managed_policy_attachment", (one) =>
      customer(room, one, "customer_managed_policy_reference"),
    ),
  ];
  const limits = context
    .referring("aws_ssoadmin_permissions_boundary_attachment", SET, set)
    .map((one) => [
      ...find(one.values, "permissions_boundary.managed_policy_arn").flatMap(({ value, at }) =>
        room.principals.policies(value, one, at),
      ),
      ...customer(room, one, "permissions_boundary.customer_managed_policy_reference"),
    ]);
  // The region of Identity Center, unless it is us-east-1, and a suffix of sixteen characters that nobody chooses:
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
  const region = context.regionOf(set);
  const path = region === undefined ? HOLE : region === "us-east-1" ? "" : `${region}/`;
  const name = typeof set.values.name === "string" ? set.values.name : HOLE;
  const role = `AWSReservedSSO_${name}_${"?".repeat(16)}`;
  const arn = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/${path}${role}`;
  return { resource: set, arn, account, documents, limits, variables: new Map() };
}

/** A customer managed policy of the account, by name and path. */
function customer(room: Room, by: Resource, block: string): Document[] {
  return find(by.values, `${block}.name`).flatMap(({ value, at, within }) => {
    const found = isUnknown(value) ? undefined : room.principals.customerNamed(value, within.path ?? null);
    return (
      found ?? [
        {
          by,
          attribute: at,
          statements: [],
          variables: false,
          unknown: "the customer managed policy is not in this configuration",
        },
      ]
    );
  });
}
