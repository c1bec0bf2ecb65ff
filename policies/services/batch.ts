import { at, document, harmless, inert, moves, places, receives, sends, service, uses } from "../flows/vocabulary";
import { containerDefinitions } from "./documents/container-definitions";
import { lookups, resourcePage } from "./pages";

const onFargate = at("compute_resources.type");

export default service("AWS Batch", {
  aws_batch_compute_environment: places("machines that jobs run on", {
    docs: "https://docs.aws.amazon.com/batch/latest/userguide/compute_environments.html",
    attributes: {
      service_role: uses("the role that starts machines"),
      "compute_resources.instance_role": uses("the role that machines act with"),
      "compute_resources.spot_iam_fleet_role": uses("the role that bids for machines"),
      "compute_resources.launch_template": uses("how machines are set up"),
      "compute_resources.image_id": receives("the machines' image comes from there"),
      "compute_resources.ec2_configuration": receives("the machines' image comes from there"),
      "compute_resources.subnets": { role: "network" },
      "compute_resources.security_group_ids": { role: "network" },
      "compute_resources.tags": harmless("tags of the machines"),
      "eks_configuration.eks_cluster_arn": sends("batch.eks", "arn", { why: "jobs run on the cluster" }),
    },
    interfaces: [
      {
        subnets: "compute_resources.subnets",
        groups: "compute_resources.security_group_ids",
        publicIpv4: "subnet",
        initiates: true,
        when: onFargate.isNot("FARGATE", "FARGATE_SPOT"),
        without: "nothing",
      },
      // Each job definition says for itself whether its tasks have public addresses.
      {
        subnets: "compute_resources.subnets",
        groups: "compute_resources.security_group_ids",
        publicIpv4: "always",
        initiates: true,
        when: onFargate.is("FARGATE", "FARGATE_SPOT"),
        without: "nothing",
      },
    ],
  }),
  aws_batch_job_definition: moves("says what containers run and where their output goes", {
    docs: "https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html",
    attributes: {
      container_properties: document(containerDefinitions),
      ecs_properties: document(containerDefinitions),
      node_properties: document(containerDefinitions),
      eks_properties: harmless("pods on a cluster whose network bounds them; their output stays there"),
      parameters: harmless("text that commands are given"),
      "retry_strategy.evaluate_on_exit": harmless("when a job is tried again"),
    },
  }),
  aws_batch_job_queue: inert("jobs that wait for machines", resourcePage("batch_job_queue"), {
    "compute_environment_order.compute_environment": uses("the machines"),
    scheduling_policy_arn: uses("the order of jobs"),
  }),
  aws_batch_scheduling_policy: inert("the order of jobs", resourcePage("batch_scheduling_policy")),

  ...lookups({
    batch_compute_environment: "a compute environment by name",
    batch_job_definition: "a job definition by name",
    batch_job_queue: "a queue by name",
    batch_scheduling_policy: "a scheduling policy",
  }),
});
