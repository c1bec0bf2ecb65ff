/**
 * Attributes that earlier versions of the provider had, which say nothing about where data goes: plans and configurations
 * made for those versions have them. From the provider's upgrade guides, versions 4 to 6
 * (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade, "Resource …").
 */
const CLASSIC = ["enable_classiclink", "enable_classiclink_dns_support"];
const PROCESSOR = ["cpu_core_count", "cpu_threads_per_core"];

const RETIRED: Readonly<Record<string, readonly string[]>> = {
  // EC2-Classic is gone: every address and every network is one of a VPC.
  aws_eip: ["vpc"],
  aws_vpc: CLASSIC,
  aws_default_vpc: CLASSIC,
  aws_instance: PROCESSOR,
  aws_spot_instance_request: PROCESSOR,
  // The name of the first database in it, now `db_name`.
  aws_db_instance: ["name"],
};

export const isRetired = (type: string, name: string): boolean =>
  Object.hasOwn(RETIRED, type) && RETIRED[type].includes(name);
