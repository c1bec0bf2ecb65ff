/** Data sources whose result follows from the configuration itself; everything else a data source reads is unknown. */

import { attributeOf } from "../expression/access";
import { Deferred } from "../expression/scope";
import { isList, isObject, isUnknown, Unknown, type Value } from "../value";
import type { Evaluation } from "./evaluation";
import type { ResourceInstance } from "./instances";
import { policyDocument } from "./policy-document";

type Reader = (instance: ResourceInstance, name: string, evaluation: Evaluation) => Value | undefined;

/** An attribute of a data source, as far as it is known; undefined if it isn't. */
export function dataAttribute(instance: ResourceInstance, name: string, evaluation: Evaluation): Value | undefined {
  const { type } = instance.resource;
  return Object.hasOwn(readers, type) ? readers[type](instance, name, evaluation) : undefined;
}

/** The region that a resource or data source stands in: its own argument, else its provider's. */
function regionOf(instance: ResourceInstance, evaluation: Evaluation): Value {
  const own = instance.configured("region");
  if (own !== null) return own;
  return instance.provider.argument("region") ?? evaluation.options.defaultRegion ?? null;
}

const readers: Readonly<Record<string, Reader>> = {
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/region
  aws_region: (instance, name, evaluation) => {
    if (name !== "name" && name !== "id" && name !== "region") return undefined;
    // Looked up by endpoint, it is another region than the provider's; `name` is an argument up to version 6.
    if (instance.configured("endpoint") !== null) return undefined;
    const named = instance.configured("name");
    const region = named === null ? regionOf(instance, evaluation) : named;
    return region === null ? undefined : region;
  },

  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/partition
  aws_partition: (instance, name, evaluation) => {
    const region = regionOf(instance, evaluation);
    if (typeof region !== "string") return undefined;
    const [partition, suffix] = partitionOf(region);
    if (name === "partition" || name === "id") return partition;
    return name === "dns_suffix"
      ? suffix
      : name === "reverse_dns_prefix"
        ? suffix.split(".").reverse().join(".")
        : undefined;
  },

  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity
  aws_caller_identity: (instance, name) => {
    return name === "account_id" || name === "id" ? accountOf(instance) : undefined;
  },

  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/availability_zones
  aws_availability_zones: (instance, name, evaluation) => {
    const region = regionOf(instance, evaluation);
    if (name !== "names" || typeof region !== "string" || !plainZonesOnly(instance)) return undefined;
    return new Unknown("which Availability Zones the account has is not known", {
      references: instance.unknown("names").references,
      candidates: zoneLists(region),
    });
  },

  aws_iam_policy_document: (instance, name) => policyDocument(instance, name),

  // https://developer.hashicorp.com/terraform/language/state/remote-state-data
  terraform_remote_state: (instance, name, evaluation) => {
    if (name !== "outputs") return undefined;
    const backend = instance.configured("backend");
    if (typeof backend !== "string") return undefined;
    const read = evaluation.remoteOutputs(backend, instance.configured("config"), instance.configured("workspace"));
    if (!read) return undefined;
    const outputs = instance.unknown("outputs");
    const defaults = instance.configured("defaults");
    return new Deferred(outputs.why, outputs, (output) => {
      const value = read(output);
      if (value !== undefined) return value;
      if (isObject(defaults) && Object.hasOwn(defaults, output)) return defaults[output];
      return attributeOf(outputs, output);
    });
  },
};

/**
 * Whether the list is held to Availability Zones proper. Without a filter it also has the Local Zones and Wavelength
 * Zones that the account has opted in to, which may stand in other countries: DescribeAvailabilityZones, "opt-in-status"
 * and "zone-type" (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html).
 */
function plainZonesOnly(instance: ResourceInstance): boolean {
  const filters = instance.configured("filter");
  if (!isList(filters) || instance.configured("all_availability_zones") === true) return false;
  const only: Readonly<Record<string, string>> = {
    "opt-in-status": "opt-in-not-required",
    "zone-type": "availability-zone",
  };
  return filters.some((filter) => {
    if (!isObject(filter) || typeof filter.name !== "string" || !isList(filter.values)) return false;
    return Object.hasOwn(only, filter.name) && filter.values.length === 1 && filter.values[0] === only[filter.name];
  });
}

/** Lists that stand for every list of two to six zones of a region: each length, beginning with each letter. */
function zoneLists(region: string): Value[] {
  const letters = ["a", "b", "c", "d", "e", "f"];
  return [2, 3, 4, 5, 6].flatMap((length) =>
    letters.map((_, first) =>
      Array.from({ length }, (_, index) => `${region}${letters[(first + index) % letters.length]}`),
    ),
  );
}

/** Partitions by the first part of a region's code; https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function partitionOf(region: string): [partition: string, dnsSuffix: string] {
  if (region.startsWith("cn-")) return ["aws-cn", "amazonaws.com.cn"];
  if (region.startsWith("us-gov-")) return ["aws-us-gov", "amazonaws.com"];
  if (region.startsWith("us-iso-")) return ["aws-iso", "c2s.ic.gov"];
  if (region.startsWith("us-isob-")) return ["aws-iso-b", "sc2s.sgov.gov"];
  if (region.startsWith("eu-isoe-")) return ["aws-iso-e", "cloud.adc-e.uk"];
  if (region.startsWith("us-isof-")) return ["aws-iso-f", "csp.hci.ic.gov"];
  if (region.startsWith("eusc-")) return ["aws-eusc", "amazonaws.eu"];
  return ["aws", "amazonaws.com"];
}

/**
 * The account that a provider works in, where the configuration says so: the only one that it may work in, or that of
 * the role that it assumes (the last one, of several assumed in turn).
 */
function accountOf(instance: ResourceInstance): Value | undefined {
  const allowed = instance.provider.argument("allowed_account_ids");
  if (isList(allowed) && allowed.length === 1 && typeof allowed[0] === "string") return allowed[0];
  const assumed = instance.provider.argument("assume_role");
  const roles = isList(assumed) ? assumed : [assumed];
  const last = roles[roles.length - 1];
  if (!isObject(last)) return undefined;
  const arn = last.role_arn;
  const match = typeof arn === "string" ? /^arn:[\w-]+:iam::(\d{12}):role\//.exec(arn) : null;
  if (match) return match[1];
  return isUnknown(arn)
    ? new Unknown("the account of the role that the provider assumes", { references: arn.references })
    : undefined;
}
