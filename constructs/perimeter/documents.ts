/** Policy documents: their shape, and the statements of the perimeter that several kinds of resources share. */
import type { Estate } from "./estate";

type OneOrMore = string | readonly string[];

/** A statement of a policy document, in the words of IAM. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  /** One of the two. */
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** The JSON text of a policy. */
export const policyDocument = (...statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/**
 * Lets one AWS service assume a role. Handing the role to the service takes iam:PassRole in the role's own account, so
 * nobody else can have the service act with it.
 */
export const assumedBy = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Service", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** Lets one role assume another; the account is the principal, because the role need not exist yet. */
export const assumedByRole = ({ account, roleName }: { readonly account: string; readonly roleName: string }): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Role",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/${roleName}` } },
      },
    ],
  });

/** Lets whom an account's own policies let assume a role of it, and nobody from elsewhere. */
export const assumedWithin = (account: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OwnAccount",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "sts:AssumeRole",
      },
    ],
  });

/** Turns away whoever is not of the organization, AWS's own services excepted. */
export const denyStrangers = (estate: Estate, actions: OneOrMore, resources: OneOrMore): Statement => ({
  Sid: "OrganizationOnly",
  Effect: "Deny",
  Principal: "*",
  Action: actions,
  Resource: resources,
  Condition: {
    StringNotEqualsIfExists: { "aws:PrincipalOrgID": estate.organization },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
});

/** Turns away strangers as above, but for those that are named, who may do nothing but what is listed. */
export const denyOtherStrangers = (
  estate: Estate,
  { roles, actions }: { readonly roles: readonly string[]; readonly actions: readonly string[] },
  resources: OneOrMore,
): Statement[] => {
  const { Condition } = denyStrangers(estate, [], resources);
  const base = { Effect: "Deny", Principal: "*", Resource: resources } as const;
  return [
    {
      ...base,
      Sid: "NamedStrangersOnly",
      Action: "s3:*",
      Condition: { ...Condition, ArnNotEquals: { "aws:PrincipalArn": roles } },
    },
    { ...base, Sid: "StrangersInwardsOnly", NotAction: actions, Condition },
  ];
};

/** Turns away requests that are not encrypted on their way. */
export const denyPlaintext = (actions: OneOrMore, resources: OneOrMore): Statement => ({
  Sid: "EncryptedTransportOnly",
  Effect: "Deny",
  Principal: "*",
  Action: actions,
  Resource: resources,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/**
 * The policy of a VPC endpoint: principals of the own organization may reach resources of the own organization, and
 * nobody anything else.
 *
 * @param account the one account of the organization that both have to be of; any, if left out
 * @param more statements that are added
 */
export const perimeterPolicy = (
  estate: Estate,
  service: string,
  account?: string,
  more: readonly Statement[] = [],
): string =>
  policyDocument(
    {
      Sid: "OwnPrincipalsOwnResources",
      Effect: "Allow",
      Principal: "*",
      Action: `${service}:*`,
      Resource: "*",
      Condition: {
        StringEquals: {
          "aws:PrincipalOrgID": estate.organization,
          "aws:ResourceOrgID": estate.organization,
          ...(account !== undefined && { "aws:PrincipalAccount": account, "aws:ResourceAccount": account }),
        },
      },
    },
    ...more,
  );
