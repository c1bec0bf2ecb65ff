/**
 * Outposts with a local gateway: a VPC stretches onto the rack, whose subnets reach the site's network over the local
 * gateway (https://docs.aws.amazon.com/outposts/latest/userguide/outposts-local-gateways.html).
 */
import { judge, verdictOf } from "../policies/network/builder";
import { hops, id, instance, routes, together, vpc } from "./network-parts";

const trust = {
  outposts: { "op-0aaaaaaaaaaaaaaaa": { country: "NO", homeRegion: "eu-north-1" } },
  places: [{ id: "lgw-0aaaaaaaaaaaaaaaa", country: "NO", statement: "LAN of the Hamar facility" }],
};
const data = {
  aws_ec2_local_gateway: { vouched: { id: "lgw-0aaaaaaaaaaaaaaaa" }, other: { id: "lgw-0bbbbbbbbbbbbbbbb" } },
};
const options = { trust, data, region: "eu-north-1" };
const rack = together(
  vpc("hamar", "10.41.0.0/16", { rack: "10.41.1.0/24", region: "10.41.9.0/24" }, { region: "eu-north-1" }),
  {
    aws_subnet: {
      hamar_rack: { outpost_arn: "arn:aws:outposts:eu-north-1:222222222222:outpost/op-0aaaaaaaaaaaaaaaa" },
    },
  },
  {
    aws_ec2_local_gateway_route_table_vpc_association: {
      rack: { local_gateway_route_table_id: "lgw-rtb-1", vpc_id: id("aws_vpc.hamar") },
    },
  },
  instance("store", "hamar_rack"),
  instance("control", "hamar_region"),
);
const lan = (which: string) =>
  routes("hamar_rack", { "192.168.40.0/24": ["local_gateway_id", `\${data.aws_ec2_local_gateway.${which}.id}`] });

describe("a rack with a local gateway", () => {
  it("reaches the LAN that is vouched for", () => {
    expect(verdictOf(judge(together(rack, lan("vouched")), options))).toBe("contained");
  });

  it("leaves by one that nobody vouches for; the region's subnet does not", () => {
    const result = judge(together(rack, lan("other")), options);
    expect(result.escapes.map((flow) => flow.from.address)).toEqual(["aws_instance.store"]);
    expect(result.escapes[0].channel).toBe("outposts.local-gateway");
    expect(hops(result, "aws_instance.store")).toEqual([
      "aws_instance.store",
      "aws_route_table_association.hamar_rack",
      "aws_route.hamar_rack_192_168_40_0_24",
    ]);
  });
});
