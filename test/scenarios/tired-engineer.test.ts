/** Edits that a tired engineer makes to this enclave: each is caught, with the path by which data would leave. */
import { type Edit, paths, policy, SynthesizedEnclave } from "./enclave";

let enclave: SynthesizedEnclave;
beforeAll(() => {
  enclave = new SynthesizedEnclave();
});
afterAll(() => enclave.dispose());

interface Leak {
  readonly name: string;
  readonly edit: (edit: Edit) => void;
  /** One path must hold all of these. */
  readonly path: readonly (string | RegExp)[];
}

const vpc = "aws_vpc.network_vpc";

/** A gateway to the internet in dublin-1's workload tier, with a public address on a host: no layer but one is left. */
function internetGateway(edit: Edit): void {
  edit.add("dublin-1", "aws_internet_gateway", "edge", { vpc_id: edit.ref("dublin-1", "aws_vpc", "id") });
}

/** All layers that would each still stop packets to the internet in dublin-1. */
function openFilters(edit: Edit): void {
  edit.remove("aws_vpc_block_public_access_options");
  edit.removeGuardrail("vpc_block_public_access");
  edit.remove("aws_network_acl", "dublin-1");
  edit.remove("aws_network_acl_rule", "dublin-1");
  edit.remove("aws_default_network_acl", "dublin-1");
  edit.add("dublin-1", "aws_vpc_security_group_egress_rule", "everything", {
    security_group_id: edit.ref("dublin-1", "aws_security_group", "id", "hosts"),
    ip_protocol: "-1",
    cidr_ipv4: "0.0.0.0/0",
  });
  edit.add("dublin-1", "aws_vpc_security_group_egress_rule", "everything6", {
    security_group_id: edit.ref("dublin-1", "aws_security_group", "id", "hosts"),
    ip_protocol: "-1",
    cidr_ipv6: "::/0",
  });
}

/** Takes away the organization's policies that turn strangers away, and services that act for them. */
function letStrangersIn(edit: Edit): void {
  edit.removeGuardrail("OwnPrincipals");
  edit.removeGuardrail("OwnDeputies");
}

function route(edit: Edit, name: string, values: Record<string, unknown>): void {
  edit.add("dublin-1", "aws_route", name, {
    route_table_id: edit.ref("dublin-1", "aws_route_table", "id", "workload"),
    ...values,
  });
}

function grantedKey(edit: Edit): void {
  edit.add("dublin-1", "aws_kms_grant", "one", {
    key_id: edit.ref("dublin-1", "aws_kms_key", "key_id"),
    grantee_principal: "arn:aws:iam::999999999999:role/partner",
    operations: ["Decrypt"],
  });
}

const leaks: readonly Leak[] = [
  {
    name: "London instead of Dublin",
    edit: (edit) => {
      edit.stacks["dublin-1"].provider.aws[0].region = "eu-west-2";
    },
    path: ["aws_s3_bucket.", "eu-west-2", "provider.aws.region"],
  },
  {
    name: "the region of one table",
    edit: (edit) => {
      edit.one("dublin-2", "aws_dynamodb_table").region = "eu-west-2";
    },
    path: ["aws_dynamodb_table.", "eu-west-2", ": region"],
  },
  {
    name: "Zurich, because its name begins with eu",
    edit: (edit) => {
      edit.one("dublin-1", "aws_s3_bucket").region = "eu-central-2";
    },
    path: ["aws_s3_bucket.", "eu-central-2", ": region"],
  },
  {
    name: "replication of objects to Virginia",
    edit: (edit) => {
      edit.add("dublin-1", "aws_s3_bucket", "copy", { bucket: "clover-copy", region: "us-east-1" });
      edit.add("dublin-1", "aws_s3_bucket_replication_configuration", "far", {
        bucket: edit.ref("dublin-1", "aws_s3_bucket", "id", "objects"),
        role: "arn:aws:iam::111111111111:role/replication",
        rule: [{ status: "Enabled", destination: { bucket: "${aws_s3_bucket.copy.arn}" } }],
      });
    },
    path: ["us-east-1", "s3.replication", "aws_s3_bucket_replication_configuration.far: rule[0].destination[0].bucket"],
  },
  {
    name: "an internet gateway and a route to it",
    edit: (edit) => {
      internetGateway(edit);
      openFilters(edit);
      edit.one("dublin-1", "aws_instance").associate_public_ip_address = true;
      route(edit, "out", { destination_cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.edge.id}" });
    },
    path: ["aws_instance.", "the internet", "aws_internet_gateway.edge", "aws_route.out"],
  },
  {
    name: "the two halves of the IPv4 space to a NAT gateway",
    edit: (edit) => {
      internetGateway(edit);
      openFilters(edit);
      edit.add("dublin-1", "aws_eip", "nat", { domain: "vpc" });
      edit.add("dublin-1", "aws_nat_gateway", "nat", {
        allocation_id: "${aws_eip.nat.id}",
        subnet_id: edit.ref("dublin-1", "aws_subnet", "id", "endpoints"),
      });
      route(edit, "low", { destination_cidr_block: "0.0.0.0/1", nat_gateway_id: "${aws_nat_gateway.nat.id}" });
      route(edit, "high", { destination_cidr_block: "128.0.0.0/1", nat_gateway_id: "${aws_nat_gateway.nat.id}" });
      edit.add("dublin-1", "aws_route", "public", {
        route_table_id: edit.ref("dublin-1", "aws_route_table", "id", "endpoints"),
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: "${aws_internet_gateway.edge.id}",
      });
    },
    path: ["aws_instance.", "the internet", "aws_nat_gateway.nat"],
  },
  {
    name: "::/0 to an egress-only internet gateway",
    edit: (edit) => {
      openFilters(edit);
      edit.one("dublin-1", "aws_vpc").assign_generated_ipv6_cidr_block = true;
      for (const key of ["ipv6_cidr_block", "ipv6_ipam_pool_id"]) delete edit.one("dublin-1", "aws_vpc")[key];
      edit.one("dublin-1", "aws_subnet", "workload").ipv6_cidr_block =
        `\${cidrsubnet(${edit.address("dublin-1", "aws_vpc")}.ipv6_cidr_block, 8, 1)}`;
      edit.add("dublin-1", "aws_egress_only_internet_gateway", "six", {
        vpc_id: edit.ref("dublin-1", "aws_vpc", "id"),
      });
      route(edit, "six", {
        destination_ipv6_cidr_block: "::/0",
        egress_only_gateway_id: "${aws_egress_only_internet_gateway.six.id}",
      });
    },
    path: ["aws_instance.", "the internet", "aws_egress_only_internet_gateway.six"],
  },
  {
    name: "a subnet in Istanbul",
    edit: (edit) => {
      const subnet = edit.one("dublin-1", "aws_subnet", "workload");
      delete subnet.availability_zone_id;
      Object.assign(subnet, { region: "eu-central-1", availability_zone: "eu-central-1-ist-1a" });
    },
    path: ["aws_subnet.", "eu-central-1-ist-1a", ": availability_zone"],
  },
  {
    name: "a peering with a network in Virginia",
    edit: (edit) => {
      openFilters(edit);
      edit.add("dublin-1", "aws_vpc_peering_connection", "far", {
        vpc_id: edit.ref("dublin-1", "aws_vpc", "id"),
        peer_vpc_id: "vpc-0123456789abcdef0",
        peer_region: "us-east-1",
      });
      route(edit, "far", {
        destination_cidr_block: "172.16.0.0/16",
        vpc_peering_connection_id: "${aws_vpc_peering_connection.far.id}",
      });
    },
    path: ["aws_instance.", "aws_vpc_peering_connection.far"],
  },
  {
    name: "an endpoint to a service in another region",
    edit: (edit) => {
      const endpoint = edit.one("dublin-1", "aws_vpc_endpoint", "kms");
      endpoint.service_region = "us-east-1";
    },
    path: ["us-east-1", "aws_vpc_endpoint."],
  },
  {
    name: "a bucket policy for everybody, and public access not blocked",
    edit: (edit) => {
      letStrangersIn(edit);
      const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
      policy(edit.one("dublin-1", "aws_s3_bucket_policy"), (document) => document.Statement.push(statement));
      policy(edit.one("dublin-1", "aws_s3_bucket_policy"), (document) => {
        document.Statement = document.Statement.filter((one: { Effect: string }) => one.Effect === "Allow");
      });
      Object.assign(edit.one("dublin-1", "aws_s3_bucket_public_access_block"), {
        block_public_policy: false,
        restrict_public_buckets: false,
      });
      edit.remove("aws_s3_account_public_access_block");
    },
    path: ["aws_s3_bucket.", "aws_s3_bucket_policy.", ": policy"],
  },
  {
    name: "a policy that trusts organizations with a similar id",
    edit: (edit) => {
      letStrangersIn(edit);
      policy(edit.one("dublin-1", "aws_s3_bucket_policy"), (document) => {
        document.Statement = [
          {
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "s3:GetObject",
            Resource: "*",
            Condition: { StringLike: { "aws:PrincipalOrgID": "o-enclave*" } },
          },
        ];
      });
      // The key of the site would still keep them from reading: another layer, taken away here.
      edit.remove("aws_s3_bucket_server_side_encryption_configuration", "dublin-1");
      Object.assign(edit.one("dublin-1", "aws_s3_bucket_public_access_block"), {
        block_public_policy: false,
        restrict_public_buckets: false,
      });
      edit.remove("aws_s3_account_public_access_block");
    },
    path: ["aws_s3_bucket.", "aws_s3_bucket_policy.", ": policy"],
  },
  {
    name: "logs to a stream that delivers to an address on the internet",
    edit: (edit) => {
      edit.add("site-dublin", "aws_kinesis_firehose_delivery_stream", "out", {
        name: "out",
        destination: "http_endpoint",
        http_endpoint_configuration: [
          {
            url: "https://logs.example.com/in",
            s3_configuration: [
              {
                role_arn: "arn:aws:iam::111111111111:role/firehose",
                bucket_arn: edit.ref("site-dublin", "aws_s3_bucket", "arn"),
              },
            ],
          },
        ],
      });
      edit.add("site-dublin", "aws_cloudwatch_log_subscription_filter", "out", {
        name: "out",
        filter_pattern: "",
        log_group_name: "clover",
        destination_arn: "${aws_kinesis_firehose_delivery_stream.out.arn}",
      });
    },
    path: ["logs.example.com", "aws_kinesis_firehose_delivery_stream.out: http_endpoint_configuration[0].url"],
  },
  {
    name: "an alarm topic with an e-mail subscription",
    edit: (edit) => {
      edit.add("dublin-1", "aws_sns_topic", "alarms", { name: "alarms" });
      edit.add("dublin-1", "aws_sns_topic_subscription", "mail", {
        topic_arn: "${aws_sns_topic.alarms.arn}",
        protocol: "email",
        endpoint: "oncall@example.com",
      });
    },
    path: ["aws_sns_topic.alarms", "oncall@example.com", "aws_sns_topic_subscription.mail: endpoint"],
  },
  {
    name: "a replica of a key in Zurich",
    edit: (edit) => {
      edit.one("dublin-1", "aws_kms_replica_key").region = "eu-central-2";
    },
    path: ["aws_kms_replica_key.", "eu-central-2"],
  },
  {
    name: "a replica of a table in London",
    edit: (edit) => {
      edit.one("dublin-1", "aws_dynamodb_table").replica[0].region_name = "eu-west-2";
    },
    path: ["aws_dynamodb_table.", "eu-west-2", ": replica[0].region_name"],
  },
  {
    name: "a copy of backups to Ohio",
    edit: (edit) => {
      const plan = edit.one("copies", "aws_backup_plan");
      const [rule] = plan.rule;
      rule.copy_action = [{ destination_vault_arn: "arn:aws:backup:us-east-2:111111111111:backup-vault:far" }];
    },
    path: ["us-east-2", "aws_backup_plan.", "copy_action[0].destination_vault_arn"],
  },
  {
    name: "DNS Firewall off",
    edit: (edit) => edit.remove("aws_route53_resolver_firewall_rule_group_association", "dublin-1"),
    path: [vpc, "dns."],
  },
  {
    name: "DNS Firewall that fails open",
    edit: (edit) => {
      edit.one("dublin-1", "aws_route53_resolver_firewall_config").firewall_fail_open = "ENABLED";
    },
    path: [vpc, "dns.", "aws_route53_resolver_firewall_config."],
  },
  {
    name: "a rule before the last one that allows every name",
    edit: (edit) => {
      edit.add("dublin-1", "aws_route53_resolver_firewall_rule", "pass", {
        ...edit.one("dublin-1", "aws_route53_resolver_firewall_rule", "BLOCK"),
        name: "pass",
        action: "ALLOW",
        block_response: undefined,
        priority: 150,
      });
    },
    path: [vpc, "dns.", "aws_route53_resolver_firewall_rule.pass"],
  },
  {
    name: "an endpoint policy emptied",
    edit: (edit) => {
      delete edit.one("dublin-1", "aws_vpc_endpoint", "s3").policy;
    },
    path: ["aws_vpc_endpoint."],
  },
  {
    name: "block public access removed together with a gateway in the data tier",
    edit: (edit) => {
      internetGateway(edit);
      openFilters(edit);
      const instance = edit.one("dublin-1", "aws_instance");
      instance.associate_public_ip_address = true;
      edit.one("dublin-1", "aws_subnet", "workload").map_public_ip_on_launch = true;
      edit.add("dublin-1", "aws_route", "out", {
        route_table_id: edit.ref("dublin-1", "aws_route_table", "id", "workload"),
        destination_cidr_block: "198.51.100.0/24",
        gateway_id: "${aws_internet_gateway.edge.id}",
      });
    },
    path: ["the internet", "aws_internet_gateway.edge"],
  },
  {
    name: "an Outpost that nobody declared",
    edit: (edit) => {
      for (const subnet of edit.all("hamar", "aws_subnet")) {
        if (subnet.outpost_arn)
          subnet.outpost_arn = "arn:aws:outposts:eu-north-1:222222222222:outpost/op-0ffffffffffffffff";
      }
    },
    path: ["aws_subnet.", "op-0ffffffffffffffff", ": outpost_arn"],
  },
  {
    name: "a snapshot shared with another company",
    edit: (edit) => {
      edit.add("dublin-1", "aws_ebs_snapshot", "one", { volume_id: edit.ref("dublin-1", "aws_ebs_volume", "id") });
      edit.add("dublin-1", "aws_snapshot_create_volume_permission", "one", {
        snapshot_id: "${aws_ebs_snapshot.one.id}",
        account_id: "999999999999",
      });
    },
    path: ["account 999999999999", "aws_snapshot_create_volume_permission.one: account_id"],
  },
  {
    name: "a key that another company may use, whose policy and guardrail against strangers are gone",
    edit: (edit) => {
      grantedKey(edit);
      delete edit.one("dublin-1", "aws_kms_key").policy;
      edit.removeGuardrail("OwnPrincipals");
    },
    path: ["999999999999", "aws_kms_grant.one: grantee_principal"],
  },
  {
    name: "a role that another company may assume, with a right to read",
    edit: (edit) => {
      letStrangersIn(edit);
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
    path: ["999999999999", "aws_iam_role.partner"],
  },
  {
    name: "a function outside any network",
    edit: (edit) => {
      edit.add("dublin-1", "aws_lambda_function", "job", {
        function_name: "job",
        role: "arn:aws:iam::111111111111:role/job",
        filename: "job.zip",
        handler: "index.handler",
        runtime: "nodejs22.x",
      });
    },
    path: ["aws_lambda_function.job", "the internet"],
  },
  {
    name: "an internet-facing load balancer in a subnet with a gateway",
    edit: (edit) => {
      internetGateway(edit);
      openFilters(edit);
      edit.add("dublin-1", "aws_vpc_security_group_ingress_rule", "everything", {
        security_group_id: edit.ref("dublin-1", "aws_security_group", "id", "hosts"),
        ip_protocol: "-1",
        cidr_ipv4: "0.0.0.0/0",
      });
      route(edit, "out", { destination_cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.edge.id}" });
      edit.add("dublin-1", "aws_lb", "web", {
        name: "web",
        subnets: [edit.ref("dublin-1", "aws_subnet", "id", "workload")],
        security_groups: [edit.ref("dublin-1", "aws_security_group", "id", "hosts")],
      });
      edit.add("dublin-1", "aws_lb_target_group", "hosts", {
        name: "hosts",
        port: 443,
        protocol: "HTTPS",
        vpc_id: edit.ref("dublin-1", "aws_vpc", "id"),
      });
      edit.add("dublin-1", "aws_lb_target_group_attachment", "host", {
        target_group_arn: "${aws_lb_target_group.hosts.arn}",
        target_id: edit.ref("dublin-1", "aws_instance", "id"),
      });
      edit.add("dublin-1", "aws_lb_listener", "web", {
        load_balancer_arn: "${aws_lb.web.arn}",
        port: 443,
        protocol: "HTTPS",
        default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.hosts.arn}" }],
      });
    },
    path: ["aws_lb.web", "the internet"],
  },
  {
    name: "an export of a table to somebody's bucket",
    edit: (edit) => {
      edit.add("dublin-1", "aws_dynamodb_table_export", "once", {
        table_arn: edit.ref("dublin-1", "aws_dynamodb_table", "arn"),
        s3_bucket: "partner-drop",
        s3_bucket_owner: "999999999999",
      });
    },
    path: ["account 999999999999", "aws_dynamodb_table_export.once"],
  },
  {
    name: "a volume's snapshots copied to London",
    edit: (edit) => {
      edit.add("dublin-1", "aws_ebs_snapshot_copy", "far", {
        source_snapshot_id: "snap-0123456789abcdef0",
        source_region: "eu-west-1",
        region: "eu-west-2",
      });
    },
    path: ["aws_ebs_snapshot_copy.far", "eu-west-2"],
  },
  {
    name: "a transit gateway peered with Singapore",
    edit: (edit) => {
      edit.add("site-dublin", "aws_ec2_transit_gateway_peering_attachment", "far", {
        transit_gateway_id: edit.ref("site-dublin", "aws_ec2_transit_gateway", "id"),
        peer_transit_gateway_id: "tgw-0123456789abcdef0",
        peer_region: "ap-southeast-1",
      });
      for (const table of Object.keys(edit.stacks["site-dublin"].resource.aws_ec2_transit_gateway_route_table)) {
        edit.add("site-dublin", "aws_ec2_transit_gateway_route", `far_${table}`, {
          destination_cidr_block: "172.16.0.0/12",
          transit_gateway_route_table_id: `\${aws_ec2_transit_gateway_route_table.${table}.id}`,
          transit_gateway_attachment_id: "${aws_ec2_transit_gateway_peering_attachment.far.id}",
        });
      }
      openFilters(edit);
      edit.add("dublin-1", "aws_route", "far", {
        route_table_id: edit.ref("dublin-1", "aws_route_table", "id", "workload"),
        destination_cidr_block: "172.16.0.0/12",
        transit_gateway_id: edit.one("dublin-1", "aws_ec2_transit_gateway_vpc_attachment").transit_gateway_id,
      });
      const firewall = edit.one("site-dublin", "aws_networkfirewall_firewall_policy").firewall_policy;
      for (const one of [firewall].flat()) {
        Object.assign(one, { stateful_default_actions: ["aws:alert_strict"], stateful_rule_group_reference: [] });
      }
      for (const table of Object.keys(edit.stacks["site-dublin"].resource.aws_route_table)) {
        edit.add("site-dublin", "aws_route", `far_${table}`, {
          route_table_id: `\${aws_route_table.${table}.id}`,
          destination_cidr_block: "172.16.0.0/12",
          transit_gateway_id: edit.ref("site-dublin", "aws_ec2_transit_gateway", "id"),
        });
      }
    },
    path: ["ap-southeast-1"],
  },
];

test("the enclave as it is declared is contained", async () => {
  const report = await enclave.judge();
  expect(report.undecided).toEqual([]);
  expect(paths(report)).toEqual([]);
  expect(report.verdict).toBe("contained");
  expect(report.summary.resources).toBeGreaterThan(300);
});

test.each(leaks.map((leak) => [leak.name, leak] as const))("leak: %s", async (_name, { edit, path }) => {
  const report = await enclave.judge(edit);
  const shown = paths(report);
  const hit = shown.filter((line) =>
    path.every((part) => (typeof part === "string" ? line.includes(part) : part.test(line))),
  );
  expect({ verdict: report.verdict, hits: hit.length > 0, shown: hit.length > 0 ? [] : shown }).toEqual({
    verdict: "escapes",
    hits: true,
    shown: [],
  });
});

interface Harmless {
  readonly name: string;
  readonly edit: (edit: Edit) => void;
}

const harmless: readonly Harmless[] = [
  { name: "a grant on a key for another company, whose requests the key's policy refuses", edit: grantedKey },
  { name: "an internet gateway that no route leads to", edit: internetGateway },
  {
    name: "a tag that mentions Virginia",
    edit: (edit) => {
      edit.one("dublin-1", "aws_s3_bucket").tags = { origin: "us-east-1", note: "copied from arn:aws:s3:::old" };
    },
  },
  {
    name: "a bucket in Milan",
    edit: (edit) => edit.add("dublin-1", "aws_s3_bucket", "more", { bucket: "clover-milan", region: "eu-south-1" }),
  },
  {
    name: "a subnet in Warsaw's Local Zone",
    edit: (edit) =>
      edit.add("dublin-1", "aws_subnet", "warsaw", {
        vpc_id: edit.ref("dublin-1", "aws_vpc", "id"),
        region: "eu-central-1",
        availability_zone: "eu-central-1-waw-1a",
        cidr_block: "10.17.240.0/24",
      }),
  },
  {
    name: "a policy that only lets a foreign account bring data in",
    edit: (edit) =>
      policy(edit.one("dublin-1", "aws_s3_bucket_policy"), (document) =>
        document.Statement.push({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::999999999999:root" },
          Action: "s3:PutObject",
          Resource: "*",
        }),
      ),
  },
  {
    name: "a policy for everybody in the organization",
    edit: (edit) =>
      policy(edit.one("dublin-1", "aws_s3_bucket_policy"), (document) =>
        document.Statement.push({
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-enclave0001" } },
        }),
      ),
  },
  {
    name: "a black hole for the whole world",
    edit: (edit) => {
      edit.add("dublin-1", "aws_ec2_transit_gateway_route", "nowhere", {
        destination_cidr_block: "0.0.0.0/0",
        blackhole: true,
        transit_gateway_route_table_id: edit.one("dublin-1", "aws_ec2_transit_gateway_route")
          .transit_gateway_route_table_id,
      });
    },
  },
  {
    name: "a private NAT gateway",
    edit: (edit) =>
      edit.add("dublin-1", "aws_nat_gateway", "private", {
        connectivity_type: "private",
        subnet_id: edit.ref("dublin-1", "aws_subnet", "id", "endpoints"),
      }),
  },
  {
    name: "an internal load balancer",
    edit: (edit) =>
      edit.add("dublin-1", "aws_lb", "web", {
        name: "web",
        internal: true,
        subnets: [edit.ref("dublin-1", "aws_subnet", "id", "workload")],
        security_groups: [edit.ref("dublin-1", "aws_security_group", "id", "hosts")],
      }),
  },
  {
    name: "a queue that a topic of the same site feeds",
    edit: (edit) => {
      edit.add("dublin-1", "aws_sns_topic", "t", { name: "t" });
      edit.add("dublin-1", "aws_sqs_queue", "q", { name: "q" });
      edit.add("dublin-1", "aws_sns_topic_subscription", "s", {
        topic_arn: "${aws_sns_topic.t.arn}",
        protocol: "sqs",
        endpoint: "${aws_sqs_queue.q.arn}",
      });
    },
  },
];

test.each(harmless.map((one) => [one.name, one] as const))("harmless: %s", async (_name, { edit }) => {
  const report = await enclave.judge(edit);
  expect({ verdict: report.verdict, paths: paths(report), undecided: report.undecided }).toEqual({
    verdict: "contained",
    paths: [],
    undecided: [],
  });
});
