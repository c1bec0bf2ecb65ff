/** `s3://bucket/key` and `bucket/key`, the ways in which most services name a place in a bucket. */
import { isList, isUnknown, type Value } from "../../configuration/value";
import { type Condition, type DocumentReader, type Role, sends } from "../../flows/vocabulary";

const SCHEME = /^s3[an]?:\/\//;
const elsewhere = (text: string): boolean => /^(?:https?:\/\/|arn:)/.test(text);

/** The bucket that a URI or a path is about; of an unknown one as much as is known. URLs and ARNs stay as they are. */
export function bucketOf(uri: Value): Value {
  if (typeof uri === "string") return elsewhere(uri) ? uri : uri.replace(SCHEME, "").split("/")[0];
  if (!isUnknown(uri) || !uri.parts) return uri;
  const parts = uri.parts.map((part, i) => (i === 0 && typeof part === "string" ? part.replace(SCHEME, "") : part));
  const [first, second] = parts[0] === "" ? parts.slice(1) : parts;
  if (typeof first === "string") return elsewhere(first) || !first.includes("/") ? uri : first.split("/")[0];
  const whole = second === undefined || (typeof second === "string" && second.startsWith("/"));
  return whole && !/(^|_)arn$/.test(first.references[0]?.path ?? "") ? first : uri;
}

/** How to read what `bucketOf` found: a bare name by name, anything else by what it looks like. */
export const bucketRole = (channel: string, bucket: Value, when?: Condition, account?: string): Role =>
  sends(channel, typeof bucket === "string" && elsewhere(bucket) ? "any" : "bucket", {
    ...(when && { when }),
    ...(account !== undefined && { account }),
  });

/**
 * Yields the bucket that data goes to by an S3 URI or path, or by each of several; `account` is the path of the
 * attribute that says whose the bucket is.
 */
export const s3Uri = (channel: string, when?: Condition, account?: string): DocumentReader =>
  function* (document) {
    for (const value of isList(document) ? document : [document]) {
      const bucket = bucketOf(value);
      yield { at: "", value: bucket, role: bucketRole(channel, bucket, when, account) };
    }
  };
