import { explainInterface } from "../../../policies/network/explain";
import { blocksOf } from "../../../policies/network/packets/describe";
import { estate, group, internetGateway, publicInstance, rule } from "./base";
import { type Blocks, inputFor } from "./builder";

const explained = (blocks: Blocks, address = "aws_instance.app"): string[] => {
  const input = inputFor(blocks);
  const resource = input.resources.find((one) => one.address === address);
  if (!resource) throw new Error(`no ${address}`);
  return explainInterface(resource, input).flatMap(({ text, below = [] }) => [text, ...below.map((line) => line.text)]);
};

describe("explaining an interface", () => {
  it("says by destination what it reaches and what stops the rest", () => {
    expect(explained(estate(group([], [rule("10.0.0.0/8", 443)])))).toEqual([
      "interface in aws_subnet.app",
      "reaches aws_subnet.app: 10.20.1.0/24 (tcp 443)",
      "stopped by aws_security_group.app: all but 10.0.0.0/8 (tcp 443)",
      expect.stringContaining("stopped at aws_route_table.app, which has no route for them"),
      expect.stringContaining("stopped at aws_vpc.app, where no subnet has the address"),
    ]);
  });

  it("says where it leaves", () => {
    const lines = explained(estate(internetGateway, publicInstance, group([], [rule("198.51.100.0/24", 443)])));
    expect(lines).toContain("leaves to the internet by vpc.internet-gateway: 198.51.100.0/24 (tcp 443)");
  });

  it("says why a gateway takes nothing", () => {
    const lines = explained(estate(internetGateway, group([], [rule("0.0.0.0/0")])));
    expect(lines.find((line) => line.startsWith("stopped at aws_internet_gateway.edge"))).toContain(
      "knows no public address of the sender",
    );
  });

  it("says nothing of what has no interface", () => {
    expect(explained(estate(), "aws_vpc.app")).toEqual([]);
  });
});

describe("sets in words", () => {
  it("are the fewest blocks", () => {
    expect(blocksOf(4, [0x0a000000, 0x0affffff])).toEqual(["10.0.0.0/8"]);
    expect(blocksOf(4, [0x0a000001, 0x0a000004])).toEqual(["10.0.0.1", "10.0.0.2/31", "10.0.0.4"]);
    expect(blocksOf(6, [0n, (1n << 128n) - 1n])).toEqual(["::/0"]);
  });
});
