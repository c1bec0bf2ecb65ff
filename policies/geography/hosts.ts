/**
 * What the name of an AWS endpoint says of where it is. A name says in which region the service stands, not whose the
 * thing behind it is.
 *
 * Sources: https://docs.aws.amazon.com/general/latest/gr/rande.html (the forms of regional, dual-stack and FIPS
 * endpoints) and the "endpoints and quotas" page of each service beside it; for S3
 * https://docs.aws.amazon.com/general/latest/gr/s3.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html; for VPC endpoints
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
import { type Region, regions, regionsByShortCode } from "./regions";

export interface AwsHost {
  /** The region the endpoint stands in; undefined for global and legacy names, which may be served from anywhere. */
  readonly region?: string;
  /** The bucket that an S3 host names. */
  readonly bucket?: string;
  /** The account that the name carries, where it does (registries, access points, S3 Control). */
  readonly account?: string;
}

/** How the labels in front of a domain tell the region; labels stand as they are read, the last one next to the domain. */
type Reader = (labels: readonly string[]) => AwsHost;

/** No region in the name: a network of edge locations, or a service with one endpoint for the whole world. */
const global: Reader = () => ({});

/** Exactly `<anything>.<region>.<domain>`: the label next to the domain, if something stands before it. */
const regionLast: Reader = (labels) => (labels.length > 1 ? inRegion(regions.get(labels[labels.length - 1])) : {});

/** `<anything>.<service>.<region>.on.aws`, and with another word behind the region. */
const regionAmongLastTwo: Reader = (labels) => inRegion(lastRegion(labels.slice(-2)));

const inRegion = (region: Region | undefined): AwsHost => (region ? { region: region.code } : {});

const lastRegion = (labels: readonly string[]): Region | undefined => [...labels].reverse().map(regionIn).find(Boolean);

/** The domains under which AWS gives names to endpoints and to customers' resources. */
const domains: readonly (readonly [domain: string, read: Reader])[] = [
  ["amazonaws.com", amazonaws],
  ["amazonaws.com.cn", amazonaws],
  ["amazonaws.eu", amazonaws],
  ["api.aws", amazonaws],
  ["api.amazonwebservices.com.cn", amazonaws],
  ["api.amazonwebservices.eu", amazonaws],
  ["on.aws", regionAmongLastTwo],
  ["on.amazonwebservices.com.cn", regionAmongLastTwo],
  ["on.amazonwebservices.eu", regionAmongLastTwo],
  ["sagemaker.aws", regionLast],
  ["elasticbeanstalk.com", regionLast],
  ["elasticbeanstalk.com.cn", regionLast],
  ["awsapprunner.com", regionLast],
  ["amazoncognito.com", regionLast],
  ["console.aws.amazon.com", (labels) => inRegion(lastRegion(labels.slice(-1)))],
  ["awsapps.com", global],
  ["amplifyapp.com", global],
  ["cloudfront.net", global],
  ["cloudfront.cn", global],
  ["awsglobalaccelerator.com", global],
  ["awsdns.com", global],
  ["amazon.com", global],
];

/** Reads a hostname (no scheme, no port); undefined if it is under none of AWS's domains. */
export function parseAwsHost(host: string): AwsHost | undefined {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name.length > 253 || !/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(name)) return undefined;
  for (const [domain, read] of domains) {
    if (name === domain) return {};
    if (name.endsWith(`.${domain}`)) return read(name.slice(0, -domain.length - 1).split("."));
  }
  return undefined;
}

function amazonaws(labels: readonly string[]): AwsHost {
  const s3 = readS3(labels);
  if (s3) return s3;
  const [first] = labels;
  const account = /^\d{12}$/.test(first) && labels[1] === "dkr" ? first : undefined;
  return { ...inRegion(lastRegion(labels.slice(-2))), ...(account && { account }) };
}

/**
 * S3's own labels, alone or with the region attached (`s3-eu-west-1`, `s3-website-eu-west-1`). The bucket stands in front
 * of them, dots and all, so nothing in front of them tells a region.
 */
const s3Label =
  /^(s3|s3-fips|s3-accelerate|s3-website|s3-accesspoint|s3-accesspoint-fips|s3-object-lambda|s3-object-lambda-fips|s3-outposts|s3-outposts-fips|s3-control|s3-control-fips|s3-global|s3-external-1|s3-r-w|s3express-control|s3express-[a-z0-9-]+|s3-website-[a-z0-9-]+|s3-[a-z]{2,4}(?:-[a-z]+)+-\d+)$/;

function readS3(labels: readonly string[]): AwsHost | undefined {
  const at = labels.findLastIndex((label) => s3Label.test(label));
  if (at < 0) return undefined;
  const label = labels[at];
  const behind = labels.slice(at + 1).filter((one) => one !== "dualstack" && one !== "vpce");
  // Not S3's own label, but a name in front of another service's endpoint: `s3.queue.example.sqs.eu-west-1`.
  if (behind.length > 1 || (behind.length === 1 && !regions.has(behind[0]))) return undefined;
  const attached = /^s3-(?:website-)?(.+)$/.exec(label)?.[1];
  const region = label === "s3-external-1" ? "us-east-1" : (behind[0] ?? (attached && regions.get(attached)?.code));
  return { ...(region && { region }), ...ownerOf(label, labels.slice(0, at)) };
}

/** What stands in front of S3's label: a bucket, an access point with its account, an account. */
function ownerOf(label: string, before: readonly string[]): Pick<AwsHost, "bucket" | "account"> {
  if (label.startsWith("s3-accesspoint") || label.startsWith("s3-object-lambda") || label.startsWith("s3-outposts")) {
    const account = /-(\d{12})$/.exec(before[0] ?? "")?.[1];
    return account ? { account } : {};
  }
  if (label.startsWith("s3-control")) {
    const account = before.find((one) => /^\d{12}$/.test(one));
    return account ? { account } : {};
  }
  if (label === "s3-global") return {};
  // A VPC endpoint's own name stands in front of `bucket.` and of `accesspoint.`: `bucket.vpce-0a-1b.s3.eu-west-1.vpce`.
  const endpoint = before.findLastIndex((one) => one.startsWith("vpce-"));
  const name = endpoint < 0 ? before : before.slice(0, endpoint);
  const bucket = (endpoint >= 0 && name[name.length - 1] === "bucket" ? name.slice(0, -1) : name).join(".");
  return bucket === "" ? {} : { bucket };
}

/** The region that a label is, or is made of: `eu-west-1`, `euw1` (caches), `compute-1` (instances in us-east-1). */
function regionIn(label: string): Region | undefined {
  return (
    regions.get(label) ??
    regionsByShortCode.get(label) ??
    (label === "compute-1" ? regions.get("us-east-1") : undefined)
  );
}

export interface EndpointService {
  /** Undefined for services with one endpoint for the world. */
  readonly region?: string;
  /** `vpce-svc-…`, if it is a customer's or partner's own service. */
  readonly id?: string;
  /** `s3`, `execute-api`, `ecr.dkr`, if it is a service of AWS. */
  readonly service?: string;
}

/**
 * Reads the name of a VPC endpoint service: `com.amazonaws.eu-west-1.s3`, `aws.sagemaker.eu-west-1.notebook`,
 * `com.amazonaws.vpce.eu-west-1.vpce-svc-0123`, `cn.com.amazonaws.cn-north-1.ec2`, `eu.amazonaws.eusc-de-east-1.s3`.
 */
export function parseEndpointService(name: string): EndpointService | undefined {
  const [, rest] = /^(?:(?:cn\.)?com\.amazonaws|eu\.amazonaws|aws(?:\.api)?)\.([a-z0-9._-]+)$/.exec(name) ?? [];
  if (rest === undefined) return undefined;
  const labels = rest.split(".");
  const own = /^vpce\.([a-z0-9-]+)\.(vpce-svc-[0-9a-f]+)$/.exec(rest);
  if (own) return regions.has(own[1]) ? { region: own[1], id: own[2] } : undefined;
  const at = labels.findIndex((label) => regions.has(label));
  const service = labels.filter((_, i) => i !== at).join(".");
  return { ...(at >= 0 && { region: labels[at] }), service };
}
