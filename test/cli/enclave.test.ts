/** The command as a shell sees it: exit codes, one line for a mistake, files whole or not at all. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planEnclave } from "../../delivery/planning";
import { attachedTerraform, environment, Project, script, startProvider } from "../delivery/project";
import { cases, trustFile } from "../fixtures/examples";
import { hasTerraform } from "../terraform";
import { run } from "./run";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "enclave-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = join(root, "dist/cli/enclave.js");

// What is run is what a user runs; the compiler does nothing where nothing has changed.
beforeAll(() => {
  const compiler = require.resolve("typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
}, 120_000);

const shell = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
};

const { leak, safe } = cases.find((one) => one.id.startsWith("D05"))!;
const trust = ["--trust", trustFile];

test("contained is 0, escapes is 1, and both files are written whole", () => {
  expect(shell("verify", safe, ...trust, "--quiet")).toEqual({
    status: 0,
    stdout: "✔ contained: no path leaves EEA\n",
    stderr: "",
  });
  const [json, html] = [join(folder, "report.json"), join(folder, "report.html")];
  expect(shell("verify", leak, ...trust, "--format", "json", "--output", json, "--html", html)).toEqual({
    status: 1,
    stdout: "",
    stderr: "",
  });
  expect(JSON.parse(readFileSync(json, "utf8")).verdict).toBe("escapes");
  expect(readFileSync(html, "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(readdirSync(folder).sort()).toEqual(["report.html", "report.json"]);
}, 60_000);

test("a mistake is 3 in a shell as well", () => {
  const { status, stdout, stderr } = shell("verify", "nowhere.tf.json");
  expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 3, stdout: "", lines: 2 });
}, 60_000);

test.each([
  ["an unknown option", ["verify", "--frobnicate"]],
  ["an unknown format", ["verify", safe, "--format", "xml"]],
  ["an unknown command", ["frobnicate"]],
  ["a variable without value", ["verify", safe, "--var", "x"]],
  ["two contradicting options", ["verify", safe, "--quiet", "--verbose"]],
  ["a file that is not there", ["verify", "nowhere.tf.json"]],
  ["a waivers file that is not there", ["verify", safe, ...trust, "--waivers", "nowhere.json"]],
  ["something to compare with that is not there", ["verify", safe, ...trust, "--against", "nowhere.json"]],
  ["a folder that is not there to write to", ["verify", safe, ...trust, "--output", join(folder, "no/such/folder")]],
  ["nothing of that name", ["paths", "aws_x.a", "aws_x.b", safe]],
])(
  "%s is 3 and one line on stderr",
  async (_, words) => {
    const { status, stdout, stderr } = await run(...words);
    expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 3, stdout: "", lines: 2 });
  },
  60_000,
);

test("if one file can't be written, none is", async () => {
  const good = join(folder, "good.txt");
  expect((await run("verify", safe, ...trust, "--output", good, "--html", folder)).status).toBe(3);
  expect(existsSync(good)).toBe(false);
}, 60_000);

test("a link is written through, and stays a link", async () => {
  const [file, link] = [join(folder, "behind.txt"), join(folder, "link.txt")];
  writeFileSync(file, "old");
  symlinkSync(file, link);
  await run("verify", safe, ...trust, "--quiet", "--output", link);
  expect(readFileSync(file, "utf8")).toContain("contained");
}, 60_000);

test("waivers count only where they are not forbidden, in whatever order that is said", async () => {
  const file = join(folder, "waivers.json");
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const waiver = { resource: "aws_s3_bucket.live", channel: "s3.replication", reason: "r", decidedBy: "d", until };
  writeFileSync(file, JSON.stringify({ waivers: [waiver] }));
  expect((await run("verify", leak, ...trust, "--waivers", file)).status).toBe(0);
  expect((await run("verify", leak, ...trust, "--no-waivers", "--waivers", file)).status).toBe(1);
}, 60_000);

test("a reader that goes away is no error", () => {
  const piped = `"${process.execPath}" "${command}" models | head -1`;
  const { status, stderr, stdout } = spawnSync("bash", ["-o", "pipefail", "-c", piped], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: "", stdout: "# What is modelled\n" });
}, 60_000);

test.each(["bash", "zsh", "fish"])(
  "completion for %s knows the commands and their options",
  async (name) => {
    const { status, stdout } = await run("completion", name);
    expect(status).toBe(0);
    for (const word of ["verify", "explain", "paths", "against"]) expect(stdout).toContain(word);
  },
  60_000,
);

(hasTerraform("a kill") ? test : test.skip)(
  "killed between two stacks it loses nothing; the next one says what was applied before, and applies the rest",
  async () => {
    const project = new Project(["apart", "store"]);
    const provider = await startProvider();
    try {
      await planEnclave(await attachedTerraform(provider), { folder: project.folder });
      project.sign();
      const killing = `if [ "$1" = apply ] && [ "\${PWD##*/}" = store ]; then kill -9 $PPID; exit 1; fi`;
      const bin = script(
        join(project.root, "bin"),
        "terraform",
        `${killing}; PATH='${process.env.PATH}' exec terraform "$@"`,
      );
      const apply = (PATH?: string) => {
        const child = spawn(process.execPath, [command, "apply", "--folder", project.folder], {
          env: { ...environment, ...provider.environment, PATH },
        });
        const printed: string[] = [];
        child.stdout.setEncoding("utf8").on("data", (text: string) => printed.push(text));
        return once(child, "close").then(([code, signal]) => ({ code, signal, stdout: printed.join("") }));
      };
      expect(await apply(`${bin}:${process.env.PATH}`)).toEqual({ code: null, signal: "SIGKILL", stdout: "" });
      expect(provider.cloud.all().map(({ type }) => type)).toEqual(["aws_sns_topic"]);
      expect(existsSync(join(project.folder, "enclave.lock"))).toBe(true);
      const stdout = "applied before: apart\napplied: store\n";
      expect(await apply(process.env.PATH)).toEqual({ code: 0, signal: null, stdout });
      expect(provider.cloud.all()).toHaveLength(3);
    } finally {
      await provider.stop();
      project.remove();
    }
  },
  60_000,
);
