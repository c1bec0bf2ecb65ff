/**
 * Direct Connect SiteLink: two lines of one Direct Connect gateway that both have it on send to each other, from one
 * location to the other past every region
 * (https://docs.aws.amazon.com/directconnect/latest/UserGuide/WorkingWithVirtualInterfaces.html, "SiteLink").
 */
import { attribute, type Resource } from "../../configuration/resource";
import type { Flow } from "../../flows/flow";
import { truth } from "../reading/read";
import type { Topology } from "./topology";
import { virtualInterface } from "./vpn";

const TYPES = ["aws_dx_private_virtual_interface", "aws_dx_transit_virtual_interface"];

export function siteLinkFlows(topology: Topology): Flow[] {
  return topology.reader.ofType("aws_dx_gateway").flatMap((gateway) => {
    const joined = TYPES.flatMap((type) => topology.input.context.referring(type, "dx_gateway_id", gateway)).filter(
      (line) => truth(attribute(line, "sitelink_enabled"), false) !== "no",
    );
    return joined.flatMap((from) => joined.filter((to) => to !== from).flatMap((to) => flow(topology, from, to)));
  });
}

function flow(topology: Topology, from: Resource, to: Resource): Flow[] {
  const { peer, by, attribute: at, why } = virtualInterface(topology, to);
  if (topology.world.sideOf(peer.place) === "inside") return [];
  const sure = [from, to].every((line) => truth(attribute(line, "sitelink_enabled"), false) === "yes");
  const unless = peer.unless ?? (sure ? undefined : "whether SiteLink is on is not known");
  const linked = `${from.address} and ${to.address} have SiteLink on`;
  return [
    {
      from,
      channel: "direct-connect.sitelink",
      to: { kind: "place", place: peer.place },
      steps: [
        { from: from.address, to: to.address, by: to, attribute: "sitelink_enabled", why: linked },
        { from: to.address, to: peer.place.id, by, attribute: at, why },
      ],
      ...(unless === undefined ? {} : { unless }),
    },
  ];
}
