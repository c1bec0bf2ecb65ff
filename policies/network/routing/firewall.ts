/**
 * Firewall endpoints as route targets: AWS Network Firewall and Gateway Load Balancer endpoints. Both hand the packet
 * on unchanged from the subnet of the endpoint, by that subnet's route table
 * (https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-high-level-steps.html,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { find, type Value } from "../../configuration/value";
import { passAll } from "../filters/filters";
import { FirewallPolicies } from "../filters/firewall-policy";
import { unknownAddresses } from "../reading/blocks";
import { items, type Named, text } from "../reading/read";
import type { Subnet, Vpc } from "../reading/vpcs";
import { placeBehind } from "./gateways";
import { leaveVpc, type RouteEnd, type Topology } from "./topology";

const TARGETS = new Set([
  "aws_networkfirewall_firewall",
  "aws_networkfirewall_vpc_endpoint_association",
  "aws_vpc_endpoint",
]);

export class Firewalls {
  readonly policies: FirewallPolicies;
  private endpoints?: Map<string, { firewall: Resource; subnet: Value }>;

  constructor(private readonly topology: Topology) {
    this.policies = new FirewallPolicies(topology.reader, topology.blocks, (firewall) => {
      const vpc = topology.vpcs.denoted(attribute(firewall, "vpc_id"));
      return vpc ? vpc.blocks : unknownAddresses(`the VPC of ${firewall.address} is not known`);
    });
  }

  /** What a route to a VPC endpoint leads to; undefined if the endpoint can't be seen. */
  ends(value: Value, vpc: Vpc): RouteEnd[] | undefined {
    const named: Named = this.topology.reader.named(value, TARGETS);
    const literal = named.literal === undefined ? undefined : this.literalEndpoints().get(named.literal);
    if (literal) return this.firewallEnds(literal.firewall, this.subnets(literal.subnet));
    const known = named.resources.filter((one) => one.mode === "managed");
    if (known.length === 0) return undefined;
    return known.flatMap((resource) => this.resourceEnds(resource, vpc));
  }

  private resourceEnds(resource: Resource, vpc: Vpc): RouteEnd[] {
    if (resource.type === "aws_networkfirewall_firewall") {
      return this.firewallEnds(
        resource,
        items(resource, "subnet_mapping.subnet_id").flatMap(({ value }) => this.subnets(value)),
      );
    }
    if (resource.type === "aws_networkfirewall_vpc_endpoint_association") {
      const firewall = this.topology.reader
        .named(attribute(resource, "firewall_arn"), new Set(["aws_networkfirewall_firewall"]))
        .resources.find((one) => one.mode === "managed");
      const subnets = items(resource, "subnet_mapping.subnet_id").flatMap(({ value }) => this.subnets(value));
      return firewall ? this.firewallEnds(firewall, subnets) : subnets.map((subnet) => this.passOn(resource, subnet));
    }
    return this.balancerEnds(resource, vpc);
  }

  private subnets(value: Value): Subnet[] {
    return this.topology.reader.named(value).resources.flatMap((one) => this.topology.vpcs.subnetOf(one) ?? []);
  }

  private firewallEnds(firewall: Resource, subnets: readonly Subnet[]): RouteEnd[] {
    return subnets.map((subnet) => {
      const { graph } = this.topology;
      const key = `firewall ${firewall.stack} ${firewall.address}`;
      const position = graph.position(`${key} in ${subnet.key}`, firewall.address);
      if (position.out.length === 0) {
        const [policy] = this.topology.reader.named(attribute(firewall, "firewall_policy_arn")).resources;
        graph.connect(position, this.topology.source(subnet), {
          passing: this.policies.passing(firewall),
          device: key,
          hops: [
            {
              by: policy?.mode === "managed" ? policy : firewall,
              attribute: policy?.mode === "managed" ? "firewall_policy" : "firewall_policy_arn",
              why: `${firewall.address} lets the packet pass by ${policy?.address ?? "its policy"}`,
            },
          ],
        });
      }
      return { to: position, enters: subnet };
    });
  }

  /** A Gateway Load Balancer endpoint: the appliances behind it may pass everything, and see everything. */
  private balancerEnds(endpoint: Resource, vpc: Vpc): RouteEnd[] {
    const subnets = items(endpoint, "subnet_ids").flatMap(({ value }) => this.subnets(value));
    const ends = subnets.map((subnet) => this.passOn(endpoint, subnet));
    const [service] = this.topology.reader.named(
      attribute(endpoint, "service_name"),
      new Set(["aws_vpc_endpoint_service"]),
    ).resources;
    if (service) return ends;
    const name = text(attribute(endpoint, "service_name")) ?? endpoint.address;
    const place = placeBehind(this.topology, name);
    if (this.topology.world.sideOf(place) === "inside") return ends;
    const { graph } = this.topology;
    const position = graph.position(`appliance ${endpoint.stack} ${endpoint.address}`, endpoint.address);
    if (position.out.length === 0) {
      const exit = graph.exit(`appliance ${endpoint.stack} ${endpoint.address}`, `the appliances of ${name}`, {
        channel: "endpoint.gateway-load-balancer",
        to: { kind: "place", place },
        entry: this.topology.delivery(vpc),
        internet: false,
      });
      graph.connect(position, exit, {
        hops: [
          {
            by: endpoint,
            attribute: "service_name",
            why: `${endpoint.address} hands packets to the appliances of ${name}`,
          },
        ],
      });
    }
    return [
      ...ends,
      ...(subnets.length > 0
        ? subnets.map((subnet) => ({ to: position, enters: subnet, rewrite: leaveVpc }))
        : [{ to: position, rewrite: leaveVpc }]),
    ];
  }

  private passOn(endpoint: Resource, subnet: Subnet): RouteEnd {
    const { graph } = this.topology;
    const position = graph.position(
      `endpoint ${endpoint.stack} ${endpoint.address} in ${subnet.key}`,
      endpoint.address,
    );
    if (position.out.length === 0) {
      graph.connect(position, this.topology.source(subnet), {
        passing: passAll,
        hops: [
          { by: endpoint, attribute: "subnet_ids", why: `${endpoint.address} hands the packet on from ${subnet.name}` },
        ],
      });
    }
    return { to: position, enters: subnet };
  }

  /** Endpoint ids that plans and states know. */
  private literalEndpoints(): Map<string, { firewall: Resource; subnet: Value }> {
    if (!this.endpoints) {
      this.endpoints = new Map();
      for (const firewall of this.topology.reader.ofType("aws_networkfirewall_firewall")) {
        for (const { value, within } of find(firewall.values, "firewall_status.sync_states.attachment.endpoint_id")) {
          if (typeof value === "string") this.endpoints.set(value, { firewall, subnet: within.subnet_id ?? null });
        }
      }
    }
    return this.endpoints;
  }
}
