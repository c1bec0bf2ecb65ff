/**
 * What instances are launched with: their own attributes, launch templates, launch configurations, specifications of
 * fleets (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html).
 */
import type { Resource } from "../../configuration/resource";
import { find, isList, isObject, isUnknown, type Value, type Values } from "../../configuration/value";
import { type Blocks, type Extents, joinedBoth } from "./blocks";
import { blocks as blocksOf, either, type Item, isComputed, items, type Reader, type Tri } from "./read";

/** What an instance is launched with, whatever it was written in. */
export interface Launch {
  readonly resource: Resource;
  /** Subnets, with where they are named. */
  readonly subnets: readonly (Item & { readonly by: Resource })[];
  readonly groups: readonly Value[];
  /** What says whether the interface gets a public address; absent: the subnet does. */
  readonly publicIp?: { readonly by: Resource; readonly at: string; readonly value: Value };
  readonly ipv6: Tri;
  readonly sourceDestCheck: Value;
  readonly addresses?: Extents;
  /** Why something about it can't be known. */
  readonly unless?: string;
  /** Elastic IP addresses hang on these. */
  readonly anchors: readonly Resource[];
  /** The service that launches it puts a group of its own on it, which lets everything out. */
  readonly unfiltered?: true;
  /** False for a further interface, whose subnet no group of instances chooses. */
  readonly primary?: boolean;
}

const LAUNCH_TEMPLATES = new Set(["aws_launch_template"]);
const LAUNCH_CONFIGURATIONS = new Set(["aws_launch_configuration"]);

export class Launches {
  constructor(
    private readonly reader: Reader,
    private readonly blocks: Blocks,
  ) {}

  /** The launch templates that the blocks at a path name, as launches. */
  templates(resource: Resource, path: string): Launch[] {
    return find(resource.values, path).flatMap(({ value }) => {
      if (!isObject(value)) return [];
      const names = ["id", "launch_template_id", "name", "launch_template_name"].map((name) =>
        Object.hasOwn(value, name) ? value[name] : null,
      );
      const name = names.find((one) => one !== null && !isComputed(one)) ?? null;
      const named = this.reader.named(name, LAUNCH_TEMPLATES);
      const templates = named.resources.filter((one) => one.mode === "managed");
      if (templates.length === 0)
        return [this.unseenLaunch(resource, `${path} names a launch template that is not in this configuration`)];
      return templates.flatMap((template) => this.templateLaunches(resource, template));
    });
  }

  /** The launch configurations that a group names, as launches. */
  configurations(resource: Resource): Launch[] {
    return items(resource, "launch_configuration").flatMap(({ value }) => {
      const named = this.reader.named(value, LAUNCH_CONFIGURATIONS);
      const known = named.resources.filter((one) => one.mode === "managed");
      if (known.length === 0)
        return [this.unseenLaunch(resource, "launch_configuration names one that is not in this configuration")];
      return known.map((configuration) => this.of(resource, configuration, configuration.values, ""));
    });
  }

  private unseenLaunch(resource: Resource, unless: string): Launch {
    return {
      resource,
      subnets: [],
      groups: [],
      publicIp: undefined,
      ipv6: "maybe",
      sourceDestCheck: null,
      anchors: [resource],
      unless,
    };
  }

  /** One launch for each network interface that a template describes, or one for all that it says of the only one. */
  private templateLaunches(resource: Resource, template: Resource): Launch[] {
    const plain = this.of(resource, template, template.values, "");
    const cards = blocksOf(template, "network_interfaces").known;
    if (cards.length === 0) return [plain];
    return cards.map(({ values, at, unless }, i) => {
      const card = this.of(resource, template, values, `${at}.`);
      const given = Object.hasOwn(values, "network_interface_id") && values.network_interface_id !== null;
      const doubt = given ? "the launch template names a network interface" : unless;
      return {
        ...card,
        groups: card.groups.length > 0 ? card.groups : plain.groups,
        primary: i === 0,
        ...(doubt === undefined ? {} : { unless: doubt }),
      };
    });
  }

  /** Reads attributes that instances, launch templates, launch configurations and specifications share. */
  of(resource: Resource, by: Resource, values: Values, prefix: string): Launch {
    const get = (name: string): Value => (Object.hasOwn(values, name) ? values[name] : null);
    const publicIp = get("associate_public_ip_address");
    const subnet = get("subnet_id");
    const addresses = [get("private_ip"), get("secondary_private_ips"), get("ipv6_addresses")].filter(
      (value) => value !== null && !isComputed(value),
    );
    return {
      resource,
      subnets: subnet === null || isComputed(subnet) ? [] : [{ value: subnet, at: `${prefix}subnet_id`, by }],
      groups: [...listOf(values, "vpc_security_group_ids"), ...listOf(values, "security_groups")],
      ...(publicIp === null || publicIp === "" || isComputed(publicIp)
        ? {}
        : { publicIp: { by, at: `${prefix}associate_public_ip_address`, value: publicIp } }),
      ipv6: ipv6In(values),
      sourceDestCheck: get("source_dest_check"),
      ...(get("private_ip") !== null && typeof get("private_ip") === "string"
        ? { addresses: joinedBoth(addresses.map((value) => this.blocks.read(value, "both"))) }
        : {}),
      anchors: [resource],
    };
  }
}

/** Whether an interface asks for IPv6 addresses itself. */
export function ipv6In(values: Values): Tri {
  let answer: Tri = "no";
  for (const name of [
    "ipv6_address_count",
    "ipv6_addresses",
    "ipv6_address_list",
    "ipv6_prefix_count",
    "ipv6_prefixes",
    "enable_primary_ipv6",
    "primary_ipv6",
  ]) {
    const value = Object.hasOwn(values, name) ? values[name] : null;
    if (
      value === null ||
      value === 0 ||
      value === false ||
      value === "false" ||
      value === "" ||
      isComputed(value) ||
      (isList(value) && value.length === 0)
    )
      continue;
    if (isUnknown(value)) answer = "maybe";
    else return "yes";
  }
  return answer;
}

const listOf = (values: Values, name: string): readonly Value[] => {
  const value = Object.hasOwn(values, name) ? values[name] : null;
  if (isList(value)) return value;
  return value === null || isComputed(value) ? [] : [value];
};

/** A launch in the subnets that a group or an instance chooses; a further interface may have one of its own. */
export const placedIn = (launch: Launch, subnets: Launch["subnets"]): Launch =>
  subnets.length === 0 || (launch.primary === false && launch.subnets.length > 0) ? launch : { ...launch, subnets };

/** What an instance says itself goes before what its launch template says. */
export const combine = (own: Launch, template: Launch): Launch => ({
  ...own,
  subnets: own.subnets.length > 0 ? own.subnets : template.subnets,
  groups: own.groups.length > 0 ? own.groups : template.groups,
  publicIp: own.publicIp ?? template.publicIp,
  ipv6: either(own.ipv6, template.ipv6),
  unless: template.unless,
});
