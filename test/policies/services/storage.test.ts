/** Volumes, snapshots, images, backups, file systems: copies and shares. */
import { findings, judge, trust } from "./harness";
import { waysOut } from "./ways";

const lifecycle = (details: object) => ({ execution_role_arn: "r", description: "d", policy_details: [details] });

waysOut([
  {
    type: "aws_dlm_lifecycle_policy",
    at: "policy_details.schedule.cross_region_copy_rule.target",
    form: "region",
    channel: "dlm.cross-region-copy",
    with: lifecycle({ schedule: [{ name: "s" }] }),
  },
  {
    type: "aws_dlm_lifecycle_policy",
    at: "policy_details.schedule.cross_region_copy_rule.target_region",
    form: "region",
    channel: "dlm.cross-region-copy",
    with: lifecycle({}),
  },
  {
    type: "aws_dlm_lifecycle_policy",
    at: "policy_details.action.cross_region_copy.target",
    form: "region",
    channel: "dlm.cross-region-copy",
    with: lifecycle({}),
  },
  {
    type: "aws_dlm_lifecycle_policy",
    at: "policy_details.schedule.share_rule.target_accounts",
    form: "account",
    list: true,
    channel: "dlm.sharing",
    with: lifecycle({}),
  },
  {
    type: "aws_snapshot_create_volume_permission",
    at: "account_id",
    form: "account",
    channel: "ebs.snapshot-sharing",
    with: { snapshot_id: "snap-1" },
  },
  {
    type: "aws_ami_launch_permission",
    at: "account_id",
    form: "account",
    channel: "ec2.image-sharing",
    with: { image_id: "ami-1" },
  },
  {
    type: "aws_backup_plan",
    at: "rule.copy_action.destination_vault_arn",
    form: "arn",
    channel: "backup.copy",
    with: { name: "p", rule: [{ rule_name: "r", target_vault_name: "v" }] },
  },
  {
    type: "aws_backup_plan",
    at: "rule.target_logically_air_gapped_backup_vault_arn",
    form: "arn",
    channel: "backup.copy",
    with: { name: "p" },
  },
  {
    type: "aws_backup_vault_notifications",
    at: "sns_topic_arn",
    form: "arn",
    channel: "backup.notifications",
    with: { backup_vault_name: "v" },
  },
  {
    type: "aws_backup_report_plan",
    at: "report_delivery_channel.s3_bucket_name",
    form: "bucket",
    channel: "backup.reports",
    with: { name: "r" },
  },
  {
    type: "aws_efs_replication_configuration",
    at: "destination.region",
    form: "region",
    channel: "efs.replication",
    with: { source_file_system_id: "fs-1" },
  },
  {
    type: "aws_efs_replication_configuration",
    at: "destination.availability_zone_name",
    form: "zone",
    channel: "efs.replication",
    with: { source_file_system_id: "fs-1" },
  },
  {
    type: "aws_efs_replication_configuration",
    at: "destination.file_system_id",
    form: "arn",
    channel: "efs.replication",
    with: { source_file_system_id: "fs-1" },
  },
  {
    type: "aws_fsx_data_repository_association",
    at: "data_repository_path",
    form: "s3uri",
    channel: "fsx.repository",
    with: { file_system_id: "fs-1", file_system_path: "/d" },
  },
]);

test.each([
  [
    { aws_ami_launch_permission: { p: { image_id: "ami-1", group: "all" } } },
    "aws_ami_launch_permission.p -> anyone by ec2.image-sharing",
  ],
  [
    {
      aws_ami_launch_permission: {
        p: { image_id: "ami-1", organization_arn: "arn:aws:organizations::444455556666:organization/o-stranger001" },
      },
    },
    "aws_ami_launch_permission.p -> organization o-stranger001 by ec2.image-sharing",
  ],
  [
    { aws_ebs_snapshot_copy: { c: { region: "us-east-1", source_region: "eu-west-1", source_snapshot_id: "snap-1" } } },
    "aws_ebs_snapshot_copy.c -> us-east-1 by placement",
  ],
  [
    { aws_ebs_volume: { v: { availability_zone: "eu-central-1-ist-1a", size: 1 } } },
    "aws_ebs_volume.v -> eu-central-1-ist-1a by placement",
  ],
])("%j", async (resources, line) => {
  expect(findings(await judge(resources))).toEqual([line]);
});

test("the owner's organization may launch images", async () => {
  const arn = "arn:aws:organizations::111111111111:organization/o-enclave0001";
  const permission = { aws_ami_launch_permission: { p: { image_id: "ami-1", organization_arn: arn } } };
  expect((await judge(permission)).verdict).toBe("contained");
});

test("a snapshot on the Outpost in Norway, and one on an Outpost that nobody knows", async () => {
  const snapshot = (id: string) => ({
    aws_ebs_snapshot: {
      s: {
        region: "eu-north-1",
        volume_id: "vol-1",
        outpost_arn: `arn:aws:outposts:eu-north-1:222222222222:outpost/${id}`,
      },
    },
  });
  expect((await judge(snapshot("op-0aaaaaaaaaaaaaaaa"))).verdict).toBe("contained");
  expect((await judge(snapshot("op-0cccccccccccccccc"))).verdict).not.toBe("contained");
});

test("a lifecycle policy that is off copies and shares nothing", async () => {
  const schedule = [
    {
      name: "s",
      share_rule: [{ target_accounts: ["444455556666"] }],
      cross_region_copy_rule: [{ target: "us-east-1" }],
    },
  ];
  const policy = (state: string) => ({ aws_dlm_lifecycle_policy: { p: { ...lifecycle({ schedule }), state } } });
  expect((await judge(policy("DISABLED"))).verdict).toBe("contained");
  expect((await judge(policy("ENABLED"))).escapes).toHaveLength(2);
});

test("a replica named by id stands in the region beside it", async () => {
  const replication = (region: string) => ({
    aws_efs_replication_configuration: {
      r: { source_file_system_id: "fs-1", destination: [{ region, file_system_id: "fs-2" }] },
    },
  });
  expect((await judge(replication("eu-north-1"))).verdict).toBe("contained");
  expect((await judge(replication("us-west-2"))).verdict).toBe("escapes");
});

test("files are exported to the bucket that they come from, unless told otherwise", async () => {
  const buckets = { aws_s3_bucket: { london: { bucket: "enclave-london", region: "eu-west-2" } } };
  const system = { subnet_ids: [], import_path: `s3://\${aws_s3_bucket.london.bucket}/in` };
  const report = await judge({ ...buckets, aws_fsx_lustre_file_system: { l: system } });
  expect(findings(report)).toContain("aws_fsx_lustre_file_system.l -> eu-west-2 by fsx.repository");
});

describe("file system policies", () => {
  const policy = (action: string | string[]) => {
    const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: action, Resource: "*" };
    const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    return judge({
      aws_efs_file_system: { f: {} },
      aws_efs_file_system_policy: { p: { file_system_id: `\${aws_efs_file_system.f.id}`, policy: text } },
    });
  };

  test("mounting needs the VPC, whoever may", async () => {
    expect((await policy("elasticfilesystem:ClientMount")).verdict).toBe("contained");
    expect((await policy(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"])).verdict).toBe(
      "contained",
    );
  });

  test("anything else does not", async () => {
    expect((await policy("elasticfilesystem:*")).verdict).not.toBe("contained");
  });
});

test("an appliance stands where its address does; one that names none is not decided", async () => {
  const gateway = (values: object) => ({
    aws_storagegateway_gateway: { g: { gateway_name: "g", gateway_timezone: "GMT", ...values } },
  });
  expect((await judge(gateway({ gateway_ip_address: "203.0.113.10" }))).verdict).toBe("contained");
  expect((await judge(gateway({ gateway_ip_address: "198.51.100.7" }))).verdict).toBe("escapes");
  expect((await judge(gateway({ activation_key: "AAAAA-BBBBB" }))).verdict).toBe("undecided");
});

describe("what a gateway serves", () => {
  const ARN = "arn:aws:storagegateway:eu-west-1:111111111111:gateway/sgw-12345678";
  const bucket = { aws_s3_bucket: { b: { bucket: "b" } } };
  const vouched = { trust: { ...trust, places: [...trust.places, { id: ARN, region: "eu-west-1" }] } };
  const gateway = (address: string) => ({
    aws_storagegateway_gateway: { g: { gateway_name: "g", gateway_timezone: "GMT", gateway_ip_address: address } },
  });
  const share = (kind: "nfs" | "smb", values: object, more: object = {}) => ({
    ...bucket,
    ...more,
    [`aws_storagegateway_${kind}_file_share`]: {
      s: { gateway_arn: ARN, location_arn: `\${aws_s3_bucket.b.arn}`, role_arn: "r", ...values },
    },
  });
  const lines = async (...args: Parameters<typeof judge>) => findings(await judge(...args)).join("\n");

  test("an appliance that nobody vouches for may stand anywhere, whatever region its ARN names", async () => {
    for (const blocks of [
      share("nfs", { client_list: ["10.0.0.0/8"] }),
      share("smb", {}),
      {
        aws_storagegateway_cached_iscsi_volume: { v: { gateway_arn: ARN, target_name: "t", volume_size_in_bytes: 1 } },
      },
    ]) {
      expect(await lines(blocks)).toMatch(/^\? aws_storagegateway_\w+\.[sv]: gateway_arn unresolved-reference$/);
      expect(await lines(blocks, {}, vouched)).toBe("");
    }
    const elsewhere = share("nfs", { client_list: ["10.0.0.0/8"], gateway_arn: ARN.replace("eu-west-1", "eu-west-2") });
    expect(await lines(elsewhere)).toContain("-> eu-west-2 by storagegateway.gateway");
    const unknown = share("smb", { gateway_arn: `arn:aws:storagegateway:eu-west-1:111111111111:gateway/\${var.u}` });
    expect((await judge(unknown, { variable: { u: {} } }, vouched)).verdict).toBe("undecided");
  });

  test("clients that nothing but an unseen network keeps out are not decided", async () => {
    for (const open of [
      share("nfs", { client_list: ["0.0.0.0/0"] }),
      share("nfs", { client_list: ["10.0.0.0/8", "::/0"] }),
      share("nfs", { client_list: [`\${var.u}`] }),
      share("smb", { authentication: "GuestAccess" }),
      share("smb", { authentication: `\${var.u}` }),
    ]) {
      expect(await lines(open, { variable: { u: {} } }, vouched)).toMatch(
        /^\? .*(client_list|authentication) un(known-value|resolved-reference)$/,
      );
    }
    for (const closed of [
      share("nfs", { client_list: ["10.1.2.3", "192.168.0.0/16", "203.0.113.10/32"] }),
      share("smb", { authentication: "ActiveDirectory" }),
    ]) {
      expect(await lines(closed, {}, vouched)).toBe("");
    }
  });

  test("an appliance of the configuration is open if its address is public", async () => {
    const open = { client_list: ["0.0.0.0/0"], gateway_arn: `\${aws_storagegateway_gateway.g.arn}` };
    expect(await lines(share("nfs", open, gateway("203.0.113.10")))).toMatch(/^\? .*client_list unknown-value$/);
    expect(await lines(share("nfs", { ...open, client_list: ["10.0.0.0/8"] }, gateway("203.0.113.10")))).toBe("");
    expect(await lines(share("nfs", open, gateway("10.0.0.5")))).not.toContain("client_list");
  });
});

test("a database restored for a test is not given a public address", async () => {
  const selection = (restore_metadata_overrides: object) => ({
    aws_backup_restore_testing_selection: {
      s: {
        name: "s",
        restore_testing_plan_name: "p",
        protected_resource_type: "RDS",
        iam_role_arn: "r",
        restore_metadata_overrides,
      },
    },
  });
  expect((await judge(selection({ PubliclyAccessible: "true" }))).verdict).toBe("escapes");
  expect((await judge(selection({ publiclyAccessible: "false", dbSubnetGroupName: "g" }))).verdict).toBe("contained");
});
