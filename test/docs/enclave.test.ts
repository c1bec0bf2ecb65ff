import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beyond } from "../../constructs/pipeline";

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
  const tables = page.split(/\n\n/).filter((block) => block.startsWith("| promise | kept by | shown by |\n"));
  const rows = tables.flatMap((table) => table.trim().split("\n").slice(2));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) {
    const [promise, kept, shown] = row.slice(2, -2).split(" | ");
    expect([promise, /`test\/[^`]+`/.test(shown)]).toEqual([promise, true]);
    expect([promise, kept.length > 0]).toEqual([promise, true]);
  }
});

it("leads somewhere with every link, and so does the README", () => {
  const anchors = (text: string) =>
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, "")
        .replaceAll(" ", "-"),
    );
  for (const from of ["docs/enclave.md", "README.md"]) {
    const text = readFileSync(join(root, from), "utf8");
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https:/.test(target)) continue;
      const [path, anchor] = target.split("#");
      const file = path === "" ? join(root, from) : join(root, from, "..", path);
      expect([from, target, existsSync(file)]).toEqual([from, target, true]);
      if (anchor)
        expect([target, anchors(readFileSync(file, "utf8"))]).toEqual([target, expect.arrayContaining([anchor])]);
    }
  }
});

it("names each service that the runner does not reach", () => {
  const part = page.slice(page.indexOf("## Who applies what"), page.indexOf("## The buildings")).replace(/\s+/g, " ");
  for (const name of Object.keys(beyond)) expect(part).toContain(name);
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
