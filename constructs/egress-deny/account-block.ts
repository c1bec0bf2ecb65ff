import { EbsDefaultKmsKey } from "@cdktf/provider-aws/lib/ebs-default-kms-key";
import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { EbsSnapshotBlockPublicAccess } from "@cdktf/provider-aws/lib/ebs-snapshot-block-public-access";
import { Ec2ImageBlockPublicAccess } from "@cdktf/provider-aws/lib/ec2-image-block-public-access";
import { Ec2InstanceMetadataDefaults } from "@cdktf/provider-aws/lib/ec2-instance-metadata-defaults";
import { Ec2SerialConsoleAccess } from "@cdktf/provider-aws/lib/ec2-serial-console-access";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { VpcBlockPublicAccessOptions } from "@cdktf/provider-aws/lib/vpc-block-public-access-options";
import { Construct } from "constructs";

export interface AccountBlockProps {
  /** The account, twelve digits. */
  readonly account: string;
  /** ARN of the key that volumes are encrypted with when nothing else is said. */
  readonly volumeKeyArn: string;
}

/**
 * The switches that hold for a whole account in a region, each once: no internet gateway passes packets, in either
 * direction; no bucket, snapshot or machine image is public; volumes are encrypted.
 */
export class AccountBlock extends Construct {
  constructor(scope: Construct, id: string, props: AccountBlockProps) {
    super(scope, id);
    new VpcBlockPublicAccessOptions(this, "internet", { internetGatewayBlockMode: "block-bidirectional" });
    new S3AccountPublicAccessBlock(this, "buckets", {
      accountId: props.account,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new EbsSnapshotBlockPublicAccess(this, "snapshots", { state: "block-all-sharing" });
    new Ec2ImageBlockPublicAccess(this, "images", { state: "block-new-sharing" });
    new Ec2SerialConsoleAccess(this, "serial-console", { enabled: false });
    new Ec2InstanceMetadataDefaults(this, "metadata", {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    });
    new EbsEncryptionByDefault(this, "volumes", { enabled: true });
    new EbsDefaultKmsKey(this, "volume-key", { keyArn: props.volumeKeyArn });
  }
}
