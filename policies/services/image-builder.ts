import { find, isUnknown } from "../configuration/value";
import {
  document,
  type Finding,
  harmless,
  inert,
  moves,
  receives,
  sends,
  service,
  shares,
  stands,
  uses,
} from "../flows/vocabulary";
import { imageWorkflow } from "./documents/image-workflow";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/imagebuilder/latest/userguide/${page}.html`;
const ami = "distribution.ami_distribution_configuration";
const used = {
  container_recipe_arn: uses("what is built"),
  image_recipe_arn: uses("what is built"),
  infrastructure_configuration_arn: uses("the machine that builds, where it is judged"),
  distribution_configuration_arn: uses("where the image goes, which is judged there"),
  execution_role: uses("the role that workflows act with"),
  "workflow.workflow_arn": receives("steps come from there"),
  "workflow.parameter": harmless("text that steps are given"),
  image_scanning_configuration: harmless("whether the image is scanned, in a repository of the account"),
};
const steps = harmless("commands, which the building machine's network and role bound");
const components = receives("steps come from there");

export default service("EC2 Image Builder", {
  aws_imagebuilder_distribution_configuration: moves("copies images to Regions and accounts, and shares them", {
    docs: guide("manage-distribution-settings"),
    attributes: {
      "distribution.region": sends("imagebuilder.distribution", "region"),
      "distribution.license_configuration_arns": uses("licenses"),
      [`${ami}.target_account_ids`]: shares("imagebuilder.distribution", "account"),
      [`${ami}.launch_permission.user_ids`]: shares("imagebuilder.launch-permission", "account"),
      [`${ami}.launch_permission.user_groups`]: shares("imagebuilder.launch-permission", "principal"),
      [`${ami}.launch_permission.organization_arns`]: shares("imagebuilder.launch-permission", "principal"),
      [`${ami}.launch_permission.organizational_unit_arns`]: shares("imagebuilder.launch-permission", "principal"),
      [`${ami}.kms_key_id`]: uses("the key that encrypts the image"),
      [`${ami}.ami_tags`]: harmless("labels"),
      "distribution.container_distribution_configuration.target_repository": uses("a repository of the same account"),
      "distribution.container_distribution_configuration.container_tags": harmless("labels"),
      "distribution.s3_export_configuration.s3_bucket": sends("imagebuilder.export", "bucket"),
      "distribution.s3_export_configuration.s3_prefix": harmless("the beginning of object names"),
      "distribution.s3_export_configuration.role_name": uses("the role that writes to the bucket"),
      "distribution.fast_launch_configuration.account_id": shares("imagebuilder.distribution", "account"),
      "distribution.fast_launch_configuration.launch_template": uses("how machines are set up"),
      "distribution.launch_template_configuration.account_id": shares("imagebuilder.distribution", "account"),
      "distribution.ssm_parameter_configuration.ami_account_id": uses("the account whose copy of the image is named"),
      "distribution.ssm_parameter_configuration.parameter_name": harmless(
        "where the image's id is kept, in the account",
      ),
    },
  }),
  aws_imagebuilder_infrastructure_configuration: moves("the machine that builds and tests images", {
    docs: guide("manage-infra-config"),
    attributes: {
      sns_topic_arn: sends("imagebuilder.notification", "arn"),
      "logging.s3_logs.s3_bucket_name": sends("imagebuilder.logs", "bucket"),
      "logging.s3_logs.s3_key_prefix": harmless("the beginning of object names"),
      "placement.availability_zone": stands("zone"),
      "placement.host_id": uses("the host that it runs on"),
      "placement.host_resource_group_arn": uses("the hosts that it runs on"),
      instance_profile_name: uses("the role that it acts with"),
      key_pair: uses("the key that admits administrators"),
    },
    interfaces: [
      {
        subnets: "subnet_id",
        groups: "security_group_ids",
        publicIpv4: "subnet",
        initiates: true,
        without: "default-vpc",
      },
    ],
  }),
  aws_imagebuilder_image: moves("builds an image", { docs: guide("start-build-image"), attributes: used }),
  aws_imagebuilder_image_pipeline: moves("builds images by the clock", {
    docs: guide("manage-pipelines"),
    attributes: { ...used, "schedule.timezone": harmless("the time zone of the clock") },
  }),
  aws_imagebuilder_image_recipe: inert("what an image is made of", resourcePage("imagebuilder_image_recipe"), {
    parent_image: receives("the image comes from there"),
    component: components,
    user_data_base64: steps,
    block_device_mapping: uses("snapshots and keys of the image's volumes"),
    ami_tags: harmless("labels"),
  }),
  aws_imagebuilder_container_recipe: inert("what an image is made of", resourcePage("imagebuilder_container_recipe"), {
    parent_image: receives("the image comes from there"),
    component: components,
    dockerfile_template_data: steps,
    dockerfile_template_uri: receives("steps come from there"),
    instance_configuration: uses("the image and the volumes of the machine that builds"),
    kms_key_id: uses("the key that encrypts the image"),
    target_repository: uses("a repository of the same account"),
  }),
  aws_imagebuilder_component: inert("steps of a build", resourcePage("imagebuilder_component"), {
    data: steps,
    uri: receives("steps come from there"),
    kms_key_id: uses("the key that encrypts the steps"),
  }),
  // Steps of its own may distribute images without any distribution configuration.
  aws_imagebuilder_workflow: moves("the order of a build, a test or a distribution", {
    docs: guide("wfdoc-step-actions"),
    attributes: {
      data: document(imageWorkflow),
      uri: receives("steps come from there"),
      kms_key_id: uses("the key that encrypts the steps"),
    },
    also: function* (workflow): Generator<Finding> {
      for (const { at, value } of find(workflow.values, "uri")) {
        const why = `the steps lie in ${isUnknown(value) ? "a bucket" : String(value)}, not in this configuration`;
        yield { finding: "undecided", attribute: at, why };
      }
    },
  }),
  aws_imagebuilder_lifecycle_policy: inert("when images are deleted", resourcePage("imagebuilder_lifecycle_policy"), {
    execution_role: uses("the role that deletes"),
    policy_detail: harmless("which images are deleted"),
    resource_selection: harmless("which images are deleted"),
  }),
  ...lookups({
    imagebuilder_component: "a component",
    imagebuilder_components: "components",
    imagebuilder_container_recipe: "a recipe",
    imagebuilder_container_recipes: "recipes",
    imagebuilder_distribution_configuration: "a configuration",
    imagebuilder_distribution_configurations: "configurations",
    imagebuilder_image: "an image",
    imagebuilder_image_pipeline: "a pipeline",
    imagebuilder_image_pipelines: "pipelines",
    imagebuilder_image_recipe: "a recipe",
    imagebuilder_image_recipes: "recipes",
    imagebuilder_infrastructure_configuration: "a configuration",
    imagebuilder_infrastructure_configurations: "configurations",
  }),
});
