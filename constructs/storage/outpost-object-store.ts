import { S3AccessPoint } from "@cdktf/provider-aws/lib/s3-access-point";
import { S3ControlBucket } from "@cdktf/provider-aws/lib/s3control-bucket";
import { S3ControlBucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3control-bucket-lifecycle-configuration";
import { S3ControlBucketPolicy } from "@cdktf/provider-aws/lib/s3control-bucket-policy";
import { S3OutpostsEndpoint } from "@cdktf/provider-aws/lib/s3outposts-endpoint";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";
import { denyPlaintext, denyStrangers, policyDocument } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";

export interface OutpostObjectStoreProps {
  /** Name of the bucket and of its access point. */
  readonly name: string;
  readonly estate: Estate;
  /** Account that owns the bucket and uses it. */
  readonly account: string;
  /** Id of the Outpost: `op-…`. */
  readonly outpostId: string;
  /** VPC that the access point answers to; S3 on Outposts knows no other access. */
  readonly vpcId: string;
  /** Subnet on the Outpost that the endpoint stands in. */
  readonly subnetId: string;
  /** Addresses that may reach the endpoint. */
  readonly clients: Cidr;
}

/** A bucket whose objects stay on the rack, reached through an access point of one VPC. */
export class OutpostObjectStore extends Construct {
  readonly bucket: S3ControlBucket;
  readonly accessPoint: S3AccessPoint;

  constructor(scope: Construct, id: string, props: OutpostObjectStoreProps) {
    super(scope, id);
    this.bucket = new S3ControlBucket(this, "bucket", { bucket: props.name, outpostId: props.outpostId });
    new S3ControlBucketPolicy(this, "policy", { bucket: this.bucket.arn, policy: this.policy(props) });
    new S3ControlBucketLifecycleConfiguration(this, "lifecycle", {
      bucket: this.bucket.arn,
      rule: [
        {
          id: "abandoned-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
    this.accessPoint = new S3AccessPoint(this, "access-point", {
      bucket: this.bucket.arn,
      name: props.name,
      vpcConfiguration: { vpcId: props.vpcId },
    });
    new S3OutpostsEndpoint(this, "endpoint", {
      outpostId: props.outpostId,
      subnetId: props.subnetId,
      securityGroupId: this.endpointGroup(props).id,
      accessType: "Private",
    });
  }

  private policy({ account, estate }: OutpostObjectStoreProps): string {
    const objects = `${this.bucket.arn}/object/*`;
    return policyDocument(
      {
        Sid: "OwnAccount",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: [
          "s3-outposts:GetObject",
          "s3-outposts:PutObject",
          "s3-outposts:DeleteObject",
          "s3-outposts:ListBucket",
        ],
        Resource: [this.bucket.arn, objects],
      },
      denyPlaintext("s3-outposts:*", [this.bucket.arn, objects]),
      denyStrangers(estate, "s3-outposts:*", [this.bucket.arn, objects]),
    );
  }

  private endpointGroup({ name, vpcId, clients }: OutpostObjectStoreProps): SecurityGroup {
    const group = new SecurityGroup(this, "group", {
      name: `${name}-endpoint`,
      description: "Endpoint of S3 on the Outpost: HTTPS from the network, nothing out",
      vpcId,
      tags: { Name: `${name}-endpoint` },
    });
    new VpcSecurityGroupIngressRule(this, "https", {
      securityGroupId: group.id,
      description: "HTTPS from the network",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: clients.toString(),
    });
    return group;
  }
}
