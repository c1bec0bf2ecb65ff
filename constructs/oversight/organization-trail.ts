import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { Construct } from "constructs";
import { type EvidenceArchive, trailPrefix } from "./evidence-archive";

export interface OrganizationTrailProps {
  readonly name: string;
  /** Where its files go. */
  readonly archive: EvidenceArchive;
  /** Beginnings of the ARNs of buckets whose objects' reads and writes are recorded. */
  readonly bucketArns: readonly string[];
  /** Beginnings of the ARNs of tables whose items' reads and writes are recorded. */
  readonly tableArns: readonly string[];
}

/** Name and ARN of a trail are known before it is made: policies that let it write name it. */
export interface NamedTrail {
  readonly name: string;
  readonly arn: string;
}

/**
 * An organization's trail belongs to the account that the organization was made in, also if a delegated administrator
 * makes it ("Organization delegated administrator",
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html).
 *
 * @param management id of that account
 */
export const namedTrail = (name: string, region: string, management: string): NamedTrail => ({
  name,
  arn: `arn:aws:cloudtrail:${region}:${management}:trail/${name}`,
});

/**
 * Every call in every account and region of the organization, and every use of the data: no account of it can switch
 * the record off.
 */
export class OrganizationTrail extends Construct {
  constructor(scope: Construct, id: string, { name, archive, bucketArns, tableArns }: OrganizationTrailProps) {
    super(scope, id);
    const data = (type: string, startsWith: readonly string[]) => ({
      name: `uses of ${type}`,
      fieldSelector: [
        { field: "eventCategory", equalTo: ["Data"] },
        { field: "resources.type", equalTo: [type] },
        { field: "resources.ARN", startsWith: [...startsWith] },
      ],
    });
    new Cloudtrail(this, "trail", {
      name,
      s3BucketName: archive.bucket.bucket,
      s3KeyPrefix: trailPrefix,
      kmsKeyId: archive.keyArn,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      advancedEventSelector: [
        { name: "calls", fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }] },
        data("AWS::S3::Object", bucketArns),
        data("AWS::DynamoDB::Table", tableArns),
      ],
    });
  }
}
