import { network, own, ownIpv6, rack, rackNetwork } from "../fixtures";
import { addressOf, ofType, only, resourcesOf, type Synthesized } from "../synthesis";

/** Names that a subnet gets from its tier and its place. */
const names = (subnets: readonly Synthesized[]) => subnets.map(({ values }) => values.tags.Name);

describe("PrivateNetwork", () => {
  const inZones = resourcesOf((stack) => network(stack));
  const onRack = resourcesOf((stack) => rackNetwork(stack));

  it("has addresses of both families, those of IPv6 from a pool", () => {
    const { values } = only(inZones, "aws_vpc");
    expect(values).toMatchObject({
      cidr_block: String(own),
      ipv6_cidr_block: String(ownIpv6),
      ipv6_ipam_pool_id: "ipam-pool-1",
      enable_dns_support: true,
    });
  });

  it("makes no way out: no gateway and no route", () => {
    const types = new Set([...inZones, ...onRack].map(({ type }) => type));
    expect([...types].sort()).toEqual(["aws_route_table", "aws_route_table_association", "aws_subnet", "aws_vpc"]);
    for (const { values } of ofType([...inZones, ...onRack], "aws_route_table")) expect(values.route).toBeUndefined();
  });

  it("has one subnet per tier and zone, each private and named by zone id", () => {
    const subnets = ofType(inZones, "aws_subnet");
    expect(names(subnets).sort()).toEqual(
      ["data", "endpoints", "gateway", "transit", "workload"].flatMap((tier) => [
        `test-${tier}-euw1-az1`,
        `test-${tier}-euw1-az2`,
      ]),
    );
    for (const { values } of subnets) {
      expect(values).toMatchObject({ map_public_ip_on_launch: false, assign_ipv6_address_on_creation: false });
      expect(values.availability_zone_id).toMatch(/^euw1-az[12]$/);
      expect(values.availability_zone).toBeUndefined();
    }
  });

  it("has one route table per tier, and every subnet is associated with that of its tier", () => {
    const tables = ofType(inZones, "aws_route_table");
    expect(tables).toHaveLength(5);
    const associations = ofType(inZones, "aws_route_table_association");
    for (const subnet of ofType(inZones, "aws_subnet")) {
      const [association, ...more] = associations.filter(
        ({ values }) => values.subnet_id === `\${${addressOf(subnet)}.id}`,
      );
      expect(more).toEqual([]);
      const table = tables.find((candidate) => association.values.route_table_id === `\${${addressOf(candidate)}.id}`);
      expect(table?.values.tags.Name).toBe(`test-${subnet.values.tags.Tier}`);
    }
  });

  it("puts hosts and stores on the rack, and what a rack does not have into its zone", () => {
    const placed = ofType(onRack, "aws_subnet").map(({ values }) => [values.tags.Tier, values.outpost_arn]);
    expect(Object.fromEntries(placed)).toEqual({
      workload: rack,
      data: rack,
      endpoints: undefined,
      transit: undefined,
    });
    for (const { values } of ofType(onRack, "aws_subnet")) expect(values.availability_zone_id).toBe("eun1-az1");
  });
});
