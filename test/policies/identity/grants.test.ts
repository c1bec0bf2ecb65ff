/** Every resource policy, trust and grant of the provider's types is asked of the decider. */
import { attributePaths, inventoryTypes, schemaOf } from "../../../policies/configuration/schema/schema";
import { Unknown, type Value, type Values } from "../../../policies/configuration/value";
import type { Entry, Role } from "../../../policies/flows/vocabulary";
import { entryFor } from "../../../policies/services";
import { decide, policy, type Terraform, unknown, verdictOf } from "./builder";

const POLICY =
  /(^|\.)(policy|policies|policy_document|access_polic(y|ies)|(resource|inline|session|assume_role|delivery_destination)_policy)$/;

/** Attributes of such names that are in other languages, or only let data in. */
const OTHERS: readonly string[] = [
  // Logs and metrics of the accounts that they admit come in.
  "aws_cloudwatch_log_delivery_destination_policy.delivery_destination_policy",
  "aws_cloudwatch_log_destination_policy.access_policy",
  "aws_oam_sink_policy.policy",
  // Rules of other kinds: fields, ages of images, senders of mail, Cedar, suffixes of indexes.
  "aws_cloudwatch_log_index_policy.policy_document",
  "aws_ecr_lifecycle_policy.policy",
  "aws_opensearchserverless_lifecycle_policy.policy",
  "aws_opensearchserverless_security_policy.policy",
  "aws_ses_receipt_filter.policy",
  "aws_verifiedaccess_endpoint.policy_document",
  "aws_verifiedaccess_group.policy_document",
  // What devices with certificates may do, judged with the certificates.
  "aws_iot_policy.policy",
  "aws_iot_policy_attachment.policy",
  // Narrow a role that is judged itself.
  "aws_transfer_access.policy",
  "aws_transfer_user.policy",
];

const roleAt = ({ attributes }: Entry, path: string): Role | undefined => {
  const keys = path.split(".");
  const [, role] =
    Object.entries(attributes).find(([pattern]) =>
      pattern.split(".").every((part, i) => part === keys[i] || part === "*"),
    ) ?? [];
  return role;
};

test("every attribute that is a policy is one that the decider reads", () => {
  const beside = inventoryTypes("managed").flatMap((type) =>
    [...attributePaths(schemaOf("managed", type) as NonNullable<ReturnType<typeof schemaOf>>)]
      .filter(({ path, schema }) => POLICY.test(path) && (schema.optional || schema.required))
      .filter(({ path }) => {
        const entry = entryFor(type) as Entry;
        return !["policy", "identity", "document"].includes(roleAt(entry, path)?.role ?? "");
      })
      .map(({ path }) => `${type}.${path}`),
  );
  expect(beside.sort()).toEqual([...OTHERS].sort());
});

const OWN = "arn:aws:iam::222222222222:role/reader";
const FOREIGN = "arn:aws:iam::444455556666:role/reader";

describe("grants on keys", () => {
  const granted = (grant: Values, keyPolicy?: readonly Values[]): Terraform => ({
    resource: {
      aws_kms_key: { k: keyPolicy ? { policy: policy(...keyPolicy) } : {} },
      aws_kms_grant: {
        g: {
          key_id: "${aws_kms_key.k.key_id}",
          grantee_principal: FOREIGN,
          operations: ["Decrypt"],
          ...grant,
        },
      },
    },
  });
  test.each<[Values, string]>([
    [{}, "escapes"],
    [{ grantee_principal: "arn:aws:sts::444455556666:assumed-role/reader/session" }, "escapes"],
    [{ grantee_principal: OWN }, "contained"],
    [{ grantee_principal: OWN, retiring_principal: FOREIGN }, "contained"],
    [{ grantee_principal: unknown() }, "undecided"],
    [{ operations: ["Encrypt", "GenerateDataKey", "DescribeKey", "RetireGrant"] }, "contained"],
    [{ operations: ["Encrypt", "CreateGrant"] }, "escapes"],
    [{ operations: ["Encrypt", unknown()] }, "undecided"],
    [{ operations: unknown() }, "undecided"],
    [{ constraints: [{ encryption_context_equals: { department: "IT" } }] }, "escapes"],
  ])("%j: %s", (grant, expected) => {
    expect(verdictOf(decide(granted(grant)))).toBe(expected);
  });

  test("the path names the grant, its grantee and what a request must carry", () => {
    const { flows } = decide(granted({ constraints: [{ encryption_context_subset: { department: "IT" } }] }));
    expect(
      flows.map(({ from, channel, steps: [{ by, attribute, why }] }) => [
        from.address,
        channel,
        by.address,
        attribute,
        why,
      ]),
    ).toEqual([
      [
        "aws_kms_key.k",
        "kms.grant",
        "aws_kms_grant.g",
        "grantee_principal",
        "aws_kms_grant.g lets account 444455556666 call kms:Decrypt with kms:encryptioncontext:department = IT",
      ],
    ]);
  });

  test("a grant only allows: what the key's policy denies stays denied", () => {
    const deny = (condition: Values): Values => ({
      Effect: "Deny",
      Principal: "*",
      Action: "kms:*",
      Resource: "*",
      Condition: condition,
    });
    const fence = deny({ StringNotEquals: { "aws:PrincipalOrgID": "o-enclave0001" } });
    const other = deny({ StringEquals: { "aws:PrincipalOrgID": "o-enclave0001" } });
    expect(verdictOf(decide(granted({}, [fence])))).toBe("contained");
    expect(verdictOf(decide(granted({}, [other])))).toBe("escapes");
  });
});

/**
 * Grants of one action to a principal, each with the arguments that name him. Beside the decider remain, as sharing:
 * snapshots, images and datashares, which AWS gives to the number of an account or organization and evaluates no policy
 * for (ModifySnapshotAttribute and ModifyImageAttribute in the EC2 API reference, AuthorizeDataShare in Redshift's);
 * and the permissions of Lake Formation, whose principals are also groups, users of a directory and
 * IAM_ALLOWED_PRINCIPALS, and which a policy of IAM neither gives nor takes away.
 */
const granting: readonly (readonly [type: string, attribute: string, of: (principal: unknown) => object])[] = [
  ["aws_eks_access_entry", "principal_arn", (principal_arn) => ({ cluster_name: "c", principal_arn })],
  ["aws_eks_access_policy_association", "principal_arn", (principal_arn) => ({ cluster_name: "c", principal_arn })],
  [
    "aws_s3control_access_grant",
    "grantee",
    (one) => ({ permission: "READ", grantee: [{ grantee_type: "IAM", grantee_identifier: one }] }),
  ],
  [
    "aws_signer_signing_profile_permission",
    "principal",
    (principal) => ({ profile_name: "p", action: "signer:StartSigningJob", principal }),
  ],
  ["aws_vpc_endpoint_service", "allowed_principals", (principal) => ({ allowed_principals: [OWN, principal] })],
  ["aws_vpc_endpoint_service_allowed_principal", "principal_arn", (principal_arn) => ({ principal_arn })],
];

describe.each(granting)("%s", (type, attribute, of) => {
  const judged = (principal: unknown) => decide({ resource: { [type]: { p: of(principal) as Values } } });

  test.each([
    ["an own role", OWN, "contained"],
    ["an own account", "222222222222", "contained"],
    ["a foreign account", "444455556666", "escapes"],
    ["everybody", "*", "escapes"],
    ["one not known", unknown(), "undecided"],
    ["one of two", new Unknown("a choice", { candidates: [OWN, FOREIGN] }), "undecided"],
    ["what is no principal", "reader", "undecided"],
    ["a service", "ec2.amazonaws.com", "undecided"],
  ])("%s", (_who, principal, expected) => {
    expect(verdictOf(judged(principal))).toBe(expected);
  });

  test("a foreign role, by a path that names the grant", () => {
    const result = judged(FOREIGN);
    expect(verdictOf(result)).toBe("escapes");
    expect(result.flows.map(({ steps: [step] }) => [step.to, step.by.address, step.attribute])).toEqual([
      ["account 444455556666", `${type}.p`, attribute],
    ]);
  });
});

describe("what a grant lets do", () => {
  const sign = (action: Value) => ({ profile_name: "p", action, principal: FOREIGN });
  const access = (permission: Value, type: Value, principal: string) => ({
    permission,
    grantee: [{ grantee_type: type, grantee_identifier: principal }],
  });
  test.each<[string, Values, string]>([
    ["aws_signer_signing_profile_permission", sign("signer:SignPayload"), "escapes"],
    ["aws_signer_signing_profile_permission", sign("signer:RevokeSignature"), "escapes"],
    ["aws_signer_signing_profile_permission", sign(unknown()), "undecided"],
    ["aws_s3control_access_grant", access("READWRITE", "IAM", FOREIGN), "escapes"],
    ["aws_s3control_access_grant", access("WRITE", "IAM", FOREIGN), "contained"],
    ["aws_s3control_access_grant", access(unknown(), "IAM", FOREIGN), "undecided"],
    ["aws_s3control_access_grant", access(unknown(), "IAM", OWN), "contained"],
    ["aws_s3control_access_grant", access("READ", "DIRECTORY_GROUP", "8c5f-1d2e"), "contained"],
    ["aws_s3control_access_grant", access("READ", unknown(), "8c5f-1d2e"), "undecided"],
  ])("%s %j: %s", (type, values, expected) => {
    expect(verdictOf(decide({ resource: { [type]: { p: values } } }))).toBe(expected);
  });
});

describe("permissions that are made of attributes", () => {
  const of = (type: string, values: Values): Terraform => ({ resource: { [type]: { p: values } } });
  const invoke = { action: "lambda:InvokeFunction", function_name: "f" };
  const use = { action: "lambda:GetLayerVersion", layer_name: "l", version_number: 1 };
  const elb = { principal: "elasticloadbalancing.amazonaws.com" };
  const group = (region: string, account: string) => `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/t`;
  test.each<[string, Values, string]>([
    ["aws_lambda_permission", { ...invoke, principal: "444455556666" }, "escapes"],
    ["aws_lambda_permission", { ...invoke, principal: "222222222222" }, "contained"],
    ["aws_lambda_permission", { ...invoke, ...elb }, "escapes"],
    ["aws_lambda_permission", { ...invoke, ...elb, source_account: "111111111111" }, "contained"],
    ["aws_lambda_permission", { ...invoke, ...elb, source_arn: group("eu-west-1", "111111111111") }, "contained"],
    ["aws_lambda_permission", { ...invoke, ...elb, source_arn: group("us-east-1", "111111111111") }, "escapes"],
    ["aws_lambda_permission", { ...invoke, ...elb, source_arn: group("eu-west-1", "444455556666") }, "escapes"],
    ["aws_lambda_permission", { ...invoke, ...elb, source_arn: unknown() }, "undecided"],
    ["aws_lambda_permission", { ...invoke, principal: "s3.amazonaws.com" }, "contained"],
    ["aws_lambda_permission", { ...invoke, principal: "*", principal_org_id: "o-enclave0001" }, "contained"],
    ["aws_lambda_permission", { ...invoke, principal: "*", principal_org_id: "o-partner00001" }, "escapes"],
    ["aws_lambda_permission", { ...invoke, principal: unknown() }, "undecided"],
    ["aws_lambda_permission", { ...invoke, action: "lambda:AddPermission", principal: "444455556666" }, "escapes"],
    ["aws_lambda_layer_version_permission", { ...use, principal: "*" }, "escapes"],
    ["aws_lambda_layer_version_permission", { ...use, principal: "*", organization_id: "o-enclave0001" }, "contained"],
    ["aws_cloudwatch_event_permission", { principal: "444455556666", statement_id: "s" }, "contained"],
    [
      "aws_cloudwatch_event_permission",
      { principal: "444455556666", statement_id: "s", action: "events:PutRule" },
      "escapes",
    ],
    [
      "aws_cloudwatch_event_permission",
      {
        principal: "*",
        statement_id: "s",
        action: "events:PutRule",
        condition: [{ key: "aws:PrincipalOrgID", type: "StringEquals", value: "o-enclave0001" }],
      },
      "contained",
    ],
  ])("%s %j: %s", (type, values, expected) => {
    expect(verdictOf(decide(of(type, values)))).toBe(expected);
  });
});
