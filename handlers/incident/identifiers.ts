/** What a recorded call was about, by the names that AWS gives to things. */
import type { CallRecord } from "./incident";

/** `arn:…`, `rtb-0a1b2c3d`, `vpce-svc-…`; nothing longer than an ARN can be. */
const NAME = /^(arn:aws[a-z-]*:[^\s]{1,2000}|[a-z][a-z0-9]*(-[a-z]+){0,3}-[0-9a-f]{8,17})$/;

/** A record holds up to 256 kB; what is deeper or more than this is no name of anything that was touched. */
const MAX_DEPTH = 8;
const MAX_NAMES = 50;

/** Parameters that name a thing by less than its ARN, by service. */
const SHORT: Readonly<Record<string, Readonly<Record<string, (name: string, record: CallRecord) => string>>>> = {
  "s3.amazonaws.com": { bucketName: (name) => `arn:aws:s3:::${name}` },
  "kms.amazonaws.com": { keyId: (name, record) => regional("kms", `key/${name}`, record) },
  "iam.amazonaws.com": { roleName: (name, record) => `arn:aws:iam::${accountOf(record)}:role/${name}` },
  "dynamodb.amazonaws.com": { tableName: (name, record) => regional("dynamodb", `table/${name}`, record) },
  "cloudtrail.amazonaws.com": { name: (name, record) => regional("cloudtrail", `trail/${name}`, record) },
};

const accountOf = ({ recipientAccountId, userIdentity }: CallRecord): string =>
  recipientAccountId ?? userIdentity.accountId ?? "";

const regional = (service: string, rest: string, record: CallRecord): string =>
  `arn:aws:${service}:${record.awsRegion}:${accountOf(record)}:${rest}`;

/** Names of what a call asked for, made and used, each once, in the order in which the record has them. */
export function identifiersIn(record: CallRecord): string[] {
  const names = new Set<string>();
  const short = SHORT[record.eventSource] ?? {};
  const add = (name: string) => {
    if (names.size < MAX_NAMES) names.add(name);
  };
  const walk = (value: unknown, key: string, depth: number): void => {
    if (typeof value === "string") {
      if (NAME.test(value)) add(value);
      else if (Object.hasOwn(short, key)) add(short[key](value, record));
    } else if (typeof value === "object" && value !== null && depth < MAX_DEPTH) {
      for (const [name, inner] of Object.entries(value)) walk(inner, Array.isArray(value) ? key : name, depth + 1);
    }
  };
  for (const resource of record.resources ?? []) walk(resource.ARN, "ARN", 0);
  walk(record.requestParameters, "", 0);
  walk(record.responseElements, "", 0);
  return [...names];
}
