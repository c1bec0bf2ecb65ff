/**
 * Whether the rehearsal plans as a real `hashicorp/aws` does, where there is one on the machine: the stacks of a site
 * and its data centre. `npm run fidelity` compares all stacks.
 */
import { measureFidelity } from "../../scripts/fidelity/measurement";
import { created, judge, table } from "../../scripts/fidelity/reviewed";
import { findProvider, nowhere } from "../../scripts/real-provider/mirror";
import { synthesizedEnclave } from "../synthesized";
import { hasTerraform } from "../terraform";

const stacks = ["site-hamar", "hamar"];
const search = findProvider();
const { provider } = search;
if (!provider) {
  process.stderr.write(
    `\n*** ${nowhere(search)}: whether the rehearsal plans as it does was not compared; it is optional, in CI too ***\n`,
  );
}

(provider && hasTerraform("the rehearsal's fidelity") ? test : test.skip)(
  "the rehearsal plans as a real provider does, but for differences that were reviewed",
  async () => {
    const { rounds, types } = await measureFidelity(provider!, synthesizedEnclave(), { names: stacks });
    const [{ differences, resources, attributes }] = rounds;
    const { unreviewed, outdated } = judge(differences, types.managed, created);
    expect({ unreviewed: table(unreviewed), outdated }).toEqual({ unreviewed: [], outdated: [] });
    expect(resources).toBeGreaterThan(200);
    expect(attributes).toBeGreaterThan(10 * resources);
  },
  120_000,
);
