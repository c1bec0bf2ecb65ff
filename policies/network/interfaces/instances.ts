/**
 * The interfaces of instances, of fleets and groups of them, and of network interfaces that stand for themselves.
 *
 * Public IPv4: as the interface says, else as the subnet does; elastic IP addresses come from `aws_eip` and
 * `aws_eip_association` (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html).
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isList, type Value } from "../../configuration/value";
import { type Extents, joinedBoth } from "../reading/blocks";
import { combine, ipv6In, type Launch, Launches, placedIn } from "../reading/launches";
import { blocks as blocksOf, both, either, items, type Tri, truth } from "../reading/read";
import type { Subnet } from "../reading/vpcs";
import { type Because, type Placer, subnetMaps } from "./interfaces";

interface Launching {
  readonly template: string;
  readonly subnets: string;
  /** Absent: the service puts a group of its own on each interface. */
  readonly groups?: string;
}

/**
 * Services that launch instances from templates of the owner's, in subnets that they are told themselves ("Use Amazon EC2
 * launch templates with AWS Batch" in its user guide, "Customize managed nodes with launch templates" in that of Amazon
 * EKS, "Create a game server group" in the FleetIQ guide). None says that an address given there does not count.
 */
const LAUNCHING: Readonly<Record<string, Launching>> = {
  aws_batch_compute_environment: {
    template: "compute_resources.launch_template",
    subnets: "compute_resources.subnets",
    groups: "compute_resources.security_group_ids",
  },
  aws_eks_node_group: { template: "launch_template", subnets: "subnet_ids" },
  aws_gamelift_game_server_group: { template: "launch_template", subnets: "vpc_subnets" },
};

export class Instances {
  private elastic?: Map<Resource, Because>;
  private readonly launches: Launches;

  constructor(private readonly placer: Placer) {
    this.launches = new Launches(placer.reader, placer.blocks);
  }

  addAll(): void {
    const { reader } = this.placer;
    for (const instance of reader.ofType("aws_instance", "aws_spot_instance_request")) this.instance(instance);
    for (const card of reader.ofType("aws_network_interface")) this.networkInterface(card);
    for (const group of reader.ofType("aws_autoscaling_group")) this.autoscalingGroup(group);
    for (const fleet of reader.ofType("aws_ec2_fleet")) this.fleet(fleet, "launch_template_config");
    for (const fleet of reader.ofType("aws_spot_fleet_request")) this.spotFleet(fleet);
    for (const type of Object.keys(LAUNCHING)) {
      for (const resource of reader.ofType(type)) this.ofService(resource, LAUNCHING[type]);
    }
  }

  /** What a launch template adds to the interfaces that the service's model gives: a public address, other groups. */
  private ofService(resource: Resource, { template, subnets, groups }: Launching): void {
    const placed = items(resource, subnets).map((item) => ({ ...item, by: resource }));
    const own = groups === undefined ? [] : items(resource, groups).map(({ value }) => value);
    for (const launch of this.launches.templates(resource, template)) {
      const given = launch.groups.length > 0 ? launch.groups : own;
      const unfiltered = given.length === 0 && groups === undefined;
      this.add({ ...placedIn(launch, placed), resource, groups: given, ...(unfiltered && { unfiltered }) });
    }
  }

  private instance(resource: Resource): void {
    // An instance that is given a network interface has that one's addresses, groups and subnet.
    if (
      items(resource, "network_interface.network_interface_id").length +
        items(resource, "primary_network_interface.network_interface_id").length >
      0
    )
      return;
    const templates = this.launches.templates(resource, "launch_template");
    const template = templates.find((one) => one.primary !== false);
    const own = this.launches.of(resource, resource, resource.values, "");
    const launch = template ? combine(own, template) : own;
    this.add(launch);
    for (const further of templates.filter((one) => one.primary === false)) this.add(placedIn(further, launch.subnets));
  }

  private networkInterface(resource: Resource): void {
    const launch: Launch = {
      resource: this.holderOf(resource),
      subnets: items(resource, "subnet_id").map((item) => ({ ...item, by: resource })),
      groups: items(resource, "security_groups").map(({ value }) => value),
      publicIp: { by: resource, at: "subnet_id", value: false },
      ipv6: ipv6In(resource.values),
      sourceDestCheck: attribute(resource, "source_dest_check"),
      addresses: this.addressesOf(resource),
      anchors: [resource, this.holderOf(resource)],
    };
    this.add(launch);
  }

  /** The instance that a network interface belongs to, else the interface itself. */
  private holderOf(card: Resource): Resource {
    const { context } = this.placer.reader.input;
    const [given] = [
      ...context.referring("aws_instance", "network_interface.network_interface_id", card),
      ...context.referring("aws_instance", "primary_network_interface.network_interface_id", card),
    ];
    if (given) return given;
    for (const attachment of context.referring("aws_network_interface_attachment", "network_interface_id", card)) {
      const [instance] = this.placer.reader.named(attribute(attachment, "instance_id")).resources;
      if (instance?.mode === "managed") return instance;
    }
    for (const { value } of items(card, "attachment.instance")) {
      const [instance] = this.placer.reader.named(value).resources;
      if (instance?.mode === "managed") return instance;
    }
    return card;
  }

  private addressesOf(card: Resource): Extents | undefined {
    const values = ["private_ip", "private_ips", "private_ip_list", "ipv6_addresses", "ipv6_address_list"].flatMap(
      (name) => items(card, name),
    );
    const known = values.filter(({ value }) => typeof value === "string" || isList(value));
    if (known.length === 0 || known.length !== values.length) return undefined;
    return joinedBoth(known.map(({ value }) => this.placer.blocks.read(value, "both")));
  }

  private autoscalingGroup(resource: Resource): void {
    const subnets = items(resource, "vpc_zone_identifier").map((item) => ({ ...item, by: resource }));
    const templates = [
      ...this.launches.templates(resource, "launch_template"),
      ...this.launches.templates(resource, "mixed_instances_policy.launch_template.launch_template_specification"),
      ...this.launches.templates(
        resource,
        "mixed_instances_policy.launch_template.override.launch_template_specification",
      ),
      ...this.launches.configurations(resource),
    ];
    for (const template of templates) this.add({ ...placedIn(template, subnets), resource });
    if (templates.length === 0 && subnets.length > 0) {
      this.add({
        resource,
        subnets,
        groups: [],
        ipv6: "no",
        sourceDestCheck: null,
        anchors: [resource],
        unless: "the launch template is not in this configuration",
      });
    }
  }

  private fleet(resource: Resource, config: string): void {
    const overrides = items(resource, `${config}.override.subnet_id`).concat(
      items(resource, `${config}.overrides.subnet_id`),
    );
    const subnets = overrides.map((item) => ({ ...item, by: resource }));
    for (const template of this.launches.templates(resource, `${config}.launch_template_specification`)) {
      this.add({ ...placedIn(template, subnets), resource });
    }
  }

  private spotFleet(resource: Resource): void {
    this.fleet(resource, "launch_template_config");
    for (const { values, at } of blocksOf(resource, "launch_specification").known) {
      this.add(this.launches.of(resource, resource, values, `${at}.`));
    }
  }

  private add(launch: Launch): void {
    const { placer } = this;
    if (launch.subnets.length === 0) {
      const vpc = placer.vpcs.defaultOf(launch.resource);
      for (const subnet of placer.vpcs.defaultSubnets(vpc)) {
        const why = `${launch.resource.address} names no subnet, so it is in ${vpc.name}`;
        this.push(launch, subnet, "yes", { by: launch.resource, attribute: "subnet_id", why });
      }
      return;
    }
    for (const { value, at, by, unless } of launch.subnets) {
      const placement = placer.place(value);
      if (placement.unseen !== undefined) placer.unseen(by, at, value, placement.unseen);
      for (const { subnet, certain } of placement.subnets) {
        const why = `${launch.resource.address} has an interface in ${subnet.name}`;
        const there = certain && unless === undefined ? "yes" : "maybe";
        this.push(launch, subnet, there, { by, attribute: at, why }, unless ?? placement.unless);
      }
    }
  }

  private push(launch: Launch, subnet: Subnet, exists: Tri, placed: Because, unless?: string): void {
    const { resource } = launch;
    const elastic = launch.anchors.map((anchor) => this.elasticIps().get(anchor)).find((one) => one !== undefined);
    const fromAttribute = launch.publicIp === undefined ? subnet.mapsPublicIpv4 : truth(launch.publicIp.value, false);
    const because: Because | undefined = launch.publicIp
      ? {
          by: launch.publicIp.by,
          attribute: launch.publicIp.at,
          why: `${launch.publicIp.at} gives ${resource.address} a public address`,
        }
      : subnetMaps(resource, subnet);
    const unknown = launch.unless ?? unless;
    this.placer.inventory.interfaces.push({
      resource,
      subnet,
      placed,
      exists,
      unless: unknown,
      groups: launch.unfiltered
        ? undefined
        : launch.unless !== undefined && launch.groups.length === 0
          ? [openForUnknown(launch.unless)]
          : this.placer.groupsOf(resource, launch.groups, subnet),
      publicIpv4: elastic
        ? "yes"
        : launch.unless !== undefined && launch.publicIp === undefined
          ? either(fromAttribute, "maybe")
          : fromAttribute,
      publicBecause: elastic ?? because,
      ipv6: both(subnet.hasIpv6, either(subnet.assignsIpv6, launch.ipv6)),
      addresses: launch.addresses,
      initiates: true,
      forwards: forwards(launch.sourceDestCheck),
      anchors: launch.anchors,
    });
  }

  /** The interfaces and instances that have an elastic IP address. */
  private elasticIps(): Map<Resource, Because> {
    if (this.elastic) return this.elastic;
    const { reader } = this.placer;
    const map = new Map<Resource, Because>();
    const note = (by: Resource, name: string) => {
      for (const target of reader.named(attribute(by, name)).resources) {
        if (!map.has(target))
          map.set(target, { by, attribute: name, why: `${by.address} gives ${target.address} a public address` });
      }
    };
    for (const eip of reader.ofType("aws_eip"))
      if (!isCustomerOwned(eip)) for (const name of ["instance", "network_interface"]) note(eip, name);
    for (const association of reader.ofType("aws_eip_association")) {
      const given = reader.named(attribute(association, "allocation_id"), new Set(["aws_eip"]));
      if (given.certain && given.resources.length === 1 && isCustomerOwned(given.resources[0])) continue;
      for (const name of ["instance_id", "network_interface_id"]) note(association, name);
    }
    this.elastic = map;
    return map;
  }
}

/**
 * An address of the site beside an Outpost: the local gateway knows it, no internet gateway does
 * (https://docs.aws.amazon.com/outposts/latest/userguide/routing.html, "Customer-owned IP addresses").
 */
const isCustomerOwned = (eip: Resource): boolean => typeof attribute(eip, "customer_owned_ipv4_pool") === "string";

/** Source and destination are checked unless the attribute says no; then the instance may forward what isn't its own. */
const forwards = (check: Value): Tri => {
  const checked = truth(check, true);
  return checked === "yes" ? "no" : checked === "no" ? "yes" : "maybe";
};

const openForUnknown = (unless: string) => ({
  key: `unknown ${unless}`,
  name: "groups that are not known",
  egress: [],
  ingress: [],
  unless,
});
