import {
  DeclarationError,
  dataCentresOf,
  defineEnclave,
  type EnclaveDeclaration,
  type Geography,
  geography,
  trustOf,
} from "../constructs/declaration";
import { enclave } from "../enclave";

const outpost = (change: object = {}) => ({
  arn: "arn:aws:outposts:eu-north-1:222222222222:outpost/op-0aaaaaaaaaaaaaaaa",
  zone: "eun1-az1",
  country: "NO",
  ...change,
});

/** A valid declaration, small enough to be changed in one place at a time. */
const valid = (): EnclaveDeclaration => ({
  name: "test",
  organization: "o-enclave0001",
  boundary: "EEA",
  accounts: { south: "111111111111", north: "222222222222", watch: "333333333333" },
  retention: { logs: 365, backups: 35, versions: 90, snapshots: 14 },
  sites: {
    dublin: {
      account: "south",
      region: "eu-west-1",
      image: "ami-0a1b2c3d4e5f60718",
      inspection: { zones: ["euw1-az1"], ipv4: "10.0.0.0/20", ipv6: "fd80:0:0::/48" },
      dataCentres: {
        "dublin-1": { zones: ["euw1-az1"], network: { ipv4: "10.1.0.0/16", ipv6: "fd80:0:1::/48" } },
        "dublin-2": { zones: ["euw1-az2"], network: { ipv4: "10.2.0.0/16", ipv6: "fd80:0:2::/48" } },
      },
    },
    hamar: {
      account: "north",
      region: "eu-north-1",
      image: "ami-0a1b2c3d4e5f60718",
      inspection: { zones: ["eun1-az1"], ipv4: "10.0.16.0/20", ipv6: "fd80:0:3::/48" },
      dataCentres: {
        hamar: { outposts: [outpost()], network: { ipv4: "10.3.0.0/16", ipv6: "fd80:0:4::/48" } },
      },
    },
  },
});

// biome-ignore lint/suspicious/noExplicitAny: a declaration with one thing put wrong is of no type
type Broken = any;

/** The lines that a change of the valid declaration brings. */
function problems(change: (declaration: Broken) => void, facts?: Geography): readonly string[] {
  const declaration = valid();
  change(declaration);
  try {
    defineEnclave(declaration, facts);
    return [];
  } catch (error) {
    if (error instanceof DeclarationError) return error.problems;
    throw error;
  }
}

const partnerNetwork = (change: object = {}) => ({
  zones: ["euw1-az1"],
  ipv4: "10.48.0.0/20",
  ipv6: "fd80:0:5::/48",
  ...change,
});

/** Adds a partner with an account of its own, with something changed. */
function watch(d: Broken, change: object = {}): void {
  d.accounts.root = "444444444444";
  d.management = "root";
  d.oversight = oversight(change);
}

const oversight = (change: object) => ({
  account: "watch",
  partner: "partner",
  region: "eu-west-1",
  network: partnerNetwork(),
  evidence: 365,
  people: {
    issuer: "login.example.eu",
    audience: "test",
    networks: [{ range: "203.0.113.0/24", country: "DE" }],
  },
  ...change,
});

const facility = {
  itPower: 100,
  floor: { total: 10, computerRooms: 5 },
  energy: [{ source: "wind", share: 1 }],
  cooling: "free",
  limits: { pue: 1.2, wue: 0, cue: 0 },
};

const dublin1 = (d: Broken) => d.sites.dublin.dataCentres["dublin-1"];
const hamar = (d: Broken) => d.sites.hamar.dataCentres.hamar;

describe("the declared enclave", () => {
  it("has the three data centres, in Dublin's zones and on the rack in Norway", () => {
    const found = dataCentresOf(enclave).map(({ name, region, zones, outposts }) => ({
      name,
      region,
      zones,
      countries: outposts.map(({ country }) => country),
    }));
    expect(found).toEqual([
      { name: "dublin-1", region: "eu-west-1", zones: ["euw1-az1", "euw1-az2"], countries: [] },
      { name: "dublin-2", region: "eu-west-1", zones: ["euw1-az3"], countries: [] },
      { name: "hamar", region: "eu-north-1", zones: ["eun1-az1"], countries: ["NO"] },
    ]);
  });

  it("implies a trust file with its accounts, its organization and its Outposts", () => {
    expect(trustOf(enclave)).toEqual({
      organization: "o-enclave0001",
      accounts: {
        "111111111111": { name: "dublin" },
        "222222222222": { name: "hamar" },
        "333333333333": { name: "oversight" },
        "444444444444": { name: "management" },
        "555555555555": { name: "pipeline" },
      },
      outposts: { "op-0aaaaaaaaaaaaaaaa": { country: "NO", homeRegion: "eu-north-1" } },
      places: expect.arrayContaining([
        {
          id: "198.51.100.0/26",
          country: "DE",
          statement: "network that the people of the independent oversight partner work from",
        },
        {
          id: "arn:aws:s3:::copies-of-europe-us",
          region: "us-east-1",
          account: "888888888888",
          statement: "copies in virginia that are brought in; it stands outside",
        },
      ]),
    });
  });
});

describe("a declaration", () => {
  it("is taken when nothing is wrong, and has its names resolved", () => {
    const { sites, boundary } = defineEnclave(valid());
    expect(boundary.countries).toContain("NO");
    expect(sites.map(({ account }) => account.id)).toEqual(["111111111111", "222222222222"]);
    expect(String(sites[1].dataCentres[0].network.ipv6)).toBe("fd80:0:4::/48");
  });

  it("takes a boundary of its own", () => {
    expect(
      problems((d) => {
        d.boundary = { name: "Nordic and Irish", countries: ["IE", "NO", "SE"] };
      }),
    ).toEqual([]);
  });

  it("hands on what the owner vouches for", () => {
    const place = { id: "203.0.113.10", country: "IE", statement: "VPN device" };
    expect(trustOf(defineEnclave({ ...valid(), vouched: [place] })).places).toEqual([place]);
  });

  const cases: readonly [string, (declaration: Broken) => void, readonly string[]][] = [
    [
      "an unknown field",
      (d) => {
        dublin1(d).subnets = 3;
      },
      ["sites.dublin.dataCentres.dublin-1.subnets: there is no such field"],
    ],
    [
      "two unknown fields, in two lines",
      (d) => {
        d.owner = "me";
        d.color = "green";
      },
      ["owner: there is no such field", "color: there is no such field"],
    ],
    [
      "a missing field",
      (d) => {
        d.organization = undefined;
      },
      ["organization: is missing"],
    ],
    [
      "a name that can't be part of names",
      (d) => {
        d.name = "My Enclave";
      },
      ["name: must be 2 to 20 lower-case letters, digits and dashes, starting with a letter"],
    ],
    [
      "a data centre's name that can't be the name of a stack",
      (d) => {
        d.sites.hamar.dataCentres = { "../x": hamar(d) };
      },
      [
        "sites.hamar.dataCentres.../x: the name must be 2 to 20 lower-case letters, digits and dashes, starting with a letter",
      ],
    ],
    [
      "an account id that is too short",
      (d) => {
        d.accounts.south = "1234";
      },
      ["accounts.south: must be an account id of 12 digits"],
    ],
    [
      "two accounts that are one",
      (d) => {
        d.accounts.north = d.accounts.south;
      },
      expect.arrayContaining(["accounts.north: is the same account as accounts.south"]) as never,
    ],
    [
      "an account that is not declared",
      (d) => {
        d.sites.dublin.account = "west";
      },
      ['sites.dublin.account: "west" is not one of accounts'],
    ],
    [
      "an account by a name that every object has",
      (d) => {
        d.sites.dublin.account = "constructor";
      },
      ['sites.dublin.account: "constructor" is not one of accounts'],
    ],
    [
      "a boundary nobody knows",
      (d) => {
        d.boundary = "Europe";
      },
      ['boundary: there is no boundary named "Europe"'],
    ],
    [
      "a region outside the boundary",
      (d) => {
        d.sites.dublin.region = "eu-west-2";
        d.sites.dublin.inspection.zones = ["euw2-az1"];
        dublin1(d).zones = ["euw2-az2"];
        d.sites.dublin.dataCentres["dublin-2"].zones = ["euw2-az3"];
      },
      [
        "sites.dublin.region: eu-west-2 is in GB, outside the boundary",
        "sites.dublin.inspection.zones.0: euw2-az1 is in GB, outside the boundary",
        "sites.dublin.dataCentres.dublin-1.zones.0: euw2-az2 is in GB, outside the boundary",
        "sites.dublin.dataCentres.dublin-2.zones.0: euw2-az3 is in GB, outside the boundary",
      ],
    ],
    [
      "a region that does not exist",
      (d) => {
        d.sites.hamar.region = "eu-north-9";
      },
      expect.arrayContaining(['sites.hamar.region: "eu-north-9" is not a region that is known']) as never,
    ],
    [
      "a zone of another region",
      (d) => {
        dublin1(d).zones = ["euc1-az1"];
      },
      ["sites.dublin.dataCentres.dublin-1.zones.0: euc1-az1 is a zone of eu-central-1, not of eu-west-1"],
    ],
    [
      "a zone outside the boundary that belongs to a region inside",
      (d) => {
        d.sites.dublin.region = "eu-central-1";
        d.sites.dublin.inspection.zones = ["euc1-az1"];
        dublin1(d).zones = ["euc1-ist1-az1"];
        d.sites.dublin.dataCentres["dublin-2"].zones = ["euc1-az2"];
      },
      [
        "sites.dublin.dataCentres.dublin-1.zones.0: euc1-ist1-az1 is in TR, outside the boundary",
        "sites.dublin.dataCentres.dublin-1.zones.0: euc1-ist1-az1 is no availability zone: it can't carry all tiers",
      ],
    ],
    [
      "a zone by its name, which is another zone in every account",
      (d) => {
        dublin1(d).zones = ["eu-west-1a"];
      },
      [
        'sites.dublin.dataCentres.dublin-1.zones.0: "eu-west-1a" is not the id of a zone that is known (ids look like euw1-az1)',
      ],
    ],
    [
      "a zone twice",
      (d) => {
        d.sites.dublin.dataCentres["dublin-2"].zones = ["euw1-az1"];
      },
      [
        "sites.dublin.dataCentres.dublin-2.zones.0: is the same as sites.dublin.dataCentres.dublin-1.zones.0; each belongs to one data centre",
      ],
    ],
    [
      "a data centre that stands nowhere",
      (d) => {
        delete dublin1(d).zones;
      },
      ["sites.dublin.dataCentres.dublin-1: must have either zones or outposts"],
    ],
    [
      "a data centre that is both",
      (d) => {
        hamar(d).zones = ["eun1-az2"];
      },
      ["sites.hamar.dataCentres.hamar: must have either zones or outposts"],
    ],
    [
      "an Outpost homed elsewhere",
      (d) => {
        hamar(d).outposts[0].arn = "arn:aws:outposts:eu-west-2:222222222222:outpost/op-0aaaaaaaaaaaaaaaa";
      },
      ["sites.hamar.dataCentres.hamar.outposts.0.arn: the Outpost is homed in eu-west-2, its site in eu-north-1"],
    ],
    [
      "an Outpost of somebody else",
      (d) => {
        hamar(d).outposts[0].arn = "arn:aws:outposts:eu-north-1:999999999999:outpost/op-0aaaaaaaaaaaaaaaa";
      },
      [
        "sites.hamar.dataCentres.hamar.outposts.0.arn: the Outpost belongs to account 999999999999, which is not one of accounts",
      ],
    ],
    [
      "an Outpost that stands outside the boundary",
      (d) => {
        hamar(d).outposts[0].country = "GB";
      },
      ["sites.hamar.dataCentres.hamar.outposts.0.country: GB is outside the boundary"],
    ],
    [
      "something else than an Outpost",
      (d) => {
        hamar(d).outposts[0].arn = "op-0aaaaaaaaaaaaaaaa";
      },
      [
        "sites.hamar.dataCentres.hamar.outposts.0.arn: must be the ARN of an Outpost: arn:aws:outposts:REGION:ACCOUNT:outpost/op-…",
      ],
    ],
    [
      "IPv4 networks of two data centres that overlap",
      (d) => {
        hamar(d).network.ipv4 = "10.2.128.0/20";
      },
      [
        "sites.hamar.dataCentres.hamar.network.ipv4: 10.2.128.0/20 overlaps 10.2.0.0/16 of sites.dublin.dataCentres.dublin-2.network.ipv4",
      ],
    ],
    [
      "IPv6 networks of two data centres that overlap",
      (d) => {
        hamar(d).network.ipv6 = "fd80:0:1:100::/56";
      },
      [
        "sites.hamar.dataCentres.hamar.network.ipv6: fd80:0:1:100::/56 overlaps fd80:0:1::/48 of sites.dublin.dataCentres.dublin-1.network.ipv6",
      ],
    ],
    [
      "a data centre's network that overlaps an inspection network",
      (d) => {
        dublin1(d).network.ipv4 = "10.0.16.0/20";
      },
      [
        "sites.dublin.dataCentres.dublin-1.network.ipv4: 10.0.16.0/20 overlaps 10.0.16.0/20 of sites.hamar.inspection.ipv4",
      ],
    ],
    [
      "a network that is too small",
      (d) => {
        dublin1(d).network.ipv4 = "10.1.0.0/24";
      },
      ['sites.dublin.dataCentres.dublin-1.network.ipv4: "10.1.0.0/24" must have a prefix from /16 to /22'],
    ],
    [
      "an IPv6 network of a size that AWS does not have",
      (d) => {
        dublin1(d).network.ipv6 = "fd80:0:1::/50";
      },
      [
        'sites.dublin.dataCentres.dublin-1.network.ipv6: "fd80:0:1::/50" must have a prefix from /44 to /56 in steps of 4',
      ],
    ],
    [
      "public addresses",
      (d) => {
        dublin1(d).network.ipv4 = "52.16.0.0/16";
      },
      [
        'sites.dublin.dataCentres.dublin-1.network.ipv4: "52.16.0.0/16" is not private space (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10)',
      ],
    ],
    [
      "addresses of the other family",
      (d) => {
        dublin1(d).network.ipv6 = "10.1.0.0/16";
      },
      ['sites.dublin.dataCentres.dublin-1.network.ipv6: "10.1.0.0/16" is not an IPv6 range'],
    ],
    [
      "a range with bits behind its prefix",
      (d) => {
        dublin1(d).network.ipv4 = "10.1.2.3/16";
      },
      [
        'sites.dublin.dataCentres.dublin-1.network.ipv4: "10.1.2.3/16" has bits set behind its prefix; 10.1.0.0/16 is the range it lies in',
      ],
    ],
    [
      "something that is no range",
      (d) => {
        dublin1(d).network.ipv4 = "ten";
      },
      ['sites.dublin.dataCentres.dublin-1.network.ipv4: "ten" is not a CIDR range'],
    ],
    [
      "a partner without an account",
      (d) => {
        watch(d, { account: "partner" });
      },
      ['oversight.account: "partner" is not one of accounts'],
    ],
    [
      "a partner that owns a site",
      (d) => {
        watch(d, { account: "north" });
      },
      ["oversight.account: is the account of sites.hamar; the partner has one of its own"],
    ],
    [
      "a partner that watches from a region without a site",
      (d) => {
        watch(d, { region: "eu-central-1", network: partnerNetwork({ zones: ["euc1-az1"] }) });
      },
      ["oversight.region: no site is in eu-central-1: there is nothing to watch from there"],
    ],
    [
      "a partner whose network lies in another region and on a site's addresses",
      (d) => {
        watch(d, { network: partnerNetwork({ zones: ["eun1-az1"], ipv4: "10.3.0.0/20" }) });
      },
      [
        "oversight.network.zones.0: eun1-az1 is a zone of eu-north-1, not of eu-west-1",
        "oversight.network.ipv4: 10.3.0.0/20 overlaps 10.3.0.0/16 of sites.hamar.dataCentres.hamar.network.ipv4",
      ],
    ],
    [
      "a partner whose people work outside the boundary",
      (d) => {
        watch(d, {
          people: {
            issuer: "login.example.eu",
            audience: "test",
            networks: [{ range: "203.0.113.0/24", country: "GB" }],
          },
        });
      },
      ["oversight.people.networks.0.country: GB is outside the boundary"],
    ],
    [
      "a partner whose people work anywhere",
      (d) => {
        watch(d, {
          people: { issuer: "https://login/", audience: "test", networks: [{ range: "0.0.0.0/0", country: "DE" }] },
        });
      },
      [
        "oversight.people.issuer: must be a host name, such as login.example.eu",
        'oversight.people.networks.0.range: "0.0.0.0/0" is every address there is',
      ],
    ],
    [
      "a partner without an account that gives it the organization's trail",
      (d) => {
        watch(d);
        delete d.management;
      },
      ["management: is missing: the partner is given the organization's trail by that account"],
    ],
    [
      "a management account that is none of the accounts",
      (d) => {
        d.management = "nobody";
      },
      ['management: "nobody" is not one of accounts'],
    ],
    [
      "two data centres of one name",
      (d) => {
        d.sites.hamar.dataCentres["dublin-1"] = {
          zones: ["eun1-az2"],
          network: { ipv4: "10.9.0.0/16", ipv6: "fd80:0:9::/48" },
        };
      },
      ["sites.hamar.dataCentres.dublin-1: has the same name as sites.dublin.dataCentres.dublin-1"],
    ],
    [
      "copies to a place that is not of the enclave",
      (d) => {
        dublin1(d).replicatesTo = ["virginia"];
      },
      ['sites.dublin.dataCentres.dublin-1.replicatesTo.0: "virginia" is not a data centre of the enclave'],
    ],
    [
      "copies to itself",
      (d) => {
        dublin1(d).replicatesTo = ["dublin-2", "dublin-1"];
      },
      ["sites.dublin.dataCentres.dublin-1.replicatesTo.1: a data centre is not a copy of itself"],
    ],
    [
      "backups to the same site",
      (d) => {
        dublin1(d).backsUpTo = ["dublin-2"];
      },
      ['sites.dublin.dataCentres.dublin-1.backsUpTo.0: "dublin-2" is on the same site'],
    ],
    [
      "backups to a place that is not of the enclave",
      (d) => {
        dublin1(d).backsUpTo = ["ohio"];
      },
      ['sites.dublin.dataCentres.dublin-1.backsUpTo.0: "ohio" is not a data centre of the enclave'],
    ],
    [
      "a retention of nothing",
      (d) => {
        d.retention.logs = 0;
      },
      ["retention.logs: must be at least one day"],
    ],
    [
      "energy that does not add up",
      (d) => {
        dublin1(d).facility = { ...facility, energy: [{ source: "wind", share: 0.7 }] };
      },
      ["sites.dublin.dataCentres.dublin-1.facility.energy: the shares must add up to 1"],
    ],
    [
      "a building that uses less than its computers",
      (d) => {
        dublin1(d).facility = { ...facility, limits: { ...facility.limits, pue: 0.9 } };
      },
      ["sites.dublin.dataCentres.dublin-1.facility.limits.pue: must be at least 1"],
    ],
    [
      "no site",
      (d) => {
        d.sites = {};
      },
      ["sites: must have a site"],
    ],
    [
      "a key that is the prototype's",
      (d) => {
        Object.defineProperty(d, "__proto__", { value: 1, enumerable: true });
      },
      ["__proto__: there is no such field"],
    ],
  ];

  const pipelines: readonly [string, (pipeline: Broken) => void, readonly string[]][] = [
    ["that keeps states locally", () => {}, []],
    [
      "with a backend that there is not",
      (p) => {
        p.backend = "remote";
      },
      ["pipeline.backend: must be local or s3"],
    ],
    [
      "in an account that is not declared",
      (p) => {
        p.account = "west";
      },
      ['pipeline.account: "west" is not one of accounts'],
    ],
    [
      "away from the sites",
      (p) => {
        p.region = "eu-west-3";
        p.network.zones = ["euw3-az1"];
      },
      ["pipeline.region: no site is in eu-west-3: plans and states would leave the sites"],
    ],
    [
      "in a zone of another region",
      (p) => {
        p.network.zones = ["eun1-az1"];
      },
      ["pipeline.network.zones.0: eun1-az1 is a zone of eu-north-1, not of eu-west-1"],
    ],
  ];

  it.each(pipelines)("with a pipeline %s has these problems", (_, change, lines) => {
    const found = problems((d) => {
      d.pipeline = {
        account: "south",
        region: "eu-west-1",
        network: { zones: ["euw1-az1"], ipv4: "10.9.0.0/20", ipv6: "fd80:0:9::/48" },
      };
      change(d.pipeline);
    });
    expect(found).toEqual(lines);
  });

  it("with a pipeline in another region than the partner is told where the reports go", () => {
    const network = { zones: ["eun1-az1"], ipv4: "10.9.0.0/20", ipv6: "fd80:0:9::/48" };
    const people = {
      issuer: "login.example.eu",
      audience: "t",
      networks: [{ range: "203.0.113.0/28", country: "IE" }],
    };
    const found = problems((d) => {
      d.management = "north";
      d.oversight = { account: "watch", partner: "P", region: "eu-north-1", network, evidence: 365, people };
      d.pipeline = {
        account: "south",
        region: "eu-west-1",
        network: { zones: ["euw1-az1"], ipv4: "10.9.0.0/20", ipv6: "fd80:0:a::/48" },
      };
    });
    expect(found).toEqual([
      "pipeline.network.ipv4: 10.9.0.0/20 overlaps 10.9.0.0/20 of oversight.network.ipv4",
      "pipeline.region: is not that of oversight, eu-north-1, which takes the reports",
    ]);
  });

  const migrations: readonly [string, (migration: Broken, declaration: Broken) => void, readonly string[]][] = [
    ["complete", () => {}, []],
    [
      "that is over",
      (m) => {
        m.until = "2026-01-30";
      },
      ["migration.until: 2026-01-30 has passed: move home what has landed, then take `migration` out"],
    ],
    [
      "on its last day",
      (m) => {
        m.until = "2026-01-31";
      },
      [],
    ],
    [
      "from a region inside",
      (m) => {
        m.sources.virginia.region = "eu-west-3";
      },
      ["migration.sources.virginia.region: eu-west-3 is inside the boundary: what stands there needs no way in"],
    ],
    [
      "from a region that does not exist",
      (m) => {
        m.sources.virginia.region = "us-east-9";
      },
      ['migration.sources.virginia.region: "us-east-9" is not a region that is known'],
    ],
    [
      "from an account of the enclave",
      (m, d) => {
        m.sources.virginia.account = d.accounts.north;
      },
      ["migration.sources.virginia.account: is an account of the enclave: what is its own needs no way in"],
    ],
    [
      "to a site that is not declared",
      (m) => {
        m.sources.virginia.copies.oslo = m.sources.virginia.copies.dublin;
      },
      ["migration.sources.virginia.copies.oslo: is not one of sites"],
    ],
    [
      "from something that is no bucket",
      (m) => {
        m.sources.virginia.copies.dublin.bucket = "arn:aws:s3:::old";
      },
      ["migration.sources.virginia.copies.dublin.bucket: must be the name of a bucket"],
    ],
  ];

  it.each(migrations)("with a migration %s has these problems", (_, change, lines) => {
    const found = problems(
      (d) => {
        d.migration = {
          until: "2026-12-31",
          sources: {
            virginia: {
              region: "us-east-1",
              account: "888888888888",
              copies: { dublin: { bucket: "old", objects: 1, bytes: 1 } },
            },
          },
        };
        change(d.migration, d);
      },
      { ...geography, today: () => "2026-01-31" },
    );
    expect(found).toEqual(lines);
  });

  const layouts: readonly [string, (declaration: Broken) => void, readonly string[]][] = [
    ["complete", () => {}, []],
    [
      "without a management account",
      (d) => {
        delete d.management;
      },
      ["management: is missing: guardrails are managed from it"],
    ],
    [
      "around a site in the management account",
      (d) => {
        d.management = "north";
        d.guardrails.units.sites = { south: "a@b.example", head: "c@d.example" };
      },
      ["sites.hamar.account: is the management account, for which no guardrail holds"],
    ],
    [
      "that leaves an account out",
      (d) => {
        delete d.guardrails.units.sites.north;
      },
      ["guardrails.units: no unit for north: no guardrail would hold there"],
    ],
    [
      "with an account in two units",
      (d) => {
        d.guardrails.units.more = { north: "a@b.example" };
      },
      ["guardrails.units.more.north: is in guardrails.units.sites already"],
    ],
    [
      "with an account that is not declared",
      (d) => {
        d.guardrails.units.sites.west = "a@b.example";
      },
      ["guardrails.units.sites.west: is not one of accounts"],
    ],
    [
      "with an account without an address",
      (d) => {
        d.guardrails.units.sites.north = "";
      },
      ["guardrails.units.sites.north: must be an e-mail address"],
    ],
  ];

  it.each(layouts)("with an organization %s has these problems", (_, change, lines) => {
    const found = problems((d) => {
      d.accounts.head = "444444444444";
      d.management = "head";
      d.guardrails = {
        units: { sites: { south: "a@b.example", north: "c@d.example" }, watch: { watch: "e@f.example" } },
      };
      change(d);
    });
    expect(found).toEqual(lines);
  });

  const placements: readonly [string, (declaration: Broken) => void, readonly string[]][] = [
    ["complete", () => {}, []],
    [
      "without a country",
      (d) => {
        delete d.placement.homes[0].users.LI;
      },
      ["placement.homes: no home for the users of LI"],
    ],
    [
      "without a country that is served too",
      (d) => {
        delete d.placement.homes[0].users.GB;
      },
      ["placement.homes: no home for the users of GB"],
    ],
    [
      "with a country that is not served",
      (d) => {
        d.placement.homes[0].users.US = 1;
      },
      ["placement.homes.0.users.US: is neither in the boundary nor in placement.alsoServes"],
    ],
    [
      "with a country at home twice",
      (d) => {
        d.placement.homes.push({ home: "hamar", second: "dublin", users: { IE: 1 } });
      },
      ["placement.homes.1.users.IE: has a home already, in placement.homes.0"],
    ],
    [
      "with a copy at the home itself",
      (d) => {
        d.placement.homes[0].second = "dublin";
      },
      ["placement.homes.0.second: is the home itself"],
    ],
    [
      "with a site that is not declared",
      (d) => {
        d.placement.homes[0].second = "oslo";
      },
      ['placement.homes.0.second: "oslo" is not one of sites'],
    ],
    [
      "with more objects than the racks hold",
      (d) => {
        d.placement.homes[0].users.NO = 0;
        d.placement.homes.push({ home: "hamar", second: "dublin", users: { SE: 2 ** 20 } });
        delete d.placement.homes[0].users.SE;
      },
      ["placement: hamar can't hold the objects of 1048576 users: 20.0 TiB after 1 years, its Outposts hold 5 TiB"],
    ],
    [
      "on racks whose capacity nobody declares",
      (d) => {
        delete hamar(d).outposts[0].capacity;
        d.placement.homes.push({ home: "hamar", second: "dublin", users: { SE: 2 ** 10 } });
        delete d.placement.homes[0].users.SE;
      },
      [
        "placement: hamar can't hold the objects of 1024 users: 0.0 TiB after 1 years, its Outposts hold 0 TiB",
        "placement: hamar can't hold the blocks of 1024 users: 0.0 TiB after 1 years, its Outposts hold 0 TiB",
      ],
    ],
  ];

  it.each(placements)("with a placement %s has these problems", (_, change, lines) => {
    const countries = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK GB";
    const found = problems((d) => {
      hamar(d).outposts[0].capacity = { objects: 5, blocks: 5 };
      d.placement = {
        alsoServes: ["GB"],
        homes: [
          {
            home: "dublin",
            second: "hamar",
            users: Object.fromEntries(countries.split(" ").map((code) => [code, 10])),
          },
        ],
        perUser: { objectsMib: 10, relationalKib: 10, recordsKib: 10 },
        growth: { perYear: 1, years: 1 },
      };
      change(d);
    });
    expect(found).toEqual(lines);
  });

  it.each(cases)("is refused for %s, and the line names the field", (_, change, lines) => {
    expect(problems(change)).toEqual(lines);
  });

  it("is refused with all its lines in the message", () => {
    const broken = { ...valid(), name: "X", boundary: 3 } as never;
    expect(() => defineEnclave(broken)).toThrow(
      /not valid:\n {2}name: .*\n {2}boundary: must be the name of a boundary/,
    );
  });
});

describe("the project's own declaration, read on another day", () => {
  const read = (day: string): unknown => {
    jest.useFakeTimers({ now: new Date(`${day}T12:00:00Z`) });
    try {
      let thrown: unknown;
      jest.isolateModules(() => {
        try {
          require("../enclave");
        } catch (error) {
          thrown = error;
        }
      });
      return thrown;
    } finally {
      jest.useRealTimers();
    }
  };

  it("lets copies in until the last day", () => {
    expect(read("2027-12-31")).toBeUndefined();
  });

  it("refuses the way in after it, in one line that says what to change", () => {
    expect((read("2028-01-01") as Error).message).toBe(
      "The declaration of the enclave is not valid: " +
        "migration.until: 2027-12-31 has passed: move home what has landed, then take `migration` out",
    );
  });
});
