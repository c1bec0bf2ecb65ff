import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";

export interface FlowLogsProps {
  /** What is watched: the id of a VPC or of a transit gateway. */
  readonly source: { readonly vpcId: string } | { readonly transitGatewayId: string };
  /** ARN of the bucket that keeps the records, with a prefix if wanted: `arn:aws:s3:::name/prefix`. */
  readonly destinationArn: string;
}

/** Records of all traffic, accepted and rejected, kept in a bucket of the own estate. */
export class FlowLogs extends Construct {
  readonly flowLog: FlowLog;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    this.flowLog = new FlowLog(this, "log", {
      ...props.source,
      // A transit gateway sees no verdicts, so it takes no traffic type.
      trafficType: "vpcId" in props.source ? "ALL" : undefined,
      logDestinationType: "s3",
      logDestination: props.destinationArn,
      maxAggregationInterval: 60,
      destinationOptions: { fileFormat: "parquet", hiveCompatiblePartitions: true, perHourPartition: true },
    });
  }
}
