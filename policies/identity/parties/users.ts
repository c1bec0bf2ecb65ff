/** Who works in a VPC, and as what: those who can ask something through its endpoints. */
import type { Resource } from "../../configuration/resource";
import { find, isUnknown, leaves, type Value } from "../../configuration/value";
import type { RoomInput } from "../../flows/flow";

const LEADS_TO_ROLE = /^aws_(iam_instance_profile|ecs_task_definition|launch_template)$/;
const PROFILES = ["iam_instance_profile", "iam_instance_profile.name", "iam_instance_profile.arn"];

export class Users {
  private byVpc?: Map<Resource, Resource[]>;
  private readonly roles = new Map<Resource, readonly Resource[]>();

  constructor(private readonly input: RoomInput) {}

  /** Those in an endpoint's VPC that can start something; the endpoint stands for them where the VPC is not made here. */
  of(endpoint: Resource): readonly Resource[] {
    const vpcs = this.input.context.denoted(endpoint.values.vpc_id ?? null);
    if (vpcs.length === 0 || vpcs.some(({ mode }) => mode !== "managed")) return [endpoint];
    this.byVpc ??= this.index();
    const all = new Set(vpcs.flatMap((vpc) => this.byVpc?.get(vpc) ?? []));
    return vpcs.length === 1 ? [...all] : this.input.resources.filter((resource) => all.has(resource));
  }

  /** In the order of the configuration. */
  private index(): Map<Resource, Resource[]> {
    const { resources } = this.input;
    const index = new Map<Resource, Resource[]>();
    for (const resource of resources) {
      for (const vpc of this.vpcsOf(resource)) {
        const users = index.get(vpc);
        if (users) users.push(resource);
        else index.set(vpc, [resource]);
      }
    }
    return index;
  }

  /** The VPCs in which something that can start a connection stands. */
  private vpcsOf(resource: Resource): ReadonlySet<Resource> {
    const { context, entryOf } = this.input;
    const vpcs = new Set<Resource>();
    const entry = resource.mode === "managed" ? entryOf(resource) : undefined;
    if (entry?.kind !== "moves" && entry?.kind !== "holds") return vpcs;
    const add = (value: Value): void => {
      if (!isUnknown(value) && typeof value !== "string") return;
      for (const subnet of context.denoted(value)) {
        if (subnet.type !== "aws_subnet") continue;
        for (const vpc of context.denoted(subnet.values.vpc_id ?? null)) vpcs.add(vpc);
      }
    };
    if (entry.interfaces) {
      for (const rule of entry.interfaces) {
        if (rule.initiates) for (const { value } of find(resource.values, rule.subnets)) add(value);
      }
    } else for (const { value } of leaves(resource.values)) add(value);
    return vpcs;
  }

  /** Roles that a resource works with: those that it names, or that what it names does. */
  rolesOf(resource: Resource): readonly Resource[] {
    let roles = this.roles.get(resource);
    if (!roles) {
      roles = this.readRoles(resource, 0);
      this.roles.set(resource, roles);
    }
    return roles;
  }

  private readRoles(resource: Resource, depth: number): Resource[] {
    const { context } = this.input;
    const found = new Set<Resource>();
    const follow = (one: Resource): void => {
      if (one.type === "aws_iam_role") found.add(one);
      else if (depth < 2 && LEADS_TO_ROLE.test(one.type))
        for (const role of this.readRoles(one, depth + 1)) found.add(role);
    };
    for (const { value } of leaves(resource.values)) {
      if (isUnknown(value) || typeof value === "string") for (const one of context.denoted(value)) follow(one);
    }
    // Profiles and roles may be given by their names.
    for (const profile of context.ofType("aws_iam_instance_profile")) {
      if (PROFILES.some((path) => context.referring(resource.type, path, profile).includes(resource))) follow(profile);
    }
    for (const role of context.ofType("aws_iam_role")) {
      if (context.referring(resource.type, "role", role).includes(resource)) follow(role);
    }
    return [...found];
  }
}
