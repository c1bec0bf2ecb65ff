import { grants, harmless, inert, policy, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("AWS X-Ray", {
  aws_xray_resource_policy: grants("says which services and accounts may send traces, or read them", {
    docs: "https://docs.aws.amazon.com/xray/latest/devguide/security_iam_service-with-iam.html",
    attributes: { policy_document: policy("xray.policy") },
  }),
  aws_xray_encryption_config: inert("with which key traces are encrypted", resourcePage("xray_encryption_config"), {
    key_id: uses("the key that encrypts traces"),
  }),
  aws_xray_group: inert("a saved filter over traces", resourcePage("xray_group"), {
    filter_expression: harmless("which traces are meant"),
  }),
  aws_xray_sampling_rule: inert("which share of requests is traced", resourcePage("xray_sampling_rule"), {
    host: harmless("which requests are meant"),
    resource_arn: harmless("which requests are meant"),
    url_path: harmless("which requests are meant"),
    attributes: harmless("which requests are meant"),
  }),
});
