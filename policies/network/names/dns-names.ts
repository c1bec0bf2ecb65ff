/**
 * Domain names as DNS Firewall lists them: `example.com` that name alone, `*.example.com` all names below it, `*` all
 * names (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-domain-lists.html).
 */
import { attribute } from "../../configuration/resource";
import { isUnknown, type Value } from "../../configuration/value";
import { parseAwsHost } from "../../geography/hosts";
import { placeOfRegion } from "../../geography/place";
import { isComputed, items, text } from "../reading/read";
import type { Vpc } from "../reading/vpcs";
import { vouchedPlace } from "../routing/gateways";
import type { Topology } from "../routing/topology";

export interface Names {
  readonly patterns: readonly string[];
  /** Present if there may be others that can't be seen. */
  readonly unless?: string;
}

export function namesOf(values: readonly Value[]): Names {
  const patterns: string[] = [];
  let unless: string | undefined;
  for (const value of values) {
    if (Array.isArray(value)) {
      const inner = namesOf(value);
      patterns.push(...inner.patterns);
      unless ??= inner.unless;
    } else if (isUnknown(value)) unless ??= isComputed(value) ? "a domain is not known" : value.why;
    else if (value !== null) patterns.push(normal(String(value)));
  }
  return unless === undefined ? { patterns } : { patterns, unless };
}

const normal = (name: string): string => {
  const lower = name.trim().toLowerCase().replace(/\.$/, "");
  return lower === "" ? "*" : lower;
};

/** Whether every name that `inner` stands for is one that `outer` stands for. */
export function covers(outer: string, inner: string): boolean {
  if (outer === "*" || outer === inner) return true;
  if (!outer.startsWith("*.")) return false;
  return inner.replace(/^\*\./, "").endsWith(outer.slice(1)) && inner !== outer.slice(2);
}

/** Whether a name lies at or below a domain. */
const under = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`);

/**
 * The names that a VPC may ask for without anything leaving to a stranger: AWS's services in regions inside the boundary,
 * the private zones that the VPC is associated with, the owner's own zones, and hosts that are vouched for.
 */
export function safeNames(topology: Topology, vpc: Vpc): (pattern: string) => boolean {
  const zones = ownZones(topology, vpc);
  return (pattern) => {
    const name = pattern.replace(/^\*\./, "");
    if (name === "*" || name === "" || name.includes("*")) return false;
    if (zones.some((zone) => under(name, zone))) return true;
    const region = regionIn(name);
    if (region !== undefined) return topology.world.sideOf(placeOfRegion(region)) === "inside";
    const place = pattern === name ? vouchedPlace(topology, name) : undefined;
    return place !== undefined && topology.world.sideOf(place) === "inside";
  };
}

/** The region that AWS's names of services and of instances tell; a bucket's name in front makes no difference. */
function regionIn(name: string): string | undefined {
  const internal = /(?:^|\.)([a-z0-9-]+)\.compute\.internal$/.exec(name)?.[1];
  if (internal !== undefined) return internal;
  // A pattern such as `*.eu-west-1.amazonaws.com` stands for the names of all services there.
  const host = parseAwsHost(name) ?? undefined;
  if (host?.region !== undefined) return host.region;
  return parseAwsHost(`x.${name}`)?.region;
}

function ownZones(topology: Topology, vpc: Vpc): string[] {
  const { reader, input } = topology;
  const names: string[] = [];
  for (const zone of reader.ofType("aws_route53_zone")) {
    const name = text(attribute(zone, "name"));
    if (name === undefined) continue;
    const homes = items(zone, "vpc.vpc_id").map(({ value }) => value);
    const beside = input.context
      .referring("aws_route53_zone_association", "zone_id", zone)
      .map((association) => attribute(association, "vpc_id"));
    const all = [...homes, ...beside];
    if (all.length === 0 || all.some((value) => topology.vpcs.denoted(value) === vpc)) names.push(normal(name));
  }
  for (const namespace of reader.ofType("aws_service_discovery_private_dns_namespace")) {
    const name = text(attribute(namespace, "name"));
    if (name !== undefined && topology.vpcs.denoted(attribute(namespace, "vpc")) === vpc) names.push(normal(name));
  }
  return names;
}
