/** Amazon Resource Names (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
import { partitions } from "./regions";

export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for services without regions, and for S3 buckets. */
  readonly region: string;
  /** Twelve digits; empty for S3 buckets and others; a word such as `aws` for what AWS itself owns. */
  readonly account: string;
  /** Everything behind the fifth colon, colons included. */
  readonly resource: string;
}

/** `aws`: managed policies; `cloudfront`: origin access identities; `aws-marketplace`: products of others. */
const accountField = /^(?:\d{12}|aws|cloudfront|aws-marketplace)?$/;

/**
 * The parts of a complete ARN of a known partition; undefined for everything else: patterns with wildcards in front of
 * the resource, other schemes, ARNs with a part missing.
 */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region, account, resource] =
    /^arn:([^:]+):([^:]+):([^:]*):([^:]*):([\s\S]+)$/.exec(text) ?? [];
  if (partition === undefined || !(partitions as readonly string[]).includes(partition)) return undefined;
  if (!/^[a-z0-9-]+$/.test(service) || !/^(?:[a-z]{2,4}(?:-[a-z]+)+-\d+)?$/.test(region)) return undefined;
  if (!accountField.test(account)) return undefined;
  return { partition, service, region, account, resource };
}
