/**
 * Centralized egress: spokes reach the internet through NAT gateways of one VPC, over a transit gateway
 * (https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/using-nat-gateway-for-centralized-egress.html),
 * also with AWS Network Firewall in an inspection VPC between them
 * (https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html).
 */
import { judge, verdictOf } from "../policies/network/builder";
import { attach, hops, id, instance, routes, together, transitGateway, transitRoute, vpc } from "./network-parts";

const egressVpc = together(
  vpc("egress", "10.9.0.0/16", { transit: "10.9.0.0/28", public: "10.9.1.0/24" }),
  { aws_internet_gateway: { edge: { vpc_id: id("aws_vpc.egress") } } },
  { aws_nat_gateway: { out: { subnet_id: id("aws_subnet.egress_public"), allocation_id: "eipalloc-1" } } },
  routes("egress_transit", { "0.0.0.0/0": ["nat_gateway_id", id("aws_nat_gateway.out")] }),
  routes("egress_public", {
    "0.0.0.0/0": ["gateway_id", id("aws_internet_gateway.edge")],
    "10.0.0.0/8": ["transit_gateway_id", id("aws_ec2_transit_gateway.hub")],
  }),
  attach("hub", "egress", "egress_transit", "egress", ["egress"]),
);
const spoke = (name: string, second: number) =>
  together(
    vpc(name, `10.${second}.0.0/16`, { app: `10.${second}.1.0/24` }),
    instance(name, `${name}_app`),
    routes(`${name}_app`, { "0.0.0.0/0": ["transit_gateway_id", id("aws_ec2_transit_gateway.hub")] }),
    attach("hub", name, `${name}_app`, "spokes", ["egress"]),
  );
const attachment = (name: string) => id(`aws_ec2_transit_gateway_vpc_attachment.${name}`);

describe("centralized egress", () => {
  const estate = together(
    transitGateway("hub", ["spokes", "egress"]),
    egressVpc,
    spoke("a", 1),
    spoke("b", 2),
    transitRoute("spokes", "0.0.0.0/0", attachment("egress")),
  );

  it("every spoke leaves by the shared NAT gateway, hop by hop", () => {
    const result = judge(estate);
    expect(result.escapes.map((flow) => flow.from.address).sort()).toEqual(["aws_instance.a", "aws_instance.b"]);
    expect(hops(result, "aws_instance.a")).toEqual([
      "aws_instance.a",
      "aws_route_table_association.a_app",
      "aws_route.a_app_0_0_0_0_0",
      "aws_ec2_transit_gateway_route.spokes_0_0_0_0_0",
      "aws_ec2_transit_gateway_vpc_attachment.egress",
      "aws_route_table_association.egress_transit",
      "aws_route.egress_transit_0_0_0_0_0",
      "aws_nat_gateway.out",
      "aws_route_table_association.egress_public",
      "aws_route.egress_public_0_0_0_0_0",
      "aws_internet_gateway.edge",
    ]);
    expect(result.escapes[0].channel).toBe("vpc.nat-gateway");
  });

  it("nothing leaves once the transit gateway's default route is a blackhole", () => {
    const hole = {
      aws_ec2_transit_gateway_route: { spokes_0_0_0_0_0: { transit_gateway_attachment_id: null, blackhole: true } },
    };
    expect(verdictOf(judge(together(estate, hole)))).toBe("contained");
  });
});

describe("centralized egress through an inspection VPC with appliance mode", () => {
  const policy = (action: string) => ({
    aws_networkfirewall_firewall_policy: {
      p: {
        firewall_policy: [
          {
            stateless_default_actions: ["aws:forward_to_sfe"],
            stateless_fragment_default_actions: ["aws:forward_to_sfe"],
            stateful_engine_options: [{ rule_order: "STRICT_ORDER" }],
            stateful_default_actions: [action],
          },
        ],
      },
    },
  });
  const endpoint =
    "${tolist(aws_networkfirewall_firewall.f.firewall_status[0].sync_states)[0].attachment[0].endpoint_id}";
  const inspection = together(
    vpc("inspection", "10.8.0.0/16", { transit: "10.8.0.0/28", firewall: "10.8.1.0/28" }),
    {
      aws_networkfirewall_firewall: {
        f: {
          vpc_id: id("aws_vpc.inspection"),
          firewall_policy_arn: id("aws_networkfirewall_firewall_policy.p", "arn"),
          subnet_mapping: [{ subnet_id: id("aws_subnet.inspection_firewall") }],
        },
      },
    },
    routes("inspection_transit", { "0.0.0.0/0": ["vpc_endpoint_id", endpoint] }),
    routes("inspection_firewall", { "0.0.0.0/0": ["transit_gateway_id", id("aws_ec2_transit_gateway.hub")] }),
    attach("hub", "inspection", "inspection_transit", "inspected", [], { appliance_mode_support: "enable" }),
  );
  const estate = (action: string) =>
    together(
      transitGateway("hub", ["spokes", "inspected", "egress"]),
      egressVpc,
      inspection,
      policy(action),
      spoke("a", 1),
      transitRoute("spokes", "0.0.0.0/0", attachment("inspection")),
      transitRoute("inspected", "0.0.0.0/0", attachment("egress")),
    );

  it("the firewall decides: what it lets pass leaves through it", () => {
    const result = judge(estate("aws:alert_strict"));
    expect(verdictOf(result)).toBe("escapes");
    expect(hops(result, "aws_instance.a")).toEqual([
      "aws_instance.a",
      "aws_route_table_association.a_app",
      "aws_route.a_app_0_0_0_0_0",
      "aws_ec2_transit_gateway_route.spokes_0_0_0_0_0",
      "aws_ec2_transit_gateway_vpc_attachment.inspection",
      "aws_route_table_association.inspection_transit",
      "aws_route.inspection_transit_0_0_0_0_0",
      "aws_networkfirewall_firewall_policy.p",
      "aws_route_table_association.inspection_firewall",
      "aws_route.inspection_firewall_0_0_0_0_0",
      "aws_ec2_transit_gateway_route.inspected_0_0_0_0_0",
      "aws_ec2_transit_gateway_vpc_attachment.egress",
      "aws_route_table_association.egress_transit",
      "aws_route.egress_transit_0_0_0_0_0",
      "aws_nat_gateway.out",
      "aws_route_table_association.egress_public",
      "aws_route.egress_public_0_0_0_0_0",
      "aws_internet_gateway.edge",
    ]);
  });

  it("what it drops stays", () => {
    expect(verdictOf(judge(estate("aws:drop_strict")))).toBe("contained");
  });

  it("a route past it is a way past it", () => {
    const past = transitRoute("spokes", "198.51.100.0/24", attachment("egress"));
    const result = judge(together(estate("aws:drop_strict"), past));
    expect(hops(result, "aws_instance.a")).toContain("aws_ec2_transit_gateway_route.spokes_198_51_100_0_24");
  });
});
