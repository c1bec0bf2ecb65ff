/**
 * What a verdict costs beside reading its input: CPU of verifying a plan of 20,000 resources over the CPU of
 * `JSON.parse` on the same text, and CPU per resource over that of a tenth of the plan. Each measurement runs in a
 * process of its own, and both sides of a ratio in the same run.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planText } from "./plan";

const SIZE = 20_000;

interface Cost {
  /** CPU seconds of `JSON.parse` and of the whole verification. */
  readonly parse: number;
  readonly verify: number;
  readonly verdict: string;
}

function inOwnProcess(file: string): Cost {
  const child = spawnSync(process.execPath, [join(__dirname, "measure.js"), file], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Cost;
}

export function benchVerify(): void {
  const folder = mkdtempSync(join(tmpdir(), "enclave-bench-"));
  try {
    const costs = [SIZE / 10, SIZE].map((size) => {
      const file = join(folder, `plan-${size}.json`);
      writeFileSync(file, planText(size));
      const cost = inOwnProcess(file);
      const ratio = (cost.verify / cost.parse).toFixed(2);
      console.log(
        `verify, ${size} resources: ${cost.verify.toFixed(2)} s CPU, ${ratio} times JSON.parse (${cost.parse.toFixed(2)} s), verdict ${cost.verdict}`,
      );
      return cost.verify / size;
    });
    console.log(`verify, cost per resource at ${SIZE} over that at ${SIZE / 10}: ${(costs[1] / costs[0]).toFixed(2)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
