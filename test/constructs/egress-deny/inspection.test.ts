import { Cidr, Inspection, passagesBetween } from "../../../constructs";
import { others, own, ownIpv6 } from "../fixtures";
import { addressOf, ofType, only, resourcesOf } from "../synthesis";

const enclave = [own, ownIpv6, ...others];

describe("passages between networks", () => {
  it("go both ways between networks of one family", () => {
    const passages = passagesBetween(enclave, [443]).map(({ from, to }) => `${from} ${to}`);
    expect(passages).toEqual([
      "10.17.0.0/16 10.18.0.0/16",
      "fdc1:e40:1701::/48 fdc1:e40:1702::/48",
      "10.18.0.0/16 10.17.0.0/16",
      "fdc1:e40:1702::/48 fdc1:e40:1701::/48",
    ]);
  });
});

describe("Inspection", () => {
  const resources = resourcesOf((stack) => {
    new Inspection(stack, "inspection", {
      name: "test",
      ipv4: Cidr.parse("10.16.0.0/20"),
      ipv6: { range: Cidr.parse("fdc1:0e40:1600::/48"), poolId: "ipam-pool-1" },
      zones: ["euw1-az1", "euw1-az3"],
      transitGatewayId: "tgw-1",
      enclave,
      passages: passagesBetween(enclave, [443, 5432]),
      keyArn: "arn:aws:kms:eu-west-1:111111111111:key/k",
      logBucket: "logs",
    });
  });

  it("drops what no rule passes, also what comes in pieces", () => {
    const { firewall_policy } = only(resources, "aws_networkfirewall_firewall_policy").values;
    expect(firewall_policy).toMatchObject({
      stateful_default_actions: ["aws:drop_strict", "aws:alert_strict"],
      stateless_default_actions: ["aws:forward_to_sfe"],
      stateless_fragment_default_actions: ["aws:forward_to_sfe"],
      stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "DROP" },
    });
  });

  it("passes the declared connections and nothing else", () => {
    const { rule_group } = only(resources, "aws_networkfirewall_rule_group").values;
    const rules = rule_group.rules_source.stateful_rule;
    expect(rules).toHaveLength(8);
    for (const { action, header } of rules) {
      expect([action, header.protocol, header.direction]).toEqual(["PASS", "TCP", "FORWARD"]);
      expect(enclave.map(String)).toEqual(expect.arrayContaining([header.source, header.destination]));
      expect(["443", "5432"]).toContain(header.destination_port);
    }
    expect(new Set(rules.map((rule: { rule_option: unknown }) => JSON.stringify(rule.rule_option))).size).toBe(8);
  });

  it("has every route lead to a network of the enclave, into the firewall of its zone or back to the hub", () => {
    const firewalls = ofType(resources, "aws_networkfirewall_firewall").map(addressOf);
    const routes = ofType(resources, "aws_route").map(({ values }) => values);
    expect(routes).toHaveLength(2 * 2 * enclave.length);
    for (const route of routes) {
      const destination = route.destination_cidr_block ?? route.destination_ipv6_cidr_block;
      expect(enclave.map(String)).toContain(destination);
      const zone = /euw1-az\d/.exec(route.route_table_id)![0];
      if (route.transit_gateway_id) {
        expect(route.transit_gateway_id).toBe("tgw-1");
        expect(route.route_table_id).toContain("firewall");
      } else {
        const firewall = firewalls.find((address) => address.includes(zone));
        expect(route.vpc_endpoint_id).toContain(firewall);
        expect(route.route_table_id).toContain("transit");
      }
    }
  });

  it("meets both directions of a connection with the same firewall", () => {
    expect(only(resources, "aws_ec2_transit_gateway_vpc_attachment").values.appliance_mode_support).toBe("enable");
  });

  it("resolves no names", () => {
    expect(only(resources, "aws_vpc").values.enable_dns_support).toBe(false);
  });
});
