import type { Construct } from "constructs";
import {
  BlockStore,
  backupRole,
  type DataCentre,
  DnsFirewall,
  dataCentresOf,
  deliveryRoleName,
  type Enclave,
  Endpoints,
  evidenceBucketName,
  Facility,
  gatewayNames,
  Hosts,
  HubAttachment,
  hostRole,
  type InterfaceService,
  internalNames,
  KeyRing,
  type NamedRole,
  NetworkAcls,
  ObjectStore,
  OutpostObjectStore,
  PrivateNetwork,
  RecoveryVault,
  RelationalStore,
  receiversIn,
  regionalNames,
  regionsOf,
  releaseRole,
  replicationRole,
  roleArn,
  SealedDefaults,
  type Site,
  type Statement,
  TableStore,
} from "../constructs";
import { hostPermissions } from "./host-permissions";
import { networksOf } from "./networks";
import { estateOf, RegionalStack } from "./regional-stack";
import type { SiteStack } from "./site-stack";
import { recordTraffic } from "./traffic";

export interface DataCentreStackProps {
  readonly enclave: Enclave;
  readonly site: Site;
  readonly dataCentre: DataCentre;
  /** Stack of the site that the data centre belongs to. */
  readonly shared: SiteStack;
}

/** What the gateways work with, and what brings people to them. */
const gatewayServices = ["execute-api", "lambda", "ssm", "ssmmessages", "states"] as const;

type Purpose = "objects" | "tables" | "relational" | "volumes" | "backups" | "logs";

/** One data centre: its network without a way out, its stores, and the hosts that use them. */
export class DataCentreStack extends RegionalStack {
  readonly objects: ObjectStore;
  readonly tables: TableStore;
  readonly vault: RecoveryVault;
  /** Undefined where AWS has no place for it: a database needs two zones or an Outpost. */
  readonly relational?: RelationalStore;
  readonly blocks: readonly BlockStore[];
  readonly keys: KeyRing<Purpose>;
  readonly network: PrivateNetwork;
  readonly endpoints: Endpoints;

  private readonly name: string;

  constructor(
    scope: Construct,
    private readonly props: DataCentreStackProps,
  ) {
    const { enclave, dataCentre } = props;
    super(scope, dataCentre.name, { enclave, account: dataCentre.account, region: dataCentre.region });
    this.name = `${enclave.name}-${dataCentre.name}`;
    this.keys = this.makeKeys();
    this.network = this.makeNetwork();
    this.endpoints = this.makeEndpoints();
    this.filterNames();
    this.join();
    this.objects = this.makeObjects();
    this.makeRackObjects();
    this.tables = this.makeTables();
    this.relational = this.makeRelational();
    this.blocks = this.makeBlocks();
    this.vault = this.makeVault();
    this.makeHosts();
    this.watchBuilding();
  }

  private makeKeys(): KeyRing<Purpose> {
    const { enclave, dataCentre } = this.props;
    const own = dataCentre.account.id;
    const others = (names: readonly string[]) => [
      ...new Set(
        dataCentresOf(enclave)
          .filter(({ name, account }) => names.includes(name) && account.id !== own)
          .map(({ account }) => account.id),
      ),
    ];
    const writers = dataCentresOf(enclave).filter(({ replicatesTo }) => replicatesTo.includes(dataCentre.name));
    const { step, session } = gatewayNames(enclave, dataCentre);
    const ownRole = (roleName: string): NamedRole => ({ account: own, roleName });
    const sessions = enclave.access && roleArn(ownRole(session));
    const guard = (...users: readonly NamedRole[]) => ({
      users: users.map(roleArn),
      delivery: roleArn(ownRole(deliveryRoleName(enclave))),
    });
    const hosts = hostRole(enclave, dataCentre);
    const backup = backupRole(enclave, dataCentre);
    const copied = { sharedWith: others(dataCentre.backsUpTo), guard: guard(backup) };
    const readers = [hosts, ownRole(step("pseudonymise"))];
    const copiers = [dataCentre, ...writers].map((one) => replicationRole(enclave, one));
    return new KeyRing(this, "keys", {
      name: this.name,
      account: own,
      region: dataCentre.region,
      estate: estateOf(enclave),
      keys: {
        objects: {
          sharedWith: others(writers.map(({ name }) => name)),
          guard: { ...guard(...readers, ...copiers), sessions },
        },
        tables: {
          ...copied,
          replicas: regionsOf(enclave).filter((region) => region !== dataCentre.region),
          guard: { ...guard(hosts, backup), sessions },
        },
        relational: copied,
        volumes: copied,
        backups: copied,
        logs: { forLogs: true },
      },
    });
  }

  private makeNetwork(): PrivateNetwork {
    const { enclave, dataCentre, shared } = this.props;
    const network = new PrivateNetwork(this, "network", {
      name: this.name,
      ipv4: dataCentre.network.ipv4,
      ipv6: { range: dataCentre.network.ipv6, poolId: shared.addresses.pool.id },
      zones: dataCentre.zones,
      outposts: dataCentre.outposts.map(({ arn, zone }) => ({ zone, outpostArn: arn })),
    });
    new SealedDefaults(this, "defaults", { vpc: network.vpc, name: this.name });
    new NetworkAcls(this, "acls", { network, name: this.name, enclave: networksOf(dataCentresOf(enclave)) });
    recordTraffic(this, {
      id: "traffic",
      source: { vpcId: network.vpc.id },
      enclave,
      site: dataCentre,
      own: shared.logs,
      prefix: dataCentre.name,
    });
    return network;
  }

  private get services(): readonly InterfaceService[] {
    const { dataCentre, enclave } = this.props;
    return [
      ...Endpoints.defaultInterfaces,
      ...(dataCentre.outposts.length > 0 ? (["s3-outposts"] as const) : []),
      ...(enclave.access ? gatewayServices : []),
    ];
  }

  private makeEndpoints(): Endpoints {
    return new Endpoints(this, "endpoints", {
      network: this.network,
      name: this.name,
      region: this.props.dataCentre.region,
      estate: estateOf(this.props.enclave),
      interfaces: this.services,
      objectsBeyond: this.releases(),
    });
  }

  /** What leaves, and nothing else does: what the transfer gateway copies to declared receivers. */
  private releases(): Statement[] {
    const { enclave, dataCentre } = this.props;
    const inboxes = Object.values(enclave.transfers ? receiversIn(enclave.transfers, dataCentre.region) : {});
    if (inboxes.length === 0) return [];
    return [
      {
        Sid: "DeclaredReceivers",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: inboxes.map(({ inbox }) => `arn:aws:s3:::${inbox.bucket}/*`),
        Condition: { ArnEquals: { "aws:PrincipalArn": roleArn(releaseRole(enclave, dataCentre)) } },
      },
    ];
  }

  /** Names of the region's services and hosts; those of other regions too, for databases and hosts of other sites. */
  private filterNames(): void {
    const { enclave, dataCentre, shared } = this.props;
    const queries = enclave.oversight
      ? `arn:aws:s3:::${evidenceBucketName(enclave, dataCentre.region)}`
      : shared.logs.bucket.arn;
    new DnsFirewall(this, "names", {
      name: this.name,
      vpcId: this.network.vpc.id,
      allowed: [
        ...regionalNames(dataCentre.region, [...this.services, ...Endpoints.defaultGateways]),
        ...regionsOf(enclave).flatMap(internalNames),
      ],
      // AWS takes one place for the queries of a network: the partner's, if there is one.
      queryLogArn: `${queries}/queries/${dataCentre.name}`,
    });
  }

  private join(): void {
    const others = dataCentresOf(this.props.enclave).filter(({ name }) => name !== this.props.dataCentre.name);
    new HubAttachment(this, "hub", {
      name: this.name,
      network: this.network,
      hub: this.props.shared.hub,
      destinations: networksOf(others),
    });
  }

  private makeObjects(): ObjectStore {
    const { enclave, dataCentre, shared } = this.props;
    return new ObjectStore(this, "objects", {
      bucketName: `${this.name}-objects`,
      estate: estateOf(enclave),
      region: dataCentre.region,
      keyArn: this.keys.arn("objects"),
      logBucket: shared.logs.bucket.bucket,
      versionDays: enclave.retention.versions,
      copiesFrom: dataCentresOf(enclave)
        .filter(({ replicatesTo, account }) => {
          return replicatesTo.includes(dataCentre.name) && account.id !== dataCentre.account.id;
        })
        .map((writer) => replicationRole(enclave, writer)),
    });
  }

  private makeRackObjects(): void {
    const { enclave, dataCentre } = this.props;
    dataCentre.outposts.forEach((outpost, i) => {
      new OutpostObjectStore(this, `rack-objects-${i}`, {
        name: `${this.name}-rack-${i}`,
        estate: estateOf(enclave),
        account: dataCentre.account.id,
        outpostId: outpost.id,
        vpcId: this.network.vpc.id,
        subnetId: this.network.tier("data").subnets[i].id,
        clients: this.network.ipv4,
      });
    });
  }

  private makeTables(): TableStore {
    const { enclave, dataCentre } = this.props;
    return new TableStore(this, "tables", {
      tableName: `${this.name}-records`,
      estate: estateOf(enclave),
      region: dataCentre.region,
      keyArn: this.keys.arn("tables"),
      replicas: regionsOf(enclave)
        .filter((region) => region !== dataCentre.region)
        .map((region) => ({ region, keyArn: this.keys.arn("tables", region) })),
      recoveryDays: Math.min(enclave.retention.backups, 35),
    });
  }

  private makeRelational(): RelationalStore | undefined {
    const { enclave, dataCentre } = this.props;
    const onOutpost = dataCentre.outposts.length > 0;
    const subnets = this.network.tier("data").subnets;
    if (!onOutpost && subnets.length < 2) return undefined;
    return new RelationalStore(this, "relational", {
      name: this.name,
      vpcId: this.network.vpc.id,
      subnetIds: (onOutpost ? subnets.slice(0, 1) : subnets).map(({ id }) => id),
      onOutpost,
      clients: dataCentresOf(enclave).map(({ network }) => network.ipv4),
      keyArn: this.keys.arn("relational"),
      logKeyArn: this.keys.arn("logs"),
      logDays: enclave.retention.logs,
      backupDays: Math.min(enclave.retention.backups, 35),
    });
  }

  private makeBlocks(): BlockStore[] {
    const { enclave, dataCentre } = this.props;
    const { subnets } = this.network.tier("workload");
    const store = (id: string, name: string, besideSubnets: typeof subnets, outpostArn?: string) =>
      new BlockStore(this, id, {
        name,
        account: dataCentre.account.id,
        region: dataCentre.region,
        besideSubnets,
        outpostArn,
        keyArn: this.keys.arn("volumes"),
        snapshotDays: enclave.retention.snapshots,
      });
    if (dataCentre.outposts.length === 0) return [store("blocks", `${this.name}-blocks`, subnets)];
    return dataCentre.outposts.map(({ arn }, i) =>
      store(`rack-blocks-${i}`, `${this.name}-rack-${i}`, [subnets[i]], arn),
    );
  }

  private makeVault(): RecoveryVault {
    const { enclave, dataCentre } = this.props;
    return new RecoveryVault(this, "vault", {
      name: `${this.name}-vault`,
      estate: estateOf(enclave),
      region: dataCentre.region,
      keyArn: this.keys.arn("backups"),
      maxDays: Math.max(enclave.retention.backups, 365),
    });
  }

  private makeHosts(): void {
    const { enclave, site, dataCentre } = this.props;
    new Hosts(this, "hosts", {
      name: this.name,
      vpcId: this.network.vpc.id,
      subnets: this.network.tier("workload").subnets,
      ipv6: dataCentre.outposts.length === 0,
      image: site.image,
      keyArn: this.keys.arn("volumes"),
      volumeIds: this.blocks.flatMap(({ volumes }) => volumes.map(({ id }) => id)),
      peers: networksOf(dataCentresOf(enclave)),
      endpoints: this.endpoints,
      permissions: hostPermissions({
        bucketArn: this.objects.bucket.arn,
        tableArn: this.tables.table.arn,
        keyArns: [this.keys.arn("objects"), this.keys.arn("tables")],
      }),
    });
  }

  private watchBuilding(): void {
    const { name, region, facility } = this.props.dataCentre;
    if (!facility) return;
    new Facility(this, "facility", { name: this.name, dataCentre: name, region, declaration: facility });
  }
}
