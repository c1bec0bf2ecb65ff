import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { oneAtATime, runAll } from "../../delivery/schedule";
import { readStacks, selected, stateIdentity } from "../../delivery/stacks";
import { Project } from "./project";

const project = new Project();
afterAll(() => project.remove());

test("stacks come in the order of their dependencies, with those whose outputs they read", () => {
  const stacks = readStacks(project.folder);
  expect(stacks.map(({ name, reads }) => [name, reads])).toEqual([
    ["apart", []],
    ["store", []],
    ["reader", ["store"]],
  ]);
  expect(selected(stacks, ["store"]).map(({ name }) => name)).toEqual(["store"]);
  expect(() => selected(stacks, ["stores"])).toThrow("stores: is no stack; there are apart, store, reader");
});

test("states are the same whose backends name the same place", () => {
  const s3 = (key: string) => stateIdentity("/a", "s3", { bucket: "b", key, region: "eu-west-1" });
  expect(s3("x")).toBe(stateIdentity("/b", "s3", { bucket: "b", key: "x", region: "eu-north-1" }));
  expect(s3("x")).not.toBe(s3("y"));
  expect(stateIdentity("/a", "local", {})).not.toBe(stateIdentity("/b", "local", {}));
  expect(stateIdentity("/a/b", "local", { path: "../c" })).toBe(stateIdentity("/a", "local", { path: "c" }));
});

describe("a folder that is no output of a synthesis", () => {
  const folder = mkdtempSync(join(tmpdir(), "stacks-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const entry = (synthesizedStackPath: string, ...dependencies: string[]) => ({ synthesizedStackPath, dependencies });

  test.each<[string, unknown, RegExp]>([
    ["lists nothing", { stacks: {} }, /manifest\.json: lists no stack/],
    ["leads elsewhere", { stacks: { a: entry("../../x") } }, /the stack "a" has no file in this folder/],
    ["has a name that is a path", { stacks: { "../a": entry("cdk.tf.json") } }, /the stack "\.\.\/a"/],
    ["names what is not there", { stacks: { a: entry("none.json") } }, /none\.json, which is not there/],
    [
      "goes in a circle",
      { stacks: { a: entry("cdk.tf.json", "b"), b: entry("cdk.tf.json", "a") } },
      /a, b depend on each other in a circle/,
    ],
  ])("because it %s", (_, manifest, message) => {
    writeFileSync(join(folder, "cdk.tf.json"), "{}");
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    expect(() => readStacks(folder)).toThrow(message);
  });

  test("because it has no manifest", () => {
    expect(() => readStacks(tmpdir())).toThrow(/is no cdktf output folder .* run `enclave synth` first/);
  });
});

describe("a schedule", () => {
  /** Jobs that note when they begin, and end when they are let. */
  const jobsOf = (after: Readonly<Record<string, readonly string[]>>, failing?: string) => {
    const begun: string[] = [];
    let most = 0;
    let running = 0;
    const jobs = Object.entries(after).map(([name, names]) => ({
      name,
      after: names,
      run: async () => {
        begun.push(name);
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        if (name === failing) throw new Error(`${name} failed`);
      },
    }));
    return { jobs, begun, most: () => most };
  };

  test("runs each job behind those it depends on, as many at once as there is room for", async () => {
    const { jobs, begun, most } = jobsOf({ c: ["a", "b", "elsewhere"], a: [], b: ["a"], d: [], e: [] });
    await runAll(jobs, 2);
    expect(begun.indexOf("c")).toBeGreaterThan(begun.indexOf("b"));
    expect(begun.indexOf("b")).toBeGreaterThan(begun.indexOf("a"));
    expect([begun.length, most()]).toEqual([5, 2]);
  });

  test("begins nothing more when one has failed", async () => {
    const { jobs, begun } = jobsOf({ a: [], b: ["a"], c: ["b"] }, "a");
    await expect(runAll(jobs, 2)).rejects.toThrow("a failed");
    expect(begun).toEqual(["a"]);
  });

  test("one at a time, after a failure too", async () => {
    const { jobs, begun, most } = jobsOf({ a: [], b: [], c: [] }, "a");
    const next = oneAtATime();
    const results = await Promise.allSettled(jobs.map(({ run }) => next(run)));
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect([begun, most()]).toEqual([["a", "b", "c"], 1]);
  });
});
