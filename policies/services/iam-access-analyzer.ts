import { harmless, inert, service } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("IAM Access Analyzer", {
  aws_accessanalyzer_analyzer: inert(
    "looks for grants to others and keeps what it finds in its own Region",
    resourcePage("accessanalyzer_analyzer"),
    { configuration: harmless("what is looked at and what is left out") },
  ),
  aws_accessanalyzer_archive_rule: inert("which findings are archived", resourcePage("accessanalyzer_archive_rule"), {
    filter: harmless("which findings are meant"),
  }),
});
