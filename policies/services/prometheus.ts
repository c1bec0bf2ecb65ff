import {
  document,
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
import { alertManager } from "./documents/alert-manager";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/prometheus/latest/userguide/${page}.html`;

export default service("Amazon Managed Service for Prometheus", {
  aws_prometheus_workspace: holds("keeps metrics", {
    docs: guide("AMP-manage-ingest-query"),
    attributes: {
      kms_key_arn: uses("the key that encrypts metrics"),
      "logging_configuration.log_group_arn": sends("prometheus.log", "arn"),
    },
  }),
  aws_prometheus_alert_manager_definition: moves("sends alerts about metrics", {
    docs: guide("AMP-alertmanager-config"),
    data: "workspace_id",
    attributes: { definition: document(alertManager) },
  }),
  aws_prometheus_query_logging_configuration: moves("records queries", {
    docs: guide("query-insights-control"),
    data: "workspace_id",
    attributes: { "destination.cloudwatch_logs.log_group_arn": sends("prometheus.query-log", "arn") },
  }),
  aws_prometheus_resource_policy: grants("says who may read and write metrics", {
    docs: guide("AMP-resource-based-policies"),
    data: "workspace_id",
    attributes: { policy_document: policy("prometheus.policy") },
  }),
  // A collector only fetches; what it fetches from, its configuration says.
  aws_prometheus_scraper: moves("fetches metrics of a cluster into a workspace", {
    docs: guide("AMP-collector-how-to"),
    attributes: {
      "destination.amp.workspace_arn": sends("prometheus.scraper", "arn"),
      "source.eks.cluster_arn": receives("metrics come from there"),
      "source.eks.subnet_ids": network,
      "source.eks.security_group_ids": network,
      "role_configuration.source_role_arn": uses("the role that reads the cluster"),
      "role_configuration.target_role_arn": uses("the role that writes metrics"),
      scrape_configuration: receives("metrics come from what it names"),
    },
    interfaces: [
      {
        subnets: "source.eks.subnet_ids",
        groups: "source.eks.security_group_ids",
        publicIpv4: "never",
        initiates: false,
        without: "nothing",
      },
    ],
  }),
  aws_prometheus_rule_group_namespace: inert(
    "rules by which metrics are computed; where alerts go, the alert manager says",
    resourcePage("prometheus_rule_group_namespace"),
    { data: harmless("rules over metrics of the same workspace") },
  ),
  aws_prometheus_workspace_configuration: inert(
    "how long metrics are kept",
    resourcePage("prometheus_workspace_configuration"),
  ),
});
