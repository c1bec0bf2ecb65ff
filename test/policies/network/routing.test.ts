import { estate, group, internetGateway, merged, publicInstance, rule } from "./base";
import { type Blocks, judge, type Options, verdictOf } from "./builder";

const verdict = (blocks: Blocks, options: Options = {}) => verdictOf(judge(blocks, options));
const trust = {
  accounts: { "222222222222": {} },
  places: [
    { id: "203.0.113.10", country: "IE" },
    { id: "pcx-0aaa", country: "IE" },
    { id: "tgw-0aaa", country: "IE" },
    { id: "EirCL", country: "IE" },
  ],
};
const route = (target: object, destination = "0.0.0.0/0") => ({
  route_table_id: "${aws_route_table.app.id}",
  destination_cidr_block: destination,
  ...target,
});
const out = (target: object, destination?: string) => ({ aws_route: { out: route(target, destination) } });

describe("route tables", () => {
  it("prefer the longest prefix", () => {
    const wide = merged(internetGateway, publicInstance);
    const appliance = {
      aws_instance: {
        trap: {
          ami: "ami-2",
          subnet_id: "${aws_subnet.app.id}",
          vpc_security_group_ids: ["${aws_security_group.none.id}"],
        },
      },
      aws_security_group: { none: { vpc_id: "${aws_vpc.app.id}" } },
    };
    const halves = (...cidrs: string[]) => ({
      aws_route: Object.fromEntries(
        cidrs.map((cidr, i) => [
          `half${i}`,
          route({ network_interface_id: "${aws_instance.trap.primary_network_interface_id}" }, cidr),
        ]),
      ),
    });
    // What goes to an instance that checks destinations is dropped there.
    expect(verdict(estate(wide, appliance, halves("0.0.0.0/1")))).toBe("escapes");
    expect(verdict(estate(wide, appliance, halves("0.0.0.0/1", "128.0.0.0/1")))).toBe("contained");
  });

  it("take destinations from prefix lists", () => {
    const listed = (cidr: string) => ({
      aws_ec2_managed_prefix_list: { l: { entry: [{ cidr }] } },
      aws_route: {
        out: { destination_cidr_block: null, destination_prefix_list_id: "${aws_ec2_managed_prefix_list.l.id}" },
      },
    });
    expect(verdict(estate(internetGateway, publicInstance, listed("198.51.100.0/24")))).toBe("escapes");
    expect(verdict(estate(internetGateway, publicInstance, listed("10.99.0.0/16")))).toBe("contained");
  });

  it("lead to gateway endpoints for the service's own addresses only", () => {
    const endpoint = {
      aws_vpc_endpoint: {
        s3: {
          vpc_id: "${aws_vpc.app.id}",
          service_name: "com.amazonaws.eu-west-1.s3",
          route_table_ids: ["${aws_route_table.app.id}"],
        },
      },
    };
    expect(verdict(estate(endpoint))).toBe("contained");
    const toS3 = {
      protocol: "tcp",
      from_port: 443,
      to_port: 443,
      prefix_list_ids: ["${aws_vpc_endpoint.s3.prefix_list_id}"],
    };
    expect(verdict(estate(endpoint, internetGateway, publicInstance, group([], [toS3])))).toBe("contained");
    expect(verdict(estate(endpoint, internetGateway, publicInstance))).toBe("escapes");
  });

  it("that are not known may hold any route", () => {
    expect(verdict(estate({ aws_route_table: { app: { route: "${var.routes}" } } }))).toBe("undecided");
    const looked = { aws_route_table_association: { app: { route_table_id: "rtb-0123" } } };
    expect(verdict(estate(looked))).toBe("undecided");
  });
});

describe("NAT gateways", () => {
  const nat = (attributes: object = {}) => ({
    aws_subnet: { pub: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.2.0/24" } },
    aws_route_table: { pub: { vpc_id: "${aws_vpc.app.id}" } },
    aws_route_table_association: {
      pub: { subnet_id: "${aws_subnet.pub.id}", route_table_id: "${aws_route_table.pub.id}" },
    },
    aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.app.id}" } },
    aws_nat_gateway: { n: { subnet_id: "${aws_subnet.pub.id}", ...attributes } },
    aws_route: {
      app: { ...route({ nat_gateway_id: "${aws_nat_gateway.n.id}" }) },
      pub: {
        route_table_id: "${aws_route_table.pub.id}",
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: "${aws_internet_gateway.edge.id}",
      },
    },
  });

  it("are public unless they say otherwise", () => {
    expect(verdict(estate(nat()))).toBe("escapes");
    expect(verdict(estate(nat({ connectivity_type: "private" })))).toBe("contained");
    expect(verdict(estate(nat({ connectivity_type: "${var.type}" })))).toBe("undecided");
  });

  it("lead nowhere if their own subnet has no way on", () => {
    expect(verdict(estate(nat(), { aws_route: { pub: null } }))).toBe("contained");
  });

  it("let nobody in", () => {
    expect(verdict(estate(nat(), group([rule("0.0.0.0/0", 443)])))).toBe("contained");
  });

  it("carry TCP, UDP and ICMP, nothing else", () => {
    const only = (protocol: string) => group([], [{ ...rule("0.0.0.0/0"), protocol }]);
    expect(verdict(estate(nat(), only("47")))).toBe("contained");
    expect(
      verdict(estate(nat(), group([], [{ ...rule("0.0.0.0/0"), protocol: "icmp", from_port: 8, to_port: 0 }]))),
    ).toBe("escapes");
  });

  describe("that are regional", () => {
    const regional = (more: object = {}) => ({
      aws_nat_gateway: { n: { availability_mode: "regional", vpc_id: "${aws_vpc.app.id}", ...more } },
      ...out({ nat_gateway_id: "${aws_nat_gateway.n.id}" }),
    });
    const gateway = { aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.app.id}" } } };

    it("stand in no subnet and reach the internet gateway of their VPC by a table of their own", () => {
      const result = judge(estate(gateway, regional()));
      expect(result.escapes.map((flow) => flow.channel)).toEqual(["vpc.nat-gateway"]);
      expect(result.escapes[0].steps.map((step) => step.by.address)).toEqual(
        expect.arrayContaining(["aws_nat_gateway.n", "aws_internet_gateway.edge"]),
      );
      expect(verdict(estate(regional()))).toBe("contained");
    });

    it("reach that of the default VPC, which nobody writes down", () => {
      const nat = regional({ vpc_id: "${aws_default_vpc.d.id}" });
      const home = { aws_default_vpc: { d: { enable_dns_support: false } }, aws_vpc: { app: null } };
      const inside = { vpc_id: "${aws_default_vpc.d.id}" };
      const moved = {
        aws_subnet: { app: { ...inside, cidr_block: "172.31.200.0/24" } },
        aws_route_table: { app: inside },
      };
      const here = { aws_instance: { app: { associate_public_ip_address: false } } };
      expect(judge(estate(home, moved, here, nat)).escapes.map((flow) => flow.channel)).toEqual(["vpc.nat-gateway"]);
    });

    it("follow what is added to their table", () => {
      const tunnel = {
        aws_vpn_gateway: { g: { vpc_id: "${aws_vpc.app.id}" } },
        aws_customer_gateway: { c: { ip_address: "198.51.100.7" } },
        aws_vpn_connection: {
          v: { vpn_gateway_id: "${aws_vpn_gateway.g.id}", customer_gateway_id: "${aws_customer_gateway.c.id}" },
        },
      };
      const added = {
        route_table_id: "${aws_nat_gateway.n.route_table_id}",
        destination_cidr_block: "192.168.0.0/16",
        gateway_id: "${aws_vpn_gateway.g.id}",
      };
      const { aws_route } = out({ nat_gateway_id: "${aws_nat_gateway.n.id}" });
      expect(verdict(estate(tunnel, regional()))).toBe("contained");
      const result = judge(estate(tunnel, regional(), { aws_route: { ...aws_route, added } }));
      expect(result.escapes.map((flow) => flow.channel)).toEqual(["vpn"]);
    });
  });

  it("turn IPv6 into IPv4 for what DNS64 makes up", () => {
    const six = {
      aws_vpc: { app: { assign_generated_ipv6_cidr_block: true } },
      aws_subnet: {
        app: {
          cidr_block: null,
          ipv6_native: true,
          enable_dns64: true,
          ipv6_cidr_block: "${cidrsubnet(aws_vpc.app.ipv6_cidr_block, 8, 1)}",
        },
      },
      aws_route: { app: { destination_cidr_block: null, destination_ipv6_cidr_block: "64:ff9b::/96" } },
    };
    expect(verdict(estate(nat(), six))).toBe("escapes");
    expect(verdict(estate(nat(), six, { aws_route: { app: null } }))).toBe("contained");
    expect(verdict(estate(nat(), six, group([], [rule("::/0")])))).toBe("escapes");
    expect(verdict(estate(nat(), six, group([], [rule("0.0.0.0/0")])))).toBe("contained");
  });

  it("give the address of their own subnet, which others judge by", () => {
    const acl = (cidr: string) => ({
      aws_network_acl: {
        pub: {
          vpc_id: "${aws_vpc.app.id}",
          subnet_ids: ["${aws_subnet.pub.id}"],
          ingress: [{ rule_no: 100, action: "allow", protocol: "-1", from_port: 0, to_port: 0, cidr_block: cidr }],
          egress: [
            { rule_no: 100, action: "allow", protocol: "-1", from_port: 0, to_port: 0, cidr_block: "0.0.0.0/0" },
          ],
        },
      },
    });
    expect(verdict(estate(nat(), acl("10.20.1.0/24")))).toBe("escapes");
    expect(verdict(estate(nat(), acl("10.20.9.0/24")))).toBe("contained");
  });
});

describe("instances as routers", () => {
  const router = (attributes: object) => ({
    aws_subnet: { pub: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.2.0/24" } },
    aws_network_interface: {
      r: { subnet_id: "${aws_subnet.pub.id}", security_groups: ["${aws_security_group.r.id}"], ...attributes },
    },
    aws_security_group: {
      r: { vpc_id: "${aws_vpc.app.id}", ingress: [rule("10.20.0.0/16")], egress: [rule("192.168.40.0/24")] },
    },
    aws_route_table: { pub: { vpc_id: "${aws_vpc.app.id}" } },
    aws_route_table_association: {
      pub: { subnet_id: "${aws_subnet.pub.id}", route_table_id: "${aws_route_table.pub.id}" },
    },
    aws_route: {
      out: route({ network_interface_id: "${aws_network_interface.r.id}" }),
      lan: {
        route_table_id: "${aws_route_table.pub.id}",
        destination_cidr_block: "192.168.40.0/24",
        local_gateway_id: "lgw-0bbb",
      },
    },
  });
  const of = (result: ReturnType<typeof judge>) => result.escapes.map((flow) => flow.from.address).sort();

  it("forward what isn't theirs if they don't check it", () => {
    expect(of(judge(estate(router({ source_dest_check: false }))))).toEqual([
      "aws_instance.app",
      "aws_network_interface.r",
    ]);
    expect(of(judge(estate(router({}))))).toEqual(["aws_network_interface.r"]);
  });

  it("forward what their groups let in and out", () => {
    const closed = {
      aws_security_group: {
        r: { vpc_id: "${aws_vpc.app.id}", ingress: [rule("10.99.0.0/16")], egress: [rule("192.168.40.0/24")] },
      },
    };
    expect(of(judge(estate(router({ source_dest_check: false }), closed)))).toEqual(["aws_network_interface.r"]);
  });
});

describe("route servers", () => {
  const server = "${aws_vpc_route_server.s.route_server_id}";
  const learning = (peer_address: string) => ({
    aws_vpc_route_server: { s: { amazon_side_asn: 65000 } },
    aws_vpc_route_server_endpoint: { e: { route_server_id: server, subnet_id: "${aws_subnet.edge.id}" } },
    aws_vpc_route_server_peer: {
      p: { route_server_endpoint_id: "${aws_vpc_route_server_endpoint.e.route_server_endpoint_id}", peer_address },
    },
    aws_vpc_route_server_propagation: { p: { route_server_id: server, route_table_id: "${aws_route_table.app.id}" } },
  });
  const router = (source_dest_check: boolean) => ({
    aws_subnet: { edge: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.2.0/24" } },
    aws_route_table: { edge: { vpc_id: "${aws_vpc.app.id}" } },
    aws_route_table_association: {
      edge: { subnet_id: "${aws_subnet.edge.id}", route_table_id: "${aws_route_table.edge.id}" },
    },
    aws_route: {
      edge: {
        route_table_id: "${aws_route_table.edge.id}",
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: "${aws_vpn_gateway.g.id}",
      },
    },
    aws_vpn_gateway: { g: { vpc_id: "${aws_vpc.app.id}" } },
    aws_customer_gateway: { c: { ip_address: "198.51.100.7" } },
    aws_vpn_connection: {
      v: { vpn_gateway_id: "${aws_vpn_gateway.g.id}", customer_gateway_id: "${aws_customer_gateway.c.id}" },
    },
    aws_security_group: {
      open: { vpc_id: "${aws_vpc.app.id}", ingress: [rule("0.0.0.0/0")], egress: [rule("0.0.0.0/0")] },
    },
    aws_network_interface: {
      router: {
        subnet_id: "${aws_subnet.edge.id}",
        private_ips: ["10.20.2.10"],
        source_dest_check,
        security_groups: ["${aws_security_group.open.id}"],
      },
    },
  });
  const escaping = (...parts: readonly unknown[]) => judge(estate(...parts)).escapes.map((flow) => flow.from.address);

  it("lead to their peers, whatever those announce", () => {
    expect(escaping(router(false), learning("10.20.2.10"))).toContain("aws_instance.app");
    expect(escaping(router(true), learning("10.20.2.10"))).not.toContain("aws_instance.app");
    expect(escaping(router(false))).not.toContain("aws_instance.app");
  });

  it("decide nothing by peers that can't be seen", () => {
    expect(verdict(estate(learning("10.20.2.99"), { aws_subnet: router(true).aws_subnet }))).toBe("undecided");
  });
});

describe("VPC peering", () => {
  const peering = (attributes: object) => ({
    aws_vpc_peering_connection: { p: { vpc_id: "${aws_vpc.app.id}", ...attributes } },
  });
  const toPeer = out({ vpc_peering_connection_id: "${aws_vpc_peering_connection.p.id}" }, "10.30.0.0/16");
  const peer = { aws_vpc: { peer: { cidr_block: "10.30.0.0/16", enable_dns_support: false } } };

  it("with a VPC of one's own leads to that one only", () => {
    expect(verdict(estate(peer, toPeer, peering({ peer_vpc_id: "${aws_vpc.peer.id}" })))).toBe("contained");
    const everything = out({ vpc_peering_connection_id: "${aws_vpc_peering_connection.p.id}" });
    const gateway = {
      aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.peer.id}" } },
      aws_route: {
        peer: {
          route_table_id: "${aws_vpc.peer.main_route_table_id}",
          destination_cidr_block: "0.0.0.0/0",
          gateway_id: "${aws_internet_gateway.edge.id}",
        },
      },
      aws_subnet: { peer: { vpc_id: "${aws_vpc.peer.id}", cidr_block: "10.30.1.0/24" } },
    };
    expect(verdict(estate(peer, gateway, everything, peering({ peer_vpc_id: "${aws_vpc.peer.id}" })))).toBe(
      "contained",
    );
  });

  it("with somebody else's VPC leads out", () => {
    expect(verdict(estate(toPeer, peering({ peer_vpc_id: "vpc-0bbb", peer_owner_id: "999999999999" })))).toBe(
      "escapes",
    );
    expect(
      verdict(estate(toPeer, peering({ peer_vpc_id: "vpc-0bbb", peer_owner_id: "222222222222" })), { trust }),
    ).toBe("contained");
    expect(
      verdict(
        estate(toPeer, peering({ peer_vpc_id: "vpc-0bbb", peer_owner_id: "222222222222", peer_region: "eu-west-2" })),
        { trust },
      ),
    ).toBe("escapes");
    expect(verdict(estate(toPeer, peering({ peer_vpc_id: "vpc-0bbb" })), { trust })).toBe("undecided");
  });

  it("needs a route and open groups", () => {
    const foreign = peering({ peer_vpc_id: "vpc-0bbb", peer_owner_id: "999999999999" });
    expect(verdict(estate(foreign))).toBe("contained");
    expect(verdict(estate(foreign, toPeer, group([], [rule("10.20.0.0/16")])))).toBe("contained");
    expect(verdict(estate(foreign, toPeer, group([rule("10.30.0.0/16", 443)])))).toBe("escapes");
  });

  it("that was asked for elsewhere must be vouched for", () => {
    expect(verdict(estate(out({ vpc_peering_connection_id: "pcx-0aaa" }, "10.30.0.0/16")), { trust })).toBe(
      "contained",
    );
    expect(verdict(estate(out({ vpc_peering_connection_id: "pcx-0bbb" }, "10.30.0.0/16")), { trust })).toBe("escapes");
    const accepted = {
      aws_vpc_peering_connection_accepter: { a: { vpc_peering_connection_id: "pcx-0bbb", auto_accept: true } },
    };
    expect(
      verdict(
        estate(
          accepted,
          out({ vpc_peering_connection_id: "${aws_vpc_peering_connection_accepter.a.id}" }, "10.30.0.0/16"),
        ),
        { trust },
      ),
    ).toBe("escapes");
  });

  it("with a VPC of one's own outside the boundary ends there", () => {
    const london = {
      aws_vpc: { peer: { cidr_block: "10.30.0.0/16", enable_dns_support: false, region: "eu-west-2" } },
    };
    const result = judge(
      estate(london, toPeer, peering({ peer_vpc_id: "${aws_vpc.peer.id}", peer_region: "eu-west-2" })),
    );
    expect(result.flows.map((flow) => flow.channel)).toContain("vpc.peering");
  });
});

describe("VPN and Direct Connect", () => {
  const vpn = (ip: string, more: object = {}) => ({
    aws_vpn_gateway: { g: { vpc_id: "${aws_vpc.app.id}" } },
    aws_customer_gateway: { c: { ip_address: ip, type: "ipsec.1" } },
    aws_vpn_connection: {
      v: { vpn_gateway_id: "${aws_vpn_gateway.g.id}", customer_gateway_id: "${aws_customer_gateway.c.id}", ...more },
    },
  });
  const toGateway = out({ gateway_id: "${aws_vpn_gateway.g.id}" }, "192.168.0.0/16");

  it("lead to the device's place", () => {
    expect(verdict(estate(vpn("198.51.100.7"), toGateway), { trust })).toBe("escapes");
    expect(verdict(estate(vpn("203.0.113.10"), toGateway), { trust })).toBe("contained");
    expect(verdict(estate(vpn("${var.ip}"), toGateway), { trust })).toBe("undecided");
  });

  it("need a route, written or learnt", () => {
    expect(verdict(estate(vpn("198.51.100.7")))).toBe("contained");
    expect(
      verdict(
        estate(vpn("198.51.100.7"), { aws_route_table: { app: { propagating_vgws: ["${aws_vpn_gateway.g.id}"] } } }),
      ),
    ).toBe("escapes");
    const propagation = { vpn_gateway_id: "${aws_vpn_gateway.g.id}", route_table_id: "${aws_route_table.app.id}" };
    expect(verdict(estate(vpn("198.51.100.7"), { aws_vpn_gateway_route_propagation: { p: propagation } }))).toBe(
      "escapes",
    );
  });

  it("with static routes take those only", () => {
    const static_ = vpn("198.51.100.7", { static_routes_only: true });
    const to = (cidr: string) => ({
      aws_vpn_connection_route: {
        r: { vpn_connection_id: "${aws_vpn_connection.v.id}", destination_cidr_block: cidr },
      },
    });
    expect(verdict(estate(static_, toGateway))).toBe("contained");
    expect(verdict(estate(static_, toGateway, to("192.168.7.0/24")))).toBe("escapes");
    expect(verdict(estate(static_, toGateway, to("10.99.0.0/16")))).toBe("contained");
  });

  it("by Direct Connect end at the location of the line", () => {
    const line = (location: string) => ({
      aws_vpn_gateway: { g: { vpc_id: "${aws_vpc.app.id}" } },
      aws_dx_gateway: { d: { name: "d" } },
      aws_dx_gateway_association: {
        a: { dx_gateway_id: "${aws_dx_gateway.d.id}", associated_gateway_id: "${aws_vpn_gateway.g.id}" },
      },
      aws_dx_connection: { c: { location, name: "c", bandwidth: "1Gbps" } },
      aws_dx_private_virtual_interface: {
        i: { connection_id: "${aws_dx_connection.c.id}", dx_gateway_id: "${aws_dx_gateway.d.id}" },
      },
    });
    expect(verdict(estate(line("EirCL"), toGateway), { trust })).toBe("contained");
    expect(verdict(estate(line("EqDC2"), toGateway), { trust })).toBe("escapes");
    const away = { aws_dx_gateway_association: { a: { dx_gateway_id: "11111111-2222" } } };
    expect(verdict(estate(line("EirCL"), toGateway, away), { trust })).toBe("escapes");
  });

  it("by SiteLink go from one location to another without any VPC", () => {
    const line = (name: string, location: string, sitelink_enabled: unknown) => ({
      aws_dx_connection: { [name]: { location, name, bandwidth: "1Gbps" } },
      aws_dx_private_virtual_interface: {
        [name]: {
          connection_id: `\${aws_dx_connection.${name}.id}`,
          dx_gateway_id: "${aws_dx_gateway.d.id}",
          sitelink_enabled,
        },
      },
    });
    const gateway = { aws_dx_gateway: { d: { name: "d" } } };
    const linked = (location: string, here: unknown, there: unknown) =>
      judge(estate(gateway, line("here", "EirCL", here), line("there", location, there)), { trust });
    const result = linked("EqDC2", true, true);
    expect(result.escapes.map((flow) => [flow.channel, flow.from.address])).toEqual([
      ["direct-connect.sitelink", "aws_dx_private_virtual_interface.here"],
    ]);
    expect(result.escapes[0].steps.map((step) => step.by.address)).toEqual([
      "aws_dx_private_virtual_interface.there",
      "aws_dx_connection.there",
    ]);
    expect(verdictOf(linked("EirCL", true, true))).toBe("contained");
    expect(verdictOf(linked("EqDC2", true, false))).toBe("contained");
    expect(verdictOf(linked("EqDC2", true, "${var.on}"))).toBe("undecided");
  });
});

describe("transit gateways", () => {
  const other = {
    aws_vpc: { hub: { cidr_block: "10.30.0.0/16", enable_dns_support: false } },
    aws_subnet: { hub: { vpc_id: "${aws_vpc.hub.id}", cidr_block: "10.30.1.0/24", availability_zone: "eu-west-1a" } },
  };
  const transit = merged(other, out({ transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" }), {
    aws_ec2_transit_gateway: { t: {} },
    aws_ec2_transit_gateway_vpc_attachment: {
      app: {
        transit_gateway_id: "${aws_ec2_transit_gateway.t.id}",
        vpc_id: "${aws_vpc.app.id}",
        subnet_ids: ["${aws_subnet.app.id}"],
      },
      hub: {
        transit_gateway_id: "${aws_ec2_transit_gateway.t.id}",
        vpc_id: "${aws_vpc.hub.id}",
        subnet_ids: ["${aws_subnet.hub.id}"],
      },
    },
  });
  const vpn = (ip: string) => ({
    aws_customer_gateway: { c: { ip_address: ip } },
    aws_vpn_connection: {
      v: { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}", customer_gateway_id: "${aws_customer_gateway.c.id}" },
    },
  });

  it("join VPCs, and lead no further by themselves", () => {
    expect(verdict(estate(transit))).toBe("contained");
  });

  it("route to tunnels by default", () => {
    expect(verdict(estate(transit, vpn("198.51.100.7")), { trust })).toBe("escapes");
    expect(verdict(estate(transit, vpn("203.0.113.10")), { trust })).toBe("contained");
    const off = { aws_ec2_transit_gateway: { t: { default_route_table_propagation: "disable" } } };
    expect(verdict(estate(transit, vpn("198.51.100.7"), off), { trust })).toBe("contained");
    const static_ = {
      aws_ec2_transit_gateway_route: {
        r: {
          destination_cidr_block: "192.168.0.0/16",
          transit_gateway_attachment_id: "${aws_vpn_connection.v.transit_gateway_attachment_id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway.t.association_default_route_table_id}",
        },
      },
    };
    expect(verdict(estate(transit, vpn("198.51.100.7"), off, static_), { trust })).toBe("escapes");
  });

  it("drop what a blackhole takes", () => {
    const table = {
      aws_ec2_transit_gateway: {
        t: { default_route_table_association: "disable", default_route_table_propagation: "disable" },
      },
      aws_ec2_transit_gateway_route_table: { r: { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" } },
      aws_ec2_transit_gateway_route_table_association: {
        app: {
          transit_gateway_attachment_id: "${aws_ec2_transit_gateway_vpc_attachment.app.id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway_route_table.r.id}",
        },
      },
      aws_ec2_transit_gateway_route_table_propagation: {
        v: {
          transit_gateway_attachment_id: "${aws_vpn_connection.v.transit_gateway_attachment_id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway_route_table.r.id}",
        },
      },
    };
    expect(verdict(estate(transit, vpn("198.51.100.7"), table), { trust })).toBe("escapes");
    const static_ = (cidr: string, more: object) => ({
      aws_ec2_transit_gateway_route: {
        [cidr]: {
          destination_cidr_block: cidr,
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway_route_table.r.id}",
          ...more,
        },
      },
    });
    const noPropagation = { aws_ec2_transit_gateway_route_table_propagation: { v: null } };
    const toVpn = static_("0.0.0.0/0", {
      transit_gateway_attachment_id: "${aws_vpn_connection.v.transit_gateway_attachment_id}",
    });
    expect(verdict(estate(transit, vpn("198.51.100.7"), table, noPropagation, toVpn), { trust })).toBe("escapes");
    const holes = merged(static_("0.0.0.0/1", { blackhole: true }), static_("128.0.0.0/1", { blackhole: true }));
    expect(verdict(estate(transit, vpn("198.51.100.7"), table, noPropagation, toVpn, holes), { trust })).toBe(
      "contained",
    );
  });

  it("hand packets to gateways of another VPC only through NAT", () => {
    const gateway = {
      aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.hub.id}" } },
      aws_route: {
        hub: {
          route_table_id: "${aws_vpc.hub.main_route_table_id}",
          destination_cidr_block: "0.0.0.0/0",
          gateway_id: "${aws_internet_gateway.edge.id}",
        },
      },
      aws_ec2_transit_gateway_route: {
        r: {
          destination_cidr_block: "0.0.0.0/0",
          transit_gateway_attachment_id: "${aws_ec2_transit_gateway_vpc_attachment.hub.id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway.t.association_default_route_table_id}",
        },
      },
    };
    expect(verdict(estate(transit, gateway, publicInstance))).toBe("contained");
  });

  it("serve the zones they have a subnet in", () => {
    const elsewhere = {
      aws_subnet: { far: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.9.0/24", availability_zone: "eu-west-1b" } },
      aws_ec2_transit_gateway_vpc_attachment: { app: { subnet_ids: ["${aws_subnet.far.id}"] } },
    };
    expect(verdict(estate(transit, vpn("198.51.100.7"), elsewhere), { trust })).toBe("contained");
    const unknown = { aws_subnet: { far: { availability_zone: null } } };
    expect(verdict(estate(transit, vpn("198.51.100.7"), elsewhere, unknown), { trust })).toBe("escapes");
  });

  it("peer with others: one's own are followed, somebody else's lead out", () => {
    const peering = (more: object) => ({
      aws_ec2_transit_gateway_peering_attachment: {
        p: { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}", peer_region: "eu-north-1", ...more },
      },
      aws_ec2_transit_gateway_route: {
        r: {
          destination_cidr_block: "10.60.0.0/16",
          transit_gateway_attachment_id: "${aws_ec2_transit_gateway_peering_attachment.p.id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway.t.association_default_route_table_id}",
        },
      },
    });
    expect(
      verdict(estate(transit, peering({ peer_transit_gateway_id: "tgw-0bbb", peer_account_id: "999999999999" })), {
        trust,
      }),
    ).toBe("escapes");
    expect(verdict(estate(transit, peering({ peer_transit_gateway_id: "tgw-0aaa" })), { trust })).toBe("contained");
    expect(
      verdict(
        estate(
          transit,
          peering({ peer_transit_gateway_id: "tgw-0bbb", peer_account_id: "222222222222", peer_region: "us-east-1" }),
        ),
        { trust },
      ),
    ).toBe("escapes");
    const own = {
      aws_ec2_transit_gateway: { far: { region: "eu-north-1" } },
      aws_ec2_transit_gateway_peering_attachment_accepter: {
        a: { transit_gateway_attachment_id: "${aws_ec2_transit_gateway_peering_attachment.p.id}" },
      },
    };
    const followed = estate(transit, own, peering({ peer_transit_gateway_id: "${aws_ec2_transit_gateway.far.id}" }));
    expect(verdict(followed, { trust })).toBe("contained");
    const farVpn = {
      aws_customer_gateway: { c: { ip_address: "198.51.100.7" } },
      aws_vpn_connection: {
        v: {
          transit_gateway_id: "${aws_ec2_transit_gateway.far.id}",
          customer_gateway_id: "${aws_customer_gateway.c.id}",
        },
      },
    };
    expect(verdict(merged(followed, farVpn), { trust })).toBe("escapes");
  });

  it("that are kept elsewhere must be vouched for", () => {
    expect(verdict(estate(out({ transit_gateway_id: "tgw-0aaa" })), { trust })).toBe("contained");
    expect(verdict(estate(out({ transit_gateway_id: "tgw-0bbb" })), { trust })).toBe("escapes");
  });

  it("carry tunnels to addresses of one's own and of others", () => {
    const connect = (address: string) => ({
      aws_ec2_transit_gateway_connect: {
        c: {
          transit_gateway_id: "${aws_ec2_transit_gateway.t.id}",
          transport_attachment_id: "${aws_ec2_transit_gateway_vpc_attachment.hub.id}",
        },
      },
      aws_ec2_transit_gateway_connect_peer: {
        p: {
          transit_gateway_attachment_id: "${aws_ec2_transit_gateway_connect.c.id}",
          peer_address: address,
          inside_cidr_blocks: ["169.254.6.0/29"],
        },
      },
    });
    expect(verdict(estate(transit, connect("10.30.1.10")), { trust })).toBe("contained");
    expect(verdict(estate(transit, connect("192.168.5.1")), { trust })).toBe("escapes");
  });
});
