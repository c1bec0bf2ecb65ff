import { LandingStore, Transfer } from "../../../constructs/migration";
import { estate, provide } from "../fixtures";
import { ofType, only, resourcesOf, statementsOf } from "../synthesis";

const writer = "arn:aws:iam::777777777777:role/replicate";
const landing = (region = "eu-west-1") =>
  resourcesOf((stack) => {
    provide(stack);
    new LandingStore(stack, "landing", {
      bucketName: "test-landing",
      account: "111111111111",
      estate,
      region,
      logBucket: "logs",
      writers: { singapore: writer },
      until: "2027-12-31",
    });
  });

describe("LandingStore", () => {
  it("lets the named role bring objects of its source until the last day, and take none", () => {
    const statements = statementsOf(only(landing(), "aws_s3_bucket_policy").values.policy);
    const [brings, ...more] = statements.filter(({ Principal }) => JSON.stringify(Principal).includes("777777777777"));
    expect(more).toEqual([]);
    expect(brings).toMatchObject({ Effect: "Allow", Principal: { AWS: writer } });
    expect(brings.Action.join()).not.toMatch(/Get|List|\*/);
    expect(brings.Resource.map((arn: string) => arn.replace(/^.*\.arn\}/, ""))).toEqual([
      "/data/singapore/*",
      "/inventory/singapore/*",
    ]);
    expect(brings.Condition).toEqual({ DateLessThanEquals: { "aws:CurrentTime": "2027-12-31T23:59:59Z" } });
  });

  it("turns away every other stranger, and the named one from everything else", () => {
    const statements = statementsOf(only(landing(), "aws_s3_bucket_policy").values.policy);
    const denied = statements.filter(({ Sid }) => /Strangers/.test(Sid));
    expect(denied.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
      ["NamedStrangersOnly", "Deny"],
      ["StrangersInwardsOnly", "Deny"],
    ]);
    expect(denied[0].Condition.ArnNotEquals).toEqual({ "aws:PrincipalArn": [writer] });
    expect(denied[1].NotAction).toContain("s3:PutObject");
  });

  it("stands at a site", () => {
    expect(() => landing("ap-southeast-1")).toThrow("ap-southeast-1 is not a region of the estate");
  });
});

describe("Transfer", () => {
  const made = resourcesOf((stack) => {
    provide(stack);
    new Transfer(stack, "fetch", {
      name: "test",
      from: { bucketArn: "arn:aws:s3:::far", prefix: "/" },
      to: { bucketArn: "arn:aws:s3:::near", prefix: "/data/", keyArn: "arn:aws:kms:eu-west-1:111111111111:key/k" },
    });
  });
  const rights = (name: string) =>
    statementsOf(ofType(made, "aws_iam_role_policy").find(({ values }) => values.name === name)!.values.policy);

  it("reads with one role and writes with another", () => {
    const reads = JSON.stringify(rights("reader"));
    expect(reads).not.toMatch(/Put|Delete|near/);
    expect(JSON.stringify(rights("writer"))).not.toMatch(/far|Delete/);
  });

  it("verifies what it copies, and takes nothing away", () => {
    expect(only(made, "aws_datasync_task").values.options).toMatchObject({
      verify_mode: "ONLY_FILES_TRANSFERRED",
      preserve_deleted_files: "PRESERVE",
    });
  });
});
