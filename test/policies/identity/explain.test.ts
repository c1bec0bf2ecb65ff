import type { Values } from "../../../policies/configuration/value";
import { whoCanRead } from "../../../policies/identity";
import { build, policy, roomOf, type Terraform } from "./builder";

const read: Values = { Effect: "Allow", Action: "s3:GetObject", Resource: "${aws_s3_bucket.users.arn}/*" };
const service = policy({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
const terraform: Terraform = {
  resource: {
    aws_s3_bucket: { users: { bucket: "enclave-users" }, other: { bucket: "enclave-other" } },
    aws_s3_bucket_policy: {
      users: {
        bucket: "${aws_s3_bucket.users.id}",
        policy: policy(
          { ...read, Sid: "Hamar", Principal: { AWS: "222222222222" } },
          { ...read, Sid: "Partner", Principal: { AWS: "444455556666" } },
          {
            Sid: "Fence",
            Effect: "Deny",
            Principal: { AWS: "${aws_iam_role.fenced.arn}" },
            Action: "s3:*",
            Resource: "*",
          },
        ),
      },
    },
    aws_iam_role: {
      worker: { name: "worker", assume_role_policy: service },
      writer: { name: "writer", assume_role_policy: service },
      fenced: { name: "fenced", assume_role_policy: service },
    },
    aws_iam_role_policy: {
      worker: { role: "worker", policy: policy({ ...read, Sid: "Read" }) },
      writer: { role: "writer", policy: policy({ ...read, Action: "s3:PutObject" }) },
      fenced: { role: "fenced", policy: policy(read) },
    },
  },
};

const readers = (name: string) => {
  const resources = build(terraform);
  const input = roomOf(resources);
  const resource = resources.find(({ address }) => address === name);
  return resource ? whoCanRead(resource, input) : [];
};

test("who can read a bucket, with the statements, those outside first", () => {
  expect(readers("aws_s3_bucket.users").map(({ who, side }) => `${side}: ${who}`)).toEqual([
    "outside: account 444455556666",
    "inside: account 222222222222",
    "inside: aws_iam_role.worker",
  ]);
  const worker = readers("aws_s3_bucket.users").find(({ who }) => who === "aws_iam_role.worker");
  expect(worker).toEqual({
    who: "aws_iam_role.worker",
    side: "inside",
    request: "s3:GetObject",
    because: ['statement "Read" of aws_iam_role_policy.worker'],
  });
});

test("nobody can read what no statement opens", () => {
  expect(readers("aws_s3_bucket.other")).toEqual([]);
});
