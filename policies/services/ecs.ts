import {
  document,
  type Entry,
  harmless,
  type InterfaceRule,
  inert,
  moves,
  places,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { containerDefinitions } from "./documents/container-definitions";
import { launchType } from "./documents/launch-type";
import { logBlock } from "./documents/log-driver";
import { sentToItsRegion } from "./nature";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonECS/latest/developerguide/${page}.html`;

/** In the awsvpc mode each task has an interface of its own; in the others it uses its machine's. */
const task: InterfaceRule = {
  subnets: "network_configuration.subnets",
  groups: "network_configuration.security_groups",
  publicIpv4: { path: "network_configuration.assign_public_ip", absent: false },
  initiates: true,
  without: "nothing",
};

const served = harmless("how requests reach the tasks is judged at the load balancer");
const registered = harmless("the tasks' addresses are put into a registry of the same account");
const taskSet: Entry["attributes"] = {
  cluster: uses("the cluster that tasks run on"),
  task_definition: uses("what is run"),
  launch_type: launchType,
  "network_configuration.subnets": { role: "network" },
  "network_configuration.security_groups": { role: "network" },
  "network_configuration.assign_public_ip": { role: "network" },
  capacity_provider_strategy: uses("on which of the cluster's machines tasks run"),
  load_balancer: served,
  service_registries: registered,
};

export default service("Amazon ECS", {
  aws_ecs_cluster: places("machines that tasks run on", {
    docs: guide("ecs-exec"),
    attributes: {
      "configuration.execute_command_configuration.kms_key_id": uses("the key that encrypts sessions"),
      "configuration.execute_command_configuration.log_configuration.s3_bucket_name": sends("ecs.exec-logs", "bucket"),
      "configuration.execute_command_configuration.log_configuration.s3_key_prefix": harmless(
        "the beginning of object names",
      ),
      "configuration.execute_command_configuration.log_configuration.cloud_watch_log_group_name": harmless(
        "a log group of the cluster's own account and Region",
      ),
      "configuration.managed_storage_configuration": uses("the keys that encrypt the tasks' disks"),
      "service_connect_defaults.namespace": registered,
    },
  }),
  aws_ecs_cluster_capacity_providers: inert(
    "which machines a cluster uses",
    resourcePage("ecs_cluster_capacity_providers"),
    {
      capacity_providers: uses("the machines"),
      default_capacity_provider_strategy: uses("the machines"),
    },
  ),
  aws_ecs_capacity_provider: places("gives a cluster machines", {
    docs: guide("managed-instances-networking"),
    attributes: {
      "auto_scaling_group_provider.auto_scaling_group_arn": uses("the machines, which are judged at the group"),
      "managed_instances_provider.infrastructure_role_arn": uses("the role that starts the machines"),
      "managed_instances_provider.instance_launch_template.ec2_instance_profile_arn": uses(
        "the role that the machines act with",
      ),
    },
    interfaces: [
      {
        subnets: "managed_instances_provider.instance_launch_template.network_configuration.subnets",
        groups: "managed_instances_provider.instance_launch_template.network_configuration.security_groups",
        publicIpv4: "subnet",
        initiates: true,
        without: "nothing",
      },
    ],
  }),

  aws_ecs_service: moves("keeps tasks running", {
    docs: guide("task-networking"),
    attributes: {
      ...taskSet,
      iam_role: uses("the role that registers tasks with the load balancer"),
      "alarms.alarm_names": uses("alarms that undo a deployment"),
      "deployment_configuration.lifecycle_hook.hook_target_arn": sends("ecs.deployment-hook", "arn"),
      "deployment_configuration.lifecycle_hook.hook_details": harmless("text that the hook is given"),
      "deployment_configuration.lifecycle_hook.role_arn": uses("the role that calls the hook"),
      placement_constraints: harmless("on which of the cluster's machines tasks run"),
      "service_connect_configuration.namespace": registered,
      "service_connect_configuration.log_configuration": document(logBlock),
      "service_connect_configuration.service.client_alias": harmless(
        "names by which the tasks of the namespace find each other",
      ),
      "service_connect_configuration.service.discovery_name": registered,
      "service_connect_configuration.service.tls": uses("certificates between the tasks"),
      "volume_configuration.managed_ebs_volume.kms_key_id": uses("the key that encrypts the volume"),
      "volume_configuration.managed_ebs_volume.role_arn": uses("the role that makes the volume"),
      "volume_configuration.managed_ebs_volume.snapshot_id": receives("the volume starts with the snapshot's data"),
      vpc_lattice_configurations: served,
      availability_zone_rebalancing: harmless("whether tasks are spread anew over the service's own zones"),
      triggers: harmless("values whose change starts a deployment"),
    },
    interfaces: [task],
  }),
  aws_ecs_task_set: moves("keeps tasks of a service running", {
    docs: guide("task-networking"),
    data: "service",
    attributes: {
      ...taskSet,
      service: uses("the service that the tasks are of"),
      external_id: harmless("a name that a deployment tool gave"),
    },
    interfaces: [task],
  }),
  // Names no network of its own: in private subnets the service's load balancer is internal, in public ones it is open.
  aws_ecs_express_gateway_service: moves("keeps tasks running behind a load balancer that it makes", {
    docs: guide("express-service-overview"),
    attributes: {
      cluster: uses("the cluster that tasks run on"),
      execution_role_arn: uses("the role that fetches the image"),
      infrastructure_role_arn: uses("the role that makes the load balancer"),
      task_role_arn: uses("the role that the code acts with"),
      health_check_path: harmless("a path of the application"),
      "primary_container.image": receives("the image comes from there"),
      "primary_container.aws_logs_configuration": harmless("a log group of the service's own account and Region"),
      "primary_container.environment": harmless("read by the code, which its network and role bound"),
      "primary_container.repository_credentials": uses("the credentials for the image's registry"),
      "primary_container.secret": receives("secrets come from there"),
      "network_configuration.subnets": { role: "network" },
      "network_configuration.security_groups": { role: "network" },
    },
    interfaces: [
      {
        subnets: "network_configuration.subnets",
        groups: "network_configuration.security_groups",
        publicIpv4: "always",
        initiates: true,
        without: "default-vpc",
      },
    ],
  }),

  aws_ecs_task_definition: moves("says what containers run and where their output goes", {
    docs: guide("task_definition_parameters"),
    attributes: {
      container_definitions: document(containerDefinitions),
      execution_role_arn: uses("the role that fetches images and writes logs"),
      task_role_arn: uses("the role that the code acts with"),
      placement_constraints: harmless("on which of the cluster's machines tasks run"),
      proxy_configuration: harmless("which ports a proxy inside the task takes over"),
      "volume.host_path": harmless("a folder of the machine"),
      "volume.docker_volume_configuration": harmless(
        "a volume of the machine, or one that it mounts through its own network",
      ),
      "volume.efs_volume_configuration": uses("a file system mounted through the task's own interface"),
      "volume.fsx_windows_file_server_volume_configuration": uses(
        "a file system mounted through the machine's own interface",
      ),
    },
  }),

  aws_ecs_account_setting_default: inert("an account-wide setting", resourcePage("ecs_account_setting_default")),
  aws_ecs_tag: inert("a tag", resourcePage("ecs_tag"), { resource_arn: harmless("what is tagged") }),

  "data.aws_ecs_task_execution": moves("runs a task when Terraform plans", {
    docs: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ecs_task_execution",
    attributes: {
      cluster: uses("the cluster that the task runs on"),
      task_definition: uses("what is run"),
      launch_type: launchType,
      overrides: harmless("environment and roles of the containers"),
      "network_configuration.subnets": { role: "network" },
      "network_configuration.security_groups": { role: "network" },
    },
    also: sentToItsRegion("ecs.run-task", "the task runs there"),
    interfaces: [task],
  }),
  ...lookups({
    ecs_cluster: "a cluster by name",
    ecs_clusters: "the clusters of an account",
    ecs_container_definition: "a container of a task definition",
    ecs_service: "a service by name",
    ecs_task_definition: "a task definition by name",
  }),
});
