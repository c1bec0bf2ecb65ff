import { RelationalStore, TableStore } from "../../../constructs";
import { estate, others, own } from "../fixtures";
import { ofType, only, resourcesOf } from "../synthesis";

const key = "arn:aws:kms:eu-west-1:111111111111:key/k";

describe("TableStore", () => {
  const build = (change: object = {}) =>
    resourcesOf((stack) => {
      new TableStore(stack, "table", { tableName: "records", estate, region: "eu-west-1", keyArn: key, ...change });
    });
  const table = (change?: object) => only(build(change), "aws_dynamodb_table").values;

  it("can be put back to any second, is encrypted and can't be deleted by a slip", () => {
    expect(table()).toMatchObject({
      hash_key: "id",
      deletion_protection_enabled: true,
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      server_side_encryption: { enabled: true, kms_key_arn: key },
      stream_enabled: false,
      replica: [],
    });
  });

  it("has copies in regions of the estate, as protected as itself", () => {
    const replica = { region: "eu-north-1", keyArn: "arn:aws:kms:eu-north-1:111111111111:key/k" };
    const { replica: copies, stream_enabled, stream_view_type } = table({ replicas: [replica] });
    expect([stream_enabled, stream_view_type]).toEqual([true, "NEW_AND_OLD_IMAGES"]);
    expect(copies).toEqual([
      expect.objectContaining({
        region_name: "eu-north-1",
        kms_key_arn: replica.keyArn,
        point_in_time_recovery: true,
        deletion_protection_enabled: true,
      }),
    ]);
  });

  it("takes a partition key and a recovery time", () => {
    expect(table({ partitionKey: "user", recoveryDays: 7 })).toMatchObject({
      hash_key: "user",
      attribute: [{ name: "user", type: "S" }],
      point_in_time_recovery: { recovery_period_in_days: 7 },
    });
  });

  it.each([
    ["a table in London", { region: "eu-west-2" }, "table records: eu-west-2"],
    ["a copy in Virginia", { replicas: [{ region: "us-east-1", keyArn: key }] }, "replica of table records: us-east-1"],
  ])("refuses %s", (_, change, message) => {
    expect(() => build(change)).toThrow(message);
  });
});

describe("RelationalStore", () => {
  const build = (change: object = {}) =>
    resourcesOf((stack) => {
      new RelationalStore(stack, "database", {
        name: "records",
        vpcId: "vpc-1",
        subnetIds: ["subnet-1", "subnet-2"],
        clients: [own, ...others],
        keyArn: key,
        logKeyArn: key,
        ...change,
      });
    });
  const resources = build();
  const instance = (change?: object) => only(build(change), "aws_db_instance").values;

  it("is private, encrypted and protected", () => {
    expect(instance()).toMatchObject({
      publicly_accessible: false,
      storage_encrypted: true,
      kms_key_id: key,
      deletion_protection: true,
      skip_final_snapshot: false,
      delete_automated_backups: false,
    });
  });

  it("has a password that nobody writes down, and speaks TLS only", () => {
    expect(instance()).toMatchObject({ manage_master_user_password: true, master_user_secret_kms_key_id: key });
    expect(instance().password).toBeUndefined();
    expect(only(resources, "aws_db_parameter_group").values.parameter).toEqual([
      expect.objectContaining({ name: "rds.force_ssl", value: "1" }),
    ]);
  });

  it("stands in two zones and backs up to its region by default", () => {
    expect(instance()).toMatchObject({ multi_az: true, backup_target: "region", storage_type: "gp3" });
  });

  it("stands on the rack with its backups if its subnets do", () => {
    expect(instance({ onOutpost: true })).toMatchObject({
      multi_az: false,
      backup_target: "outposts",
      storage_type: "gp2",
      customer_owned_ip_enabled: false,
    });
  });

  it("writes its logs to groups that are encrypted and forget", () => {
    const groups = ofType(build({ logDays: 30 }), "aws_cloudwatch_log_group").map(({ values }) => values);
    expect(groups.map(({ name }) => name)).toEqual([
      "/aws/rds/instance/records/postgresql",
      "/aws/rds/instance/records/upgrade",
    ]);
    for (const group of groups) expect(group).toMatchObject({ kms_key_id: key, retention_in_days: 30 });
  });

  it("is reached on its port from the given networks, and starts nothing", () => {
    const rules = ofType(resources, "aws_vpc_security_group_ingress_rule").map(({ values }) => values);
    expect(rules.map(({ cidr_ipv4, cidr_ipv6 }) => cidr_ipv4 ?? cidr_ipv6)).toEqual([own, ...others].map(String));
    for (const { from_port, to_port } of rules) expect([from_port, to_port]).toEqual([5432, 5432]);
    expect(ofType(resources, "aws_vpc_security_group_egress_rule")).toEqual([]);
  });
});
