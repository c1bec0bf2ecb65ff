/** `enclave explain ADDRESS [PATH…]`: where one resource stands, what it can send where, and what decides it. */
import { Command } from "commander";
import { verifyProof } from "../../policies";
import { InputError } from "../../policies/configuration/errors";
import { explain } from "../../policies/report/explain";
import { EXIT_CODES, type JudgingArguments, judging, readingOptions } from "../judging";

export function explainCommand(): Command {
  return judging(new Command("explain"))
    .description("for one resource: where it stands, what it can send where, or the path by which it leaves")
    .argument("<address>", "a Terraform address, as reports show it; STACK:ADDRESS where several stacks have it")
    .argument("[path...]", "what to judge", ["cdktf.out"])
    .addHelpText("after", "\nExample:\n  enclave explain aws_s3_bucket.users cdktf.out\n")
    .action(async (address: string, paths: string[], options: JudgingArguments) => {
      const proof = await verifyProof(paths, readingOptions(options));
      const text = explain(proof, address);
      if (text === undefined) throw new InputError(paths.join(", "), `no resource has the address ${address}`);
      process.stdout.write(text);
      process.exitCode = EXIT_CODES[proof.verdict];
    });
}
