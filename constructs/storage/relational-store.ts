import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Cidr } from "../declaration/cidr";

export interface RelationalStoreProps {
  /** Identifier of the database. */
  readonly name: string;
  readonly vpcId: string;
  /** Subnets that it may stand in: of at least two zones, or all on one Outpost. */
  readonly subnetIds: readonly string[];
  /**
   * Whether the subnets are on an Outpost. The database then stands on the rack, and so do its backups and snapshots,
   * which would otherwise go to the region.
   * @default false
   */
  readonly onOutpost?: boolean;
  /** Networks whose hosts may connect. */
  readonly clients: readonly Cidr[];
  /** ARN of the key that storage, password and insights are encrypted with. */
  readonly keyArn: string;
  /** ARN of the key that the logs are encrypted with. */
  readonly logKeyArn: string;
  /**
   * Days that logs are kept; CloudWatch takes certain numbers only.
   * @default 365
   */
  readonly logDays?: number;
  /**
   * Days that automated backups are kept, up to 35.
   * @default 35
   */
  readonly backupDays?: number;
  /**
   * Class of the instance; a rack holds those it was ordered with.
   * @default "db.m5.large"
   */
  readonly instanceClass?: string;
  /**
   * Size of the storage.
   * @default 100
   */
  readonly storageGib?: number;
}

const engineVersion = "16.8";
const family = "postgres16";
const port = 5432;

/** A PostgreSQL database, private, encrypted on disk and on the wire, with a password that AWS keeps and rotates. */
export class RelationalStore extends Construct {
  readonly instance: DbInstance;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: RelationalStoreProps) {
    super(scope, id);
    this.securityGroup = this.makeSecurityGroup(props);
    const subnets = new DbSubnetGroup(this, "subnets", { name: props.name, subnetIds: [...props.subnetIds] });
    const parameters = new DbParameterGroup(this, "parameters", {
      name: props.name,
      family,
      parameter: [{ name: "rds.force_ssl", value: "1", applyMethod: "immediate" }],
    });
    const logs = ["postgresql", "upgrade"].map((log) => this.logGroup(log, props));
    this.instance = new DbInstance(this, "instance", {
      identifier: props.name,
      engine: "postgres",
      engineVersion,
      instanceClass: props.instanceClass ?? "db.m5.large",
      dbName: "enclave",
      username: "enclave_admin",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: props.keyArn,
      port,
      networkType: "IPV4",
      publiclyAccessible: false,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [this.securityGroup.id],
      parameterGroupName: parameters.name,
      allocatedStorage: props.storageGib ?? 100,
      storageEncrypted: true,
      kmsKeyId: props.keyArn,
      backupRetentionPeriod: props.backupDays ?? 35,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${props.name}-final`,
      autoMinorVersionUpgrade: true,
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      ...(props.onOutpost ? onRack : inRegion(props.keyArn)),
      dependsOn: logs,
    });
  }

  private logGroup(log: string, props: RelationalStoreProps): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, `log-${log}`, {
      name: `/aws/rds/instance/${props.name}/${log}`,
      retentionInDays: props.logDays ?? 365,
      kmsKeyId: props.logKeyArn,
    });
  }

  private makeSecurityGroup({ name, vpcId, clients }: RelationalStoreProps): SecurityGroup {
    const group = new SecurityGroup(this, "group", {
      name: `${name}-database`,
      description: "Database: connections from the enclave's hosts, nothing out",
      vpcId,
      tags: { Name: `${name}-database` },
    });
    clients.forEach((client, i) => {
      new VpcSecurityGroupIngressRule(this, `client-${i}`, {
        securityGroupId: group.id,
        description: "PostgreSQL from the enclave",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        ...(client.version === 4 ? { cidrIpv4: client.toString() } : { cidrIpv6: client.toString() }),
      });
    });
    return group;
  }
}

/**
 * On a rack: a standby would need a second Outpost and backups in the region, so there is none; gp2 is the storage
 * there is. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-on-outposts.html
 */
const onRack = { backupTarget: "outposts", multiAz: false, storageType: "gp2", customerOwnedIpEnabled: false };

const inRegion = (keyArn: string) => ({
  backupTarget: "region",
  multiAz: true,
  storageType: "gp3",
  iamDatabaseAuthenticationEnabled: true,
  performanceInsightsEnabled: true,
  performanceInsightsKmsKeyId: keyArn,
  performanceInsightsRetentionPeriod: 7,
});
