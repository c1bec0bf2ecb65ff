/** The program and its subcommands, one file each: what a command line does, and its exit code. */
import { Command, CommanderError } from "commander";
import { Failure } from "../delivery/failure";
import { InputError } from "../policies/configuration/errors";
import { printable } from "../policies/report/escape";
import { VERSION } from "../policies/report/version";
import { completionCommand } from "./commands/completion";

/** The exit code for input that can't be read and for a wrong command line. */
const UNREADABLE = 3;

const ONE_LINE = {
  outputError: (text: string, write: (text: string) => void) =>
    write(`enclave: ${printable(text.trim().replace(/^error: /, "")).replace(/\\u000a/g, " ")}\n`),
};

/** Loaded when named: what a command needs costs more to load than most of them take to run. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  synth: async () => (await import("./commands/synth")).synthCommand(),
  verify: async () => (await import("./commands/verify")).verifyCommand(),
  explain: async () => (await import("./commands/explain")).explainCommand(),
  paths: async () => (await import("./commands/paths")).pathsCommand(),
  models: async () => (await import("./commands/models")).modelsCommand(),
  inventory: async () => (await import("./commands/inventory")).inventoryCommand(),
  plan: async () => (await import("./commands/plan")).planCommand(),
  apply: async () => (await import("./commands/apply")).applyCommand(),
  attest: async () => (await import("./commands/attest")).attestCommand(),
  drift: async () => (await import("./commands/drift")).driftCommand(),
  rehearse: async () => (await import("./commands/rehearse")).rehearseCommand(),
};

/** The command that is asked for; all of them for help, completion and mistakes. */
async function commandsFor(name: string | undefined): Promise<Command[]> {
  const wanted = name !== undefined && Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS);
  return Promise.all(wanted.map((load) => load()));
}

/** Does what the command line says, and sets the exit code of the process. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command("enclave")
    .description("A European data enclave as code, and the proof that nothing in it leaves its boundary")
    .exitOverride()
    .version(VERSION);
  for (const command of await commandsFor(argv[2])) program.addCommand(answering(command));
  program.addCommand(answering(completionCommand(program)));
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
