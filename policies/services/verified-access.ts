/** AWS Verified Access: private applications on the internet, for users whom a policy lets in. */
import { attribute, type Resource } from "../configuration/resource";
import { isUnknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  at,
  carries,
  type Finding,
  grants,
  harmless,
  inert,
  moves,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { read } from "./networks";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/verified-access/latest/ug/${page}.html`;

/**
 * Without a policy "all access requests are denied" (Verified Access policies). Policies are written in Cedar, over what
 * providers say of users; wherever those are, whom one lets in reaches the application.
 */
function* published(endpoint: Resource, context: Context): Generator<Finding> {
  const value = attribute(endpoint, "verified_access_group_id");
  const groups = context.denoted(value).filter(({ type }) => type === "aws_verifiedaccess_group");
  const policies: Value[] = [endpoint, ...groups].map((one) => attribute(one, "policy_document"));
  const open = policies.some((policy) => typeof policy === "string" && policy !== "");
  const unsure = groups.length === 0 ? "its group is not in this configuration" : policies.find(isUnknown)?.why;
  if (!open && unsure === undefined) return;
  yield {
    finding: "flow",
    channel: "verified-access.endpoint",
    to: { to: "internet" },
    why: "users whom the policy lets in reach the application from anywhere",
    ...(!open && { unless: unsure }),
  };
}

const judged = harmless("who is let in; judged at the endpoint");
const key = { "sse_specification.kms_key_arn": uses("the key that encrypts the settings") };
const signIn = (why: string) => sends("verified-access.identity-provider", "url", { why });
const oidc = (block: string) => ({
  [`${block}.authorization_endpoint`]: shares("verified-access.identity-provider", "url", {
    why: "whom this provider vouches for is believed",
  }),
  [`${block}.token_endpoint`]: signIn("codes of users are sent there"),
  [`${block}.user_info_endpoint`]: signIn("tokens of users are sent there"),
  [`${block}.issuer`]: harmless("a name that tokens must carry"),
});

export default service("AWS Verified Access", {
  aws_verifiedaccess_endpoint: carries("publishes a private application on the internet", {
    docs: guide("verified-access-endpoints"),
    attributes: {
      ...read("security_group_ids"),
      policy_document: judged,
      verified_access_group_id: uses("the group, whose policy counts too"),
      application_domain: harmless("the application's name"),
      domain_certificate_arn: uses("the certificate shown to users"),
      "load_balancer_options.load_balancer_arn": uses("the application"),
      "load_balancer_options.subnet_ids": uses("the subnets that the application is reached from"),
      "network_interface_options.network_interface_id": uses("the application"),
      cidr_options: uses("the addresses of the application"),
      rds_options: uses("the database that is reached"),
      ...key,
    },
    also: published,
  }),
  aws_verifiedaccess_group: grants("a policy for several endpoints", {
    docs: guide("verified-access-groups"),
    attributes: {
      policy_document: judged,
      "sse_configuration.kms_key_arn": uses("the key that encrypts the settings"),
    },
  }),
  aws_verifiedaccess_trust_provider: grants("says who users are, or what devices they have", {
    docs: guide("trust-providers"),
    attributes: {
      ...oidc("oidc_options"),
      ...oidc("native_application_oidc_options"),
      "native_application_oidc_options.public_signing_key_endpoint": harmless("where keys that prove tokens come from"),
      "device_options.tenant_id": harmless("who the owner is at the vendor that watches devices"),
      ...key,
    },
  }),
  aws_verifiedaccess_instance_logging_configuration: moves("records each request", {
    docs: guide("access-logs"),
    data: "verifiedaccess_instance_id",
    attributes: {
      "access_logs.s3.bucket_name": sends("verified-access.log", "bucket", {
        when: at("access_logs.s3.enabled").is(true),
        account: "access_logs.s3.bucket_owner",
      }),
      "access_logs.s3.bucket_owner": sends("verified-access.log", "account", {
        when: at("access_logs.s3.enabled").is(true),
      }),
      "access_logs.cloudwatch_logs.log_group": uses("a log group of the same account and Region"),
      "access_logs.kinesis_data_firehose.delivery_stream": uses("a delivery stream of the same account and Region"),
    },
  }),
  aws_verifiedaccess_instance: inert("groups endpoints and providers", resourcePage("verifiedaccess_instance"), {
    cidr_endpoints_custom_subdomain: harmless("its own name"),
  }),
  aws_verifiedaccess_instance_trust_provider_attachment: inert(
    "which providers are asked",
    resourcePage("verifiedaccess_instance_trust_provider_attachment"),
  ),
});
