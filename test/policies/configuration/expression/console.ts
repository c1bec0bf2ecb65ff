/** Asks the real Terraform binary what expressions are worth, hundreds of them in one process. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** What Terraform says: the JSON text of the value, or nothing if it refuses the expression. */
export type Answer = string | undefined;

const refused = "!refused";

/** A folder with a configuration of these files, which goes when the work is done. */
export function inFolder<T>(files: Record<string, string>, work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "expression-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nothing of the user's settings, and no question to the makers whether there is a newer version. */
const environment = { ...process.env, TF_CLI_CONFIG_FILE: "", CHECKPOINT_DISABLE: "1" };

function console(folder: string, line: string): string {
  const result = spawnSync("terraform", ["console", "-no-color"], {
    cwd: folder,
    input: `${line}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: environment,
  });
  if (result.status !== 0) throw new Error(`terraform console failed: ${result.stderr}${result.stdout.slice(0, 2000)}`);
  return result.stdout;
}

/**
 * The values of templates, each evaluated on its own inside `templatestring`, so that even one that can't be read
 * does not disturb the others. `variables` is written in Terraform's language.
 */
export function askTemplates(
  templates: readonly string[],
  variables: string,
  files: Record<string, string> = {},
): Answer[] {
  const t = templates.map((text) => text.replace(/[$%]/g, '${"$&"}'));
  const calls = templates.map((_, i) => `templatestring(local.t[${i}], local.variables)`);
  return ask(calls, { t, variables: `\${${variables}}` }, files);
}

function ask(calls: readonly string[], locals: object, files: Record<string, string>): Answer[] {
  const answers = calls.map((call) => `\${try(${call}, "${refused}")}`);
  const main = JSON.stringify({ locals: { ...locals, answers } });
  return inFolder({ "main.tf.json": main, ...files }, (folder) => {
    const output = console(folder, "base64encode(jsonencode(local.answers))");
    if (!/^"[^"]*"\s*$/.test(output)) throw new Error(`terraform console did not answer: ${output.slice(0, 2000)}`);
    const decoded: string[] = JSON.parse(Buffer.from(JSON.parse(output), "base64").toString());
    return decoded.map((answer) => (answer === refused ? undefined : answer));
  });
}

/** The values of expressions that read files, which `templatestring` does not let them; all must be well formed. */
export function askInPlace(expressions: readonly string[], files: Record<string, string>): Answer[] {
  return ask(
    expressions.map((expression) => `jsonencode(${expression})`),
    {},
    files,
  );
}

/** The values of expressions, as JSON. */
export function askExpressions(
  expressions: readonly string[],
  variables = "{}",
  files?: Record<string, string>,
): Answer[] {
  return askTemplates(
    expressions.map((expression) => `\${jsonencode(${expression})}`),
    variables,
    files,
  );
}

interface Signature {
  readonly parameters?: readonly { readonly name: string; readonly is_nullable?: boolean }[];
  readonly variadic_parameter?: object;
}

/** The built-in functions of this Terraform. */
export function askSignatures(): Record<string, Signature> {
  const result = spawnSync("terraform", ["metadata", "functions", "-json"], {
    encoding: "utf8",
    env: environment,
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) throw new Error(`terraform metadata functions failed: ${result.stderr}`);
  return JSON.parse(result.stdout).function_signatures;
}
