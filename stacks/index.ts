/** The stacks of an enclave. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  type Account,
  type DataCentre,
  type Enclave,
  type Oversight,
  regionsOf,
  type Site,
  sizingPage,
  trustOf,
} from "../constructs";
import { AccessGatewayStack } from "./access-gateway";
import { CopiesStack } from "./copies-stack";
import { DataCentreStack } from "./data-centre-stack";
import { DelegationStack } from "./delegation-stack";
import { EvidenceStack } from "./evidence-stack";
import { FabricStack } from "./fabric-stack";
import { GuardrailsStack } from "./guardrails-stack";
import { MigrationStack } from "./migration-stack";
import { OrganizationStack } from "./organization-stack";
import { OversightStack } from "./oversight-stack";
import { PipelineStack } from "./pipeline-stack";
import { PlacementStack } from "./placement-stack";
import { SiteStack } from "./site-stack";
import { TransferGatewayStack } from "./transfer-gateway";
import { WatchStack } from "./watch-stack";

export {
  AccessGatewayStack,
  CopiesStack,
  DataCentreStack,
  DelegationStack,
  EvidenceStack,
  FabricStack,
  GuardrailsStack,
  MigrationStack,
  OrganizationStack,
  OversightStack,
  PipelineStack,
  PlacementStack,
  SiteStack,
  TransferGatewayStack,
  WatchStack,
};

/** Adds the stacks of an enclave to an app: sites, data centres, and what joins them. */
export function addEnclave(app: App, enclave: Enclave): void {
  const { management, migration, pipeline, units } = enclave;
  const tree = management && units && new OrganizationStack(app, { enclave, management, units });
  const sites = new Map(enclave.sites.map((site) => [site, new SiteStack(app, { enclave, site })]));
  const dataCentres = new Map(
    [...sites].flatMap(([site, shared]) =>
      site.dataCentres.map((dataCentre) => [
        dataCentre,
        new DataCentreStack(app, { enclave, site, dataCentre, shared }),
      ]),
    ),
  );
  new FabricStack(app, { enclave, sites });
  new CopiesStack(app, { enclave, dataCentres });
  if (enclave.placement) new PlacementStack(app, { enclave, placement: enclave.placement });
  addGateways(app, enclave, sites, dataCentres);
  if (enclave.oversight && enclave.management) {
    const given = { enclave, sites, oversight: enclave.oversight, management: enclave.management };
    const delegation = addOversight(app, given);
    if (tree) delegation.addDependency(tree);
  }
  if (migration) {
    for (const [site, shared] of sites) {
      const home = dataCentres.get(site.dataCentres[0])!;
      new MigrationStack(app, { enclave, migration, site, shared, home });
    }
  }
  const guardrails = tree && new GuardrailsStack(app, { enclave, management, units, organization: tree.organization });
  if (pipeline) new PipelineStack(app, { enclave, pipeline, others: stacksOf(app) });
  for (const stack of stacksOf(app)) if (stack !== guardrails) guardrails?.addDependency(stack);
}

const stacksOf = (app: App): TerraformStack[] => app.node.children.filter((child) => child instanceof TerraformStack);

/** Adds the ways by which people come to data and data leaves, to every data centre; there are none unless declared. */
function addGateways(
  app: App,
  enclave: Enclave,
  sites: ReadonlyMap<Site, SiteStack>,
  dataCentres: ReadonlyMap<DataCentre, DataCentreStack>,
): void {
  const { access, oversight, pseudonymisation } = enclave;
  if (!access || !oversight) return;
  for (const [site, shared] of sites) {
    for (const dataCentre of site.dataCentres) {
      const stack = dataCentres.get(dataCentre)!;
      const { gateway } = new AccessGatewayStack(app, { enclave, site, dataCentre, stack, access, oversight });
      if (!pseudonymisation) continue;
      new TransferGatewayStack(app, { enclave, dataCentre, stack, shared, gateway, access, pseudonymisation });
    }
  }
}

interface Overseen {
  readonly enclave: Enclave;
  readonly sites: ReadonlyMap<Site, SiteStack>;
  readonly oversight: Oversight;
  readonly management: Account;
}

/**
 * Adds the partner's stacks, those that report to it, and the one that gives the organization's administration away,
 * which is returned: where the organization is kept here, it comes before.
 * What is recorded of a site goes to the partner from the beginning: the evidence has to be there before the sites.
 */
function addOversight(app: App, { enclave, sites, oversight, management }: Overseen): DelegationStack {
  const delegation = new DelegationStack(app, { enclave, oversight, management });
  const evidence = new Map(
    regionsOf(enclave).map((region) => [region, new EvidenceStack(app, { enclave, oversight, region })]),
  );
  for (const stack of evidence.values()) stack.addDependency(delegation);
  for (const [{ region }, stack] of sites) stack.addDependency(evidence.get(region)!);
  const partner = new OversightStack(app, { enclave, oversight, evidence });
  for (const site of sites.keys()) new WatchStack(app, { enclave, oversight, site }).addDependency(partner);
  return delegation;
}

/**
 * Synthesizes an enclave, and writes the trust file, the signers and the sizing that it implies into the same folder.
 *
 * @param outdir folder for the result; cdktf's own default (`CDKTF_OUTDIR`, else `cdktf.out`) if left out
 * @returns the folder
 */
export function synthesize(enclave: Enclave, outdir?: string): string {
  const app = new App({ outdir, stackTraces: false });
  withoutTokenTraces(() => {
    addEnclave(app, enclave);
    app.synth();
  });
  mkdirSync(app.outdir, { recursive: true });
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  writeFileSync(join(app.outdir, "trust.json"), json(trustOf(enclave)));
  writeFileSync(join(app.outdir, "signers.json"), json(enclave.signers));
  if (enclave.placement) writeFileSync(join(app.outdir, "sizing.md"), sizingPage(enclave));
  return app.outdir;
}

/**
 * cdktf formats a stack trace for every token it makes, and under ts-node each is mapped back to its source: two
 * thirds of a synthesis. Nothing reads these traces; an error that is thrown is formatted after this returns.
 */
function withoutTokenTraces(work: () => void): void {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = String;
  try {
    work();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
