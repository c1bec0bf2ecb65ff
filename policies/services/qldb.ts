/** Ledgers of Amazon QLDB. */
import { holds, moves, sends, service, uses } from "../flows/vocabulary";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/qldb/latest/developerguide/${page}.html`;

export default service("Amazon QLDB", {
  aws_qldb_ledger: holds("a ledger", {
    docs: guide("what-is"),
    attributes: { kms_key: uses("the key that encrypts the ledger") },
  }),
  aws_qldb_stream: moves("copies every revision of a ledger into a data stream", {
    docs: guide("streams"),
    data: "ledger_name",
    attributes: {
      ledger_name: uses("the ledger that is copied"),
      role_arn: uses("the role that writes into the stream"),
      "kinesis_configuration.stream_arn": sends("qldb.stream", "arn", { why: "every revision is copied there" }),
    },
  }),
  ...lookups({ qldb_ledger: "a ledger" }),
});
