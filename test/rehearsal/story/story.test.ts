import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { rehearse } from "../../../rehearsal/story/story";
import { Project } from "../../delivery/project";
import { hasTerraform } from "../../terraform";

const project = new Project();
const before = process.env.TF_CLI_CONFIG_FILE;
beforeAll(() => {
  process.env.TF_CLI_CONFIG_FILE = "/dev/null";
});
afterAll(() => {
  if (before === undefined) delete process.env.TF_CLI_CONFIG_FILE;
  else process.env.TF_CLI_CONFIG_FILE = before;
  project.remove();
});

(hasTerraform("the rehearsal") ? test : test.skip)(
  "an enclave is created with an apply that fails and is resumed, drifts, is edited, and goes without a rest",
  async () => {
    const lines: string[] = [];
    const into = join(project.root, "rehearsed");
    const fail = "store:aws_s3_bucket_policy.users";
    const told = await rehearse({ source: project.folder, into, fail, fault: "throttle", say: (l) => lines.push(l) });
    expect(lines.map((line) => line.trim())).toEqual([
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
      expect.stringMatching(/^reader: 1 to delete$/),
      expect.stringMatching(/^store: 2 to delete$/),
      expect.stringMatching(/^apart: 1 to delete$/),
      expect.stringMatching(/^proved contained/),
      "signed and applied: reader, store, apart",
      "nothing is left",
      expect.stringMatching(/^done in [\d.]+ s: create [\d.]+ s, drift [\d.]+ s, edit [\d.]+ s, destroy [\d.]+ s$/),
      expect.stringMatching(/^the proofs took [\d.]+ s of it \(\d+ %\)$/),
    ]);
    expect(told.proof).toBeLessThan(told.all);
    // The original is not touched: its states lie elsewhere, and no plan lies in it.
    expect(readdirSync(join(project.root, "states"))).toEqual([]);
    expect(existsSync(join(project.folder, "plans"))).toBe(false);
  },
  120_000,
);
