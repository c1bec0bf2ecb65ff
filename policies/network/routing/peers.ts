/** Where networks stand that the configuration only names: peers in other accounts and regions, devices at the far end. */
import type { Resource } from "../../configuration/resource";
import { isUnknown, type Value } from "../../configuration/value";
import { type Place, placeOfRegion } from "../../geography/place";
import { isComputed, text } from "../reading/read";
import { placeBehind, vouchedPlace } from "./gateways";
import type { Topology } from "./topology";

export interface Peer {
  readonly place: Place;
  /** Present if it is not known where it stands, and it may be inside. */
  readonly unless?: string;
}

/**
 * The far end of a peering. An id that is vouched for stands where the trust file says; an account that is not listed is
 * a party outside, wherever it acts; a listed one acts in the region named. An id without an account is one of the own
 * account, of which nothing is known but its region.
 */
export function peerOf(topology: Topology, by: Resource, id: Value, account: Value, region: Value): Peer {
  const shown = text(id) ?? `the peer of ${by.address}`;
  const vouched = typeof id === "string" ? vouchedPlace(topology, id) : undefined;
  if (vouched) return { place: vouched };
  const owner = text(account);
  if (owner !== undefined && !topology.world.controls(owner))
    return { place: { id: `account ${owner}`, countries: [] } };
  const code =
    text(region) ?? (region === null || isComputed(region) ? topology.input.context.regionOf(by) : undefined);
  const place: Place = { id: shown, countries: code === undefined ? undefined : placeOfRegion(code).countries };
  if (isUnknown(account) && !isComputed(account))
    return { place: { id: shown, countries: undefined }, unless: account.why };
  if (code === undefined) {
    const why = isUnknown(region) ? region.why : "its region is not known";
    return { place: { id: shown, countries: undefined }, unless: why };
  }
  if (owner !== undefined || topology.world.sideOf(place) !== "inside")
    return { place: { ...place, id: `${shown} in ${code}` } };
  if (isUnknown(id)) return { place: { id: shown, countries: undefined }, unless: id.why };
  return { place: { id: shown, countries: undefined }, unless: `nobody vouches for ${shown}` };
}

/** A device outside that an address or an id names. */
export function deviceAt(topology: Topology, value: Value, shown: string): Peer {
  if (typeof value === "string" && value !== "") return { place: placeBehind(topology, value) };
  if (isUnknown(value) && !isComputed(value)) return { place: { id: shown, countries: undefined }, unless: value.why };
  return { place: { id: shown, countries: undefined } };
}
