import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { privateHost } from "../compute/hosts";
import { assumedBy, policyDocument, type Statement } from "../perimeter/documents";

export interface WorkbenchProps {
  /** Name of the hosts' role; hosts are `NAME-0`, `NAME-1`, … */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** One host in each. */
  readonly subnets: readonly Subnet[];
  readonly securityGroupId: string;
  /** Machine image; it has to bring the agent of Systems Manager. */
  readonly image: string;
  /** @default "m5.large" */
  readonly instanceType?: string;
  /** ARN of the key that the disks are encrypted with. */
  readonly keyArn: string;
  /** Where everything that is typed and shown is recorded: the partner's bucket, and the beginning of names in it. */
  readonly records: { readonly bucket: string; readonly prefix: string };
  /** What it takes to write there, in IAM's words. */
  readonly recording: readonly Statement[];
}

/**
 * Hosts that approved sessions work on, by Session Manager: nobody has keys to them, no port is open, the hosts
 * themselves may read nothing, and what happens in a session is recorded with the partner.
 */
export class Workbench extends Construct {
  readonly instances: readonly Instance[];
  readonly document: SsmDocument;

  constructor(scope: Construct, id: string, props: WorkbenchProps) {
    super(scope, id);
    const profile = this.profile(props);
    this.instances = props.subnets.map(
      (subnet, i) =>
        new Instance(this, `host-${i}`, {
          ...privateHost,
          ami: props.image,
          instanceType: props.instanceType ?? "m5.large",
          subnetId: subnet.id,
          vpcSecurityGroupIds: [props.securityGroupId],
          iamInstanceProfile: profile.name,
          rootBlockDevice: { encrypted: true, kmsKeyId: props.keyArn, volumeType: "gp3", deleteOnTermination: true },
          tags: { Name: `${props.name}-${i}` },
        }),
    );
    this.document = new SsmDocument(this, "session", {
      name: props.name,
      documentType: "Session",
      documentFormat: "JSON",
      content: JSON.stringify(sessionDocument(props)),
    });
  }

  private profile(props: WorkbenchProps): IamInstanceProfile {
    const role = new IamRole(this, "role", {
      name: props.name,
      description: "Hosts of approved sessions: talk to Session Manager and record",
      assumeRolePolicy: assumedBy("ec2.amazonaws.com"),
    });
    new IamRolePolicy(this, "permissions", {
      name: "sessions",
      role: role.id,
      policy: policyDocument(channels, ...props.recording),
    });
    return new IamInstanceProfile(this, "profile", { name: props.name, role: role.name });
  }
}

/**
 * The least that the agent needs:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
const channels: Statement = {
  Sid: "SessionManager",
  Effect: "Allow",
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
};

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html */
const sessionDocument = ({ records }: WorkbenchProps) => ({
  schemaVersion: "1.0",
  description: "A recorded shell for an approved session",
  sessionType: "Standard_Stream",
  inputs: {
    s3BucketName: records.bucket,
    s3KeyPrefix: records.prefix,
    s3EncryptionEnabled: true,
    idleSessionTimeout: "10",
    maxSessionDuration: "60",
    runAsEnabled: false,
  },
});
