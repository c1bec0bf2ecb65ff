/**
 * Where VPC endpoints lead. An endpoint leads out if the service stands in another region
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html, "Cross-Region";
 * `service_region`, or the region in the service's name), if it is one of AWS's that serves the whole world from one
 * place, or if it is somebody else's. What may be asked for through an endpoint of AWS's, its policy says.
 */
import { attribute, type Resource } from "../../configuration/resource";
import { isUnknown } from "../../configuration/value";
import { parseArn } from "../../geography/arn";
import { parseEndpointService } from "../../geography/hosts";
import { type Place, placeOfRegion } from "../../geography/place";
import { isComputed, text, word } from "../reading/read";
import { vouchedPlace } from "../routing/gateways";
import type { Topology } from "../routing/topology";

export interface Lead {
  readonly channel: string;
  readonly attribute: string;
  readonly place: Place;
  readonly why: string;
  readonly unless?: string;
}

const SERVICES = new Set(["aws_vpc_endpoint_service"]);

export function leadsOf(topology: Topology, endpoint: Resource): Lead[] {
  const type = word(attribute(endpoint, "vpc_endpoint_type"), "GATEWAY");
  // Nothing is sent to it: routes lead through it (`firewall.ts`).
  if (type === "GATEWAYLOADBALANCER") return [];
  if (type === "RESOURCE") return shared(topology, endpoint, "resource_configuration_arn", "endpoint.resource");
  if (type === "SERVICENETWORK") return shared(topology, endpoint, "service_network_arn", "endpoint.service-network");
  const own = regionLead(topology, endpoint);
  return [...own, ...serviceLead(topology, endpoint)];
}

/** The region that the endpoint asks for. */
function regionLead(topology: Topology, endpoint: Resource): Lead[] {
  const value = attribute(endpoint, "service_region");
  if (value === null || isComputed(value)) return [];
  const region = text(value);
  const lead = { channel: "endpoint.cross-region", attribute: "service_region" };
  if (region !== undefined) return [{ ...lead, place: placeOfRegion(region), why: `the service stands in ${region}` }];
  const named = topology.reader.named(value);
  const followed = named.resources.length === 1 ? topology.input.context.regionOf(named.resources[0]) : undefined;
  if (followed !== undefined)
    return [{ ...lead, place: placeOfRegion(followed), why: `the service stands in ${followed}` }];
  const unless = isUnknown(value) ? value.why : "service_region is not known";
  return [
    {
      ...lead,
      place: { id: "a region that is not known", countries: undefined },
      why: "the service may stand anywhere",
      unless,
    },
  ];
}

function serviceLead(topology: Topology, endpoint: Resource): Lead[] {
  const value = attribute(endpoint, "service_name");
  if (value === null) return [];
  const named = topology.reader.named(value, SERVICES);
  const own = named.resources.find((one) => one.mode === "managed");
  if (own) return ownService(topology, own);
  const name = typeof value === "string" ? value : looked(topology, named.resources[0]);
  if (name === undefined) {
    const unless = isUnknown(value) ? value.why : "service_name is not known";
    return [
      {
        channel: "endpoint.service",
        attribute: "service_name",
        place: { id: "a service that is not known", countries: undefined },
        why: "whose service it is can't be told",
        unless,
      },
    ];
  }
  return byName(topology, endpoint, name);
}

/** A service of this configuration: it stands where its own region says. */
function ownService(topology: Topology, service: Resource): Lead[] {
  const region = topology.input.context.regionOf(service);
  if (region === undefined) return [];
  return [
    {
      channel: "endpoint.cross-region",
      attribute: "service_name",
      place: placeOfRegion(region),
      why: `${service.address} stands in ${region}`,
    },
  ];
}

/** What a data source looks up: a service of AWS's by its short name, in the region of the data source. */
function looked(topology: Topology, data: Resource | undefined): string | undefined {
  if (!data || data.mode !== "data") return undefined;
  const whole = text(attribute(data, "service_name"));
  if (whole !== undefined) return whole;
  const short = text(attribute(data, "service"));
  const region = topology.input.context.regionOf(data);
  return short === undefined || region === undefined ? undefined : `com.amazonaws.${region}.${short}`;
}

function byName(topology: Topology, endpoint: Resource, name: string): Lead[] {
  const parsed = parseEndpointService(name);
  const at = { attribute: "service_name" };
  const vouched =
    vouchedPlace(topology, name) ?? (parsed?.id === undefined ? undefined : vouchedPlace(topology, parsed.id));
  if (vouched) return [{ ...at, channel: "endpoint.service", place: vouched, why: `${name} is vouched for` }];
  if (!parsed)
    return [
      {
        ...at,
        channel: "endpoint.service",
        place: { id: name, countries: undefined },
        why: `whose service ${name} is can't be told from its name`,
      },
    ];
  const region = parsed.region;
  const leads: Lead[] = [];
  if (region !== undefined)
    leads.push({
      ...at,
      channel: "endpoint.cross-region",
      place: placeOfRegion(region),
      why: `the name says that the service stands in ${region}`,
    });
  if (parsed.id !== undefined) {
    leads.push({
      ...at,
      channel: "endpoint.service",
      place: { id: name, countries: undefined },
      why: `${name} is somebody's own service, and nobody vouches for it`,
    });
  } else if (region === undefined && attribute(endpoint, "service_region") === null) {
    leads.push({
      ...at,
      channel: "endpoint.global-service",
      place: { id: name, countries: [] },
      why: `${name} serves the whole world from one place`,
    });
  }
  return leads;
}

/** Something that another account may have shared: a resource behind a gateway of its VPC, a network of services. */
function shared(topology: Topology, endpoint: Resource, name: string, channel: string): Lead[] {
  const value = attribute(endpoint, name);
  if (value === null) return [];
  const named = topology.reader.named(value);
  if (named.resources.some((one) => one.mode === "managed")) return [];
  const literal = named.literal;
  if (literal === undefined) {
    return [
      {
        channel,
        attribute: name,
        place: { id: `what ${endpoint.address} leads to`, countries: undefined },
        why: "whose it is can't be told",
        unless: named.unknown ?? `${name} is not known`,
      },
    ];
  }
  const vouched = vouchedPlace(topology, literal);
  if (vouched) return [{ channel, attribute: name, place: vouched, why: `${literal} is vouched for` }];
  const arn = parseArn(literal);
  if (!arn)
    return [
      {
        channel,
        attribute: name,
        place: { id: literal, countries: undefined },
        why: `whose ${literal} is can't be told`,
      },
    ];
  if (!topology.world.controls(arn.account)) {
    return [
      {
        channel,
        attribute: name,
        place: { id: `account ${arn.account}`, countries: [] },
        why: `${literal} belongs to an account that is not the owner's`,
      },
    ];
  }
  return [{ channel, attribute: name, place: placeOfRegion(arn.region), why: `${literal} stands in ${arn.region}` }];
}
