/** What the command line of Pulumi writes: previews and stacks. */
import { readConfigurationText } from "../../../../policies/configuration/input/read";
import type { Configuration } from "../../../../policies/configuration/resource";
import { isUnknown } from "../../../../policies/configuration/value";
import { at, shown } from "../project";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const urn = (type: string, name: string): string => `urn:pulumi:dev::site::${type}::${name}`;
const provider = {
  urn: urn("pulumi:providers:aws", "default_7"),
  custom: true,
  id: "id-1",
  type: "pulumi:providers:aws",
  inputs: { region: "eu-west-1", version: "7.48.0", assumeRoles: '[{"roleArn":"arn:aws:iam::111111111111:role/x"}]' },
};

const state = (type: string, name: string, rest: object) => ({
  urn: urn(type, name),
  custom: true,
  type,
  provider: `${provider.urn}::id-1`,
  ...rest,
});

const read = (body: object): Configuration => readConfigurationText(JSON.stringify(body), "stack.json");

describe("a stack", () => {
  const configuration = read({
    version: 3,
    deployment: {
      manifest: {},
      resources: [
        { urn: urn("pulumi:pulumi:Stack", "site-dev"), custom: false, type: "pulumi:pulumi:Stack" },
        provider,
        state("aws:s3/bucket:Bucket", "users", {
          id: "users-1",
          inputs: { __defaults: ["bucket"], bucket: "users-1" },
          outputs: { bucket: "users-1", arn: "arn:aws:s3:::users-1", loggings: [], __meta: "{}" },
        }),
        state("aws:s3/bucket:Bucket", "old", { id: "old-1", delete: true, outputs: { bucket: "old-1" } }),
        state("aws:s3/bucket:Bucket", "theirs", { id: "x", external: true, outputs: {} }),
        state("aws:ssm/parameter:Parameter", "token", {
          id: "token",
          outputs: {
            type: "String",
            value: { [SIGNATURE]: SECRET, ciphertext: "AAAA" },
            description: { [SIGNATURE]: SECRET, plaintext: '"shown"' },
          },
        }),
        state("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "users", {
          outputs: { bucket: "users-1", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
        }),
      ],
      pending_operations: [{ resource: { urn: urn("aws:sqs/queue:Queue", "late") }, type: "creating" }],
    },
  });

  test("stands with the attributes and blocks of Terraform's state", () => {
    expect(at(configuration, "aws_s3_bucket.users")).toMatchObject({
      values: { id: "users-1", bucket: "users-1", arn: "arn:aws:s3:::users-1" },
      provider: { alias: "default_7", values: { region: "eu-west-1" } },
    });
    expect(at(configuration, "aws_s3_bucket_server_side_encryption_configuration.users").values).toEqual({
      bucket: "users-1",
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }],
    });
    expect(at(configuration, "provider.aws.default_7").values.assume_role).toEqual([
      { role_arn: "arn:aws:iam::111111111111:role/x" },
    ]);
  });

  test("keeps secrets to itself", () => {
    const { values, sensitive } = at(configuration, "aws_ssm_parameter.token");
    expect(isUnknown(values.value)).toBe(true);
    expect(values.description).toBe("shown");
    expect(sensitive).toEqual(["description", "value"]);
  });

  test("what waits for its deletion is deleted, what is only read is not there, what was begun is undecided", () => {
    const buckets = configuration.resources.filter(({ type }) => type === "aws_s3_bucket");
    expect(buckets.map(({ address, change }) => [address, change])).toEqual([
      ["aws_s3_bucket.old__to_be_deleted_3_", "delete"],
      ["aws_s3_bucket.users", undefined],
    ]);
    expect(configuration.undecided).toEqual([
      expect.objectContaining({ resource: urn("aws:sqs/queue:Queue", "late"), reason: "unresolved-reference" }),
    ]);
    expect(configuration.inputs[0].kind).toBe("pulumi");
  });
});

describe("a preview", () => {
  const bucket = state("aws:s3/bucket:Bucket", "users", { inputs: { bucket: "users-1" } });
  const preview = (steps: object[], rest: object = {}) => read({ config: {}, steps, ...rest });
  const step = (op: string, newState: { urn: string }, rest: object = {}) => ({
    op,
    urn: newState.urn,
    newState,
    ...rest,
  });

  test("shows what will be, and what will no longer", () => {
    const configuration = preview([
      step("same", provider),
      step("create", bucket),
      {
        op: "delete",
        urn: urn("aws:sqs/queue:Queue", "gone"),
        oldState: state("aws:sqs/queue:Queue", "gone", { inputs: {} }),
      },
    ]);
    expect(at(configuration, "aws_s3_bucket.users").change).toBe("create");
    expect(at(configuration, "aws_sqs_queue.gone__to_be_deleted_").change).toBe("delete");
    expect(configuration.undecided).toEqual([]);
  });

  test("tells of an unknown value what it is made of, never what it is", () => {
    const versioning = state("aws:s3/bucketVersioning:BucketVersioning", "users", {
      inputs: { bucket: UNKNOWN, versioningConfiguration: { status: "Enabled" }, expectedBucketOwner: UNKNOWN },
      propertyDependencies: { bucket: [bucket.urn] },
    });
    const { values } = at(
      preview([step("create", provider), step("create", bucket), step("create", versioning)]),
      "aws_s3_bucket_versioning.users",
    );
    expect(shown(values.bucket)).toBe("<~aws_s3_bucket.users.known_after_apply>");
    expect(isUnknown(values.expected_bucket_owner) && values.expected_bucket_owner.references[0].resources).toEqual([]);
  });

  test.each([
    [{ changeSummary: { same: 3 } }, "it leaves out 2 resources that stay as they are; make it with --show-sames"],
    [{ maybeCorrupt: true }, "the engine says that it may be corrupt"],
    [
      { diagnostics: [{ severity: "error", message: "no" }] },
      "the preview ended with an error and may show only a part",
    ],
    [
      { steps: [{ op: "dance", urn: bucket.urn, newState: bucket }] },
      "the preview does not show what the step dance leaves",
    ],
  ])("is undecided where it is not whole: %j", (rest, message) => {
    expect(preview([step("same", provider)], rest).undecided).toEqual([expect.objectContaining({ message })]);
  });
});

test.each([
  [{ deployment: 5 }, "stack.json: deployment must be an object"],
  [{ deployment: { resources: {} } }, "stack.json: deployment.resources must be a list of objects"],
  [{ deployment: { resources: [{ urn: "urn:pulumi:a::b::c::d" }] } }, "stack.json: urn:pulumi:a::b::c::d has no type"],
  [{ deployment: { resources: [provider, provider] } }, `stack.json: has ${provider.urn} twice`],
  [{ config: {}, steps: [1] }, "stack.json: steps must be a list of objects"],
])("%j is refused in one line", (body, message) => {
  expect(() => read(body)).toThrow(message);
});
