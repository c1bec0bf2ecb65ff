/**
 * Takes sightings from the partner's queue and hands on incidents. A sighting is what EventBridge delivered: a recorded
 * call, or a new file of the trail, which alone has the calls to global services (IAM, Organizations): EventBridge knows
 * those only in a region outside
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html).
 */
import { gunzipSync } from "node:zlib";
import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { EventBridgeEvent, S3ObjectCreatedNotificationEvent, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { type Approved, type CallRecord, incidentOf } from "./incident";
import { noProof, type Proof, readProof } from "./proof";

const s3 = new S3Client({});
const sqs = new SQSClient({});

type Sighting = EventBridgeEvent<"AWS API Call via CloudTrail", CallRecord> | S3ObjectCreatedNotificationEvent;

/** A trail's file holds 50 MB of records at most when it is unpacked; more than this is no file of a trail. */
const MAX_FILE = 256 * 2 ** 20;

interface Settings {
  readonly incidents: string;
  readonly reportBucket: string;
  readonly reportKey: string;
  readonly approved: Approved;
  /** Regions whose calls come as events; those of all others are looked for in the trail's files. */
  readonly regions: ReadonlySet<string>;
}

function settings(): Settings {
  const value = (name: string): string => {
    const found = process.env[name];
    if (found === undefined) throw new Error(`the environment has no ${name}`);
    return found;
  };
  return {
    incidents: value("INCIDENTS"),
    reportBucket: value("REPORT_BUCKET"),
    reportKey: value("REPORT_KEY"),
    approved: new Set(value("APPROVED").split(",")),
    regions: new Set(value("REGIONS").split(",")),
  };
}

/** A sighting that fails stays in the queue and, after some more tries, lies in the queue for what was never understood. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const given = settings();
  const proof = await lastProof(given);
  const failed: string[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      for (const record of await recordsOf(JSON.parse(body) as Sighting, given)) await report(record, given, proof);
    } catch (error) {
      console.error(JSON.stringify({ messageId, error: String(error) }));
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function recordsOf(sighting: Sighting, { regions }: Settings): Promise<CallRecord[]> {
  switch (sighting["detail-type"]) {
    case "AWS API Call via CloudTrail":
      return [sighting.detail as CallRecord];
    case "Object Created": {
      const { bucket, object } = (sighting as S3ObjectCreatedNotificationEvent).detail;
      const found = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: object.key }));
      const packed = await found.Body!.transformToByteArray();
      const text = gunzipSync(packed, { maxOutputLength: MAX_FILE }).toString("utf8");
      const { Records } = JSON.parse(text) as { Records: CallRecord[] };
      return Records.filter(({ awsRegion }) => !regions.has(awsRegion));
    }
    default:
      throw new Error(`"${String(sighting["detail-type"])}" is no sighting`);
  }
}

async function report(record: CallRecord, { incidents, approved }: Settings, proof: Proof): Promise<void> {
  const incident = incidentOf(record, approved, proof);
  if (!incident) return;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: incidents,
      MessageBody: JSON.stringify(incident),
      MessageGroupId: incident.where.account,
      // EventBridge delivers at least once; the same call is one incident.
      MessageDeduplicationId: incident.id,
    }),
  );
}

/** A missing or broken report keeps no incident back. */
async function lastProof({ reportBucket, reportKey }: Settings): Promise<Proof> {
  try {
    const found = await s3.send(new GetObjectCommand({ Bucket: reportBucket, Key: reportKey }));
    return readProof(await found.Body!.transformToString(), { at: found.LastModified, id: found.VersionId });
  } catch (error) {
    return noProof(error instanceof NoSuchKey ? "no report was delivered yet" : "the report can't be fetched");
  }
}
