import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inventoryCommand } from "../../cli/commands/inventory";

let folder: string;
let printed: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "enclave-inventory-"));
  printed = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

const file = (name: string, ...keys: string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, keys.map((key) => `"b","${key}","4","${"a".repeat(32)}"`).join("\n"));
  return path;
};
const compare = (source: string, landed: string) =>
  inventoryCommand().parseAsync([source, landed, "--landed-root", "data/sg/"], { from: "user" });

it("says that everything has landed", async () => {
  await compare(file("source", "u/1", "u/2"), file("landed", "data/sg/u/1", "data/sg/u/2"));
  expect(printed).toBe("u: 2 objects, 8 bytes listed; 2 objects, 8 bytes landed\n");
  expect(process.exitCode).toBe(0);
});

it("names what is missing", async () => {
  await compare(file("source", "u/1", "v/2"), file("landed", "data/sg/u/1"));
  expect(printed).toContain("v: 1 objects, 4 bytes listed; 0 objects, 0 bytes landed\n  1 missing: v/2\n");
  expect(process.exitCode).toBe(1);
});

it("names the file that can't be read", async () => {
  await expect(compare(join(folder, "none"), file("landed"))).rejects.toThrow(/none: ENOENT/);
  await expect(compare(file("source", "u/1"), file("landed", "u/1"))).rejects.toThrow(
    /landed: line 1 of the inventory: u\/1 does not begin with data\/sg\//,
  );
});
