/** The last step of a transfer: copies an approved object of the outbox to its receiver, and counts it. */
import { CopyObjectCommand, GetObjectTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { record } from "../common/evidence";
import { Refusal } from "../common/refusal";
import { jsonSetting, type ReceiverSetting, setting } from "../common/settings";
import type { Pseudonymised } from "../pseudonymise";
import type { TransferWish } from "../request/wishes";
import { checkRelease } from "./rules";

export interface ReleaseEvent extends TransferWish {
  readonly id: string;
  readonly pseudonymised: Pseudonymised;
}

const client = new S3Client({});

/** @throws Refusal if the object may not go to the receiver (any more); it is recorded and nothing has left */
export async function handler(event: ReleaseEvent): Promise<{ readonly delivered: string }> {
  const now = new Date();
  const { id, receiver, dataClass, pseudonymised } = event;
  const step = { request: id, kind: "transfers" } as const;
  const { key, version, records, setAside, bytes } = pseudonymised;
  const counted = { receiver, dataClass, records, setAside, bytes };
  try {
    const receivers = jsonSetting<Record<string, ReceiverSetting>>("RECEIVERS");
    const { inbox } = checkRelease(event, receivers, await tagsOf(key, version), now.toISOString().slice(0, 10));
    await record({ ...step, event: "released", details: { ...counted, inbox, key, version } }, now);
    const delivered = `${setting("DATA_CENTRE")}/${dataClass}/${id}/${key.slice(key.lastIndexOf("/") + 1)}`;
    await client.send(
      new CopyObjectCommand({
        CopySource: `${setting("OUTBOX_BUCKET")}/${encodeURIComponent(key)}?versionId=${version}`,
        Bucket: inbox.bucket,
        Key: delivered,
        ExpectedBucketOwner: inbox.account,
        TaggingDirective: "REPLACE",
      }),
    );
    await record({ ...step, event: "delivered", details: { ...counted, inbox, delivered } }, new Date());
    return { delivered };
  } catch (error) {
    if (error instanceof Refusal) {
      await record({ ...step, event: "refused", details: { ...counted, reason: error.message } }, now);
    }
    throw error;
  }
}

async function tagsOf(Key: string, VersionId: string | undefined): Promise<ReadonlyMap<string, string>> {
  const { TagSet = [] } = await client.send(
    new GetObjectTaggingCommand({ Bucket: setting("OUTBOX_BUCKET"), Key, VersionId }),
  );
  return new Map(TagSet.map(({ Key, Value }) => [Key!, Value!]));
}
