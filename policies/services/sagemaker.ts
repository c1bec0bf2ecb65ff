import { find, Unknown } from "../configuration/value";
import {
  at,
  type DocumentReader,
  document,
  type Entry,
  grants,
  harmless,
  holds,
  type InterfaceRule,
  inert,
  moves,
  opens,
  policy,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { beneath } from "./documents/run-task";
import { s3Uri } from "./documents/s3-uri";
import { pipelineDefinition, pipelineInterfaces } from "./documents/sagemaker-pipeline";
import { lookups, resourcePage } from "./pages";
import { spaceDefaults, spaceSettings, userSettings } from "./sagemaker-settings";

const guide = (page: string) => `https://docs.aws.amazon.com/sagemaker/latest/dg/${page}.html`;

const role = uses("the role that the code acts with");
const key = uses("the key that encrypts what is written");
const modelIn = receives("model and code come from there");

/**
 * Training and inference containers have internet access unless they are in a VPC or isolated (guide
 * "mkt-algo-model-internet-free"); one with network isolation has no network at all.
 */
const containers = (block: string, isolation: string, why: string): InterfaceRule => ({
  subnets: `${block}.subnets`,
  groups: `${block}.security_group_ids`,
  publicIpv4: "never",
  initiates: true,
  when: at(isolation, false).isNot(true),
  without: { internet: "sagemaker.internet", why },
});

/** The interfaces of apps, in a domain's subnets. */
const apps = (subnets: string, groups: string): InterfaceRule => ({
  subnets,
  groups,
  publicIpv4: "never",
  initiates: true,
  without: "nothing",
});

/** "SecurityGroups is aggregated when specified in both calls" (API reference, UserSettings): groups only add. */
const more = (subnets: string, groups: string): InterfaceRule => ({
  ...apps(subnets, groups),
  when: at(groups).isSet(),
});

const container = (block: string): Entry["attributes"] => ({
  [`${block}.image`]: modelIn,
  [`${block}.model_data_url`]: modelIn,
  [`${block}.model_data_source`]: modelIn,
  [`${block}.additional_model_data_source`]: modelIn,
  [`${block}.model_package_name`]: modelIn,
  [`${block}.container_hostname`]: harmless("the container's name within the model"),
  [`${block}.environment`]: harmless("read by the container, which its network and role bound"),
  [`${block}.image_config.repository_auth_config.repository_credentials_provider_arn`]: uses(
    "the function that fetches credentials for the image's registry",
  ),
});

const variant = (block: string): Entry["attributes"] => ({
  [`${block}.core_dump_config.destination_s3_uri`]: document(s3Uri("sagemaker.core-dump")),
  [`${block}.core_dump_config.kms_key_id`]: key,
  [`${block}.model_name`]: uses("the model that answers"),
  [`${block}.inference_ami_version`]: harmless("the version of the machines' image"),
});

/** A definition that lies in a bucket is not in the configuration. */
const unread: DocumentReader = function* () {
  const why = "the definition of the pipeline is not in this configuration";
  yield { at: "", value: new Unknown(why), role: sends("sagemaker.pipeline", "any") };
};

export default service("Amazon SageMaker AI", {
  aws_sagemaker_notebook_instance: moves("runs a notebook server", {
    docs: guide("appendix-notebook-and-internet-access"),
    attributes: {
      direct_internet_access: opens("sagemaker.internet", at("direct_internet_access", "Enabled").is("Enabled"), {
        why: "direct internet access adds an interface in a network of SageMaker's own, which reaches the internet",
      }),
      role_arn: role,
      kms_key_id: key,
      default_code_repository: receives("code comes from there"),
      additional_code_repositories: receives("code comes from there"),
      lifecycle_config_name: receives("scripts that run at start"),
      platform_identifier: harmless("the version of the machine's image"),
    },
    interfaces: [
      {
        subnets: "subnet_id",
        groups: "security_groups",
        publicIpv4: "never",
        initiates: true,
        without: {
          internet: "sagemaker.internet",
          why: "without subnet_id the notebook stands in a network of SageMaker's own, which reaches the internet",
        },
      },
    ],
  }),
  aws_sagemaker_notebook_instance_lifecycle_configuration: inert(
    "scripts that notebooks run at start",
    resourcePage("sagemaker_notebook_instance_lifecycle_configuration"),
  ),

  aws_sagemaker_domain: moves("gives users apps that run code, and a file system for them", {
    docs: guide("studio-notebooks-and-internet-access"),
    attributes: {
      app_network_access_type: opens(
        "sagemaker.internet",
        at("app_network_access_type", "PublicInternetOnly").is("PublicInternetOnly"),
        {
          why: "all traffic of the apps but that to the file system goes through a network of SageMaker's own, which reaches the internet",
        },
      ),
      vpc_id: { role: "network" },
      kms_key_id: key,
      domain_name: harmless("its own name"),
      ...userSettings("default_user_settings"),
      ...spaceDefaults("default_space_settings"),
      "domain_settings.security_group_ids": { role: "network" },
      "domain_settings.execution_role_identity_config": harmless("how sessions of the role are named"),
      "domain_settings.docker_settings.vpc_only_trusted_accounts": receives(
        "images come from registries of these accounts",
      ),
      "domain_settings.r_studio_server_pro_domain_settings.domain_execution_role_arn": role,
      "domain_settings.r_studio_server_pro_domain_settings.default_resource_spec": receives(
        "images and scripts come from there",
      ),
      "domain_settings.r_studio_server_pro_domain_settings.r_studio_connect_url": sends(
        "sagemaker.rstudio-connect",
        "url",
      ),
      "domain_settings.r_studio_server_pro_domain_settings.r_studio_package_manager_url":
        receives("packages come from there"),
    },
    interfaces: [
      apps("subnet_ids", "default_user_settings.security_groups"),
      more("subnet_ids", "default_space_settings.security_groups"),
      more("subnet_ids", "domain_settings.security_group_ids"),
    ],
  }),
  aws_sagemaker_user_profile: moves("a user of a domain", {
    docs: guide("domain-user-profile"),
    data: "domain_id",
    interfaces: [more("domain_id", "user_settings.security_groups")],
    attributes: {
      ...userSettings("user_settings"),
      single_sign_on_user_identifier: harmless("how the user is named at sign-in"),
      single_sign_on_user_value: harmless("the user's name at sign-in"),
    },
  }),
  aws_sagemaker_space: moves("a workspace of a domain", {
    docs: guide("domain-space"),
    data: "domain_id",
    attributes: {
      ...spaceSettings("space_settings"),
      "ownership_settings.owner_user_profile_name": harmless("a user of the domain"),
    },
  }),
  aws_sagemaker_app: moves("an app of a user, in the domain's network", {
    docs: guide("machine-learning-environments"),
    data: "domain_id",
    attributes: { resource_spec: receives("images and scripts come from there") },
  }),
  aws_sagemaker_app_image_config: inert("how an app starts its image", resourcePage("sagemaker_app_image_config"), {
    "jupyter_lab_image_config.container_config": harmless("arguments and environment of the container"),
    "code_editor_app_image_config.container_config": harmless("arguments and environment of the container"),
    "jupyter_lab_image_config.file_system_config": harmless("where and as whom the file system is mounted"),
    "code_editor_app_image_config.file_system_config": harmless("where and as whom the file system is mounted"),
    "kernel_gateway_image_config.file_system_config": harmless("where and as whom the file system is mounted"),
  }),
  aws_sagemaker_studio_lifecycle_config: inert(
    "a script that apps run at start",
    resourcePage("sagemaker_studio_lifecycle_config"),
    {
      studio_lifecycle_config_content: harmless("the script"),
    },
  ),
  aws_sagemaker_code_repository: inert(
    "names a repository that notebooks fetch from",
    resourcePage("sagemaker_code_repository"),
    {
      "git_config.repository_url": receives("code comes from there; notebooks reach it through their own network"),
      "git_config.secret_arn": uses("the credentials for the repository"),
    },
  ),
  aws_sagemaker_image: inert("names images for apps", resourcePage("sagemaker_image"), {
    role_arn: uses("the role that reads the images"),
  }),
  aws_sagemaker_image_version: inert("takes an image from a registry", resourcePage("sagemaker_image_version"), {
    base_image: receives("the image comes from there"),
  }),

  aws_sagemaker_model: moves("runs containers that answer requests for inference", {
    docs: guide("host-vpc"),
    attributes: {
      execution_role_arn: role,
      ...container("primary_container"),
      ...container("container"),
    },
    interfaces: [
      containers(
        "vpc_config",
        "enable_network_isolation",
        "without vpc_config and network isolation the model's containers reach the internet",
      ),
    ],
  }),
  aws_sagemaker_endpoint_configuration: moves("says which models an endpoint runs and where answers are kept", {
    docs: guide("async-inference-create-endpoint"),
    attributes: {
      execution_role_arn: role,
      kms_key_arn: key,
      "async_inference_config.output_config.s3_output_path": document(s3Uri("sagemaker.async-output")),
      "async_inference_config.output_config.s3_failure_path": document(s3Uri("sagemaker.async-output")),
      "async_inference_config.output_config.kms_key_id": key,
      "async_inference_config.output_config.notification_config.success_topic": sends(
        "sagemaker.async-notification",
        "arn",
      ),
      "async_inference_config.output_config.notification_config.error_topic": sends(
        "sagemaker.async-notification",
        "arn",
      ),
      "data_capture_config.destination_s3_uri": document(
        s3Uri("sagemaker.data-capture", at("data_capture_config.enable_capture", true).isNot(false)),
      ),
      "data_capture_config.kms_key_id": key,
      ...variant("production_variants"),
      ...variant("shadow_production_variants"),
    },
  }),
  aws_sagemaker_endpoint: moves("answers requests of callers with permission by identity policies", {
    docs: guide("realtime-endpoints"),
    attributes: {
      endpoint_config_name: uses("the configuration that says what it runs"),
      "deployment_config.auto_rollback_configuration.alarms": uses("alarms that undo a deployment"),
    },
  }),
  aws_sagemaker_feature_group: holds("keeps features, online and in a bucket", {
    docs: guide("feature-store-offline"),
    attributes: {
      role_arn: uses("the role that writes to the bucket"),
      "offline_store_config.s3_storage_config.s3_uri": document(s3Uri("sagemaker.offline-store")),
      "offline_store_config.s3_storage_config.resolved_output_s3_uri": document(s3Uri("sagemaker.offline-store")),
      "offline_store_config.s3_storage_config.kms_key_id": key,
      "offline_store_config.data_catalog_config": harmless("names of the table in the catalog of the account"),
      "online_store_config.security_config.kms_key_id": key,
    },
  }),
  aws_sagemaker_data_quality_job_definition: moves("compares captured data with a baseline", {
    docs: guide("model-monitor-data-quality"),
    attributes: {
      role_arn: role,
      "data_quality_app_specification.image_uri": receives("code comes from there"),
      "data_quality_app_specification.post_analytics_processor_source_uri": receives("code comes from there"),
      "data_quality_app_specification.record_preprocessor_source_uri": receives("code comes from there"),
      "data_quality_app_specification.environment": harmless("read by the container, which its network and role bound"),
      data_quality_baseline_config: receives("statistics and constraints come from there"),
      data_quality_job_input: receives("data comes from there"),
      "data_quality_job_output_config.kms_key_id": key,
      "data_quality_job_output_config.monitoring_outputs.s3_output.s3_uri": document(
        s3Uri("sagemaker.monitoring-output"),
      ),
      "data_quality_job_output_config.monitoring_outputs.s3_output.local_path": harmless("a path inside the container"),
      "job_resources.cluster_config.volume_kms_key_id": key,
    },
    interfaces: [
      containers(
        "network_config.vpc_config",
        "network_config.enable_network_isolation",
        "without vpc_config and network isolation the job's container reaches the internet",
      ),
    ],
  }),
  aws_sagemaker_monitoring_schedule: inert(
    "runs a job definition by the clock",
    resourcePage("sagemaker_monitoring_schedule"),
  ),
  aws_sagemaker_mlflow_tracking_server: moves("records experiments and keeps their artifacts in a bucket", {
    docs: guide("mlflow-create-tracking-server"),
    attributes: {
      artifact_store_uri: document(s3Uri("sagemaker.mlflow-artifacts")),
      role_arn: uses("the role that writes artifacts"),
    },
  }),
  aws_sagemaker_hub: holds("keeps models and notebooks for the account", {
    docs: guide("jumpstart-curated-hubs"),
    attributes: { "s3_storage_config.s3_output_path": document(s3Uri("sagemaker.hub")) },
  }),
  aws_sagemaker_model_package_group: holds("keeps versions of a model", { docs: guide("model-registry") }),
  aws_sagemaker_model_package_group_policy: grants("says who may read the versions of a model", {
    docs: guide("model-registry-deploy-xaccount"),
    data: "model_package_group_name",
    attributes: { resource_policy: policy("sagemaker.model-package-policy") },
  }),

  // The public workforce (Mechanical Turk) and vendors' are workteams of AWS's own account in us-west-2.
  aws_sagemaker_flow_definition: moves("shows data to people for review", {
    docs: guide("a2i-create-flow-definition"),
    attributes: {
      role_arn: role,
      "human_loop_config.workteam_arn": sends("sagemaker.human-review", "arn"),
      "human_loop_config.human_task_ui_arn": uses("the form that people fill in"),
      "human_loop_config.public_workforce_task_price": harmless(
        "what the public workforce is paid; who reviews, workteam_arn says",
      ),
      "human_loop_config.task_description": harmless("text for people"),
      "human_loop_config.task_keywords": harmless("text for people"),
      "output_config.s3_output_path": document(s3Uri("sagemaker.human-review")),
      "output_config.kms_key_id": key,
      "human_loop_request_source.aws_managed_human_loop_request_source": receives("requests come from this service"),
    },
  }),
  aws_sagemaker_human_task_ui: inert("a form for people who review", resourcePage("sagemaker_human_task_ui"), {
    "ui_template.content": harmless("HTML that the reviewer's browser shows"),
  }),
  aws_sagemaker_workforce: grants("says who signs in the people who are shown data", {
    docs: guide("sms-workforce-create-private-oidc"),
    attributes: {
      cognito_config: uses("the pool of users that people sign in with"),
      "oidc_config.issuer": shares("sagemaker.workforce", "url", {
        why: "whoever this provider signs in is shown data",
      }),
      "oidc_config.authorization_endpoint": shares("sagemaker.workforce", "url"),
      "oidc_config.token_endpoint": shares("sagemaker.workforce", "url"),
      "oidc_config.user_info_endpoint": shares("sagemaker.workforce", "url"),
      "oidc_config.jwks_uri": shares("sagemaker.workforce", "url"),
      "oidc_config.logout_endpoint": harmless("where a browser is sent after signing out"),
      "oidc_config.client_secret": harmless("a credential"),
      "source_ip_config.cidrs": harmless("from where people may work; it only narrows"),
      "workforce_vpc_config.subnets": { role: "network" },
      "workforce_vpc_config.security_group_ids": { role: "network" },
      "workforce_vpc_config.vpc_id": { role: "network" },
    },
  }),
  aws_sagemaker_workteam: grants("a group of people who are shown data", {
    docs: guide("sms-workforce-management-private"),
    attributes: {
      "member_definition.cognito_member_definition": uses("the pool of users that people sign in with"),
      "member_definition.oidc_member_definition": uses("groups of the workforce's provider"),
      "notification_configuration.notification_topic_arn": sends("sagemaker.workteam-notification", "arn"),
      "worker_access_configuration.s3_presign": harmless("narrows from where people may fetch objects"),
    },
  }),

  aws_sagemaker_device_fleet: moves("gathers what devices report", {
    docs: guide("edge-device-fleet"),
    attributes: {
      role_arn: uses("the role that devices act with"),
      "output_config.s3_output_location": document(s3Uri("sagemaker.device-output")),
      "output_config.kms_key_id": key,
    },
  }),
  // A device is a machine of somebody's that fetches models with the fleet's role; where it is, nothing says.
  aws_sagemaker_device: grants("registers a machine that fetches models", {
    docs: guide("edge-device-fleet"),
    data: "device_fleet_name",
    attributes: {
      "device.device_name": opens("sagemaker.device", at("device.device_name").isNot(""), {
        why: "models are fetched by a device that may be anywhere",
      }),
      "device.iot_thing_name": uses("the thing that the device is known as"),
    },
  }),

  aws_sagemaker_pipeline: moves("runs jobs in the order of a definition", {
    docs: guide("define-pipeline"),
    attributes: {
      pipeline_definition: document(pipelineDefinition),
      pipeline_definition_s3_location: document(unread),
      role_arn: role,
    },
    described: function* (pipeline) {
      for (const { value, at: place } of find(pipeline.values, "pipeline_definition")) {
        for (const one of pipelineInterfaces(value)) yield beneath(one, place);
      }
    },
  }),
  aws_sagemaker_project: moves("deploys a product of AWS Service Catalog", {
    docs: guide("sagemaker-projects-whatis"),
    attributes: {
      service_catalog_provisioning_details: harmless("which product is deployed, with which parameters"),
    },
    *also() {
      yield {
        finding: "undecided",
        attribute: "service_catalog_provisioning_details",
        why: "what the product deploys is not in this configuration",
      };
    },
  }),
  aws_sagemaker_servicecatalog_portfolio_status: inert(
    "whether the account may use SageMaker's products in AWS Service Catalog",
    resourcePage("sagemaker_servicecatalog_portfolio_status"),
  ),

  ...lookups({ sagemaker_prebuilt_ecr_image: "the path of an image that AWS provides" }),
});
