import { estate, group, rule } from "../base";
import { type Blocks, judge, verdictOf } from "../builder";

const domain = "${aws_ec2_transit_gateway_multicast_domain.d.id}";
const attachment = "${aws_ec2_transit_gateway_vpc_attachment.app.id}";
const associated = (transit_gateway_attachment_id: string, subnet_id: string) => ({
  transit_gateway_multicast_domain_id: domain,
  transit_gateway_attachment_id,
  subnet_id,
});
const joined: Blocks = {
  aws_ec2_transit_gateway: {
    t: { default_route_table_association: "disable", default_route_table_propagation: "disable" },
  },
  aws_ec2_transit_gateway_vpc_attachment: {
    app: {
      transit_gateway_id: "${aws_ec2_transit_gateway.t.id}",
      vpc_id: "${aws_vpc.app.id}",
      subnet_ids: ["${aws_subnet.app.id}"],
    },
  },
  aws_ec2_transit_gateway_multicast_domain: { d: { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" } },
  aws_ec2_transit_gateway_multicast_domain_association: { own: associated(attachment, "${aws_subnet.app.id}") },
};
const stranger = {
  aws_ec2_transit_gateway_multicast_domain_association: {
    own: associated(attachment, "${aws_subnet.app.id}"),
    away: associated("tgw-attach-0bbb", "subnet-0bbb"),
  },
};
const member = (network_interface_id: string) => ({
  aws_ec2_transit_gateway_multicast_group_member: {
    m: { transit_gateway_multicast_domain_id: domain, group_ip_address: "224.0.0.1", network_interface_id },
  },
});
const card = { aws_network_interface: { c: { subnet_id: "${aws_subnet.app.id}" } } };
const trust = { places: [{ id: "tgw-attach-0bbb", country: "IE" }] };

describe("multicast over a transit gateway", () => {
  it("comes to whoever is in the domain, past every route table", () => {
    expect(verdictOf(judge(estate(joined)))).toBe("contained");
    const result = judge(estate(joined, stranger));
    expect(result.escapes.map((flow) => flow.channel)).toEqual(["tgw.multicast"]);
    expect(result.escapes[0].steps.map((step) => step.by.address).slice(-2)).toEqual([
      "aws_ec2_transit_gateway_multicast_domain_association.own",
      "aws_ec2_transit_gateway_multicast_domain_association.away",
    ]);
    expect(result.escapes[0].steps.at(-1)?.why).toMatch(/→ 224\.\d+\.\d+\.\d+/);
    expect(verdictOf(judge(estate(joined, stranger), { trust }))).toBe("contained");
  });

  it("needs groups that let it out", () => {
    expect(verdictOf(judge(estate(joined, stranger, group([], [rule("10.0.0.0/8")]))))).toBe("contained");
    expect(verdictOf(judge(estate(joined, stranger, group([], [rule("239.0.0.0/8")]))))).toBe("escapes");
  });

  it("comes to members that are named", () => {
    expect(verdictOf(judge(estate(joined, card, member("${aws_network_interface.c.id}"))))).toBe("contained");
    expect(verdictOf(judge(estate(joined, member("eni-0bbb"))))).toBe("escapes");
    expect(verdictOf(judge(estate(joined, member("${var.card}"))))).toBe("undecided");
  });
});
