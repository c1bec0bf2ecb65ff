/** Judges a configuration written as Terraform JSON in a test. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Report, type VerifyOptions, verify } from "../../../policies";
import { parseTrust } from "../../../policies/geography/trust";

/** The trust file of the tests: three accounts, an Outpost in Norway, four vouched places. */
export const trust = parseTrust(
  {
    organization: "o-enclave0001",
    accounts: {
      "111111111111": { name: "dublin" },
      "222222222222": { name: "hamar" },
      "333333333333": { name: "oversight" },
    },
    outposts: { "op-0aaaaaaaaaaaaaaaa": { country: "NO", homeRegion: "eu-north-1" } },
    places: [
      { id: "203.0.113.10", country: "IE", statement: "VPN device of the Dublin facility" },
      { id: "lgw-0aaaaaaaaaaaaaaaa", country: "NO", statement: "LAN of the Hamar facility" },
      {
        id: "arn:aws:s3:::enclave-archive",
        region: "eu-west-1",
        account: "333333333333",
        statement: "archive bucket, kept by another repository",
      },
    ],
  },
  "trust.json",
);

type Blocks = Record<string, Record<string, unknown>>;

/**
 * The report on `resource` blocks in Dublin (`{ aws_s3_bucket: { a: { bucket: "x" } } }`); `top` adds or replaces other
 * top-level keys (`data`, `locals`, `provider`, …).
 */
export async function judge(
  resource: Blocks,
  top: Record<string, unknown> = {},
  options: VerifyOptions = {},
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "enclave-"));
  try {
    const file = join(folder, "main.tf.json");
    const body = {
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "~> 6.0" } } },
      provider: { aws: { region: "eu-west-1", allowed_account_ids: ["111111111111"] } },
      ...(Object.keys(resource).length > 0 ? { resource } : {}),
      ...top,
    };
    writeFileSync(file, JSON.stringify(body));
    return await verify([file], { trust, ...options });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a report says in one line each: `aws_x.y -> eu-west-2 by channel`, or `? aws_x.y: attribute reason`. */
export const findings = (report: Report): string[] => [
  ...report.escapes.map((escape) => `${escape.resource} -> ${escape.destination.place} by ${escape.channel}`),
  ...report.undecided.map((one) => `? ${one.resource}: ${one.attribute ?? ""} ${one.reason}`),
];

/** Rows of what is configured and what is found: "contained" for nothing, else a text that some finding holds. */
export function outcomes(rows: readonly (readonly [what: string, resource: object, found: string])[]): void {
  test.each(rows)("%s", async (_what, resource, found) => {
    const all = findings(await judge(resource as Blocks, { variable: { unknown: {} } }));
    if (found === "contained") expect(all).toEqual([]);
    else expect(all).toContainEqual(expect.stringContaining(found));
  });
}
