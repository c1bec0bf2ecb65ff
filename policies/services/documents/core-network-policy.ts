/**
 * The policy document of a Cloud WAN core network, as far as it says where the network stands: its edges
 * (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html). Which attachment reaches
 * which, the network room reads.
 */
import { isUnknown, type Value } from "../../configuration/value";
import { type DocumentPart, type DocumentReader, sends } from "../../flows/vocabulary";

const EDGE = sends("cloud-wan.edge", "region", { why: "the core network has a router there" });

export const coreNetworkPolicy: DocumentReader = function* (document: Value): Generator<DocumentPart> {
  const policy = isUnknown(document) ? document.json : parsed(document);
  const configuration = member(policy, "core-network-configuration");
  const edges = member(configuration, "edge-locations");
  if (!Array.isArray(edges)) return;
  for (let i = 0; i < edges.length; i++) {
    const value = member(edges[i] as Value, "location");
    if (value !== undefined)
      yield { at: `.core-network-configuration.edge-locations[${i}].location`, value, role: EDGE };
  }
};

function parsed(document: Value): Value | undefined {
  if (typeof document !== "string") return undefined;
  try {
    return JSON.parse(document) as Value;
  } catch {
    return undefined;
  }
}

function member(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isUnknown(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as { readonly [name: string]: Value })[name] : undefined;
}
