import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineEnclave, type Geography, geography } from "../../constructs";
import { enclave } from "../../enclave";
import { NotContainedError, synthesizeContained } from "../../stacks/contained";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "enclave-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a synthesis", () => {
  it("of the enclave is contained", async () => {
    const { verdict, summary } = await synthesizeContained(enclave, folder);
    expect(verdict).toBe("contained");
    expect(summary.escaping + summary.undecided).toBe(0);
  });

  it("of an enclave that stands outside fails with the place, though the declaration was believed", async () => {
    /** Facts by which London is in Ireland. */
    const wrong: Geography = {
      ...geography,
      countriesOfRegion: () => ["IE"],
      zone: () => ({ region: "eu-west-2", countries: ["IE"], full: true }),
    };
    const inLondon = defineEnclave(
      {
        name: "london",
        organization: "o-enclave0001",
        boundary: "EEA",
        accounts: { london: "111111111111" },
        retention: { logs: 365, backups: 35, versions: 90, snapshots: 14 },
        sites: {
          london: {
            account: "london",
            region: "eu-west-2",
            image: "ami-0a1b2c3d4e5f60718",
            inspection: { zones: ["euw2-az1"], ipv4: "10.0.0.0/20", ipv6: "fd80::/48" },
            dataCentres: {
              "london-1": { zones: ["euw2-az1"], network: { ipv4: "10.1.0.0/16", ipv6: "fd80:0:1::/48" } },
            },
          },
        },
      },
      wrong,
    );
    const failure = await synthesizeContained(inLondon, folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotContainedError);
    const { report, message } = failure as NotContainedError;
    expect(report.verdict).toBe("escapes");
    expect(report.escapes.map(({ resource }) => resource.split(".")[0])).toContain("aws_s3_bucket");
    expect(message).toContain("eu-west-2");
  });
});
