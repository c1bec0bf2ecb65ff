/** Keeps deleted snapshots and images for a while, where they are. */
import { harmless, inert, service } from "../flows/vocabulary";

export default service("Recycle Bin", {
  aws_rbin_rule: inert(
    "keeps deleted snapshots and images for a while, in the same account and region",
    "https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html",
    {
      "resource_tags.resource_tag_value": harmless("which resources are kept"),
      "exclude_resource_tags.resource_tag_value": harmless("which resources are not kept"),
    },
  ),
});
