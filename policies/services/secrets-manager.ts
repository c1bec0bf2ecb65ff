/** Secrets, their replicas, who may read them and what rotates them. */
import {
  grants,
  harmless,
  holds,
  identity,
  inert,
  moves,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { dataPage, ephemeralPage, isArn, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/secretsmanager/latest/userguide/${page}.html`;

const secret = receives("the secret that is read");

export default service("AWS Secrets Manager", {
  aws_secretsmanager_secret: holds("a secret, with its replicas in other regions", {
    docs: guide("replicate-secrets"),
    attributes: {
      policy: policy("secretsmanager.policy"),
      kms_key_id: uses("the key that encrypts the secret"),
      "replica.region": sends("secretsmanager.replication", "region", { why: "the secret's value is copied there" }),
      "replica.kms_key_id": uses("the key that encrypts the replica"),
    },
  }),
  aws_secretsmanager_secret_version: moves("puts a value into a secret", {
    docs: resourcePage("secretsmanager_secret_version"),
    attributes: {
      // A name stands for a secret of the same account and region.
      secret_id: sends("secretsmanager.value", "arn", {
        when: isArn("secret_id"),
        why: "Terraform puts the value there",
      }),
      secret_string: harmless("the value itself"),
      secret_binary: harmless("the value itself"),
      secret_string_wo: harmless("the value itself"),
    },
  }),
  aws_secretsmanager_secret_policy: grants("says who may read a secret", {
    docs: guide("auth-and-access_resource-policies"),
    data: "secret_arn",
    attributes: {
      secret_arn: uses("the secret that the policy is on"),
      policy: policy("secretsmanager.policy"),
      block_public_policy: identity,
    },
  }),
  aws_secretsmanager_secret_rotation: moves("has a function change a secret, which reads and writes its value", {
    docs: guide("rotate-secrets_lambda"),
    data: "secret_id",
    attributes: {
      secret_id: uses("the secret that is rotated"),
      rotation_lambda_arn: sends("secretsmanager.rotation", "arn", {
        why: "this function is called for each rotation and handles the value",
      }),
    },
  }),
  "data.aws_secretsmanager_secret_version": moves("reads the value of a secret", {
    docs: dataPage("secretsmanager_secret_version"),
    attributes: { secret_id: secret },
  }),
  "ephemeral.aws_secretsmanager_secret_version": moves("reads the value of a secret; it is not kept", {
    docs: ephemeralPage("secretsmanager_secret_version"),
    attributes: { secret_id: secret },
  }),
  "ephemeral.aws_secretsmanager_random_password": inert(
    "makes a password up",
    ephemeralPage("secretsmanager_random_password"),
  ),
  ...lookups({
    secretsmanager_random_password: "a password that AWS makes up",
    secretsmanager_secret: "a secret, without its value",
    secretsmanager_secret_rotation: "how a secret is rotated",
    secretsmanager_secret_versions: "the versions of a secret, without their values",
    secretsmanager_secrets: "the names of secrets",
  }),
});
