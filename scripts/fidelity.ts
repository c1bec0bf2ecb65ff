/**
 * How faithfully the rehearsal plans: `npm run fidelity [STACK…]`, where a real `hashicorp/aws` is on the machine. Every
 * stack is planned with both; what its version can't plan, and what the two plan otherwise, is printed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enclave } from "../enclave";
import { synthesize } from "../stacks";
import { measureFidelity } from "./fidelity/measurement";
import { judge, table } from "./fidelity/reviewed";
import { findProvider, nowhere } from "./real-provider/mirror";

async function main(names: readonly string[]): Promise<void> {
  const search = findProvider();
  const { provider } = search;
  if (!provider) throw new Error(nowhere(search));
  const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
  try {
    const measured = await measureFidelity(provider, synthesize(enclave, folder), names);
    const { dropped, retired, differences, resources, attributes, types } = measured;
    const { unreviewed, outdated } = judge(differences, types.managed);
    console.log(`hashicorp/aws ${provider.version}, in ${provider.folder}`);
    for (const [what, times] of dropped) console.log(`  left out, as it has no such thing: ${what} (${times})`);
    for (const path of retired) console.log(`  not compared, as the rehearsal's version has no such thing: ${path}`);
    for (const path of outdated) console.log(`  reviewed, but not different any more: ${path}`);
    for (const line of table(differences)) console.log(line);
    console.log(
      `${resources} resources of ${types.managed.length} types: of ${attributes} attributes ${differences.length} are planned otherwise, ${unreviewed.length} of them not reviewed`,
    );
    if (unreviewed.length + outdated.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
