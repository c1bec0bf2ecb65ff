import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface DeliveryRoleProps {
  readonly name: string;
  /** Who may take it on, as the text of its trust policy. */
  readonly trust: string;
  /**
   * Provider for the account that it is in.
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** The role by which plans are applied in an account: it may do everything that the organization's policies leave. */
export class DeliveryRole extends Construct {
  constructor(scope: Construct, id: string, { name, trust, provider }: DeliveryRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      provider,
      name,
      description: "Applies proved plans",
      maxSessionDuration: 3600,
      assumeRolePolicy: trust,
    });
    new IamRolePolicyAttachment(this, "everything", {
      provider,
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
  }
}
