import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "enclave.md"), "utf8");
/** What stands between backquotes and begins like a path of the project. */
const named = [...page.matchAll(/`((?:constructs|enclaves|handlers|policies|stacks|test)\/[^`\s]*|enclave\.ts)`/g)].map(
  ([, path]) => path,
);
/** The capabilities, each a folder. */
const folders = readdirSync(join(root, "constructs"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it("names only what is there", () => {
  expect(named.length).toBeGreaterThan(40);
  expect([...new Set(named)].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it("names a test beside every construct", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| ") && !/^\| (promise|---)/.test(line));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) {
    const [promise, kept, shown] = row.slice(2, -2).split(" | ");
    expect([promise, /`test\/[^`]+`/.test(shown)]).toEqual([promise, true]);
    expect([promise, kept.length > 0]).toEqual([promise, true]);
  }
});

it("quotes names of tests that are there", () => {
  for (const [, file, names] of page.matchAll(/`(test\/[^`]+\.test\.ts)`((?:, "[^"]+")+)/g)) {
    const tests = readFileSync(join(root, file), "utf8");
    for (const [, name] of names.matchAll(/"([^"]+?)(?: …)?"/g))
      expect([file, tests.includes(name)]).toEqual([file, true]);
  }
});

it("leaves out no construct that is about the promises", () => {
  /** Vocabulary and plumbing that every promise uses. */
  const shared = new Set(["compute", "declaration", "perimeter"]);
  const missing = folders.filter((folder) => !shared.has(folder) && !page.includes(`constructs/${folder}/`));
  expect(missing).toEqual([]);
});
