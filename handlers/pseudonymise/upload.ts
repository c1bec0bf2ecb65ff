/** Writing an object whose length is not known before, part by part. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";

export interface Destination {
  readonly bucket: string;
  readonly key: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** S3 takes parts of at least 5 MiB: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const partSize = 8 * 2 ** 20;

/** An object that is there as a whole after `finish`, or not at all; at most one part of it is in memory. */
export class Upload {
  private readonly parts: { readonly PartNumber: number; readonly ETag: string | undefined }[] = [];
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  /** Length so far, in bytes. */
  bytes = 0;

  private constructor(
    private readonly client: S3Client,
    private readonly target: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined },
  ) {}

  static async begin(client: S3Client, { bucket, key, tags }: Destination): Promise<Upload> {
    const target = { Bucket: bucket, Key: key };
    const Tagging = new URLSearchParams(tags).toString();
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, Tagging }));
    return new Upload(client, { ...target, UploadId });
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.pending.push(chunk);
    this.pendingBytes += chunk.length;
    this.bytes += chunk.length;
    if (this.pendingBytes >= partSize) await this.send();
  }

  /** @returns the version of the object */
  async finish(): Promise<string | undefined> {
    if (this.pendingBytes > 0 || this.parts.length === 0) await this.send();
    const { VersionId } = await this.client.send(
      new CompleteMultipartUploadCommand({ ...this.target, MultipartUpload: { Parts: this.parts } }),
    );
    return VersionId;
  }

  /** Leaves nothing behind. */
  async abort(): Promise<void> {
    await this.client.send(new AbortMultipartUploadCommand(this.target));
  }

  private async send(): Promise<void> {
    const PartNumber = this.parts.length + 1;
    const Body = Buffer.concat(this.pending);
    const { ETag } = await this.client.send(new UploadPartCommand({ ...this.target, PartNumber, Body }));
    this.parts.push({ PartNumber, ETag });
    this.pending = [];
    this.pendingBytes = 0;
  }
}
