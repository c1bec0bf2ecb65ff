/** `enclave inventory SOURCE LANDED`: whether everything that a source lists has landed. */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { compareInventories, isComplete, type Listed, readInventory } from "../../constructs/migration/inventory";
import { InputError } from "../../policies/configuration/errors";
import { printable } from "../../policies/report/escape";

/** Something is missing or different. */
const LOST = 1;

/** No more keys than that are named for each prefix. */
const SHOWN = 5;

interface Options {
  readonly columns: string;
  readonly sourceRoot: string;
  readonly landedRoot: string;
  readonly depth: number;
}

export function inventoryCommand(): Command {
  return new Command("inventory")
    .description("whether everything that a source's inventory lists has landed: count, bytes and checksums by prefix")
    .argument("<source>", "inventory of the source, as Amazon S3 writes it (CSV)")
    .argument("<landed>", "inventory of the landing bucket")
    .option("--columns <names>", "columns of both, as the manifest's fileSchema names them", "Bucket,Key,Size,ETag")
    .option("--source-root <prefix>", "taken off each key of the source", "")
    .option("--landed-root <prefix>", "taken off each key that has landed", "")
    .option("--depth <parts>", "how many parts of a key make its prefix", whole, 1)
    .addHelpText(
      "after",
      `
Exit codes: 0 everything has landed, 1 something is missing or different, 3 unreadable input or wrong command line.

Example:
  enclave inventory singapore.csv landed.csv --landed-root data/singapore/
`,
    )
    .action((source: string, landed: string, options: Options) => {
      const comparison = compareInventories(
        read(source, options.columns, options.sourceRoot),
        read(landed, options.columns, options.landedRoot),
        options.depth,
      );
      const count = ({ objects, bytes }: { objects: number; bytes: number }) => `${objects} objects, ${bytes} bytes`;
      const lines = comparison.flatMap(({ prefix, expected, landed: here, missing, different, unverified }) => [
        `${prefix || "(no prefix)"}: ${count(expected)} listed; ${count(here)} landed`,
        ...named("missing", missing),
        ...named("different", different),
        ...(unverified.length > 0 ? [`  ${unverified.length} of the same length, with no checksum to compare`] : []),
      ]);
      process.stdout.write(`${lines.map(printable).join("\n")}\n`);
      process.exitCode = isComplete(comparison) ? 0 : LOST;
    });
}

const named = (what: string, keys: readonly string[]): string[] =>
  keys.length === 0
    ? []
    : [`  ${keys.length} ${what}: ${keys.slice(0, SHOWN).join(", ")}${keys.length > SHOWN ? ", …" : ""}`];

function read(path: string, columns: string, root: string): Listed[] {
  try {
    const names = columns.split(",").map((name) => name.trim());
    return readInventory(readFileSync(path, "utf8"), names, root);
  } catch (error) {
    throw new InputError(path, (error as Error).message.split("\n")[0]);
  }
}

function whole(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError("must be a whole number.");
  return Number(text);
}
