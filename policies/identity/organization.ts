/**
 * Service and resource control policies. They only take rights away, so one counts where the configuration itself shows
 * that it holds: attached to the account, or to a unit or root above an account that is made here.
 *
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html and …_rcps.html: neither
 * holds for the management account, and both only while their type is enabled.
 */
import type { Resource } from "../configuration/resource";
import { isList, isUnknown, type Value } from "../configuration/value";
import type { RoomInput } from "../flows/flow";
import { type Document, readDocuments } from "./document";
import type { Owner } from "./owner";
import { OPEN } from "./patterns";

type PolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

/** Deeper trees do not exist: "up to five levels of OUs under the root". */
const MAX_DEPTH = 16;

export class Organization {
  private readonly found = new Map<string, readonly Document[]>();

  constructor(
    private readonly input: RoomInput,
    private readonly owner: Owner,
  ) {}

  /** The resource control policies that hold for requests to a resource. */
  resourcePolicies(resource: Resource): readonly Document[] {
    return this.policiesFor("RESOURCE_CONTROL_POLICY", this.owner.names.accountOf(resource));
  }

  /** The service control policies that hold for an account's principals. */
  servicePolicies(account: string): readonly Document[] {
    return this.policiesFor("SERVICE_CONTROL_POLICY", account);
  }

  private policiesFor(type: PolicyType, account: string): readonly Document[] {
    const key = `${type} ${account}`;
    let documents = this.found.get(key);
    if (!documents) {
      documents = this.enabled(type) ? this.attachedTo(type, account) : [];
      this.found.set(key, documents);
    }
    return documents;
  }

  /** Whether no organization of the configuration leaves the type of policy off. */
  private enabled(type: PolicyType): boolean {
    return this.input.context.ofType("aws_organizations_organization").every(({ values }) => {
      const types = values.enabled_policy_types ?? [];
      return isList(types) && types.includes(type);
    });
  }

  private attachedTo(type: PolicyType, account: string): Document[] {
    const { context } = this.input;
    if (this.isManagement(account)) return [];
    return context
      .ofType("aws_organizations_policy_attachment")
      .filter((attachment) => this.covers(attachment.values.target_id ?? null, account))
      .flatMap((attachment) => this.policyOf(attachment.values.policy_id ?? null))
      .filter((policy) => (policy.values.type ?? "SERVICE_CONTROL_POLICY") === type)
      .flatMap((policy) =>
        readDocuments(policy.values.content ?? null, { by: policy, attribute: "content" }, this.owner.names),
      );
  }

  /** The policy that is attached, if it is one for sure. */
  private policyOf(value: Value): readonly Resource[] {
    const denoted = this.input.context.denoted(value);
    return denoted.length === 1 && denoted[0].type === "aws_organizations_policy" ? denoted : [];
  }

  /** An organization is made by its management account. */
  private isManagement(account: string): boolean {
    const organizations = this.input.context.ofType("aws_organizations_organization");
    return organizations.some((one) => this.owner.names.accountOf(one) === account);
  }

  /** Whether a target is the account, or is shown to be above it. */
  private covers(target: Value, account: string): boolean {
    if (typeof target === "string" && target === account) return true;
    const text = this.textOf(target);
    if (text === undefined) return false;
    if (text === account) return true;
    const member = this.input.context.ofType("aws_organizations_account").find((one) => this.idOf(one) === account);
    return member !== undefined && this.above(member).includes(text);
  }

  /** The units and the root above an account or a unit. */
  private above(start: Resource): string[] {
    const { context } = this.input;
    const found: string[] = [];
    let current: Resource | undefined = start;
    for (let depth = 0; current && depth < MAX_DEPTH; depth++) {
      const parent: Value = current.values.parent_id ?? null;
      // Without a parent, an account is in the root.
      const text = parent === null ? undefined : this.textOf(parent);
      if (text !== undefined) found.push(text);
      const [next]: readonly Resource[] = context.denoted(parent);
      current = next?.type === "aws_organizations_organizational_unit" ? next : undefined;
      if (!current) found.push(...this.roots());
    }
    return found;
  }

  /** How the root of the one organization may be written. */
  private roots(): string[] {
    const organizations = this.input.context.ofType("aws_organizations_organization");
    return organizations.length === 1 ? [this.owner.names.attributeOf(organizations[0], "roots[0].id")] : [];
  }

  private idOf(account: Resource): string {
    return this.owner.names.attributeOf(account, "id");
  }

  /** A text that names one thing; undefined if it may be several. */
  private textOf(value: Value): string | undefined {
    if (isUnknown(value) && value.candidates) return undefined;
    const terms = this.owner.names.terms(value);
    const [term] = terms;
    return terms.length === 1 && term.unsure === undefined && (typeof value === "string" || term.text.startsWith(OPEN))
      ? term.text
      : undefined;
  }
}
