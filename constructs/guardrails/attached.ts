import { OrganizationsPolicy } from "@cdktf/provider-aws/lib/organizations-policy";
import { OrganizationsPolicyAttachment } from "@cdktf/provider-aws/lib/organizations-policy-attachment";
import { Construct } from "constructs";
import { type Guardrail, minified, requireWithinQuotas } from "./quotas";

export interface AttachedGuardrailsProps {
  /** Id of the root, the unit or the account that the policies hold for. */
  readonly targetId: string;
  readonly guardrails: readonly Guardrail[];
}

/** Policies of one root, unit or account; the id says which. */
export class AttachedGuardrails extends Construct {
  /** @throws RangeError if a policy is longer, or the target has more, than AWS takes */
  constructor(scope: Construct, id: string, { targetId, guardrails }: AttachedGuardrailsProps) {
    super(scope, id);
    requireWithinQuotas(id, guardrails);
    for (const guardrail of guardrails) {
      const { name, type, description } = guardrail;
      const policy = new OrganizationsPolicy(this, name, { name, type, description, content: minified(guardrail) });
      new OrganizationsPolicyAttachment(this, `${name}-attachment`, { policyId: policy.id, targetId });
    }
  }
}
