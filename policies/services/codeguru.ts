import { holds, moves, receives, service, uses } from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { lookups } from "./pages";

export default service("Amazon CodeGuru", {
  aws_codeguruprofiler_profiling_group: holds("keeps profiles of running code", {
    docs: "https://docs.aws.amazon.com/codeguru/latest/profiler-ug/what-is-codeguru-profiler.html",
    also: mayImprove("codeguruprofiler"),
  }),
  aws_codegurureviewer_repository_association: moves("reads source code and comments on it", {
    docs: "https://docs.aws.amazon.com/codeguru/latest/reviewer-ug/data-protection.html",
    attributes: {
      "kms_key_details.kms_key_id": uses("the key that encrypts the copy of the code"),
      "repository.bitbucket": receives("code comes from there"),
      "repository.codecommit": receives("code comes from there"),
      "repository.github_enterprise_server": receives("code comes from there"),
      "repository.s3_bucket": receives("code comes from there"),
    },
  }),
  ...lookups({ codeguruprofiler_profiling_group: "a profiling group by name" }),
});
