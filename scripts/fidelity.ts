/**
 * How far the rehearsal plans as a real provider does: `npm run fidelity [CDKTF_OUT [STACK…]]`, where a
 * `hashicorp/aws` is on this machine. Prints what its version can't plan and what the two plan otherwise.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enclave } from "../enclave";
import { synthesize } from "../stacks";
import { measureFidelity } from "./fidelity/measurement";
import { findProvider } from "./real-provider/mirror";

async function main(names: readonly string[]): Promise<void> {
  const { provider, searched } = await findProvider();
  if (!provider) throw new Error(`no real provider was found in ${searched.join(", ")}`);
  console.log(`hashicorp/aws ${provider.version}, in ${provider.folder}`);
  const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
  try {
    const { dropped, retired, differences, resources, attributes } = await measureFidelity(
      provider,
      synthesize(enclave, folder),
      names,
    );
    for (const [what, times] of dropped) console.log(`  can't be planned with it: ${what} (${times})`);
    if (retired.length > 0) console.log(`  not compared, as later versions lack it: ${retired.join(", ")}`);
    console.log(
      `${resources} resources with ${attributes} attributes planned; ${differences.length} attributes planned otherwise`,
    );
    const seen = new Map<string, number>();
    for (const { path, real, rehearsed } of differences) {
      const key = `${path}: ${real}, rehearsed ${rehearsed}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    for (const [line, times] of [...seen].sort()) console.log(`  ${String(times).padStart(4)} ${line}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
