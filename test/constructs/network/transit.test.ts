import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type Cidr, FlowLogs, HubAttachment, HubPeering, TransitHub } from "../../../constructs";
import { network, others, own, ownIpv6 } from "../fixtures";
import { addressOf, ofType, only, resourcesOf, type Synthesized } from "../synthesis";

const routesOf = (resources: readonly Synthesized[], table: string) =>
  ofType(resources, "aws_ec2_transit_gateway_route")
    .filter(({ values }) => values.transit_gateway_route_table_id === `\${${table}.id}`)
    .map(({ values }) => [values.destination_cidr_block, values.transit_gateway_attachment_id]);

const tableNamed = (resources: readonly Synthesized[], name: string) =>
  addressOf(ofType(resources, "aws_ec2_transit_gateway_route_table").find(({ values }) => values.tags.Name === name)!);

describe("TransitHub", () => {
  const resources = resourcesOf((stack) => {
    const hub = new TransitHub(stack, "hub", { name: "test", destinations: [own, ...others] });
    hub.inspectThrough("tgw-attach-inspection");
  });

  it("associates and propagates nothing by itself, and takes no attachment of others", () => {
    expect(only(resources, "aws_ec2_transit_gateway").values).toMatchObject({
      default_route_table_association: "disable",
      default_route_table_propagation: "disable",
      auto_accept_shared_attachments: "disable",
    });
    expect(ofType(resources, "aws_ec2_transit_gateway_route_table_propagation")).toEqual([]);
  });

  it.each(["test-data-centres", "test-sites"])("sends everything that %s knows to inspection", (table) => {
    const expected = [own, ...others].map((range) => [String(range), "tgw-attach-inspection"]);
    expect(routesOf(resources, tableNamed(resources, table))).toEqual(expected);
  });

  it("delivers what has been inspected by a table that inspection alone uses", () => {
    expect(only(resources, "aws_ec2_transit_gateway_route_table_association").values).toMatchObject({
      transit_gateway_attachment_id: "tgw-attach-inspection",
      transit_gateway_route_table_id: `\${${tableNamed(resources, "test-inspected")}.id}`,
    });
  });
});

describe("HubAttachment", () => {
  const build = (tiers?: readonly "workload"[]) =>
    resourcesOf((stack) => {
      const hub = new TransitHub(stack, "hub", { name: "test", destinations: [own, ...others] });
      new HubAttachment(stack, "attachment", {
        name: "test",
        network: network(stack),
        hub,
        destinations: others,
        tiers,
      });
    });
  const resources = build();

  it("attaches the transit tier, with nothing automatic", () => {
    const { values } = only(resources, "aws_ec2_transit_gateway_vpc_attachment");
    expect(values).toMatchObject({
      transit_gateway_default_route_table_association: false,
      transit_gateway_default_route_table_propagation: false,
      ipv6_support: "enable",
    });
    expect(values.subnet_ids.every((id: string) => id.includes("transit"))).toBe(true);
  });

  it("has the hub deliver the network's own ranges and nothing else", () => {
    const table = tableNamed(resources, "test-inspected");
    expect(routesOf(resources, table).map(([destination]) => destination)).toEqual([String(own), String(ownIpv6)]);
  });

  it("routes the destinations, and only them, from hosts and stores", () => {
    const routes = ofType(resources, "aws_route").map(({ values }) => [
      values.destination_cidr_block ?? values.destination_ipv6_cidr_block,
      values.route_table_id.includes("workload") ? "workload" : "data",
    ]);
    const [ipv4, ipv6] = others.map(String);
    expect(routes).toEqual(
      expect.arrayContaining([
        [ipv4, "workload"],
        [ipv6, "workload"],
        [ipv4, "data"],
        [ipv6, "data"],
      ]),
    );
    expect(routes).toHaveLength(4);
  });

  it("routes from the given tiers only", () => {
    for (const { values } of ofType(build(["workload"]), "aws_route"))
      expect(values.route_table_id).toContain("workload");
  });
});

describe("HubPeering", () => {
  const resources = resourcesOf((stack) => {
    const end = (region: string, account: string, networks: readonly Cidr[]) => ({
      hub: new TransitHub(stack, `hub-${region}`, { name: region, destinations: networks }),
      provider: new AwsProvider(stack, region, { region, alias: region }),
      region,
      account,
      networks,
    });
    new HubPeering(stack, "peering", {
      name: "test",
      requester: end("eu-west-1", "111111111111", [own, ownIpv6]),
      accepter: end("eu-north-1", "222222222222", others),
    });
  });

  it("is asked for by one site and accepted by the other, without dynamic routes", () => {
    const peering = only(resources, "aws_ec2_transit_gateway_peering_attachment");
    expect(peering.values).toMatchObject({
      provider: "aws.eu-west-1",
      peer_region: "eu-north-1",
      peer_account_id: "222222222222",
      options: { dynamic_routing: "disable" },
    });
    expect(only(resources, "aws_ec2_transit_gateway_peering_attachment_accepter").values).toMatchObject({
      provider: "aws.eu-north-1",
      transit_gateway_attachment_id: `\${${addressOf(peering)}.id}`,
    });
  });

  it("leads each site to the networks of the other, after inspection", () => {
    const destinations = (table: string) => routesOf(resources, tableNamed(resources, table)).map(([range]) => range);
    expect(destinations("eu-west-1-inspected")).toEqual(others.map(String));
    expect(destinations("eu-north-1-inspected")).toEqual([String(own), String(ownIpv6)]);
  });

  it("sends what comes from the other site to inspection first", () => {
    const associations = ofType(resources, "aws_ec2_transit_gateway_route_table_association");
    expect(associations.map(({ values }) => [values.provider, values.transit_gateway_route_table_id])).toEqual(
      expect.arrayContaining([
        ["aws.eu-west-1", `\${${tableNamed(resources, "eu-west-1-sites")}.id}`],
        ["aws.eu-north-1", `\${${tableNamed(resources, "eu-north-1-sites")}.id}`],
      ]),
    );
  });
});

describe("FlowLogs", () => {
  it("records all traffic of a network", () => {
    const resources = resourcesOf((stack) => {
      new FlowLogs(stack, "log", { source: { vpcId: "vpc-1" }, destinationArn: "arn:aws:s3:::logs/a/" });
    });
    expect(only(resources, "aws_flow_log").values).toMatchObject({
      vpc_id: "vpc-1",
      traffic_type: "ALL",
      log_destination_type: "s3",
      log_destination: "arn:aws:s3:::logs/a/",
    });
  });

  it("records a transit gateway, which takes no traffic type", () => {
    const resources = resourcesOf((stack) => {
      new FlowLogs(stack, "log", { source: { transitGatewayId: "tgw-1" }, destinationArn: "arn:aws:s3:::logs" });
    });
    const { values } = only(resources, "aws_flow_log");
    expect(values.transit_gateway_id).toBe("tgw-1");
    expect(values.traffic_type).toBeUndefined();
  });
});
