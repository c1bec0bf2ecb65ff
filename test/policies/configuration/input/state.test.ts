import { readConfigurationText } from "../../../../policies/configuration/input/read";
import type { Configuration } from "../../../../policies/configuration/resource";
import { addresses, at } from "../project";

const read = (body: object): Configuration => readConfigurationText(JSON.stringify(body), "terraform.tfstate");

const raw = {
  version: 4,
  terraform_version: "1.11.4",
  serial: 1,
  lineage: "x",
  outputs: {},
  resources: [
    {
      module: 'module.m["a.b"]',
      mode: "managed",
      type: "aws_s3_bucket",
      name: "b",
      provider: 'provider["registry.terraform.io/hashicorp/aws"].london',
      instances: [
        {
          index_key: "k",
          attributes: { bucket: "b", region: "eu-west-2" },
          sensitive_attributes: [
            [
              { type: "get_attr", value: "tags" },
              { type: "index", value: { value: "secret", type: "string" } },
            ],
          ],
        },
        { index_key: 1, attributes: { bucket: "c" } },
        { index_key: 1, deposed: "0000", attributes: { bucket: "d" } },
      ],
    },
    {
      mode: "data",
      type: "aws_region",
      name: "r",
      provider: "provider.aws",
      instances: [{ attributes: { name: "eu-west-1" } }],
    },
    {
      mode: "managed",
      type: "terraform_data",
      name: "t",
      provider: 'module.m.provider["terraform.io/builtin/terraform"]',
      instances: [{ attributes: { input: { value: ["x"], type: ["list", "string"] } } }],
    },
    {
      mode: "managed",
      type: "aws_vpc",
      name: "v",
      provider: 'provider["registry.terraform.io/someone/aws"]',
      instances: [{ attributes: {} }],
    },
  ],
};

describe("a state", () => {
  test("as it lies on the disk is everything that exists", () => {
    const configuration = read(raw);
    expect(addresses(configuration)).toEqual([
      "aws_vpc.v",
      "data.aws_region.r",
      'module.m["a.b"].aws_s3_bucket.b["k"]',
      'module.m["a.b"].aws_s3_bucket.b[1]',
      'module.m["a.b"].aws_s3_bucket.b[1] (deposed object 0000)',
      "terraform_data.t",
    ]);
    expect(at(configuration, 'module.m["a.b"].aws_s3_bucket.b["k"]')).toMatchObject({
      key: "k",
      module: 'module.m["a.b"]',
      values: { bucket: "b", region: "eu-west-2" },
      provider: { name: "aws", alias: "london", source: "registry.terraform.io/hashicorp/aws" },
      sensitive: ['tags["secret"]'],
    });
    expect(at(configuration, "terraform_data.t")).toMatchObject({
      values: { input: ["x"] },
      provider: { name: "terraform" },
    });
    expect(at(configuration, "data.aws_region.r").provider.name).toBe("aws");
    expect(at(configuration, "aws_vpc.v").provider.name).toBe("someone/aws");
    expect(configuration.inputs).toMatchObject([{ kind: "state" }]);
  });

  test("tells by the ARN of a resource which region its provider is in, where nothing else does", () => {
    const instance = (type: string, attributes: object) => ({
      ...raw.resources[3],
      provider: raw.resources[0].provider,
      type,
      instances: [{ attributes }],
    });
    const configuration = read({
      ...raw,
      resources: [
        instance("aws_config_aggregate_authorization", {
          arn: "arn:aws:config:eu-west-1:1:aggregation-authorization/2/x",
        }),
        instance("aws_iam_role", { arn: "arn:aws:iam::1:role/r" }),
        instance("aws_sqs_queue", { arn: "arn:aws:sqs:eu-west-1:1:q", region: "eu-north-1" }),
        instance("aws_cloudwatch_event_target", { arn: "arn:aws:sqs:eu-west-1:1:q" }),
        instance("aws_rolesanywhere_profile", { arn: null }),
      ],
    });
    const regions = configuration.resources.map(({ type, provider }) => [type, provider.values.region]);
    expect(Object.fromEntries(regions)).toEqual({
      aws_config_aggregate_authorization: "eu-west-1",
      aws_iam_role: undefined,
      aws_sqs_queue: undefined,
      aws_cloudwatch_event_target: undefined,
      aws_rolesanywhere_profile: undefined,
    });
  });

  test("as terraform shows it too", () => {
    const bucket = {
      mode: "managed",
      type: "aws_s3_bucket",
      name: "b",
      provider_name: "registry.terraform.io/hashicorp/aws",
      values: { bucket: "b" },
    };
    const configuration = read({
      format_version: "1.0",
      values: {
        root_module: {
          resources: [{ ...bucket, address: "aws_s3_bucket.b" }],
          child_modules: [
            {
              address: "module.m",
              resources: [{ ...bucket, address: "module.m.aws_s3_bucket.b[0]", index: 0, deposed_key: "1" }],
            },
          ],
        },
      },
    });
    expect(addresses(configuration)).toEqual(["aws_s3_bucket.b", "module.m.aws_s3_bucket.b[0] (deposed object 1)"]);
    expect(at(configuration, "aws_s3_bucket.b")).toMatchObject({ values: { bucket: "b" }, provider: { name: "aws" } });
    expect(addresses(read({ format_version: "1.0" }))).toEqual([]);
  });

  test("of an older format, or with an address twice, is refused", () => {
    expect(() => read({ version: 3, serial: 1, modules: [] })).toThrow(
      "terraform.tfstate: is a state of format 3; format 4",
    );
    const [bucket] = raw.resources;
    expect(() => read({ ...raw, resources: [bucket, bucket] })).toThrow(
      'terraform.tfstate: has module.m["a.b"].aws_s3_bucket.b["k"] twice',
    );
    expect(() => read({ ...raw, resources: [5] })).toThrow("terraform.tfstate: resources must be a list of objects");
    expect(() => read({ ...raw, resources: [{ instances: [] }] })).toThrow("terraform.tfstate: a resource has no type");
  });
});
