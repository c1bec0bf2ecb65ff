import type { Cidr, DataCentre } from "../constructs";

/** The ranges of data centres, both families. */
export const networksOf = (dataCentres: readonly DataCentre[]): Cidr[] =>
  dataCentres.flatMap(({ network }) => [network.ipv4, network.ipv6]);
