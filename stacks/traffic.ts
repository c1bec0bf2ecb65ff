import type { TerraformStack } from "cdktf";
import {
  type Enclave,
  evidenceBucketName,
  FlowLogs,
  type FlowLogsProps,
  type LogStore,
  type Site,
} from "../constructs";

export interface TrafficRecord {
  /** Start of the ids of what records. */
  readonly id: string;
  readonly source: FlowLogsProps["source"];
  readonly enclave: Enclave;
  readonly site: Pick<Site, "region">;
  /** The site's own logs. */
  readonly own: LogStore;
  /** Where the records lie below `traffic/`. */
  readonly prefix: string;
}

/** Records traffic for the site, and once more for the partner if there is one. */
export function recordTraffic(stack: TerraformStack, { id, source, enclave, site, own, prefix }: TrafficRecord): void {
  new FlowLogs(stack, id, { source, destinationArn: `${own.bucket.arn}/traffic/${prefix}/` });
  if (!enclave.oversight) return;
  const evidence = `arn:aws:s3:::${evidenceBucketName(enclave, site.region)}`;
  new FlowLogs(stack, `${id}-evidence`, { source, destinationArn: `${evidence}/traffic/${prefix}/` });
}
