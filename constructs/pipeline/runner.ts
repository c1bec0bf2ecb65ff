import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { EndpointClients } from "../egress-deny/endpoint-clients";
import type { Endpoints } from "../egress-deny/endpoints";
import type { PrivateNetwork } from "../network/private-network";
import { assumedBy, policyDocument, type Statement } from "../perimeter/documents";

export interface RunnerProps {
  /** Name of the project, and of its role. */
  readonly name: string;
  readonly network: PrivateNetwork;
  /** Services that builds reach, and nothing else. */
  readonly endpoints: Endpoints;
  /** Bucket of sources and states. */
  readonly bucket: { readonly name: string; readonly arn: string };
  /** ARN of the key that the bucket's objects are encrypted with. */
  readonly keyArn: string;
  /** ARN of the key that logs are encrypted with. */
  readonly logKeyArn: string;
  /** Days that logs of builds are kept. */
  readonly logDays: number;
  /** Object that holds what is built: sources with everything they need, because a build fetches nothing. */
  readonly source: string;
  /** What a build does. */
  readonly commands: readonly string[];
  /**
   * Where the proof's report goes after every build, whatever the verdict.
   * @default nowhere
   */
  readonly report?: ReportDelivery;
  /** ARNs of the roles by which plans are applied in the accounts. */
  readonly deliveryRoles: readonly string[];
  /**
   * Image that builds run on.
   * @default AWS's own, which it brings along
   */
  readonly image?: string;
}

/** A file of a build that becomes an object of somebody else's. */
export interface ReportDelivery {
  /** Shell pattern of the file; of several the first. */
  readonly files: string;
  /** Name of the bucket, in the region of the runner. */
  readonly bucket: string;
  /** Whose it is: twelve digits. */
  readonly owner: string;
  readonly region: string;
  readonly key: string;
}

/**
 * Builds in a network without a way out but endpoints: plans and states are nowhere else.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
 */
export class Runner extends Construct {
  readonly project: CodebuildProject;

  constructor(scope: Construct, id: string, props: RunnerProps) {
    super(scope, id);
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/codebuild/${props.name}`,
      retentionInDays: props.logDays,
      kmsKeyId: props.logKeyArn,
    });
    const subnets = props.network.tier("workload").subnets;
    const role = this.role(
      props,
      logs,
      subnets.map(({ arn }) => arn),
    );
    const clients = new EndpointClients(this, "clients", {
      name: `${props.name}-builds`,
      description: "Builds",
      network: props.network,
      endpoints: props.endpoints,
    });
    this.project = new CodebuildProject(this, "project", {
      name: props.name,
      description: "Synthesizes, proves, plans and applies",
      serviceRole: role.arn,
      source: {
        type: "S3",
        location: `${props.bucket.name}/${props.source}`,
        buildspec: JSON.stringify(buildspec(props)),
      },
      artifacts: { type: "NO_ARTIFACTS" },
      encryptionKey: props.keyArn,
      environment: {
        type: "LINUX_CONTAINER",
        computeType: "BUILD_GENERAL1_MEDIUM",
        image: props.image ?? "aws/codebuild/amazonlinux-x86_64-standard:5.0",
        imagePullCredentialsType: "CODEBUILD",
        privilegedMode: false,
      },
      logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: logs.name } },
      projectVisibility: "PRIVATE",
      vpcConfig: {
        vpcId: props.network.vpc.id,
        subnets: subnets.map((subnet) => subnet.id),
        securityGroupIds: [clients.group.id],
      },
    });
  }

  /** https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html */
  private role(props: RunnerProps, logs: CloudwatchLogGroup, subnetArns: readonly string[]): IamRole {
    const role = new IamRole(this, "role", {
      name: props.name,
      description: "What builds may do",
      assumeRolePolicy: assumedBy("codebuild.amazonaws.com"),
    });
    const statements: Statement[] = [
      { Sid: "Bucket", Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: props.bucket.arn },
      {
        Sid: "SourcesAndStates",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
        Resource: `${props.bucket.arn}/*`,
      },
      { Sid: "Unlock", Effect: "Allow", Action: "s3:DeleteObject", Resource: `${props.bucket.arn}/*.tflock` },
      { Sid: "Key", Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: props.keyArn },
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logs.arn}:*`,
      },
      { Sid: "Apply", Effect: "Allow", Action: "sts:AssumeRole", Resource: [...props.deliveryRoles] },
      {
        Sid: "Interfaces",
        Effect: "Allow",
        Action: [
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeDhcpOptions",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcs",
        ],
        Resource: "*",
      },
      {
        Sid: "InterfacesOfBuilds",
        Effect: "Allow",
        Action: "ec2:CreateNetworkInterfacePermission",
        Resource: "arn:aws:ec2:*:*:network-interface/*",
        Condition: {
          StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
          ArnEquals: { "ec2:Subnet": subnetArns },
        },
      },
    ];
    const policy = policyDocument(...statements, ...(props.report ? delivering(props.report) : []));
    new IamRolePolicy(this, "permissions", { name: "build", role: role.id, policy });
    return role;
  }
}

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html: `finally` runs also after a command failed. */
const buildspec = ({ commands, report }: RunnerProps) => ({
  version: "0.2",
  phases: { build: { commands, ...(report && { finally: [deliver(report)] }) } },
});

/**
 * In one request: who uploads in parts must be let decrypt
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html, "Multipart upload API and permissions").
 */
const deliver = ({ files, bucket, owner, key }: ReportDelivery): string =>
  `aws s3api put-object --bucket ${bucket} --key ${key} --body "$(ls ${files} | head -n 1)" ` +
  `--content-type application/json --checksum-algorithm SHA256 --expected-bucket-owner ${owner}`;

const delivering = ({ bucket, owner, region, key }: ReportDelivery): Statement[] => [
  { Sid: "Report", Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/${key}` },
  {
    Sid: "ReportKey",
    Effect: "Allow",
    Action: "kms:GenerateDataKey",
    Resource: `arn:aws:kms:${region}:${owner}:key/*`,
    Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
  },
];
