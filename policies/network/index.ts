/** What can get from where to where in a network: the flows that packets and names make out of a configuration. */
import type { RoomInput, RoomResult } from "../flows/flow";
import { Estate } from "./estate";

export function networkFlows(input: RoomInput): RoomResult {
  return new Estate(input).flows();
}
