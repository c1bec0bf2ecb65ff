/** The object that is read. */
import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { AsyncBuffer } from "hyparquet";

/** One version of an object: what is read at the end is what was read at the beginning. */
export interface Source {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string | undefined;
}

export async function streamOf(client: S3Client, source: Source): Promise<AsyncIterable<Uint8Array>> {
  const { Body } = await client.send(new GetObjectCommand(source));
  return Body as unknown as AsyncIterable<Uint8Array>;
}

/** Parquet is read from its end and in pieces. */
export async function randomAccess(client: S3Client, source: Source): Promise<AsyncBuffer> {
  const { ContentLength: byteLength = 0 } = await client.send(new HeadObjectCommand(source));
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const Range = `bytes=${start}-${end - 1}`;
      const { Body } = await client.send(new GetObjectCommand({ ...source, Range }));
      const bytes = await Body!.transformToByteArray();
      return Uint8Array.from(bytes).buffer;
    },
  };
}

/** The version that is the newest now. */
export async function newestVersion(client: S3Client, Bucket: string, Key: string): Promise<Source> {
  const { VersionId } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  return { Bucket, Key, VersionId };
}
