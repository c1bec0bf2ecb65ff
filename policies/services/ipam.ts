import { carries, grants, harmless, inert, sends, service, shares, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/vpc/latest/ipam/${page}.html`;

const pool = uses("the pool");
const regions = sends("ipam.operating-region", "region", {
  why: "addresses and names of networks are watched and shown there",
});

export default service("Amazon VPC IPAM", {
  aws_vpc_ipam: carries("plans and watches the addresses of networks in its regions", {
    docs: guide("what-it-is-ipam"),
    attributes: {
      "operating_regions.region_name": regions,
      metered_account: harmless("whose bill it is on"),
    },
  }),
  aws_vpc_ipam_resource_discovery: carries("watches the addresses of networks for an IPAM", {
    docs: guide("res-disc-work-with"),
    attributes: { "operating_regions.region_name": regions },
  }),
  aws_vpc_ipam_resource_discovery_association: inert(
    "lets an IPAM see what a discovery watches",
    guide("res-disc-work-with"),
    {
      ipam_id: uses("the IPAM"),
      ipam_resource_discovery_id: uses("the discovery"),
    },
  ),
  aws_vpc_ipam_organization_admin_account: {
    ...grants("lets an account see the addresses of the whole organization", {
      docs: guide("enable-integ-ipam"),
      attributes: { delegated_admin_account_id: shares("ipam.administrator", "account") },
    }),
    placement: { global: "an organization's setting; it holds no payload" },
  },
  aws_vpc_ipam_pool: inert("addresses to choose from", guide("how-it-works-ipam"), {
    ...read("publicly_advertisable"),
    ipam_scope_id: uses("the scope"),
    source_ipam_pool_id: pool,
    locale: harmless("the region whose networks may take addresses from it; they say themselves where they stand"),
    public_ip_source: harmless("where public addresses come from"),
  }),
  aws_vpc_ipam_pool_cidr: inert("addresses of a pool", guide("prov-cidr-ipam"), {
    ipam_pool_id: pool,
    cidr: harmless("which addresses"),
  }),
  aws_vpc_ipam_pool_cidr_allocation: inert("keeps addresses of a pool", guide("manual-allocate-ipam"), {
    ipam_pool_id: pool,
    cidr: harmless("which addresses"),
    disallowed_cidrs: harmless("which addresses not"),
  }),
  aws_vpc_ipam_preview_next_cidr: inert(
    "asks which addresses would come next",
    resourcePage("vpc_ipam_preview_next_cidr"),
    {
      ipam_pool_id: pool,
      disallowed_cidrs: harmless("which addresses not"),
    },
  ),
  aws_vpc_ipam_scope: inert("a set of addresses without overlap", guide("how-it-works-ipam"), {
    ipam_id: uses("the IPAM"),
  }),
  ...lookups({
    vpc_ipam: "an IPAM",
    vpc_ipams: "IPAMs",
    vpc_ipam_pool: "a pool",
    vpc_ipam_pools: "pools",
    vpc_ipam_pool_cidrs: "addresses of a pool",
    vpc_ipam_preview_next_cidr: "which addresses would come next",
  }),
});
