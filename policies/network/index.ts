/** What can get from where to where in a network: the flows that packets and names make out of a configuration. */
import type { RoomInput, RoomResult } from "../flows/flow";
import { Estate } from "./estate";

export { explainInterface } from "./explain";

import { unboundedArguments } from "./unknowns";

export function networkFlows(input: RoomInput): RoomResult {
  const { flows, undecided } = new Estate(input).flows();
  return { flows, undecided: [...undecided, ...unboundedArguments(input)] };
}
