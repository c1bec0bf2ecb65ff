/** Service and resource control policies, as far as the configuration shows whom they are for. */
import type { Resource } from "../configuration/resource";
import type { RoomInput } from "../flows/flow";
import { type Document, readDocuments } from "./document";
import type { Owner } from "./owner";

export class Organization {
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

  private readonly found = new Map<string, readonly Document[]>();

  private policiesFor(type: string, account: string): readonly Document[] {
    const key = `${type} ${account}`;
    const known = this.found.get(key);
    if (known) return known;
    const documents = this.input.context
      .ofType("aws_organizations_policy_attachment")
      .filter((attachment) => this.covers(attachment, account))
      .flatMap((attachment) => this.input.context.denoted(attachment.values.policy_id ?? null))
      .filter(
        (policy) =>
          policy.type === "aws_organizations_policy" && (policy.values.type ?? "SERVICE_CONTROL_POLICY") === type,
      )
      .flatMap((policy) =>
        readDocuments(policy.values.content ?? null, { by: policy, attribute: "content" }, this.owner.names),
      );
    this.found.set(key, documents);
    return documents;
  }

  /** Whether an attachment's target is shown to be the account, or to be above it in the tree. */
  private covers(attachment: Resource, account: string): boolean {
    const target = attachment.values.target_id ?? null;
    return target === account;
  }
}
