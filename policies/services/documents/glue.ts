/** Maps of AWS Glue whose keys say what their values are: job arguments, connection properties, table locations. */
import type { Resource } from "../../configuration/resource";
import { find, isObject, isUnknown, type Value } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";
import { isUnrouted, parseCidr } from "../../geography/addresses";
import { hostsOf } from "./connection-url";
import { bucketOf, bucketRole } from "./s3-uri";

/** Arguments by which Glue itself writes (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html). */
const WRITTEN = new Set(["--TempDir", "--spark-event-logs-path"]);

export const jobArguments: DocumentReader = function* (document) {
  if (isUnknown(document)) yield { at: "", value: document, role: sends("glue.job-output", "any") };
  if (!isObject(document)) return;
  for (const key of Object.keys(document)) {
    if (!WRITTEN.has(key)) continue;
    const bucket = bucketOf(document[key]);
    yield { at: `["${key}"]`, value: bucket, role: bucketRole("glue.job-output", bucket) };
  }
};

/** Properties with an address in them (https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html). */
const ADDRESS = /(_URL|_URI|^HOST|_HOST|_ENDPOINT|ENDPOINT_|BOOTSTRAP_SERVERS|INSTANCE_URL)$/;

const inVpc = (connection: Resource): boolean =>
  find(connection.values, "physical_connection_requirements.subnet_id").length > 0;

/**
 * Yields the hosts that a connection leads to. One with a subnet leads through an interface of its own, on routes that
 * are judged with the network; one without leads through Glue's network.
 */
export const connectionProperties: DocumentReader = function* (document, resource) {
  if (inVpc(resource)) return;
  if (isUnknown(document)) yield { at: "", value: document, role: sends("glue.connection", "any") };
  if (!isObject(document)) return;
  for (const key of Object.keys(document)) {
    if (!ADDRESS.test(key)) continue;
    const value = document[key];
    for (const one of typeof value === "string" && !value.includes("://") ? value.split(",") : [value]) {
      for (const host of hostsOf(one)) {
        if (!isNearby(host)) yield { at: `["${key}"]`, value: host, role: sends("glue.connection", "host") };
      }
    }
  }
};

function isNearby(host: Value): boolean {
  const range = typeof host === "string" ? parseCidr(host.replace(/:\d+$/, "")) : undefined;
  return range !== undefined && isUnrouted(range);
}

/** Connectors of Athena: the function that reads, and the bucket that it spills to. */
export const athenaProperties: DocumentReader = function* (document) {
  if (isUnknown(document)) yield { at: "", value: document, role: sends("glue.connection", "any") };
  if (!isObject(document)) return;
  for (const key of Object.keys(document)) {
    const value = document[key];
    if (/bucket/i.test(key))
      yield { at: `["${key}"]`, value: bucketOf(value), role: bucketRole("glue.connection", bucketOf(value)) };
    else if (typeof value === "string" && value.startsWith("arn:"))
      yield { at: `["${key}"]`, value, role: sends("glue.connection", "arn") };
  }
};

/** `write.data.path`, `metadata_location` (Apache Iceberg, "Write properties"), `storage.location.template` (Amazon Athena). */
const LOCATION = /(?:^|\.)path$|(?:^|_)location$|^storage\.location\.template$/;

/** Properties of a table by which engines know where to write. */
export const tableParameters: DocumentReader = function* (document) {
  if (isUnknown(document)) yield { at: "", value: document, role: sends("glue.table", "any") };
  if (!isObject(document)) return;
  for (const key of Object.keys(document)) {
    const value = document[key];
    const inBucket = isUnknown(value) || (typeof value === "string" && /^s3[an]?:\/\//.test(value));
    if (!LOCATION.test(key) || !inBucket) continue;
    const bucket = bucketOf(value);
    yield { at: `["${key}"]`, value: bucket, role: bucketRole("glue.table", bucket) };
  }
};

/** What is inserted into a table is written to its location; other locations than buckets name tables of a connection. */
export const tableLocation: DocumentReader = function* (document) {
  const inBucket = isUnknown(document) || (typeof document === "string" && /^(s3[an]?:\/\/|arn:)/.test(document));
  const bucket = bucketOf(document);
  if (inBucket) yield { at: "", value: bucket, role: bucketRole("glue.table", bucket) };
};
