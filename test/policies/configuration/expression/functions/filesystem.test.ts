import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
  ExpressionError,
  evaluate,
  parseExpression,
  type Scope,
} from "../../../../../policies/configuration/expression";
import { isUnknown, type Value } from "../../../../../policies/configuration/value";
import { hasTerraform } from "../../../../terraform";
import { askInPlace } from "../console";

const files = {
  "a.txt": "hello é\n",
  "b.tpl": "Hi ${name}!%{ for x in list } ${x}%{ endfor }",
  "sole.tpl": "${[1, name]}",
  "nested.tpl": '${templatefile("module/b.tpl", { name = n, list = [] })}',
  "broken.tpl": "${name",
  "module/b.tpl": "in module: ${name}",
  "module/deep/c.txt": "c",
  "module/deep/d.json": "{}",
  "module/.hidden.txt": "h",
  "empty.txt": "",
};

let outer: string;
let base: string;
let scope: Scope;

beforeAll(() => {
  outer = mkdtempSync(path.join(tmpdir(), "files-"));
  base = path.join(outer, "root");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
    writeFileSync(path.join(base, name), text);
  }
  writeFileSync(path.join(base, "binary"), Buffer.from([0xff, 0xfe, 0x00]));
  writeFileSync(path.join(base, "loop.tpl"), '${templatefile("loop.tpl", {})}');
  writeFileSync(path.join(outer, "secret.txt"), "secret");
  symlinkSync(path.join(outer, "secret.txt"), path.join(base, "link.txt"));
  symlinkSync(path.join(base, "a.txt"), path.join(base, "inner.txt"));
  symlinkSync("/", path.join(base, "everything"));
  symlinkSync("circle", path.join(base, "circle"));
  execFileSync("mkfifo", [path.join(base, "pipe")]);
  scope = { resolve: () => null, baseDir: base };
});

afterAll(() => rmSync(outer, { recursive: true, force: true }));

const value = (text: string, within: Scope = scope): Value => evaluate(parseExpression(text), within);

test.each([
  ['file("../secret.txt")'],
  ['file("link.txt")'],
  ['file("everything/etc/passwd")'],
  ['file("/etc/passwd")'],
  ['file("~/.ssh/id_rsa")'],
  ['filebase64("/proc/self/environ")'],
  ['filesha256("../secret.txt")'],
  ['fileexists("../secret.txt")'],
  ['fileexists("/etc/passwd")'],
  ['fileexists("../nothing")'],
  ['templatefile("/etc/passwd", {})'],
  ['fileset("..", "*")'],
  ['fileset("/", "**")'],
  ['fileset(".", "../*")'],
  ['fileset(".", "**")'],
  ['file("a.txt\\u0000")'],
  ['file("circle")'],
])("%s does not leave the root", (text) => {
  const result = value(text);
  expect(isUnknown(result) && result.why).toMatch(/not read|leads out|symbolic links|can't be read/);
});

test("nothing is read without a folder", () => {
  expect(isUnknown(value('file("a.txt")', { resolve: () => null }))).toBe(true);
});

test("the root may be wider than the folder that paths start from", () => {
  const inner: Scope = { resolve: () => null, baseDir: path.join(base, "module"), rootDir: base };
  expect(value('file("../a.txt")', inner)).toBe("hello é\n");
  expect(isUnknown(value('file("../../secret.txt")', inner))).toBe(true);
  expect(value('file("inner.txt")')).toBe("hello é\n");
});

test.each([
  'file("nothing")',
  'file("module")',
  'file("pipe")',
  'file("binary")',
  'templatefile("loop.tpl", {})',
  'templatefile("broken.tpl", {})',
  'templatefile("b.tpl", { "a b" = 1 })',
  'templatefile("b.tpl", {})',
  'fileset(".", "[")',
])("%s is refused", (text) => {
  expect(() => value(text)).toThrow(ExpressionError);
});

test("templates may include others, as OpenTofu lets them", () => {
  expect(value('templatefile("nested.tpl", { n = "z" })')).toBe("in module: z");
});

test("a template with an unknown variable keeps its text", () => {
  const unknownScope: Scope = { ...scope, resolve: () => value("uuid()") };
  const result = value('templatefile("module/b.tpl", { name = x })', unknownScope);
  expect(isUnknown(result) && result.parts).toEqual(["in module: ", expect.anything()]);
});

const expressions = [
  'file("a.txt")',
  'filebase64("a.txt")',
  'filemd5("a.txt")',
  'filesha1("a.txt")',
  'filesha256("a.txt")',
  'filesha512("a.txt")',
  'filebase64sha256("a.txt")',
  'filebase64sha512("a.txt")',
  'fileexists("a.txt")',
  'fileexists("b.txt")',
  'try(fileexists("module"), "refused")',
  'file("empty.txt")',
  'templatefile("b.tpl", { name = "you", list = [1, 2] })',
  'templatefile("sole.tpl", { name = "x" })',
  'templatefile("b.tpl", { name = "you" })',
  'templatefile("b.tpl", tomap({ name = "you", list = "x" }))',
  'fileset(".", "*.txt")',
  'fileset(".", "**/*.txt")',
  'fileset("module", "**")',
  'fileset("module", "*/*")',
  'fileset(".", "{a,b}.*")',
  'fileset(".", "[a-b].t?t")',
  'fileset(".", "[^a].*")',
  'fileset(".", "module/**/c.txt")',
  'fileset(".", "**/c.txt")',
  'fileset("nothing", "*")',
  'fileset("./module/", "deep/*.json")',
  'fileset(".", "")',
  'fileset(".", "*.{txt,tpl}")',
];

(hasTerraform("reading files") ? test : test.skip)("agrees with Terraform", () => {
  const answers = askInPlace(expressions, files);
  const clean = mkdtempSync(path.join(tmpdir(), "files-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(clean, name)), { recursive: true });
      writeFileSync(path.join(clean, name), text);
    }
    // Terraform finds its own configuration there too.
    writeFileSync(path.join(clean, "main.tf.json"), "{}");
    const here: Scope = { resolve: () => null, baseDir: clean };
    const said = expressions.map((text) => {
      try {
        return value(`jsonencode(${text})`, here);
      } catch (error) {
        if (error instanceof ExpressionError) return undefined;
        throw error;
      }
    });
    expect(expressions.map((text, i) => [text, said[i]])).toEqual(expressions.map((text, i) => [text, answers[i]]));
  } finally {
    rmSync(clean, { recursive: true, force: true });
  }
});
