import type { Construct } from "constructs";
import {
  approvedReaders,
  ConfigurationRecord,
  type Enclave,
  evidenceBucketName,
  type Oversight,
  oversightNames,
  roleArn,
  Sightings,
  type Site,
  StopRole,
} from "../constructs";
import { stoppedRoles } from "./oversight-stack";
import { estateOf, RegionalStack } from "./regional-stack";

export interface WatchStackProps {
  readonly enclave: Enclave;
  readonly oversight: Oversight;
  readonly site: Site;
}

/** What a site's account gives to the partner: how it is set up, what happens in it, and a way to stop it. */
export class WatchStack extends RegionalStack {
  constructor(scope: Construct, { enclave, oversight, site }: WatchStackProps) {
    super(scope, `watch-${site.name}`, { enclave, account: site.account, region: site.region });
    const names = oversightNames(enclave);
    const partner = oversight.account.id;
    new ConfigurationRecord(this, "configurations", {
      name: `${enclave.name}-${site.name}`,
      estate: estateOf(enclave),
      bucketName: `${evidenceBucketName(enclave, site.region)}-config`,
      gatheredIn: { account: partner, region: oversight.region },
      globalTypes: enclave.sites.find(({ account }) => account.id === site.account.id) === site,
    });
    new Sightings(this, "sightings", {
      name: names.reporter(site.name),
      busArn: `arn:aws:events:${oversight.region}:${partner}:event-bus/${names.desk}-sightings`,
      approvedRoleArns: approvedReaders(enclave)
        .filter(({ account }) => account === site.account.id)
        .map(roleArn),
    });
    const { sessions, transfers } = stoppedRoles(enclave, site);
    new StopRole(this, "stop", {
      name: names.stopped(site.name),
      account: site.account.id,
      machine: { account: partner, roleName: names.stop },
      roles: [...sessions, ...transfers],
    });
  }
}
