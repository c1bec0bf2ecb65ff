/** What the rooms above the prover find: data of one resource comes to a place, a party or another resource. */
import type { Resource, Undecided } from "../configuration/resource";
import type { Place } from "../geography/place";
import type { World } from "../geography/world";
import type { Context } from "./context";
import type { Entry } from "./vocabulary";

/** One step of a path, as the report shows it. */
export interface Step {
  /** A resource's address, or the name of a place, party or network position. */
  readonly from: string;
  readonly to: string;
  /** The resource that makes the step possible: what a reader would change. */
  readonly by: Resource;
  /** Exact path of the deciding attribute in `by`: `rule[0].destination[0].bucket`. */
  readonly attribute?: string;
  readonly why: string;
}

export type Destination =
  | { readonly kind: "resource"; readonly resource: Resource }
  /** A place or party; whether it is outside is the prover's to judge by boundary and trust. */
  | { readonly kind: "place"; readonly place: Place };

export interface Flow {
  /** Whose data it is. */
  readonly from: Resource;
  readonly channel: string;
  readonly to: Destination;
  /** At least one; the last one ends at `to`. */
  readonly steps: readonly Step[];
  /**
   * Present if the flow rests on something that is not known: what, as a clause ("subnet_id is known after apply").
   * Without it the flow is definite.
   */
  readonly unless?: string;
}

/** What the network and the identity room get to see. */
export interface RoomInput {
  readonly resources: readonly Resource[];
  readonly context: Context;
  readonly world: World;
  entryOf(resource: Resource): Entry | undefined;
  /** Who comes to a VPC endpoint from other VPCs, as the network room finds it; nobody if it was not asked. */
  visitorsOf?(endpoint: Resource): readonly Visitor[];
}

/** Somebody whose packets come to an endpoint. */
export interface Visitor {
  readonly resource: Resource;
  /** Present if it is not known whether they do: why. */
  readonly unless?: string;
}

export interface RoomResult {
  readonly flows: readonly Flow[];
  readonly undecided: readonly Undecided[];
}
