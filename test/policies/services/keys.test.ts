/** Keys, secrets, certificates. */
import { findings, judge } from "./harness";
import { waysOut } from "./ways";

waysOut([
  { type: "aws_secretsmanager_secret", at: "replica.region", form: "region", channel: "secretsmanager.replication" },
  {
    type: "aws_secretsmanager_secret_rotation",
    at: "rotation_lambda_arn",
    form: "arn",
    channel: "secretsmanager.rotation",
    with: { secret_id: "s" },
  },
  {
    type: "aws_secretsmanager_secret_version",
    at: "secret_id",
    form: "arn",
    channel: "secretsmanager.value",
    with: { secret_string: "x" },
  },
  {
    type: "aws_kms_grant",
    at: "grantee_principal",
    form: "account",
    channel: "kms.grant",
    with: { key_id: "k", operations: ["Decrypt"] },
  },
  {
    type: "aws_kms_custom_key_store",
    at: "xks_proxy_uri_endpoint",
    form: "url",
    channel: "kms.external-key-store",
    with: { custom_key_store_name: "s", xks_proxy_connectivity: "PUBLIC_ENDPOINT" },
  },
  {
    type: "aws_acmpca_certificate_authority",
    at: "revocation_configuration.crl_configuration.s3_bucket_name",
    form: "bucket",
    channel: "acmpca.crl",
    with: { revocation_configuration: [{ crl_configuration: [{ enabled: true }] }] },
  },
  {
    type: "aws_acmpca_permission",
    at: "source_account",
    form: "account",
    channel: "acmpca.permission",
    with: { actions: ["IssueCertificate"], principal: "acm.amazonaws.com" },
  },
  {
    type: "aws_signer_signing_job",
    at: "destination.s3.bucket",
    form: "bucket",
    channel: "signer.job",
    with: { profile_name: "p" },
  },
  {
    type: "aws_signer_signing_profile_permission",
    at: "principal",
    form: "account",
    channel: "signer.permission",
    with: { profile_name: "p", action: "signer:StartSigningJob" },
  },
]);

test("a grant that only encrypts gives nothing away", async () => {
  const grant = (operations: unknown) => ({
    aws_kms_grant: { g: { key_id: "k", grantee_principal: "arn:aws:iam::444455556666:role/r", operations } },
  });
  expect((await judge(grant(["Encrypt", "DescribeKey"]))).verdict).toBe("contained");
  expect((await judge(grant(["Encrypt", "GenerateDataKey"]))).verdict).toBe("contained");
  expect((await judge(grant(["GenerateDataKey", "CreateGrant"]))).verdict).toBe("escapes");
  expect((await judge(grant(["Encrypt", "Decrypt"]))).verdict).toBe("escapes");
  expect((await judge(grant([`\${var.u}`]), { variable: { u: {} } })).verdict).toBe("undecided");
});

test("a replica key stands in its own region", async () => {
  const replica = (region: string) => ({
    aws_kms_replica_key: { r: { region, primary_key_arn: "arn:aws:kms:eu-west-1:111111111111:key/mrk-1" } },
  });
  expect(findings(await judge(replica("us-east-1")))).toContain("aws_kms_replica_key.r -> us-east-1 by placement");
  expect((await judge(replica("eu-north-1"))).verdict).toBe("contained");
});

test("a proxy behind an endpoint service that nobody knows", async () => {
  const store = (service: string) => ({
    aws_kms_custom_key_store: {
      s: {
        custom_key_store_name: "s",
        xks_proxy_connectivity: "VPC_ENDPOINT_SERVICE",
        xks_proxy_uri_endpoint: "https://xks.internal.example.com",
        xks_proxy_vpc_endpoint_service_name: service,
      },
    },
  });
  expect((await judge(store("com.amazonaws.vpce.eu-west-1.vpce-svc-1"))).verdict).not.toBe("contained");
});
