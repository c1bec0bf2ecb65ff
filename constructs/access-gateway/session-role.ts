import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { reidentification } from "../../handlers/common/settings";
import type { Access } from "../declaration/access";
import { policyDocument, type Statement } from "../perimeter/documents";

/** A store of the data centre that data sets lie in. */
export interface SessionStores {
  readonly bucketArn: string;
  readonly objectsKeyArn: string;
  readonly tableArn: string;
  readonly tableKeyArn: string;
}

export interface SessionRoleProps {
  /** Name of the role. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** ARN of the role of the function that opens sessions; nobody else may. */
  readonly openedBy: string;
  /** Id of the network that sessions work in; they work nowhere else. */
  readonly vpcId: string;
  readonly dataSets: Access["dataSets"];
  readonly stores: SessionStores;
  /** ARN of the function that finds persons behind tokens. */
  readonly reidentifyArn: string;
  /** ARNs of the hosts that a session may be on, and of the document that says how. */
  readonly hosts: { readonly instanceArns: readonly string[]; readonly documentArn: string };
}

/** Longest session that a role takes on from another, in seconds. */
const longest = 3600;

/**
 * The role of approved sessions. What a session may do hangs on its tags, which only the function that opens it sets:
 * without the tag of a data set it may do nothing, and no key decrypts for it without the tag of an approval.
 */
export class SessionRole extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: SessionRoleProps) {
    super(scope, id);
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: "Approved sessions: short, tagged with their approval, inside the enclave's network only",
      maxSessionDuration: longest,
      assumeRolePolicy: trust(props),
    });
    new IamRolePolicy(this, "permissions", {
      name: "approved",
      role: this.role.id,
      policy: policyDocument(
        ...Object.entries(props.dataSets).flatMap(([name, dataSet]) => reading(name, dataSet, props.stores)),
        decrypting(props),
        {
          Sid: "Reidentification",
          Effect: "Allow",
          Action: "lambda:InvokeFunction",
          Resource: props.reidentifyArn,
          Condition: tagged(reidentification),
        },
        ...onHosts(props),
        elsewhere(props.vpcId),
      ),
    });
  }
}

const tagged = (dataSet: string) => ({ StringEquals: { "aws:PrincipalTag/DataSet": dataSet } });

/**
 * Tags are part of the request that opens a session, so the trust policy can ask for them:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html, "Permissions required to add session tags".
 * The account is the principal and the role a condition, because IAM refuses a role that does not exist yet.
 */
const trust = ({ account, openedBy, vpcId }: SessionRoleProps): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OpenedByTheGateway",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        Condition: {
          ArnEquals: { "aws:PrincipalArn": openedBy },
          Null: { "aws:RequestTag/Approval": "false", "aws:RequestTag/DataSet": "false" },
          StringEquals: { "aws:SourceVpc": vpcId },
        },
      },
    ],
  });

function reading(name: string, { store, prefix }: Access["dataSets"][string], stores: SessionStores): Statement[] {
  const Sid = name.replace(/-/g, "");
  if (store === "objects") {
    return [
      {
        Sid: `Objects${Sid}`,
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `${stores.bucketArn}/${prefix}*`,
        Condition: tagged(name),
      },
      {
        Sid: `List${Sid}`,
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: stores.bucketArn,
        Condition: { ...tagged(name), StringLike: { "s3:prefix": `${prefix}*` } },
      },
    ];
  }
  return [
    {
      Sid: `Records${Sid}`,
      Effect: "Allow",
      // These ask for items by their keys; with a scan there would be none to compare.
      Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
      Resource: stores.tableArn,
      Condition: { ...tagged(name), "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${prefix}*`] } },
    },
  ];
}

const decrypting = ({ stores, region }: SessionRoleProps): Statement => ({
  Sid: "Keys",
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: [stores.objectsKeyArn, stores.tableKeyArn],
  Condition: {
    Null: { "aws:PrincipalTag/Approval": "false" },
    StringEquals: { "kms:ViaService": ["s3", "dynamodb"].map((service) => `${service}.${region}.amazonaws.com`) },
  },
});

/**
 * A shell on a host of the gateway, by the recorded document only.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html
 */
const onHosts = ({ hosts }: SessionRoleProps): Statement[] => [
  {
    Sid: "Shell",
    Effect: "Allow",
    Action: "ssm:StartSession",
    Resource: [...hosts.instanceArns, hosts.documentArn],
    Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
  },
];

/** Credentials that are carried out of the network are worth nothing; a service acting for the session is not meant. */
const elsewhere = (vpcId: string): Statement => ({
  Sid: "InsideTheNetworkOnly",
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:SourceVpc": vpcId }, BoolIfExists: { "aws:ViaAWSService": "false" } },
});
