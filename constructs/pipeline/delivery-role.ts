import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { assumedByRole } from "../perimeter/documents";

export interface DeliveryRoleProps {
  readonly name: string;
  /** The role that may take it on. */
  readonly runner: { readonly account: string; readonly roleName: string };
  /** Provider for the account that it is in. */
  readonly provider: TerraformProvider;
}

/** The role by which plans are applied in an account: it may do everything that the organization's policies leave. */
export class DeliveryRole extends Construct {
  constructor(scope: Construct, id: string, { name, runner, provider }: DeliveryRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      provider,
      name,
      description: "Applies proved plans",
      maxSessionDuration: 3600,
      assumeRolePolicy: assumedByRole(runner),
    });
    new IamRolePolicyAttachment(this, "everything", {
      provider,
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
  }
}
