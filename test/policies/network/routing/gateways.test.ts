import { Unknown } from "../../../../policies/configuration/value";
import { base, estate, group, internetGateway, merged, publicInstance, rule } from "../base";
import { type Blocks, judge, type Options, verdictOf } from "../builder";

const verdict = (blocks: Blocks, options: Options = {}) => verdictOf(judge(blocks, options));

describe("internet gateways", () => {
  it("the base has no way out", () => {
    expect(verdict(base)).toBe("contained");
  });

  it("forward what has a public address", () => {
    expect(verdict(estate(internetGateway, publicInstance))).toBe("escapes");
    expect(verdict(estate(internetGateway))).toBe("contained");
  });

  it("take the subnet's word for the address where the instance says nothing", () => {
    expect(verdict(estate(internetGateway, { aws_subnet: { app: { map_public_ip_on_launch: true } } }))).toBe(
      "escapes",
    );
  });

  it("take an elastic address", () => {
    expect(verdict(estate(internetGateway, { aws_eip: { a: { instance: "${aws_instance.app.id}" } } }))).toBe(
      "escapes",
    );
    const association = { allocation_id: "${aws_eip.a.id}", instance_id: "${aws_instance.app.id}" };
    expect(verdict(estate(internetGateway, { aws_eip: { a: {} }, aws_eip_association: { a: association } }))).toBe(
      "escapes",
    );
    expect(verdict(estate(internetGateway, { aws_eip: { a: {} } }))).toBe("contained");
  });

  it("are found under the attributes of route tables too", () => {
    const route = [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.edge.id}" }];
    const gateway = { aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.app.id}" } } };
    expect(verdict(estate(gateway, publicInstance, { aws_route_table: { app: { route } } }))).toBe("escapes");
  });

  it("are found behind literal ids", () => {
    const route = {
      route_table_id: "${aws_route_table.app.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "igw-0123",
    };
    expect(verdict(estate(publicInstance, { aws_route: { out: route } }))).toBe("escapes");
  });

  it("forward nothing while they are attached to nothing", () => {
    const detached = merged(internetGateway, { aws_internet_gateway: { edge: { vpc_id: null } } });
    expect(verdict(estate(detached, publicInstance))).toBe("contained");
    const attachment = { internet_gateway_id: "${aws_internet_gateway.edge.id}", vpc_id: "${aws_vpc.app.id}" };
    expect(verdict(estate(detached, publicInstance, { aws_internet_gateway_attachment: { a: attachment } }))).toBe(
      "escapes",
    );
  });

  it("matter by the main route table where a subnet names none", () => {
    const route = {
      route_table_id: "${aws_vpc.app.main_route_table_id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.edge.id}",
    };
    const onMain = merged(internetGateway, { aws_route: { out: route } }, publicInstance);
    expect(verdict(estate(onMain))).toBe("contained");
    expect(verdict(estate(onMain, { aws_route_table_association: { app: null } }))).toBe("escapes");
    const main = {
      aws_main_route_table_association: {
        m: { vpc_id: "${aws_vpc.app.id}", route_table_id: "${aws_route_table.app.id}" },
      },
    };
    // The attribute may be read before the main table is replaced or after: the route may be in either.
    expect(verdict(estate(onMain, main, { aws_route_table_association: { app: null } }))).toBe("escapes");
    const adopted = {
      aws_default_route_table: { d: { default_route_table_id: "${aws_vpc.app.default_route_table_id}", route: [] } },
    };
    const inline = {
      aws_default_route_table: {
        d: {
          default_route_table_id: "${aws_vpc.app.default_route_table_id}",
          route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.edge.id}" }],
        },
      },
    };
    const noRoute = { aws_route: { out: null }, aws_route_table_association: { app: null } };
    expect(verdict(estate(internetGateway, publicInstance, noRoute, adopted))).toBe("contained");
    expect(verdict(estate(internetGateway, publicInstance, noRoute, inline))).toBe("escapes");
  });

  it("don't forward to private addresses", () => {
    expect(verdict(estate(internetGateway, publicInstance, group([], [rule("10.0.0.0/8")])))).toBe("contained");
    expect(verdict(estate(internetGateway, publicInstance, group([], [rule("11.0.0.0/8")])))).toBe("escapes");
  });

  it("lead inside where the only destination is vouched for", () => {
    const trust = { places: [{ id: "203.0.113.10", country: "IE" }] };
    const only = (cidr: string) => estate(internetGateway, publicInstance, group([], [rule(cidr)]));
    expect(verdict(only("203.0.113.10/32"), { trust })).toBe("contained");
    expect(verdict(only("203.0.113.10/31"), { trust })).toBe("escapes");
  });

  it("let answers out to whoever may ask", () => {
    expect(verdict(estate(internetGateway, publicInstance, group([rule("0.0.0.0/0", 443)])))).toBe("escapes");
    expect(verdict(estate(internetGateway, publicInstance, group([rule("10.0.0.0/8", 443)])))).toBe("contained");
    expect(verdict(estate(internetGateway, group([rule("0.0.0.0/0", 443)])))).toBe("contained");
  });

  it("need an address of the same family", () => {
    const six = {
      aws_vpc: { app: { assign_generated_ipv6_cidr_block: true } },
      aws_subnet: { app: { ipv6_cidr_block: "${cidrsubnet(aws_vpc.app.ipv6_cidr_block, 8, 1)}" } },
      aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.app.id}" } },
      aws_route: {
        six: {
          route_table_id: "${aws_route_table.app.id}",
          destination_ipv6_cidr_block: "::/0",
          gateway_id: "${aws_internet_gateway.edge.id}",
        },
      },
    };
    expect(verdict(estate(six))).toBe("contained");
    expect(verdict(estate(six, publicInstance))).toBe("contained");
    expect(verdict(estate(six, { aws_subnet: { app: { assign_ipv6_address_on_creation: true } } }))).toBe("escapes");
    expect(verdict(estate(six, { aws_instance: { app: { ipv6_address_count: 1 } } }))).toBe("escapes");
  });
});

describe("egress-only gateways", () => {
  const six = {
    aws_vpc: { app: { assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      app: {
        ipv6_cidr_block: "${cidrsubnet(aws_vpc.app.ipv6_cidr_block, 8, 1)}",
        assign_ipv6_address_on_creation: true,
      },
    },
    aws_egress_only_internet_gateway: { six: { vpc_id: "${aws_vpc.app.id}" } },
    aws_route: {
      six: {
        route_table_id: "${aws_route_table.app.id}",
        destination_ipv6_cidr_block: "::/0",
        egress_only_gateway_id: "${aws_egress_only_internet_gateway.six.id}",
      },
    },
  };

  it("let out what starts inside", () => {
    expect(verdict(estate(six))).toBe("escapes");
  });

  it("let nobody ask from outside", () => {
    expect(verdict(estate(six, group([rule("::/0", 443)])))).toBe("contained");
    expect(verdict(estate(six, group([], [rule("::/0", 443)])))).toBe("escapes");
  });

  it("take nothing for IPv4 rules", () => {
    expect(verdict(estate(six, group([], [rule("0.0.0.0/0")])))).toBe("contained");
  });
});

describe("VPC Block Public Access", () => {
  const options = (mode: string) => ({
    aws_vpc_block_public_access_options: { all: { internet_gateway_block_mode: mode } },
  });
  const exclusion = (what: object, mode = "allow-bidirectional") => ({
    aws_vpc_block_public_access_exclusion: { one: { internet_gateway_exclusion_mode: mode, ...what } },
  });
  const open = estate(internetGateway, publicInstance);

  it("stops the internet gateway, not while it is off", () => {
    expect(verdict(merged(open, options("block-bidirectional")))).toBe("contained");
    expect(verdict(merged(open, options("block-ingress")))).toBe("contained");
    expect(verdict(merged(open, options("off")))).toBe("escapes");
  });

  it("lets NAT gateways out while it blocks only what comes in", () => {
    const nat = {
      aws_subnet: { pub: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.2.0/24" } },
      aws_route_table: { pub: { vpc_id: "${aws_vpc.app.id}" } },
      aws_route_table_association: {
        pub: { subnet_id: "${aws_subnet.pub.id}", route_table_id: "${aws_route_table.pub.id}" },
      },
      aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.app.id}" } },
      aws_nat_gateway: { n: { subnet_id: "${aws_subnet.pub.id}", allocation_id: "eipalloc-1" } },
      aws_route: {
        app: {
          route_table_id: "${aws_route_table.app.id}",
          destination_cidr_block: "0.0.0.0/0",
          nat_gateway_id: "${aws_nat_gateway.n.id}",
        },
        pub: {
          route_table_id: "${aws_route_table.pub.id}",
          destination_cidr_block: "0.0.0.0/0",
          gateway_id: "${aws_internet_gateway.edge.id}",
        },
      },
    };
    expect(verdict(estate(nat))).toBe("escapes");
    expect(verdict(estate(nat, options("block-ingress")))).toBe("escapes");
    expect(verdict(estate(nat, options("block-bidirectional")))).toBe("contained");
    expect(
      verdict(
        estate(nat, options("block-bidirectional"), exclusion({ subnet_id: "${aws_subnet.pub.id}" }, "allow-egress")),
      ),
    ).toBe("escapes");
    expect(verdict(estate(nat, options("block-bidirectional"), exclusion({ subnet_id: "${aws_subnet.app.id}" })))).toBe(
      "contained",
    );
  });

  it("is open again for what is excluded", () => {
    expect(verdict(merged(open, options("block-bidirectional"), exclusion({ vpc_id: "${aws_vpc.app.id}" })))).toBe(
      "escapes",
    );
    expect(
      verdict(merged(open, options("block-bidirectional"), exclusion({ subnet_id: "${aws_subnet.app.id}" }))),
    ).toBe("escapes");
    const other = { aws_vpc: { other: { cidr_block: "10.30.0.0/16" } } };
    expect(
      verdict(merged(open, other, options("block-bidirectional"), exclusion({ vpc_id: "${aws_vpc.other.id}" }))),
    ).toBe("contained");
  });

  it("counts in its own region only", () => {
    expect(
      verdict(
        merged(open, {
          aws_vpc_block_public_access_options: {
            all: { internet_gateway_block_mode: "block-bidirectional", region: "eu-north-1" },
          },
        }),
      ),
    ).toBe("escapes");
  });
});

describe("local and carrier gateways", () => {
  const local = (id: string) => ({
    aws_route: {
      lan: {
        route_table_id: "${aws_route_table.app.id}",
        destination_cidr_block: "192.168.40.0/24",
        local_gateway_id: id,
      },
    },
  });
  const trust = { places: [{ id: "lgw-0aaaaaaaaaaaaaaaa", country: "NO" }] };

  it("a local gateway leads to the network of its site, which somebody must vouch for", () => {
    expect(verdict(estate(local("lgw-0aaaaaaaaaaaaaaaa")), { trust })).toBe("contained");
    expect(verdict(estate(local("lgw-0bbbbbbbbbbbbbbbb")), { trust })).toBe("escapes");
  });

  it("a local gateway that is looked up is the one whose id it is given", () => {
    const data = { aws_ec2_local_gateway: { here: { id: "lgw-0aaaaaaaaaaaaaaaa" } } };
    expect(verdict(estate(local("${data.aws_ec2_local_gateway.here.id}")), { trust, data })).toBe("contained");
  });

  it("answers go back by it as well", () => {
    const closed = estate(local("lgw-0bbbbbbbbbbbbbbbb"), group([rule("192.168.40.0/24", 443)]));
    expect(verdict(closed, { trust })).toBe("escapes");
    expect(verdict(estate(local("lgw-0bbbbbbbbbbbbbbbb"), group()), { trust })).toBe("contained");
  });

  it("a carrier gateway leads to the carrier's network", () => {
    const carrier = {
      aws_ec2_carrier_gateway: { c: { vpc_id: "${aws_vpc.app.id}" } },
      aws_route: {
        out: {
          route_table_id: "${aws_route_table.app.id}",
          destination_cidr_block: "0.0.0.0/0",
          carrier_gateway_id: "${aws_ec2_carrier_gateway.c.id}",
        },
      },
    };
    expect(verdict(estate(carrier))).toBe("escapes");
    const blocked = {
      aws_vpc_block_public_access_options: { all: { internet_gateway_block_mode: "block-bidirectional" } },
    };
    expect(verdict(estate(carrier, blocked))).toBe("contained");
  });

  it("an address of the site is no public one", () => {
    const eip = (more: object) => ({ aws_eip: { e: { instance: "${aws_instance.app.id}", ...more } } });
    expect(verdict(estate(internetGateway, eip({})))).toBe("escapes");
    expect(verdict(estate(internetGateway, eip({ customer_owned_ipv4_pool: "ipv4pool-coip-1" })))).toBe("contained");
  });
});

describe("what is not known", () => {
  const either = new Unknown("var.which is not known", { candidates: ["vpc-a", "vpc-b"] });
  const two = {
    aws_vpc: { app: { id: "vpc-a" }, b: { id: "vpc-b", cidr_block: "10.30.0.0/16", enable_dns_support: false } },
  };

  it("a gateway in one of two VPCs is where a route leads to it", () => {
    const gateway = { aws_internet_gateway: { edge: { vpc_id: either } } };
    expect(verdict(estate(two, internetGateway, publicInstance, gateway))).toBe("escapes");
  });

  it("a subnet in one of two VPCs may be in either", () => {
    expect(verdict(estate(two, { aws_subnet: { app: { vpc_id: either } } }))).toBe("undecided");
  });

  it("an unknown target may lead out", () => {
    const route = {
      route_table_id: "${aws_route_table.app.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${var.gateway}",
    };
    expect(verdict(estate({ aws_route: { out: route } }))).toBe("undecided");
  });

  it("an unknown public address may be one", () => {
    expect(
      verdict(estate(internetGateway, { aws_instance: { app: { associate_public_ip_address: "${var.public}" } } })),
    ).toBe("undecided");
  });

  it("an unknown subnet may be any", () => {
    expect(verdict(estate({ aws_instance: { app: { subnet_id: "subnet-0123" } } }))).toBe("undecided");
    expect(verdict(estate({ aws_instance: { app: { subnet_id: "${var.subnet}" } } }))).toBe("undecided");
  });

  it("an instance without a subnet is in the default VPC, which is public", () => {
    expect(verdict({ aws_instance: { app: { ami: "ami-1" } } })).toBe("escapes");
  });
});
