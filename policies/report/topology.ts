/**
 * What a drawing of the estate shows: places hold stacks, stacks hold VPCs, VPCs hold subnets, and in them stands what
 * keeps, moves or carries data. The rest (rules, policies, settings) is told in the tables.
 */
import { modelKey, type Resource } from "../configuration/resource";
import { leaves } from "../configuration/value";
import { countryName } from "../geography/countries";
import type { Place } from "../geography/place";
import type { Proof } from "../prover/prove";
import { entryFor } from "../services";

export type GroupKind = "place" | "stack" | "vpc" | "subnet" | "outside";

export interface Group {
  readonly id: number;
  readonly kind: GroupKind;
  readonly name: string;
  readonly note?: string;
  readonly parent?: number;
}

export interface Node {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly parent: number;
  /** How many resources it stands for. */
  readonly count: number;
  readonly escaping?: true;
}

export interface Link {
  readonly from: number;
  readonly to: number;
  readonly kind: "flow" | "network";
  readonly label: string;
}

export interface Topology {
  readonly groups: readonly Group[];
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
  /** The group or node that stands for an address (with its stack, `stack\u0000address`), or for a place outside. */
  readonly at: Readonly<Record<string, number>>;
}

/** More than so many of one type in one group are drawn as one. */
const MOST_ALIKE = 5;

/** Settings of other things, too many and too small to be drawn one by one. */
const DETAIL =
  /_(association|propagation|accepter|entry|rule|route|route_table|policy|permission|item|object|listener|target_group|target_group_attachment|prefix_list|eip|configuration|notification|versioning|alias)$|^aws_(eip|route|kms_|iam_|.*_alarm$|volume_attachment)/;

const isGroup = (resource: Resource): boolean => GROUP_TYPES.test(resource.type);
const GROUP_TYPES = /^aws_(default_)?(vpc|subnet)$/;
const isVpc = (resource: Resource): boolean => /^aws_(default_)?vpc$/.test(resource.type);

export function topologyOf(proof: Proof): Topology {
  return new Builder(proof).build();
}

const key = (resource: Resource): string => `${resource.stack}\u0000${resource.address}`;

class Builder {
  private readonly groups: Group[] = [];
  private readonly nodes: Node[] = [];
  private readonly at: Record<string, number> = {};
  private readonly groupIds = new Map<string, number>();
  private readonly named = new Map<Resource, readonly Resource[]>();
  private readonly onPath = new Set<Resource>();
  private readonly escaping: ReadonlySet<Resource>;
  private readonly manyStacks: boolean;
  private next = 0;

  constructor(private readonly proof: Proof) {
    const { resources } = proof.configuration;
    this.manyStacks = new Set(resources.map((one) => one.stack)).size > 1;
    this.escaping = new Set(proof.escapes.map((escape) => escape.resource));
    const byKey = new Map(resources.map((one) => [key(one), one]));
    for (const escape of proof.escapes) {
      this.onPath.add(escape.resource);
      for (const step of escape.path) {
        this.onPath.add(step.by);
        for (const name of [step.from, step.to]) {
          const named = byKey.get(`${step.by.stack}\u0000${name}`);
          if (named) this.onPath.add(named);
        }
      }
    }
  }

  build(): Topology {
    const resources = this.proof.configuration.resources
      .filter((one) => one.mode === "managed")
      .sort((a, b) => (key(a) < key(b) ? -1 : 1));
    for (const resource of resources) if (isGroup(resource)) this.groupOf(resource);
    this.drawAll(resources.filter((one) => !isGroup(one) && this.isDrawn(one)));
    for (const resource of resources) {
      const id = key(resource);
      this.at[id] ??= this.parentOf(resource);
    }
    this.drawOutside();
    return { groups: this.inhabited(), nodes: this.nodes, links: this.links(resources), at: this.at };
  }

  /** The groups in which something is drawn, and networks, which are something themselves. */
  private inhabited(): Group[] {
    const kept = new Set<number>();
    const keep = (id: number | undefined) => {
      for (let at = id; at !== undefined && !kept.has(at); at = this.groups.find((one) => one.id === at)?.parent)
        kept.add(at);
    };
    for (const node of this.nodes) keep(node.parent);
    for (const group of this.groups) if (group.kind === "vpc" || group.kind === "subnet") keep(group.id);
    return this.groups.filter((group) => kept.has(group.id));
  }

  private isDrawn(resource: Resource): boolean {
    if (this.onPath.has(resource)) return true;
    const kind = entryFor(modelKey(resource))?.kind;
    return (kind === "holds" || kind === "moves" || kind === "carries") && !DETAIL.test(resource.type);
  }

  private group(id: string, kind: GroupKind, name: string, parent?: number, note?: string): number {
    const known = this.groupIds.get(id);
    if (known !== undefined) return known;
    const group: Group = {
      id: this.next++,
      kind,
      name,
      ...(note === undefined ? {} : { note }),
      ...(parent === undefined ? {} : { parent }),
    };
    this.groups.push(group);
    this.groupIds.set(id, group.id);
    return group.id;
  }

  /** The group that a VPC or subnet is. */
  private groupOf(resource: Resource): number {
    const id = key(resource);
    if (Object.hasOwn(this.at, id)) return this.at[id];
    const vpc = isVpc(resource) ? undefined : this.references(resource).find(isVpc);
    const parent = vpc ? this.groupOf(vpc) : this.homeOf(resource);
    const place = this.placeOf(resource);
    const elsewhere = vpc && place && place.id !== this.placeOf(vpc)?.id ? countries(place) : undefined;
    const group = this.group(id, isVpc(resource) ? "vpc" : "subnet", nameOf(resource), parent, elsewhere);
    this.at[id] = group;
    return group;
  }

  private placeOf(resource: Resource): Place | undefined {
    return this.proof.placements.of.get(resource)?.[0]?.place;
  }

  /** Place and stack. */
  private homeOf(resource: Resource): number {
    const standings = this.proof.placements.of.get(resource) ?? [];
    // Zones of a region are drawn within it; what stands elsewhere (an Outpost, a Local Zone) is a place of its own.
    const region = standings[standings.length - 1]?.place;
    const narrow = standings[0]?.place;
    const place = narrow && region && String(narrow.countries) !== String(region.countries) ? narrow : region;
    const name = place ? place.id : "global services";
    const home = this.group(`place ${name}`, "place", name, undefined, place ? countries(place) : undefined);
    return this.manyStacks ? this.group(`stack ${name} ${resource.stack}`, "stack", resource.stack, home) : home;
  }

  /** The narrowest group that holds everything of a resource. */
  private parentOf(resource: Resource): number {
    const subnets = new Set<Resource>();
    const vpcs = new Set<Resource>();
    const note = (one: Resource) => {
      if (isVpc(one)) vpcs.add(one);
      else if (isGroup(one)) subnets.add(one);
    };
    for (const one of this.references(resource)) {
      note(one);
      if (/(subnet_group|route_table|network_interface)$/.test(one.type))
        for (const inner of this.references(one)) note(inner);
    }
    const groups = new Set([...subnets].map((one) => this.groupOf(one)));
    if (groups.size === 1) return [...groups][0];
    for (const one of subnets) for (const vpc of this.references(one)) if (isVpc(vpc)) vpcs.add(vpc);
    const homes = new Set([...vpcs].map((one) => this.groupOf(one)));
    return homes.size === 1 ? [...homes][0] : this.homeOf(resource);
  }

  /** The resources that a resource's arguments name. */
  private references(resource: Resource): readonly Resource[] {
    let found = this.named.get(resource);
    if (!found) {
      const all = new Set<Resource>();
      for (const { value } of leaves(resource.values)) {
        for (const one of this.proof.context.denoted(value))
          if (one !== resource && one.mode === "managed") all.add(one);
      }
      found = [...all];
      this.named.set(resource, found);
    }
    return found;
  }

  /** Each resource a node, unless there are many alike in one group. */
  private drawAll(resources: readonly Resource[]): void {
    const alike = new Map<string, Resource[]>();
    for (const resource of resources) {
      const one = this.onPath.has(resource) ? key(resource) : `${this.parentOf(resource)} ${resource.type}`;
      const list = alike.get(one);
      if (list) list.push(resource);
      else alike.set(one, [resource]);
    }
    for (const list of alike.values()) {
      if (list.length > MOST_ALIKE) this.draw(list, `${list.length} × ${list[0].type}`);
      else for (const resource of list) this.draw([resource], nameOf(resource));
    }
  }

  private draw(resources: readonly Resource[], name: string): void {
    const [first] = resources;
    const node: Node = {
      id: this.next++,
      name,
      type: first.type,
      kind: entryFor(modelKey(first))?.kind ?? "unmodelled",
      parent: this.parentOf(first),
      count: resources.length,
      ...(resources.some((one) => this.escaping.has(one)) ? { escaping: true } : {}),
    };
    this.nodes.push(node);
    for (const resource of resources) this.at[key(resource)] = node.id;
  }

  private drawOutside(): void {
    const places = new Map(this.proof.escapes.map((escape) => [escape.place.id, escape.place]));
    if (places.size === 0) return;
    const parent = this.group("outside", "outside", `outside ${this.proof.world.boundary.name}`);
    for (const [id, place] of [...places].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const node = this.next++;
      this.nodes.push({ id: node, name: id, type: countries(place) ?? "anywhere", kind: "outside", parent, count: 1 });
      this.at[`\u0000${id}`] = node;
    }
  }

  /** Flows of data, and the wiring of networks: attachments, and what routes of a VPC lead to. */
  private links(resources: readonly Resource[]): Link[] {
    const found = new Map<string, Link>();
    const add = (from: number | undefined, to: number | undefined, kind: Link["kind"], label: string) => {
      if (from !== undefined && to !== undefined && from !== to) {
        found.set(`${from} ${to} ${kind} ${label}`, { from, to, kind, label });
      }
    };
    for (const { from, to, channel } of this.proof.flows) {
      if (to.kind === "resource") add(this.at[key(from)], this.at[key(to.resource)], "flow", channel);
    }
    for (const { resource, channel, place } of this.proof.escapes) {
      add(this.at[key(resource)], this.at[`\u0000${place.id}`], "flow", channel);
    }
    const drawn = new Set(this.nodes.map((node) => node.id));
    for (const resource of resources) {
      const routes = /^aws_(default_)?route(_table)?$/.test(resource.type);
      if (
        !routes &&
        !/^aws_(ec2_transit_gateway_(vpc|peering)_attachment|vpc_peering_connection|vpn_|dx_|nat_gateway|internet_gateway|egress_only)/.test(
          resource.type,
        )
      )
        continue;
      const start = routes ? this.networkOf(resource) : this.at[key(resource)];
      for (const one of this.references(resource)) {
        const end = this.at[key(one)];
        if (drawn.has(end) || isVpc(one)) add(start, end, "network", routes ? "route" : "attached");
      }
    }
    return [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to || (a.label < b.label ? -1 : 1));
  }

  /** The VPC whose packets a route or route table is for. */
  private networkOf(resource: Resource): number | undefined {
    const references = this.references(resource);
    const table = references.find((one) => /^aws_(default_)?route_table$/.test(one.type));
    const vpc = (table ? this.references(table) : references).find(isVpc);
    return vpc && this.at[key(vpc)];
  }
}

const countries = (place: Place): string | undefined =>
  place.countries && place.countries.length > 0 && place.countries.length < 4
    ? place.countries.map(countryName).join(", ")
    : undefined;

/** As its author calls it: the construct path where there is one, else the address without its type. */
function nameOf(resource: Resource): string {
  const construct = resource.source?.construct;
  if (construct !== undefined) return construct.slice(construct.indexOf("/") + 1);
  const name = resource.address.slice(resource.address.indexOf(resource.type) + resource.type.length + 1);
  return name === "" ? resource.address : name;
}
