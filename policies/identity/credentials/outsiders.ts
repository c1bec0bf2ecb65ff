/**
 * The credentials of the owner's principals that work from outside: keys and passwords of users, and every role that
 * somebody outside can take on, directly or through other roles.
 */
import type { Resource } from "../../configuration/resource";
import { isUnknown, type Value } from "../../configuration/value";
import type { Step } from "../../flows/flow";
import { internet } from "../../geography/place";
import type { Document } from "../language/document";
import type { Principal } from "../parties/principals";
import { type Answer, contextOf, quote, whoAsks } from "../requests/decision";
import type { Room } from "../requests/room";
import { allowsOf, askTrust, trustsOf } from "../requests/trust";
import { chained } from "./chaining";
import type { Credential } from "./credential";
import { federations } from "./federation";

export function outsideCredentials(room: Room): Credential[] {
  return chained(room, [...userCredentials(room), ...assumable(room), ...federations(room, trustsOf(room))]);
}

/** What makes a user's credential: type, attribute that names the user, and what it is good for. */
const USER_CREDENTIALS: readonly {
  readonly type: string;
  readonly user: string;
  readonly channel: string;
  readonly what: string;
  readonly services?: (resource: Resource) => readonly string[];
}[] = [
  { type: "aws_iam_access_key", user: "user", channel: "iam.access-key", what: "a long-lived key works from anywhere" },
  {
    type: "aws_iam_user_login_profile",
    user: "user",
    channel: "iam.login-profile",
    what: "a password works from anywhere",
  },
  {
    type: "aws_iam_signing_certificate",
    user: "user_name",
    channel: "iam.signing-certificate",
    what: "a signing certificate works from anywhere",
    services: () => ["ec2"],
  },
  {
    type: "aws_iam_user_ssh_key",
    user: "username",
    channel: "iam.ssh-key",
    what: "an SSH key works from anywhere",
    services: () => ["codecommit"],
  },
  {
    type: "aws_iam_service_specific_credential",
    user: "user_name",
    channel: "iam.service-specific-credential",
    what: "a service's own password works from anywhere",
    services: ({ values }) =>
      typeof values.service_name === "string"
        ? [values.service_name.split(".")[0]]
        : ["codecommit", "cassandra", "bedrock"],
  },
];

function userCredentials(room: Room): Credential[] {
  const { context } = room.input;
  const credentials: Credential[] = [];
  for (const { type, user, channel, what, services } of USER_CREDENTIALS) {
    for (const by of context.ofType(type)) {
      const { status } = by.values;
      if (status === "Inactive") continue;
      const users = context.ofType("aws_iam_user").filter((one) => context.referring(type, user, one).includes(by));
      const principals =
        users.length > 0
          ? users.map((one) => room.principals.user(one))
          : [stranded(room, by, by.values[user] ?? null)];
      for (const principal of principals) {
        const steps: Step[] = [{ from: principal.resource.address, to: internet.id, by, attribute: user, why: what }];
        const unless = isUnknown(status) ? `status: ${status.why}` : undefined;
        credentials.push({
          principal,
          channel,
          place: internet,
          steps,
          facts: [],
          session: [],
          ...(services && { services: services(by) }),
          ...(unless !== undefined && { unless }),
        });
      }
    }
  }
  return credentials;
}

/** A user that this configuration does not make: its policies are somewhere else. */
function stranded(room: Room, by: Resource, value: Value): Principal {
  const { names } = room.owner;
  const name = typeof value === "string" ? value : "unknown";
  const account = names.accountOf(by);
  const unknown = `the user ${JSON.stringify(name)} and its policies are not in this configuration`;
  const document: Document = { by, attribute: "user", statements: [], variables: false, unknown };
  return {
    resource: by,
    arn: `arn:aws:iam::${account}:user/${name}`,
    account,
    documents: [document],
    limits: [],
    variables: new Map(),
  };
}

const ASSUME: Readonly<Record<"iam" | "federated", readonly string[]>> = {
  iam: ["sts:AssumeRole"],
  federated: ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
};

/** Roles that principals of other accounts, or identities of providers elsewhere, can take on. */
function assumable(room: Room): Credential[] {
  const credentials: Credential[] = [];
  const parties = [
    { party: room.parties.stranger(), actions: ASSUME.iam, channel: "iam.role-trust" },
    { party: room.parties.federated(), actions: ASSUME.federated, channel: "iam.federation" },
  ];
  for (const { role, documents } of trustsOf(room)) {
    for (const document of documents) {
      for (const allowing of allowsOf(document)) {
        for (const { party, actions, channel } of parties) {
          const answer = askTrust(room, { party, role, document, allowing, actions });
          if (answer) credentials.push(trusted(room, role, document, answer, channel));
        }
      }
    }
  }
  return credentials;
}

function trusted(room: Room, role: Resource, document: Document, answer: Answer, channel: string): Credential {
  const who = whoAsks(answer);
  const place = { id: who.id, countries: [] };
  const context = contextOf(answer.solution);
  const by =
    answer.solution.by.map(quote).join(" and ") || `the trust policy of ${role.address}, as far as it is known,`;
  const why = `${by} lets ${who.text} take on the role${context === "" ? "" : ` with ${context}`}`;
  const steps: Step[] = [{ from: role.address, to: place.id, by: role, attribute: document.attribute, why }];
  const unless = answer.certain
    ? undefined
    : (document.unknown ?? "what the trust policy asks for is not known in full");
  return {
    principal: room.principals.role(role),
    channel,
    place,
    steps,
    facts: [],
    session: [],
    ...(unless !== undefined && { unless }),
  };
}
