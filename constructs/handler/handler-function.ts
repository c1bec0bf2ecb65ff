import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { assumedBy, policyDocument, type Statement } from "../perimeter/documents";
import { bundleOf, entry } from "./bundle";

export interface HandlerFunctionProps {
  /** The folder below `handlers/`. */
  readonly handler: string;
  /** Name of the function and of its role. */
  readonly name: string;
  readonly description: string;
  /** What the code reads as its settings. */
  readonly settings: Readonly<Record<string, string>>;
  /** What it may do, in IAM's words, beside writing its log and standing in its network; the statements have no principal. */
  readonly permissions: readonly Statement[];
  /** Where it stands: it has no other way out. */
  readonly network: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  /** Log group that it writes to; functions may share one. */
  readonly log: { readonly name: string; readonly arn: string };
  /** ARN of the key that settings are encrypted with. */
  readonly keyArn: string;
  /** @default 30 */
  readonly timeoutSeconds?: number;
  /** @default 256 */
  readonly memoryMib?: number;
}

/** A function of `handlers/`, bundled at synthesis, in a network of the enclave, with a role of its own. */
export class HandlerFunction extends Construct {
  readonly function: LambdaFunction;
  /** Name of the function, known before it exists. */
  readonly name: string;
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: assumedBy("lambda.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "permissions", {
      name: "work",
      role: this.role.id,
      policy: policyDocument(...props.permissions, settingsKey(props.keyArn), log(props.log.arn), interfaces),
    });
    const { file, hash } = bundleOf(props.handler);
    const archive = new TerraformAsset(this, "archive", { path: file, type: AssetType.FILE });
    this.function = new LambdaFunction(this, "function", {
      functionName: props.name,
      description: props.description,
      role: this.role.arn,
      ...entry,
      architectures: ["arm64"],
      filename: archive.path,
      sourceCodeHash: hash,
      timeout: props.timeoutSeconds ?? 30,
      memorySize: props.memoryMib ?? 256,
      environment: { variables: { ...props.settings } },
      kmsKeyArn: props.keyArn,
      vpcConfig: {
        subnetIds: [...props.network.subnetIds],
        securityGroupIds: [...props.network.securityGroupIds],
        ipv6AllowedForDualStack: false,
      },
      loggingConfig: { logFormat: "JSON", logGroup: props.log.name },
      dependsOn: [permissions],
    });
  }
}

const settingsKey = (arn: string): Statement => ({
  Sid: "Settings",
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: arn,
});

const log = (arn: string): Statement => ({
  Sid: "Log",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: `${arn}:*`,
});

/**
 * What Lambda does with the function's role to put it into a network:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, "Required IAM permissions"
 */
const interfaces: Statement = {
  Sid: "Interfaces",
  Effect: "Allow",
  Action: [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ],
  Resource: "*",
};
