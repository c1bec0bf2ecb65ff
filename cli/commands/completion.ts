/** `enclave completion SHELL`: a script that lets a shell complete commands and options. */
import { Argument, Command } from "commander";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** What can be completed: subcommands, each with its long options. */
interface Words {
  readonly name: string;
  readonly about: string;
  readonly options: readonly { readonly name: string; readonly about: string }[];
}

export function completionCommand(program: Command): Command {
  return new Command("completion")
    .description("print a script for a shell's completion")
    .addArgument(new Argument("<shell>", "whose").choices(SHELLS))
    .addHelpText(
      "after",
      '\nExamples:\n  eval "$(enclave completion bash)"\n  enclave completion fish > ~/.config/fish/completions/enclave.fish\n',
    )
    .action((shell: (typeof SHELLS)[number]) => {
      process.stdout.write(SCRIPTS[shell](program.commands.map(words)));
    });
}

const words = (command: Command): Words => ({
  name: command.name(),
  about: command.description(),
  options: command.options
    .filter((option) => option.long !== undefined && option.long !== null)
    .map((option) => ({ name: option.long!, about: option.description })),
});

const quoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (commands: readonly Words[]) => string>> = {
  bash: (commands) => `_enclave() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words
  if [ "$COMP_CWORD" -eq 1 ]; then words=${quoted(commands.map((one) => one.name).join(" "))}; else
    case "\${COMP_WORDS[1]}" in
${commands.map((one) => `      ${one.name}) words=${quoted(one.options.map((option) => option.name).join(" "))} ;;`).join("\n")}
    esac
  fi
  if [[ "$COMP_CWORD" -gt 1 && "$word" != -* ]]; then COMPREPLY=($(compgen -f -- "$word")); else COMPREPLY=($(compgen -W "$words" -- "$word")); fi
}
complete -o filenames -F _enclave enclave
`,
  zsh: (commands) => `#compdef enclave
_enclave() {
  local -a commands
  commands=(${commands.map((one) => quoted(`${one.name}:${one.about.replace(/:/g, "\\:")}`)).join(" ")})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "\${words[2]}" in
${commands
  .map(
    (one) =>
      `    ${one.name}) _arguments ${one.options.map((option) => quoted(`${option.name}[${option.about.replace(/[[\]]/g, "")}]`)).join(" ")} '*:file:_files' ;;`,
  )
  .join("\n")}
  esac
}
compdef _enclave enclave
`,
  fish: (commands) =>
    commands
      .flatMap((one) => [
        `complete -c enclave -n __fish_use_subcommand -a ${one.name} -d ${quoted(one.about)}`,
        ...one.options.map(
          (option) =>
            `complete -c enclave -n '__fish_seen_subcommand_from ${one.name}' -l ${option.name.slice(2)} -d ${quoted(option.about)}`,
        ),
      ])
      .join("\n")
      .concat("\n"),
};
