import { mapOf } from "../../../policies/report/html/map";
import { renderHtml } from "../../../policies/report/html/page";
import { siteOf } from "../../../policies/report/html/sites";
import { reportOf } from "../../../policies/report/report";
import { topologyOf } from "../../../policies/report/topology";
import { caseOf, hostileReport, proofOf } from "./made";

const page = async (...paths: string[]): Promise<string> => {
  const proof = await proofOf(...paths);
  return renderHtml(reportOf(proof), topologyOf(proof));
};

test("is the same for the same input, byte by byte; a time stands in it only if given", async () => {
  const [one, other] = [await page(caseOf("B01").leak), await page(caseOf("B01").leak)];
  expect(other).toBe(one);
  const proof = await proofOf(caseOf("B01").leak);
  expect(renderHtml(reportOf(proof), topologyOf(proof), { timestamp: "2026-01-31T12:00:00Z" })).toContain(
    "2026-01-31T12:00:00Z",
  );
});

test("asks for nothing: no address of a script, a style, a picture or a font is in it", async () => {
  const text = await page(caseOf("B01").leak);
  expect(text).not.toMatch(/<(?:link|img|iframe|object|embed)\b|\bsrc=|@import|url\((?!#)/);
  expect(text).toContain("default-src &#39;none&#39;");
});

test("hostile names are text in it, in the page and in its data", async () => {
  const report = await hostileReport();
  const text = renderHtml(report, { groups: [], nodes: [], links: [], at: {} });
  expect(text).not.toContain("<img");
  expect(text.match(/<script/g)).toHaveLength(2);
  expect(text.match(/<\/script>/g)).toHaveLength(2);
});

test("the map marks places in use, and where data goes that leaves", async () => {
  const map = mapOf(reportOf(await proofOf(caseOf("I02").leak))).text;
  expect(map).toContain("Dublin (eu-west-1)");
  expect(map).toMatch(/class="leak"/);
  expect(map).toContain("London (eu-west-2)");
});

test.each([
  ["eu-west-1b", ["IE"], "eu-west-1"],
  ["euw1-az2", ["IE"], "eu-west-1"],
  ["eu-central-1-ist-1a", ["TR"], "zone Istanbul"],
  ["op-0aaaaaaaaaaaaaaaa", ["NO"], "op-0aaaaaaaaaaaaaaaa"],
  ["203.0.113.10", ["IE"], "country IE"],
  ["the internet", [], "the internet"],
])("%s is drawn at its own site", (place, countries, id) => {
  expect(siteOf(place, countries).id).toBe(id);
});

test("the topology puts what has an interface into its subnet, and draws what a path names", async () => {
  const topology = topologyOf(await proofOf(caseOf("B01").leak));
  const instance = topology.nodes.find((node) => node.type === "aws_instance")!;
  const subnet = topology.groups.find((group) => group.id === instance.parent);
  expect(subnet?.kind).toBe("subnet");
  expect(topology.groups.find((group) => group.id === subnet?.parent)?.kind).toBe("vpc");
  expect(topology.nodes.map((node) => node.type)).toEqual(
    expect.arrayContaining(["aws_internet_gateway", "aws_route_table"]),
  );
  expect(topology.groups.some((group) => group.kind === "outside")).toBe(true);
});
