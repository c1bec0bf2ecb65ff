import { LogStore, ObjectReplication, ObjectStore, OutpostObjectStore } from "../../../constructs";
import { estate, own } from "../fixtures";
import { addressOf, ofType, only, resourcesOf, statementsOf } from "../synthesis";

const key = "arn:aws:kms:eu-west-1:111111111111:key/k";
const store = { bucketName: "objects", estate, region: "eu-west-1", keyArn: key, logBucket: "logs" };

describe("ObjectStore", () => {
  const resources = resourcesOf((stack) => {
    new ObjectStore(stack, "objects", store);
  });

  it("is encrypted with the given key, versioned, private and without access control lists", () => {
    const [rule] = only(resources, "aws_s3_bucket_server_side_encryption_configuration").values.rule;
    expect(rule.apply_server_side_encryption_by_default).toEqual({ sse_algorithm: "aws:kms", kms_master_key_id: key });
    expect(only(resources, "aws_s3_bucket_versioning").values.versioning_configuration.status).toBe("Enabled");
    expect(only(resources, "aws_s3_bucket_public_access_block").values).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(resources, "aws_s3_bucket_ownership_controls").values.rule.object_ownership).toBe(
      "BucketOwnerEnforced",
    );
  });

  it("writes its access log to the given bucket", () => {
    expect(only(resources, "aws_s3_bucket_logging").values).toMatchObject({
      target_bucket: "logs",
      target_prefix: "access/objects/",
    });
  });

  it("turns away plaintext and strangers, and grants nothing by default", () => {
    const statements = statementsOf(only(resources, "aws_s3_bucket_policy").values.policy);
    expect(statements.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
      ["EncryptedTransportOnly", "Deny"],
      ["OrganizationOnly", "Deny"],
    ]);
    const bucket = `\${${addressOf(only(resources, "aws_s3_bucket"))}.arn}`;
    for (const { Resource, Principal } of statements) {
      expect(Resource).toEqual([bucket, `${bucket}/*`]);
      expect(Principal).toBe("*");
    }
  });

  it("keeps objects for ever and old versions for the given time", () => {
    const lifecycle = (versionDays?: number) =>
      only(
        resourcesOf((stack) => {
          new ObjectStore(stack, "objects", { ...store, versionDays });
        }),
        "aws_s3_bucket_lifecycle_configuration",
      ).values.rule[0];
    expect(lifecycle().expiration).toBeUndefined();
    expect(lifecycle().noncurrent_version_expiration).toEqual([{ noncurrent_days: 90 }]);
    expect(lifecycle(7).noncurrent_version_expiration).toEqual([{ noncurrent_days: 7 }]);
  });

  it("takes copies from the named role of an account of the estate", () => {
    const [copies, check] = statementsOf(
      only(
        resourcesOf((stack) => {
          new ObjectStore(stack, "o", { ...store, copiesFrom: [{ account: "222222222222", roleName: "copier" }] });
        }),
        "aws_s3_bucket_policy",
      ).values.policy,
    );
    for (const { Principal, Condition } of [copies, check]) {
      expect(Principal).toEqual({ AWS: "arn:aws:iam::222222222222:root" });
      expect(Condition).toEqual({ ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/copier" } });
    }
    expect(JSON.stringify([copies.Action, check.Action])).not.toContain("s3:GetObject");
  });

  it.each([
    ["stands in London", { region: "eu-west-2" }],
    ["takes copies from a stranger", { copiesFrom: [{ account: "999999999999", roleName: "r" }] }],
  ])("is refused if it %s", (_, change) => {
    expect(() =>
      resourcesOf((stack) => {
        new ObjectStore(stack, "objects", { ...store, ...change });
      }),
    ).toThrow("of the estate");
  });
});

describe("LogStore", () => {
  const resources = resourcesOf((stack) => {
    new LogStore(stack, "logs", { bucketName: "logs", account: "111111111111", region: "eu-west-1", estate });
  });

  it("is encrypted as S3's log delivery can write, and forgets after a year", () => {
    const [rule] = only(resources, "aws_s3_bucket_server_side_encryption_configuration").values.rule;
    expect(rule.apply_server_side_encryption_by_default).toEqual({ sse_algorithm: "AES256" });
    const [expire] = only(resources, "aws_s3_bucket_lifecycle_configuration").values.rule;
    expect(expire.expiration).toEqual([{ days: 365 }]);
  });

  it("takes logs from services on behalf of the own account only", () => {
    const allowed = statementsOf(only(resources, "aws_s3_bucket_policy").values.policy).filter(
      ({ Effect }) => Effect === "Allow",
    );
    expect(allowed.map(({ Principal }) => Principal.Service)).toEqual([
      "logging.s3.amazonaws.com",
      "delivery.logs.amazonaws.com",
      "delivery.logs.amazonaws.com",
    ]);
    for (const { Condition } of allowed) {
      expect([Condition.StringEquals["aws:SourceAccount"]].flat()).toEqual(["111111111111"]);
    }
  });
});

describe("ObjectReplication", () => {
  const build = (targetRegion: string, targetAccount: string) =>
    resourcesOf((stack) => {
      const storeOf = (id: string, region: string, account: string) => ({
        dataCentre: id,
        store: new ObjectStore(stack, id, { ...store, bucketName: id, region }),
        account,
      });
      new ObjectReplication(stack, "copies", {
        roleName: "copier",
        estate,
        source: storeOf("source", "eu-west-1", "111111111111"),
        targets: [storeOf("target", targetRegion, targetAccount)],
      });
    });

  it("copies every object, encrypted with the target's key", () => {
    const [rule] = only(build("eu-north-1", "222222222222"), "aws_s3_bucket_replication_configuration").values.rule;
    expect(rule).toMatchObject({ id: "to-target", status: "Enabled", filter: { prefix: "" } });
    expect(rule.destination.encryption_configuration.replica_kms_key_id).toBe(key);
    expect(rule.destination.bucket).toMatch(/^\$\{aws_s3_bucket\.target_.*\.arn\}$/);
  });

  it("hands copies over to an account other than its own", () => {
    const destination = (account: string) =>
      only(build("eu-west-1", account), "aws_s3_bucket_replication_configuration").values.rule[0].destination;
    expect(destination("222222222222")).toMatchObject({
      account: "222222222222",
      access_control_translation: { owner: "Destination" },
    });
    expect(destination("111111111111").access_control_translation).toBeUndefined();
  });

  it("may read the source and write the targets, through S3", () => {
    const statements = statementsOf(only(build("eu-north-1", "222222222222"), "aws_iam_role_policy").values.policy);
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      "Source",
      "SourceVersions",
      "SourceKey",
      "Targets",
      "TargetKeys",
    ]);
    for (const { Resource } of statements) expect(Resource).not.toBe("*");
  });

  it("refuses a target of a stranger", () => {
    expect(() => build("eu-west-1", "999999999999")).toThrow(
      "copies by copier: 999999999999 is not an account of the estate",
    );
  });
});

describe("OutpostObjectStore", () => {
  const resources = resourcesOf((stack) => {
    new OutpostObjectStore(stack, "rack", {
      name: "rack",
      estate,
      account: "222222222222",
      outpostId: "op-0aaaaaaaaaaaaaaaa",
      vpcId: "vpc-1",
      subnetId: "subnet-1",
      clients: own,
    });
  });

  it("keeps objects on the Outpost, and its endpoint too", () => {
    expect(only(resources, "aws_s3control_bucket").values.outpost_id).toBe("op-0aaaaaaaaaaaaaaaa");
    expect(only(resources, "aws_s3outposts_endpoint").values).toMatchObject({
      outpost_id: "op-0aaaaaaaaaaaaaaaa",
      subnet_id: "subnet-1",
      access_type: "Private",
    });
  });

  it("answers to one VPC and one account", () => {
    expect(only(resources, "aws_s3_access_point").values.vpc_configuration).toEqual({ vpc_id: "vpc-1" });
    const statements = statementsOf(only(resources, "aws_s3control_bucket_policy").values.policy);
    const allowed = statements.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.map(({ Principal }) => Principal)).toEqual([{ AWS: "arn:aws:iam::222222222222:root" }]);
  });

  it("takes HTTPS from the network and starts nothing", () => {
    expect(only(resources, "aws_vpc_security_group_ingress_rule").values).toMatchObject({
      from_port: 443,
      cidr_ipv4: String(own),
    });
    expect(ofType(resources, "aws_vpc_security_group_egress_rule")).toEqual([]);
  });
});
