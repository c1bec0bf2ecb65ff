import { AccountBlock, NetworkAcls, SealedDefaults } from "../../../constructs";
import { network, others, own, ownIpv6 } from "../fixtures";
import { addressOf, ofType, only, resourcesOf } from "../synthesis";

describe("AccountBlock", () => {
  const resources = resourcesOf((stack) => {
    new AccountBlock(stack, "block", {
      account: "111111111111",
      volumeKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/k",
    });
  });

  it("blocks internet gateways in both directions", () => {
    expect(only(resources, "aws_vpc_block_public_access_options").values.internet_gateway_block_mode).toBe(
      "block-bidirectional",
    );
  });

  it("lets no bucket, snapshot or image be public", () => {
    expect(only(resources, "aws_s3_account_public_access_block").values).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(resources, "aws_ebs_snapshot_block_public_access").values.state).toBe("block-all-sharing");
    expect(only(resources, "aws_ec2_image_block_public_access").values.state).toBe("block-new-sharing");
  });

  it("encrypts volumes with the given key", () => {
    expect(only(resources, "aws_ebs_encryption_by_default").values.enabled).toBe(true);
    expect(only(resources, "aws_ebs_default_kms_key").values.key_arn).toMatch(/:key\/k$/);
  });
});

describe("SealedDefaults", () => {
  it("leaves nothing in what AWS makes with a VPC", () => {
    const resources = resourcesOf((stack) => {
      new SealedDefaults(stack, "defaults", { vpc: network(stack).vpc, name: "test" });
    });
    for (const type of ["aws_default_security_group", "aws_default_network_acl"]) {
      const { values } = only(resources, type);
      expect(values.ingress).toBeUndefined();
      expect(values.egress).toBeUndefined();
    }
    expect(only(resources, "aws_default_route_table").values.route).toEqual([]);
  });
});

describe("NetworkAcls", () => {
  const resources = resourcesOf((stack) => {
    new NetworkAcls(stack, "acls", { network: network(stack), name: "test", enclave: [own, ownIpv6, ...others] });
  });
  const rulesOf = (name: string) => {
    const list = ofType(resources, "aws_network_acl").find(({ values }) => values.tags.Name === name)!;
    return ofType(resources, "aws_network_acl_rule")
      .map(({ values }) => values)
      .filter(({ network_acl_id }) => network_acl_id === `\${${addressOf(list)}.id}`);
  };
  const enclave = [own, ownIpv6, ...others].map(String);

  it("passes packets of the enclave only, where stores and endpoints stand", () => {
    const rules = rulesOf("test-sealed");
    for (const egress of [true, false]) {
      const passed = rules.filter((rule) => rule.egress === egress);
      expect(passed.map((rule) => rule.cidr_block ?? rule.ipv6_cidr_block)).toEqual(enclave);
    }
  });

  it("passes HTTPS beyond, and its answers, where hosts stand", () => {
    const beyond = rulesOf("test-workload").filter(
      (rule) => !enclave.includes(rule.cidr_block ?? rule.ipv6_cidr_block),
    );
    expect(beyond).toEqual([
      expect.objectContaining({
        egress: false,
        protocol: "tcp",
        from_port: 1024,
        to_port: 65535,
        cidr_block: "0.0.0.0/0",
      }),
      expect.objectContaining({ egress: true, protocol: "tcp", from_port: 443, to_port: 443, cidr_block: "0.0.0.0/0" }),
    ]);
  });

  it("covers every subnet once", () => {
    const covered = ofType(resources, "aws_network_acl").flatMap(({ values }) => values.subnet_ids);
    const subnets = ofType(resources, "aws_subnet").map((subnet) => `\${${addressOf(subnet)}.id}`);
    expect([...covered].sort()).toEqual([...subnets].sort());
  });
});
