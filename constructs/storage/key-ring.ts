import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { Construct } from "constructs";
import { denyStrangers, policyDocument, type Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { guarded, type KeyGuard, sharing } from "./key-guard";

export interface KeyOptions {
  /**
   * Other regions of the estate that have the same key.
   * @default none: the key exists in one region only
   */
  readonly replicas?: readonly string[];
  /**
   * Other accounts of the estate that copy what the key encrypts, through AWS services only.
   * @default none
   */
  readonly sharedWith?: readonly string[];
  /**
   * Whether CloudWatch Logs may encrypt the account's log groups with it.
   * @default false
   */
  readonly forLogs?: boolean;
  /**
   * What else the key's policy says.
   * @default nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Who uses what the key encrypts, and nobody else does.
   * @default whom the account's identity policies let
   */
  readonly guard?: KeyGuard;
}

export interface KeyRingProps<Purpose extends string> {
  /** Start of the keys' aliases: `alias/NAME-PURPOSE`. */
  readonly name: string;
  /** Account that the keys belong to. */
  readonly account: string;
  /** Region that the keys stand in. */
  readonly region: string;
  readonly estate: Estate;
  /** One key for each purpose, so that losing one is not losing all. */
  readonly keys: Readonly<Record<Purpose, KeyOptions>>;
  /**
   * Days until a key that was deleted is really gone.
   * @default 30
   */
  readonly deletionWindow?: number;
}

/** Keys of one account and region that rotate every year and know the own organization only. */
export class KeyRing<Purpose extends string> extends Construct {
  private readonly arns = new Map<string, string>();

  /** @throws OutsideEstateError if a key would exist or be shared outside the estate. */
  constructor(scope: Construct, id: string, props: KeyRingProps<Purpose>) {
    super(scope, id);
    for (const [purpose, options] of Object.entries<KeyOptions>(props.keys)) this.makeKey(purpose, options, props);
  }

  /**
   * ARN of the key for a purpose, or of its replica in another region.
   * @throws RangeError if there is none
   */
  arn(purpose: Purpose, region = ""): string {
    const arn = this.arns.get(`${purpose} ${region}`);
    if (arn === undefined) throw new RangeError(`the key ring has no key for ${purpose}${region && ` in ${region}`}`);
    return arn;
  }

  private makeKey(purpose: string, options: KeyOptions, props: KeyRingProps<Purpose>): void {
    const replicas = (options.replicas ?? []).map((region) => props.estate.requireRegion(region, `key for ${purpose}`));
    const shared = {
      description: `${props.name}: ${purpose}`,
      deletionWindowInDays: props.deletionWindow ?? 30,
      bypassPolicyLockoutSafetyCheck: false,
    };
    const key = new KmsKey(this, purpose, {
      ...shared,
      keyUsage: "ENCRYPT_DECRYPT",
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      isEnabled: true,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      multiRegion: replicas.length > 0,
      policy: this.policy(purpose, props.region, options, props),
    });
    new KmsAlias(this, `${purpose}-alias`, { name: `alias/${props.name}-${purpose}`, targetKeyId: key.id });
    this.arns.set(`${purpose} `, key.arn);
    for (const region of replicas) {
      const replica = new KmsReplicaKey(this, `${purpose}-${region}`, {
        ...shared,
        region,
        primaryKeyArn: key.arn,
        enabled: true,
        policy: this.policy(purpose, region, options, props),
      });
      this.arns.set(`${purpose} ${region}`, replica.arn);
    }
  }

  private policy(purpose: string, region: string, options: KeyOptions, props: KeyRingProps<Purpose>): string {
    const { account, estate } = props;
    const others = (options.sharedWith ?? []).map((other) => estate.requireAccount(other, `key for ${purpose}`));
    const users = options.guard
      ? guarded(options.guard, { account, others, region })
      : [ownAccount(account), ...(others.length > 0 ? sharing(others, region) : [])];
    return policyDocument(
      ...users,
      ...(options.forLogs ? [logs(account, region)] : []),
      ...(options.statements ?? []),
      denyStrangers(estate, "kms:*", "*"),
    );
  }
}

/** Who may use the key is said by the account's identity policies. */
const ownAccount = (account: string): Statement => ({
  Sid: "OwnAccount",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  Resource: "*",
});

const logs = (account: string, region: string): Statement => ({
  Sid: "LogGroups",
  Effect: "Allow",
  Principal: { Service: `logs.${region}.amazonaws.com` },
  Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
  Resource: "*",
  Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` } },
});
