import { InputError } from "../../../policies/configuration/errors";
import { underWaivers } from "../../../policies/report/waived";
import { parseWaivers } from "../../../policies/waivers/waivers";
import { leakReport } from "../report/made";

const TODAY = "2026-03-01";
const waiver = {
  resource: "aws_s3_bucket.live",
  channel: "s3.replication",
  reason: "moves out with the supplier",
  decidedBy: "the data protection officer",
  until: "2026-06-30",
};
const parsed = (...waivers: object[]) =>
  parseWaivers({ waivers } as unknown as Parameters<typeof parseWaivers>[0], "waivers.json", TODAY);

test("turns what it covers into contained with waivers, and counts it apart", async () => {
  const report = underWaivers(await leakReport("D05"), parsed(waiver), TODAY);
  expect(report.verdict).toBe("contained with waivers");
  expect(report.escapes).toEqual([]);
  expect(report.waived).toHaveLength(2);
  expect(report.summary).toMatchObject({ escaping: 0, waived: 1 });
  expect(report.waivers?.map((one) => one.state)).toEqual(["used"]);
});

test("counts through its last day and not a day longer", async () => {
  const report = await leakReport("D05");
  expect(underWaivers(report, parsed(waiver), "2026-06-30").verdict).toBe("contained with waivers");
  const after = underWaivers(report, parsed(waiver), "2026-07-01");
  expect(after.verdict).toBe("escapes");
  expect(after.waivers?.[0].state).toBe("expired");
});

test.each([
  ["resource", "aws_s3_bucket.other"],
  ["channel", "s3.access-logs"],
  ["destination", "account 999999999999"],
  ["stack", "another"],
])("covers nothing with another %s, and is then reported as unused", async (key, value) => {
  const report = underWaivers(await leakReport("D05"), parsed({ ...waiver, [key]: value }), TODAY);
  expect(report.verdict).toBe("escapes");
  expect(report.waivers?.[0].state).toBe("unused");
});

test("never makes up for what is undecided", async () => {
  const report = await leakReport("D05");
  const undecided = [{ resource: "aws_x.y", reason: "unmodelled-type", message: "no model" } as const];
  expect(underWaivers({ ...report, undecided }, parsed(waiver), TODAY).verdict).toBe("undecided");
});

test.each([
  ["a year and more", { ...waiver, until: "2027-03-03" }, "waivers[0].until"],
  ["no date", { ...waiver, until: "2026-02-30" }, "waivers[0].until"],
  ["no reason", { ...waiver, reason: " " }, "waivers[0].reason"],
  ["nobody who decided", { ...waiver, decidedBy: undefined }, "waivers[0].decidedBy"],
  ["a wildcard", { ...waiver, resource: "aws_s3_bucket.*" }, "waivers[0].resource"],
  ["an unknown key", { ...waiver, resources: [] }, "waivers[0].resources"],
])("refuses %s and names the place", (_, entry, place) => {
  const refused = () => parsed(entry);
  expect(refused).toThrow(InputError);
  expect(refused).toThrow(place);
});

test("refuses to be told twice, and anything but a list", () => {
  expect(() => parsed(waiver, waiver)).toThrow("waivers[1]");
  expect(() => parseWaivers([], "w.json", TODAY)).toThrow("w.json");
  expect(() => parseWaivers({ waivers: {} }, "w.json", TODAY)).toThrow("must be a list");
});
