import { renderText, wrapped } from "../../../policies/report/text";
import { EVIL, hostileReport, leakReport } from "./made";

test("nothing hostile reaches the terminal", async () => {
  const text = renderText(await hostileReport());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\ud800-\udfff]/);
  expect(text).toContain("\\u001b[31m");
  expect(EVIL).toContain("\u001b[31m");
});

test("fits the width of a terminal, but for words that are longer", async () => {
  for (const line of renderText(await leakReport("B01"), { width: 72, detail: "verbose" }).split("\n")) {
    if (line.trim().includes(" ")) expect(line.length).toBeLessThanOrEqual(72 + 60);
  }
  expect(wrapped("  ", "aaaa bbbb cccc dddd eeee ffff", 22)).toEqual(["  aaaa bbbb cccc dddd", "  eeee ffff"]);
});

test("colours take no room", () => {
  const red = (word: string) => `\u001b[31m${word}\u001b[39m`;
  expect(wrapped("", `${red("aaaa")} ${red("bbbb")} ${red("cccc")} dddddd`, 21)).toHaveLength(1);
});

test("quiet is the verdict alone; verbose adds values, places in the source and what closes the way", async () => {
  const report = await leakReport("B01");
  expect(renderText(report, { detail: "quiet" })).toBe("✘ escapes: 1 path out of EEA\n");
  const text = renderText(report, { detail: "verbose" });
  expect(text).toContain("= 128.0.0.0/1");
  expect(text).toMatch(/at .*leak\.tf\.json:\d+/);
  expect(text).toContain("to close it:");
});

test("long lists are cut with a word on how much is left; escapes never are", async () => {
  const report = await leakReport("B01");
  const undecided = Array.from(
    { length: 9 },
    (_, i) => ({ resource: `aws_x.r${i}`, reason: "unknown-value", message: "?" }) as const,
  );
  const text = renderText(
    { ...report, escapes: Array.from({ length: 9 }, () => report.escapes[0]), undecided },
    { most: 3 },
  );
  expect(text).toContain("… and 6 more");
  expect(text.match(/^✘ aws_instance/gm)).toHaveLength(9);
});
