import { estate, group, merged, publicInstance, rule } from "../base";
import { judge, verdictOf } from "../builder";

/** The instance's packets go through a firewall to the internet gateway, and come back the same way. */
const behind = (policy: object, ...more: readonly unknown[]) =>
  estate(
    publicInstance,
    {
      aws_subnet: { fw: { vpc_id: "${aws_vpc.app.id}", cidr_block: "10.20.9.0/28" } },
      aws_route_table: { fw: { vpc_id: "${aws_vpc.app.id}" }, edge: { vpc_id: "${aws_vpc.app.id}" } },
      aws_route_table_association: {
        fw: { subnet_id: "${aws_subnet.fw.id}", route_table_id: "${aws_route_table.fw.id}" },
        edge: { gateway_id: "${aws_internet_gateway.edge.id}", route_table_id: "${aws_route_table.edge.id}" },
      },
      aws_internet_gateway: { edge: { vpc_id: "${aws_vpc.app.id}" } },
      aws_networkfirewall_firewall: {
        f: {
          vpc_id: "${aws_vpc.app.id}",
          firewall_policy_arn: "${aws_networkfirewall_firewall_policy.p.arn}",
          subnet_mapping: [{ subnet_id: "${aws_subnet.fw.id}" }],
        },
      },
      aws_route: {
        app: {
          route_table_id: "${aws_route_table.app.id}",
          destination_cidr_block: "0.0.0.0/0",
          vpc_endpoint_id:
            "${tolist(aws_networkfirewall_firewall.f.firewall_status[0].sync_states)[0].attachment[0].endpoint_id}",
        },
        fw: {
          route_table_id: "${aws_route_table.fw.id}",
          destination_cidr_block: "0.0.0.0/0",
          gateway_id: "${aws_internet_gateway.edge.id}",
        },
        back: {
          route_table_id: "${aws_route_table.edge.id}",
          destination_cidr_block: "10.20.1.0/24",
          vpc_endpoint_id:
            "${tolist(aws_networkfirewall_firewall.f.firewall_status[0].sync_states)[0].attachment[0].endpoint_id}",
        },
      },
      aws_networkfirewall_firewall_policy: { p: { firewall_policy: [policy] } },
    },
    ...more,
  );

const forward = {
  stateless_default_actions: ["aws:forward_to_sfe"],
  stateless_fragment_default_actions: ["aws:forward_to_sfe"],
};
const strictly = (actions: string[], ...groups: string[]) => ({
  ...forward,
  stateful_engine_options: [{ rule_order: "STRICT_ORDER" }],
  stateful_default_actions: actions,
  stateful_rule_group_reference: groups.map((name, i) => ({
    priority: i + 1,
    resource_arn: `\${aws_networkfirewall_rule_group.${name}.arn}`,
  })),
});
const byAction = (...groups: string[]) => ({
  ...forward,
  stateful_rule_group_reference: groups.map((name) => ({
    resource_arn: `\${aws_networkfirewall_rule_group.${name}.arn}`,
  })),
});
const rules = (name: string, text: string) => ({
  aws_networkfirewall_rule_group: {
    [name]: { type: "STATEFUL", rule_group: [{ rules_source: [{ rules_string: text }] }] },
  },
});
const verdict = (policy: object, ...more: readonly unknown[]) => verdictOf(judge(behind(policy, ...more)));

describe("default actions", () => {
  it.each([
    [["aws:drop_strict"], "contained"],
    [["aws:drop_strict", "aws:alert_strict"], "contained"],
    [["aws:alert_strict"], "escapes"],
    [[], "escapes"],
    // The first packets of a connection pass, and a datagram is one.
    [["aws:drop_established"], "escapes"],
  ])("in strict order: %j is %s", (actions, expected) => {
    expect(verdict(strictly(actions))).toBe(expected);
  });

  it("in action order everything passes that no rule drops", () => {
    expect(verdict(byAction())).toBe("escapes");
    expect(verdict(byAction("d"), rules("d", 'drop ip any any -> any any (msg:"all"; sid:1;)'))).toBe("contained");
    expect(verdict(byAction("d"), rules("d", "drop tcp any any -> any any (sid:1;)"))).toBe("escapes");
    expect(
      verdict(
        byAction("d", "p"),
        merged(
          rules("d", "drop ip any any -> any any (sid:1;)"),
          rules("p", "pass tcp $HOME_NET any -> 198.51.100.0/24 443 (sid:2;)"),
        ),
      ),
    ).toBe("escapes");
  });

  it("of the stateless engine come first", () => {
    const both = (action: string) => ({ ...strictly(["aws:drop_strict"]), stateless_default_actions: [action] });
    expect(verdict(both("aws:pass"))).toBe("escapes");
    expect(
      verdict({
        ...strictly([]),
        stateless_default_actions: ["aws:drop"],
        stateless_fragment_default_actions: ["aws:drop"],
      }),
    ).toBe("contained");
    expect(verdict({ ...strictly(["aws:drop_strict"]), stateless_fragment_default_actions: ["aws:pass"] })).toBe(
      "escapes",
    );
  });
});

describe("rules", () => {
  const drop = strictly(["aws:drop_strict"], "g");

  it.each([
    ["pass tcp $HOME_NET any -> any 443 (sid:1;)", "escapes"],
    ["pass tcp $HOME_NET any -> 10.0.0.0/8 443 (sid:1;)", "contained"],
    ["pass tcp $HOME_NET any -> [10.0.0.0/8,!10.99.0.0/16] 443 (sid:1;)", "contained"],
    ["pass tcp any any -> !10.0.0.0/8 443 (sid:1;)", "escapes"],
    ["pass tcp 10.99.0.0/16 any -> any 443 (sid:1;)", "contained"],
    ['pass tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; content:"example.com"; endswith; sid:1;)', "escapes"],
    ["drop tcp any any -> any any (sid:1;)\npass tcp any any -> any 443 (sid:2;)", "contained"],
    ["pass tcp any any -> any 443 (sid:2;)\ndrop tcp any any -> any any (sid:1;)", "escapes"],
    ["# pass ip any any -> any any (sid:1;)", "contained"],
    ["alert ip any any -> any any (sid:1;)", "contained"],
    // Whose content decides is not for certain.
    ['drop tls any any -> any any (tls.sni; content:"bad"; sid:1;)\npass tcp any any -> any any (sid:2;)', "escapes"],
    ["pass tcp any any -> any any (flow:established; sid:1;)", "undecided"],
    ["pass tcp any any -> any any (geoip:dst,IE; sid:1;)", "undecided"],
    ["pass tcp any any -> any any sid:1;", "undecided"],
  ])("%s: %s", (text, expected) => {
    expect(verdict(drop, rules("g", text))).toBe(expected);
  });

  it("are also written as blocks", () => {
    const tuple = (action: string, destination: string) => ({
      aws_networkfirewall_rule_group: {
        g: {
          type: "STATEFUL",
          rule_group: [
            {
              rules_source: [
                {
                  stateful_rule: [
                    {
                      action,
                      header: [
                        {
                          protocol: "TCP",
                          source: "ANY",
                          source_port: "ANY",
                          direction: "FORWARD",
                          destination,
                          destination_port: "443",
                        },
                      ],
                      rule_option: [{ keyword: "sid", settings: ["1"] }],
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    expect(verdict(drop, tuple("PASS", "ANY"))).toBe("escapes");
    expect(verdict(drop, tuple("PASS", "10.0.0.0/8"))).toBe("contained");
    expect(verdict(drop, tuple("DROP", "ANY"))).toBe("contained");
  });

  it("by domain believe what the sender claims", () => {
    const listed = (generated_rules_type: string) => ({
      aws_networkfirewall_rule_group: {
        g: {
          type: "STATEFUL",
          rule_group: [
            {
              rules_source: [
                { rules_source_list: [{ generated_rules_type, target_types: ["TLS_SNI"], targets: [".example.com"] }] },
              ],
            },
          ],
        },
      },
    });
    expect(verdict(drop, listed("ALLOWLIST"))).toBe("escapes");
    expect(verdict(drop, listed("DENYLIST"))).toBe("contained");
    expect(verdict(byAction("g"), listed("DENYLIST"))).toBe("escapes");
  });

  it("of stateless groups go by priority", () => {
    const stateless = (...list: [number, string, string][]) => ({
      aws_networkfirewall_rule_group: {
        s: {
          type: "STATELESS",
          rule_group: [
            {
              rules_source: [
                {
                  stateless_rules_and_custom_actions: [
                    {
                      stateless_rule: list.map(([priority, action, cidr]) => ({
                        priority,
                        rule_definition: [
                          { actions: [action], match_attributes: [{ destination: [{ address_definition: cidr }] }] },
                        ],
                      })),
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    const policy = {
      ...strictly(["aws:drop_strict"]),
      stateless_rule_group_reference: [{ priority: 1, resource_arn: "${aws_networkfirewall_rule_group.s.arn}" }],
    };
    expect(verdict(policy, stateless([2, "aws:pass", "0.0.0.0/0"], [1, "aws:drop", "0.0.0.0/0"]))).toBe("contained");
    expect(verdict(policy, stateless([1, "aws:pass", "198.51.100.0/24"], [2, "aws:drop", "0.0.0.0/0"]))).toBe(
      "escapes",
    );
  });

  it("that can't be seen may pass anything, AWS's own only drop", () => {
    const foreign = (arn: string) => ({
      ...strictly(["aws:drop_strict"]),
      stateful_rule_group_reference: [{ priority: 1, resource_arn: arn }],
    });
    expect(verdict(foreign("arn:aws:network-firewall:eu-west-1:111111111111:stateful-rulegroup/x"))).toBe("undecided");
    expect(
      verdict(
        foreign("arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/ThreatSignaturesBotnetActionOrder"),
      ),
    ).toBe("contained");
  });
});

describe("connections", () => {
  const server = group([rule("0.0.0.0/0", 443)]);
  const inbound = "pass tcp any any -> 10.20.1.0/24 443 (sid:1;)";

  it("that came in are answered, though the rule says only inward", () => {
    expect(verdict(strictly(["aws:drop_strict"], "g"), server, rules("g", inbound))).toBe("escapes");
    expect(verdict(strictly(["aws:drop_strict"], "g"), group([rule("0.0.0.0/0", 22)]), rules("g", inbound))).toBe(
      "contained",
    );
  });
});
