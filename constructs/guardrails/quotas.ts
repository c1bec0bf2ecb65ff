/**
 * What AWS Organizations takes: "Quotas for AWS Organizations", Maximum and minimum values,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */

interface Quota {
  /** Characters of a document, white space included. */
  readonly characters: number;
  /** Policies of the type on one root, unit or account. */
  readonly perTarget: number;
  /** Of those, what AWS itself attaches everywhere when the type is enabled (`FullAWSAccess`, `RCPFullAWSAccess`). */
  readonly attachedByAws: number;
}

export const quotas = {
  SERVICE_CONTROL_POLICY: { characters: 5_120, perTarget: 5, attachedByAws: 1 },
  RESOURCE_CONTROL_POLICY: { characters: 5_120, perTarget: 5, attachedByAws: 1 },
  DECLARATIVE_POLICY_EC2: { characters: 10_000, perTarget: 10, attachedByAws: 0 },
  AISERVICES_OPT_OUT_POLICY: { characters: 2_500, perTarget: 5, attachedByAws: 0 },
  BACKUP_POLICY: { characters: 10_000, perTarget: 10, attachedByAws: 0 },
  TAG_POLICY: { characters: 10_000, perTarget: 10, attachedByAws: 0 },
} as const satisfies Record<string, Quota>;

export type GuardrailType = keyof typeof quotas;
export const guardrailTypes = Object.keys(quotas) as readonly GuardrailType[];

/** A policy of an organization. */
export interface Guardrail {
  readonly name: string;
  readonly type: GuardrailType;
  readonly description: string;
  /** What is written into the policy, as JSON without white space. */
  readonly document: object;
}

/** The text of a guardrail as it is stored: every character counts, so there is none that says nothing. */
export const minified = ({ document }: Pick<Guardrail, "document">): string => JSON.stringify(document);

/**
 * @throws RangeError naming the first policy that is too long, or the target that has too many
 */
export function requireWithinQuotas(target: string, guardrails: readonly Guardrail[]): void {
  for (const guardrail of guardrails) {
    const { characters } = quotas[guardrail.type];
    const { length } = minified(guardrail);
    if (length > characters) {
      throw new RangeError(
        `policy ${guardrail.name}: ${length} characters, AWS takes ${characters} (${guardrail.type})`,
      );
    }
  }
  for (const type of guardrailTypes) {
    const { perTarget, attachedByAws } = quotas[type];
    const count = guardrails.filter((guardrail) => guardrail.type === type).length + attachedByAws;
    if (count > perTarget) throw new RangeError(`${target}: ${count} policies of ${type}, AWS takes ${perTarget}`);
  }
}
