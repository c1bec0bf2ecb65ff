/**
 * Shared services and hub and spoke: spokes see a VPC of services and not each other
 * (https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-isolated-shared.html); two regions joined by a peering of
 * transit gateways (https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-peering-scenario.html); endpoints of
 * isolated VPCs kept in one VPC
 * (https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html).
 */
import { identityFlows } from "../../policies/identity";
import { explainInterface, networkFlows } from "../../policies/network";
import { type Blocks, inputFor, judge, verdictOf } from "../policies/network/builder";
import { attach, hops, id, instance, routes, together, transitGateway, transitRoute, vpc } from "./network-parts";

const trust = { places: [{ id: "203.0.113.10", country: "IE" }] };
const gateway = (name: string) => ["transit_gateway_id", id(`aws_ec2_transit_gateway.${name}`)] as const;
const spoke = (
  hub: string,
  name: string,
  second: number,
  table: string,
  propagates: readonly string[],
  more: object = {},
) =>
  together(
    vpc(name, `10.${second}.0.0/16`, { app: `10.${second}.1.0/24` }, more),
    instance(name, `${name}_app`, more),
    routes(`${name}_app`, { "0.0.0.0/0": gateway(hub) }),
    attach(hub, name, `${name}_app`, table, propagates, more),
  );

describe("shared services", () => {
  const estate = together(
    transitGateway("hub", ["isolated", "shared"]),
    spoke("hub", "a", 1, "isolated", ["shared"]),
    spoke("hub", "b", 2, "isolated", ["shared"]),
    spoke("hub", "services", 3, "shared", ["isolated"]),
  );

  it("nothing leaves, and spokes reach the services and not each other", () => {
    expect(verdictOf(judge(estate))).toBe("contained");
    const input = inputFor(estate);
    const a = input.resources.find((one) => one.address === "aws_instance.a")!;
    const lines = explainInterface(a, input).flatMap(({ below = [] }) => below.map(({ text }) => text));
    expect(lines.filter((line) => line.startsWith("reaches"))).toEqual([
      "reaches aws_subnet.a_app: 10.1.1.0/24",
      "reaches aws_subnet.services_app: 10.3.1.0/24",
    ]);
  });

  it("a tunnel in the table of the services is theirs alone", () => {
    const tunnel = (table: string) => ({
      aws_customer_gateway: { c: { ip_address: "198.51.100.7", type: "ipsec.1" } },
      aws_vpn_connection: {
        v: { transit_gateway_id: id("aws_ec2_transit_gateway.hub"), customer_gateway_id: id("aws_customer_gateway.c") },
      },
      aws_ec2_transit_gateway_route_table_propagation: {
        v: {
          transit_gateway_attachment_id: id("aws_vpn_connection.v", "transit_gateway_attachment_id"),
          transit_gateway_route_table_id: id(`aws_ec2_transit_gateway_route_table.${table}`),
        },
      },
    });
    const from = (table: string) =>
      judge(together(estate, tunnel(table)), { trust })
        .escapes.map((flow) => flow.from.address)
        .sort();
    expect(from("shared")).toEqual(["aws_instance.services"]);
    expect(from("isolated")).toEqual(["aws_instance.a", "aws_instance.b"]);
    expect(hops(judge(together(estate, tunnel("shared")), { trust }), "aws_instance.services")).toEqual([
      "aws_instance.services",
      "aws_route_table_association.services_app",
      "aws_route.services_app_0_0_0_0_0",
      "aws_ec2_transit_gateway_route_table_propagation.v",
      "aws_customer_gateway.c",
    ]);
  });
});

describe("isolated VPCs with shared endpoints", () => {
  const https = (cidr: string) => ({ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: [cidr] });
  const estate = (service: string, ingress: readonly object[] = [https("10.0.0.0/8")]) =>
    together(
      transitGateway("hub", ["isolated", "shared"]),
      spoke("hub", "a", 1, "isolated", ["shared"]),
      spoke("hub", "b", 2, "isolated", ["shared"]),
      vpc("endpoints", "10.5.0.0/16", { e: "10.5.1.0/24" }),
      routes("endpoints_e", { "10.0.0.0/8": gateway("hub") }),
      attach("hub", "endpoints", "endpoints_e", "shared", ["isolated"]),
      {
        aws_security_group: { e: { vpc_id: id("aws_vpc.endpoints"), ingress } },
        aws_vpc_endpoint: {
          e: {
            vpc_id: id("aws_vpc.endpoints"),
            vpc_endpoint_type: "Interface",
            service_name: service,
            subnet_ids: [id("aws_subnet.endpoints_e")],
            security_group_ids: [id("aws_security_group.e")],
          },
        },
      },
    );
  const [ireland, virginia] = ["com.amazonaws.eu-west-1.sqs", "com.amazonaws.us-east-1.sqs"];

  it("lead inside while the service stands inside", () => {
    expect(verdictOf(judge(estate(ireland)))).toBe("contained");
  });

  it("lead out for everybody who reaches them once it stands elsewhere, over the transit gateway too", () => {
    const result = judge(estate(virginia));
    expect(result.escapes.map((flow) => `${flow.from.address} ${flow.channel}`).sort()).toEqual([
      "aws_instance.a endpoint.cross-region",
      "aws_instance.b endpoint.cross-region",
    ]);
    expect(hops(result, "aws_instance.a")).toEqual([
      "aws_instance.a",
      "aws_route_table_association.a_app",
      "aws_route.a_app_0_0_0_0_0",
      "aws_ec2_transit_gateway_route_table_propagation.endpoints_isolated",
      "aws_ec2_transit_gateway_vpc_attachment.endpoints",
      "aws_vpc_endpoint.e",
    ]);
    expect(result.escapes[0].steps.at(-1)?.why).toMatch(
      /the packet 10\.[12]\.1\.\d+:\d+ → 10\.5\.1\.\d+:443 tcp leaves/,
    );
  });

  describe("whose service keeps what is written to it", () => {
    const bucket = (Condition: object) => {
      const allow = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*", Condition };
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [allow] });
      return together(estate("com.amazonaws.eu-west-1.s3"), { aws_vpc_endpoint: { e: { policy } } });
    };
    const written = (blocks: Blocks) => {
      const input = inputFor(blocks, { trust: { organization: "o-enclave0001" } });
      const { visitorsOf } = networkFlows(input);
      return identityFlows({ ...input, visitorsOf }).flows.map((flow) => `${flow.from.address} ${flow.channel}`);
    };

    it("lead every spoke to everybody's resources, unless their policy says whose", () => {
      expect(written(estate("com.amazonaws.eu-west-1.s3"))).toEqual(["aws_instance.a vpc-endpoint.policy"]);
      expect(written(bucket({ StringEquals: { "aws:ResourceOrgID": "o-enclave0001" } }))).toEqual([]);
    });

    it("lead nobody there whom their groups don't let in", () => {
      expect(written(estate("com.amazonaws.eu-west-1.s3", []))).toEqual([]);
      expect(written(estate("com.amazonaws.eu-west-1.s3", [https("10.2.0.0/16")]))).toEqual([
        "aws_instance.b vpc-endpoint.policy",
      ]);
    });
  });

  it("serve only those whom their groups let in", () => {
    const result = judge(estate(virginia, [https("10.1.0.0/16")]));
    expect(result.escapes.map((flow) => flow.from.address)).toEqual(["aws_instance.a"]);
    expect(verdictOf(judge(estate(virginia, [])))).toBe("contained");
  });
});

describe("hub and spoke over two regions", () => {
  const north = { region: "eu-north-1" };
  const estate = together(
    transitGateway("west", ["west"]),
    transitGateway("north", ["north"], north),
    spoke("west", "dublin", 1, "west", ["west"]),
    spoke("north", "hamar", 2, "north", ["north"], north),
    {
      aws_ec2_transit_gateway_peering_attachment: {
        p: {
          transit_gateway_id: id("aws_ec2_transit_gateway.west"),
          peer_transit_gateway_id: id("aws_ec2_transit_gateway.north"),
          peer_region: "eu-north-1",
        },
      },
      aws_ec2_transit_gateway_peering_attachment_accepter: {
        p: { transit_gateway_attachment_id: id("aws_ec2_transit_gateway_peering_attachment.p"), ...north },
      },
      aws_ec2_transit_gateway_route_table_association: {
        p_west: {
          transit_gateway_attachment_id: id("aws_ec2_transit_gateway_peering_attachment.p"),
          transit_gateway_route_table_id: id("aws_ec2_transit_gateway_route_table.west"),
        },
        p_north: {
          transit_gateway_attachment_id: id("aws_ec2_transit_gateway_peering_attachment_accepter.p"),
          transit_gateway_route_table_id: id("aws_ec2_transit_gateway_route_table.north"),
        },
      },
    },
    transitRoute("west", "0.0.0.0/0", id("aws_ec2_transit_gateway_peering_attachment.p")),
    transitRoute("north", "10.1.0.0/16", id("aws_ec2_transit_gateway_peering_attachment_accepter.p")),
  );
  const tunnel = (address: string) => ({
    aws_customer_gateway: { c: { ip_address: address, type: "ipsec.1", ...north } },
    aws_vpn_connection: {
      v: {
        transit_gateway_id: id("aws_ec2_transit_gateway.north"),
        customer_gateway_id: id("aws_customer_gateway.c"),
        ...north,
      },
    },
    aws_ec2_transit_gateway_route: {
      north_lan: {
        destination_cidr_block: "192.168.0.0/16",
        transit_gateway_attachment_id: id("aws_vpn_connection.v", "transit_gateway_attachment_id"),
        transit_gateway_route_table_id: id("aws_ec2_transit_gateway_route_table.north"),
      },
    },
  });

  it("stays inside by itself, and with a device that is vouched for", () => {
    expect(verdictOf(judge(estate))).toBe("contained");
    expect(verdictOf(judge(together(estate, tunnel("203.0.113.10")), { trust }))).toBe("contained");
  });

  it("Dublin leaves by a tunnel in the north, across the peering", () => {
    const result = judge(together(estate, tunnel("198.51.100.7")), { trust });
    expect(hops(result, "aws_instance.dublin")).toEqual([
      "aws_instance.dublin",
      "aws_route_table_association.dublin_app",
      "aws_route.dublin_app_0_0_0_0_0",
      "aws_ec2_transit_gateway_route.west_0_0_0_0_0",
      "aws_ec2_transit_gateway_peering_attachment.p",
      "aws_ec2_transit_gateway_route.north_lan",
      "aws_customer_gateway.c",
    ]);
  });

  it("a region outside is outside however it is joined", () => {
    const london = { aws_vpc: { hamar: { region: "eu-west-2" } } };
    expect(judge(together(estate, london)).flows.map((flow) => flow.channel)).toContain("tgw.peering");
  });
});
