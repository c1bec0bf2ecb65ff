/**
 * Network border groups: the zone group from which AWS announces public addresses
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-byoip.html, "Local Zone availability"). Packets to and from
 * such addresses pass there.
 */
import { attribute } from "../../configuration/resource";
import { isUnknown } from "../../configuration/value";
import type { Flow } from "../../flows/flow";
import { placeOfGroup } from "../../geography/place";
import { isComputed } from "../reading/read";
import type { Topology } from "./topology";

const NAMES = [
  ["aws_eip", "network_border_group"],
  ["aws_vpc", "ipv6_cidr_block_network_border_group"],
  ["aws_default_vpc", "ipv6_cidr_block_network_border_group"],
] as const;

export function borderGroupFlows(topology: Topology): Flow[] {
  return NAMES.flatMap(([type, name]) =>
    topology.reader.ofType(type).flatMap((resource): Flow[] => {
      const value = attribute(resource, name);
      // Empty in the state of a VPC without IPv6.
      if (value === null || value === "" || isComputed(value)) return [];
      const known = typeof value === "string";
      const place = known ? placeOfGroup(value) : { id: "a border group that is not known", countries: undefined };
      if (topology.world.sideOf(place) === "inside") return [];
      const step = {
        from: resource.address,
        to: place.id,
        by: resource,
        attribute: name,
        why: `the addresses of ${resource.address} are announced from ${known ? value : "there"}`,
      };
      const unless = isUnknown(value) ? value.why : undefined;
      return [
        {
          from: resource,
          channel: "vpc.border-group",
          to: { kind: "place", place },
          steps: [step],
          ...(unless === undefined ? {} : { unless }),
        },
      ];
    }),
  );
}
