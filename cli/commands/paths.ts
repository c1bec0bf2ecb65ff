/** `enclave paths FROM TO [PATH…]`: whether data of one thing can come to another, and how. */
import { Command } from "commander";
import { verifyProof } from "../../policies";
import { InputError } from "../../policies/configuration/errors";
import { paths } from "../../policies/report/paths";
import { type JudgingArguments, judging, readingOptions, withProgress } from "../judging";

/** As grep's: 0 if there is one, 1 if there is none. */
const NONE = 1;

export function pathsCommand(): Command {
  return judging(new Command("paths"))
    .description("whether data of one resource can come to another, to a place or to a party, and how")
    .argument("<from>", "a Terraform address, as reports show it; STACK:ADDRESS where several stacks have it")
    .argument("<to>", "likewise, or a place or party as reports name it")
    .argument("[path...]", "what to judge", ["cdktf.out"])
    .addHelpText(
      "after",
      `
Exit codes: 0 there is a way, 1 there is none, 3 unreadable input or wrong command line.

Example:
  enclave paths aws_s3_bucket.users "the internet" plan.json
`,
    )
    .action(async (from: string, to: string, where: string[], options: JudgingArguments) => {
      const proof = await withProgress("judging", () => verifyProof(where, readingOptions(options)));
      const result = paths(proof, from, to);
      if ("unknown" in result) throw new InputError(where.join(", "), `nothing is called ${result.unknown}`);
      process.exitCode = result.found ? 0 : NONE;
      process.stdout.write(result.text);
    });
}
