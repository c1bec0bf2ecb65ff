/** Amazon Redshift Serverless. */
import {
  grants,
  harmless,
  holds,
  inert,
  moves,
  network,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { dataPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/redshift/latest/mgmt/${page}.html`;

export default service("Amazon Redshift Serverless", {
  aws_redshiftserverless_namespace: holds("the databases and users of a serverless warehouse", {
    docs: guide("serverless-workgroup-namespace"),
    attributes: {
      kms_key_id: uses("the key that encrypts the warehouse"),
      admin_password_secret_kms_key_id: uses("the key that encrypts the administrator's secret"),
      iam_roles: uses("roles that the warehouse assumes; judged by their policies"),
      default_iam_role_arn: uses("the role that the warehouse assumes; judged by its policies"),
      log_exports: harmless("log groups of the same account and region, named by the service"),
    },
  }),
  aws_redshiftserverless_workgroup: holds("what answers a serverless warehouse's queries", {
    docs: guide("serverless-connecting"),
    attributes: {
      namespace_name: uses("the namespace that it serves"),
      subnet_ids: network,
      security_group_ids: network,
      publicly_accessible: network,
      // Off, COPY and UNLOAD take AWS's own network to the buckets that SQL names; what SQL is run is not in a configuration.
      enhanced_vpc_routing: harmless("which way COPY and UNLOAD take"),
      "config_parameter.parameter_value": harmless("parameters of the engine"),
      price_performance_target: harmless("a balance of price and speed"),
    },
    interfaces: [
      {
        subnets: "subnet_ids",
        groups: "security_group_ids",
        publicIpv4: { path: "publicly_accessible", absent: false },
        ipv6: "never",
        initiates: false,
        without: "default-vpc",
      },
    ],
  }),
  aws_redshiftserverless_endpoint_access: moves("a way from a VPC to a workgroup, perhaps of another account", {
    docs: guide("serverless-vpc-endpoint"),
    data: "workgroup_name",
    attributes: {
      workgroup_name: uses("the workgroup that it leads to"),
      endpoint_name: harmless("its own name"),
      owner_account: sends("redshift.endpoint", "account", {
        why: "queries and what they write go to this account's workgroup",
      }),
      subnet_ids: network,
      vpc_security_group_ids: network,
    },
  }),
  aws_redshiftserverless_custom_domain_association: inert(
    "another name of a workgroup's own endpoint",
    resourcePage("redshiftserverless_custom_domain_association"),
    {
      workgroup_name: uses("the workgroup"),
      custom_domain_name: harmless("another name of its own endpoint"),
      custom_domain_certificate_arn: uses("the certificate that the endpoint shows"),
    },
  ),
  aws_redshiftserverless_resource_policy: grants("says who may restore a snapshot, or send changes to a namespace", {
    docs: guide("serverless-snapshots-recovery-points"),
    data: "resource_arn",
    attributes: { resource_arn: uses("what the policy is on"), policy: policy("redshift-serverless.policy") },
  }),
  aws_redshiftserverless_snapshot: holds("a snapshot of a namespace", {
    docs: guide("serverless-snapshots-recovery-points"),
    attributes: { namespace_name: receives("the namespace that is copied") },
  }),
  aws_redshiftserverless_usage_limit: inert("a limit", resourcePage("redshiftserverless_usage_limit"), {
    resource_arn: uses("the workgroup that is limited"),
  }),
  "data.aws_redshiftserverless_credentials": inert(
    "makes a password for a user of a workgroup; it comes in, and is kept in the state",
    dataPage("redshiftserverless_credentials"),
  ),
  ...lookups({ redshiftserverless_namespace: "a namespace", redshiftserverless_workgroup: "a workgroup" }),
});
