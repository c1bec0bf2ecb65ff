import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format, inventoryFiles, inventoryFolder, readInventory } from "../../scripts/inventory";

const inventories = readInventory();

test("the committed inventory is what the installed provider gives", () => {
  for (const mode of Object.keys(inventoryFiles) as (keyof typeof inventoryFiles)[]) {
    const committed = readFileSync(join(inventoryFolder, inventoryFiles[mode]), "utf8");
    // Not toBe: a difference of half a megabyte helps nobody. `npm run inventory -- --check` says what to do.
    expect([mode, committed === format(inventories[mode])]).toEqual([mode, true]);
  }
});

test("every module of the package is in it", () => {
  const lib = join(dirname(require.resolve("@cdktf/provider-aws/package.json")), "lib");
  const modules = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const data = modules.filter(({ name }) => name.startsWith("data-aws-"));
  expect(Object.keys(inventories.data.types)).toHaveLength(data.length);
  expect(Object.keys(inventories.managed.types)).toHaveLength(modules.length - data.length - 1);
  expect(Object.keys(inventories.provider.types)).toEqual(["aws"]);
});

test("reading a part gives the same as reading all", () => {
  const part = readInventory(["s3-bucket-acl"]);
  expect(Object.keys(part.managed.types)).toEqual(["aws_s3_bucket_acl"]);
  expect(part.managed.types.aws_s3_bucket_acl.replace(/\d+/g, "")).toBe(
    inventories.managed.types.aws_s3_bucket_acl.replace(/\d+/g, ""),
  );
});
