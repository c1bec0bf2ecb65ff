/**
 * IPv6-only subnets with DNS64 and NAT64
 * (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html), and dual-stack VPCs with an egress-only
 * internet gateway (https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html).
 */
import { judge, verdictOf } from "../policies/network/builder";
import { hops, id, instance, routes, together, vpc } from "./network-parts";

const six = { assign_generated_ipv6_cidr_block: true };
const nat64 = together(
  vpc("app", "10.20.0.0/16", { inner: "10.20.1.0/24", public: "10.20.2.0/24" }, six),
  {
    aws_subnet: {
      app_inner: {
        cidr_block: null,
        ipv6_native: true,
        enable_dns64: true,
        ipv6_cidr_block: "${cidrsubnet(aws_vpc.app.ipv6_cidr_block, 8, 1)}",
      },
    },
  },
  { aws_internet_gateway: { edge: { vpc_id: id("aws_vpc.app") } } },
  { aws_nat_gateway: { out: { subnet_id: id("aws_subnet.app_public"), allocation_id: "eipalloc-1" } } },
  routes("app_inner", { "64:ff9b::/96": ["nat_gateway_id", id("aws_nat_gateway.out")] }),
  routes("app_public", { "0.0.0.0/0": ["gateway_id", id("aws_internet_gateway.edge")] }),
  instance("app", "app_inner"),
);

describe("an IPv6-only subnet with DNS64", () => {
  it("reaches the IPv4 internet through NAT64", () => {
    const result = judge(nat64);
    expect(verdictOf(result)).toBe("escapes");
    expect(hops(result, "aws_instance.app")).toEqual([
      "aws_instance.app",
      "aws_route_table_association.app_inner",
      "aws_route.app_inner_64_ff9b___96",
      "aws_nat_gateway.out",
      "aws_route_table_association.app_public",
      "aws_route.app_public_0_0_0_0_0",
      "aws_internet_gateway.edge",
    ]);
    expect(result.escapes[0].steps.at(-1)?.why).toMatch(
      /packet 10\.20\.2\.\d+:\d+ → \d+\.\d+\.\d+\.\d+:443 tcp leaves/,
    );
  });

  it("reaches nothing without the route", () => {
    expect(verdictOf(judge(together(nat64, { aws_route: { app_inner_64_ff9b___96: null } })))).toBe("contained");
  });
});

describe("a dual-stack subnet", () => {
  const dual = together(
    vpc("app", "10.20.0.0/16", { inner: "10.20.1.0/24" }, six),
    {
      aws_subnet: {
        app_inner: {
          ipv6_cidr_block: "${cidrsubnet(aws_vpc.app.ipv6_cidr_block, 8, 1)}",
          assign_ipv6_address_on_creation: true,
        },
      },
    },
    { aws_egress_only_internet_gateway: { out: { vpc_id: id("aws_vpc.app") } } },
    routes("app_inner", { "::/0": ["egress_only_gateway_id", id("aws_egress_only_internet_gateway.out")] }),
    instance("app", "app_inner"),
  );

  it("leaves by IPv6 though IPv4 has the local route only", () => {
    const result = judge(dual);
    expect(result.escapes.map((flow) => flow.channel)).toEqual(["vpc.egress-only-gateway"]);
    expect(hops(result, "aws_instance.app")).toContain("aws_egress_only_internet_gateway.out");
  });

  it("stays where interfaces get no IPv6 address", () => {
    expect(
      verdictOf(judge(together(dual, { aws_subnet: { app_inner: { assign_ipv6_address_on_creation: false } } }))),
    ).toBe("contained");
  });
});
