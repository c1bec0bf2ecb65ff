import { DnsFirewall, Endpoints, internalNames, regionalNames } from "../../../constructs";
import { estate, network } from "../fixtures";
import { addressOf, ofType, only, resourcesOf, statementsOf } from "../synthesis";

describe("DnsFirewall", () => {
  const build = (queryLogArn?: string) =>
    resourcesOf((stack) => {
      new DnsFirewall(stack, "names", {
        name: "test",
        vpcId: "vpc-1",
        allowed: ["kms.eu-west-1.amazonaws.com"],
        queryLogArn,
      });
    });
  const resources = build();
  const domainsOf = (id: string) =>
    ofType(resources, "aws_route53_resolver_firewall_domain_list").find((list) => id === `\${${addressOf(list)}.id}`)!
      .values.domains;

  it("allows the names of the list and then blocks every name", () => {
    const rules = ofType(resources, "aws_route53_resolver_firewall_rule")
      .map(({ values }) => values)
      .sort((a, b) => a.priority - b.priority);
    expect(rules.map(({ action, firewall_domain_list_id }) => [action, domainsOf(firewall_domain_list_id)])).toEqual([
      ["ALLOW", ["kms.eu-west-1.amazonaws.com"]],
      ["BLOCK", ["*"]],
    ]);
    expect(rules[0].firewall_domain_redirection_action).toBe("INSPECT_REDIRECTION_DOMAIN");
  });

  it("fails closed, and can't be taken off by accident", () => {
    expect(only(resources, "aws_route53_resolver_firewall_config").values).toEqual(
      expect.objectContaining({ resource_id: "vpc-1", firewall_fail_open: "DISABLED" }),
    );
    expect(only(resources, "aws_route53_resolver_firewall_rule_group_association").values).toMatchObject({
      vpc_id: "vpc-1",
      mutation_protection: "ENABLED",
    });
  });

  it("keeps the queries where it is told to, and nowhere by default", () => {
    expect(ofType(resources, "aws_route53_resolver_query_log_config*")).toEqual([]);
    const logged = build("arn:aws:s3:::logs/queries");
    expect(only(logged, "aws_route53_resolver_query_log_config").values.destination_arn).toBe(
      "arn:aws:s3:::logs/queries",
    );
    expect(only(logged, "aws_route53_resolver_query_log_config_association").values.resource_id).toBe("vpc-1");
  });
});

describe("the names a network needs", () => {
  it("are those of its region's services, with the aliases that S3 answers with", () => {
    expect(regionalNames("eu-west-1", ["kms", "s3", "s3-outposts"])).toEqual([
      "kms.eu-west-1.amazonaws.com",
      "s3.eu-west-1.amazonaws.com",
      "*.s3.eu-west-1.amazonaws.com",
      "s3-r-w.eu-west-1.amazonaws.com",
      "s3-outposts.eu-west-1.amazonaws.com",
      "*.s3-outposts.eu-west-1.amazonaws.com",
    ]);
    expect(internalNames("eu-north-1")).toEqual(["*.eu-north-1.rds.amazonaws.com", "*.eu-north-1.compute.internal"]);
  });
});

describe("Endpoints", () => {
  const build = (services: object = {}) =>
    resourcesOf((stack) => {
      new Endpoints(stack, "endpoints", {
        network: network(stack),
        name: "test",
        region: "eu-west-1",
        estate,
        ...services,
      });
    });
  const resources = build();
  const endpoints = ofType(resources, "aws_vpc_endpoint").map(({ values }) => values);

  it("exist for the services that are used by default", () => {
    expect(
      endpoints.map(({ service_name, vpc_endpoint_type }) => `${vpc_endpoint_type} ${service_name}`).sort(),
    ).toEqual([
      "Gateway com.amazonaws.eu-west-1.dynamodb",
      "Gateway com.amazonaws.eu-west-1.s3",
      "Interface com.amazonaws.eu-west-1.kms",
      "Interface com.amazonaws.eu-west-1.logs",
      "Interface com.amazonaws.eu-west-1.monitoring",
      "Interface com.amazonaws.eu-west-1.secretsmanager",
      "Interface com.amazonaws.eu-west-1.sts",
    ]);
  });

  it("exist for the given services only", () => {
    const given = ofType(build({ interfaces: ["sts"], gateways: [] }), "aws_vpc_endpoint");
    expect(given.map(({ values }) => values.service_name)).toEqual(["com.amazonaws.eu-west-1.sts"]);
  });

  it("lead own principals to own resources and nobody anywhere else, in the same region", () => {
    for (const { policy, service_region } of endpoints) {
      expect(service_region).toBeUndefined();
      const [statement, ...more] = statementsOf(policy);
      expect(more).toEqual([]);
      expect(statement).toMatchObject({
        Effect: "Allow",
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-enclave0001", "aws:ResourceOrgID": "o-enclave0001" },
        },
      });
    }
  });

  it("are asked for actions by the prefix that IAM knows", () => {
    const monitoring = endpoints.find(({ service_name }) => service_name.endsWith(".monitoring"))!;
    expect(statementsOf(monitoring.policy)[0].Action).toBe("cloudwatch:*");
  });

  it("take HTTPS from the network and start nothing", () => {
    expect(ofType(resources, "aws_vpc_security_group_egress_rule")).toEqual([]);
    expect(only(resources, "aws_security_group").values.egress).toBeUndefined();
    expect(only(resources, "aws_vpc_security_group_ingress_rule").values).toMatchObject({
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
      cidr_ipv4: "10.17.0.0/16",
    });
  });
});
