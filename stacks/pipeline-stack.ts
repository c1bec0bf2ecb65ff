import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  type Account,
  AddressPool,
  assumedByRole,
  BucketBasics,
  DeliveryRole,
  DnsFirewall,
  deliveryRoleName,
  type Enclave,
  Endpoints,
  evidenceBucketName,
  FlowLogs,
  type InterfaceService,
  KeyRing,
  LogStore,
  NetworkAcls,
  type Oversight,
  type Pipeline,
  PrivateNetwork,
  pipelineNames,
  type Reach,
  type ReportDelivery,
  Runner,
  reachOf,
  regionalNames,
  reportKey,
  roleArn,
  SealedDefaults,
  type Statement,
} from "../constructs";
import { awsProvider, estateOf, RegionalStack } from "./regional-stack";
import { typesIn } from "./types";

export interface PipelineStackProps {
  readonly enclave: Enclave;
  readonly pipeline: Pipeline;
  /** The other stacks. */
  readonly others: readonly TerraformStack[];
}

/** What builds reach whatever they apply. */
const always: readonly InterfaceService[] = ["codebuild", "kms", "logs", "sts"];

/** The bucket of Terraform's states, and the runner that plans and applies within the enclave. */
export class PipelineStack extends RegionalStack {
  private readonly name: string;
  private readonly logs: LogStore;
  private readonly reach: Reach;

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
      keys: { states: { statements: partnersKeyUse(props) }, logs: { forLogs: true } },
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
      grants: (arn) => partnersStates(arn, props),
    });
    this.makeDeliveryRoles();
    this.reach = reachOf([this, ...props.others].flatMap(typesIn));
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
      // Without a refresh, which asks services that have no endpoint: the plans are made from the states.
      commands: ["npx enclave synth || test $? -le 2", `npx enclave plan --no-refresh ${this.planned.join(" ")}`],
      report: enclave.oversight && this.report(enclave.oversight),
      deliveryRoles: this.accounts.map(({ id }) => roleArn({ account: id, roleName: deliveryRoleName(enclave) })),
    });
  }

  /** The last word of the proof, for the partner. */
  private report({ account, region }: Oversight): ReportDelivery {
    const bucket = evidenceBucketName(this.props.enclave, region);
    return { files: "cdktf.out/plans/*/report.json", bucket, owner: account.id, region, key: reportKey };
  }

  /** The accounts that builds apply in: all but the partner's, who lets nobody else in. */
  private get accounts(): Account[] {
    const { accounts, oversight } = this.props.enclave;
    return accounts.filter(({ id }) => id !== oversight?.account.id);
  }

  /** Names of the stacks of these accounts. */
  private get planned(): string[] {
    const partner = this.props.enclave.oversight?.account.id;
    return [this, ...this.props.others].flatMap((stack) =>
      stack instanceof RegionalStack && stack.account.id === partner ? [] : stack.node.id,
    );
  }

  private get interfaces(): InterfaceService[] {
    return [...new Set([...always, ...this.reach.interfaces])];
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
      allowed: regionalNames(pipeline.region, [...this.interfaces, ...this.reach.gateways]),
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
      interfaces: this.interfaces,
      gateways: this.reach.gateways,
    });
  }

  /** In every account but the partner's, because plans of several accounts are applied by one runner. */
  private makeDeliveryRoles(): void {
    const { enclave, pipeline } = this.props;
    const trust = assumedByRole({ account: pipeline.account.id, roleName: this.name });
    for (const account of this.accounts) {
      new DeliveryRole(this, `delivery-${account.name}`, {
        name: deliveryRoleName(enclave),
        trust,
        provider: awsProvider(this, account.name, { enclave, account, region: pipeline.region }, account.name),
      });
    }
  }
}

/** The partner applies its own stacks: it reads what others have put out, and writes the states of its own. */
function partnersStates(bucketArn: string, { enclave, others }: PipelineStackProps): Statement[] {
  const { oversight } = enclave;
  if (!oversight) return [];
  const { stateKey } = pipelineNames(enclave);
  const own = others
    .filter((stack) => stack instanceof RegionalStack && stack.account.id === oversight.account.id)
    .map(({ node }) => `${bucketArn}/${stateKey(node.id)}`);
  const Principal = { AWS: `arn:aws:iam::${oversight.account.id}:root` };
  const locks = own.map((arn) => `${arn}.tflock`);
  return [
    { Sid: "PartnerFinds", Effect: "Allow", Principal, Action: "s3:ListBucket", Resource: bucketArn },
    {
      Sid: "PartnerReads",
      Effect: "Allow",
      Principal,
      Action: "s3:GetObject",
      Resource: `${bucketArn}/${stateKey("*")}*`,
    },
    { Sid: "PartnerWrites", Effect: "Allow", Principal, Action: "s3:PutObject", Resource: [...own, ...locks] },
    { Sid: "PartnerUnlocks", Effect: "Allow", Principal, Action: "s3:DeleteObject", Resource: locks },
  ];
}

const partnersKeyUse = ({ enclave, pipeline }: PipelineStackProps): Statement[] =>
  enclave.oversight
    ? [
        {
          Sid: "PartnersStates",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${enclave.oversight.account.id}:root` },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: { StringEquals: { "kms:ViaService": `s3.${pipeline.region}.amazonaws.com` } },
        },
      ]
    : [];
