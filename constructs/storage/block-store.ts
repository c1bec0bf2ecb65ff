import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { assumedBy, policyDocument } from "../perimeter/documents";

export interface BlockStoreProps {
  /** Name of the store; its volumes are `NAME-0`, `NAME-1`, … */
  readonly name: string;
  /** Account of the store. */
  readonly account: string;
  /** Region of the store. */
  readonly region: string;
  /** Subnets of the hosts: a volume stands beside each. */
  readonly besideSubnets: readonly Subnet[];
  /**
   * ARN of the Outpost that the subnets are on. The volumes then stand on the rack, and so do their snapshots, which
   * would otherwise go to the region.
   * @default the volumes stand in the zones of the subnets
   */
  readonly outpostArn?: string;
  /** ARN of the key that volumes and snapshots are encrypted with. */
  readonly keyArn: string;
  /**
   * Size of each volume.
   * @default 500
   */
  readonly sizeGib?: number;
  /**
   * Days that the daily snapshots are kept.
   * @default 14
   */
  readonly snapshotDays?: number;
}

/** Volumes for hosts, with daily snapshots that stay where the volumes are. */
export class BlockStore extends Construct {
  readonly volumes: readonly EbsVolume[];

  constructor(scope: Construct, id: string, props: BlockStoreProps) {
    super(scope, id);
    this.volumes = props.besideSubnets.map(
      (subnet, i) =>
        new EbsVolume(this, `volume-${i}`, {
          availabilityZone: subnet.availabilityZone,
          outpostArn: props.outpostArn,
          size: props.sizeGib ?? 500,
          type: props.outpostArn ? "gp2" : "gp3",
          encrypted: true,
          kmsKeyId: props.keyArn,
          multiAttachEnabled: false,
          // A final snapshot of a volume on a rack would be made in the region.
          finalSnapshot: props.outpostArn === undefined,
          tags: { Name: `${props.name}-${i}`, Snapshots: props.name },
        }),
    );
    this.takeSnapshots(props);
  }

  private takeSnapshots(props: BlockStoreProps): void {
    const onRack = props.outpostArn !== undefined;
    const role = new IamRole(this, "role", {
      name: `${props.name}-snapshots`,
      description: "Takes and expires snapshots",
      assumeRolePolicy: assumedBy("dlm.amazonaws.com"),
    });
    new IamRolePolicy(this, "permissions", { name: "snapshots", role: role.id, policy: permissions(props) });
    new DlmLifecyclePolicy(this, "snapshots", {
      description: `Daily snapshots of ${props.name}`,
      executionRoleArn: role.arn,
      state: "ENABLED",
      policyDetails: {
        policyType: "EBS_SNAPSHOT_MANAGEMENT",
        resourceTypes: ["VOLUME"],
        resourceLocations: [onRack ? "OUTPOST" : "CLOUD"],
        targetTags: { Snapshots: props.name },
        schedule: [
          {
            name: "daily",
            createRule: {
              interval: 24,
              intervalUnit: "HOURS",
              times: ["02:00"],
              location: onRack ? "OUTPOST_LOCAL" : "CLOUD",
            },
            retainRule: { interval: props.snapshotDays ?? 14, intervalUnit: "DAYS" },
            copyTags: true,
          },
        ],
      },
    });
  }
}

const permissions = ({ region, account, name }: BlockStoreProps): string =>
  policyDocument(
    {
      Sid: "Find",
      Effect: "Allow",
      Action: ["ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeInstances"],
      Resource: "*",
    },
    {
      Sid: "Take",
      Effect: "Allow",
      Action: ["ec2:CreateSnapshot", "ec2:CreateSnapshots"],
      Resource: [`arn:aws:ec2:${region}:${account}:volume/*`, `arn:aws:ec2:${region}::snapshot/*`],
    },
    {
      Sid: "Expire",
      Effect: "Allow",
      Action: "ec2:DeleteSnapshot",
      Resource: `arn:aws:ec2:${region}::snapshot/*`,
      Condition: { StringEquals: { "aws:ResourceTag/Snapshots": name } },
    },
    {
      Sid: "Tag",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: `arn:aws:ec2:${region}::snapshot/*`,
    },
  );
