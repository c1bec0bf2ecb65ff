/**
 * The enclave, declared: the one file to edit. It is checked when it is read; every mistake is one line that names the
 * field. Account, organization, Outpost and image ids are placeholders to be replaced by your own.
 */
import { defineEnclave } from "./constructs/declaration";

export const enclave = defineEnclave({
  name: "clover",
  organization: "o-enclave0001",
  boundary: "EEA",
  accounts: {
    dublin: "111111111111",
    hamar: "222222222222",
    oversight: "333333333333",
    management: "444444444444",
    pipeline: "555555555555",
  },
  management: "management",
  guardrails: {
    units: {
      sites: { dublin: "aws+dublin@clover.example", hamar: "aws+hamar@clover.example" },
      watch: { oversight: "aws@partner.example" },
      delivery: { pipeline: "aws+pipeline@clover.example" },
    },
  },
  pipeline: {
    backend: "local",
    account: "pipeline",
    region: "eu-west-1",
    network: { zones: ["euw1-az1"], ipv4: "10.64.0.0/20", ipv6: "fdc1:0e40:6400::/48" },
  },
  // Who must sign what was proved before it is applied; add their public keys: { ed25519: "…" }, from
  // openssl pkey -in key.pem -pubout -outform DER | tail -c 32 | base64
  signers: {
    required: [
      { name: "ci", keys: [] },
      { name: "oversight partner", keys: [] },
    ],
    validHours: 24,
  },
  retention: { logs: 365, backups: 35, versions: 90, snapshots: 14 },
  sites: {
    dublin: {
      account: "dublin",
      region: "eu-west-1",
      image: "ami-0a1b2c3d4e5f60718",
      inspection: { zones: ["euw1-az1", "euw1-az3"], ipv4: "10.16.0.0/20", ipv6: "fdc1:0e40:1600::/48" },
      dataCentres: {
        "dublin-1": {
          zones: ["euw1-az1", "euw1-az2"],
          network: { ipv4: "10.17.0.0/16", ipv6: "fdc1:0e40:1701::/48" },
          replicatesTo: ["dublin-2"],
          backsUpTo: ["hamar"],
          facility: {
            itPower: 10_000,
            floor: { total: 20_000, computerRooms: 8_000 },
            energy: [
              { source: "wind", share: 0.8 },
              { source: "grid", share: 0.2 },
            ],
            cooling: "mixed",
            limits: { pue: 1.3, wue: 0.4, cue: 0.1 },
          },
        },
        "dublin-2": {
          zones: ["euw1-az3"],
          network: { ipv4: "10.18.0.0/16", ipv6: "fdc1:0e40:1702::/48" },
          replicatesTo: ["dublin-1"],
          backsUpTo: ["hamar"],
          facility: {
            itPower: 6_000,
            floor: { total: 12_000, computerRooms: 5_000 },
            energy: [
              { source: "wind", share: 0.8 },
              { source: "grid", share: 0.2 },
            ],
            cooling: "mixed",
            limits: { pue: 1.3, wue: 0.4, cue: 0.1 },
          },
        },
      },
    },
    hamar: {
      account: "hamar",
      region: "eu-north-1",
      image: "ami-0b2c3d4e5f6071829",
      inspection: { zones: ["eun1-az1"], ipv4: "10.32.0.0/20", ipv6: "fdc1:0e40:3200::/48" },
      dataCentres: {
        hamar: {
          outposts: [
            {
              arn: "arn:aws:outposts:eu-north-1:222222222222:outpost/op-0aaaaaaaaaaaaaaaa",
              zone: "eun1-az1",
              country: "NO",
              capacity: { objects: 345, blocks: 200 },
            },
          ],
          network: { ipv4: "10.33.0.0/16", ipv6: "fdc1:0e40:3301::/48" },
          backsUpTo: ["dublin-2"],
          facility: {
            itPower: 30_000,
            floor: { total: 30_000, computerRooms: 12_000 },
            energy: [{ source: "hydro", share: 1 }],
            heat: { recipient: "district heating and greenhouses of Hamar", reused: 0.25 },
            cooling: "free",
            limits: { pue: 1.15, wue: 0.05, cue: 0.02 },
          },
        },
      },
    },
  },
  oversight: {
    account: "oversight",
    partner: "the independent oversight partner",
    region: "eu-west-1",
    network: { zones: ["euw1-az1", "euw1-az2"], ipv4: "10.48.0.0/20", ipv6: "fdc1:0e40:4800::/48" },
    evidence: 730,
    people: {
      issuer: "login.oversight.example",
      audience: "clover",
      networks: [{ range: "198.51.100.0/26", country: "DE" }],
    },
  },
  migration: {
    until: "2027-12-31",
    sources: {
      singapore: {
        region: "ap-southeast-1",
        account: "777777777777",
        writer: "replicate-to-europe",
        copies: {
          dublin: { bucket: "copies-of-europe-sg", objects: 48_000_000_000, bytes: 3.4e15 },
          hamar: { bucket: "copies-of-the-north-sg", objects: 3_300_000_000, bytes: 2.4e14 },
        },
      },
      virginia: {
        region: "us-east-1",
        account: "888888888888",
        copies: {
          dublin: { bucket: "copies-of-europe-us", objects: 48_000_000_000, bytes: 3.4e15 },
          hamar: { bucket: "copies-of-the-north-us", objects: 3_300_000_000, bytes: 2.4e14 },
        },
      },
    },
  },
  access: {
    roles: { employees: "clover-employee", approvers: "clover-approver" },
    maxMinutes: 60,
    approvalHours: 24,
    dataSets: {
      messages: { store: "objects", prefix: "messages/", content: "personal" },
      profiles: { store: "records", prefix: "profile#", content: "personal" },
      statistics: { store: "objects", prefix: "statistics/", content: "pseudonymised" },
    },
  },
  pseudonymisation: { purposes: ["research", "safety"], generation: 1, keep: 1 },
  transfers: {
    classes: {
      "usage-statistics": { dataSet: "statistics", purpose: "research", identifiers: ["user_id", "device_id"] },
    },
    // Nobody receives anything.
    receivers: {},
  },
  placement: {
    alsoServes: ["GB"],
    homes: [
      {
        home: "hamar",
        second: "dublin",
        users: {
          DK: 1_690_000,
          EE: 400_000,
          FI: 1_610_000,
          IS: 110_000,
          LT: 830_000,
          LV: 550_000,
          NO: 1_580_000,
          SE: 3_020_000,
        },
      },
      {
        home: "dublin",
        second: "hamar",
        users: {
          AT: 2_610_000,
          BE: 3_360_000,
          BG: 1_840_000,
          CY: 260_000,
          CZ: 3_100_000,
          DE: 24_120_000,
          ES: 13_790_000,
          FR: 19_530_000,
          GB: 19_530_000,
          GR: 2_990_000,
          HR: 1_120_000,
          HU: 2_760_000,
          IE: 1_490_000,
          IT: 16_950_000,
          LI: 10_000,
          LU: 190_000,
          MT: 160_000,
          NL: 5_140_000,
          PL: 10_630_000,
          PT: 3_020_000,
          RO: 5_460_000,
          SI: 600_000,
          SK: 1_550_000,
        },
      },
    ],
    perUser: { objectsMib: 24, relationalKib: 64, recordsKib: 32 },
    growth: { perYear: 0.1, years: 3 },
  },
});
