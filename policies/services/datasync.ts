/**
 * AWS DataSync: tasks copy from one location to another. A location alone moves nothing; what it names is judged where
 * a task writes to it.
 */
import type { Resource } from "../configuration/resource";
import { find } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  type Finding,
  harmless,
  inert,
  moves,
  type Role,
  sends,
  service,
  type TargetForm,
  uses,
} from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/datasync/latest/userguide/${page}.html`;

/** What a location of each type names. */
const PLACES: Readonly<Record<string, readonly [path: string, form: TargetForm]>> = {
  aws_datasync_location_azure_blob: ["container_url", "url"],
  aws_datasync_location_efs: ["efs_file_system_arn", "arn"],
  aws_datasync_location_fsx_lustre_file_system: ["fsx_filesystem_arn", "arn"],
  aws_datasync_location_fsx_ontap_file_system: ["storage_virtual_machine_arn", "arn"],
  aws_datasync_location_fsx_openzfs_file_system: ["fsx_filesystem_arn", "arn"],
  aws_datasync_location_fsx_windows_file_system: ["fsx_filesystem_arn", "arn"],
  aws_datasync_location_hdfs: ["name_node.hostname", "host"],
  aws_datasync_location_nfs: ["server_hostname", "host"],
  aws_datasync_location_object_storage: ["server_hostname", "host"],
  aws_datasync_location_s3: ["s3_bucket_arn", "bucket-arn"],
  aws_datasync_location_smb: ["server_hostname", "host"],
};

const DESTINATION = "destination_location_arn";
const WHY = "the task copies files there";

function* destination(task: Resource, context: Context): Generator<Finding> {
  for (const { value, at } of find(task.values, DESTINATION)) {
    const locations = context
      .denoted(value)
      .filter(({ mode, type }) => mode === "managed" && Object.hasOwn(PLACES, type));
    if (locations.length === 0) {
      yield {
        finding: "undecided",
        attribute: at,
        why: "the location that the task copies to is not in this configuration",
      };
    }
    for (const location of locations) {
      const [path, form] = PLACES[location.type];
      for (const named of find(location.values, path)) {
        yield { finding: "role", attribute: at, value: named.value, role: sends("datasync.task", form, { why: WHY }) };
      }
    }
  }
}

/** A place named by a location. */
const named = uses("what the location names; judged where a task copies to it");

const location = (what: string, page: string, attributes: Record<string, Role>) =>
  inert(`${what}; a location alone moves nothing`, guide(page), attributes);

const shared = {
  subdirectory: harmless("a directory"),
  agent_arns: uses("agents through which the location is reached"),
  security_group_arns: uses("the groups of the task's own addresses in the location's VPC"),
  domain: harmless("the directory in which DataSync signs in"),
};
const { subdirectory, agent_arns, security_group_arns, domain } = shared;

export default service("AWS DataSync", {
  aws_datasync_task: moves("copies files from one location to another", {
    docs: guide("how-datasync-transfer-works"),
    data: "source_location_arn",
    attributes: {
      source_location_arn: uses("the location that files are copied from"),
      [DESTINATION]: sends("datasync.task", "arn", { why: WHY }),
      cloudwatch_log_group_arn: sends("datasync.logs", "arn", { why: "names of files are written there" }),
      "task_report_config.s3_destination.s3_bucket_arn": sends("datasync.report", "bucket-arn", {
        why: "names of files are written there",
      }),
      "task_report_config.s3_destination.bucket_access_role_arn": uses("the role that writes the report"),
      "task_report_config.s3_destination.subdirectory": harmless("the beginning of keys"),
      "excludes.value": harmless("which files are left out"),
      "includes.value": harmless("which files are copied"),
    },
    also: destination,
  }),
  aws_datasync_agent: inert(
    "a machine through which locations outside AWS are reached; the locations are judged",
    guide("working-with-agents"),
    {
      ip_address: uses("the address at which the agent is activated"),
      private_link_endpoint: uses("the way to the service within a VPC"),
      vpc_endpoint_id: uses("the way to the service within a VPC"),
      subnet_arns: uses("where the service's addresses in that VPC are"),
      security_group_arns: uses("the groups of the service's addresses in that VPC"),
    },
  ),
  aws_datasync_location_azure_blob: location("a container of Azure Blob Storage", "creating-azure-blob-location", {
    container_url: named,
    agent_arns,
    subdirectory,
  }),
  aws_datasync_location_efs: location("an EFS file system", "create-efs-location", {
    efs_file_system_arn: named,
    access_point_arn: uses("the access point of that file system"),
    file_system_access_role_arn: uses("the role with which it is mounted"),
    "ec2_config.subnet_arn": uses("where the task's addresses are"),
    "ec2_config.security_group_arns": security_group_arns,
    subdirectory,
  }),
  aws_datasync_location_fsx_lustre_file_system: location("a Lustre file system", "create-lustre-location", {
    fsx_filesystem_arn: named,
    security_group_arns,
    subdirectory,
  }),
  aws_datasync_location_fsx_ontap_file_system: location("an ONTAP file system", "create-ontap-location", {
    storage_virtual_machine_arn: named,
    security_group_arns,
    subdirectory,
    "protocol.smb.domain": domain,
  }),
  aws_datasync_location_fsx_openzfs_file_system: location("an OpenZFS file system", "create-openzfs-location", {
    fsx_filesystem_arn: named,
    security_group_arns,
    subdirectory,
  }),
  aws_datasync_location_fsx_windows_file_system: location("a Windows file system", "create-fsx-location", {
    fsx_filesystem_arn: named,
    security_group_arns,
    subdirectory,
    domain,
  }),
  aws_datasync_location_hdfs: location("a Hadoop cluster", "create-hdfs-location", {
    "name_node.hostname": named,
    kms_key_provider_uri: uses("where the cluster's keys are asked for"),
    kerberos_principal: harmless("the user as whom DataSync signs in"),
    kerberos_krb5_conf: harmless("how DataSync signs in"),
    agent_arns,
    subdirectory,
  }),
  aws_datasync_location_nfs: location("an NFS server", "create-nfs-location", {
    server_hostname: named,
    "on_prem_config.agent_arns": agent_arns,
    subdirectory,
  }),
  aws_datasync_location_object_storage: location("a server that speaks S3", "create-object-location", {
    server_hostname: named,
    bucket_name: harmless("a bucket of that server"),
    server_certificate: harmless("a certificate"),
    agent_arns,
    subdirectory,
  }),
  aws_datasync_location_s3: location("a bucket", "create-s3-location", {
    s3_bucket_arn: named,
    "s3_config.bucket_access_role_arn": uses("the role that reads and writes the bucket"),
    agent_arns,
    subdirectory,
  }),
  aws_datasync_location_smb: location("an SMB server", "create-smb-location", {
    server_hostname: named,
    domain,
    agent_arns,
    subdirectory,
  }),
});
