/** The owner's IAM principals, with every policy that the configuration puts on them in any of its ways. */
import type { Resource } from "../configuration/resource";
import { find, isList, isObject, isUnknown, type Value } from "../configuration/value";
import type { RoomInput } from "../flows/flow";
import type { Term } from "./condition";
import { type Document, readDocuments } from "./document";
import { managedPolicy } from "./managed-policies";
import type { Owner } from "./owner";
import { glob, matches } from "./patterns";

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
      const groups = this.groupsOf(resource);
      const documents = [
        ...this.documentsOf(resource, WAYS.user),
        ...groups.flatMap((group) => this.documentsOf(group, WAYS.group)),
      ];
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

  private groupsOf(user: Resource): Resource[] {
    const { context } = this.input;
    const groups = new Set<Resource>();
    for (const membership of context.referring("aws_iam_user_group_membership", "user", user)) {
      for (const group of context.ofType("aws_iam_group")) {
        if (context.referring("aws_iam_user_group_membership", "groups", group).includes(membership)) groups.add(group);
      }
    }
    for (const membership of context.referring("aws_iam_group_membership", "users", user)) {
      for (const group of context.ofType("aws_iam_group")) {
        if (context.referring("aws_iam_group_membership", "group", group).includes(membership)) groups.add(group);
      }
    }
    return [...groups];
  }

  private documentsOf(principal: Resource, ways: Ways): Document[] {
    const documents: Document[] = [];
    for (const [type, attribute] of ways.inline) {
      for (const one of this.on(type, attribute, principal))
        documents.push(...this.read(one.values.policy ?? null, one, "policy"));
    }
    for (const [type, attribute, policy] of ways.attached) {
      for (const one of this.on(type, attribute, principal))
        documents.push(...this.policies(one.values[policy] ?? null, one, policy));
    }
    return documents;
  }

  /** Resources of a type that are put on the principal, or may be: their attribute says nothing that is known. */
  private on(type: string, attribute: string, principal: Resource): Resource[] {
    const { context } = this.input;
    return [...context.referring(type, attribute, principal), ...this.adrift(type, attribute)];
  }

  private readonly lost = new Map<string, Resource[]>();

  private adrift(type: string, attribute: string): Resource[] {
    const key = `${type} ${attribute}`;
    const known = this.lost.get(key);
    if (known) return known;
    const { context } = this.input;
    const found = context
      .ofType(type)
      .filter((one) =>
        find(one.values, attribute).some(({ value }) => isUnknown(value) && context.denoted(value).length === 0),
      );
    this.lost.set(key, found);
    return found;
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
