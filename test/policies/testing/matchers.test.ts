/** The matchers as another project's tests use them. */
import "../../../policies/testing";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";

function stackWith(region: string): TerraformStack {
  const stack = new TerraformStack(new App(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  new S3Bucket(stack, "users", { bucket: "users", region });
  new S3Bucket(stack, "logs", { bucket: "logs" });
  return stack;
}

test("a stack in Dublin stays inside", async () => {
  await expect(stackWith("eu-west-1")).toStayInside("EEA");
});

test("a bucket in London does not, and the failure prints the path", async () => {
  const stack = stackWith("eu-west-2");
  await expect(stack).not.toStayInside("EEA");
  await expect(expect(stack).toStayInside("EEA")).rejects.toThrow(/aws_s3_bucket\.users.*eu-west-2/s);
});

test("one resource may be asked about", async () => {
  const stack = stackWith("eu-west-2");
  await expect(stack).toKeepInside("aws_s3_bucket.logs", "EEA");
  await expect(expect(stack).toKeepInside("aws_s3_bucket.users", "EEA")).rejects.toThrow(/eu-west-2/);
});
