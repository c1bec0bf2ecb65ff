import { spawnSync } from "node:child_process";
import { join } from "node:path";

test("the countries on the map are what the script makes of the atlas", () => {
  const root = join(__dirname, "../..");
  const { status, stderr } = spawnSync(
    process.execPath,
    ["-r", "ts-node/register", join(root, "scripts/outlines.ts"), "--check"],
    { cwd: root, encoding: "utf8", env: { ...process.env, NODE_NO_WARNINGS: "1" } },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}, 60_000);
