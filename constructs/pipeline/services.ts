/**
 * Which services of AWS are asked when resources are applied, and how a network without a way out reaches them. Interfaces:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html.
 */
import type { GatewayService, InterfaceService } from "../egress-deny/endpoints";

/** Services that no endpoint in a region of the sites leads to, each with the reason. */
export const beyond = {
  // Its endpoint is `com.amazonaws.iam` in the region of its control plane:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam_vpc_endpoint_create.html
  IAM: "answers in us-east-1 only",
  // "Endpoint to call", https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html
  Organizations: "answers in us-east-1 only",
  "Data Lifecycle Manager": "is not among the services that have endpoints",
  "Route 53 Resolver": "is not among the services that have endpoints",
  // "Accessing buckets, access points, and Amazon S3 Control API operations from S3 interface endpoints",
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
  "S3 Control": "is not reached by the route to S3",
} as const;
export type Beyond = keyof typeof beyond;

type Service =
  | { readonly interface: InterfaceService }
  | { readonly gateway: GatewayService }
  | { readonly beyond: Beyond };

const by = (name: InterfaceService): Service => ({ interface: name });
const no = (name: Beyond): Service => ({ beyond: name });

/** By the beginning of a resource type behind `aws_`; the longest that fits counts. */
const services: Readonly<Record<string, Service>> = {
  api_gateway_: by("apigateway"),
  backup_: by("backup"),
  cloudtrail: by("cloudtrail"),
  cloudwatch_dashboard: by("monitoring"),
  cloudwatch_event_: by("events"),
  cloudwatch_log_: by("logs"),
  cloudwatch_metric_: by("monitoring"),
  codebuild_: by("codebuild"),
  config_: by("config"),
  datasync_: by("datasync"),
  db_: by("rds"),
  default_: by("ec2"),
  dlm_: no("Data Lifecycle Manager"),
  dynamodb_: { gateway: "dynamodb" },
  ebs_: by("ec2"),
  ec2_: by("ec2"),
  flow_log: by("ec2"),
  guardduty_: by("guardduty"),
  iam_: no("IAM"),
  instance: by("ec2"),
  kinesis_firehose_: by("kinesis-firehose"),
  kms_: by("kms"),
  lambda_: by("lambda"),
  macie2_: by("macie2"),
  network_acl: by("ec2"),
  networkfirewall_: by("network-firewall"),
  organizations_: no("Organizations"),
  route: by("ec2"),
  route53_resolver_: no("Route 53 Resolver"),
  s3_: { gateway: "s3" },
  s3_access_point: no("S3 Control"),
  s3_account_: no("S3 Control"),
  // Of buckets on Outposts: https://docs.aws.amazon.com/AmazonS3/latest/s3-outposts/s3-outposts-privatelink-interface-endpoints.html
  s3control_: by("s3-outposts"),
  s3outposts_: by("s3-outposts"),
  security_group: by("ec2"),
  securityhub_: by("securityhub"),
  sfn_: by("states"),
  sqs_: by("sqs"),
  ssm_: by("ssm"),
  subnet: by("ec2"),
  volume_attachment: by("ec2"),
  vpc: by("ec2"),
};

/** How what is asked for resources is reached. */
export interface Reach {
  readonly interfaces: readonly InterfaceService[];
  readonly gateways: readonly GatewayService[];
  readonly beyond: readonly Beyond[];
}

/** @throws RangeError for a type of which it is not known which service it belongs to */
export function reachOf(types: readonly string[]): Reach {
  const found = [...new Set(types)].map(serviceOf);
  const named = <T extends string>(pick: (service: Service) => T | undefined): T[] =>
    [...new Set(found.flatMap((service) => pick(service) ?? []))].sort();
  return {
    interfaces: named((service) => ("interface" in service ? service.interface : undefined)),
    gateways: named((service) => ("gateway" in service ? service.gateway : undefined)),
    beyond: named((service) => ("beyond" in service ? service.beyond : undefined)),
  };
}

function serviceOf(type: string): Service {
  const [prefix] = Object.keys(services)
    .filter((start) => type.startsWith(`aws_${start}`))
    .sort((a, b) => b.length - a.length);
  if (prefix === undefined) throw new RangeError(`constructs/pipeline/services.ts: no service is known for ${type}`);
  return services[prefix];
}
