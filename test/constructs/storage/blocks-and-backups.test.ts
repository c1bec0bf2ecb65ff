import { type BackupKind, BackupSchedule, BackupSettings, BlockStore, RecoveryVault } from "../../../constructs";
import { estate, network, rack, rackNetwork } from "../fixtures";
import { ofType, only, resourcesOf, statementsOf } from "../synthesis";

const key = "arn:aws:kms:eu-west-1:111111111111:key/k";

describe("BlockStore", () => {
  const build = (onRack: boolean, change: object = {}) =>
    resourcesOf((stack) => {
      new BlockStore(stack, "blocks", {
        name: "blocks",
        account: "111111111111",
        region: "eu-west-1",
        besideSubnets: (onRack ? rackNetwork(stack) : network(stack)).tier("workload").subnets,
        outpostArn: onRack ? rack : undefined,
        keyArn: key,
        ...change,
      });
    });
  const policy = (onRack: boolean, change?: object) =>
    only(build(onRack, change), "aws_dlm_lifecycle_policy").values.policy_details;

  it("has an encrypted volume beside every host", () => {
    const volumes = ofType(build(false), "aws_ebs_volume").map(({ values }) => values);
    expect(volumes).toHaveLength(2);
    for (const volume of volumes) {
      expect(volume).toMatchObject({ encrypted: true, kms_key_id: key, size: 500, type: "gp3" });
      expect(volume.availability_zone).toMatch(/^\$\{aws_subnet\..*\.availability_zone\}$/);
      expect(volume.outpost_arn).toBeUndefined();
    }
  });

  it("keeps the snapshots of a rack on the rack", () => {
    expect(policy(true)).toMatchObject({
      resource_locations: ["OUTPOST"],
      schedule: [{ create_rule: { location: "OUTPOST_LOCAL" } }],
    });
    expect(only(build(true), "aws_ebs_volume").values).toMatchObject({ outpost_arn: rack, final_snapshot: false });
  });

  it("keeps the snapshots of a zone in its region, and copies none", () => {
    const { schedule, resource_locations } = policy(false);
    expect(resource_locations).toEqual(["CLOUD"]);
    expect(schedule).toHaveLength(1);
    expect(schedule[0].create_rule.location).toBe("CLOUD");
    expect(Object.keys(schedule[0])).not.toEqual(expect.arrayContaining(["cross_region_copy_rule"]));
    expect(schedule[0].share_rule).toBeUndefined();
  });

  it("keeps snapshots for two weeks, or as long as it is told", () => {
    expect(policy(false).schedule[0].retain_rule).toEqual({ interval: 14, interval_unit: "DAYS" });
    expect(policy(false, { snapshotDays: 3 }).schedule[0].retain_rule.interval).toBe(3);
  });

  it("takes snapshots of its own volumes by their tag", () => {
    const tags = ofType(build(false), "aws_ebs_volume").map(({ values }) => values.tags.Snapshots);
    expect(tags).toEqual(["blocks", "blocks"]);
    expect(policy(false).target_tags).toEqual({ Snapshots: "blocks" });
  });
});

describe("RecoveryVault", () => {
  const build = (change: object = {}) =>
    resourcesOf((stack) => {
      new RecoveryVault(stack, "vault", { name: "vault", estate, region: "eu-west-1", keyArn: key, ...change });
    });
  const resources = build();

  it("is encrypted and keeps every backup for a while, whoever wants it gone", () => {
    expect(only(resources, "aws_backup_vault").values).toMatchObject({ kms_key_arn: key, force_destroy: false });
    expect(only(resources, "aws_backup_vault_lock_configuration").values).toMatchObject({
      min_retention_days: 7,
      max_retention_days: 365,
    });
  });

  it("takes copies from the estate and gives copies to the estate", () => {
    const [into, from, strangers] = statementsOf(only(resources, "aws_backup_vault_policy").values.policy);
    expect(into).toMatchObject({
      Effect: "Allow",
      Action: "backup:CopyIntoBackupVault",
      Principal: { AWS: estate.accountRoots },
    });
    expect(from).toMatchObject({ Effect: "Deny", Action: "backup:CopyFromBackupVault" });
    expect(from.Condition["ForAnyValue:ArnNotLike"]["backup:CopyTargets"]).toEqual([
      "arn:aws:backup:eu-west-1:111111111111:backup-vault:*",
      "arn:aws:backup:eu-west-1:222222222222:backup-vault:*",
      "arn:aws:backup:eu-north-1:111111111111:backup-vault:*",
      "arn:aws:backup:eu-north-1:222222222222:backup-vault:*",
    ]);
    expect(strangers).toMatchObject({ Effect: "Deny", Sid: "OrganizationOnly" });
  });

  it("does not stand in Ohio", () => {
    expect(() => build({ region: "us-east-2" })).toThrow("vault vault: us-east-2 is not a region of the estate");
  });
});

describe("BackupSettings", () => {
  const chosen = (kinds?: readonly BackupKind[]) => {
    const resources = resourcesOf((stack) => {
      new BackupSettings(stack, "settings", { kinds });
    });
    const { resource_type_opt_in_preference: preference } = only(resources, "aws_backup_region_settings").values;
    return Object.keys(preference).filter((kind) => preference[kind]);
  };

  it("are for what the enclave stores, or for what they are told", () => {
    expect(chosen()).toEqual(["DynamoDB", "EBS", "RDS"]);
    expect(chosen(["EFS"])).toEqual(["EFS"]);
  });
});

describe("BackupSchedule", () => {
  const build = (days?: number) =>
    resourcesOf((stack) => {
      const vault = (id: string, region: string) =>
        new RecoveryVault(stack, id, { name: id, estate, region, keyArn: key });
      new BackupSchedule(stack, "backups", {
        name: "daily",
        estate,
        vault: vault("here", "eu-west-1"),
        copies: [vault("there", "eu-north-1")],
        resources: ["arn:aws:dynamodb:eu-west-1:111111111111:table/records"],
        retentionDays: days,
      });
    });

  it("copies every backup to the vaults given, kept as long as the first", () => {
    const [rule, ...more] = only(build(), "aws_backup_plan").values.rule;
    expect(more).toEqual([]);
    expect(rule.target_vault_name).toMatch(/^\$\{aws_backup_vault\.here_.*\.name\}$/);
    expect(rule.copy_action).toEqual([
      {
        destination_vault_arn: expect.stringMatching(/^\$\{aws_backup_vault\.there_.*\.arn\}$/),
        lifecycle: { delete_after: 35 },
      },
    ]);
    expect(only(build(9), "aws_backup_plan").values.rule[0].lifecycle.delete_after).toBe(9);
  });

  it("backs up what it is given", () => {
    expect(only(build(), "aws_backup_selection").values.resources).toEqual([
      "arn:aws:dynamodb:eu-west-1:111111111111:table/records",
    ]);
  });
});
