import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Pseudonymisation } from "../declaration/transfers";
import { denyStrangers, policyDocument } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { administration } from "../storage/key-guard";

export interface PseudonymKeysProps {
  /** Start of the keys' aliases: `alias/NAME-GENERATION`. */
  readonly name: string;
  readonly account: string;
  readonly estate: Estate;
  readonly rotation: Pick<Pseudonymisation, "generation" | "keep">;
  /** ARNs of the roles that make tokens; nobody else does. */
  readonly users: readonly string[];
}

/** The generations whose keys are kept, the newest last. */
export const generations = ({ generation, keep }: Pick<Pseudonymisation, "generation" | "keep">): number[] =>
  Array.from({ length: Math.min(keep, generation - 1) + 1 }, (_, i) => generation - Math.min(keep, generation - 1) + i);

/**
 * The keys that a site's tokens are made with. They stand in one region, are no copies of others, and can't be read:
 * KMS applies them. It does not rotate HMAC keys by itself, so a generation is a key of its own:
 * https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html
 */
export class PseudonymKeys extends Construct {
  /** ARNs by generation. */
  readonly arns: ReadonlyMap<number, string>;

  constructor(scope: Construct, id: string, props: PseudonymKeysProps) {
    super(scope, id);
    this.arns = new Map(generations(props.rotation).map((generation) => [generation, this.key(generation, props)]));
  }

  private key(generation: number, { name, account, estate, users }: PseudonymKeysProps): string {
    const Principal = { AWS: `arn:aws:iam::${account}:root` };
    const key = new KmsKey(this, `generation-${generation}`, {
      description: `${name}: tokens of generation ${generation}`,
      keyUsage: "GENERATE_VERIFY_MAC",
      customerMasterKeySpec: "HMAC_256",
      isEnabled: true,
      multiRegion: false,
      deletionWindowInDays: 30,
      bypassPolicyLockoutSafetyCheck: false,
      policy: policyDocument(
        { Sid: "Administration", Effect: "Allow", Principal, Action: administration, Resource: "*" },
        {
          Sid: "Tokens",
          Effect: "Allow",
          Principal,
          Action: "kms:GenerateMac",
          Resource: "*",
          Condition: { ArnEquals: { "aws:PrincipalArn": users } },
        },
        denyStrangers(estate, "kms:*", "*"),
      ),
    });
    new KmsAlias(this, `generation-${generation}-alias`, {
      name: `alias/${name}-${generation}`,
      targetKeyId: key.id,
    });
    return key.arn;
  }
}
