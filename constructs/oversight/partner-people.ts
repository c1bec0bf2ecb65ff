import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../perimeter/documents";

export interface PartnerPeopleProps {
  /** Host of the OpenID Connect provider that signs the partner's people in. */
  readonly issuer: string;
  readonly audience: string;
  /** Ranges of addresses that they work from. */
  readonly networks: readonly string[];
}

export interface PartnerRoleProps {
  readonly name: string;
  readonly description: string;
  /** What the role may do, in IAM's words; the statements have no principal. */
  readonly permissions: readonly Statement[];
}

/** Hours that a session lasts. */
const sessionHours = 1;

/**
 * The partner's people: signed in elsewhere, let into the partner's account by roles, from the registered networks
 * only. Each role says so twice, to whom it lets itself be taken on by and to what it does: credentials that are
 * carried elsewhere are worth nothing there.
 */
export class PartnerPeople extends Construct {
  private readonly provider: IamOpenidConnectProvider;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PartnerPeopleProps,
  ) {
    super(scope, id);
    this.provider = new IamOpenidConnectProvider(this, "issuer", {
      url: `https://${props.issuer}`,
      clientIdList: [props.audience],
    });
  }

  /** A role that they take on, under the group of that name. */
  role(id: string, { name, description, permissions }: PartnerRoleProps): IamRole {
    const { issuer, audience, networks } = this.props;
    const role = new IamRole(this, id, {
      name,
      description,
      maxSessionDuration: sessionHours * 3600,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "RegisteredNetworks",
            Effect: "Allow",
            Principal: { Federated: this.provider.arn },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
              StringEquals: { [`${issuer}:aud`]: audience },
              StringLike: { [`${issuer}:sub`]: `${id}:*` },
              IpAddress: { "aws:SourceIp": networks },
            },
          },
        ],
      }),
    });
    new IamRolePolicy(this, `${id}-permissions`, {
      name: id,
      role: role.id,
      policy: policyDocument(...permissions, elsewhere(networks)),
    });
    return role;
  }
}

/**
 * Turns away what does not come from the networks, except what a service asks for in carrying out a request that did:
 * "Denies access to AWS based on the source IP", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html
 */
const elsewhere = (networks: readonly string[]): Statement => ({
  Sid: "RegisteredNetworksOnly",
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { NotIpAddress: { "aws:SourceIp": networks }, BoolIfExists: { "aws:ViaAWSService": "false" } },
});
