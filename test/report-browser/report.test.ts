/** The HTML report in a real browser: what a reviewer sees and does. Without a Chromium, says what was left out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { reportOf, verifyProof } from "../../policies";
import { renderHtml } from "../../policies/report/html/page";
import type { Report } from "../../policies/report/report";
import { topologyOf } from "../../policies/report/topology";
import { cases, trustFile } from "../fixtures/examples";
import { CHROMIUM, launch, open } from "./browser";

const leak = (id: string): string => cases.find((one) => one.id.startsWith(id))!.leak;

interface Made {
  readonly report: Report;
  readonly html: string;
}

async function made(paths: readonly string[]): Promise<Made> {
  const proof = await verifyProof(paths, { trust: trustFile });
  const report = reportOf(proof);
  return { report, html: renderHtml(report, topologyOf(proof)) };
}

/** Judged when it is first asked for, and once. */
function lazy(make: () => Promise<Made>): () => Promise<Made> {
  let one: Promise<Made> | undefined;
  return () => {
    one ??= make();
    return one;
  };
}

const reports = {
  contained: lazy(() => made(cases.filter((one) => /^(B01|D05|D10|G01)/.test(one.id)).map((one) => one.safe))),
  "three escapes": lazy(() => made([leak("B01"), leak("I02"), leak("H03")])),
  hundreds: lazy(() => made(cases.map((one) => one.leak))),
};

if (CHROMIUM === undefined) {
  test("the report in a browser is NOT tested: there is no Chromium here", () => {
    process.stderr.write("\n*** No Chromium found: the tests of the HTML report in a browser were left out. ***\n\n");
    expect(Object.keys(reports)).toHaveLength(3);
  });
} else {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(() => browser.close());

  const axe = readFileSync(join(__dirname, "../../node_modules/axe-core/axe.min.js"), "utf8");
  /** Violations of WCAG 2 that axe-core calls serious or critical. */
  const violations = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { axe: checker } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
      };
      const found = await checker.run();
      return found.violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
    });
  };

  describe.each(Object.entries(reports))("%s", (name, make) => {
    let one: Made;
    beforeAll(async () => {
      one = await make();
    }, 60_000);

    // The colours are the same in each report: once is enough for those of the dark.
    test.each(name === "three escapes" ? (["light", "dark"] as const) : (["light"] as const))(
      "stands, whole and accessible, in %s",
      async (scheme) => {
        const { page, complaints } = await open(browser, `${name}-${scheme}`, one.html, scheme);
        expect(await page.locator("h1").textContent()).toBe(one.report.verdict);
        expect(await page.locator(".map path.country").count()).toBeGreaterThan(40);
        expect(await page.locator(".map .mark").count()).toBeGreaterThan(0);
        expect(await page.locator("#topology-frame .node").count()).toBeGreaterThan(3);
        expect(await page.locator("details.story").count()).toBe(one.report.escapes.length);
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      },
      60_000,
    );

    test("finds a resource among all", async () => {
      const { page, complaints } = await open(browser, `${name}-filter`, one.html, "light");
      const wanted = one.report.resources[one.report.resources.length - 1].address;
      await page.locator("#resources input[type=search]").fill(wanted);
      const rows = await page.locator("#resources tbody tr").allTextContents();
      expect(rows.length).toBe(
        Math.min(25, one.report.resources.filter((resource) => resource.address.includes(wanted)).length),
      );
      expect(rows.every((row) => row.includes(wanted))).toBe(true);
      expect(complaints).toEqual([]);
      await page.close();
    }, 60_000);
  });

  test("choosing an escape draws its path over the topology and on the map, and can be undone", async () => {
    const { report, html } = await reports["three escapes"]();
    const { page, complaints } = await open(browser, "choose", html, "light");
    expect(await page.locator("path.trail").count()).toBe(0);
    const internet = report.escapes.findIndex((one) => one.destination.place === "the internet");
    await page
      .locator(".story")
      .nth(internet)
      .evaluate((story) => story.setAttribute("open", ""));
    await page.locator(`button.show-path[data-escape="${internet}"]`).click();
    expect(await page.locator("path.trail").count()).toBeGreaterThanOrEqual(2);
    expect(await page.locator(".map path.leak.chosen").count()).toBe(1);
    expect(await page.locator("#announce").textContent()).toContain(report.escapes[internet].resource);
    await page.locator("#clear-path").click();
    expect(await page.locator("path.trail").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test("groups fold and unfold by the keyboard, keeping the focus", async () => {
    const { html } = await reports["three escapes"]();
    const { page } = await open(browser, "fold", html, "light");
    const before = await page.locator("#topology-frame .node").count();
    await page.locator("#topology-frame .fold").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#topology-frame .node").count()).toBeLessThan(before);
    expect(await page.evaluate("document.activeElement.getAttribute('aria-expanded')")).toBe("false");
    await page.keyboard.press("Space");
    expect(await page.locator("#topology-frame .node").count()).toBe(before);
    await page.close();
  }, 60_000);

  test("headings sort, and a filter leaves only what it names", async () => {
    const { report, html } = await reports.hundreds();
    const { page } = await open(browser, "sort", html, "light");
    const heading = page.locator("#resources th", { hasText: "type" });
    await heading.locator("button").click();
    expect(await heading.getAttribute("aria-sort")).toBe("ascending");
    await page.locator("#resources label", { hasText: "verdict" }).locator("select").selectOption("escaping");
    const shown = await page.locator("#resources tbody .badge").allTextContents();
    expect(new Set(shown)).toEqual(new Set(["escaping"]));
    expect(await page.locator("#resources .shown").textContent()).toContain(`${report.summary.escaping} matching`);
    await page.close();
  }, 60_000);

  test("a question between two resources is answered", async () => {
    const { report, html } = await made([cases.find((one) => one.id.startsWith("I02"))!.safe]);
    const { page } = await open(browser, "question", html, "light");
    const flow = report.flows.find((one) => report.resources.some((resource) => resource.address === one.to));
    const [from, to] = flow ? [flow.from, flow.to] : [report.resources[0].address, report.resources[1].address];
    await page.locator("input[name=from]").fill(from);
    await page.locator("input[name=to]").fill(to);
    await page.locator("#question button").click();
    expect(await page.locator("#answer").textContent()).toMatch(flow ? /^Yes, by / : /^No flow/);
    await page.close();
  }, 60_000);

  test("hostile names do nothing but appear", async () => {
    const { report, html } = await reports["three escapes"]();
    const evil = "</script><img src=x onerror=alert(1)>]]>`{{7*7}}";
    const hostile: Report = {
      ...report,
      boundary: { ...report.boundary, name: evil },
      escapes: report.escapes.map((escape) => ({
        ...escape,
        resource: evil,
        destination: { place: evil, countries: [] },
        path: escape.path.map((step) => ({ ...step, why: evil, value: evil })),
      })),
      resources: report.resources.map((resource) => ({ ...resource, address: `${evil}${resource.address}` })),
    };
    expect(html).not.toContain("<img");
    const topology = {
      groups: [{ id: 0, kind: "place" as const, name: evil }],
      nodes: [{ id: 1, name: evil, type: evil, kind: "holds", parent: 0, count: 1 }],
      links: [],
      at: { __proto__x: 1 },
    };
    const { page, complaints } = await open(browser, "hostile", renderHtml(hostile, topology), "light");
    expect(await page.locator("img, iframe").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator(".story .who").first().textContent()).toBe(evil);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);
}
