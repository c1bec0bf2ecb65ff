import { Cidr, subnetIpv4, subnetIpv6, tiers } from "../../../constructs";

const all = (subnet: typeof subnetIpv4, network: Cidr) =>
  tiers.flatMap((tier) => [0, 1, 2, 3].map((i) => subnet(network, tier, i)));

describe("the address plan", () => {
  it.each([
    ["10.0.0.0/16", subnetIpv4],
    ["10.0.0.0/22", subnetIpv4],
    ["fd80::/44", subnetIpv6],
    ["fd80::/56", subnetIpv6],
  ])("gives every subnet of %s a range of its own inside it", (text, subnet) => {
    const network = Cidr.parse(text);
    const ranges = all(subnet, network);
    ranges.forEach((range, i) => {
      expect(network.contains(range)).toBe(true);
      expect(ranges.slice(0, i).some((other) => other.overlaps(range))).toBe(false);
    });
  });

  it("makes subnets of sizes that AWS takes", () => {
    expect(all(subnetIpv4, Cidr.parse("10.0.0.0/22")).map(({ prefix }) => prefix)).toEqual(Array(20).fill(27));
    expect(all(subnetIpv6, Cidr.parse("fd80::/56")).map(({ prefix }) => prefix)).toEqual(Array(20).fill(64));
  });

  it("has four places per tier", () => {
    expect(() => subnetIpv4(Cidr.parse("10.0.0.0/16"), "data", 4)).toThrow("a tier has at most 4 subnets, not 5");
  });
});
