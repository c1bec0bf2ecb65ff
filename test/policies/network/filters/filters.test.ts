import { Unknown } from "../../../../policies/configuration/value";
import { estate, group, internetGateway, publicInstance, rule } from "../base";
import { type Blocks, judge, verdictOf } from "../builder";

const verdict = (...parts: readonly unknown[]) =>
  verdictOf(judge(estate(internetGateway, publicInstance, ...parts) as Blocks));
const instance = (attributes: object) => ({ aws_instance: { app: attributes } });

describe("security groups", () => {
  it("are the VPC's default one where an instance names none", () => {
    expect(verdict()).toBe("escapes");
    expect(verdict({ aws_default_security_group: { d: { vpc_id: "${aws_vpc.app.id}" } } })).toBe("contained");
    const open = { vpc_id: "${aws_vpc.app.id}", egress: [rule("0.0.0.0/0")] };
    expect(verdict({ aws_default_security_group: { d: open } })).toBe("escapes");
  });

  it("let nothing out without outbound rules: Terraform takes AWS's own away", () => {
    const bare = { aws_security_group: { app: { vpc_id: "${aws_vpc.app.id}" } } };
    expect(verdict(bare, instance({ vpc_security_group_ids: ["${aws_security_group.app.id}"] }))).toBe("contained");
  });

  it("have rules in resources of their own", () => {
    const rules = (type: string, attributes: object) => [
      group(),
      { [type]: { r: { security_group_id: "${aws_security_group.app.id}", ...attributes } } },
    ];
    expect(verdict(...rules("aws_vpc_security_group_egress_rule", { ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" }))).toBe(
      "escapes",
    );
    expect(
      verdict(...rules("aws_vpc_security_group_egress_rule", { ip_protocol: "-1", cidr_ipv4: "10.20.0.0/16" })),
    ).toBe("contained");
    expect(
      verdict(
        ...rules("aws_vpc_security_group_ingress_rule", {
          ip_protocol: "tcp",
          from_port: 443,
          to_port: 443,
          cidr_ipv4: "0.0.0.0/0",
        }),
      ),
    ).toBe("escapes");
    const old = { protocol: "tcp", from_port: 443, to_port: 443 };
    expect(verdict(...rules("aws_security_group_rule", { type: "egress", ...old, cidr_blocks: ["0.0.0.0/1"] }))).toBe(
      "escapes",
    );
    expect(verdict(...rules("aws_security_group_rule", { type: "egress", ...old, self: true }))).toBe("contained");
  });

  it("that name groups let nothing out of the VPC", () => {
    const peer = { aws_security_group: { peer: { vpc_id: "${aws_vpc.app.id}" } } };
    const toPeer = { protocol: "-1", from_port: 0, to_port: 0, security_groups: ["${aws_security_group.peer.id}"] };
    expect(verdict(group([], [toPeer]), peer)).toBe("contained");
  });

  it("take prefix lists entry by entry", () => {
    const listed = (cidr: string) => ({
      aws_ec2_managed_prefix_list: {
        l: { address_family: "IPv4", max_entries: 5, name: "l", entry: [{ cidr: "10.20.0.0/16" }] },
      },
      aws_ec2_managed_prefix_list_entry: { e: { prefix_list_id: "${aws_ec2_managed_prefix_list.l.id}", cidr } },
    });
    const byList = {
      protocol: "-1",
      from_port: 0,
      to_port: 0,
      prefix_list_ids: ["${aws_ec2_managed_prefix_list.l.id}"],
    };
    expect(verdict(group([], [byList]), listed("10.20.1.0/24"))).toBe("contained");
    expect(verdict(group([], [byList]), listed("198.51.100.0/24"))).toBe("escapes");
  });

  it("are put on an interface beside the instance", () => {
    const wide = { aws_security_group: { wide: { vpc_id: "${aws_vpc.app.id}", egress: [rule("0.0.0.0/0")] } } };
    const attachment = {
      security_group_id: "${aws_security_group.wide.id}",
      network_interface_id: "${aws_instance.app.primary_network_interface_id}",
    };
    expect(verdict(group(), wide)).toBe("contained");
    expect(verdict(group(), wide, { aws_network_interface_sg_attachment: { a: attachment } })).toBe("escapes");
  });

  it("that can't be seen may let everything pass", () => {
    expect(verdict(instance({ vpc_security_group_ids: ["sg-0123"] }))).toBe("undecided");
    expect(verdict(group([], [rule("${var.cidr}", 443)]))).toBe("undecided");
  });
});

describe("network ACLs", () => {
  const acl = (egress: readonly object[], ingress: readonly object[] = [allow(100)]) => ({
    aws_network_acl: { app: { vpc_id: "${aws_vpc.app.id}", subnet_ids: ["${aws_subnet.app.id}"], egress, ingress } },
  });
  const allow = (rule_no: number, cidr_block = "0.0.0.0/0", more: object = {}) => ({
    rule_no,
    action: "allow",
    protocol: "-1",
    from_port: 0,
    to_port: 0,
    cidr_block,
    ...more,
  });
  const deny = (rule_no: number, cidr_block = "0.0.0.0/0", more: object = {}) => ({
    ...allow(rule_no, cidr_block, more),
    action: "deny",
  });

  it("deny what no rule allows", () => {
    expect(verdict(acl([]))).toBe("contained");
    expect(verdict(acl([allow(100)]))).toBe("escapes");
  });

  it("go by number, whatever the order they are written in", () => {
    expect(verdict(acl([allow(200), deny(100)]))).toBe("contained");
    expect(verdict(acl([deny(200), allow(100)]))).toBe("escapes");
    expect(verdict(acl([deny(100, "0.0.0.0/1"), allow(200)]))).toBe("escapes");
    expect(verdict(acl([deny(100, "0.0.0.0/1"), deny(110, "128.0.0.0/1"), allow(200)]))).toBe("contained");
  });

  it("must let answers through by rules of their own", () => {
    const server = group([rule("0.0.0.0/0", 443)]);
    const https = { protocol: "tcp", from_port: 443, to_port: 443 };
    const ephemeral = { protocol: "tcp", from_port: 1024, to_port: 65535 };
    expect(verdict(server, acl([allow(100, "0.0.0.0/0", ephemeral)], [allow(100, "0.0.0.0/0", https)]))).toBe(
      "escapes",
    );
    expect(verdict(server, acl([allow(100, "10.0.0.0/8", ephemeral)], [allow(100, "0.0.0.0/0", https)]))).toBe(
      "contained",
    );
    expect(verdict(server, acl([allow(100)], [allow(100, "10.0.0.0/8", https)]))).toBe("contained");
  });

  it("need no answer for a datagram to leave", () => {
    expect(verdict(group([], [rule("0.0.0.0/0")]), acl([allow(100)], []))).toBe("escapes");
  });

  it("are the VPC's default one, which lets all pass until it is adopted", () => {
    const adopted = { default_network_acl_id: "${aws_vpc.app.default_network_acl_id}" };
    expect(verdict({ aws_default_network_acl: { d: adopted } })).toBe("contained");
    expect(verdict({ aws_default_network_acl: { d: { ...adopted, egress: [allow(100)] } } })).toBe("escapes");
    const before = {
      network_acl_id: "${aws_vpc.app.default_network_acl_id}",
      rule_number: 50,
      egress: true,
      protocol: "-1",
      rule_action: "deny",
      cidr_block: "0.0.0.0/0",
    };
    expect(verdict({ aws_network_acl_rule: { r: before } })).toBe("contained");
    expect(verdict({ aws_network_acl_rule: { r: { ...before, rule_number: 150 } } })).toBe("escapes");
  });

  it("have rules in resources of their own, inward unless they say egress", () => {
    const bare = {
      aws_network_acl: { app: { vpc_id: "${aws_vpc.app.id}" } },
      aws_network_acl_association: {
        a: { network_acl_id: "${aws_network_acl.app.id}", subnet_id: "${aws_subnet.app.id}" },
      },
    };
    const one = {
      network_acl_id: "${aws_network_acl.app.id}",
      rule_number: 100,
      protocol: "-1",
      rule_action: "allow",
      cidr_block: "0.0.0.0/0",
    };
    expect(verdict(bare, { aws_network_acl_rule: { r: one } })).toBe("contained");
    expect(verdict(bare, { aws_network_acl_rule: { r: { ...one, egress: true } } })).toBe("escapes");
  });

  it("leave IPv6 to rules of its own", () => {
    expect(verdict(acl([allow(100, undefined, { cidr_block: null, ipv6_cidr_block: "::/0" })]))).toBe("contained");
  });

  it("of unknown order decide nothing for certain", () => {
    expect(verdict(acl([{ ...deny(0), rule_no: "${var.number}" }, allow(100)]))).toBe("undecided");
    expect(verdict(acl([deny(100, "${var.cidr}"), allow(200)]))).toBe("undecided");
  });

  it("that a subnet may have or not decide nothing", () => {
    const one = new Unknown("var.which is not known", { candidates: ["subnet-a", "subnet-b"] });
    const closed = (subnet: unknown) => ({
      aws_subnet: {
        app: { id: "subnet-a" },
        b: { id: "subnet-b", vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.8.0/24" },
      },
      aws_network_acl: { app: { vpc_id: "${aws_vpc.app.id}", subnet_ids: [subnet] } },
    });
    expect(verdict(closed("subnet-a"))).toBe("contained");
    expect(verdict(closed("subnet-b"))).toBe("escapes");
    expect(verdict(closed(one))).toBe("undecided");
  });
});
