/** What the README tells a Pulumi team, run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verify } from "../../policies";
import { programFolder, removeFolders } from "../policies/configuration/pulumi/program-folder";

jest.setTimeout(120_000);
afterAll(removeFolders);

const README = readFileSync(join(__dirname, "../../README.md"), "utf8");

test("the example of the README escapes by replication, with its path; it stays inside once its copy does", async () => {
  const section = README.slice(README.indexOf("### Pulumi\n"));
  const program = /```ts\n([\s\S]*?)```/.exec(section)![1];
  const { verdict, escapes } = await verify([programFolder(program)], { pulumiStack: "dev" });
  expect(verdict).toBe("escapes");
  const replication = escapes.find(({ channel }) => channel === "s3.replication");
  expect(replication?.resource).toBe("aws_s3_bucket.users");
  expect(replication?.path.map(({ from, to, by }) => [from, to, by])).toEqual([
    ["aws_s3_bucket.users", "aws_s3_bucket.copy", "aws_s3_bucket_replication_configuration.copies"],
    ["aws_s3_bucket.copy", "us-east-1", "aws_s3_bucket.copy"],
  ]);
  expect((await verify([programFolder(program.replace("us-east-1", "eu-central-1"))])).verdict).toBe("contained");
});
