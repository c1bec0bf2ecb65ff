/** Evidence: what was asked, decided and done, in a bucket of the partner's that this account can only add to. */
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Person } from "./person";
import { setting } from "./settings";

export interface Step {
  /** Id of the request that it is about. */
  readonly request: string;
  readonly kind: "access" | "transfers";
  readonly event:
    | "requested"
    | "asked"
    | "approved"
    | "declined"
    | "refused"
    | "opened"
    | "closed"
    | "pseudonymised"
    | "reidentified"
    | "released"
    | "delivered"
    | "failed";
  /** Left out where no person but a step before it asked for it. */
  readonly person?: Person;
  /** What happened, without any user's data. */
  readonly details: Readonly<Record<string, unknown>>;
}

const client = new S3Client({});

/**
 * Writes one step down. Everything is written before it is done, so that nothing is done that could not be written.
 *
 * @throws Error if it could not be written; the step must not happen then
 */
export async function record(step: Step, now: Date): Promise<void> {
  const dataCentre = setting("DATA_CENTRE");
  const time = now.toISOString();
  await client.send(
    new PutObjectCommand({
      Bucket: setting("EVIDENCE_BUCKET"),
      Key: `${step.kind}/${dataCentre}/${time.slice(0, 10)}/${step.request}/${time}-${step.event}.json`,
      Body: JSON.stringify({ time, dataCentre, ...step }),
      ContentType: "application/json",
      // Asked for by buckets with Object Lock: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
      ChecksumAlgorithm: "SHA256",
      ExpectedBucketOwner: setting("EVIDENCE_ACCOUNT"),
    }),
  );
}
