/**
 * What an interface can reach, by destination, and what stops the rest: the answer to "why not further" for one
 * resource, from the same sets that the verdict rests on.
 */
import type { Resource } from "../configuration/resource";
import type { RoomInput } from "../flows/flow";
import { interfacePackets, isTaken } from "./escapes/escapes";
import { guard, type Reaching, spreading } from "./escapes/reach";
import { Estate } from "./estate";
import { passAll } from "./filters/filters";
import type { Interface } from "./interfaces/interfaces";
import { describeDestinations, describeServices } from "./packets/describe";
import { PacketSet } from "./packets/packets";
import type { Position } from "./routing/graph";

/** A line, and what hangs under it. */
export interface Line {
  readonly text: string;
  readonly below?: readonly Line[];
}

/** One branch for each interface of a resource; empty if it has none. */
export function explainInterface(resource: Resource, input: RoomInput): Line[] {
  const estate = new Estate(input);
  const own = estate.inventory.interfaces.filter((one) => one.resource === resource);
  return own.map((one) => explainOne(estate, one));
}

function explainOne(estate: Estate, one: Interface): Line {
  const { topology } = estate;
  const all = interfacePackets(one, "may");
  const outward = one.groups ? topology.groups.together(one.groups, "egress") : passAll;
  const sent = all.intersect(outward.may).intersect(one.only ?? PacketSet.all);
  const source = topology.source(one.subnet);
  const reached = spreading(new Map([[source, sent]]), "may");
  const doubt = one.exists === "yes" ? "" : ` (possibly: ${one.unless ?? "it is not known whether it is there"})`;
  return {
    text: `interface in ${one.subnet.name}${doubt}`,
    below: [
      ...reaches(one, reached),
      ...(one.initiates ? groupStops(one, all, sent) : [{ text: "starts nothing by itself, only answers" }]),
      ...stops(reached),
    ],
  };
}

const told = (set: PacketSet): string => {
  const services = describeServices(set);
  return `${describeDestinations(set)}${services === "" ? "" : ` (${services})`}`;
};

/** Where packets come to: out of the estate, or to subnets in it. */
function reaches(one: Interface, reached: Reaching): Line[] {
  const out: { rank: number; text: string }[] = [];
  for (const [position, set] of reached) {
    if (position.exit && isTaken(one, position.exit.receiver) === "no") continue;
    if (position.exit)
      out.push({ rank: 0, text: `leaves to ${position.name} by ${position.exit.channel}: ${told(set)}` });
    else if (position.id.startsWith("inside ")) out.push({ rank: 1, text: `reaches ${position.name}: ${told(set)}` });
  }
  return sorted(out);
}

function groupStops(one: Interface, all: PacketSet, sent: PacketSet): Line[] {
  const stopped = all.minus(sent);
  if (stopped.isEmpty) return [];
  const names = one.groups?.map((group) => group.name).join(", ") ?? "what it is made for";
  return [{ text: `stopped by ${names}: all but ${sent.isEmpty ? "nothing" : told(sent)}` }];
}

/** What comes to a position and takes no way on from it. */
function stops(reached: Reaching): Line[] {
  const out: { rank: number; text: string }[] = [];
  for (const [position, set] of reached) {
    if (position.exit || position.id.startsWith("inside ")) continue;
    const on = PacketSet.union(position.out.map((edge) => guard(edge, "may")));
    const stuck = set.minus(on);
    if (!stuck.isEmpty) out.push({ rank: 0, text: `stopped at ${position.name}, ${reason(position)}: ${told(stuck)}` });
  }
  return sorted(out);
}

/** Why packets end at a position of a kind. */
const REASONS: readonly (readonly [prefix: string, reason: string])[] = [
  ["source ", "whose network ACL lets them not out"],
  ["table ", "which has no route for them, or the ACL of where it leads lets them not in"],
  ["delivery ", "where no subnet has the address, or its ACL lets them not in"],
  ["internet gateway ", "which knows no public address of the sender, or no network has the destination"],
  ["egress-only gateway ", "which takes IPv6 to public addresses only"],
  ["nat gateway ", "which carries TCP, UDP and ICMP over IPv4 only"],
  ["firewall ", "whose policy drops them"],
  ["appliance ", "which forwards only what its groups and its source and destination check let it"],
  ["peering ", "which leads to the peer's own addresses only"],
  ["transit table ", "which has no route for them"],
  ["transit in ", "which is associated with no route table"],
];

const reason = (position: Position): string =>
  REASONS.find(([prefix]) => position.id.startsWith(prefix))?.[1] ?? "which leads nowhere that is outside";

const sorted = (lines: readonly { rank: number; text: string }[]): Line[] =>
  [...lines]
    .sort((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ text }) => ({ text }));
