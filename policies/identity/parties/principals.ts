/** The owner's IAM principals, with every policy that the configuration puts on them in any of its ways. */
import type { Resource } from "../../configuration/resource";
import { find, isList, isObject, isUnknown, type Value } from "../../configuration/value";
import type { RoomInput } from "../../flows/flow";
import type { Term } from "../language/condition";
import { type Document, doubtful, readDocuments } from "../language/document";
import { managedPolicy } from "../language/managed-policies";
import { glob, matches } from "../language/patterns";
import { adrift, reasonFor } from "./adrift";
import type { Owner } from "./owner";

export interface Principal {
  readonly resource: Resource;
  readonly arn: string;
  readonly account: string;
  /** Identity-based policies; one of them must allow. */
  readonly documents: readonly Document[];
  /** Permission boundaries and the like: each must allow too. */
  readonly limits: readonly (readonly Document[])[];
  /** Values of condition keys that are fixed for it (in lower case). */
  readonly variables: ReadonlyMap<string, string>;
}

/** How policies come to one kind of principal: attribute of the attaching resource that names it. */
interface Ways {
  /** Types with a document of their own: type, attribute that names the principal. */
  readonly inline: readonly (readonly [type: string, principal: string])[];
  /** Types that name policies: type, attribute of the principal(s), attribute of the policy or policies. */
  readonly attached: readonly (readonly [type: string, principal: string, policy: string])[];
}

const WAYS: Readonly<Record<"role" | "user" | "group", Ways>> = {
  role: {
    inline: [["aws_iam_role_policy", "role"]],
    attached: [
      ["aws_iam_role_policy_attachment", "role", "policy_arn"],
      ["aws_iam_policy_attachment", "roles", "policy_arn"],
      ["aws_iam_role_policy_attachments_exclusive", "role_name", "policy_arns"],
    ],
  },
  user: {
    inline: [["aws_iam_user_policy", "user"]],
    attached: [
      ["aws_iam_user_policy_attachment", "user", "policy_arn"],
      ["aws_iam_policy_attachment", "users", "policy_arn"],
      ["aws_iam_user_policy_attachments_exclusive", "user_name", "policy_arns"],
    ],
  },
  group: {
    inline: [["aws_iam_group_policy", "group"]],
    attached: [
      ["aws_iam_group_policy_attachment", "group", "policy_arn"],
      ["aws_iam_policy_attachment", "groups", "policy_arn"],
      ["aws_iam_group_policy_attachments_exclusive", "group_name", "policy_arns"],
    ],
  },
};

/** Types that put users into groups, with the attributes that name the two. */
const MEMBERSHIPS = [
  ["aws_iam_user_group_membership", "user", "groups"],
  ["aws_iam_group_membership", "users", "group"],
] as const;

/** An action that is, or may be, `sts:TagSession`. */
const tagsSessions = ({ text, unsure }: Term): boolean =>
  unsure !== undefined || matches(glob(text, true), "sts:tagsession");

export class Principals {
  private readonly known = new Map<Resource, Principal>();

  constructor(
    private readonly input: RoomInput,
    private readonly owner: Owner,
  ) {}

  /** A role. */
  role(resource: Resource): Principal {
    return this.cached(resource, () => {
      const own = [
        ...find(resource.values, "inline_policy.policy").flatMap(({ value, at }) => this.read(value, resource, at)),
        ...find(resource.values, "managed_policy_arns").flatMap(({ value, at }) => this.policies(value, resource, at)),
        ...this.documentsOf(resource, WAYS.role),
      ];
      return this.make(resource, own, new Map());
    });
  }

  /** A user, with the policies of its groups. */
  user(resource: Resource): Principal {
    return this.cached(resource, () => {
      const documents = [...this.documentsOf(resource, WAYS.user), ...this.groupDocuments(resource)];
      const name = this.owner.names.attributeOf(resource, "name");
      return this.make(resource, documents, new Map([["aws:username", name]]));
    });
  }

  private cached(resource: Resource, make: () => Principal): Principal {
    const known = this.known.get(resource) ?? make();
    this.known.set(resource, known);
    return known;
  }

  private make(resource: Resource, documents: readonly Document[], variables: Map<string, string>): Principal {
    const boundary = resource.values.permissions_boundary ?? null;
    const limits =
      boundary === null || boundary === "" ? [] : [this.policies(boundary, resource, "permissions_boundary")];
    const { tags } = resource.values;
    if (isObject(tags ?? null) && !this.takesTags(resource)) {
      for (const [name, value] of Object.entries(tags as Record<string, Value>)) {
        if (typeof value === "string") variables.set(`aws:principaltag/${name.toLowerCase()}`, value);
      }
    }
    const { names } = this.owner;
    return { resource, arn: names.arnOf(resource), account: names.accountOf(resource), documents, limits, variables };
  }

  /** Whether sessions of a role may bring tags of their own, which then count instead of the role's. */
  private takesTags(resource: Resource): boolean {
    const trust = resource.values.assume_role_policy ?? null;
    return this.read(trust, resource, "assume_role_policy").some(
      (document) =>
        document.unknown !== undefined ||
        document.statements.some(({ actions }) => !actions || actions.negated || actions.terms.some(tagsSessions)),
    );
  }

  /** Policies of the groups that a user is in, or may be. */
  private groupDocuments(user: Resource): Document[] {
    const { context } = this.input;
    return context.ofType("aws_iam_group").flatMap((group) => {
      const member = this.membership(user, group);
      const documents = member === false ? [] : this.documentsOf(group, WAYS.group);
      return typeof member === "string" ? documents.map((one) => doubtful(one, member)) : documents;
    });
  }

  /** Whether a user is in a group, or why it may be. */
  private membership(user: Resource, group: Resource): boolean | string {
    const { context } = this.input;
    let maybe: boolean | string = false;
    for (const [type, ofUser, ofGroup] of MEMBERSHIPS) {
      const users = context.referring(type, ofUser, user);
      const groups = context.referring(type, ofGroup, group);
      if (users.some((one) => groups.includes(one))) return true;
      const lostUsers = this.astray(type, ofUser, user);
      const lostGroups = this.astray(type, ofGroup, group);
      const [lost] = [
        ...lostUsers.filter((one) => groups.includes(one) || lostGroups.includes(one)),
        ...lostGroups.filter((one) => users.includes(one)),
      ];
      if (lost) maybe = reasonFor(lost, lostUsers.includes(lost) ? ofUser : ofGroup);
    }
    return maybe;
  }

  private documentsOf(principal: Resource, ways: Ways): Document[] {
    const inline = ways.inline.flatMap(([type, attribute]) =>
      this.on(type, attribute, principal, (one) => this.read(one.values.policy ?? null, one, "policy")),
    );
    const attached = ways.attached.flatMap(([type, attribute, policy]) =>
      this.on(type, attribute, principal, (one) => this.policies(one.values[policy] ?? null, one, policy)),
    );
    return [...inline, ...attached];
  }

  /** The documents of the resources of a type that are put on the principal, or may be. */
  private on(
    type: string,
    attribute: string,
    principal: Resource,
    documents: (one: Resource) => readonly Document[],
  ): Document[] {
    const { context } = this.input;
    return [
      ...context.referring(type, attribute, principal).flatMap(documents),
      ...this.astray(type, attribute, principal).flatMap((one) =>
        documents(one).map((document) => doubtful(document, reasonFor(one, attribute))),
      ),
    ];
  }

  /** Resources that may be put on a principal: on something unknown, or on a name that may be the principal's. */
  private astray(type: string, attribute: string, principal: Resource): readonly Resource[] {
    const { context } = this.input;
    const lost = adrift(context, type, attribute);
    if (!isUnknown(principal.values.name)) return lost;
    const taken = new Set(context.ofType(principal.type).map((one) => one.values.name));
    const named = context
      .ofType(type)
      .filter((one) => find(one.values, attribute).some(({ value }) => typeof value === "string" && !taken.has(value)));
    return [...new Set([...lost, ...named])];
  }

  private read(value: Value, by: Resource, attribute: string): Document[] {
    return readDocuments(value, { by, attribute }, this.owner.names);
  }

  /** The documents of managed policies, by their ARNs. */
  policies(value: Value, by: Resource, attribute: string): Document[] {
    if (isList(value)) return value.flatMap((item) => this.policies(item, by, attribute));
    if (value === null || value === "") return [];
    const denoted = this.input.context.denoted(value).filter((one) => one.type === "aws_iam_policy");
    if (denoted.length > 0) return denoted.flatMap((policy) => this.customer(policy));
    const unknown = (why: string): Document[] => [{ by, attribute, statements: [], variables: false, unknown: why }];
    if (isUnknown(value)) {
      if (value.candidates) return value.candidates.flatMap((one) => this.policies(one, by, attribute));
      return unknown(value.why);
    }
    const managed = managedPolicy(String(value), by, attribute);
    if (managed) return [managed];
    const named = this.byArn().get(this.comparable(String(value)));
    if (named) return this.customer(named);
    return unknown(`the policy ${String(value)} is not in this configuration`);
  }

  private customer(policy: Resource): Document[] {
    const value = policy.values.policy ?? null;
    if (value !== null) return this.read(value, policy, "policy");
    return [
      {
        by: policy,
        attribute: "policy",
        statements: [],
        variables: false,
        unknown: `what ${policy.address} allows is not in this configuration`,
      },
    ];
  }

  private arns?: Map<string, Resource>;

  private byArn(): Map<string, Resource> {
    this.arns ??= new Map(
      this.input.context.ofType("aws_iam_policy").map((one) => [this.comparable(this.owner.names.arnOf(one)), one]),
    );
    return this.arns;
  }

  /** ARNs of the owner's accounts, without regard to which of them it is. */
  private comparable(arn: string): string {
    const parts = arn.split(":");
    return parts.length > 5 && this.owner.owns(parts[4])
      ? [...parts.slice(0, 4), "ours", ...parts.slice(5)].join(":")
      : arn;
  }

  /** The customer managed policy of a name and path, as permission sets refer to it. */
  customerNamed(name: Value, path: Value): Document[] | undefined {
    const found = this.input.context
      .ofType("aws_iam_policy")
      .filter((one) => one.values.name === name && (one.values.path ?? "/") === (path ?? "/"));
    return found.length === 0 ? undefined : found.flatMap((one) => this.customer(one));
  }
}
