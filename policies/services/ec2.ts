import { carries, harmless, inert, moves, places, receives, sends, service, stands, uses } from "../flows/vocabulary";
import { ec2Guide, read, vpcGuide } from "./networks";
import { actionPage, lookups, resourcePage } from "./pages";

const image = receives("the instance starts from it");
const userData = harmless(
  "run by the instance when it starts; what it can reach is bounded by its network and its role",
);
const profile = uses("the role that programs on the instance act with");
const key = uses("the key that encrypts the volume");
const host = uses("the hardware the instance runs on");

/** What instances, launch templates, launch configurations and fleets are told alike. */
const INTERFACES = [
  "subnet_id",
  "vpc_security_group_ids",
  "security_groups",
  "associate_public_ip_address",
  "private_ip",
  "secondary_private_ips",
  "ipv6_addresses",
  "ipv6_address_count",
  "enable_primary_ipv6",
  "source_dest_check",
];

const instance = {
  docs: ec2Guide("using-instance-addressing"),
  attributes: {
    ...read(...INTERFACES, "network_interface", "primary_network_interface", "launch_template"),
    availability_zone: stands("zone"),
    ami: image,
    user_data: userData,
    user_data_base64: userData,
    iam_instance_profile: profile,
    key_name: harmless("a public key for logging in; who can connect, the network says"),
    host_id: host,
    host_resource_group_arn: host,
    placement_group: harmless("how close instances stand together within the region"),
    placement_group_id: harmless("how close instances stand together within the region"),
    "ebs_block_device.kms_key_id": key,
    "ebs_block_device.snapshot_id": receives("the volume starts from it"),
    "root_block_device.kms_key_id": key,
    capacity_reservation_specification: uses("capacity that is kept for the instance"),
    metadata_options: harmless("how programs on the instance read its own metadata"),
    private_dns_name_options: harmless("names that lead to private addresses"),
  },
} as const;

const fleetTargets = {
  target_group_arns: uses("the load balancer that connects to the instances"),
  load_balancers: uses("the load balancer that connects to the instances"),
};

export default service("Amazon EC2", {
  aws_instance: moves("a virtual machine: it runs programs on whatever it is given", instance),
  aws_spot_instance_request: moves("a virtual machine at a varying price", {
    ...instance,
    docs: ec2Guide("using-spot-instances"),
  }),
  aws_launch_template: inert(
    "what instances are launched with; the instances are judged",
    ec2Guide("ec2-launch-templates"),
    {
      ...read("network_interfaces", "vpc_security_group_ids", "security_group_names"),
      "placement.availability_zone": stands("zone"),
      "placement.host_id": host,
      "placement.host_resource_group_arn": host,
      "placement.group_name": harmless("how close instances stand together within the region"),
      "placement.group_id": harmless("how close instances stand together within the region"),
      "placement.spread_domain": harmless("reserved by AWS"),
      image_id: image,
      kernel_id: image,
      ram_disk_id: image,
      user_data: userData,
      iam_instance_profile: profile,
      key_name: harmless("a public key for logging in; who can connect, the network says"),
      "block_device_mappings.ebs.kms_key_id": key,
      "block_device_mappings.ebs.snapshot_id": receives("the volume starts from it"),
      capacity_reservation_specification: uses("capacity that is kept for the instances"),
      license_specification: uses("a licence"),
      metadata_options: harmless("how programs on the instance read its own metadata"),
    },
  ),
  aws_launch_configuration: inert(
    "what instances of a group are launched with; they are judged",
    ec2Guide("instance-launch-wizard"),
    {
      ...read("security_groups", "associate_public_ip_address"),
      image_id: image,
      user_data: userData,
      user_data_base64: userData,
      iam_instance_profile: profile,
      key_name: harmless("a public key for logging in; who can connect, the network says"),
      "ebs_block_device.snapshot_id": receives("the volume starts from it"),
      metadata_options: harmless("how programs on the instance read its own metadata"),
    },
  ),
  aws_ec2_fleet: moves("launches instances from templates", {
    docs: ec2Guide("ec2-fleet"),
    attributes: {
      ...read("launch_template_config"),
      "launch_template_config.override.availability_zone": stands("zone"),
      excess_capacity_termination_policy: harmless("whether instances go when fewer are wanted"),
      fleet_instance_set: harmless("the instances launched, as AWS reports them"),
    },
  }),
  aws_spot_fleet_request: moves("launches instances at a varying price", {
    docs: ec2Guide("spot-fleet"),
    attributes: {
      ...read("launch_specification", "launch_template_config"),
      "launch_specification.availability_zone": stands("zone"),
      "launch_template_config.overrides.availability_zone": stands("zone"),
      excess_capacity_termination_policy: harmless("whether instances go when fewer are wanted"),
      iam_fleet_role: uses("the role that launches and stops the instances"),
      ...fleetTargets,
    },
  }),
  aws_ec2_instance_state: inert("starts or stops an instance", resourcePage("ec2_instance_state"), {
    instance_id: uses("the instance"),
  }),

  aws_network_interface: carries("an interface that instances can take over", {
    docs: ec2Guide("using-eni"),
    attributes: read(
      "subnet_id",
      "security_groups",
      "private_ip",
      "private_ips",
      "private_ip_list",
      "ipv6_addresses",
      "ipv6_address_list",
      "ipv6_address_count",
      "ipv4_prefixes",
      "ipv6_prefixes",
      "source_dest_check",
      "attachment",
    ),
  }),
  aws_network_interface_attachment: carries("gives an instance an interface", {
    docs: ec2Guide("using-eni"),
    attributes: read("instance_id", "network_interface_id"),
  }),
  aws_network_interface_sg_attachment: carries("gives an interface a security group", {
    docs: vpcGuide("vpc-security-groups"),
    attributes: read("network_interface_id", "security_group_id"),
  }),
  aws_eip: carries("a public address; what has it can be reached from the internet where routes and groups let it", {
    docs: ec2Guide("elastic-ip-addresses-eip"),
    attributes: {
      ...read("instance", "network_interface", "customer_owned_ipv4_pool", "network_border_group", "domain"),
      address: harmless("which public address it is"),
      associate_with_private_ip: harmless("which of the interface's own addresses it stands for"),
      public_ipv4_pool: harmless("where the public address comes from"),
      ipam_pool_id: harmless("where the public address comes from"),
    },
  }),
  aws_eip_association: carries("gives an instance or an interface its public address", {
    docs: ec2Guide("elastic-ip-addresses-eip"),
    attributes: {
      ...read("instance_id", "network_interface_id", "allocation_id"),
      public_ip: harmless("which public address it is"),
      private_ip_address: harmless("which of the interface's own addresses it stands for"),
    },
  }),
  aws_eip_domain_name: inert(
    "the name that the public DNS gives for an address; no payload",
    ec2Guide("Using_Elastic_Addressing_Reverse_DNS"),
    {
      allocation_id: uses("the address"),
      domain_name: harmless("a name that is shown for the address"),
    },
  ),

  aws_ec2_host: places("hardware of one's own to run instances on", {
    docs: ec2Guide("dedicated-hosts-overview"),
    attributes: {
      availability_zone: stands("zone"),
      outpost_arn: stands("outpost"),
      asset_id: harmless("which server of the Outpost it is"),
      host_recovery: harmless("whether instances start again on other hardware of the same zone"),
    },
  }),
  aws_ec2_capacity_reservation: places("keeps capacity for instances", {
    docs: ec2Guide("ec2-capacity-reservations"),
    attributes: {
      availability_zone: stands("zone"),
      outpost_arn: stands("outpost"),
      placement_group_arn: uses("the placement group"),
    },
  }),
  aws_ec2_capacity_block_reservation: inert("keeps capacity for instances", ec2Guide("ec2-capacity-blocks")),
  aws_placement_group: inert("how close instances stand together within the region", ec2Guide("placement-groups")),
  aws_key_pair: inert("a public key for logging in; who can connect, the network says", ec2Guide("ec2-key-pairs"), {
    public_key: harmless("a public key"),
  }),
  aws_spot_datafeed_subscription: moves("writes records of use to a bucket", {
    docs: ec2Guide("spot-data-feeds"),
    attributes: { bucket: sends("ec2.spot-datafeed", "bucket") },
  }),

  aws_ec2_availability_zone_group: inert(
    "lets the account use a group of zones; what stands in one says so itself",
    resourcePage("ec2_availability_zone_group"),
    { group_name: harmless("opting in moves nothing") },
  ),
  aws_ec2_allowed_images_settings: inert("which images may be started", resourcePage("ec2_allowed_images_settings"), {
    image_criterion: harmless("whose images may be started: data comes in"),
  }),
  aws_ec2_default_credit_specification: inert(
    "how instances save up processor time",
    resourcePage("ec2_default_credit_specification"),
  ),
  aws_ec2_instance_metadata_defaults: inert(
    "how programs read the metadata of their own instance",
    resourcePage("ec2_instance_metadata_defaults"),
    { http_endpoint: harmless("whether the metadata can be read") },
  ),
  aws_ec2_serial_console_access: inert(
    "lets principals with the permission use serial consoles; who has it, identity policies say",
    ec2Guide("configure-access-to-serial-console"),
  ),
  aws_ec2_tag: inert("a tag: metadata", resourcePage("ec2_tag"), { resource_id: uses("what is tagged") }),
  aws_ec2_instance_connect_endpoint: carries(
    "lets whoever has the permission connect to instances, from wherever they are",
    {
      docs: ec2Guide("connect-with-ec2-instance-connect-endpoint"),
      attributes: read("subnet_id", "security_group_ids"),
    },
  ),

  "action.aws_ec2_stop_instance": inert("stops an instance", actionPage("ec2_stop_instance")),
  ...lookups({
    instance: "an instance",
    instances: "the instances of a region",
    launch_template: "a launch template",
    launch_configuration: "a launch configuration",
    network_interface: "a network interface",
    network_interfaces: "network interfaces",
    eip: "an elastic IP address",
    eips: "elastic IP addresses",
    key_pair: "a key pair",
    spot_datafeed_subscription: "a subscription to records of use",
    ec2_host: "a dedicated host",
    ec2_capacity_block_offering: "capacity on offer",
    ec2_instance_type: "what an instance type is",
    ec2_instance_types: "instance types",
    ec2_instance_type_offering: "where an instance type is offered",
    ec2_instance_type_offerings: "where instance types are offered",
    ec2_public_ipv4_pool: "a pool of public addresses",
    ec2_public_ipv4_pools: "pools of public addresses",
    ec2_serial_console_access: "whether serial consoles may be used",
    ec2_spot_price: "a price",
  }),
});
