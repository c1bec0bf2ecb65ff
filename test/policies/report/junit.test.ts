import { renderJunit } from "../../../policies/report/junit";
import { reportOf } from "../../../policies/report/report";
import { caseOf, hostileReport, leakReport, proofOf } from "./made";

/** Fails on anything that is no well-formed XML of elements, quoted attributes and escaped text. */
function wellFormed(text: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const body = text.replace(/^<\?xml [^>]*\?>\n/, "");
  const token = /<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<>]+)/gy;
  let at = 0;
  for (let match = token.exec(body); match; match = token.exec(body)) {
    at = token.lastIndex;
    const [, close, name, , empty, words] = match;
    if (words !== undefined) expect(words.replace(/&(?:amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
    else if (close) expect(open.pop()).toBe(name);
    else {
      seen.push(name);
      if (!empty) open.push(name);
    }
  }
  expect(at).toBe(body.length);
  expect(open).toEqual([]);
  return seen;
}

test("has a case for each resource, a failure for each that escapes", async () => {
  const report = await leakReport("B01");
  const seen = wellFormed(renderJunit(report));
  expect(seen.filter((name) => name === "testcase")).toHaveLength(report.resources.length);
  expect(seen.filter((name) => name === "failure")).toHaveLength(1);
});

test("has neither failure nor error where everything is contained", async () => {
  const text = renderJunit(reportOf(await proofOf(caseOf("B01").safe)));
  expect(text).toContain('failures="0" errors="0" skipped="0"');
  expect(wellFormed(text)).not.toContain("failure");
});

test("an undecided point is an error, on a provider too", async () => {
  const report = await leakReport("B01");
  const undecided = [{ resource: "provider.aws", reason: "unknown-value", message: "no region" } as const];
  expect(renderJunit({ ...report, escapes: [], undecided })).toContain(
    '<error type="unknown-value" message="no region">',
  );
});

test("hostile names neither end an element nor hide", async () => {
  const text = renderJunit(await hostileReport());
  wellFormed(text);
  expect(text).toContain("\\u202e");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may stand in XML 1.0
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff]/);
});
