import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The stacks by name, synthesized by one of the two libraries, with the library's version left out. */
function synthesizeWith(library: "cdktf" | "cdktn"): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), `${library}-`));
  jest.isolateModules(() => {
    if (library === "cdktn") jest.doMock("cdktf", () => jest.requireActual("cdktn"));
    const { synthesize } = require("../../stacks") as typeof import("../../stacks");
    const { enclave } = require("../../enclave") as typeof import("../../enclave");
    synthesize(enclave, folder);
  });
  const stacks = readdirSync(join(folder, "stacks")).map((name) => {
    const json = JSON.parse(readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8"));
    versions[library].add(json["//"].metadata.version);
    delete json["//"].metadata.version;
    return [name, json];
  });
  rmSync(folder, { recursive: true, force: true });
  return Object.fromEntries(stacks);
}

const versions = { cdktf: new Set<string>(), cdktn: new Set<string>() };

it("cdktn, which continues cdktf, synthesizes the same", () => {
  const before = synthesizeWith("cdktf");
  const after = synthesizeWith("cdktn");
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(14);
  expect(after).toEqual(before);
  // Two versions show that two libraries were at work.
  expect([...versions.cdktf, ...versions.cdktn]).toEqual(["0.21.0", "0.24.0"]);
});
