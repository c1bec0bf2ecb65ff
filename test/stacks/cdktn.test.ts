import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { synthesizedEnclave } from "../synthesized";

/** The library's version, and the stacks by name without it. */
function stacksIn(folder: string) {
  const versions = new Set<string>();
  const stacks = readdirSync(join(folder, "stacks")).map((name) => {
    const json = JSON.parse(readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8"));
    versions.add(json["//"].metadata.version);
    delete json["//"].metadata.version;
    return [name, json];
  });
  return { versions: [...versions], stacks: Object.fromEntries(stacks) };
}

it("cdktn, which continues cdktf, synthesizes the same", () => {
  const original = synthesizedEnclave();
  // Paths of states are relative to the folder.
  const folder = mkdtempSync(join(dirname(original), "cdktn-"));
  jest.isolateModules(() => {
    jest.doMock("cdktf", () => jest.requireActual("cdktn"));
    const { synthesize } = require("../../stacks") as typeof import("../../stacks");
    const { enclave } = require("../../enclave") as typeof import("../../enclave");
    synthesize(enclave, folder);
  });
  const [before, after] = [stacksIn(original), stacksIn(folder)];
  expect(Object.keys(before.stacks).length).toBeGreaterThanOrEqual(14);
  expect(after.stacks).toEqual(before.stacks);
  // Two versions show that two libraries were at work.
  expect([before.versions, after.versions]).toEqual([["0.21.0"], ["0.24.0"]]);
});
