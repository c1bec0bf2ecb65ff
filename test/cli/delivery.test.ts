/** From plan to destroy as it is typed: what is printed, where to, and with which exit code. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rehearsal } from "../../rehearsal/server";
import { environment, Project, script, startProvider } from "../delivery/project";
import { hasTerraform } from "../terraform";
import { run } from "./run";

jest.setTimeout(120_000);

const project = new Project(["store", "reader"]);
const { folder } = project;
const typed = (...words: string[]) => run(...words, "--folder", folder);
const outer = { ...process.env };

afterEach(() => {
  process.env.PATH = outer.PATH;
});
afterAll(() => {
  process.env = outer;
  project.remove();
});

const line = (stderr: string) => ({ status: 3, stdout: "", stderr: `enclave: ${stderr}\n` });

describe("a mistake is exit code 3, nothing on stdout, and one line that says what to do", () => {
  test.each<[string, string[], string]>([
    [
      "no plans to apply",
      ["apply"],
      `${folder}/plans/attestation.json: there is no attestation; run \`enclave plan\` first`,
    ],
    ["no plans to sign", ["attest", "sign", "--key", "env:NOBODY"], `${folder}/plans/attestation.json: there is no`],
    ["no plans to check", ["attest", "verify"], `${folder}/plans/attestation.json: there is no attestation`],
    ["no plans to show", ["attest", "show"], `${folder}/plans/attestation.json: there is no attestation`],
    ["nobody named who must sign", ["apply", "--signers", "nobody.json"], "nobody.json: is not there; `enclave synth`"],
    ["no key to sign with", ["attest", "sign"], "required option '--key <source>' not specified"],
    ["a number that is none", ["plan", "--parallel", "0"], "option '--parallel <number>' argument '0' is invalid."],
    ["a fault that is none", ["rehearse", "--fault", "flood"], "option '--fault <kind>' argument 'flood' is invalid."],
    ["no such stack to rehearse", ["rehearse", "shop"], "shop: is no stack; there are store, reader"],
    ["nothing that could fail", ["rehearse", "--fail", "store:aws_sqs_queue.work"], "store:aws_sqs_queue.work: is no"],
    ["no empty folder to keep", ["rehearse", "--keep", project.root], `${project.root}: is not empty`],
    ["no folder to keep", ["rehearse", "--keep", "/dev/null/x"], "/dev/null/x"],
    ["a state that is not there", ["drift", "--state", "none.tfstate"], "none.tfstate: "],
  ])("%s", async (_, words, message) => {
    const { status, stdout, stderr } = await typed(...words);
    expect([status, stdout, stderr.split("\n").length]).toEqual([3, "", 2]);
    expect(stderr.slice("enclave: ".length)).toContain(message);
  });

  test("no synthesized enclave", async () => {
    const message = "/nowhere: is no cdktf output folder (it has no manifest.json); run `enclave synth` first";
    for (const words of [["plan"], ["drift"], ["rehearse"]]) {
      expect(await run(...words, "--folder", "/nowhere")).toEqual(line(message));
    }
  });

  test.each([
    [
      "no terraform and no tofu",
      "/nowhere",
      "neither terraform nor tofu is on the PATH; install one of them to plan and to apply",
    ],
    [
      "one that is too old",
      script(join(project.root, "old"), "terraform", `echo '{"terraform_version":"1.4.6"}'`),
      `${project.root}/old/terraform: is version 1.4.6; 1.5 or later is needed`,
    ],
    [
      "a tofu that is too old",
      script(join(project.root, "tofu"), "tofu", `echo '{"terraform_version":"1.5.7"}'`),
      `${project.root}/tofu/tofu: is version 1.5.7; 1.6 or later is needed`,
    ],
    [
      "something else of that name",
      script(join(project.root, "else"), "terraform", "echo Terraform v0.11; exit 1"),
      `${project.root}/else/terraform: does not tell its version`,
    ],
  ])("%s", async (_, path, message) => {
    process.env.PATH = path;
    for (const command of ["plan", "drift", "rehearse", "apply"]) expect(await typed(command)).toEqual(line(message));
  });
});

(hasTerraform("the way from plan to destroy") ? describe : describe.skip)("an enclave of two stacks", () => {
  let provider: Rehearsal;
  const plan = join(folder, "plans/store/plan.bin");
  const sign = async () => {
    for (const name of ["ci", "oversight partner"]) {
      project.write("key.pem", project.pem(name));
      const { status, stdout } = await typed("attest", "sign", "--key", join(project.root, "key.pem"));
      expect([status, stdout]).toEqual([
        0,
        expect.stringMatching(/^signed .*attestation\.json with key [0-9a-f]{64}\n$/),
      ]);
    }
  };

  beforeAll(async () => {
    provider = await startProvider();
    Object.assign(process.env, environment, provider.environment);
  });
  afterAll(() => provider.stop());

  test("is planned: what changes, the verdict, what waits, and the proof's share of the time", async () => {
    const { status, stdout, stderr } = await typed("plan");
    expect(status).toBe(0);
    expect(stdout.split("\n").slice(0, 8)).toEqual([
      "store: 2 to create",
      "  + aws_s3_bucket.users",
      "  + aws_s3_bucket_policy.users",
      "reader: can be planned once store is applied; its configuration is judged until then",
      "",
      "The plans, together:",
      "✔ contained: no path leaves EEA",
      "  2 resources looked at in store; standing in Ireland 2",
    ]);
    expect(stdout).toMatch(/\nThe configuration of all stacks:\n✔ contained: no path leaves EEA\n {2}3 resources/);
    expect(stdout).toMatch(/\n[\d.]+ s, of which the proof [\d.]+ s \(\d+ %\)\n$/);
    expect(stderr.split("\n")).toEqual([
      "store: initializing",
      "store: planning",
      "store: 2 to create",
      "reader: waits for store, which must be applied before",
      "",
    ]);
  });

  test("is not applied before all have signed, who can check first", async () => {
    const missing = ["the signature of ci is missing", "the signature of oversight partner is missing"];
    expect(await typed("apply")).toEqual({
      status: 1,
      stdout: `${missing.map((one) => `refused: ${one}\n`).join("")}nothing was applied\n`,
      stderr: "",
    });
    expect(await typed("attest", "verify")).toEqual({ status: 1, stdout: `${missing.join("\n")}\n`, stderr: "" });
    const checked = { status: 0, stdout: "as attested; not asked for signatures\n", stderr: "" };
    expect(await typed("attest", "verify", "--unsigned", "--recheck")).toEqual(checked);
    await sign();
    const all = { status: 0, stdout: "as attested, and signed by all who must\n", stderr: "" };
    expect(await typed("attest", "verify")).toEqual(all);
    const { stdout } = await typed("attest", "show");
    expect(stdout).toMatch(
      /^contained: store\nboundary EEA \(AT BE .*\nplans:\n {2}[0-9a-f]{64} {2}store\/plan\.bin\n/s,
    );
    expect(stdout).toMatch(/\nnot planned yet: reader\nassumptions:\n.*\nsignatures:\n {2}key [0-9a-f]{64}\n {2}key /s);
    expect((await typed("apply", "--dry-run")).stdout).toBe("would apply, in this order: store\n");
    expect(provider.cloud.all()).toEqual([]);
  });

  test("is not applied with a byte changed in a plan", async () => {
    const bytes = readFileSync(plan);
    writeFileSync(plan, Buffer.concat([bytes, Buffer.of(0)]));
    const difference = "store: its plan is not the one attested (its bytes differ)";
    const refused = { status: 1, stdout: `refused: ${difference}\nnothing was applied\n`, stderr: "" };
    expect(await typed("apply")).toEqual(refused);
    expect(await typed("apply", "--dry-run")).toEqual(refused);
    expect(await typed("attest", "verify", "--recheck")).toEqual({ status: 1, stdout: `${difference}\n`, stderr: "" });
    expect(provider.cloud.all()).toEqual([]);
    writeFileSync(plan, bytes);
  });

  test("stops where AWS refuses, says what is to be done, and goes on from there", async () => {
    provider.order([{ kind: "refuse", type: "aws_s3_bucket_policy", times: 1 }]);
    const { status, stdout, stderr } = await typed("apply");
    expect([status, stderr]).toEqual([
      2,
      "store: applying\nstore: aws_s3_bucket.users: Creation complete\nstore: failed\n",
    ]);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^stopped at store: .*UnauthorizedOperation.* \(with aws_s3_bucket_policy\.users\)$/),
      "mend the cause, then `enclave plan` and sign again: what is applied stays, and is planned no more",
      "",
    ]);
    const again = await typed("apply");
    expect([again.status, again.stdout]).toEqual([
      1,
      expect.stringMatching(
        /^refused: store: its apply failed or was cut off, and .*; plan again\nnothing was applied\n$/,
      ),
    ]);
    expect((await typed("plan")).stdout).toMatch(/^store: 1 to create\n.*\nreader: 1 to create\n/);
    await sign();
    const done = await typed("apply");
    expect([done.status, done.stdout]).toEqual([0, "applied: store, reader\n"]);
    expect((await typed("apply")).stdout).toBe("applied before: store, reader\n");
    expect(provider.cloud.all()).toHaveLength(3);
  });

  test("tells what somebody changed by hand, and by a state file what it holds", async () => {
    const [policy] = provider.cloud.ofType("aws_s3_bucket_policy");
    const opened = String(policy.values.policy).replace("111111111111", "999999999999");
    provider.cloud.put({ ...policy, values: { ...policy.values, policy: opened } });
    const { status, stdout, stderr } = await typed("drift");
    expect([status, stderr.split("\n").sort()]).toEqual([1, ["", "reader: 0 drifted", "store: 1 drifted"]]);
    expect(stdout).toMatch(/^drifted: store:aws_s3_bucket_policy\.users\nleft the boundary since the last proof: /);
    expect(stdout).toMatch(/\n✘ escapes: /);
    provider.cloud.put(policy);
    const state = await typed("drift", "--state", join(project.root, "states/store.tfstate"));
    expect([state.status, state.stdout]).toEqual([
      0,
      expect.stringMatching(/^nothing has left the boundary since the last proof\n\n✔ contained: no path leaves EEA\n/),
    ]);
    expect((await typed("plan", "--no-refresh")).stdout).toMatch(
      /^store: nothing to change\nreader: nothing to change\n/,
    );
  });

  test("is destroyed behind the same gate, until nothing stands that could be", async () => {
    expect((await typed("plan", "--destroy")).stdout).toMatch(/^reader: 1 to delete\n.*\nstore: 2 to delete\n/);
    expect((await typed("apply")).status).toBe(1);
    await sign();
    const { status, stdout } = await typed("apply");
    expect([status, stdout, provider.cloud.all()]).toEqual([0, "applied: reader, store\n", []]);
    expect(await typed("drift")).toMatchObject({ status: 0 });
  });
});
