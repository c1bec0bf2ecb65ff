import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { Construct } from "constructs";
import {
  AddressPool,
  approvedReaders,
  assumedWithin,
  DeliveryRole,
  DnsFirewall,
  deliveryRoleName,
  type Enclave,
  Endpoints,
  evidenceBucketName,
  FlowLogs,
  GatheredConfigurations,
  gatewayNames,
  IncidentDesk,
  IncidentQueues,
  KeyRing,
  NetworkAcls,
  OrganizationTrail,
  type Oversight,
  oversightNames,
  PartnerPeople,
  PrivateNetwork,
  partnerApprover,
  regionalNames,
  regionsOf,
  reportKey,
  roleArn,
  SealedDefaults,
  type Site,
  Stop,
  type StoppedRoles,
  trailPrefix,
} from "../constructs";
import { type EvidenceStack, trailOf } from "./evidence-stack";
import { approving, auditing, responding } from "./partner-permissions";
import { estateOf, RegionalStack } from "./regional-stack";

export interface OversightStackProps {
  readonly enclave: Enclave;
  readonly oversight: Oversight;
  /** The evidence of each region. */
  readonly evidence: ReadonlyMap<string, EvidenceStack>;
}

/** The partner's own: records of the whole organization come together, incidents wait, people are let in, and can stop it. */
export class OversightStack extends RegionalStack {
  readonly queues: IncidentQueues;
  private readonly keys: KeyRing<"incidents" | "logs">;

  constructor(
    scope: Construct,
    private readonly props: OversightStackProps,
  ) {
    const { enclave, oversight } = props;
    super(scope, "oversight", { enclave, account: oversight.account, region: oversight.region });
    this.keys = this.makeKeys();
    this.record();
    this.queues = this.makeQueues();
    this.openDesk();
    this.makeStop();
    this.letPeopleIn();
    // Named as in the other accounts, for the organization's policies know it by its name; nobody else takes it on.
    const own = { name: deliveryRoleName(enclave), trust: assumedWithin(oversight.account.id) };
    if (enclave.pipeline) new DeliveryRole(this, "delivery", own);
  }

  private get home(): EvidenceStack {
    return this.props.evidence.get(this.props.oversight.region)!;
  }

  private makeKeys(): KeyRing<"incidents" | "logs"> {
    const { enclave, oversight } = this.props;
    return new KeyRing(this, "keys", {
      name: oversightNames(enclave).desk,
      account: oversight.account.id,
      region: oversight.region,
      estate: estateOf(enclave),
      keys: {
        logs: { forLogs: true },
        incidents: {
          statements: [
            {
              // "Enable compatibility between event sources and encrypted queues",
              // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
              Sid: "RulesEncrypt",
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
              Resource: "*",
              Condition: { StringEquals: { "aws:SourceAccount": oversight.account.id } },
            },
          ],
        },
      },
    });
  }

  /** The organization's trail, and how everything is set up in the watched accounts. */
  private record(): void {
    const { enclave, oversight } = this.props;
    const sites = enclave.sites.map(({ account }) => account.id);
    new OrganizationTrail(this, "trail", {
      name: trailOf(enclave, oversight).name,
      archive: this.home.archive,
      bucketArns: enclave.sites.flatMap(({ dataCentres }) =>
        dataCentres.map(({ name }) => `arn:aws:s3:::${enclave.name}-${name}-`),
      ),
      tableArns: enclave.sites.map(
        ({ region, account }) => `arn:aws:dynamodb:${region}:${account.id}:table/${enclave.name}-`,
      ),
    });
    new GatheredConfigurations(this, "configurations", {
      name: oversightNames(enclave).desk,
      estate: estateOf(enclave),
      accounts: [...new Set(sites)],
      regions: regionsOf(enclave),
    });
  }

  /** A network without a way out, from which the function that makes incidents reaches S3 and SQS of the region. */
  private openDesk(): void {
    const { enclave, oversight } = this.props;
    const { zones, ipv4, ipv6 } = oversight.network;
    const { region } = oversight;
    const name = oversightNames(enclave).desk;
    const { pool } = new AddressPool(this, "addresses", { name, region, ranges: [ipv6] });
    const network = new PrivateNetwork(this, "network", { name, ipv4, ipv6: { range: ipv6, poolId: pool.id }, zones });
    const logs = this.home.archive.bucket.arn;
    new SealedDefaults(this, "defaults", { vpc: network.vpc, name });
    new NetworkAcls(this, "acls", { network, name, enclave: [ipv4, ipv6] });
    new FlowLogs(this, "traffic", { source: { vpcId: network.vpc.id }, destinationArn: `${logs}/traffic/oversight/` });
    new DnsFirewall(this, "names", {
      name,
      vpcId: network.vpc.id,
      allowed: regionalNames(region, ["sqs", "s3"]),
      queryLogArn: `${logs}/queries/oversight`,
    });
    const endpoints = new Endpoints(this, "endpoints", {
      network,
      name,
      region,
      estate: estateOf(enclave),
      // The watched accounts are of the same organization.
      account: oversight.account.id,
      interfaces: ["sqs"],
      gateways: ["s3"],
    });
    new IncidentDesk(this, "desk", {
      name: `${name}-incident`,
      network,
      endpoints,
      queues: this.queues,
      queueKeyArn: this.keys.arn("incidents"),
      archive: this.home.archive,
      reportKey,
      approvedRoleArns: approvedReaders(enclave).map(roleArn),
      regions: regionsOf(enclave),
      logKeyArn: this.keys.arn("logs"),
      logDays: enclave.retention.logs,
    });
  }

  private makeQueues(): IncidentQueues {
    const { enclave, oversight } = this.props;
    const { desk, reporter } = oversightNames(enclave);
    const { bucket } = this.home.archive;
    new S3BucketNotification(this, "files", { bucket: bucket.id, eventbridge: true });
    return new IncidentQueues(this, "queues", {
      name: desk,
      account: oversight.account.id,
      region: oversight.region,
      estate: estateOf(enclave),
      keyArn: this.keys.arn("incidents"),
      reporters: enclave.sites.map(({ name, account }) => ({ account: account.id, roleName: reporter(name) })),
      trailFiles: { bucketName: evidenceBucketName(enclave, oversight.region), prefix: trailPrefix },
    });
  }

  private makeStop(): void {
    const { enclave } = this.props;
    new Stop(this, "stop", {
      name: oversightNames(enclave).stop,
      roles: enclave.sites.map((site) => stoppedRoles(enclave, site)),
    });
  }

  private letPeopleIn(): void {
    const { enclave, oversight, evidence } = this.props;
    const names = oversightNames(enclave);
    const people = new PartnerPeople(this, "people", {
      issuer: oversight.people.issuer,
      audience: oversight.people.audience,
      networks: oversight.people.networks.map(({ range }) => range),
    });
    people.role("auditor", {
      name: names.auditor,
      description: "Reads evidence, configurations and findings",
      permissions: auditing([...evidence.values()].map(({ archive }) => archive)),
    });
    people.role("responder", {
      name: names.responder,
      description: "Takes incidents and stops sessions and transfers",
      permissions: responding({
        queueArn: this.queues.incidents.arn,
        keyArn: this.keys.arn("incidents"),
        stop: { name: names.stop, region: oversight.region, account: oversight.account.id },
      }),
    });
    if (!enclave.access) return;
    people.role("approver", {
      name: partnerApprover(enclave, oversight.account).roleName,
      description: "Approves access to personal data in clear",
      permissions: approving(enclave),
    });
  }
}

/** The roles of a site that the partner can stop. */
export function stoppedRoles(enclave: Enclave, { name, account, dataCentres }: Site): StoppedRoles {
  const gateways = dataCentres.map((dataCentre) => gatewayNames(enclave, dataCentre));
  return {
    by: { account: account.id, roleName: oversightNames(enclave).stopped(name) },
    sessions: gateways.flatMap(({ session, workbench }) => [session, workbench]),
    transfers: gateways.map(({ step }) => step("release")),
  };
}
