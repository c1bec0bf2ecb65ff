/** What can get from where to where in a network: the flows that packets and names make out of a configuration. */
import type { Resource } from "../configuration/resource";
import type { RoomInput, RoomResult, Visitor } from "../flows/flow";
import { Estate } from "./estate";

export { explainInterface } from "./explain";

import { unboundedArguments } from "./reading/unknowns";

/** What the network room finds, and what others may ask it. */
export interface NetworkResult extends RoomResult {
  visitorsOf(endpoint: Resource): readonly Visitor[];
}

export function networkFlows(input: RoomInput): NetworkResult {
  const estate = new Estate(input);
  const { flows, undecided } = estate.flows();
  return {
    flows,
    undecided: [...undecided, ...unboundedArguments(input)],
    visitorsOf: (endpoint) => estate.visitors.of(endpoint),
  };
}
