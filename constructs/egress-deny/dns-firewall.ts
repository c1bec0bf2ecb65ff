import { Route53ResolverFirewallConfig } from "@cdktf/provider-aws/lib/route53-resolver-firewall-config";
import { Route53ResolverFirewallDomainList } from "@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list";
import { Route53ResolverFirewallRule } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule";
import { Route53ResolverFirewallRuleGroup } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group";
import { Route53ResolverFirewallRuleGroupAssociation } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association";
import { Route53ResolverQueryLogConfig } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config";
import { Route53ResolverQueryLogConfigAssociation } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config-association";
import { Construct } from "constructs";

export interface DnsFirewallProps {
  /** Name of the network. */
  readonly name: string;
  /** Id of the VPC whose queries are filtered. */
  readonly vpcId: string;
  /** Names that may be asked for; `*.` at the start stands for everything below. */
  readonly allowed: readonly string[];
  /**
   * ARN of the bucket that keeps the queries.
   * @default queries are not logged
   */
  readonly queryLogArn?: string;
}

/**
 * The resolver of a VPC asks the internet's name servers on behalf of everybody in it, gateway or not, so a query is a
 * way out. Here it answers the names of the list, refuses the rest, and refuses everything when the firewall fails.
 */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const group = new Route53ResolverFirewallRuleGroup(this, "group", { name: `${props.name}-dns` });
    const allowed = this.list("allowed", `${props.name}-allowed`, props.allowed);
    const everything = this.list("everything", `${props.name}-everything`, ["*"]);
    new Route53ResolverFirewallRule(this, "allow", {
      name: `${props.name}-allow`,
      firewallRuleGroupId: group.id,
      firewallDomainListId: allowed.id,
      // Every name of a chain of aliases has to be on the list, not just the first.
      firewallDomainRedirectionAction: "INSPECT_REDIRECTION_DOMAIN",
      priority: 100,
      action: "ALLOW",
    });
    new Route53ResolverFirewallRule(this, "block", {
      name: `${props.name}-block`,
      firewallRuleGroupId: group.id,
      firewallDomainListId: everything.id,
      priority: 200,
      action: "BLOCK",
      blockResponse: "NODATA",
    });
    new Route53ResolverFirewallRuleGroupAssociation(this, "association", {
      name: `${props.name}-dns`,
      firewallRuleGroupId: group.id,
      vpcId: props.vpcId,
      priority: 101,
      mutationProtection: "ENABLED",
    });
    new Route53ResolverFirewallConfig(this, "config", { resourceId: props.vpcId, firewallFailOpen: "DISABLED" });
    if (props.queryLogArn) this.logQueries(props.name, props.vpcId, props.queryLogArn);
  }

  private list(id: string, name: string, domains: readonly string[]): Route53ResolverFirewallDomainList {
    return new Route53ResolverFirewallDomainList(this, id, { name, domains: [...domains] });
  }

  private logQueries(name: string, vpcId: string, destinationArn: string): void {
    const config = new Route53ResolverQueryLogConfig(this, "queries", { name: `${name}-queries`, destinationArn });
    new Route53ResolverQueryLogConfigAssociation(this, "queries-of-vpc", {
      resolverQueryLogConfigId: config.id,
      resourceId: vpcId,
    });
  }
}

/** The names of services of one region, with what they are aliases of. */
export function regionalNames(region: string, services: readonly string[]): string[] {
  return services.flatMap((service) => {
    const name = `${service === "kinesis-firehose" ? "firehose" : service}.${region}.amazonaws.com`;
    if (service === "s3") return [name, `*.${name}`, `s3-r-w.${region}.amazonaws.com`];
    return service === "s3-outposts" || service === "execute-api" ? [name, `*.${name}`] : [name];
  });
}

/** The names of databases and hosts that AWS gives them in one region. */
export const internalNames = (region: string): string[] => [
  `*.${region}.rds.amazonaws.com`,
  `*.${region}.compute.internal`,
];
