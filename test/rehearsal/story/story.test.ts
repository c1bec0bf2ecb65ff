/** The whole way as it is typed, with each fault that can be ordered. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/run";
import { environment, Project } from "../../delivery/project";
import { hasTerraform } from "../../terraform";

jest.setTimeout(120_000);

const project = new Project();
const outer = { ...process.env };
beforeAll(() => {
  // States lie where the copy says, whatever the user has set.
  Object.assign(process.env, environment, { TF_WORKSPACE: "other" });
});
afterAll(() => {
  process.env = outer;
  project.remove();
});

async function rehearsed(...words: string[]): Promise<string[]> {
  const { status, stdout, stderr } = await run("rehearse", ...words, "--folder", project.folder);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.split("\n").map((line) => line.trim());
}

const ending = [
  expect.stringMatching(/^done in [\d.]+ s: create [\d.]+ s, drift [\d.]+ s, edit [\d.]+ s, destroy [\d.]+ s$/),
  expect.stringMatching(/^the proofs took [\d.]+ s of it \(\d+ %\)$/),
  "",
];

(hasTerraform("the rehearsal") ? describe : describe.skip)("an enclave", () => {
  test("is created with an apply that fails and is resumed, drifts, is edited, and goes without a rest", async () => {
    const kept = join(project.root, "rehearsed");
    const fail = "store:aws_s3_bucket_policy.users";
    expect(await rehearsed("--fault", "throttle", "--fail", fail, "--keep", kept)).toEqual([
      "create",
      "apart: 1 to create",
      "store: 2 to create",
      "later: reader",
      "proved contained: 3 resources",
      "signed and applied: apart",
      expect.stringMatching(/^stopped at store, as ordered: .*RequestLimitExceeded.*aws_s3_bucket_policy\.users\)$/),
      "going on from there",
      "store: 1 to create",
      "reader: 1 to create",
      "as they stand: apart",
      "proved contained: 4 resources",
      "signed and applied: store, reader",
      "4 resources stand",
      "drift",
      "somebody opens the policy of the bucket enclave-users to a foreign account",
      "drifted: store:aws_s3_bucket_policy.users; judged escapes",
      expect.stringMatching(/^left the boundary since the last proof: aws_s3_bucket\.users → account 999999999999/),
      expect.stringMatching(/^left the boundary since the last proof: aws_s3_bucket_policy\.users → account 9{12}/),
      "edit: protections are turned off; what somebody changed is set right",
      "store: 1 to update",
      "nothing to change: apart, reader",
      "proved contained: 4 resources",
      "signed and applied: apart, store, reader",
      "destroy",
      "reader: 1 to delete",
      "store: 2 to delete",
      "apart: 1 to delete",
      expect.stringMatching(/^proved contained/),
      "signed and applied: reader, store, apart",
      "nothing is left",
      ...ending,
    ]);
    expect(readdirSync(kept).sort()).toEqual(["cdktf.out", "cloud.jsonl", "states"]);
    for (const name of ["apart", "reader", "store"]) {
      expect(JSON.parse(readFileSync(join(kept, "states", `${name}.tfstate`), "utf8")).resources).toEqual([]);
    }
    // The original is not touched: its states lie elsewhere, and no plan lies in it.
    expect(readdirSync(join(project.root, "states"))).toEqual([]);
    expect(existsSync(join(project.folder, "plans"))).toBe(false);
  });

  test("goes on behind a provider that died when AWS had made the resource", async () => {
    expect(await rehearsed("apart", "--fault", "crash")).toEqual([
      "create",
      "apart: 1 to create",
      "proved contained: 1 resource",
      expect.stringMatching(/^stopped at apart, as ordered: .*the provider has died: .*deleted by hand$/),
      expect.stringMatching(/^stands without being in a state, and is deleted by hand: aws_sns_topic arn:aws:sns:/),
      "going on from there",
      "apart: 1 to create",
      "proved contained: 1 resource",
      "signed and applied: apart",
      "1 resource stands",
      "drift",
      "the boundary holds all the same",
      expect.stringMatching(/^edit/),
      "nothing to change: apart",
      "proved contained: 1 resource",
      "signed and applied: apart",
      "destroy",
      "apart: 1 to delete",
      expect.stringMatching(/^proved contained/),
      "signed and applied: apart",
      "nothing is left",
      ...ending,
    ]);
  });

  test("that is not contained is not created at all", async () => {
    project.configure("apart", {
      resource: {
        aws_sns_topic_subscription: {
          out: { topic_arn: "arn:aws:sns:eu-west-1:111111111111:news", protocol: "email", endpoint: "a@b.example" },
        },
      },
    });
    const { status, stdout, stderr } = await run("rehearse", "apart", "--folder", project.folder);
    expect([status, stdout]).toEqual([3, expect.stringMatching(/^create\n {2}apart: 1 to create\n {2}proved escapes/)]);
    expect(stderr).toMatch(/^enclave: the plans are escapes; with --keep, `enclave verify .*` shows why\n$/);
    expect(readdirSync(join(project.root, "states"))).toEqual([]);
  });
});
