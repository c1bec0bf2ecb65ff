import { at, grants, harmless, holds, inert, opens, policy, service } from "../flows/vocabulary";
import { ephemeralPage, lookups } from "./pages";

export default service("Amazon ECR Public", {
  aws_ecrpublic_repository: holds("publishes container images to everybody in the Amazon ECR Public Gallery", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/public/public-repositories.html",
    attributes: {
      repository_name: opens("ecr-public.gallery", at("repository_name").isNot(""), {
        why: "anybody may pull from a public repository, without credentials",
      }),
      catalog_data: harmless("the description in the gallery"),
    },
  }),
  aws_ecrpublic_repository_policy: grants("says who may push; pulling is open to everybody", {
    docs: "https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policies.html",
    data: "repository_name",
    attributes: { policy: policy("ecr-public.policy") },
  }),
  "ephemeral.aws_ecrpublic_authorization_token": inert(
    "reads a token for docker login",
    ephemeralPage("ecrpublic_authorization_token"),
  ),
  ...lookups({
    ecrpublic_authorization_token: "a token for docker login",
    ecrpublic_images: "the images of a public repository",
  }),
});
