/** Endpoints of a closed VPC: a private way to everybody's resources, unless their policies say whose. */
import type { Values } from "../../policies/configuration/value";
import { decide, policy, type Terraform, verdict } from "../policies/identity/builder";

type Blocks = Terraform["resource"];
const ANY: Values = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const perimeter = (condition: Values): Values => ({ ...ANY, Condition: { StringEquals: condition } });

const vpc = (endpoint: Values, more: Blocks = {}): Terraform => ({
  resource: {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.0.0/24" } },
    aws_instance: {
      app: { subnet_id: "${aws_subnet.a.id}", iam_instance_profile: "${aws_iam_instance_profile.app.name}" },
    },
    aws_iam_instance_profile: { app: { name: "app", role: "${aws_iam_role.app.name}" } },
    aws_iam_role: {
      app: {
        name: "app",
        assume_role_policy: policy({
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      },
    },
    aws_vpc_endpoint: { e: { vpc_id: "${aws_vpc.main.id}", service_name: "com.amazonaws.eu-west-1.s3", ...endpoint } },
    ...more,
  },
});
const role = (statement: Values): Blocks => ({
  aws_iam_role_policy: { app: { role: "app", policy: policy(statement) } },
});
const put = (resource: string): Blocks => role({ Effect: "Allow", Action: "s3:PutObject", Resource: resource });

test.each<[string, Terraform, string]>([
  ["no policy", vpc({}), "escapes"],
  ["a policy for everybody", vpc({ policy: policy(ANY) }), "escapes"],
  [
    "the owner's organization's resources",
    vpc({ policy: policy(perimeter({ "aws:ResourceOrgID": "o-enclave0001" })) }),
    "contained",
  ],
  [
    "the owner's accounts' resources",
    vpc({ policy: policy(perimeter({ "aws:ResourceAccount": ["111111111111"] })) }),
    "contained",
  ],
  [
    "somebody else's resources too",
    vpc({ policy: policy(perimeter({ "aws:ResourceAccount": ["111111111111", "444455556666"] })) }),
    "escapes",
  ],
  [
    "one bucket of the owner",
    vpc(
      { policy: policy({ ...ANY, Resource: "${aws_s3_bucket.b.arn}/*" }) },
      { aws_s3_bucket: { b: { bucket: "enclave-b" } } },
    ),
    "contained",
  ],
  [
    "the owner's principals, who may write nowhere",
    vpc({ policy: policy(perimeter({ "aws:PrincipalOrgID": "o-enclave0001" })) }),
    "contained",
  ],
  [
    "the owner's principals, who may write anywhere",
    vpc({ policy: policy(perimeter({ "aws:PrincipalOrgID": "o-enclave0001" })) }, put("*")),
    "escapes",
  ],
  [
    "a policy beside it",
    vpc(
      {},
      {
        aws_vpc_endpoint_policy: {
          p: {
            vpc_endpoint_id: "${aws_vpc_endpoint.e.id}",
            policy: policy(perimeter({ "aws:ResourceOrgID": "o-enclave0001" })),
          },
        },
      },
    ),
    "contained",
  ],
  ["reading only", vpc({ policy: policy({ ...ANY, Action: "s3:GetObject" }) }), "contained"],
  ["a service that keeps nothing", vpc({ service_name: "com.amazonaws.eu-west-1.sts" }), "contained"],
  ["nobody in the VPC", vpc({}, { aws_instance: {} }), "contained"],
])("%s", (_, terraform, expected) => {
  expect(verdict(terraform)).toBe(expected);
});

test("the path leads from whoever is in the VPC through the endpoint", () => {
  const { flows } = decide(vpc({}));
  expect(flows.map((flow) => flow.steps.map(({ from, to }) => `${from} > ${to}`))).toEqual([
    ["aws_instance.app > aws_vpc_endpoint.e", "aws_vpc_endpoint.e > any AWS account"],
  ]);
});
