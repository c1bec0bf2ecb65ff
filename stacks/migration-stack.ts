import type { Construct } from "constructs";
import { type Enclave, LandingStore, landingNames, type Migration, Progress, type Site, Transfer } from "../constructs";
import type { DataCentreStack } from "./data-centre-stack";
import { estateOf, RegionalStack } from "./regional-stack";
import type { SiteStack } from "./site-stack";

export interface MigrationStackProps {
  readonly enclave: Enclave;
  readonly migration: Migration;
  readonly site: Site;
  /** Stack of the site. */
  readonly shared: SiteStack;
  /** Stack of the data centre whose objects the landed ones become. */
  readonly home: DataCentreStack;
}

/** The way in for the copies of a site's users that stand outside. It leads inwards only, and ends with the migration. */
export class MigrationStack extends RegionalStack {
  constructor(scope: Construct, props: MigrationStackProps) {
    const { enclave, migration, site, shared, home } = props;
    super(scope, `migration-${site.name}`, { enclave, account: site.account, region: site.region });
    const name = `${enclave.name}-${site.name}`;
    const sources = migration.sources.filter(({ copies }) => copies[site.name] !== undefined);
    const bucketName = landingNames(enclave).bucket(site);
    const landing = new LandingStore(this, "landing", {
      bucketName,
      account: site.account.id,
      estate: estateOf(enclave),
      region: site.region,
      logBucket: shared.logs.bucket.bucket,
      until: migration.until,
      writers: Object.fromEntries(
        sources.flatMap(({ name: source, account, writer }) =>
          writer === undefined ? [] : [[source, `arn:aws:iam::${account}:role/${writer}`]],
        ),
      ),
    });
    for (const { name: source, copies, writer } of sources) {
      if (writer !== undefined) continue;
      new Transfer(this, `fetch-${source}`, {
        name: landingNames(enclave).fetcher(site, source),
        from: { bucketArn: `arn:aws:s3:::${copies[site.name].bucket}`, prefix: "/" },
        to: { bucketArn: landing.bucket.arn, prefix: `/data/${source}/` },
        schedule: "cron(0 22 * * ? *)",
      });
    }
    new Transfer(this, "home", {
      name: `${name}-home`,
      from: { bucketArn: landing.bucket.arn, prefix: "/data/" },
      to: { bucketArn: home.objects.bucket.arn, prefix: "/", keyArn: home.objects.keyArn },
    });
    new Progress(this, "progress", {
      name,
      region: site.region,
      bucket: bucketName,
      until: migration.until,
      expected: sources.map(({ name: source, copies }) => ({ source, ...copies[site.name] })),
    });
  }
}
