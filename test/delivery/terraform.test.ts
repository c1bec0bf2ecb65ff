import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { complaint, providersOf, Terraform } from "../../delivery/terraform";
import { script } from "./project";

const folder = mkdtempSync(join(tmpdir(), "terraform-"));
afterAll(() => rmSync(folder, { recursive: true }));

const versioned = (version: string) => `echo '{"terraform_version": "${version}"}'`;
/** The beginning of a script that goes on for everything but its version. */
const telling = `[ "$1" = version ] && { ${versioned("1.11.4")}; exit; }`;
const found = (name: string, text: string, label: string) => script(join(folder, label), name, text);
const find = (...folders: string[]) => Terraform.find({ PATH: [...folders, "/nowhere"].join(":") });

describe("finding the binary", () => {
  test.each([
    ["terraform", "terraform", "1.11.4"],
    ["tofu where there is no terraform", "tofu", "1.9.0"],
  ])("%s", async (label, name, version) => {
    const terraform = await find(found(name, versioned(version), label));
    expect([terraform.name, terraform.version]).toEqual([name, version]);
  });

  test.each([
    ["nothing", "other", "", /^neither terraform nor tofu is on the PATH; install one of them/],
    ["an old terraform", "terraform", versioned("1.4.7"), /terraform: is version 1\.4\.7; 1\.5 or later is needed$/],
    ["an old tofu", "tofu", versioned("1.5.0"), /tofu: is version 1\.5\.0; 1\.6 or later is needed$/],
    ["something else of that name", "terraform", "echo hello", /terraform: does not tell its version$/],
  ])("%s is a line that says so", async (label, name, text, line) => {
    await expect(find(found(name, text, label))).rejects.toThrow(line);
  });
});

test("runs without asking, without the arguments of the environment, without colours", async () => {
  const PATH = found("terraform", `${telling}; env | grep ^TF_ | sort; echo "$@"`, "quiet");
  const terraform = await Terraform.find({ PATH: `${PATH}:${process.env.PATH}`, TF_CLI_ARGS_apply: "-refresh=false" });
  const { stdout } = await terraform.run(["apply"], { cwd: folder });
  expect(stdout.split("\n").slice(0, -1)).toEqual(["TF_INPUT=0", "TF_IN_AUTOMATION=1", "apply -no-color"]);
});

test("a signal is handed on as the one that lets it finish, and the outcome tells of it", async () => {
  const PATH = found(
    "terraform",
    `${telling}; trap 'echo saved; exit 1' INT; echo ready; while :; do sleep 0.05; done`,
    "signals",
  );
  const terraform = await Terraform.find({ PATH: `${PATH}:${process.env.PATH}` });
  const onLine = (line: string) => line === "ready" && process.emit("SIGTERM", "SIGTERM");
  const outcome = await terraform.run(["apply"], { cwd: folder, finishing: true, onLine });
  expect(outcome).toMatchObject({ code: 1, signal: null, interrupted: true, stdout: "ready\nsaved\n" });
  expect(process.listenerCount("SIGTERM")).toBe(0);
});

const frame = (...lines: string[]) => `╷\n${lines.map((line) => `│ ${line}`).join("\n")}\n╵\n`;

test.each([
  [
    "the first error, with what it is about",
    { stderr: frame("Error: creating S3 Bucket: no", "", "  with aws_s3_bucket.a,", "  on cdk.tf.json line 1") },
    "creating S3 Bucket: no (with aws_s3_bucket.a)",
  ],
  ["an error of two lines as one", { stderr: frame("Error: one", "two", "", "detail") }, "one two"],
  ["the exit code where nothing was said", { code: 3 }, "Terraform ended with exit code 3"],
  ["the signal that ended it", { code: null, signal: "SIGKILL" as const }, "Terraform was ended by SIGKILL"],
  [
    "what to do when the provider has died",
    { stderr: frame("Error: Plugin did not respond", "", "  with aws_s3_bucket.a,") },
    expect.stringMatching(/aws_s3_bucket\.a\); the provider has died: .* imported or deleted by hand$/),
  ],
  [
    "what to do when the state could not be saved",
    {
      stderr: frame("Error: Failed to save state", "", "no space left on device") + frame("written to errored.tfstate"),
    },
    expect.stringMatching(/^Failed to save state; the state lies in errored\.tfstate .*`terraform state push/),
  ],
  [
    "what to do when the state is locked",
    { stderr: frame("Error: Error acquiring the state lock", "", "Lock Info:") },
    expect.stringMatching(/somebody else is writing this state, or was cut off/),
  ],
])("a complaint is %s", (_, outcome, line) => {
  const whole = { code: 1, signal: null, interrupted: false, stdout: "", stderr: "", ...outcome };
  expect(complaint(whole)).toEqual(line);
});

test("versions of providers come from the lock file; there are none without one", () => {
  const text = `# made by init
provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.25.0"
  constraints = "6.25.0"
  hashes = ["h1:abc"]
}`;
  script(folder, ".terraform.lock.hcl", text);
  expect(providersOf(folder)).toEqual({ "registry.terraform.io/hashicorp/aws": "6.25.0" });
  expect(providersOf(tmpdir())).toEqual({});
});
