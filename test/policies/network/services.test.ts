import { base, estate, group, internetGateway, merged, publicInstance, rule } from "./base";
import { type Blocks, judge, type Options, verdictOf } from "./builder";

const trust = {
  accounts: { "222222222222": {} },
  places: [
    { id: "203.0.113.10", country: "IE" },
    { id: "vpce-svc-0aaa", country: "IE" },
  ],
};
const verdict = (blocks: Blocks, options: Options = {}) => verdictOf(judge(blocks, { trust, ...options }));

describe("endpoints", () => {
  const endpoint = (attributes: object) => ({
    aws_vpc_endpoint: { e: { vpc_id: "${aws_vpc.app.id}", vpc_endpoint_type: "Interface", ...attributes } },
  });

  it.each([
    [{ service_name: "com.amazonaws.eu-west-1.s3" }, "contained"],
    [{ service_name: "com.amazonaws.us-east-1.s3" }, "escapes"],
    [{ service_name: "com.amazonaws.eu-west-1.s3", service_region: "us-east-1" }, "escapes"],
    [{ service_name: "com.amazonaws.eu-west-1.s3", service_region: "eu-north-1" }, "contained"],
    [{ service_name: "com.amazonaws.eu-west-1.s3", service_region: "${var.region}" }, "undecided"],
    [{ service_name: "com.amazonaws.iam" }, "escapes"],
    [{ service_name: "com.amazonaws.vpce.eu-west-1.vpce-svc-0aaa" }, "contained"],
    [{ service_name: "com.amazonaws.vpce.eu-west-1.vpce-svc-0bbb" }, "escapes"],
    [{ service_name: "${var.service}" }, "undecided"],
    [{ service_name: "${data.aws_vpc_endpoint_service.s3.service_name}" }, "contained"],
    [{ service_name: "${aws_vpc_endpoint_service.own.service_name}" }, "contained"],
    [
      {
        vpc_endpoint_type: "Resource",
        resource_configuration_arn: "arn:aws:vpc-lattice:eu-west-1:222222222222:resourceconfiguration/rcfg-1",
      },
      "contained",
    ],
    [
      {
        vpc_endpoint_type: "Resource",
        resource_configuration_arn: "arn:aws:vpc-lattice:eu-west-1:999999999999:resourceconfiguration/rcfg-1",
      },
      "escapes",
    ],
    [
      {
        vpc_endpoint_type: "ServiceNetwork",
        service_network_arn: "arn:aws:vpc-lattice:eu-west-1:999999999999:servicenetwork/sn-1",
      },
      "escapes",
    ],
  ])("%j: %s", (attributes, expected) => {
    const data = { aws_vpc_endpoint_service: { s3: { service: "s3" } } };
    const own = { aws_vpc_endpoint_service: { own: { acceptance_required: true } } };
    expect(verdict(estate(endpoint(attributes), own), { data })).toBe(expected);
  });

  it("are of use to somebody in the VPC only", () => {
    const foreign = endpoint({ service_name: "com.amazonaws.us-east-1.s3" });
    expect(verdict(merged(base, foreign, { aws_instance: { app: null } }))).toBe("contained");
  });

  describe("with interfaces take what their groups let in", () => {
    const subnet_ids = ["${aws_subnet.app.id}"];
    const foreign = (attributes: object = {}) =>
      endpoint({ service_name: "com.amazonaws.us-east-1.s3", subnet_ids, ...attributes });
    const e = ["${aws_security_group.e.id}"];
    const own = (ingress: readonly object[], ...more: readonly object[]) =>
      estate(
        foreign({ security_group_ids: e }),
        { aws_security_group: { e: { vpc_id: "${aws_vpc.app.id}", ingress } } },
        group([], [rule("0.0.0.0/0")]),
        ...more,
      );
    const from = (peers: object) => ({ protocol: "tcp", from_port: 443, to_port: 443, ...peers });
    const added = (security_group_id: string) => ({
      aws_vpc_security_group_ingress_rule: { r: { security_group_id, ip_protocol: "-1", cidr_ipv4: "10.20.0.0/16" } },
    });
    const inGroup = { aws_instance: { app: { vpc_security_group_ids: e } } };
    const beside = (replace_default_association: boolean) => ({
      aws_vpc_endpoint_security_group_association: {
        r: { vpc_endpoint_id: "${aws_vpc_endpoint.e.id}", security_group_id: e[0], replace_default_association },
      },
      aws_security_group: { e: { vpc_id: "${aws_vpc.app.id}" } },
    });

    it.each([
      ["addresses", own([rule("10.20.1.0/24", 443)]), "escapes"],
      ["addresses of others", own([rule("10.20.9.0/24", 443)]), "contained"],
      ["nobody", own([]), "contained"],
      ["members of a group", own([from({ security_groups: ["${aws_security_group.app.id}"] })]), "escapes"],
      ["members of another group", own([from({ self: true })]), "contained"],
      ["members of their own", own([from({ self: true })], inGroup), "contained"],
      [
        "members of their own, whom it lets out",
        own([from({ self: true })], inGroup, {
          aws_vpc_security_group_egress_rule: {
            r: { security_group_id: e[0], ip_protocol: "-1", referenced_security_group_id: e[0] },
          },
        }),
        "escapes",
      ],
      ["members of the default group", estate(foreign()), "escapes"],
      ["others than its members: nobody says so", estate(foreign(), group([], [rule("0.0.0.0/0")])), "undecided"],
      [
        "others than its members, where it is managed",
        estate(foreign(), group([], [rule("0.0.0.0/0")]), {
          aws_default_security_group: { d: { vpc_id: "${aws_vpc.app.id}", ingress: [from({ self: true })] } },
        }),
        "contained",
      ],
      [
        "what is added to the default group",
        estate(foreign(), group([], [rule("0.0.0.0/0")]), added("${aws_vpc.app.default_security_group_id}")),
        "escapes",
      ],
      ["the default group's, with one beside it", estate(foreign(), beside(false)), "escapes"],
      ["not the default group's, with one instead of it", estate(foreign(), beside(true)), "contained"],
      ["what a group that can't be seen may let in", estate(foreign({ security_group_ids: ["sg-0ccc"] })), "undecided"],
      ["all that may stand where they stand", estate(foreign({ subnet_ids: ["${var.subnet}"] })), "undecided"],
    ])("%s", (_what, blocks, expected) => {
      expect(verdict(blocks)).toBe(expected);
    });

    it("and the sender's groups let out", () => {
      const out = (referenced: string) => ({
        aws_security_group: { app: { egress: [from({ security_groups: [referenced] })] } },
      });
      const ingress = [rule("10.20.0.0/16")];
      expect(verdict(own(ingress, out("${aws_security_group.e.id}")))).toBe("escapes");
      expect(verdict(own(ingress, out("${aws_security_group.app.id}")))).toBe("contained");
    });
  });

  it("of a Gateway Load Balancer hand packets to whoever keeps the appliances", () => {
    const inspected = (service_name: string) =>
      estate(group([], [rule("10.20.0.0/16")]), {
        aws_vpc_endpoint: {
          e: {
            vpc_id: "${aws_vpc.app.id}",
            vpc_endpoint_type: "GatewayLoadBalancer",
            service_name,
            subnet_ids: ["${aws_subnet.fw.id}"],
          },
        },
        aws_subnet: { fw: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.9.0/28" } },
        aws_vpc_endpoint_service: { own: { gateway_load_balancer_arns: [] } },
        aws_route: {
          inside: {
            route_table_id: "${aws_route_table.app.id}",
            destination_cidr_block: "10.20.9.0/28",
            vpc_endpoint_id: "${aws_vpc_endpoint.e.id}",
          },
        },
      });
    expect(verdict(inspected("${aws_vpc_endpoint_service.own.service_name}"))).toBe("contained");
    expect(verdict(inspected("com.amazonaws.vpce.eu-west-1.vpce-svc-0bbb"))).toBe("escapes");
  });
});

describe("load balancers", () => {
  const balancer = (attributes: object, ...more: readonly unknown[]) =>
    estate(
      internetGateway,
      group(),
      {
        aws_security_group: {
          lb: { vpc_id: "${aws_vpc.app.id}", ingress: [rule("0.0.0.0/0", 443)], egress: [rule("10.20.0.0/16")] },
        },
        aws_lb: {
          web: { subnets: ["${aws_subnet.app.id}"], security_groups: ["${aws_security_group.lb.id}"], ...attributes },
        },
        aws_lb_target_group: { web: { port: 80, protocol: "HTTP", vpc_id: "${aws_vpc.app.id}", target_type: "ip" } },
        aws_lb_listener: {
          web: {
            load_balancer_arn: "${aws_lb.web.arn}",
            port: 443,
            default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.web.arn}" }],
          },
        },
      },
      ...more,
    );

  it("face the internet unless they say otherwise", () => {
    expect(verdict(balancer({}))).toBe("escapes");
    expect(verdict(balancer({ internal: true }))).toBe("contained");
    expect(verdict(balancer({ internal: "${var.internal}" }))).toBe("undecided");
  });

  it("answer whom their groups let in", () => {
    const only = (cidr: string) => ({ aws_security_group: { lb: { ingress: [rule(cidr, 443)] } } });
    expect(verdict(balancer({}, only("203.0.113.10/32")))).toBe("contained");
    expect(verdict(balancer({}, only("198.51.100.7/32")))).toBe("escapes");
  });

  it("answer nobody without a listener or a way out", () => {
    expect(verdict(balancer({}, { aws_lb_listener: { web: null } }))).toBe("contained");
    expect(verdict(balancer({}, { aws_route: { out: null } }))).toBe("contained");
  });

  it("of the network kind filter nothing unless they have groups", () => {
    expect(verdict(balancer({ load_balancer_type: "network", security_groups: null }))).toBe("escapes");
  });

  it("connect to targets by address", () => {
    const target = (target_id: string) => ({
      aws_lb_target_group_attachment: { t: { target_group_arn: "${aws_lb_target_group.web.arn}", target_id } },
      aws_route: {
        out: null,
        lan: {
          route_table_id: "${aws_route_table.app.id}",
          destination_cidr_block: "192.168.0.0/16",
          local_gateway_id: "lgw-0bbb",
        },
      },
      aws_security_group: { lb: { egress: [rule("0.0.0.0/0")], ingress: [rule("10.20.0.0/16", 443)] } },
    });
    expect(verdict(balancer({ internal: true }, target("192.168.7.7")))).toBe("escapes");
    expect(verdict(balancer({ internal: true }, target("10.20.1.7")))).toBe("contained");
  });

  it("of the classic kind face the internet as well", () => {
    const classic = (internal: boolean) =>
      estate(internetGateway, group(), {
        aws_elb: { web: { internal, subnets: ["${aws_subnet.app.id}"], listener: [{ lb_port: 80 }] } },
        aws_default_security_group: { d: { vpc_id: "${aws_vpc.app.id}", ingress: [rule("0.0.0.0/0", 80)] } },
      });
    expect(verdict(classic(false))).toBe("escapes");
    expect(verdict(classic(true))).toBe("contained");
  });
});

describe("instances of groups and fleets", () => {
  const closed = { aws_instance: { app: null } };
  const template = (attributes: object) => ({
    aws_launch_template: { t: attributes },
    aws_autoscaling_group: {
      g: { vpc_zone_identifier: ["${aws_subnet.app.id}"], launch_template: [{ id: "${aws_launch_template.t.id}" }] },
    },
  });

  it("have the addresses that their template gives", () => {
    expect(verdict(estate(internetGateway, closed, template({})))).toBe("contained");
    expect(
      verdict(
        estate(internetGateway, closed, template({ network_interfaces: [{ associate_public_ip_address: "true" }] })),
      ),
    ).toBe("escapes");
    const mapped = { aws_subnet: { app: { map_public_ip_on_launch: true } } };
    expect(verdict(estate(internetGateway, closed, mapped, template({})))).toBe("escapes");
    expect(
      verdict(
        estate(
          internetGateway,
          closed,
          mapped,
          template({ network_interfaces: [{ associate_public_ip_address: "false" }] }),
        ),
      ),
    ).toBe("contained");
  });

  it("have every interface that their template describes", () => {
    const isolated = {
      aws_subnet: { far: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.9.0/24" } },
      aws_route_table: { far: { vpc_id: "${aws_vpc.app.id}" } },
      aws_route_table_association: {
        far: { subnet_id: "${aws_subnet.far.id}", route_table_id: "${aws_route_table.far.id}" },
      },
    };
    const cards = (second: string) => [
      { device_index: 0 },
      { device_index: 1, subnet_id: second, associate_public_ip_address: true },
    ];
    const chosen = (second: string) => ({
      ...template({ network_interfaces: cards(second) }),
      aws_autoscaling_group: {
        g: { vpc_zone_identifier: ["${aws_subnet.far.id}"], launch_template: [{ id: "${aws_launch_template.t.id}" }] },
      },
    });
    const verdictFor = (second: string) => verdict(estate(internetGateway, closed, isolated, chosen(second)));
    expect(verdictFor("${aws_subnet.app.id}")).toBe("escapes");
    expect(verdictFor("${aws_subnet.far.id}")).toBe("contained");
    const single = {
      aws_instance: {
        app: { launch_template: { id: "${aws_launch_template.t.id}" }, subnet_id: "${aws_subnet.far.id}" },
      },
      aws_launch_template: { t: { network_interfaces: cards("${aws_subnet.app.id}") } },
    };
    expect(verdict(estate(internetGateway, isolated, single))).toBe("escapes");
  });

  it("have the groups that their template gives", () => {
    const none = { aws_security_group: { none: { vpc_id: "${aws_vpc.app.id}" } } };
    const open = { associate_public_ip_address: "true", security_groups: ["${aws_security_group.none.id}"] };
    expect(verdict(estate(internetGateway, closed, none, template({ network_interfaces: [open] })))).toBe("contained");
  });

  it("are not known where their template isn't", () => {
    expect(
      verdict(
        estate(internetGateway, closed, {
          aws_autoscaling_group: {
            g: { vpc_zone_identifier: ["${aws_subnet.app.id}"], launch_template: [{ id: "lt-0123" }] },
          },
        }),
      ),
    ).toBe("undecided");
    expect(
      verdict(
        estate(closed, {
          aws_autoscaling_group: {
            g: { vpc_zone_identifier: ["${aws_subnet.app.id}"], launch_template: [{ id: "lt-0123" }] },
          },
        }),
      ),
    ).toBe("contained");
  });

  it.each([
    [
      "aws_batch_compute_environment",
      (launch_template: object[]) => ({
        type: "MANAGED",
        compute_resources: [{ type: "EC2", subnets: ["${aws_subnet.app.id}"], launch_template }],
      }),
    ],
    ["aws_eks_node_group", (launch_template: object[]) => ({ subnet_ids: ["${aws_subnet.app.id}"], launch_template })],
    [
      "aws_gamelift_game_server_group",
      (launch_template: object[]) => ({ vpc_subnets: ["${aws_subnet.app.id}"], launch_template }),
    ],
  ])("that a service launches have the addresses that the template gives: %s", (type, of) => {
    const service = (id: string, attributes: object) =>
      verdict(estate(internetGateway, closed, { aws_launch_template: { t: attributes }, [type]: { s: of([{ id }]) } }));
    const own = "${aws_launch_template.t.id}";
    expect(service(own, {})).toBe("contained");
    expect(service(own, { network_interfaces: [{ associate_public_ip_address: "true" }] })).toBe("escapes");
    expect(service("lt-0123", {})).toBe("undecided");
  });

  it("of fleets are in the subnets that overrides name", () => {
    const fleet = (subnet: string) => ({
      aws_launch_template: { t: { network_interfaces: [{ associate_public_ip_address: "true" }] } },
      aws_ec2_fleet: {
        f: {
          launch_template_config: [
            {
              launch_template_specification: [{ launch_template_id: "${aws_launch_template.t.id}", version: "1" }],
              override: [{ subnet_id: subnet }],
            },
          ],
        },
      },
    });
    const quiet = { aws_subnet: { quiet: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.5.0/24" } } };
    expect(verdict(estate(internetGateway, closed, quiet, fleet("${aws_subnet.app.id}")))).toBe("escapes");
    expect(verdict(estate(internetGateway, closed, quiet, fleet("${aws_subnet.quiet.id}")))).toBe("contained");
  });

  it("with an interface of its own is where that one is", () => {
    const card = (attributes: object) => ({
      aws_subnet: { quiet: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.5.0/24" } },
      aws_network_interface: { c: attributes },
      aws_instance: {
        app: {
          subnet_id: null,
          network_interface: [{ network_interface_id: "${aws_network_interface.c.id}", device_index: 0 }],
        },
      },
    });
    expect(verdict(estate(internetGateway, card({ subnet_id: "${aws_subnet.quiet.id}" })))).toBe("contained");
    const eip = { aws_eip: { e: { network_interface: "${aws_network_interface.c.id}" } } };
    const result = judge(estate(internetGateway, card({ subnet_id: "${aws_subnet.app.id}" }), eip));
    expect(result.escapes.map((flow) => flow.from.address)).toEqual(["aws_instance.app"]);
  });
});

describe("core networks", () => {
  const wan = (policy: object, ...more: readonly unknown[]) =>
    estate(
      {
        aws_networkmanager_core_network: { c: { global_network_id: "g" } },
        aws_networkmanager_core_network_policy_attachment: {
          p: { core_network_id: "${aws_networkmanager_core_network.c.id}", policy_document: JSON.stringify(policy) },
        },
        aws_networkmanager_vpc_attachment: {
          app: {
            core_network_id: "${aws_networkmanager_core_network.c.id}",
            vpc_arn: "${aws_vpc.app.arn}",
            subnet_arns: ["${aws_subnet.app.arn}"],
            tags: { segment: "closed" },
          },
        },
        aws_route: {
          out: {
            route_table_id: "${aws_route_table.app.id}",
            destination_cidr_block: "0.0.0.0/0",
            core_network_arn: "${aws_networkmanager_core_network.c.arn}",
          },
        },
        aws_customer_gateway: { g: { ip_address: "198.51.100.7" } },
        aws_vpn_connection: { v: { customer_gateway_id: "${aws_customer_gateway.g.id}" } },
        aws_networkmanager_site_to_site_vpn_attachment: {
          v: {
            core_network_id: "${aws_networkmanager_core_network.c.id}",
            vpn_connection_arn: "${aws_vpn_connection.v.arn}",
            tags: { segment: "sites" },
          },
        },
      },
      ...more,
    );
  const policy = (more: object = {}) => ({
    version: "2021.12",
    segments: [{ name: "closed" }, { name: "sites" }],
    "attachment-policies": [
      {
        "rule-number": 100,
        conditions: [{ type: "tag-value", key: "segment", operator: "equals", value: "closed" }],
        action: { "association-method": "constant", segment: "closed" },
      },
      {
        "rule-number": 200,
        conditions: [{ type: "any" }],
        action: { "association-method": "constant", segment: "sites" },
      },
    ],
    ...more,
  });

  it("keep segments apart", () => {
    expect(verdict(wan(policy()))).toBe("contained");
  });

  it("join tables of transit gateways, both ways", () => {
    const gateway = (segment: string) => ({
      aws_ec2_transit_gateway: {
        t: { default_route_table_association: "disable", default_route_table_propagation: "disable" },
      },
      aws_ec2_transit_gateway_route_table: { t: { transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" } },
      aws_networkmanager_transit_gateway_peering: {
        p: {
          core_network_id: "${aws_networkmanager_core_network.c.id}",
          transit_gateway_arn: "${aws_ec2_transit_gateway.t.arn}",
        },
      },
      aws_networkmanager_transit_gateway_route_table_attachment: {
        t: {
          peering_id: "${aws_networkmanager_transit_gateway_peering.p.id}",
          transit_gateway_route_table_arn: "${aws_ec2_transit_gateway_route_table.t.arn}",
          tags: { segment },
        },
      },
    });
    const attached = {
      aws_vpn_connection: {
        v: { customer_gateway_id: "${aws_customer_gateway.g.id}" },
        t: {
          customer_gateway_id: "${aws_customer_gateway.g.id}",
          transit_gateway_id: "${aws_ec2_transit_gateway.t.id}",
        },
      },
      aws_ec2_transit_gateway_route_table_propagation: {
        t: {
          transit_gateway_attachment_id: "${aws_vpn_connection.t.transit_gateway_attachment_id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway_route_table.t.id}",
        },
      },
    };
    expect(verdict(wan(policy(), gateway("closed")))).toBe("contained");
    expect(verdict(wan(policy(), gateway("sites"), attached))).toBe("contained");
    const out = judge(wan(policy(), gateway("closed"), attached), { trust });
    expect(out.escapes.map((flow) => flow.channel)).toEqual(["vpn"]);
    expect(out.escapes[0].steps.map((step) => step.by.address)).toContain(
      "aws_networkmanager_transit_gateway_route_table_attachment.t",
    );
    const behind = {
      aws_route: { out: { core_network_arn: null, transit_gateway_id: "${aws_ec2_transit_gateway.t.id}" } },
      aws_networkmanager_vpc_attachment: { app: null },
      aws_ec2_transit_gateway_vpc_attachment: {
        app: {
          transit_gateway_id: "${aws_ec2_transit_gateway.t.id}",
          vpc_id: "${aws_vpc.app.id}",
          subnet_ids: ["${aws_subnet.app.id}"],
        },
      },
      aws_ec2_transit_gateway_route_table_association: {
        app: {
          transit_gateway_attachment_id: "${aws_ec2_transit_gateway_vpc_attachment.app.id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway_route_table.t.id}",
        },
      },
    };
    expect(verdict(wan(policy(), gateway("closed"), behind))).toBe("contained");
    expect(verdict(wan(policy(), gateway("sites"), behind))).toBe("escapes");
    const elsewhere = {
      aws_networkmanager_core_network: { c: null },
      aws_networkmanager_core_network_policy_attachment: { p: null },
      aws_networkmanager_site_to_site_vpn_attachment: { v: null },
      aws_networkmanager_transit_gateway_peering: { p: { core_network_id: "core-network-0bbb" } },
    };
    const away = estate(wan(policy(), gateway("closed"), behind), elsewhere);
    expect(verdict(away)).toBe("escapes");
    expect(verdict(away, { trust: { places: [{ id: "core-network-0bbb", country: "IE" }] } })).toBe("contained");
  });

  it("join a table of a transit gateway that is kept elsewhere, with its routes and what propagates to it", () => {
    const table = {
      aws_ec2_transit_gateway_route_table: { t: { transit_gateway_id: "tgw-0bbb" } },
      aws_networkmanager_transit_gateway_peering: {
        p: {
          core_network_id: "${aws_networkmanager_core_network.c.id}",
          transit_gateway_arn: "arn:aws:ec2:eu-west-1:111111111111:transit-gateway/tgw-0bbb",
        },
      },
      aws_networkmanager_transit_gateway_route_table_attachment: {
        t: {
          peering_id: "${aws_networkmanager_transit_gateway_peering.p.id}",
          transit_gateway_route_table_arn: "${aws_ec2_transit_gateway_route_table.t.arn}",
          tags: { segment: "closed" },
        },
      },
    };
    const routed = {
      aws_ec2_transit_gateway_route: {
        r: {
          destination_cidr_block: "0.0.0.0/0",
          transit_gateway_attachment_id: "tgw-attach-0ccc",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway_route_table.t.id}",
        },
      },
    };
    const propagating = {
      aws_vpn_connection: {
        t: { customer_gateway_id: "${aws_customer_gateway.g.id}", transit_gateway_id: "tgw-0bbb" },
      },
      aws_ec2_transit_gateway_route_table_propagation: {
        t: {
          transit_gateway_attachment_id: "${aws_vpn_connection.t.transit_gateway_attachment_id}",
          transit_gateway_route_table_id: "${aws_ec2_transit_gateway_route_table.t.id}",
        },
      },
    };
    const channels = (...more: readonly unknown[]) =>
      judge(wan(policy(), table, ...more), { trust }).escapes.map((flow) => flow.channel);
    expect(channels()).toEqual([]);
    expect(channels(routed)).toEqual(["tgw"]);
    expect(channels(propagating)).toEqual(["vpn"]);
  });

  it("lead to VPCs outside", () => {
    const abroad = (region: string) => ({
      aws_vpc: { far: { cidr_block: "10.30.0.0/16", region, enable_dns_support: false } },
      aws_subnet: { far: { vpc_id: "${aws_vpc.far.id}", cidr_block: "10.30.1.0/24", region } },
      aws_networkmanager_vpc_attachment: {
        far: {
          core_network_id: "${aws_networkmanager_core_network.c.id}",
          vpc_arn: "${aws_vpc.far.arn}",
          subnet_arns: ["${aws_subnet.far.arn}"],
          tags: { segment: "closed" },
        },
      },
    });
    expect(verdict(wan(policy(), abroad("eu-north-1")))).toBe("contained");
    const result = judge(wan(policy(), abroad("eu-west-2")), { trust });
    expect(result.escapes.map((flow) => flow.channel)).toEqual(["cloud-wan.vpc"]);
  });

  it("join what a segment shares", () => {
    expect(
      verdict(
        wan(
          policy({
            "segment-actions": [
              { action: "share", mode: "attachment-route", segment: "sites", "share-with": ["closed"] },
            ],
          }),
        ),
      ),
    ).toBe("escapes");
    expect(
      verdict(
        wan(
          policy({
            "segment-actions": [
              { action: "share", mode: "attachment-route", segment: "sites", "share-with": { except: ["closed"] } },
            ],
          }),
        ),
      ),
    ).toBe("contained");
  });

  it("lead by static routes", () => {
    const static_ = (destinations: string[]) =>
      policy({
        "segment-actions": [
          { action: "create-route", segment: "closed", "destination-cidr-blocks": ["0.0.0.0/0"], destinations },
        ],
      });
    expect(verdict(wan(static_(["blackhole"])))).toBe("contained");
    expect(verdict(wan(static_(["attachment-0123"])))).toBe("escapes");
  });

  it("decide nothing without a policy that can be read", () => {
    const unread = { aws_networkmanager_core_network_policy_attachment: { p: { policy_document: "${var.policy}" } } };
    expect(verdict(wan({}, unread))).toBe("undecided");
  });

  it("that are kept elsewhere must be vouched for", () => {
    const elsewhere = {
      aws_route: { out: { core_network_arn: "arn:aws:networkmanager::999999999999:core-network/core-network-1" } },
    };
    expect(verdict(wan(policy(), elsewhere))).toBe("escapes");
  });
});

describe("people's devices", () => {
  const vpn = (...more: readonly unknown[]) =>
    estate(
      group([rule("10.20.2.0/24", 443)]),
      {
        aws_subnet: { vpn: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.2.0/24" } },
        aws_ec2_client_vpn_endpoint: {
          c: { client_cidr_block: "10.99.0.0/22", authentication_options: [{ type: "certificate-authentication" }] },
        },
        aws_ec2_client_vpn_network_association: {
          a: { client_vpn_endpoint_id: "${aws_ec2_client_vpn_endpoint.c.id}", subnet_id: "${aws_subnet.vpn.id}" },
        },
        aws_ec2_client_vpn_authorization_rule: {
          r: { client_vpn_endpoint_id: "${aws_ec2_client_vpn_endpoint.c.id}", target_network_cidr: "10.20.0.0/16" },
        },
      },
      ...more,
    );

  it("come in by a client VPN and get answers", () => {
    expect(verdict(vpn())).toBe("escapes");
  });

  it("get none where they may not ask", () => {
    expect(verdict(vpn({ aws_ec2_client_vpn_network_association: { a: null } }))).toBe("contained");
    expect(
      verdict(vpn({ aws_ec2_client_vpn_authorization_rule: { r: { target_network_cidr: "10.20.7.0/24" } } })),
    ).toBe("contained");
    expect(verdict(vpn(group([rule("10.20.3.0/24", 443)])))).toBe("contained");
  });
});

describe("EC2 Instance Connect endpoints", () => {
  const endpoint = (egress: readonly unknown[], ...more: readonly unknown[]) =>
    estate(
      group([rule("10.20.2.0/24", 22)]),
      {
        aws_subnet: { door: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.2.0/24" } },
        aws_security_group: { door: { vpc_id: "${aws_vpc.app.id}", egress } },
        aws_ec2_instance_connect_endpoint: {
          e: { subnet_id: "${aws_subnet.door.id}", security_group_ids: ["${aws_security_group.door.id}"] },
        },
      },
      ...more,
    );

  it("let callers from anywhere in, as far as groups on both sides do", () => {
    expect(verdict(endpoint([rule("10.20.0.0/16", 22)]))).toBe("escapes");
    expect(verdict(endpoint([rule("10.20.0.0/16", 443)]))).toBe("contained");
    expect(verdict(endpoint([]))).toBe("contained");
    expect(verdict(endpoint([rule("10.20.0.0/16", 22)], group([rule("10.20.3.0/24", 22)])))).toBe("contained");
  });
});

describe("border groups", () => {
  it("announce addresses from where they stand", () => {
    expect(verdict(estate({ aws_eip: { e: { network_border_group: "eu-west-1" } } }))).toBe("contained");
    expect(verdict(estate({ aws_eip: { e: { network_border_group: "eu-central-1-ist-1" } } }))).toBe("escapes");
    expect(
      verdict(
        estate(publicInstance, { aws_vpc: { app: { ipv6_cidr_block_network_border_group: "eu-central-1-waw-1" } } }),
      ),
    ).toBe("contained");
  });
});
