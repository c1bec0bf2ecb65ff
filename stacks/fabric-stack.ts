import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Enclave, HubPeering, type PeeringEnd, type Site } from "../constructs";
import { networksOf } from "./networks";
import { awsProvider } from "./regional-stack";
import type { SiteStack } from "./site-stack";
import { keepState } from "./state";

export interface FabricStackProps {
  readonly enclave: Enclave;
  /** Every site with its stack. */
  readonly sites: ReadonlyMap<Site, SiteStack>;
}

/** Joins the sites: the hub of each is peered with the hub of every other. */
export class FabricStack extends TerraformStack {
  constructor(scope: Construct, { enclave, sites }: FabricStackProps) {
    super(scope, "fabric");
    keepState(this, enclave);
    const ends = [...sites].map(([site, stack]) => ({ site, end: this.endOf(enclave, site, stack) }));
    ends.forEach(({ site, end }, i) => {
      for (const other of ends.slice(i + 1)) {
        new HubPeering(this, `${site.name}-${other.site.name}`, {
          name: `${enclave.name}-${site.name}-${other.site.name}`,
          requester: end,
          accepter: other.end,
        });
      }
    });
  }

  private endOf(enclave: Enclave, site: Site, stack: SiteStack): PeeringEnd {
    return {
      hub: stack.hub,
      region: site.region,
      account: site.account.id,
      networks: networksOf(site.dataCentres),
      provider: awsProvider(this, site.name, { enclave, account: site.account, region: site.region }, site.name),
    };
  }
}
