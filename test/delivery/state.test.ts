/** Where a state is read from: its file where that can be, else by Terraform. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "../../delivery/stacks";
import { stateOf } from "../../delivery/state";
import { Terraform } from "../../delivery/terraform";
import { script } from "./project";

const root = mkdtempSync(join(tmpdir(), "state-"));
afterAll(() => rmSync(root, { recursive: true }));

const state = (lineage: string, outputs: object = {}) => JSON.stringify({ version: 4, lineage, serial: 7, outputs });

const binary = script(
  join(root, "bin"),
  "terraform",
  `case "$1" in version) echo '{"terraform_version": "1.11.4"}';; state) echo '${state("pulled")}';; esac`,
);
const find = (environment: NodeJS.ProcessEnv = {}) =>
  Terraform.find({ PATH: `${binary}:${process.env.PATH}`, ...environment });

let count = 0;
/** A stack whose state lies in a file with this text. */
function stackWith(text?: string): Stack & { readonly stateFile: string } {
  const folder = join(root, `stack-${count++}`);
  mkdirSync(folder);
  const stateFile = join(folder, "terraform.tfstate");
  if (text !== undefined) writeFileSync(stateFile, text);
  return { name: "a", folder, dependencies: [], reads: [], stateFile };
}

const lineage = async (stack: Stack, environment?: NodeJS.ProcessEnv) =>
  (await stateOf(await find(environment), stack))?.mark.lineage;

test("a file of this machine is read as it lies; none, or an empty one, is no state", async () => {
  expect(await lineage(stackWith(state("lying")))).toBe("lying");
  expect(await lineage(stackWith())).toBeUndefined();
  expect(await lineage(stackWith("\n"))).toBeUndefined();
});

test("the order of outputs makes no difference", async () => {
  const terraform = await find();
  const digest = async (outputs: object) => (await stateOf(terraform, stackWith(state("x", outputs))))?.mark.outputs;
  expect(await digest({ b: { value: [1, 2] }, a: 1 })).toBe(await digest({ a: 1, b: { value: [1, 2] } }));
  expect(await digest({ a: { value: [1, 2] } })).not.toBe(await digest({ a: { value: [2, 1] } }));
});

test.each<[string, () => Stack, NodeJS.ProcessEnv]>([
  ["lies elsewhere", () => ({ ...stackWith(state("lying")), stateFile: undefined }), {}],
  ["is encrypted", () => stackWith('{"meta": {}, "encrypted_data": "…", "encryption_version": "v0"}'), {}],
  ["is that of another workspace", () => stackWith(state("lying")), { TF_WORKSPACE: "other" }],
  [
    "is that of a workspace that was selected earlier",
    () => {
      const stack = stackWith(state("lying"));
      mkdirSync(join(stack.folder, ".data"));
      writeFileSync(join(stack.folder, ".data/environment"), "other");
      return stack;
    },
    { TF_DATA_DIR: ".data" },
  ],
])("a state that %s is pulled, after what that needs", async (_, stack, environment) => {
  const initialize = jest.fn(async () => {});
  const found = await stateOf(await find(environment), stack(), initialize);
  expect(found?.mark).toMatchObject({ lineage: "pulled", serial: 7 });
  expect(initialize).toHaveBeenCalledTimes(1);
});

test("a file that can't be read is named", async () => {
  const torn = stackWith('{"version": 4, "lin');
  await expect(stateOf(await find(), torn)).rejects.toThrow(`${torn.stateFile}: `);
  const folder = stackWith();
  mkdirSync(folder.stateFile);
  await expect(stateOf(await find(), folder)).rejects.toThrow(`${folder.stateFile}: it is a folder`);
});
