/** Statements in SQL, as far as they name places in buckets: `UNLOAD (…) TO 's3://…'`, `external_location = 's3://…'`. */
import { isUnknown } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { plugged } from "./holes";
import { bucketOf, bucketRole } from "./s3-uri";

const LOCATION = /'(s3[an]?:\/\/[^']*)'/gi;

/**
 * Yields each bucket that a query names; results of UNLOAD and of tables that are made by queries are written there, and
 * tables that lie there can be written to ("UNLOAD", "CREATE TABLE AS", "INSERT INTO" in the Amazon Athena User Guide).
 */
export const queryLocations = (channel: string): DocumentReader =>
  function* (query) {
    const { text, unplug } = plugged(query);
    if (isUnknown(text)) yield { at: "", value: text, role: sends(channel, "any") };
    if (typeof text !== "string") return;
    for (const [, location] of text.matchAll(LOCATION)) {
      const bucket = bucketOf(unplug(location));
      yield { at: "", value: bucket, role: bucketRole(channel, bucket) };
    }
  };
