/**
 * Service and resource control policies: what they take away from requests
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html and …_rcps.html). What the
 * configuration itself makes is no request: no policy excuses it.
 */
import type { Resource } from "../../configuration/resource";
import type { RoomInput } from "../../flows/flow";
import { accountNumber, Guardrails } from "../../flows/guardrails";
import { type Document, doubtful, readDocuments } from "../language/document";
import type { Owner } from "../parties/owner";

/**
 * Types whose service has resource control policies ("List of AWS services that support RCPs", …_rcps.html, and the
 * services' pages in the Service Authorization Reference); what a policy says of other services has no effect.
 */
export const GUARDED: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_bus: "events",
  aws_dynamodb_table: "dynamodb",
  aws_ecr_repository: "ecr",
  aws_iam_role: "sts",
  aws_kms_external_key: "kms",
  aws_kms_key: "kms",
  aws_kms_replica_external_key: "kms",
  aws_kms_replica_key: "kms",
  aws_s3_access_point: "s3",
  aws_s3_bucket: "s3",
  aws_secretsmanager_secret: "secretsmanager",
  aws_sqs_queue: "sqs",
};

export class Organization {
  private readonly guardrails: Guardrails;

  constructor(
    private readonly input: RoomInput,
    private readonly owner: Owner,
  ) {
    this.guardrails = new Guardrails(input.context, {
      of: (resource) => owner.names.accountOf(resource),
      made: (account) => accountNumber(account) ?? owner.names.attributeOf(account, "id"),
    });
  }

  /** The resource control policies that hold for requests to a resource. */
  resourcePolicies(resource: Resource): readonly Document[] {
    if (resource.mode !== "managed" || !Object.hasOwn(GUARDED, resource.type)) return [];
    const documents = this.documents("RESOURCE_CONTROL_POLICY", this.owner.names.accountOf(resource));
    if (documents.length > 0) {
      this.input.world.assume({
        subject: "resource control policies",
        statement: "hold for every request but those of service-linked roles, which AWS makes for its own services",
        source: "model",
      });
    }
    return documents;
  }

  /**
   * The service control policies that hold for an account's principals; service-linked roles are none of them. Only what
   * they deny is asked: `FullAWSAccess`, which AWS attaches to the root and every unit and account, allows everything
   * beside them until it is detached, which no resource of the provider does
   * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html).
   */
  servicePolicies(account: string): readonly Document[] {
    return this.documents("SERVICE_CONTROL_POLICY", account);
  }

  private readonly read = new Map<string, readonly Document[]>();

  private documents(type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY", account: string): readonly Document[] {
    const key = `${type} ${account}`;
    let documents = this.read.get(key);
    if (!documents) {
      documents = this.guardrails.for(type, account).flatMap(({ policy, unless }) => {
        const place = { by: policy, attribute: "content" };
        const own = readDocuments(policy.values.content ?? null, place, this.owner.names);
        return unless === undefined ? own : own.map((document) => doubtful(document, unless));
      });
      this.read.set(key, documents);
    }
    return documents;
  }
}
