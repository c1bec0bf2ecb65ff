/**
 * Another enclave from the same code, as an example: data of users in the United States, at two sites there. It is
 * synthesized and judged with `enclave synth --declaration enclaves/us.ts`. All ids are placeholders.
 */
import { defineEnclave } from "../constructs/declaration";

export const enclave = defineEnclave({
  name: "lone-star",
  organization: "o-enclaveus01",
  boundary: "US",
  accounts: {
    ohio: "121212121212",
    oregon: "232323232323",
    management: "343434343434",
  },
  management: "management",
  guardrails: {
    units: { sites: { ohio: "aws+ohio@enclave.example", oregon: "aws+oregon@enclave.example" } },
  },
  retention: { logs: 365, backups: 35, versions: 90, snapshots: 14 },
  sites: {
    ohio: {
      account: "ohio",
      region: "us-east-2",
      image: "ami-0c1d2e3f4a5b60718",
      inspection: { zones: ["use2-az1", "use2-az2"], ipv4: "10.80.0.0/20", ipv6: "fdd2:0e40:8000::/48" },
      dataCentres: {
        columbus: {
          zones: ["use2-az1", "use2-az2"],
          network: { ipv4: "10.81.0.0/16", ipv6: "fdd2:0e40:8101::/48" },
          backsUpTo: ["hillsboro"],
        },
      },
    },
    oregon: {
      account: "oregon",
      region: "us-west-2",
      image: "ami-0d1e2f3a4b5c60718",
      inspection: { zones: ["usw2-az1"], ipv4: "10.96.0.0/20", ipv6: "fdd2:0e40:9600::/48" },
      dataCentres: {
        hillsboro: {
          zones: ["usw2-az1", "usw2-az2"],
          network: { ipv4: "10.97.0.0/16", ipv6: "fdd2:0e40:9701::/48" },
          backsUpTo: ["columbus"],
        },
      },
    },
  },
  placement: {
    homes: [{ home: "ohio", second: "oregon", users: { US: 150_000_000 } }],
    perUser: { objectsMib: 24, relationalKib: 64, recordsKib: 32 },
    growth: { perYear: 0.1, years: 3 },
  },
});
