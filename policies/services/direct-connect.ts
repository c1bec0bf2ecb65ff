import { carries, grants, harmless, inert, network, service, shares, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/directconnect/latest/UserGuide/${page}.html`;

const KEPT = "a Direct Connect gateway is kept in all regions at once; it holds settings and no payload";

/** The far end's own words for itself. */
const inTunnel = {
  amazon_address: harmless("AWS's address on the link"),
  customer_address: harmless("the router's address on the link; where it stands, the location says"),
  bgp_auth_key: harmless("a secret of the link itself"),
};
const hosted = {
  ...inTunnel,
  connection_id: network,
  owner_account_id: shares("direct-connect.hosted", "account", { why: "the account may use the link" }),
};
const accepter = (...gateways: string[]) =>
  carries("takes a link that another account gives", {
    docs: guide("accepthostedvirtualinterface"),
    attributes: read("virtual_interface_id", ...gateways),
  });

export default service("AWS Direct Connect", {
  aws_dx_connection: carries("a line from a location to AWS", {
    docs: guide("WorkingWithConnections"),
    attributes: { ...read("location"), provider_name: harmless("who keeps the line up") },
  }),
  aws_dx_lag: carries("several lines as one", {
    docs: guide("lags"),
    attributes: { ...read("location", "connection_id"), provider_name: harmless("who keeps the lines up") },
  }),
  aws_dx_connection_association: inert("puts a line into a bundle", resourcePage("dx_connection_association"), {
    connection_id: uses("the line"),
    lag_id: uses("the bundle"),
  }),
  aws_dx_connection_confirmation: inert(
    "accepts a line that a partner made",
    resourcePage("dx_connection_confirmation"),
    {
      connection_id: uses("the line"),
    },
  ),
  aws_dx_hosted_connection: grants("gives an account a part of a line", {
    docs: guide("hosted_connection"),
    attributes: {
      ...read("connection_id"),
      owner_account_id: shares("direct-connect.hosted", "account", { why: "the account may use the line" }),
    },
  }),
  aws_dx_macsec_key_association: inert("encrypts a line", guide("MACSec"), {
    connection_id: uses("the line"),
    secret_arn: uses("the key"),
  }),
  aws_dx_bgp_peer: inert("a session on a link; where the link ends, its connection says", resourcePage("dx_bgp_peer"), {
    virtual_interface_id: uses("the link"),
    ...inTunnel,
  }),
  aws_dx_gateway: {
    ...carries("joins links with gateways of any region", { docs: guide("direct-connect-gateways") }),
    placement: { global: KEPT },
  },
  aws_dx_gateway_association: carries("joins a gateway of a VPC or a transit gateway to a Direct Connect gateway", {
    docs: guide("direct-connect-gateways"),
    attributes: {
      ...read("dx_gateway_id", "associated_gateway_id", "proposal_id"),
      associated_gateway_owner_account_id: shares("direct-connect.association", "account", {
        why: "networks of the account are joined to the links",
      }),
      allowed_prefixes: harmless("what AWS announces to the far end"),
    },
  }),
  aws_dx_gateway_association_proposal: grants("offers a gateway to another account's Direct Connect gateway", {
    docs: guide("multi-account-associate-vgw"),
    attributes: {
      ...read("associated_gateway_id", "dx_gateway_id"),
      dx_gateway_owner_account_id: shares("direct-connect.association", "account", {
        why: "links of the account are joined to the gateway's networks",
      }),
      allowed_prefixes: harmless("what AWS announces to the far end"),
    },
  }),
  aws_dx_private_virtual_interface: carries("a link to VPCs", {
    docs: guide("WorkingWithVirtualInterfaces"),
    attributes: {
      ...read("connection_id", "dx_gateway_id", "vpn_gateway_id", "sitelink_enabled"),
      ...inTunnel,
    },
  }),
  aws_dx_transit_virtual_interface: carries("a link to transit gateways", {
    docs: guide("WorkingWithVirtualInterfaces"),
    attributes: { ...read("connection_id", "dx_gateway_id", "sitelink_enabled"), ...inTunnel },
  }),
  aws_dx_public_virtual_interface: carries("a link to AWS's public addresses; to a VPC it is a part of the internet", {
    docs: guide("WorkingWithVirtualInterfaces"),
    attributes: {
      ...read("connection_id"),
      ...inTunnel,
      route_filter_prefixes: harmless("what the far end announces"),
    },
  }),
  aws_dx_hosted_private_virtual_interface: grants("gives an account a link to its VPCs", {
    docs: guide("createhostedvirtualinterface"),
    attributes: hosted,
  }),
  aws_dx_hosted_transit_virtual_interface: grants("gives an account a link to its transit gateways", {
    docs: guide("createhostedvirtualinterface"),
    attributes: hosted,
  }),
  aws_dx_hosted_public_virtual_interface: grants("gives an account a link to AWS's public addresses", {
    docs: guide("createhostedvirtualinterface"),
    attributes: { ...hosted, route_filter_prefixes: harmless("what the far end announces") },
  }),
  aws_dx_hosted_private_virtual_interface_accepter: accepter("dx_gateway_id", "vpn_gateway_id"),
  aws_dx_hosted_transit_virtual_interface_accepter: accepter("dx_gateway_id"),
  aws_dx_hosted_public_virtual_interface_accepter: accepter(),
  ...lookups({
    dx_connection: "a line",
    dx_gateway: "a Direct Connect gateway",
    dx_location: "a location",
    dx_locations: "locations",
    dx_router_configuration: "settings for a router",
  }),
});
