import { parseAwsHost, parseEndpointService } from "../../../policies/geography/hosts";
import fc from "../../properties";

describe("the region of an endpoint", () => {
  test.each([
    ["sqs.eu-west-1.amazonaws.com", "eu-west-1"],
    ["SQS.EU-WEST-1.amazonaws.com.", "eu-west-1"],
    ["eu-west-1.queue.amazonaws.com", "eu-west-1"],
    ["abc123.execute-api.us-east-1.amazonaws.com", "us-east-1"],
    ["a1b2.lambda-url.eu-central-1.on.aws", "eu-central-1"],
    ["db.c1x2y3.eu-west-2.rds.amazonaws.com", "eu-west-2"],
    ["search-logs-abc.eu-west-1.es.amazonaws.com", "eu-west-1"],
    ["search-logs-abc.aos.eu-west-1.on.aws", "eu-west-1"],
    ["abc.eu-west-1.aoss.amazonaws.com", "eu-west-1"],
    ["web-123.eu-west-1.elb.amazonaws.com", "eu-west-1"],
    ["net-abc.elb.eu-west-1.amazonaws.com", "eu-west-1"],
    ["ABC.gr7.eu-west-1.eks.amazonaws.com", "eu-west-1"],
    ["c.abc.0001.euw2.cache.amazonaws.com", "eu-west-2"],
    ["ec2-198-51-100-1.eu-west-1.compute.amazonaws.com", "eu-west-1"],
    ["ec2-198-51-100-1.compute-1.amazonaws.com", "us-east-1"],
    ["vpce-0a-1b.sqs.eu-west-1.vpce.amazonaws.com", "eu-west-1"],
    ["vpce-0a-1b-eu-west-1a.kms.us-east-1.vpce.amazonaws.com", "us-east-1"],
    ["kms.eu-west-1.api.aws", "eu-west-1"],
    ["env.eu-west-1.elasticbeanstalk.com", "eu-west-1"],
    ["id.eu-west-1.awsapprunner.com", "eu-west-1"],
    ["pool.auth.eu-west-1.amazoncognito.com", "eu-west-1"],
    ["sqs.cn-north-1.amazonaws.com.cn", "cn-north-1"],
    ["s3.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"],
    ["fips.sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"],
  ])("%s", (host, region) => expect(parseAwsHost(host)?.region).toBe(region));

  test.each([
    "iam.amazonaws.com",
    "sts.amazonaws.com",
    "queue.amazonaws.com",
    "d111.cloudfront.net",
    "a1.awsglobalaccelerator.com",
    "eu-west-1.elasticbeanstalk.com",
    "amazonaws.com",
    "sqs.eu-west-9.amazonaws.com",
  ])("%s names none", (host) => expect(parseAwsHost(host)).toEqual({}));

  test.each([
    "example.com",
    "sqs.eu-west-1.amazonaws.com.example.com",
    "evilamazonaws.com",
    "sqs.eu-west-1.amazonaws.com:443",
    "sqs.eu-west-1.amazonaws.com/x",
    "user@sqs.eu-west-1.amazonaws.com",
    "sqs..amazonaws.com",
    "203.0.113.10",
    "localhost",
    "",
  ])("%j is no host of AWS", (host) => expect(parseAwsHost(host)).toBeUndefined());
});

describe("S3", () => {
  test.each([
    ["s3.eu-west-1.amazonaws.com", { region: "eu-west-1" }],
    ["b.s3.eu-west-1.amazonaws.com", { region: "eu-west-1", bucket: "b" }],
    ["a.b.c.s3.dualstack.eu-west-1.amazonaws.com", { region: "eu-west-1", bucket: "a.b.c" }],
    ["b.s3-eu-west-1.amazonaws.com", { region: "eu-west-1", bucket: "b" }],
    ["b.s3-website-eu-west-1.amazonaws.com", { region: "eu-west-1", bucket: "b" }],
    ["b.s3-website.eu-central-1.amazonaws.com", { region: "eu-central-1", bucket: "b" }],
    ["b.s3-fips.dualstack.us-east-2.amazonaws.com", { region: "us-east-2", bucket: "b" }],
    ["b.s3.amazonaws.com", { bucket: "b" }],
    ["eu-west-1.s3.amazonaws.com", { bucket: "eu-west-1" }],
    ["x.eu-west-1.s3.us-east-1.amazonaws.com", { region: "us-east-1", bucket: "x.eu-west-1" }],
    ["s3.amazonaws.com", {}],
    ["s3-external-1.amazonaws.com", { region: "us-east-1" }],
    ["b.s3-accelerate.amazonaws.com", { bucket: "b" }],
    ["b.s3-accelerate.dualstack.amazonaws.com", { bucket: "b" }],
    ["alias.mrap.accesspoint.s3-global.amazonaws.com", {}],
    ["ap-111111111111.s3-accesspoint.eu-west-1.amazonaws.com", { region: "eu-west-1", account: "111111111111" }],
    ["111111111111.s3-control.eu-west-1.amazonaws.com", { region: "eu-west-1", account: "111111111111" }],
    [
      "b--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com",
      { region: "eu-west-1", bucket: "b--euw1-az1--x-s3" },
    ],
    ["b.bucket.vpce-0a-1b.s3.eu-west-1.vpce.amazonaws.com", { region: "eu-west-1", bucket: "b" }],
    ["b.s3.cn-north-1.amazonaws.com.cn", { region: "cn-north-1", bucket: "b" }],
  ])("%s", (host, parts) => expect(parseAwsHost(host)).toEqual(parts));

  test("no bucket's name chooses the region", () => {
    const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,20}[a-z0-9]$/).filter((name) => !name.includes(".."));
    const tricky = fc.constantFrom("eu-west-1", "s3", "s3-eu-west-1", "dualstack", "vpce", "euw1", "bucket");
    const names = fc.array(fc.oneof(bucket, tricky), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));
    fc.assert(
      fc.property(names, (name) => {
        expect(parseAwsHost(`${name}.s3.us-east-1.amazonaws.com`)).toEqual({ region: "us-east-1", bucket: name });
        expect(parseAwsHost(`${name}.s3.amazonaws.com`)?.region).toBeUndefined();
      }),
    );
  });
});

test("an account in the name of a registry", () => {
  expect(parseAwsHost("111111111111.dkr.ecr.eu-west-1.amazonaws.com")).toEqual({
    region: "eu-west-1",
    account: "111111111111",
  });
});

describe("names of endpoint services", () => {
  test.each([
    ["com.amazonaws.eu-west-1.s3", { region: "eu-west-1", service: "s3" }],
    ["com.amazonaws.eu-west-1.ecr.dkr", { region: "eu-west-1", service: "ecr.dkr" }],
    ["aws.sagemaker.eu-west-1.notebook", { region: "eu-west-1", service: "sagemaker.notebook" }],
    ["com.amazonaws.s3-global.accesspoint", { service: "s3-global.accesspoint" }],
    ["com.amazonaws.vpce.us-east-1.vpce-svc-0a1b", { region: "us-east-1", id: "vpce-svc-0a1b" }],
    ["cn.com.amazonaws.cn-north-1.ec2", { region: "cn-north-1", service: "ec2" }],
  ])("%s", (name, parts) => expect(parseEndpointService(name)).toEqual(parts));

  test.each(["com.example.eu-west-1.s3", "com.amazonaws.vpce.eu-west-9.vpce-svc-0a", "s3", ""])("%j is none", (name) =>
    expect(parseEndpointService(name)).toBeUndefined(),
  );
});
