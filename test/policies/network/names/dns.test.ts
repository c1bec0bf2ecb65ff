import { base, estate, merged } from "../base";
import { type Blocks, judge, type Options, verdictOf } from "../builder";

const verdict = (...parts: readonly unknown[]) => verdictOf(judge(estate(on, ...parts)));
const on = { aws_vpc: { app: { enable_dns_support: true } } };

interface Rule {
  readonly action: string;
  readonly domains: readonly string[];
  readonly priority?: number;
  readonly more?: object;
}
/** Rule groups with their rules, associated in the order given. */
const firewall = (...groups: readonly (readonly Rule[])[]): Blocks => {
  const parts = groups.map((rules, g) => ({
    aws_route53_resolver_firewall_rule_group: { [`g${g}`]: { name: `g${g}` } },
    aws_route53_resolver_firewall_rule_group_association: {
      [`g${g}`]: {
        firewall_rule_group_id: `\${aws_route53_resolver_firewall_rule_group.g${g}.id}`,
        vpc_id: "${aws_vpc.app.id}",
        priority: 101 + g,
      },
    },
    aws_route53_resolver_firewall_domain_list: Object.fromEntries(
      rules.map((rule, r) => [`l${g}${r}`, { domains: rule.domains }]),
    ),
    aws_route53_resolver_firewall_rule: Object.fromEntries(
      rules.map((rule, r) => [
        `r${g}${r}`,
        {
          action: rule.action,
          priority: rule.priority ?? r + 1,
          firewall_rule_group_id: `\${aws_route53_resolver_firewall_rule_group.g${g}.id}`,
          firewall_domain_list_id: `\${aws_route53_resolver_firewall_domain_list.l${g}${r}.id}`,
          ...rule.more,
        },
      ]),
    ),
  }));
  return merged(...parts);
};
const block: Rule = { action: "BLOCK", domains: ["*"] };
const allow = (...domains: string[]): Rule => ({ action: "ALLOW", domains });

describe("the VPC's resolver", () => {
  it("asks the whole world unless it is switched off", () => {
    expect(verdict()).toBe("escapes");
    expect(verdictOf(judge(merged(base, { aws_vpc: { app: { enable_dns_support: null } } })))).toBe("escapes");
    expect(verdictOf(judge(merged(base, { aws_vpc: { app: { enable_dns_support: "${var.dns}" } } })))).toBe(
      "undecided",
    );
    expect(verdictOf(judge(base))).toBe("contained");
  });

  it("names the VPC as the one to change", () => {
    const [flow] = judge(estate(on)).escapes;
    expect(flow.from.address).toBe("aws_vpc.app");
    expect(flow.steps[0]).toMatchObject({ attribute: "enable_dns_support" });
  });

  it("has nothing to ask for where nobody is", () => {
    expect(verdict({ aws_instance: { app: null } })).toBe("contained");
  });
});

describe("DNS Firewall", () => {
  it("stops all that it blocks", () => {
    expect(verdict(firewall([block]))).toBe("contained");
    expect(verdict(firewall([{ ...block, action: "ALERT" }]))).toBe("escapes");
    expect(verdict(firewall([{ action: "BLOCK", domains: ["*.com", "example.org"] }]))).toBe("escapes");
  });

  it("goes by the priority of groups, then of rules", () => {
    expect(verdict(firewall([allow("*")], [block]))).toBe("escapes");
    expect(verdict(firewall([block], [allow("*")]))).toBe("contained");
    expect(
      verdict(
        firewall([
          { ...block, priority: 2 },
          { ...allow("*"), priority: 1 },
        ]),
      ),
    ).toBe("escapes");
    expect(
      verdict(
        firewall([
          { ...block, priority: 1 },
          { ...allow("*"), priority: 2 },
        ]),
      ),
    ).toBe("contained");
  });

  it.each([
    ["*.eu-west-1.amazonaws.com", "contained"],
    ["sqs.eu-north-1.amazonaws.com", "contained"],
    ["s3.us-east-1.amazonaws.com", "escapes"],
    ["*.amazonaws.com", "escapes"],
    ["sts.amazonaws.com", "escapes"],
    ["example.com", "escapes"],
    ["*.example.com", "escapes"],
    ["eu-west-1.compute.internal", "contained"],
    ["files.enclave.internal", "contained"],
    ["*.enclave.internal", "contained"],
    ["enclave.internal.example.com", "escapes"],
  ])("lets %s pass: %s", (name, expected) => {
    const zone = { aws_route53_zone: { own: { name: "enclave.internal", vpc: [{ vpc_id: "${aws_vpc.app.id}" }] } } };
    expect(verdict(firewall([allow(name), block]), zone)).toBe(expected);
  });

  it("takes a private zone of another VPC for a stranger's", () => {
    const zone = {
      aws_vpc: { other: { cidr_block: "10.40.0.0/16" } },
      aws_route53_zone: { own: { name: "enclave.internal", vpc: [{ vpc_id: "${aws_vpc.other.id}" }] } },
    };
    expect(verdict(firewall([allow("enclave.internal"), block]), zone)).toBe("escapes");
  });

  it("has blocked before what a later rule would allow", () => {
    const bad: Rule = { action: "BLOCK", domains: ["*.example.com"] };
    expect(verdict(firewall([bad, allow("files.example.com"), block]))).toBe("contained");
    expect(verdict(firewall([bad, allow("example.com"), block]))).toBe("escapes");
    expect(verdict(firewall([bad, allow("*"), block]))).toBe("escapes");
  });

  it("blocks one type of query only where it says so", () => {
    expect(verdict(firewall([{ ...block, more: { q_type: "A" } }]))).toBe("escapes");
  });

  it("counts only while it is associated, and closes when it fails", () => {
    const unassociated = merged(firewall([block]), {
      aws_route53_resolver_firewall_rule_group_association: { g0: null },
    });
    expect(verdict(unassociated)).toBe("escapes");
    const fail = (mode: string) => ({
      aws_route53_resolver_firewall_config: { c: { resource_id: "${aws_vpc.app.id}", firewall_fail_open: mode } },
    });
    expect(verdict(firewall([block]), fail("DISABLED"))).toBe("contained");
    expect(verdict(firewall([block]), fail("ENABLED"))).toBe("escapes");
  });

  it("comes with a profile as well", () => {
    const byProfile = merged(firewall([block]), {
      aws_route53_resolver_firewall_rule_group_association: { g0: null },
      aws_route53profiles_profile: { p: { name: "p" } },
      aws_route53profiles_association: {
        a: { profile_id: "${aws_route53profiles_profile.p.id}", resource_id: "${aws_vpc.app.id}" },
      },
      aws_route53profiles_resource_association: {
        r: {
          profile_id: "${aws_route53profiles_profile.p.id}",
          resource_arn: "${aws_route53_resolver_firewall_rule_group.g0.arn}",
          resource_properties: '{"priority":102}',
        },
      },
    });
    expect(verdict(byProfile)).toBe("contained");
  });

  it("decides nothing by lists and priorities it can't see", () => {
    expect(verdict(firewall([{ ...block, more: { firewall_domain_list_id: "rslvr-fdl-0123" } }]))).toBe("escapes");
    expect(verdict(firewall([{ ...allow("x"), more: { firewall_domain_list_id: "rslvr-fdl-0123" } }, block]))).toBe(
      "undecided",
    );
    expect(verdict(firewall([{ ...block, more: { priority: "${var.p}" } }, allow("*")]))).toBe("undecided");
  });
});

describe("forwarding rules", () => {
  const forward = (ip: string, domain = ".") => ({
    aws_security_group: {
      dns: {
        vpc_id: "${aws_vpc.app.id}",
        egress: [{ protocol: "udp", from_port: 53, to_port: 53, cidr_blocks: ["0.0.0.0/0"] }],
      },
    },
    aws_route53_resolver_endpoint: {
      out: {
        direction: "OUTBOUND",
        security_group_ids: ["${aws_security_group.dns.id}"],
        ip_address: [{ subnet_id: "${aws_subnet.app.id}" }],
      },
    },
    aws_route53_resolver_rule: {
      all: {
        domain_name: domain,
        rule_type: "FORWARD",
        resolver_endpoint_id: "${aws_route53_resolver_endpoint.out.id}",
        target_ip: [{ ip }],
      },
    },
    aws_route53_resolver_rule_association: {
      all: { resolver_rule_id: "${aws_route53_resolver_rule.all.id}", vpc_id: "${aws_vpc.app.id}" },
    },
  });
  const lan = (id: string) => ({
    aws_route: {
      lan: {
        route_table_id: "${aws_route_table.app.id}",
        destination_cidr_block: "192.168.0.0/16",
        local_gateway_id: id,
      },
    },
  });
  const options: Options = { trust: { places: [{ id: "lgw-0aaa", country: "NO" }] } };
  const judged = (...parts: readonly unknown[]) => verdictOf(judge(estate(on, ...parts), options));

  it("for every name leave the resolver nobody else to ask", () => {
    expect(judged(forward("10.20.1.53"))).toBe("contained");
    expect(judged(forward("10.20.1.53", "example.com"))).toBe("escapes");
    const system = {
      aws_route53_resolver_rule: { s: { domain_name: "example.com", rule_type: "SYSTEM" } },
      aws_route53_resolver_rule_association: {
        s: { resolver_rule_id: "${aws_route53_resolver_rule.s.id}", vpc_id: "${aws_vpc.app.id}" },
      },
    };
    expect(judged(forward("10.20.1.53"), system)).toBe("escapes");
  });

  it("lead to their targets, as far as packets get there", () => {
    const quiet = {
      aws_security_group: { none: { vpc_id: "${aws_vpc.app.id}" } },
      aws_instance: { app: { vpc_security_group_ids: ["${aws_security_group.none.id}"] } },
    };
    expect(judged(forward("192.168.7.53"), quiet)).toBe("contained");
    expect(judged(forward("192.168.7.53"), quiet, lan("lgw-0aaa"))).toBe("contained");
    expect(judged(forward("192.168.7.53"), quiet, lan("lgw-0bbb"))).toBe("escapes");
    expect(judged(forward("10.20.1.53"), quiet, lan("lgw-0bbb"))).toBe("contained");
  });
});
