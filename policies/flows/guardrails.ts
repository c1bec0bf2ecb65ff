/**
 * Policies of an organization and the accounts they hold for. They only take away, so one counts where the
 * configuration itself shows that it holds: attached to the account, or to a unit or the root above an account that is
 * made or taken up here (`import`).
 *
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html, …_rcps.html and
 * …_declarative.html: a policy holds only while its type is enabled; service and resource control policies never hold
 * for the management account, which is the one that policies are managed from unless it has delegated that.
 */
import type { Resource } from "../configuration/resource";
import { isList, isObject, isUnknown, type Value } from "../configuration/value";
import type { Context } from "./context";

export type PolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "DECLARATIVE_POLICY_EC2";

/** A policy that holds for an account. */
export interface Guardrail {
  readonly policy: Resource;
  /** Why it may not hold after all. */
  readonly unless?: string;
}

/** How the asking room writes accounts. */
export interface AccountNames {
  /** The account that a resource's provider works in. */
  of(resource: Resource): string | undefined;
  /** The account that an `aws_organizations_account` is. */
  made(account: Resource): string | undefined;
}

/** Something above an account. */
interface Above {
  /** Its id, where that is written out. */
  readonly id?: string;
  readonly resource?: Resource;
  readonly root?: true;
}

/** Deeper trees do not exist: "up to five levels of OUs under the root". */
const MAX_DEPTH = 16;

const ORGANIZATION = "aws_organizations_organization";
const UNIT = "aws_organizations_organizational_unit";
const ACCOUNT = "aws_organizations_account";

/** The number of an account that is made or taken up here: what it is imported by is its id. */
export const accountNumber = (account: Resource): string | undefined =>
  typeof account.values.id === "string" ? account.values.id : account.imported?.id;

/** The account that a provider is held to, or takes a role of; undefined if that is not written out. */
export function accountOfProvider({ provider }: Resource): string | undefined {
  const { allowed_account_ids: allowed, assume_role: roles } = provider.values;
  if (isList(allowed) && allowed.length === 1) return digits(allowed[0]);
  const last = isList(roles) ? roles.at(-1) : roles;
  const arn = isObject(last) ? last.role_arn : undefined;
  return typeof arn === "string" ? digits(arn.split(":")[4]) : undefined;
}

const digits = (value: Value | undefined): string | undefined =>
  typeof value === "string" && /^\d{12}$/.test(value) ? value : undefined;

export class Guardrails {
  private readonly found = new Map<string, readonly Guardrail[]>();

  constructor(
    private readonly context: Context,
    private readonly names: AccountNames,
  ) {}

  /** The policies of a type that hold for an account. */
  for(type: PolicyType, account: string): readonly Guardrail[] {
    const key = `${type} ${account}`;
    let found = this.found.get(key);
    if (!found) {
      found = this.enabled(type) ? this.attachedTo(type, account) : [];
      this.found.set(key, found);
    }
    return found;
  }

  /** Whether no organization of the configuration leaves the type of policy off. */
  private enabled(type: PolicyType): boolean {
    return this.context.ofType(ORGANIZATION).every(({ values }) => {
      const types = values.enabled_policy_types ?? [];
      return isList(types) && types.includes(type);
    });
  }

  private attachedTo(type: PolicyType, account: string): Guardrail[] {
    return this.context.ofType("aws_organizations_policy_attachment").flatMap((attachment) => {
      if (!this.covers(attachment, account)) return [];
      const policy = this.policyOf(attachment);
      if (!policy || (policy.values.type ?? "SERVICE_CONTROL_POLICY") !== type) return [];
      const managed = this.managedFrom(attachment, account);
      if (managed === "here") return [];
      const unless = attachment.conditional ?? policy.conditional ?? managed?.unless;
      return [{ policy, ...(unless === undefined ? {} : { unless }) }];
    });
  }

  /** The policy that is attached, if it is one for sure. */
  private policyOf(attachment: Resource): Resource | undefined {
    const [policy, ...more] = this.context.denoted(attachment.values.policy_id ?? null);
    return more.length === 0 && policy?.type === "aws_organizations_policy" ? policy : undefined;
  }

  /** Whether the account is the management account, or why it may be; an organization is made by its own. */
  private managedFrom(attachment: Resource, account: string): "here" | { readonly unless: string } | undefined {
    const organizations = this.context.ofType(ORGANIZATION);
    const managers = (organizations.length > 0 ? organizations : [attachment]).map((one) => this.names.of(one));
    if (organizations.length > 0 && managers.includes(account)) return "here";
    if (managers.every((manager) => manager !== undefined && /^\d{12}$/.test(manager) && manager !== account)) {
      return undefined;
    }
    return {
      unless: `${account} may be the management account of its organization, for which ${attachment.address} has no effect`,
    };
  }

  /** Whether a policy's target is the account, or is shown to be above it. */
  private covers(attachment: Resource, account: string): boolean {
    const target: Value = attachment.values.target_id ?? null;
    if (target === account) return true;
    const members = this.context.ofType(ACCOUNT).filter((one) => this.names.made(one) === account);
    if (members.length !== 1) return false;
    const [member] = members;
    if (this.names.of(member) !== this.names.of(attachment)) return false;
    const denoted = this.denotedBy(target);
    if (denoted === member) return true;
    return this.above(member).some(
      (one) =>
        (one.id !== undefined && one.id === target) ||
        (one.resource !== undefined && one.resource === denoted) ||
        (one.root === true && this.isRoot(target)),
    );
  }

  /** The units and the root above an account. */
  private above(account: Resource): Above[] {
    // Every account is below the root, whatever is not known in between.
    const found: Above[] = [{ root: true }];
    let current: Resource | undefined = account;
    for (let depth = 0; current && depth < MAX_DEPTH; depth++) {
      const parent: Value = current.values.parent_id ?? null;
      if (typeof parent === "string") found.push({ id: parent });
      const unit = this.denotedBy(parent);
      current = unit?.type === UNIT ? unit : undefined;
      if (current) found.push({ resource: current });
    }
    return found;
  }

  /** The one thing that a value denotes as a whole. */
  private denotedBy(value: Value): Resource | undefined {
    if (isUnknown(value) && (value.candidates || !value.exact)) return undefined;
    const denoted = this.context.denoted(value);
    return denoted.length === 1 && denoted[0].mode === "managed" ? denoted[0] : undefined;
  }

  /** An organization has one root ("Number of roots": 1, orgs_reference_limits.html), whose id begins with `r-`. */
  private isRoot(target: Value): boolean {
    if (this.context.ofType(ORGANIZATION).length > 1) return false;
    if (typeof target === "string") return target.startsWith("r-");
    return (
      isUnknown(target) &&
      this.denotedBy(target)?.type === ORGANIZATION &&
      target.references.every(({ path }) => /^roots\b/.test(path))
    );
  }
}
