/** Puts the parts together: reads the configuration, lays out the graph, and finds the ways out of every interface. */
import type { Resource, Undecided } from "../configuration/resource";
import { attribute } from "../configuration/resource";
import type { Flow, RoomInput, RoomResult } from "../flows/flow";
import { internet } from "../geography/place";
import { addEndpoints } from "./endpoints/endpoints";
import { EndpointVisitors } from "./escapes/endpoint-visitors";
import { Escapes } from "./escapes/escapes";
import { Instances } from "./interfaces/instances";
import { type Inventory, Placer } from "./interfaces/interfaces";
import { LoadBalancers } from "./interfaces/load-balancers";
import { ServiceInterfaces } from "./interfaces/resolver-endpoints";
import { Dns } from "./names/dns";
import { text } from "./reading/read";
import type { Vpc } from "./reading/vpcs";
import { Appliances } from "./routing/appliances";
import { blockPublicAccess } from "./routing/block-public-access";
import { borderGroupFlows } from "./routing/border-groups";
import { addClientVpns } from "./routing/client-vpn";
import { Firewalls } from "./routing/firewall";
import { Gateways, isAttached, placeBehind } from "./routing/gateways";
import { addInstanceConnect } from "./routing/instance-connect";
import { NatGateways } from "./routing/nat";
import { openPeering, peeringEnds } from "./routing/peering";
import type { Route, RouteTable } from "./routing/route-tables";
import { siteLinkFlows } from "./routing/sitelink";
import { leaveVpc, type RouteEnd, Topology } from "./routing/topology";
import { PrivateGateways } from "./routing/vpn";
import { CoreNetworks } from "./transit/core-network";
import { addMulticast } from "./transit/multicast";
import { TransitGateways } from "./transit/transit-gateway";

export class Estate {
  readonly topology: Topology;
  readonly inventory: Inventory = { interfaces: [], services: [], undecided: [] };
  readonly visitors: EndpointVisitors;
  private readonly gateways: Gateways;
  private readonly nats: NatGateways;
  private readonly transit: TransitGateways;
  private readonly privates: PrivateGateways;
  private readonly cores: CoreNetworks;
  private readonly firewalls: Firewalls;
  private readonly appliances: Appliances;
  private readonly resolved = new Map<Route, readonly RouteEnd[]>();

  constructor(private readonly input: RoomInput) {
    this.topology = new Topology(input, (route, table) => this.resolve(route, table));
    this.gateways = new Gateways(this.topology, blockPublicAccess(this.topology));
    this.nats = new NatGateways(this.topology, this.gateways);
    this.privates = new PrivateGateways(this.topology);
    this.cores = new CoreNetworks(this.topology, (table) => this.transit.table(table));
    this.firewalls = new Firewalls(this.topology);
    this.transit = new TransitGateways(this.topology, this.firewalls.policies, (table) => this.cores.joinedTo(table));
    this.appliances = new Appliances(this.topology);
    this.takeInventory();
    this.openEntries();
    this.visitors = new EndpointVisitors(this.topology, this.inventory.interfaces);
  }

  private takeInventory(): void {
    const { reader, blocks, vpcs, groups } = this.topology;
    const placer = new Placer(reader, blocks, vpcs, groups, this.inventory);
    new Instances(placer).addAll();
    new LoadBalancers(placer).addAll();
    new ServiceInterfaces(placer).addAll();
    for (const resource of this.input.resources) {
      if (resource.mode !== "managed") continue;
      const entry = this.input.entryOf(resource);
      for (const rule of entry?.interfaces ?? []) placer.byRule(resource, rule);
      for (const one of entry?.described?.(resource) ?? []) placer.described(resource, one);
    }
    this.appliances.learn(this.inventory.interfaces);
  }

  flows(): RoomResult {
    const flows: Flow[] = [];
    const undecided: Undecided[] = [...this.inventory.undecided];
    flows.push(...new Escapes(this.topology, this.inventory.interfaces).flows());
    const dns = new Dns(this.topology);
    const asking = this.asking();
    for (const vpc of this.topology.vpcs.all) {
      const resource = asking.get(vpc);
      if (resource) flows.push(...dns.flows(vpc, resource));
    }
    flows.push(...borderGroupFlows(this.topology), ...siteLinkFlows(this.topology));
    for (const { resource, channel, attribute: at, why, unless } of this.inventory.services) {
      flows.push({
        from: resource,
        channel,
        to: { kind: "place", place: internet },
        steps: [{ from: resource.address, to: internet.id, by: resource, attribute: at, why }],
        ...(unless === undefined ? {} : { unless }),
      });
    }
    return { flows, undecided };
  }

  /**
   * Lays out all gateways, connections and endpoints, those too that no route leads to: requests come in by them, whatever
   * way the answers take.
   */
  private openEntries(): void {
    const { reader, vpcs } = this.topology;
    const attached = (gateway: Resource, attachment: string, name: string): Vpc[] => {
      const beside = this.input.context.referring(attachment, name, gateway).map((one) => attribute(one, "vpc_id"));
      return [attribute(gateway, "vpc_id"), ...beside].flatMap((value) => vpcs.denoted(value) ?? []);
    };
    for (const gateway of reader.ofType("aws_internet_gateway")) {
      for (const vpc of attached(gateway, "aws_internet_gateway_attachment", "internet_gateway_id")) {
        this.gateways.internetGateway(vpc, gateway, gateway.address);
      }
    }
    for (const gateway of reader.ofType("aws_vpn_gateway")) {
      for (const vpc of attached(gateway, "aws_vpn_gateway_attachment", "vpn_gateway_id"))
        this.privates.end(gateway, vpc);
    }
    for (const connection of reader.ofType("aws_vpc_peering_connection")) openPeering(this.topology, connection);
    this.transit.open();
    this.cores.open();
    addClientVpns(this.topology);
    addInstanceConnect(this.topology);
    addEndpoints(this.topology);
    addMulticast(this.topology);
  }

  /** For each VPC the first resource in it that can start what it likes. */
  private asking(): Map<Vpc, Resource> {
    const asking = new Map<Vpc, Resource>();
    for (const { initiates, resource, subnet, only } of this.inventory.interfaces) {
      const known = asking.get(subnet.vpc);
      if (initiates && !only && (!known || resource.address < known.address)) asking.set(subnet.vpc, resource);
    }
    return asking;
  }

  private resolve(route: Route, table: RouteTable): readonly RouteEnd[] {
    let ends = this.resolved.get(route);
    if (!ends) {
      // A route that leads back here while it is being resolved must not resolve itself anew.
      this.resolved.set(route, []);
      ends = this.endsOf(route, table);
      this.resolved.set(route, ends);
    }
    return ends;
  }

  private endsOf(route: Route, table: RouteTable): readonly RouteEnd[] {
    const { target } = route;
    const { reader } = this.topology;
    const vpc = table.vpc;
    const named = reader.named(target.value);
    const [resource] = named.resources;
    const unseen = (why: string) => [this.gateways.unseen(route.by, route.attribute, vpc, why)];
    if (named.unknown !== undefined && named.resources.length === 0) return unseen(named.unknown);
    switch (target.kind) {
      case "default-internet-gateway":
        return [{ to: this.gateways.internetGateway(vpc, undefined, `the internet gateway of ${vpc.name}`) }];
      case "gateway-endpoint":
        return [];
      case "unseen":
        return unseen("the route is not known");
      case "gateway_id":
        return this.gatewayEnds(route, table);
      case "propagated":
        if (resource?.type === "aws_vpn_gateway" && resource.mode === "managed")
          return [this.privates.end(resource, vpc)];
        return [this.siteEnd("vpn", route, table, named.literal ?? resource?.address ?? "a gateway that is not known")];
      case "egress_only_gateway_id":
        return [
          {
            to: this.gateways.egressOnly(
              vpc,
              resource?.mode === "managed" ? resource : undefined,
              named.literal ?? resource?.address ?? "an egress-only gateway",
            ),
          },
        ];
      case "carrier_gateway_id":
        return [this.carrier(route, table, named.literal ?? resource?.address ?? "a carrier gateway")];
      case "local_gateway_id":
        return [
          this.siteEnd(
            "outposts.local-gateway",
            route,
            table,
            named.literal ?? (resource && text(attribute(resource, "id"))) ?? resource?.address ?? "a local gateway",
          ),
        ];
      case "nat_gateway_id":
        if (resource?.mode === "managed") return named.resources.map((one) => this.nats.end(one));
        return unseen(`nothing is known of the NAT gateway ${named.literal ?? resource?.address ?? named.unknown}`);
      case "transit_gateway_id":
        return this.transit.ends(target.value, vpc, route.by);
      case "core_network_arn":
        return (
          this.cores.ends(target.value, vpc) ?? [
            this.siteEnd("cloud-wan", route, table, named.literal ?? resource?.address ?? "a core network"),
          ]
        );
      case "vpc_peering_connection_id":
        return peeringEnds(this.topology, route, table);
      case "vpc_endpoint_id":
        return (
          this.firewalls.ends(target.value, vpc) ??
          unseen(`nothing is known of the endpoint ${named.literal ?? resource?.address ?? named.unknown}`)
        );
      case "network_interface_id":
      case "instance_id": {
        const ends = named.resources.flatMap((one) => this.appliances.ends(one));
        return ends.length > 0
          ? ends
          : unseen(`nothing is known of the interface ${named.literal ?? resource?.address ?? named.unknown}`);
      }
      case "route-server":
        return this.routeServerEnds(resource) ?? unseen("what the route server learns its peers to be is not known");
      default:
        return unseen(`routes by ${target.kind} can't be followed`);
    }
  }

  /** Routes that a route server learns lead to its peers: appliances in the VPC. Undefined if one of them can't be seen. */
  private routeServerEnds(server: Resource | undefined): readonly RouteEnd[] | undefined {
    if (!server) return undefined;
    const { context } = this.input;
    const { reader } = this.topology;
    const ends: RouteEnd[] = [];
    for (const endpoint of context.referring("aws_vpc_route_server_endpoint", "route_server_id", server)) {
      for (const peer of context.referring("aws_vpc_route_server_peer", "route_server_endpoint_id", endpoint)) {
        const address = attribute(peer, "peer_address");
        const found = [
          ...reader.named(address).resources.flatMap((one) => this.appliances.ends(one)),
          ...this.appliances.at(address),
        ];
        if (found.length === 0) return undefined;
        ends.push(...found);
      }
    }
    return ends;
  }

  private gatewayEnds(route: Route, table: RouteTable): readonly RouteEnd[] {
    const { reader } = this.topology;
    const named = reader.named(route.target.value);
    const [resource] = named.resources;
    const id = named.literal ?? (resource?.mode === "data" ? text(attribute(resource, "id")) : undefined);
    if (id === "local") return [{ to: this.topology.delivery(table.vpc) }];
    if (resource?.type === "aws_internet_gateway") {
      if (!isAttached(this.topology, resource)) return [];
      return [
        {
          to: this.gateways.internetGateway(
            table.vpc,
            resource.mode === "managed" ? resource : undefined,
            resource.address,
          ),
        },
      ];
    }
    if (resource?.type === "aws_internet_gateway_attachment" || id?.startsWith("igw-")) {
      return [{ to: this.gateways.internetGateway(table.vpc, undefined, id ?? resource.address) }];
    }
    if (resource?.type === "aws_vpn_gateway" && resource.mode === "managed")
      return [this.privates.end(resource, table.vpc)];
    if (resource?.type === "aws_vpn_gateway_attachment") {
      const [gateway] = reader.named(attribute(resource, "vpn_gateway_id")).resources;
      if (gateway?.mode === "managed") return [this.privates.end(gateway, table.vpc)];
    }
    if (resource?.type === "aws_egress_only_internet_gateway")
      return [{ to: this.gateways.egressOnly(table.vpc, resource, resource.address) }];
    if (resource?.type === "aws_nat_gateway" && resource.mode === "managed") return [this.nats.end(resource)];
    if (id?.startsWith("vgw-") || resource?.type === "aws_vpn_gateway")
      return [this.siteEnd("vpn", route, table, id ?? resource.address)];
    const endpoint = this.firewalls.ends(route.target.value, table.vpc);
    if (endpoint) return endpoint;
    return [
      this.gateways.unseen(
        route.by,
        route.attribute,
        table.vpc,
        `nothing is known of the gateway ${id ?? resource?.address ?? named.unknown}`,
      ),
    ];
  }

  private siteEnd(channel: string, route: Route, table: RouteTable, id: string): RouteEnd {
    const place = placeBehind(this.topology, id);
    const hop = route.by ? { by: route.by, why: `${id} leads to a network that AWS does not show` } : undefined;
    return { to: this.gateways.site(channel, id, id, place, table.vpc, hop), rewrite: leaveVpc };
  }

  private carrier(route: Route, table: RouteTable, id: string): RouteEnd {
    const hop = route.by ? { by: route.by, why: `${id} leads to the carrier's network and the internet` } : undefined;
    return this.gateways.carrier(table.vpc, id, hop);
  }
}
