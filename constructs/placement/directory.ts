import { DynamodbTableItem } from "@cdktf/provider-aws/lib/dynamodb-table-item";
import { Construct } from "constructs";
import type { Estate } from "../perimeter/estate";
import { type TableReplica, TableStore } from "../storage/table-store";

/** Where the users of a country have their data. */
export interface Residence {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly home: string;
  readonly second: string;
}

export interface DirectoryProps {
  /** Name of the table. */
  readonly tableName: string;
  readonly estate: Estate;
  /** Region that the table stands in. */
  readonly region: string;
  /** ARN of the key that the table is encrypted with. */
  readonly keyArn: string;
  /** Copies at the other sites, so that each site can look up where a user's data is. */
  readonly replicas: readonly TableReplica[];
  /** What holds for users of a country until something else is written for one of them. */
  readonly residences: readonly Residence[];
}

/** The directory of who has their data where: a table at every site, with an entry for each country. */
export class Directory extends Construct {
  readonly store: TableStore;

  constructor(scope: Construct, id: string, props: DirectoryProps) {
    super(scope, id);
    this.store = new TableStore(this, "table", props);
    for (const { country, home, second } of props.residences) {
      new DynamodbTableItem(this, country, {
        tableName: this.store.table.name,
        hashKey: this.store.table.hashKey,
        item: JSON.stringify({ id: { S: `country#${country}` }, home: { S: home }, second: { S: second } }),
      });
    }
  }
}
