import {
  at,
  document,
  filters,
  grants,
  harmless,
  holds,
  inert,
  moves,
  receives,
  service,
  uses,
} from "../flows/vocabulary";
import { connectionUrl } from "./documents/connection-url";
import { s3Uri } from "./documents/s3-uri";
import { alwaysPublic } from "./nature";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/emr/latest/ManagementGuide/${page}.html`;
const settings = harmless("settings of the applications, which the cluster's network bounds");
const template = "job_template_data";
const monitoring = "monitoring_configuration";

const ofCluster = uses("the cluster, where its network is judged");

export default service("Amazon EMR", {
  aws_emr_cluster: moves("runs Spark, Hadoop and the like on machines in the owner's VPC", {
    docs: guide("emr-plan-vpc-subnet"),
    attributes: {
      log_uri: document(s3Uri("emr.logs")),
      log_encryption_kms_key_id: uses("the key that encrypts logs"),
      service_role: uses("the role that starts machines"),
      autoscaling_role: uses("the role that starts machines"),
      "ec2_attributes.instance_profile": uses("the role that machines act with"),
      "ec2_attributes.key_name": uses("the key that admits administrators"),
      ec2_attributes: { role: "network" },
      "bootstrap_action.path": receives("scripts come from there"),
      "bootstrap_action.args": harmless("arguments of scripts, which the cluster's network bounds"),
      step: receives("programs come from there; what they reach is bounded by the cluster's network and role"),
      configurations: settings,
      configurations_json: settings,
      additional_info: settings,
      core_instance_fleet: settings,
      core_instance_group: settings,
      master_instance_fleet: settings,
      master_instance_group: settings,
      kerberos_attributes: harmless(
        "how users prove who they are; the servers are reached through the cluster's network",
      ),
      custom_ami_id: receives("the machines' image comes from there"),
      security_configuration: uses("with which keys it encrypts"),
    },
    // EMR's own groups let everything out.
    interfaces: [
      {
        subnets: "ec2_attributes.subnet_id",
        unfiltered: true,
        publicIpv4: "subnet",
        initiates: true,
        when: at("ec2_attributes.subnet_ids").isNotSet(),
        without: "default-vpc",
      },
      {
        subnets: "ec2_attributes.subnet_ids",
        unfiltered: true,
        publicIpv4: "subnet",
        initiates: true,
        when: at("ec2_attributes.subnet_ids").isSet(),
        without: "nothing",
      },
    ],
  }),
  aws_emr_instance_fleet: inert("more machines for a cluster", resourcePage("emr_instance_fleet"), {
    cluster_id: ofCluster,
    instance_type_configs: settings,
    launch_specifications: harmless("how machines are bid for"),
  }),
  aws_emr_instance_group: inert("more machines for a cluster", resourcePage("emr_instance_group"), {
    cluster_id: ofCluster,
    configurations_json: settings,
    autoscaling_policy: harmless("how many machines run"),
  }),
  aws_emr_managed_scaling_policy: inert("how many machines run", resourcePage("emr_managed_scaling_policy")),
  aws_emr_security_configuration: inert(
    "with which keys clusters encrypt",
    resourcePage("emr_security_configuration"),
    {
      configuration: uses("keys, certificates and how users prove who they are"),
    },
  ),
  aws_emr_block_public_access_configuration: filters("stops clusters whose groups let the internet in", {
    docs: guide("emr-block-public-access"),
  }),
  aws_emr_studio: moves("gives users notebooks that run on clusters", {
    docs: guide("emr-studio-security-groups"),
    attributes: {
      default_s3_location: document(s3Uri("emr.studio-workspaces")),
      encryption_key_arn: uses("the key that encrypts notebooks"),
      service_role: uses("the role that the studio acts with"),
      user_role: uses("the role that users act with"),
      idp_auth_url: uses("where users sign in; who may use the studio, the role's trust says"),
      vpc_id: { role: "network" },
      subnet_ids: { role: "network" },
      engine_security_group_id: { role: "network" },
      workspace_security_group_id: { role: "network" },
    },
    interfaces: [
      {
        subnets: "subnet_ids",
        groups: "workspace_security_group_id",
        publicIpv4: "never",
        initiates: true,
        without: "nothing",
      },
    ],
  }),
  // People sign in with IAM Identity Center, from wherever their browsers are; what the session policy asks is not weighed.
  aws_emr_studio_session_mapping: grants("lets people of the account's directory use the notebooks of a studio", {
    docs: "https://docs.aws.amazon.com/emr/latest/APIReference/API_CreateStudioSessionMapping.html",
    data: "studio_id",
    attributes: { session_policy_arn: uses("what they may do") },
    also: alwaysPublic("emr.studio-users", "people read what notebooks show, from wherever they sign in"),
  }),

  aws_emrcontainers_virtual_cluster: moves("runs Spark on a Kubernetes cluster", {
    docs: "https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/virtual-cluster.html",
    attributes: {
      "container_provider.id": uses("the cluster, of the same account and Region, where its network is judged"),
    },
  }),
  aws_emrcontainers_job_template: moves("says how a job runs and where its logs go", {
    docs: "https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/emr-eks-jobs-CLI.html",
    attributes: {
      kms_key_arn: uses("the key that encrypts the template"),
      [`${template}.execution_role_arn`]: uses("the role that the job acts with"),
      [`${template}.configuration_overrides.${monitoring}.s3_monitoring_configuration.log_uri`]: document(
        s3Uri("emr.logs"),
      ),
      [`${template}.configuration_overrides.${monitoring}.cloud_watch_monitoring_configuration`]: harmless(
        "a log group of the same account and Region",
      ),
      [`${template}.configuration_overrides.application_configuration`]: settings,
      [`${template}.job_driver`]: receives(
        "programs come from there; what they reach is bounded by the cluster's network and role",
      ),
      [`${template}.job_tags`]: harmless("labels"),
    },
  }),

  // Without subnets of its own an application reaches services of its own Region and no more: "for outbound connectivity
  // to the internet, the subnets must have outbound routes using a NAT Gateway", which only a VPC has ("Configuring VPC
  // access").
  aws_emrserverless_application: holds("runs Spark and Hive without machines of the owner's", {
    docs: "https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/vpc-access.html",
    attributes: {
      "image_configuration.image_uri": receives("the image comes from there"),
      [`${monitoring}.s3_monitoring_configuration.log_uri`]: document(s3Uri("emr.logs")),
      [`${monitoring}.s3_monitoring_configuration.encryption_key_arn`]: uses("the key that encrypts logs"),
      [`${monitoring}.cloudwatch_logging_configuration`]: harmless("a log group of the same account and Region"),
      [`${monitoring}.managed_persistence_monitoring_configuration`]: uses(
        "the key that encrypts logs that EMR keeps itself",
      ),
      [`${monitoring}.prometheus_monitoring_configuration.remote_write_url`]: document(connectionUrl("emr.metrics")),
      "network_configuration.subnet_ids": { role: "network" },
      "network_configuration.security_group_ids": { role: "network" },
      runtime_configuration: settings,
      initial_capacity: settings,
    },
    interfaces: [
      {
        subnets: "network_configuration.subnet_ids",
        groups: "network_configuration.security_group_ids",
        publicIpv4: "never",
        initiates: true,
        without: "nothing",
      },
    ],
  }),

  ...lookups({
    emr_release_labels: "versions",
    emr_supported_instance_types: "sizes of machines",
    emrcontainers_virtual_cluster: "a virtual cluster",
  }),
});
