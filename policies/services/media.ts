/** AWS Elemental MediaConvert, MediaPackage and MediaStore. */
import { grants, holds, inert, policy, service } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("AWS Elemental media services", {
  // Jobs, and where they write, are submitted by programs, not by Terraform.
  aws_media_convert_queue: inert("where jobs wait", resourcePage("media_convert_queue")),
  // Viewers fetch from origin endpoints, which Terraform can't make.
  aws_media_package_channel: holds("takes in live video", {
    docs: "https://docs.aws.amazon.com/mediapackage/latest/ug/channels.html",
  }),
  aws_media_packagev2_channel_group: inert("a group of channels", resourcePage("media_packagev2_channel_group")),
  aws_media_store_container: holds("keeps video", {
    docs: "https://docs.aws.amazon.com/mediastore/latest/ug/containers.html",
  }),
  aws_media_store_container_policy: grants("says who may read and write video", {
    docs: "https://docs.aws.amazon.com/mediastore/latest/ug/policies.html",
    data: "container_name",
    attributes: { policy: policy("mediastore.policy") },
  }),
});
