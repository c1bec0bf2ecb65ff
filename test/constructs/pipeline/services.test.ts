import { beyond, reachOf } from "../../../constructs/pipeline";

it.each([
  ["aws_route53_resolver_query_log_config", { beyond: ["Route 53 Resolver"] }],
  ["aws_route", { interfaces: ["ec2"] }],
  ["aws_s3_bucket_policy", { gateways: ["s3"] }],
  ["aws_s3_account_public_access_block", { beyond: ["S3 Control"] }],
  ["aws_s3control_bucket", { interfaces: ["s3-outposts"] }],
  ["aws_iam_role", { beyond: ["IAM"] }],
  ["aws_db_instance", { interfaces: ["rds"] }],
])("%s is asked for where its service answers", (type, expected) => {
  expect(reachOf([type, type])).toEqual({ interfaces: [], gateways: [], beyond: [], ...expected });
});

it("a type of a service that nobody has placed is an error, not a way that is missing", () => {
  expect(() => reachOf(["aws_sagemaker_model"])).toThrow("no service is known for aws_sagemaker_model");
});

it("gives the reason for each service that is not reached", () => {
  for (const why of Object.values(beyond)) expect(why).toMatch(/^(answers in us-east-1 only|is not )/);
});
