/** What the organization's policies stop at run time, and what they excuse: nothing that the configuration says itself. */
import type { Report } from "../../policies";
import { type Edit, policy, SynthesizedEnclave } from "./enclave";

let enclave: SynthesizedEnclave;
beforeAll(() => {
  enclave = new SynthesizedEnclave();
});
afterAll(() => enclave.dispose());

const paths = (report: Report): string[] =>
  report.escapes.map(({ resource, destination, path }) =>
    [resource, destination.place, ...path.map(({ by, attribute }) => `${by}: ${attribute ?? ""}`)].join(" "),
  );

/** A bucket of dublin-1 that another company may read by its own policy, with nothing else in the way. */
function openBucket(edit: Edit): void {
  policy(edit.one("dublin-1", "aws_s3_bucket_policy"), (document) => {
    const Principal = { AWS: "arn:aws:iam::999999999999:root" };
    document.Statement = [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "*" }];
  });
  // The key of the data centre would still keep them from reading.
  edit.remove("aws_s3_bucket_server_side_encryption_configuration", "dublin-1");
}

/** A host of dublin-1 with a public address and a route to an internet gateway, and no filter but VPC Block Public Access. */
function openNetwork(edit: Edit): void {
  edit.remove("aws_vpc_block_public_access_options");
  for (const type of ["aws_network_acl", "aws_network_acl_rule", "aws_default_network_acl"]) {
    edit.remove(type, "dublin-1");
  }
  edit.add("dublin-1", "aws_vpc_security_group_egress_rule", "everything", {
    security_group_id: edit.ref("dublin-1", "aws_security_group", "id", "hosts"),
    ip_protocol: "-1",
    cidr_ipv4: "0.0.0.0/0",
  });
  edit.add("dublin-1", "aws_internet_gateway", "edge", { vpc_id: edit.ref("dublin-1", "aws_vpc", "id") });
  edit.one("dublin-1", "aws_instance").associate_public_ip_address = true;
  edit.add("dublin-1", "aws_route", "out", {
    route_table_id: edit.ref("dublin-1", "aws_route_table", "id", "workload"),
    destination_cidr_block: "0.0.0.0/0",
    gateway_id: "${aws_internet_gateway.edge.id}",
  });
}

const declared = (edit: Edit) => edit.one("guardrails", "aws_organizations_policy", "vpc_block_public_access");

type Case = readonly [name: string, edit: (edit: Edit) => void, verdict: string, path: readonly string[]];

const cases: readonly Case[] = [
  ["strangers turned away from an open bucket by the resource control policy", openBucket, "contained", []],
  [
    "the same bucket without that policy",
    (edit) => {
      openBucket(edit);
      edit.removeGuardrail("OwnBuckets");
    },
    "escapes",
    ["aws_s3_bucket.", "aws_s3_bucket_policy.", ": policy"],
  ],
  [
    "the same bucket in an account that is not taken up into the organization",
    (edit) => {
      openBucket(edit);
      edit.removeOne("organization", "aws_organizations_account", "dublin");
    },
    "escapes",
    ["aws_s3_bucket.", ": policy"],
  ],
  [
    "a role that another company may assume, which the resource control policy keeps it from",
    (edit) => {
      edit.add("dublin-1", "aws_iam_role", "partner", {
        name: "partner",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "sts:AssumeRole" },
          ],
        }),
      });
      edit.add("dublin-1", "aws_iam_role_policy", "partner", {
        role: "${aws_iam_role.partner.id}",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "dynamodb:*", Resource: "*" }],
        }),
      });
    },
    "contained",
    [],
  ],
  ["packets dropped by the declarative policy", openNetwork, "contained", []],
  [
    "the same packets when the account itself says that they may pass",
    (edit) => {
      openNetwork(edit);
      edit.add("dublin-1", "aws_vpc_block_public_access_options", "off", { internet_gateway_block_mode: "off" });
    },
    "escapes",
    ["the internet", "aws_internet_gateway.edge"],
  ],
  [
    "the same packets with an exclusion, although the policy allows none",
    (edit) => {
      openNetwork(edit);
      edit.add("dublin-1", "aws_vpc_block_public_access_exclusion", "one", {
        vpc_id: edit.ref("dublin-1", "aws_vpc", "id"),
        internet_gateway_exclusion_mode: "allow-bidirectional",
      });
    },
    "escapes",
    ["the internet", "aws_vpc_block_public_access_exclusion.one"],
  ],
  [
    "the same packets when another policy says otherwise",
    (edit) => {
      openNetwork(edit);
      const content = declared(edit).content.replace("block_bidirectional", "off");
      edit.add("guardrails", "aws_organizations_policy", "other", { ...declared(edit), name: "other", content });
    },
    "escapes",
    ["the internet", "aws_internet_gateway.edge"],
  ],
  [
    "a table in London, which the region policy would refuse to make",
    (edit) => {
      edit.one("dublin-2", "aws_dynamodb_table").region = "eu-west-2";
    },
    "escapes",
    ["aws_dynamodb_table.", "eu-west-2", ": region"],
  ],
  [
    "a snapshot shared with another company, which the sharing policy would refuse",
    (edit) => {
      edit.add("dublin-1", "aws_ebs_snapshot", "one", { volume_id: edit.ref("dublin-1", "aws_ebs_volume", "id") });
      edit.add("dublin-1", "aws_snapshot_create_volume_permission", "one", {
        snapshot_id: "${aws_ebs_snapshot.one.id}",
        account_id: "999999999999",
      });
    },
    "escapes",
    ["account 999999999999", "aws_snapshot_create_volume_permission.one: account_id"],
  ],
  [
    "an image for everybody, which the declarative policy would refuse",
    (edit) => {
      edit.add("dublin-1", "aws_ami_from_instance", "one", {
        name: "one",
        source_instance_id: edit.ref("dublin-1", "aws_instance", "id"),
      });
      edit.add("dublin-1", "aws_ami_launch_permission", "all", {
        image_id: "${aws_ami_from_instance.one.id}",
        group: "all",
      });
    },
    "escapes",
    ["aws_ami_launch_permission.all: group"],
  ],
  [
    "logs that AWS itself delivers to a bucket in Virginia, which no control policy is asked about",
    (edit) => {
      edit.add("dublin-1", "aws_s3_bucket", "far", { bucket: "clover-far", region: "us-east-1" });
      edit.add("dublin-1", "aws_flow_log", "far", {
        vpc_id: edit.ref("dublin-1", "aws_vpc", "id"),
        traffic_type: "ALL",
        log_destination_type: "s3",
        log_destination: "${aws_s3_bucket.far.arn}",
      });
    },
    "escapes",
    ["us-east-1", "aws_flow_log.far"],
  ],
  [
    "nightly copies that a backup policy sends to Ohio",
    (edit) => {
      const one = edit.one("guardrails", "aws_organizations_policy", "nightly");
      policy(
        one,
        (document) => {
          document.plans["clover-dublin-1-nightly"].rules.nightly.copy_actions = {
            far: {
              target_backup_vault_arn: { "@@assign": "arn:aws:backup:us-east-2:$account:backup-vault:far" },
              lifecycle: { delete_after_days: { "@@assign": "35" } },
            },
          };
        },
        "content",
      );
    },
    "escapes",
    ["us-east-2", "aws_organizations_policy."],
  ],
];

test.each(cases)("%s", async (_name, edit, verdict, parts) => {
  const report = await enclave.judge(edit);
  const shown = paths(report);
  const hit = shown.some((line) => parts.every((part) => line.includes(part)));
  expect({ verdict: report.verdict, hit: hit || parts.length === 0, shown: hit ? [] : shown }).toEqual({
    verdict,
    hit: true,
    shown: [],
  });
});
