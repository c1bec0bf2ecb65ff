import { codeSpan } from "../../../policies/report/escape";
import { MARKDOWN_LIMIT, MARKER, renderMarkdown } from "../../../policies/report/markdown";
import { hostileReport, leakReport } from "./made";

/** The text without code spans and code blocks: what Markdown may interpret. */
const live = (text: string): string =>
  text.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, "").replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");

test("the verdict stands first, behind the mark by which a bot finds its comment", async () => {
  const [mark, title] = renderMarkdown(await leakReport("B01")).split("\n");
  expect(mark).toBe(MARKER);
  expect(title).toContain("**escapes**: 1 path out of `EEA`");
});

test("each escape has its diagram, its path with the rule that lets it through, and what closes it", async () => {
  const text = renderMarkdown(await leakReport("B01"));
  expect(text).toContain("```mermaid\nflowchart LR\n");
  expect(text).toContain("aws_route.high.destination_cidr_block = 128.0.0.0/1");
  expect(text).toContain("leak.tf.json:");
  expect(text).toContain("To close it:");
});

test("hostile names stay in code: no element, link, mention or reference comes alive", async () => {
  const rest = live(renderMarkdown(await hostileReport()));
  for (const danger of ["<img", "<b>", "@everyone", "#1", "javascript:", "\u001b", "\u202e", "\u0007"]) {
    expect(rest).not.toContain(danger);
  }
});

test("labels of diagrams hold nothing but plain characters and entity codes", async () => {
  const [, diagram] = /```mermaid\n([\s\S]*?)```/.exec(renderMarkdown(await hostileReport()))!;
  for (const [, label] of diagram.matchAll(/"([^"]*)"/g)) expect(label).toMatch(/^(?:[A-Za-z0-9 _.,/-]|#\d+;)*$/);
});

test("a comment stays within what GitHub takes, however much escapes, and says what it left out", async () => {
  const report = await leakReport("B01");
  const many = { ...report, escapes: Array.from({ length: 2000 }, () => report.escapes[0]) };
  const text = renderMarkdown(many);
  expect(text.length).toBeLessThan(MARKDOWN_LIMIT);
  expect(text).toMatch(/… and \d+ paths more, in the full report\./);
});

test("one name as long as a book does not use up the comment", async () => {
  const report = await leakReport("B01");
  const [escape] = report.escapes;
  const long = { ...report, escapes: [{ ...escape, resource: "x".repeat(500_000) }] };
  expect(renderMarkdown(long).length).toBeLessThan(MARKDOWN_LIMIT);
});

test.each(["a", "`", "``a`", " a ", "", "a`b``c"])("a code span holds %j whole", (text) => {
  const [, fence, inner] = /^(`+)([\s\S]*?)\1$/.exec(codeSpan(text)) ?? [];
  expect(inner.split(/(`+)/).filter((part) => part === fence)).toEqual([]);
  expect(inner.trim()).toBe(text.trim());
});
