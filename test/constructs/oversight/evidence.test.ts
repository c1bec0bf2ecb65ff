import { ConfigurationRecord, EvidenceArchive, GatheredConfigurations, namedTrail } from "../../../constructs";
import { estate } from "../fixtures";
import { type Attributes, ofType, only, resourcesOf, statementsOf } from "../synthesis";

const watched = ["111111111111"];
const trail = namedTrail("clover-trail", "eu-west-1", "444444444444");
const resources = resourcesOf((stack) => {
  new EvidenceArchive(stack, "archive", {
    bucketName: "clover-evidence-eu-west-1",
    account: "222222222222",
    region: "eu-west-1",
    estate,
    watched,
    writers: [{ account: "111111111111", roleName: "clover-dublin-1-request" }],
    reporters: [{ account: "111111111111", roleName: "clover-delivery" }],
    lockDays: 730,
    trailArn: trail.arn,
  });
});
const policyOf = (bucket: string): Attributes[] =>
  statementsOf(
    ofType(resources, "aws_s3_bucket_policy").find(({ values }) => values.bucket.includes(bucket))!.values.policy,
  );
const denied = (statements: Attributes[], sid: string) => statements.find(({ Sid }) => Sid === sid)!;

it("evidence is locked in compliance mode, and goes when its time is over and not before", () => {
  expect(only(resources, "aws_s3_bucket_object_lock_configuration").values.rule).toEqual({
    default_retention: { mode: "COMPLIANCE", days: 730 },
  });
  for (const { values } of ofType(resources, "aws_s3_bucket_lifecycle_configuration")) {
    expect(values.rule[0]).toMatchObject({
      expiration: [{ days: 730 }],
      noncurrent_version_expiration: [{ noncurrent_days: 730 }],
    });
  }
});

it("configurations come in by a bucket without a lock, which AWS Config takes, and are copied into the archive", () => {
  const locks = ofType(resources, "aws_s3_bucket").map(({ values }) => [values.bucket, values.object_lock_enabled]);
  expect(locks).toEqual([
    ["clover-evidence-eu-west-1-config", undefined],
    ["clover-evidence-eu-west-1", true],
  ]);
  const [{ status, destination }] = only(resources, "aws_s3_bucket_replication_configuration").values.rule;
  expect([status, destination.bucket]).toEqual(["Enabled", "${aws_s3_bucket.archive_evidence_bucket_CA815B0A.arn}"]);
});

it("whom its policies let in only writes", () => {
  const allowed = [...policyOf("evidence"), ...policyOf("configuration")].filter(({ Effect }) => Effect === "Allow");
  const actions = new Set(allowed.flatMap(({ Action }) => Action));
  expect([...actions].sort()).toEqual([
    "s3:GetBucketAcl",
    "s3:GetBucketLocation",
    "s3:GetEncryptionConfiguration",
    "s3:ListBucket",
    "s3:PutObject",
    "s3:PutObjectAcl",
  ]);
  const lists = allowed.filter(({ Action }) => [Action].flat().includes("s3:ListBucket"));
  expect(lists.map(({ Principal }) => Object.keys(Principal))).toEqual([["Service"], ["Service"]]);
});

it("gateways and the delivery write each below their own prefixes", () => {
  const writes = policyOf("evidence").filter(({ Sid }) => ["GatewaysWrite", "DeliveryReports"].includes(Sid));
  const told = writes.map(({ Condition, Resource }) => [
    Condition.ArnEquals["aws:PrincipalArn"],
    Resource.map((resource: string) => resource.replace(/^.*\}\//, "")),
  ]);
  expect(told).toEqual([
    [["arn:aws:iam::111111111111:role/clover-dublin-1-request"], ["access/*", "transfers/*", "sessions/*", "logs/*"]],
    [["arn:aws:iam::111111111111:role/clover-delivery"], ["verdicts/*"]],
  ]);
});

it("the watched accounts are denied all else, in the buckets and with the key", () => {
  const inThem = { StringEquals: { "aws:PrincipalAccount": watched } };
  const key = statementsOf(only(resources, "aws_kms_key").values.policy);
  expect(denied(policyOf("evidence"), "WatchedAccountsOnlyWrite")).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    NotAction: ["s3:PutObject", "s3:PutObjectAcl", "s3:GetBucketLocation", "s3:GetEncryptionConfiguration"],
    Condition: inThem,
  });
  expect(denied(policyOf("configuration"), "WatchedAccountsOnlyWrite")).toMatchObject({
    NotAction: ["s3:PutObject"],
    Condition: inThem,
  });
  expect(denied(key, "WatchedAccountsOnlyWrite")).toMatchObject({
    Effect: "Deny",
    NotAction: ["kms:GenerateDataKey"],
    Condition: inThem,
  });
});

it("what is encrypted with another key is not taken", () => {
  const refused = policyOf("evidence").filter(({ Sid }) => /^No(Other|Key)/.test(Sid));
  expect(refused.map(({ Effect, Action }) => [Effect, Action])).toEqual(refused.map(() => ["Deny", "s3:PutObject"]));
  expect(refused.map(({ Condition }) => Object.keys(Condition.Null))).toEqual([
    ["s3:x-amz-server-side-encryption"],
    ["s3:x-amz-server-side-encryption-aws-kms-key-id"],
    ["s3:x-amz-server-side-encryption-customer-algorithm"],
  ]);
});

it("only the organization's trail writes as CloudTrail, named with the account that owns it", () => {
  expect(trail.arn).toBe("arn:aws:cloudtrail:eu-west-1:444444444444:trail/clover-trail");
  const writes = policyOf("evidence").filter(({ Principal }) => Principal.Service === "cloudtrail.amazonaws.com");
  for (const { Condition } of writes) expect(Condition.StringEquals["aws:SourceArn"]).toBe(trail.arn);
});

it("configurations are recorded, and gathered in the estate only", () => {
  const record = (region: string, account = "222222222222") =>
    resourcesOf((stack) => {
      new ConfigurationRecord(stack, "record", {
        name: "clover-dublin",
        estate,
        bucketName: "clover-evidence-eu-west-1-config",
        gatheredIn: { account, region },
        globalTypes: true,
      });
    });
  expect(only(record("eu-west-1"), "aws_config_configuration_recorder").values.recording_group).toEqual({
    all_supported: true,
    include_global_resource_types: true,
  });
  expect(() => record("us-east-1")).toThrow("configurations of clover-dublin: us-east-1 is not a region of the estate");
  expect(() => record("eu-west-1", "999999999999")).toThrow("999999999999 is not an account of the estate");
  expect(() =>
    resourcesOf((stack) => {
      new GatheredConfigurations(stack, "all", { name: "all", estate, accounts: watched, regions: ["eu-west-2"] });
    }),
  ).toThrow("eu-west-2 is not a region of the estate");
});
