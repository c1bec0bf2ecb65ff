import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Construct } from "constructs";
import { assumedBy, policyDocument, type Statement } from "../perimeter/documents";

export interface LogArchiveProps {
  /** Name of the role that carries logs. */
  readonly name: string;
  /** Name of the data centre's resources, the end of the stream's name. */
  readonly prefix: string;
  /** The partner's bucket, and the beginning of names in it. */
  readonly bucketArn: string;
  readonly folder: string;
  /** What it takes to write there, in IAM's words. */
  readonly writing: readonly Statement[];
  /** ARN of the key that logs are encrypted with until they are carried. */
  readonly keyArn: string;
  /** Days that a copy stays here. */
  readonly days: number;
}

/** Carries logs to the partner's archive as they are written. */
export class LogArchive extends Construct {
  readonly stream: KinesisFirehoseDeliveryStream;
  private readonly sender: IamRole;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LogArchiveProps,
  ) {
    super(scope, id);
    const carrier = this.role("carrier", props.name, "firehose.amazonaws.com", props.writing);
    this.stream = new KinesisFirehoseDeliveryStream(this, "stream", {
      // API Gateway writes to streams of such names only:
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html
      name: `amazon-apigateway-${props.prefix}`,
      destination: "extended_s3",
      extendedS3Configuration: {
        roleArn: carrier.arn,
        bucketArn: props.bucketArn,
        prefix: `${props.folder}/`,
        errorOutputPrefix: `${props.folder}/failed/`,
        bufferingInterval: 60,
        // Below the least size of a part (5 MiB): who puts objects together from parts has to be let decrypt
        // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html, "Multipart upload API and permissions").
        bufferingSize: 1,
        compressionFormat: "GZIP",
      },
      serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
    });
    this.sender = this.role("sender", `${props.name}-logs`, "logs.amazonaws.com", [
      {
        Sid: "Send",
        Effect: "Allow",
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: this.stream.arn,
      },
    ]);
  }

  /** A log group whose lines go to the archive. */
  group(id: string, name: string): CloudwatchLogGroup {
    const { days, keyArn } = this.props;
    const group = new CloudwatchLogGroup(this, id, { name, retentionInDays: days, kmsKeyId: keyArn });
    new CloudwatchLogSubscriptionFilter(this, `${id}-archive`, {
      name: "archive",
      logGroupName: group.name,
      filterPattern: "",
      destinationArn: this.stream.arn,
      roleArn: this.sender.arn,
    });
    return group;
  }

  private role(id: string, name: string, service: string, permissions: readonly Statement[]): IamRole {
    const role = new IamRole(this, id, {
      name,
      description: "Carries logs to the partner's archive",
      assumeRolePolicy: assumedBy(service),
    });
    new IamRolePolicy(this, `${id}-permissions`, {
      name: "carry",
      role: role.id,
      policy: policyDocument(...permissions),
    });
    return role;
  }
}
