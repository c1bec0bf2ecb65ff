#!/usr/bin/env node
/** The `enclave` command: one file per subcommand, thin. */
import { Command, CommanderError } from "commander";
import { Failure } from "../delivery/failure";
import { InputError } from "../policies/configuration/errors";
import { printable } from "../policies/report/escape";
import { VERSION } from "../policies/report/version";
import { applyCommand } from "./commands/apply";
import { attestCommand } from "./commands/attest";
import { completionCommand } from "./commands/completion";
import { driftCommand } from "./commands/drift";
import { explainCommand } from "./commands/explain";
import { inventoryCommand } from "./commands/inventory";
import { modelsCommand } from "./commands/models";
import { pathsCommand } from "./commands/paths";
import { planCommand } from "./commands/plan";
import { rehearseCommand } from "./commands/rehearse";
import { synthCommand } from "./commands/synth";
import { verifyCommand } from "./commands/verify";
import { ignoreClosedPipes } from "./output";

/** The exit code for input that can't be read and for a wrong command line. */
const UNREADABLE = 3;

const ONE_LINE = {
  outputError: (text: string, write: (text: string) => void) =>
    write(`enclave: ${printable(text.trim().replace(/^error: /, "")).replace(/\\u000a/g, " ")}\n`),
};

async function main(argv: readonly string[]): Promise<void> {
  ignoreClosedPipes();
  const program = new Command("enclave")
    .description("A European data enclave as code, and the proof that nothing in it leaves its boundary")
    .exitOverride()
    .version(VERSION);
  const commands = [
    synthCommand(),
    verifyCommand(),
    explainCommand(),
    pathsCommand(),
    modelsCommand(),
    inventoryCommand(),
  ];
  commands.push(planCommand(), applyCommand(), attestCommand(), driftCommand(), rehearseCommand());
  for (const command of [...commands, completionCommand(program)]) {
    program.addCommand(answering(command));
  }
  program.configureOutput(ONE_LINE);
  try {
    await program.parseAsync(argv as string[]);
  } catch (error) {
    process.exitCode = failed(error);
  }
}

/** One line for a mistake; what can be said instead is a question of its own (--help). */
function answering(command: Command): Command {
  command.commands.forEach(answering);
  return command.exitOverride().configureOutput(ONE_LINE);
}

/** One clear line on stderr, never a stack trace for something the user can mend. */
function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNREADABLE;
  if (error instanceof InputError || error instanceof Failure) {
    process.stderr.write(`enclave: ${printable(error.message)}\n`);
    return UNREADABLE;
  }
  if (process.env.ENCLAVE_DEBUG) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`enclave: internal error: ${printable(reason)} (ENCLAVE_DEBUG=1 shows where)\n`);
  return UNREADABLE;
}

void main(process.argv);
