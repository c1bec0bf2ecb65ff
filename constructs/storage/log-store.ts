import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import type { Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { BucketBasics } from "./bucket-basics";
import { deliveredLogs } from "./log-delivery";

export interface LogStoreProps {
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Account whose services write logs here. */
  readonly account: string;
  /** Region whose services write logs here. */
  readonly region: string;
  readonly estate: Estate;
  /**
   * Days that logs are kept.
   * @default 365
   */
  readonly retentionDays?: number;
}

/** Where a site keeps its logs: access logs of buckets, records of traffic, of queries and of firewalls. */
export class LogStore extends Construct {
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, props: LogStoreProps) {
    super(scope, id);
    const days = props.retentionDays ?? 365;
    const { bucket } = new BucketBasics(this, "basics", {
      bucketName: props.bucketName,
      estate: props.estate,
      versionDays: days,
      objectDays: days,
      grants: (arn) => [accessLogs(arn, props.account), ...deliveredLogs(arn, [props.account], props.region)],
    });
    this.bucket = bucket;
  }
}

const accessLogs = (arn: string, account: string): Statement => ({
  Sid: "AccessLogs",
  Effect: "Allow",
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: `${arn}/*`,
  Condition: { StringEquals: { "aws:SourceAccount": account } },
});
