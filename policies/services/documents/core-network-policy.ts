/**
 * The policy document of a Cloud WAN core network, as far as it says where the network stands: its edges
 * (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html). Which attachment reaches
 * which, the network room reads.
 */
import { find, isObject, isUnknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";
import { json } from "./json";

const EDGE = sends("cloud-wan.edge", "region", { why: "the core network has a router there" });

export const coreNetworkPolicy: DocumentReader = function* (document: Value): Generator<DocumentPart> {
  const policy = json(document);
  if (isUnknown(policy)) yield { at: "", value: policy, role: EDGE };
  if (!isObject(policy)) return;
  for (const { value, at } of find(policy, "core-network-configuration.edge-locations.location")) {
    yield { at: `.${at}`, value, role: EDGE };
  }
};
