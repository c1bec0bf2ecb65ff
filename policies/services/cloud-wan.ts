import { at, carries, document, harmless, inert, sends, service, shares, uses } from "../flows/vocabulary";
import { coreNetworkPolicy } from "./documents/core-network-policy";
import { read } from "./networks";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/network-manager/latest/cloudwan/${page}.html`;

const KEPT = "Network Manager keeps its inventory of networks in us-west-2; it holds names and routes, no payload";
const global = { placement: { global: KEPT } };
const noted = (what: string, type: string, attributes = {}) => ({
  ...inert(what, resourcePage(type), attributes),
  ...global,
});

const network = { global_network_id: uses("the inventory it belongs to") };
const site = { location: harmless("where somebody says it stands") };

export default service("AWS Cloud WAN and Network Manager", {
  aws_networkmanager_core_network: {
    ...carries("a network of routers in several regions", {
      docs: guide("what-is-cloudwan"),
      attributes: {
        ...network,
        base_policy_document: document(coreNetworkPolicy),
        base_policy_regions: sends("cloud-wan.edge", "region", {
          when: at("create_base_policy", false).is(true),
          why: "the core network has a router there",
        }),
      },
    }),
    ...global,
  },
  aws_networkmanager_core_network_policy_attachment: {
    ...carries("which attachments of a core network reach which", {
      docs: guide("cloudwan-policies-json"),
      data: "core_network_id",
      attributes: { ...read("core_network_id"), policy_document: document(coreNetworkPolicy) },
    }),
    ...global,
  },
  aws_networkmanager_vpc_attachment: {
    ...carries("joins a VPC to a core network", {
      docs: guide("cloudwan-vpc-attachment"),
      attributes: read("core_network_id", "vpc_arn", "subnet_arns"),
    }),
    ...global,
  },
  aws_networkmanager_site_to_site_vpn_attachment: {
    ...carries("joins a tunnel to a core network", {
      docs: guide("cloudwan-s2s-vpn-attachment"),
      attributes: read("core_network_id", "vpn_connection_arn"),
    }),
    ...global,
  },
  aws_networkmanager_connect_attachment: {
    ...carries("carries tunnels over an attachment", {
      docs: guide("cloudwan-connect-attachment"),
      attributes: {
        ...read("core_network_id", "transport_attachment_id"),
        edge_location: sends("cloud-wan.edge", "region", { why: "the tunnels begin there" }),
      },
    }),
    ...global,
  },
  aws_networkmanager_connect_peer: {
    ...carries("the far end of such a tunnel", {
      docs: guide("cloudwan-connect-attachment"),
      attributes: {
        ...read("connect_attachment_id", "peer_address", "subnet_arn"),
        core_network_address: harmless("the near end of the tunnel"),
        inside_cidr_blocks: harmless("addresses within the tunnel"),
      },
    }),
    ...global,
  },
  aws_networkmanager_dx_gateway_attachment: {
    ...carries("joins Direct Connect to a core network", {
      docs: guide("cloudwan-dxattach-about"),
      attributes: {
        ...read("core_network_id", "direct_connect_gateway_arn"),
        edge_locations: sends("cloud-wan.edge", "region", { why: "the line is joined there" }),
      },
    }),
    ...global,
  },
  aws_networkmanager_transit_gateway_peering: {
    ...carries("joins a transit gateway to a core network", {
      docs: guide("cloudwan-peerings"),
      attributes: read("core_network_id", "transit_gateway_arn"),
    }),
    ...global,
  },
  aws_networkmanager_transit_gateway_route_table_attachment: {
    ...carries("joins a table of a transit gateway to a segment", {
      docs: guide("cloudwan-tgw-route-table-attachment"),
      attributes: read("peering_id", "transit_gateway_route_table_arn"),
    }),
    ...global,
  },
  aws_networkmanager_attachment_accepter: {
    ...carries("lets an attachment of another account join", {
      docs: guide("cloudwan-attachments-working-with"),
      attributes: {
        attachment_id: shares("cloud-wan.attachment", "id", { why: "what is attached there joins the network" }),
      },
    }),
    ...global,
  },

  aws_networkmanager_global_network: noted("an inventory of networks", "networkmanager_global_network"),
  aws_networkmanager_site: noted("a note of a site", "networkmanager_site", { ...network, ...site }),
  aws_networkmanager_device: noted("a note of a device", "networkmanager_device", {
    ...network,
    ...site,
    aws_location: harmless("where somebody says it stands"),
    site_id: uses("the site"),
  }),
  aws_networkmanager_link: noted("a note of a line", "networkmanager_link", {
    ...network,
    site_id: uses("the site"),
    provider_name: harmless("who keeps the line up"),
  }),
  aws_networkmanager_link_association: noted(
    "a note of what is at the end of a line",
    "networkmanager_link_association",
    network,
  ),
  aws_networkmanager_connection: noted("a note of what is connected", "networkmanager_connection", network),
  aws_networkmanager_customer_gateway_association: noted(
    "a note of a device's tunnel",
    "networkmanager_customer_gateway_association",
    {
      ...network,
      customer_gateway_arn: uses("the device's record"),
    },
  ),
  aws_networkmanager_transit_gateway_connect_peer_association: noted(
    "a note of a device's tunnel",
    "networkmanager_transit_gateway_connect_peer_association",
    { ...network, transit_gateway_connect_peer_arn: uses("the tunnel") },
  ),
  aws_networkmanager_transit_gateway_registration: noted(
    "puts a transit gateway into the inventory",
    "networkmanager_transit_gateway_registration",
    { ...network, transit_gateway_arn: uses("the transit gateway") },
  ),
  ...lookups({
    networkmanager_connection: "a note of a connection",
    networkmanager_connections: "notes of connections",
    networkmanager_core_network_policy_document: "the text of a policy",
    networkmanager_device: "a note of a device",
    networkmanager_devices: "notes of devices",
    networkmanager_global_network: "an inventory",
    networkmanager_global_networks: "inventories",
    networkmanager_link: "a note of a line",
    networkmanager_links: "notes of lines",
    networkmanager_site: "a note of a site",
    networkmanager_sites: "notes of sites",
  }),
});
