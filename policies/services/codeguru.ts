import { holds, inert, receives, service, uses } from "../flows/vocabulary";
import { mayImprove } from "./ai-improvement";
import { resourcePage } from "./pages";

export default service("Amazon CodeGuru", {
  aws_codeguruprofiler_profiling_group: holds("how programs spend their time", {
    docs: "https://docs.aws.amazon.com/codeguru/latest/profiler-ug/working-with-profiling-groups.html",
    also: mayImprove("codeguruprofiler"),
  }),
  aws_codegurureviewer_repository_association: inert(
    "looks through programs for mistakes, in the same Region",
    resourcePage("codegurureviewer_repository_association"),
    {
      repository: receives("programs come from there"),
      "kms_key_details.kms_key_id": uses("the key that encrypts programs"),
    },
  ),
});
