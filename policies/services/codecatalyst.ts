import type { Resource } from "../configuration/resource";
import { at, type Finding, harmless, holds, moves, opens, receives, sends, service } from "../flows/vocabulary";
import { lookups } from "./pages";

/**
 * A space is in Oregon or in Ireland, both behind the one endpoint codecatalyst.global.api.aws (AWS General Reference,
 * "Amazon CodeCatalyst endpoints and quotas"); neither its name nor the provider's region tells which, the trust file
 * may: its ARN has neither Region nor account ("Resource types defined by Amazon CodeCatalyst", Service Authorization
 * Reference).
 */
function* somewhere({ values }: Resource): Generator<Finding> {
  const name = values.space_name ?? null;
  const value = typeof name === "string" ? `arn:aws:codecatalyst:::space/${name}` : name;
  yield { finding: "role", attribute: "space_name", value, role: sends("codecatalyst.space", "arn") };
}

export default service("Amazon CodeCatalyst", {
  aws_codecatalyst_dev_environment: moves("runs an editor on a machine of the service's own", {
    docs: "https://docs.aws.amazon.com/codecatalyst/latest/userguide/devenvironment.html",
    attributes: {
      instance_type: opens("codecatalyst.internet", at("instance_type").isNot(""), {
        why: "the machine stands in a network of CodeCatalyst's own, which reaches the internet",
      }),
      repositories: receives("code comes from there"),
      "ides.runtime": receives("the editor comes from there"),
    },
  }),
  aws_codecatalyst_project: holds("keeps issues, workflows and repositories", {
    docs: "https://docs.aws.amazon.com/codecatalyst/latest/userguide/spaces.html",
    also: somewhere,
  }),
  aws_codecatalyst_source_repository: holds("keeps source code", {
    docs: "https://docs.aws.amazon.com/codecatalyst/latest/userguide/source-repositories.html",
    attributes: { description: harmless("text for people") },
    also: somewhere,
  }),
  ...lookups({ codecatalyst_dev_environment: "an environment" }),
});
