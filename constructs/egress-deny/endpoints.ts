import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { PrivateNetwork } from "../network/private-network";
import { perimeterPolicy, type Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";

/** Services that a network reaches through an interface of its own. */
export type InterfaceService =
  | "apigateway"
  | "backup"
  | "cloudtrail"
  | "codebuild"
  | "config"
  | "datasync"
  | "ec2"
  | "events"
  | "execute-api"
  | "guardduty"
  | "kinesis-firehose"
  | "kms"
  | "lambda"
  | "logs"
  | "macie2"
  | "monitoring"
  | "network-firewall"
  | "rds"
  | "s3-outposts"
  | "secretsmanager"
  | "securityhub"
  | "sqs"
  | "ssm"
  | "ssmmessages"
  | "states"
  | "sts";
/** Services that a network reaches through a route. */
export type GatewayService = "s3" | "dynamodb";

/** The prefix of a service's actions, where it is not the service's name. */
const actionPrefix: Partial<Record<InterfaceService, string>> = {
  "kinesis-firehose": "firehose",
  monitoring: "cloudwatch",
};

export interface EndpointsProps {
  readonly network: PrivateNetwork;
  /** Name of the network. */
  readonly name: string;
  /** Region of the network; its endpoints lead to services of the same region. */
  readonly region: string;
  /** Whose principals may use the endpoints, and whose resources they lead to. */
  readonly estate: Estate;
  /**
   * The one account of the estate whose principals and resources these are.
   * @default any account of the estate
   */
  readonly account?: string;
  /**
   * Services with an interface in the `endpoints` tier.
   * @default kms, logs, monitoring, secretsmanager, sts
   */
  readonly interfaces?: readonly InterfaceService[];
  /**
   * Services with a route in the `workload` and `gateway` tiers.
   * @default s3, dynamodb
   */
  readonly gateways?: readonly GatewayService[];
  /**
   * What may be done through S3's route with buckets that are not the estate's.
   * @default nothing
   */
  readonly objectsBeyond?: readonly Statement[];
}

/** The services a network may use, each behind an endpoint that knows the own organization only. */
export class Endpoints extends Construct {
  static readonly defaultInterfaces: readonly InterfaceService[] = [
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "sts",
  ];
  static readonly defaultGateways: readonly GatewayService[] = ["s3", "dynamodb"];

  /** The security group of the interfaces. */
  readonly securityGroup: SecurityGroup;
  readonly gateways: readonly VpcEndpoint[];
  readonly interfaces: readonly VpcEndpoint[];
  private readonly byService = new Map<InterfaceService, VpcEndpoint>();

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    this.securityGroup = this.makeSecurityGroup(props);
    this.interfaces = (props.interfaces ?? Endpoints.defaultInterfaces).map((service) =>
      this.makeInterface(service, props),
    );
    this.gateways = (props.gateways ?? Endpoints.defaultGateways).map((service) => this.makeGateway(service, props));
  }

  /**
   * The interface of a service.
   * @throws RangeError if the network has none
   */
  interface(service: InterfaceService): VpcEndpoint {
    const endpoint = this.byService.get(service);
    if (!endpoint) throw new RangeError(`the network has no endpoint of ${service}`);
    return endpoint;
  }

  private makeSecurityGroup({ network, name }: EndpointsProps): SecurityGroup {
    const group = new SecurityGroup(this, "group", {
      name: `${name}-endpoints`,
      description: "Interfaces of AWS services: HTTPS from the network, nothing out",
      vpcId: network.vpc.id,
      tags: { Name: `${name}-endpoints` },
    });
    new VpcSecurityGroupIngressRule(this, "https", {
      securityGroupId: group.id,
      description: "HTTPS from the network",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: network.ipv4.toString(),
    });
    return group;
  }

  private makeInterface(service: InterfaceService, props: EndpointsProps): VpcEndpoint {
    const endpoint = new VpcEndpoint(this, service, {
      vpcId: props.network.vpc.id,
      serviceName: `com.amazonaws.${props.region}.${service}`,
      vpcEndpointType: "Interface",
      ipAddressType: "ipv4",
      dnsOptions: { dnsRecordIpType: "ipv4" },
      privateDnsEnabled: true,
      subnetIds: props.network.tier("endpoints").subnets.map((subnet) => subnet.id),
      securityGroupIds: [this.securityGroup.id],
      policy: perimeterPolicy(props.estate, actionPrefix[service] ?? service, props.account),
      tags: { Name: `${props.name}-${service}` },
    });
    this.byService.set(service, endpoint);
    return endpoint;
  }

  private makeGateway(service: GatewayService, props: EndpointsProps): VpcEndpoint {
    return new VpcEndpoint(this, service, {
      vpcId: props.network.vpc.id,
      serviceName: `com.amazonaws.${props.region}.${service}`,
      vpcEndpointType: "Gateway",
      routeTableIds: (["workload", "gateway"] as const).map((tier) => props.network.tier(tier).routeTable.id),
      policy: perimeterPolicy(props.estate, service, props.account, service === "s3" ? props.objectsBeyond : []),
      tags: { Name: `${props.name}-${service}` },
    });
  }
}
