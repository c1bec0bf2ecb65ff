import type { Construct } from "constructs";
import {
  AddressPool,
  BucketBasics,
  DeliveryRole,
  DnsFirewall,
  deliveryRoleName,
  type Enclave,
  Endpoints,
  FlowLogs,
  type InterfaceService,
  KeyRing,
  LogStore,
  NetworkAcls,
  type Pipeline,
  PrivateNetwork,
  pipelineNames,
  Runner,
  regionalNames,
  SealedDefaults,
} from "../constructs";
import { awsProvider, estateOf, RegionalStack } from "./regional-stack";

export interface PipelineStackProps {
  readonly enclave: Enclave;
  readonly pipeline: Pipeline;
}

/** Services that builds reach. */
const services: readonly InterfaceService[] = ["kms", "logs", "sts"];

/** The bucket of Terraform's states, and the runner that plans and applies within the enclave. */
export class PipelineStack extends RegionalStack {
  private readonly name: string;
  private readonly logs: LogStore;

  constructor(
    scope: Construct,
    private readonly props: PipelineStackProps,
  ) {
    const { enclave, pipeline } = props;
    const { account, region } = pipeline;
    super(scope, "pipeline", { enclave, account, region });
    const { runner, bucket: bucketName, source } = pipelineNames(enclave);
    const estate = estateOf(enclave);
    this.name = runner;
    const keys = new KeyRing(this, "keys", {
      name: runner,
      account: account.id,
      region,
      estate,
      keys: { states: {}, logs: { forLogs: true } },
    });
    this.logs = new LogStore(this, "logs", {
      bucketName: `${runner}-logs`,
      account: account.id,
      region,
      estate,
      retentionDays: enclave.retention.logs,
    });
    const { bucket } = new BucketBasics(this, "states", {
      bucketName,
      estate,
      keyArn: keys.arn("states"),
      versionDays: Math.max(enclave.retention.versions, 365),
    });
    const network = this.makeNetwork();
    new Runner(this, "runner", {
      name: runner,
      network,
      endpoints: this.makeEndpoints(network),
      bucket: { name: bucketName, arn: bucket.arn },
      keyArn: keys.arn("states"),
      logKeyArn: keys.arn("logs"),
      logDays: enclave.retention.logs,
      source,
      commands: ["npm start", "npx enclave plan"],
      deliveryRoles: enclave.accounts.map(({ id }) => `arn:aws:iam::${id}:role/${deliveryRoleName(enclave)}`),
    });
    this.makeDeliveryRoles();
  }

  private makeNetwork(): PrivateNetwork {
    const { pipeline } = this.props;
    const { zones, ipv4, ipv6 } = pipeline.network;
    const { name } = this;
    const { pool } = new AddressPool(this, "addresses", { name, region: pipeline.region, ranges: [ipv6] });
    const network = new PrivateNetwork(this, "network", { name, ipv4, ipv6: { range: ipv6, poolId: pool.id }, zones });
    const logs = this.logs.bucket.arn;
    new SealedDefaults(this, "defaults", { vpc: network.vpc, name });
    new NetworkAcls(this, "acls", { network, name, enclave: [ipv4, ipv6] });
    new FlowLogs(this, "traffic", { source: { vpcId: network.vpc.id }, destinationArn: `${logs}/traffic/` });
    new DnsFirewall(this, "names", {
      name,
      vpcId: network.vpc.id,
      allowed: regionalNames(pipeline.region, [...services, "s3"]),
      queryLogArn: `${logs}/queries`,
    });
    return network;
  }

  private makeEndpoints(network: PrivateNetwork): Endpoints {
    const { enclave, pipeline } = this.props;
    return new Endpoints(this, "endpoints", {
      network,
      name: this.name,
      region: pipeline.region,
      estate: estateOf(enclave),
      interfaces: services,
      gateways: ["s3"],
    });
  }

  /** In every account, because plans of several accounts are applied by one runner. */
  private makeDeliveryRoles(): void {
    const { enclave, pipeline } = this.props;
    const runner = { account: pipeline.account.id, roleName: this.name };
    for (const account of enclave.accounts) {
      new DeliveryRole(this, `delivery-${account.name}`, {
        name: deliveryRoleName(enclave),
        runner,
        provider: awsProvider(this, account.name, { enclave, account, region: pipeline.region }, account.name),
      });
    }
  }
}
