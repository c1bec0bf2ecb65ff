import { attribute, type Resource } from "../configuration/resource";
import {
  at,
  grants,
  harmless,
  identity,
  inert,
  moves,
  opens,
  places,
  receives,
  sends,
  service,
  shares,
  stands,
  uses,
} from "../flows/vocabulary";
import { party, statement } from "./documents/statement";
import { ephemeralPage, lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/eks/latest/userguide/${page}.html`;
/** What an entry, or a policy associated with one, amounts to: the principal's calls to the cluster's interface are answered. */
const entered = {
  channel: "eks.access-entry",
  attribute: "principal_arn",
  document: (entry: Resource) =>
    statement({ principal: party(attribute(entry, "principal_arn")), actions: "eks:AccessKubernetesApi" }),
};
const publicAccess = at("vpc_config.endpoint_public_access", true);

export default service("Amazon EKS", {
  aws_eks_cluster: places("machines that pods run on, and the interface that governs them", {
    docs: guide("cluster-endpoint"),
    attributes: {
      // Public unless told otherwise, and then for everybody unless addresses are listed.
      "vpc_config.endpoint_public_access": opens("eks.public-endpoint", publicAccess.isNot(false), {
        when: at("vpc_config.public_access_cidrs").isNotSet(),
        why: "the cluster's interface answers on the internet",
      }),
      "vpc_config.public_access_cidrs": shares("eks.public-endpoint", "cidr", {
        when: publicAccess.isNot(false),
        why: "the cluster's interface answers these addresses on the internet",
      }),
      "vpc_config.endpoint_private_access": { role: "network" },
      "vpc_config.subnet_ids": { role: "network" },
      "vpc_config.security_group_ids": { role: "network" },
      role_arn: uses("the role that the cluster acts with"),
      "compute_config.node_role_arn": uses("the role that machines act with"),
      "encryption_config.provider.key_arn": uses("the key that encrypts secrets"),
      "kubernetes_network_config.service_ipv4_cidr": harmless("addresses of services inside the cluster"),
      "kubernetes_network_config.ip_family": harmless("the family of addresses inside the cluster"),
      "outpost_config.outpost_arns": stands("outpost"),
      // Hybrid nodes: machines of the owner's outside AWS run pods.
      "remote_network_config.remote_node_networks.cidrs": sends("eks.hybrid-nodes", "cidr"),
      "remote_network_config.remote_pod_networks.cidrs": sends("eks.hybrid-nodes", "cidr"),
    },
    interfaces: [
      // The control plane's own interfaces only serve nodes and whoever asks.
      {
        subnets: "vpc_config.subnet_ids",
        groups: "vpc_config.security_group_ids",
        publicIpv4: "never",
        initiates: false,
        without: "nothing",
      },
      // In Auto Mode the cluster starts machines of its own in the same subnets.
      {
        subnets: "vpc_config.subnet_ids",
        unfiltered: true,
        publicIpv4: "subnet",
        initiates: true,
        when: at("compute_config.enabled", false).is(true),
        without: "nothing",
      },
    ],
  }),
  aws_eks_node_group: places("machines that pods run on", {
    docs: guide("managed-node-groups"),
    data: "cluster_name",
    attributes: {
      node_role_arn: uses("the role that the machines act with"),
      subnet_ids: { role: "network" },
      launch_template: uses("how the machines are set up"),
      "remote_access.source_security_group_ids": { role: "network" },
      "remote_access.ec2_ssh_key": uses("the key that admits administrators"),
    },
    // Without a launch template the machines have the cluster's own group, which lets everything out.
    interfaces: [
      { subnets: "subnet_ids", unfiltered: true, publicIpv4: "subnet", initiates: true, without: "nothing" },
    ],
  }),
  aws_eks_fargate_profile: places("runs pods without machines of the owner's", {
    docs: guide("fargate"),
    data: "cluster_name",
    attributes: {
      pod_execution_role_arn: uses("the role that fetches images"),
      subnet_ids: { role: "network" },
    },
    interfaces: [{ subnets: "subnet_ids", unfiltered: true, publicIpv4: "never", initiates: true, without: "nothing" }],
  }),

  aws_eks_access_entry: grants("lets a principal use the cluster's interface", {
    docs: guide("access-entries"),
    data: "cluster_name",
    policy: entered,
    attributes: { principal_arn: identity },
  }),
  aws_eks_access_policy_association: grants("says what a principal may do in the cluster", {
    docs: guide("access-policies"),
    data: "cluster_name",
    policy: entered,
    attributes: {
      principal_arn: identity,
      policy_arn: uses("a set of permissions that AWS wrote"),
      access_scope: harmless("in which namespaces"),
    },
  }),
  aws_eks_identity_provider_config: grants("lets whoever a provider signs in use the cluster's interface", {
    docs: guide("authenticate-oidc-identity-provider"),
    data: "cluster_name",
    attributes: {
      "oidc.issuer_url": shares("eks.identity-provider", "url"),
      "oidc.required_claims": harmless("narrows who is let in"),
    },
  }),
  aws_eks_pod_identity_association: grants("gives pods a role, on choice one of another account", {
    docs: guide("pod-id-assign-target-role"),
    data: "cluster_name",
    attributes: {
      role_arn: uses("the role that pods act with"),
      service_account: harmless("which pods are meant"),
      target_role_arn: sends("eks.pod-identity", "arn", { why: "pods act in the account that the role belongs to" }),
    },
  }),

  // What an add-on's pods may reach is bounded by the network they run in.
  aws_eks_addon: moves("runs software of AWS's or a vendor's in the cluster", {
    docs: guide("eks-add-ons"),
    data: "cluster_name",
    attributes: {
      addon_name: receives("images come from AWS or a vendor"),
      configuration_values: harmless("settings of the pods, which the cluster's network bounds"),
      service_account_role_arn: uses("the role that the pods act with"),
      pod_identity_association: uses("the role that the pods act with"),
    },
  }),
  aws_eks_capability: moves("runs a controller of AWS's that makes resources or deploys from repositories", {
    docs: guide("capabilities"),
    data: "cluster_name",
    attributes: {
      role_arn: uses("the role that the controller acts with"),
      delete_propagation_policy: harmless("what remains when it is removed"),
      "configuration.argo_cd.aws_idc.idc_instance_arn": uses("where users are looked up"),
      "configuration.argo_cd.aws_idc.idc_region": shares("eks.capability", "region"),
      "configuration.argo_cd.network_access": { role: "network" },
      "configuration.argo_cd.rbac_role_mapping": harmless("which users have which role"),
    },
    // AWS Controllers for Kubernetes make resources of AWS's; Argo CD and kro make what runs in the cluster.
    *also(resource) {
      const type = attribute(resource, "type");
      if (type === "ARGOCD" || type === "KRO") return;
      yield {
        finding: "undecided",
        attribute: "type",
        why: "the controller makes resources from manifests that are not in this configuration",
      };
    },
  }),

  "ephemeral.aws_eks_cluster_auth": inert(
    "reads a token for the cluster's interface",
    ephemeralPage("eks_cluster_auth"),
  ),
  ...lookups({
    eks_access_entry: "an access entry",
    eks_addon: "an add-on of a cluster",
    eks_addon_version: "a version of an add-on",
    eks_cluster: "a cluster by name",
    eks_cluster_auth: "a token for the cluster's interface",
    eks_cluster_versions: "versions of Kubernetes",
    eks_clusters: "the clusters of an account",
    eks_node_group: "a node group by name",
    eks_node_groups: "the node groups of a cluster",
  }),
});
