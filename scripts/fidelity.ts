/**
 * How faithfully the rehearsal plans: `npm run fidelity [STACK…]`, where a real `hashicorp/aws` is on the machine. Every
 * stack is planned with both, to be created, and a site and its data centre also to be edited; what its version can't
 * plan, and what the two plan otherwise, is printed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enclave } from "../enclave";
import { synthesize } from "../stacks";
import { edits } from "./fidelity/edits";
import { measureFidelity } from "./fidelity/measurement";
import { created, edited, judge, table } from "./fidelity/reviewed";
import { findProvider, nowhere } from "./real-provider/mirror";

/** What stands in one account, as the rehearsal must have it that knows no other here. */
const site = ["site-hamar", "hamar"];

async function main(names: readonly string[]): Promise<void> {
  const search = findProvider();
  const { provider } = search;
  if (!provider) throw new Error(nowhere(search));
  const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
  try {
    const source = synthesize(enclave, folder);
    const whole = await measureFidelity(provider, source, { names });
    const standing = await measureFidelity(provider, source, { names: names.length > 0 ? names : site, edits });
    const { dropped, types } = whole;
    const rounds = [...whole.rounds, ...standing.rounds.slice(1)];
    console.log(`hashicorp/aws ${provider.version}, in ${provider.folder}`);
    for (const [what, times] of dropped) console.log(`  left out, as it has no such thing: ${what} (${times})`);
    for (const path of rounds[0].retired)
      console.log(`  not compared, as the rehearsal's version has no such thing: ${path}`);
    for (const { round, resources, attributes, refused, differences } of rounds) {
      const unedited = refused > 0 ? ` (${refused} of them as they are)` : "";
      console.log(
        `${round}: of ${attributes} attributes of ${resources} resources${unedited}, ${differences.length} are planned otherwise`,
      );
      for (const line of table(differences)) console.log(line);
    }
    const [creation, ...changes] = rounds.map(({ differences }) => differences);
    for (const [differences, planned, list] of [
      [creation, types.managed, created],
      [changes.flat(), standing.types.managed, edited],
    ] as const) {
      const { unreviewed, outdated } = judge(differences, planned, list);
      for (const line of table(unreviewed)) console.log(`not reviewed: ${line.trim()}`);
      for (const path of outdated) console.log(`reviewed, but not different any more: ${path}`);
      if (unreviewed.length + outdated.length > 0) process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
