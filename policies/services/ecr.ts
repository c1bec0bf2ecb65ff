import {
  grants,
  harmless,
  holds,
  inert,
  moves,
  policy,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { ephemeralPage, lookups, resourcePage } from "./pages";

export default service("Amazon ECR", {
  aws_ecr_repository: holds("keeps container images in its Region", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Repositories.html",
    attributes: { "encryption_configuration.kms_key": uses("the key that encrypts images") },
  }),

  aws_ecr_repository_policy: grants("says who may pull and push images", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
    data: "repository",
    attributes: { policy: policy("ecr.repository-policy") },
  }),

  aws_ecr_registry_policy: grants("says which accounts may replicate into the registry and fill its caches", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html",
    attributes: { policy: policy("ecr.registry-policy") },
  }),

  aws_ecr_replication_configuration: moves("copies each pushed image to other Regions and accounts", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html",
    attributes: {
      "replication_configuration.rule.destination.region": sends("ecr.replication", "region"),
      "replication_configuration.rule.destination.registry_id": shares("ecr.replication", "account"),
      "replication_configuration.rule.repository_filter": harmless("which repositories are copied"),
    },
  }),

  aws_ecr_repository_creation_template: grants("gives repositories that replication or a cache creates their policy", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html",
    attributes: {
      repository_policy: policy("ecr.repository-policy"),
      lifecycle_policy: harmless("when images are deleted"),
      custom_role_arn: uses("the role that creates the repositories"),
      "encryption_configuration.kms_key": uses("the key that encrypts images"),
      applied_for: harmless("which repositories are meant"),
      prefix: harmless("which repositories are meant"),
    },
  }),

  // Images come in; the upstream registry learns the names of those that are asked for, which is how data comes in at all.
  aws_ecr_pull_through_cache_rule: moves("fetches images from another registry when they are asked for", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html",
    attributes: {
      upstream_registry_url: receives("images come from there"),
      upstream_repository_prefix: receives("images come from there"),
      credential_arn: uses("the credentials for the other registry"),
      custom_role_arn: uses("the role that reads from the other registry"),
    },
  }),

  aws_ecr_account_setting: inert("an account-wide setting of the registry", resourcePage("ecr_account_setting")),
  aws_ecr_lifecycle_policy: inert("says when images are deleted", resourcePage("ecr_lifecycle_policy"), {
    policy: harmless("ages and counts of images"),
    repository: harmless("the repository it is about"),
  }),
  aws_ecr_registry_scanning_configuration: inert(
    "says which images are scanned, in their own Region",
    resourcePage("ecr_registry_scanning_configuration"),
  ),

  "ephemeral.aws_ecr_authorization_token": inert(
    "reads a token for docker login",
    ephemeralPage("ecr_authorization_token"),
  ),
  ...lookups({
    ecr_authorization_token: "a token for docker login",
    ecr_image: "an image's digest",
    ecr_images: "the images of a repository",
    ecr_lifecycle_policy_document: "nothing: it writes a policy as JSON",
    ecr_pull_through_cache_rule: "a cache rule",
    ecr_repositories: "the names of a registry's repositories",
    ecr_repository: "a repository by name",
    ecr_repository_creation_template: "a creation template",
  }),
});
