import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../../policies/configuration/errors";
import { emptyTrust, entriesFor, loadTrust, parseTrust } from "../../../policies/geography/trust";

const full = {
  organization: "o-enclave0001",
  accounts: { "111111111111": { name: "dublin" }, "222222222222": { until: "2030-01-31" } },
  outposts: { "op-0aaaaaaaaaaaaaaaa": { country: "NO", homeRegion: "eu-north-1" } },
  places: [
    { id: "203.0.113.0/24", country: "IE", statement: "the facility in Dublin" },
    { id: "203.0.113.10", country: "IE" },
    { id: "arn:aws:s3:::archive", region: "eu-west-1", account: "333333333333", statement: "archive" },
    { id: "arn:aws:logs:eu-north-1:111111111111:log-group:a", statement: "logs of another repository" },
    { id: "SFTP.example.com.", country: "DE" },
    { id: "EirCL", country: "IE", until: "2026-12-31" },
    { id: "2001:db8::/32", country: "SE" },
  ],
};
const parse = (json: unknown) => parseTrust(json, "trust.json");
const errorOf = (json: unknown): string => {
  try {
    parse(json);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("no error");
};

test("everything that the contract knows", () => {
  const trust = parse(full);
  expect(trust).toMatchObject({ source: "trust.json", organization: "o-enclave0001" });
  expect(trust.accounts.get("222222222222")).toEqual({ until: "2030-01-31" });
  expect(trust.outposts.get("op-0aaaaaaaaaaaaaaaa")).toEqual({ country: "NO", homeRegion: "eu-north-1" });
  expect(trust.places).toHaveLength(7);
  expect(trust.places[3].region).toBe("eu-north-1");
});

test("nothing at all", () => {
  expect(parse({})).toEqual({ ...emptyTrust, organization: undefined });
  expect(entriesFor(emptyTrust, "203.0.113.10")).toEqual([]);
});

test("a file, with duplicate keys found", () => {
  const folder = mkdtempSync(join(tmpdir(), "trust-"));
  try {
    const file = join(folder, "trust.json");
    writeFileSync(file, JSON.stringify(full));
    expect(loadTrust(file).source).toBe(file);
    writeFileSync(file, '{"accounts": {}, "accounts": {"111111111111": {}}}');
    expect(() => loadTrust(file)).toThrow(InputError);
    expect(() => loadTrust(join(folder, "none.json"))).toThrow(/no such file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("lookups", () => {
  const trust = parse(full);
  const ids = (id: string) => entriesFor(trust, id).map((place) => place.id);

  test("an address is covered by itself and by every range around it, the narrowest first", () => {
    expect(ids("203.0.113.10")).toEqual(["203.0.113.10", "203.0.113.0/24"]);
    expect(ids("203.0.113.10/32")).toEqual(["203.0.113.10", "203.0.113.0/24"]);
    expect(ids("203.0.113.200")).toEqual(["203.0.113.0/24"]);
    expect(ids("2001:db8:0:0::1")).toEqual(["2001:db8::/32"]);
  });

  test("a range is covered only if it lies wholly in a trusted one", () => {
    expect(ids("203.0.113.128/25")).toEqual(["203.0.113.0/24"]);
    expect(ids("203.0.112.0/23")).toEqual([]);
    expect(ids("0.0.0.0/0")).toEqual([]);
    expect(ids("203.0.113.10/31")).toEqual(["203.0.113.0/24"]);
  });

  test("hosts exactly, without case and closing dot", () => {
    expect(ids("sftp.example.com")).toHaveLength(1);
    expect(ids("a.sftp.example.com")).toEqual([]);
    expect(ids("example.com")).toEqual([]);
  });

  test("ARNs exactly; objects by their bucket, streams by their log group", () => {
    expect(ids("arn:aws:s3:::archive")).toHaveLength(1);
    expect(ids("arn:aws:s3:::archive/2026/*")).toEqual(["arn:aws:s3:::archive"]);
    expect(ids("arn:aws:s3:::archive2")).toEqual([]);
    expect(ids("arn:aws:s3:::archiv")).toEqual([]);
    expect(ids("arn:aws:logs:eu-north-1:111111111111:log-group:a:*")).toHaveLength(1);
    expect(ids("arn:aws:logs:eu-north-1:111111111111:log-group:ab")).toEqual([]);
  });

  test("other ids exactly", () => {
    expect(ids("EirCL")).toHaveLength(1);
    expect(ids("eircl")).toEqual([]);
    expect(ids("__proto__")).toEqual([]);
    expect(ids("")).toEqual([]);
  });
});

describe("what is no trust file", () => {
  const place = (entry: object) => ({ places: [{ id: "EirCL", country: "IE", ...entry }] });
  test.each<[unknown, string]>([
    [null, "trust.json: must be an object"],
    [[], "trust.json: must be an object"],
    ["x", "trust.json: must be an object"],
    [{ account: {} }, "trust.json: account: unknown key; known are organization, accounts, outposts, places"],
    [JSON.parse('{"__proto__": {}}'), "trust.json: __proto__: unknown key"],
    [{ "a b\n": 1 }, 'trust.json: "a b\\n": unknown key'],
    [{ organization: "enclave" }, "trust.json: organization: must be an organization's id (o-…)"],
    [{ accounts: [] }, "trust.json: accounts: must be an object"],
    [{ accounts: { "1111": {} } }, 'trust.json: accounts["1111"]: the key must be a twelve-digit account id'],
    [{ accounts: { "111111111111": "dublin" } }, 'trust.json: accounts["111111111111"]: must be an object'],
    [{ accounts: { "111111111111": { nmae: "x" } } }, 'trust.json: accounts["111111111111"].nmae: unknown key'],
    [{ outposts: { "op-0a": {} } }, "the key must be an Outpost's id"],
    [{ outposts: { "op-0aaaaaaaaaaaaaaaa": { country: "NO" } } }, "homeRegion: is missing"],
    [{ outposts: { "op-0aaaaaaaaaaaaaaaa": { country: "NO", homeRegion: "eu-north-9" } } }, "is no region of AWS"],
    [{ places: {} }, "trust.json: places: must be a list"],
    [{ places: [{ country: "IE" }] }, "trust.json: places[0].id: is missing"],
    [{ places: [{ id: "lgw-0a" }] }, "trust.json: places[0]: needs a country or a region"],
    [place({ country: "Ireland" }), "is no ISO 3166-1 alpha-2 code"],
    [place({ region: "us-east-1" }), "trust.json: places[0].country: the region us-east-1 is not in IE"],
    [place({ until: "31.12.2026" }), "must be a date such as 2026-12-31"],
    [place({ until: "2026-02-30" }), "2026-02-30 is no day of the calendar"],
    [place({ until: 2026 }), "must be a date"],
    [place({ statement: " " }), "statement: must be a text"],
    [place({ account: 333333333333 }), "account: must be a twelve-digit account id"],
    [place({ id: "*.example.com" }), "must name exactly one thing"],
    [place({ id: "a b" }), "must name exactly one thing"],
    [place({ id: "a\u0000b" }), "must name exactly one thing"],
    [place({ id: "203.0.113.256" }), "is not an IP address"],
    [place({ id: "203.0.113.10/24" }), "has bits set behind its prefix"],
    [place({ id: "0.0.0.0/0" }), "is too large a range"],
    [place({ id: "2000::/3" }), "is too large a range"],
    [place({ id: "https://example.com/" }), "is not an IP address"],
    [place({ id: "arn:aws:s3:::" }), "is not a complete ARN"],
    [
      { places: [{ id: "arn:aws:sqs:us-east-1:111111111111:q", region: "eu-west-1" }] },
      "places[0].region: the id names the region us-east-1",
    ],
    [
      {
        places: [
          { id: "a.example", country: "IE" },
          { id: "A.example", country: "IE" },
        ],
      },
      "places[1].id: A.example is listed twice",
    ],
    [
      {
        places: [
          { id: "10.1.2.0/24", country: "US" },
          { id: "10.1.3.0/24", country: "IE" },
          { id: "10.1.0.0/16", country: "IE" },
        ],
      },
      "places[0].id: contradicts the entry for 10.1.0.0/16",
    ],
  ])("%j", (json, message) => expect(errorOf(json)).toContain(message));
});

test("ten thousand ranges do not get in each other's way", () => {
  const places = Array.from({ length: 10_000 }, (_, i) => ({ id: `10.${i >> 8}.${i & 255}.0/24`, country: "IE" }));
  const trust = parse({ places });
  expect(entriesFor(trust, "10.3.7.9").map(({ id }) => id)).toEqual(["10.3.7.0/24"]);
});
