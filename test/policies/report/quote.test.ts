import { verifyConfiguration } from "../../../policies";
import { readConfiguration } from "../../../policies/configuration/input/read";
import type { Configuration } from "../../../policies/configuration/resource";
import { renderHtml } from "../../../policies/report/html/page";
import { renderJson } from "../../../policies/report/json";
import { renderJunit } from "../../../policies/report/junit";
import { renderMarkdown } from "../../../policies/report/markdown";
import { HIDDEN, quote } from "../../../policies/report/quote";
import { reportOf } from "../../../policies/report/report";
import { renderSarif } from "../../../policies/report/sarif";
import { renderText } from "../../../policies/report/text";
import { topologyOf } from "../../../policies/report/topology";

const SECRET = "https://collector.example.com/hunter2";
const body = {
  provider: { aws: { region: "eu-west-1" } },
  resource: {
    aws_sns_topic: { t: { name: "t" } },
    aws_sns_topic_subscription: { s: { topic_arn: "${aws_sns_topic.t.arn}", protocol: "https", endpoint: SECRET } },
  },
};

async function read(sensitive: readonly string[]): Promise<Configuration> {
  const configuration = await readConfiguration(["-"], { stdin: () => JSON.stringify(body) });
  const resources = configuration.resources.map((one) =>
    one.type === "aws_sns_topic_subscription" ? Object.assign(one, { sensitive }) : one,
  );
  return { ...configuration, resources };
}

test("a sensitive value appears in no format, though the escape is shown", async () => {
  const proof = verifyConfiguration(await read(["endpoint"]));
  const report = reportOf(proof);
  expect(report.verdict).toBe("escapes");
  const formats = [
    renderJson(report),
    renderText(report, { detail: "verbose" }),
    renderMarkdown(report),
    renderSarif(report),
    renderJunit(report),
  ];
  for (const text of formats) {
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("collector.example.com");
    expect(text).toContain("sensitive value");
  }
});

test("nor in the page", async () => {
  const proof = verifyConfiguration(await read(["endpoint"]));
  expect(renderHtml(reportOf(proof), topologyOf(proof))).not.toContain("hunter2");
});

test("it is quoted where nothing calls it sensitive", async () => {
  expect(renderJson(reportOf(verifyConfiguration(await read([]))))).toContain("hunter2");
});

test("what holds a sensitive part is hidden as a whole, and so is what stands in one", async () => {
  const configuration = await read(["endpoint"]);
  const one = configuration.resources.find((resource) => resource.type === "aws_sns_topic_subscription")!;
  expect(quote(one, "endpoint")).toBe(HIDDEN);
  expect(quote({ ...one, sensitive: [""] }, "protocol")).toBe(HIDDEN);
  expect(quote({ ...one, values: { a: [{ b: "x" }] }, sensitive: ["a[0].b"] }, "a")).toBe(HIDDEN);
  expect(quote({ ...one, values: { a: [{ b: "x" }] } }, "a[0].b")).toBe("x");
  expect(quote(one, "nothing.here")).toBeUndefined();
});
