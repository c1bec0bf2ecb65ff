import { DeclarationError, defineEnclave, type EnclaveDeclaration, geography, trustOf } from "../../../constructs";

const facts = { ...geography, today: () => "2026-11-22" };

const declared = (): EnclaveDeclaration => ({
  name: "test",
  organization: "o-enclave0001",
  boundary: "EEA",
  accounts: { south: "111111111111", partner: "333333333333", payer: "444444444444" },
  retention: { logs: 365, backups: 35, versions: 90, snapshots: 14 },
  sites: {
    dublin: {
      account: "south",
      region: "eu-west-1",
      image: "ami-0a1b2c3d4e5f60718",
      inspection: { zones: ["euw1-az1"], ipv4: "10.0.0.0/20", ipv6: "fd80:0:0::/48" },
      dataCentres: {
        "dublin-1": { zones: ["euw1-az1"], network: { ipv4: "10.1.0.0/16", ipv6: "fd80:0:1::/48" } },
      },
    },
  },
  management: "payer",
  oversight: {
    account: "partner",
    partner: "Partner AS",
    region: "eu-west-1",
    network: { zones: ["euw1-az1"], ipv4: "10.4.0.0/20", ipv6: "fd80:0:4::/48" },
    evidence: 365,
    people: {
      issuer: "login.example.eu",
      audience: "test",
      networks: [{ range: "203.0.113.0/28", country: "IE" }],
    },
  },
  access: {
    roles: { employees: "staff", approvers: "seniors" },
    maxMinutes: 60,
    approvalHours: 24,
    dataSets: {
      messages: { store: "objects", prefix: "messages/", content: "personal" },
      profiles: { store: "records", prefix: "profile#", content: "personal" },
    },
  },
  pseudonymisation: { purposes: ["research"], generation: 1, keep: 0 },
  transfers: {
    classes: { usage: { dataSet: "messages", purpose: "research", identifiers: ["user.id"] } },
    receivers: {
      institute: {
        name: "Institute of Oslo",
        country: "NO",
        legalBasis: "contract of 2026-03-01",
        until: "2027-03-01",
        classes: ["usage"],
        inbox: { bucket: "institute-inbox", account: "555555555555", region: "eu-west-1" },
      },
    },
  },
});

// biome-ignore lint/suspicious/noExplicitAny: a declaration with one thing put wrong is of no type
type Broken = any;

function problems(change: (declaration: Broken) => void): readonly string[] {
  const declaration = declared();
  change(declaration);
  try {
    defineEnclave(declaration, facts);
    return [];
  } catch (error) {
    if (error instanceof DeclarationError) return error.problems;
    throw error;
  }
}

const institute = (d: Broken) => d.transfers.receivers.institute;

describe("the declaration of gateways", () => {
  it("is taken as it stands, and nobody receives anything unless it is declared", () => {
    expect(problems(() => {})).toEqual([]);
    const { transfers } = defineEnclave({ ...declared(), transfers: {} }, facts);
    expect(transfers).toEqual({ classes: {}, receivers: {} });
  });

  it("vouches for declared receivers, until their date and with their legal basis", () => {
    const enclave = defineEnclave(declared(), facts);
    expect(trustOf(enclave).places.at(-1)).toEqual({
      id: "arn:aws:s3:::institute-inbox",
      region: "eu-west-1",
      statement:
        "inbox of the receiver institute (Institute of Oslo, NO, account 555555555555) for usage: contract of 2026-03-01",
      until: "2027-03-01",
    });
  });

  it("takes a receiver outside the EEA only if the boundary is changed on purpose", () => {
    const abroad = (d: Broken) => {
      institute(d).country = "GB";
    };
    expect(problems(abroad)).toEqual(["transfers.receivers.institute.country: GB is outside the boundary"]);
    const wider = { name: "EEA and the United Kingdom", countries: ["IE", "NO", "GB"] };
    expect(
      problems((d) => {
        abroad(d);
        d.boundary = wider;
      }),
    ).toEqual([]);
  });

  const cases: readonly [string, (declaration: Broken) => void, readonly string[]][] = [
    [
      "access that nobody watches",
      (d) => {
        delete d.oversight;
      },
      ["access: needs oversight to be declared, which keeps the evidence"],
    ],
    [
      "sessions that AWS would end earlier",
      (d) => {
        d.access.maxMinutes = 61;
      },
      ["access.maxMinutes: must be at most 60 minutes: a session that a function opens lasts no longer"],
    ],
    [
      "approvers who are the employees",
      (d) => {
        d.access.roles.approvers = "staff";
      },
      ["access.roles.approvers: is the role of the employees"],
    ],
    [
      "two data sets that are one",
      (d) => {
        d.access.dataSets.copies = d.access.dataSets.messages;
      },
      ["access.dataSets.copies.prefix: is the same as that of access.dataSets.messages"],
    ],
    [
      "a data set that has a meaning of its own",
      (d) => {
        d.access.dataSets.reidentification = { store: "objects", prefix: "tokens/", content: "personal" };
      },
      ["access.dataSets.reidentification: is the name by which the persons behind tokens are asked for"],
    ],
    [
      "a data set that is everything",
      (d) => {
        d.access.dataSets.messages.prefix = "";
      },
      ["access.dataSets.messages.prefix: must be letters, digits, dots and dashes with / or # at the end"],
    ],
    [
      "transfers without approval and disguise",
      (d) => {
        delete d.access;
        delete d.pseudonymisation;
        d.transfers = {};
      },
      [
        "transfers: need access to be declared: transfers are approved there",
        "transfers: need pseudonymisation to be declared",
      ],
    ],
    [
      "a class of data that is not there, for nothing",
      (d) => {
        Object.assign(d.transfers.classes.usage, { dataSet: "clicks", purpose: "fun", identifiers: [] });
      },
      ["transfers.classes.usage.identifiers: must name a field"],
    ],
    [
      "a class of data that is not there, for a purpose that is not",
      (d) => {
        Object.assign(d.transfers.classes.usage, { dataSet: "clicks", purpose: "fun" });
      },
      [
        'transfers.classes.usage.dataSet: "clicks" is not one of access.dataSets',
        'transfers.classes.usage.purpose: "fun" is not one of pseudonymisation.purposes',
      ],
    ],
    [
      "a class of records of a table",
      (d) => {
        d.transfers.classes.usage.dataSet = "profiles";
      },
      ['transfers.classes.usage.dataSet: "profiles" is not made of objects'],
    ],
    [
      "a receiver whose date has passed",
      (d) => {
        institute(d).until = "2026-11-21";
      },
      ["transfers.receivers.institute.until: 2026-11-21 has passed"],
    ],
    [
      "a receiver of what is not declared, far away, in an own account",
      (d) => {
        institute(d).classes = ["everything"];
        Object.assign(institute(d).inbox, { region: "eu-west-3", account: "111111111111" });
      },
      [
        'transfers.receivers.institute.classes.0: "everything" is not one of transfers.classes',
        "transfers.receivers.institute.inbox.region: eu-west-3 is not the region of a site (eu-west-1)",
        "transfers.receivers.institute.inbox.account: is an account of the enclave, which is no receiver",
      ],
    ],
    [
      "two receivers with one inbox",
      (d) => {
        d.transfers.receivers.other = institute(d);
      },
      ["transfers.receivers.other.inbox.bucket: is the inbox of transfers.receivers.institute"],
    ],
    [
      "a receiver without legal basis",
      (d) => {
        delete institute(d).legalBasis;
      },
      ["transfers.receivers.institute.legalBasis: is missing"],
    ],
  ];

  it.each(cases)("is refused for %s", (_, change, lines) => {
    expect(problems(change)).toEqual(lines);
  });
});
