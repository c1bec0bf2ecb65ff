import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Estate } from "../perimeter/estate";

/** A copy of a table in another region of the estate. */
export interface TableReplica {
  readonly region: string;
  /** ARN of the key, in that region, that the copy is encrypted with. */
  readonly keyArn: string;
}

export interface TableStoreProps {
  /** Name of the table. */
  readonly tableName: string;
  readonly estate: Estate;
  /** Region that the table stands in. */
  readonly region: string;
  /** ARN of the key that the table is encrypted with. */
  readonly keyArn: string;
  /**
   * Name of the partition key, a text.
   * @default "id"
   */
  readonly partitionKey?: string;
  /**
   * Copies in other regions, kept up to date by AWS.
   * @default none
   */
  readonly replicas?: readonly TableReplica[];
  /**
   * Days that the table can be put back to any second of.
   * @default 35
   */
  readonly recoveryDays?: number;
}

/** A table that can be put back to any second of the last weeks, with copies at other sites only. */
export class TableStore extends Construct {
  readonly table: DynamodbTable;

  /** @throws OutsideEstateError if the table or a copy would stand outside the estate. */
  constructor(scope: Construct, id: string, props: TableStoreProps) {
    super(scope, id);
    const { estate, tableName, partitionKey = "id", replicas = [] } = props;
    estate.requireRegion(props.region, `table ${tableName}`);
    for (const { region } of replicas) estate.requireRegion(region, `replica of table ${tableName}`);
    this.table = new DynamodbTable(this, "table", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: partitionKey,
      attribute: [{ name: partitionKey, type: "S" }],
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: props.recoveryDays ?? 35 },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.keyArn },
      // Copies are fed from the table's own stream.
      streamEnabled: replicas.length > 0,
      streamViewType: replicas.length > 0 ? "NEW_AND_OLD_IMAGES" : undefined,
      replica: replicas.map(({ region, keyArn }) => ({
        regionName: region,
        kmsKeyArn: keyArn,
        pointInTimeRecovery: true,
        deletionProtectionEnabled: true,
        propagateTags: true,
      })),
    });
  }
}
