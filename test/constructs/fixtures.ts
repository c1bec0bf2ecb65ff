/** What the tests of constructs build on. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { Cidr, Estate, PrivateNetwork } from "../../constructs";

export const estate = new Estate({
  organization: "o-enclave0001",
  accounts: ["111111111111", "222222222222"],
  regions: ["eu-west-1", "eu-north-1"],
});

export const rack = "arn:aws:outposts:eu-north-1:222222222222:outpost/op-0aaaaaaaaaaaaaaaa";
export const own = Cidr.parse("10.17.0.0/16");
export const ownIpv6 = Cidr.parse("fdc1:0e40:1701::/48");
export const others = [Cidr.parse("10.18.0.0/16"), Cidr.parse("fdc1:0e40:1702::/48")];

export const provide = (stack: TerraformStack) => new AwsProvider(stack, "aws", { region: "eu-west-1" });

/** A network in two zones. */
export const network = (stack: TerraformStack) =>
  new PrivateNetwork(stack, "network", {
    name: "test",
    ipv4: own,
    ipv6: { range: ownIpv6, poolId: "ipam-pool-1" },
    zones: ["euw1-az1", "euw1-az2"],
  });

/** A network whose hosts and stores stand on a rack. */
export const rackNetwork = (stack: TerraformStack) =>
  new PrivateNetwork(stack, "network", {
    name: "test",
    ipv4: own,
    ipv6: { range: ownIpv6, poolId: "ipam-pool-1" },
    zones: ["eun1-az1"],
    outposts: [{ zone: "eun1-az1", outpostArn: rack }],
  });
