import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { envelopeOf, publicBytesOf } from "../../attestation/envelope";
import { signWith } from "../../attestation/keys";
import { attestedIn, contentRefusals, type Demands, planRefusals, signatureRefusals } from "../../attestation/refusals";
import { defaultSigners, readSigners, type Signers } from "../../attestation/signers";
import { type Predicate, type Statement, sha256Of, statementOf } from "../../attestation/statement";

const digest = sha256Of("");
const predicate: Predicate = {
  verdict: "contained",
  boundary: { name: "EEA", countries: ["IE", "NO"] },
  report: { sha256: digest },
  stacks: [
    {
      name: "store",
      json: { sha256: digest },
      state: null,
      reads: {},
      providers: {},
      changes: { create: 1, update: 0, replace: 0, delete: 0, outputs: false },
    },
  ],
  standing: [],
  waiting: [],
  destroys: false,
  assumptions: [
    { subject: "203.0.113.10", statement: "VPN device", source: "trust.json", until: "2026-05-03" },
    { subject: "203.0.113.11", statement: "ended before, so not counted", source: "trust.json", until: "2026-04-30" },
  ],
  trust: { sha256: digest },
  models: { version: "1", sha256: digest, provider: "6.25.0" },
  terraform: { name: "terraform", version: "1.11.4" },
  time: "2026-05-01T12:00:00.000Z",
};
const demands: Demands = {
  countries: ["NO", "IE"],
  trust: digest,
  validHours: 24,
  now: new Date("2026-05-01T13:00:00Z"),
};
const statementWith = (change: Partial<Predicate> = {}): Statement =>
  statementOf({ ...predicate, ...change }, new Map([["store", sha256Of("plan")]]));

describe("content", () => {
  test("that was proved today is not refused", () => {
    expect(contentRefusals(statementWith(), demands)).toEqual([]);
  });

  test.each<[string, Partial<Predicate>, Partial<Demands>, RegExp]>([
    ["that escapes", { verdict: "escapes" }, {}, /^the verdict is escapes, not contained$/],
    ["that is undecided", { verdict: "undecided" }, {}, /^the verdict is undecided/],
    ["for a wider boundary", { boundary: { name: "x", countries: ["IE", "NO", "US"] } }, {}, /another boundary \(x\)$/],
    ["with another trust file", { trust: { sha256: sha256Of("other") } }, {}, /another trust file; plan again$/],
    ["that is old", {}, { now: new Date("2026-05-02T12:00:01Z") }, /^it is 24 hours old, more than 24; plan again$/],
    ["from the future", {}, { now: new Date("2026-05-01T10:00:00Z") }, /^it is from the future/],
    [
      "whose assumptions have ended since",
      {},
      { now: new Date("2026-05-04T00:00:00Z"), validHours: 240 },
      /^the assumption about 203\.0\.113\.10 ended on 2026-05-03; renew it and plan again$/,
    ],
  ])("%s is refused", (_, change, demanded, line) => {
    const refusals = contentRefusals(statementWith(change), { ...demands, ...demanded });
    expect(refusals).toEqual([expect.stringMatching(line)]);
  });
});

describe("plans", () => {
  const read = (bytes: string | undefined) => () => (bytes === undefined ? undefined : Buffer.from(bytes));

  test.each([
    ["the one attested", "plan", []],
    ["one of which a byte is changed", "plaN", ["store: its plan is not the one attested (its bytes differ)"]],
    ["nowhere", undefined, ["store: its plan store/plan.bin is not there"]],
  ])("the plan is %s", (_, bytes, refusals) => {
    expect(planRefusals(statementWith(), read(bytes))).toEqual(refusals);
  });
});

describe("signatures", () => {
  const keys = { ci: generateKeyPairSync("ed25519"), partner: generateKeyPairSync("ed25519") };
  const stranger = generateKeyPairSync("ed25519");
  const publicText = (pair: typeof stranger) => publicBytesOf(pair.publicKey).toString("base64");
  const signers: Signers = {
    required: [
      { name: "ci", keys: [{ ed25519: publicText(keys.ci) }] },
      { name: "partner", keys: [{ ed25519: publicText(keys.partner), until: "2026-05-01" }] },
    ],
    validHours: 24,
  };
  const unsigned = envelopeOf(JSON.stringify(statementWith()));
  const signedBy = (...pairs: (typeof stranger)[]) =>
    pairs.reduce((envelope, { privateKey }) => {
      const KEY = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
      return signWith(envelope, "env:KEY", { environment: { KEY } });
    }, unsigned);
  const both = signedBy(keys.ci, keys.partner);
  const other = envelopeOf(JSON.stringify(statementWith({ verdict: "escapes" })));
  const day = new Date("2026-05-01T23:00:00Z");

  test.each([
    ["of all who must", both, day, signers, []],
    ["of nobody", unsigned, day, signers, ["the signature of ci is missing", "the signature of partner is missing"]],
    ["of one alone", signedBy(keys.ci), day, signers, ["the signature of partner is missing"]],
    [
      "with a key that has ended",
      both,
      new Date("2026-05-02T00:00:00Z"),
      signers,
      ["the key that partner signed with has expired"],
    ],
    [
      "of a stranger too",
      signedBy(keys.ci, keys.partner, stranger),
      day,
      signers,
      ["a signature is by nobody who must sign, or not of this statement"],
    ],
    [
      "of another statement",
      { ...other, signatures: both.signatures },
      day,
      signers,
      [
        "the signature of ci is missing",
        "the signature of partner is missing",
        "2 signatures are by nobody who must sign, or not of this statement",
      ],
    ],
    [
      "that nobody declared keys for",
      unsigned,
      day,
      defaultSigners,
      ["ci", "oversight partner"].map(
        (name) => `${name} must sign, but no key of theirs is declared (signers in enclave.ts)`,
      ),
    ],
  ])("%s", (_, envelope, now, who, refusals) => {
    expect(signatureRefusals(envelope, who, now)).toEqual(refusals);
  });
});

describe("statements", () => {
  test.each<[string, unknown, RegExp]>([
    ["of another type", { ...statementWith(), _type: "x" }, /attests something else: _type/],
    ["with another predicate", { ...statementWith(), predicateType: "x" }, /predicateType/],
    ["whose subjects are other plans", { ...statementWith(), subject: [] }, /subjects are not the plans/],
    [
      "with a stack whose name leads elsewhere",
      { ...statementWith(), predicate: { ...predicate, stacks: [{ ...predicate.stacks[0], name: ".." }] } },
      /stacks\.0\.name/,
    ],
    ["without a verdict", { ...statementWith(), predicate: { ...predicate, verdict: "fine" } }, /predicate\.verdict/],
  ])("%s are not read", (_, statement, message) => {
    const envelope = envelopeOf(JSON.stringify(statement));
    expect(() => attestedIn("attestation.json", envelope)).toThrow(message);
    expect(() => attestedIn("attestation.json", envelope)).toThrow(/^attestation\.json: [^\n]*$/);
  });
});

describe("a file of signers", () => {
  const folder = mkdtempSync(join(tmpdir(), "signers-"));
  const path = join(folder, "signers.json");
  afterAll(() => rmSync(folder, { recursive: true }));
  const key = publicBytesOf(generateKeyPairSync("ed25519").publicKey).toString("base64");

  test("names who must sign", () => {
    writeFileSync(path, JSON.stringify(defaultSigners));
    expect(readSigners(path)).toEqual(defaultSigners);
  });

  test.each<[string, unknown, RegExp]>([
    ["names nobody", { required: [], validHours: 1 }, /required: must name somebody/],
    ["has a key that is none", { required: [{ name: "a", keys: [{ ed25519: "x" }] }], validHours: 1 }, /32 bytes/],
    [
      "gives two the same key, so that one signature would count twice",
      { required: ["a", "b"].map((name) => ({ name, keys: [{ ed25519: key }] })), validHours: 1 },
      /a and b have the same key/,
    ],
    ["has no end", { required: defaultSigners.required }, /validHours/],
  ])("that %s is an error", (_, content, message) => {
    writeFileSync(path, JSON.stringify(content));
    expect(() => readSigners(path)).toThrow(message);
  });

  test("that is missing is an error that says what makes it", () => {
    expect(() => readSigners(join(folder, "none.json"))).toThrow(/`enclave synth` writes/);
  });
});
