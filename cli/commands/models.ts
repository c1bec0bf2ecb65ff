/** `enclave models`: what is modelled, and the page that lists it. */
import { existsSync, readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { InputError } from "../../policies/configuration/errors";
import { renderModels } from "../../policies/report/models";
import { services } from "../../policies/services";
import { writeFiles } from "../output";

const PAGE = "policies/services/README.md";

export function modelsCommand(): Command {
  return new Command("models")
    .description("list what is modelled: each service, its resource types, what each is to data")
    .addOption(new Option("--write", `write the list to ${PAGE}`).conflicts("check"))
    .option("--check", `fail if ${PAGE} is not this list`)
    .addHelpText("after", "\nExample:\n  enclave models | grep replication\n")
    .action(({ write, check }: { write?: true; check?: true }) => {
      const text = renderModels(services);
      if (write) writeFiles([{ path: PAGE, text }]);
      else if (!check) process.stdout.write(text);
      else if (!existsSync(PAGE) || readFileSync(PAGE, "utf8") !== text) {
        throw new InputError(PAGE, "is not what the models say; run enclave models --write");
      }
    });
}
