import { Endpoints, Hosts } from "../../../constructs";
import { estate, network, others, own } from "../fixtures";
import { ofType, only, resourcesOf, statementsOf } from "../synthesis";

const build = (change: object = {}) =>
  resourcesOf((stack) => {
    const place = network(stack);
    new Hosts(stack, "hosts", {
      name: "test",
      vpcId: place.vpc.id,
      subnets: place.tier("workload").subnets,
      image: "ami-0a1b2c3d4e5f60718",
      keyArn: "arn:aws:kms:eu-west-1:111111111111:key/k",
      volumeIds: ["vol-1", "vol-2"],
      peers: [own, ...others],
      endpoints: new Endpoints(stack, "endpoints", { network: place, name: "test", region: "eu-west-1", estate }),
      permissions: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::objects/*" }],
      ...change,
    });
  });

describe("Hosts", () => {
  const resources = build();

  it("stand one in each subnet, without a public address and without keys to log in", () => {
    const hosts = ofType(resources, "aws_instance").map(({ values }) => values);
    expect(hosts).toHaveLength(2);
    for (const host of hosts) {
      expect(host).toMatchObject({
        associate_public_ip_address: false,
        source_dest_check: true,
        ipv6_address_count: 0,
      });
      expect(host.key_name).toBeUndefined();
      expect(host.metadata_options).toMatchObject({ http_tokens: "required", http_put_response_hop_limit: 1 });
      expect(host.root_block_device.encrypted).toBe(true);
    }
  });

  it("have an IPv6 address if they are told to", () => {
    for (const { values } of ofType(build({ ipv6: true }), "aws_instance")) expect(values.ipv6_address_count).toBe(1);
  });

  it("reach the enclave's services and the endpoints of S3 and DynamoDB, and nothing else", () => {
    const allowed = ofType(resources, "aws_vpc_security_group_egress_rule").map(({ values }) => values);
    const ranges = allowed.flatMap(({ cidr_ipv4, cidr_ipv6 }) => cidr_ipv4 ?? cidr_ipv6 ?? []);
    expect([...new Set(ranges)].sort()).toEqual([own, ...others].map(String).sort());
    const lists = allowed.flatMap(({ prefix_list_id }) => prefix_list_id ?? []);
    expect(lists).toEqual([
      expect.stringMatching(/^\$\{aws_vpc_endpoint\.endpoints_dynamodb_.*\.prefix_list_id\}$/),
      expect.stringMatching(/^\$\{aws_vpc_endpoint\.endpoints_s3_.*\.prefix_list_id\}$/),
    ]);
    for (const { ip_protocol, from_port, to_port } of allowed) {
      expect(ip_protocol).toBe("tcp");
      expect([443, 5432]).toContain(from_port);
      expect(to_port).toBe(from_port);
    }
  });

  it("hold a role that EC2 alone assumes, with the given permissions", () => {
    const [trust] = statementsOf(only(resources, "aws_iam_role").values.assume_role_policy);
    expect(trust.Principal).toEqual({ Service: "ec2.amazonaws.com" });
    expect(statementsOf(only(resources, "aws_iam_role_policy").values.policy).map(({ Sid }) => Sid)).toEqual(["Read"]);
  });

  it("have the volumes of their places", () => {
    const attached = ofType(resources, "aws_volume_attachment").map(({ values }) => [
      values.instance_id,
      values.volume_id,
    ]);
    expect(attached).toEqual([
      [expect.stringContaining("host-0"), "vol-1"],
      [expect.stringContaining("host-1"), "vol-2"],
    ]);
  });
});
