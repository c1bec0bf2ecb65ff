/** The `terraform` or `tofu` on the PATH: found, its version checked, and run in the folder of a stack. */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, createWriteStream, existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, join, resolve as resolvePath } from "node:path";
import { Failure } from "./failure";

/** The first versions whose plans in JSON have format 1.2 (import blocks, checks), which is what is judged. */
const oldest: Readonly<Record<string, readonly [number, number]>> = { terraform: [1, 5], tofu: [1, 6] };

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether this process was told to stop meanwhile. */
  readonly interrupted: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** A file that gets what would be returned as `stdout`. */
  readonly into?: string;
  /** Gets each line of output as it comes. */
  readonly onLine?: (line: string) => void;
  /**
   * For what must not be cut off: a signal to this process is handed on as the one that lets Terraform end what it is
   * doing and save the state, and this process waits for that.
   */
  readonly finishing?: boolean;
}

export class Terraform {
  private constructor(
    readonly name: "terraform" | "tofu",
    readonly path: string,
    readonly version: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /**
   * @param environment what it runs with, beside what makes it quiet and keeps it from asking
   * @throws Failure if there is none, or an old one
   */
  static async find(environment: NodeJS.ProcessEnv = process.env): Promise<Terraform> {
    for (const name of ["terraform", "tofu"] as const) {
      const path = onPath(name, environment);
      if (!path) continue;
      const unversioned = new Terraform(name, path, "", quiet(environment));
      const { stdout } = await unversioned.run(["version", "-json"], { cwd: process.cwd() });
      const version = versionIn(stdout);
      const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version ?? "")?.map(Number) ?? [];
      if (version === undefined || major === undefined) throw new Failure(`${path}: does not tell its version`);
      const [oldMajor, oldMinor] = oldest[name];
      if (major < oldMajor || (major === oldMajor && minor < oldMinor)) {
        throw new Failure(`${path}: is version ${version}; ${oldMajor}.${oldMinor} or later is needed`);
      }
      return new Terraform(name, path, version, quiet(environment));
    }
    throw new Failure("neither terraform nor tofu is on the PATH; install one of them to plan and to apply");
  }

  /** Whether no other workspace is selected for a folder (https://developer.hashicorp.com/terraform/cli/workspaces). */
  inDefaultWorkspace(folder: string): boolean {
    const { TF_WORKSPACE: selected, TF_DATA_DIR: data = ".terraform" } = this.environment;
    return (selected ?? "default") === "default" && !existsSync(resolvePath(folder, data, "environment"));
  }

  run(args: readonly string[], { cwd, into, onLine, finishing }: RunOptions): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.path, [...args, "-no-color"], {
        cwd,
        env: this.environment,
        stdio: ["ignore", "pipe", "pipe"],
        // In a group of its own, else a terminal's Ctrl-C comes twice, and the second one makes Terraform drop everything.
        detached: finishing,
      });
      const release = finishing ? handingOn(child) : () => false;
      const out: string[] = [];
      const err: string[] = [];
      const lines = lineReader(onLine);
      let written: Promise<void> = Promise.resolve();
      if (into === undefined) {
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          out.push(text);
          lines(text);
        });
      } else {
        const file = createWriteStream(into, { mode: 0o600 });
        written = new Promise((done, failed) => file.on("finish", done).on("error", failed));
        child.stdout.pipe(file);
        // Terraform must not wait for ever for a file that can't be written.
        file.on("error", () => child.kill());
      }
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        err.push(text);
        lines(text);
      });
      child.on("error", reject);
      child.on("close", (code, signal) => {
        const interrupted = release();
        const outcome = { code, signal, interrupted, stdout: out.join(""), stderr: err.join("") };
        written.then(() => resolve(outcome), reject);
      });
    });
  }
}

const stopping = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** @returns what ends it, and tells whether there was something to hand on */
function handingOn(child: ChildProcess): () => boolean {
  let received = false;
  const handOn = () => {
    received = true;
    child.kill("SIGINT");
  };
  for (const signal of stopping) process.on(signal, handOn);
  return () => {
    for (const signal of stopping) process.off(signal, handOn);
    return received;
  };
}

/** Terraform asks nothing, calls nobody, and takes no arguments from the environment that the command did not give. */
function quiet(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^TF_CLI_ARGS/.test(name));
  return { ...Object.fromEntries(kept), TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
}

function onPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (environment.PATH ?? "").split(delimiter)) {
    const path = join(folder || ".", name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

function versionIn(stdout: string): string | undefined {
  try {
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Versions of the providers that `init` chose for a folder, by source, from its lock file
 * (https://developer.hashicorp.com/terraform/language/files/dependency-lock); those that the environment attaches are
 * not in it.
 */
export function providersOf(folder: string): Readonly<Record<string, string>> {
  const path = join(folder, ".terraform.lock.hcl");
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const entries = text.matchAll(/^provider "([^"]+)" \{\s+version\s+= "([^"]+)"/gm);
  return Object.fromEntries([...entries].map(([, source, version]) => [source, version]));
}

function lineReader(onLine: ((line: string) => void) | undefined): (text: string) => void {
  if (!onLine) return () => {};
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
}

/** What an apply may leave that was cut off. */
export const leftover = "what it was making may stand without being in the state, to be imported or deleted by hand";

/** What Terraform said went wrong, as one line: its first error, and what to do where that is not to be seen from it. */
export function complaint({ code, signal, stdout, stderr }: Outcome): string {
  if (signal) return `Terraform was ended by ${signal}`;
  // Errors stand in a frame whose lines begin with one of these.
  const text = `${stderr}\n${stdout}`.replace(/^[│╷╵] ?/gm, "");
  const [, summary, rest = ""] = /^Error: ([^\n]*(?:\n\S[^\n]*)*)([\s\S]{0,600})/m.exec(text) ?? [];
  if (!summary) return `Terraform ended with exit code ${code}`;
  const [where] = /^ *with [^,\n]+/m.exec(rest) ?? [];
  const [, advice] = advices.find(([sign]) => sign.test(text)) ?? [];
  return `${summary.replace(/\s+/g, " ").trim()}${where ? ` (${where.trim()})` : ""}${advice ? `; ${advice}` : ""}`;
}

const advices: readonly (readonly [sign: RegExp, advice: string])[] = [
  [
    /Plugin did not respond|error reading from server|connection error|transport is closing/,
    `the provider has died: ${leftover}`,
  ],
  [
    /errored\.tfstate|Failed to (save|persist) state/,
    "the state lies in errored.tfstate beside the configuration: `terraform state push errored.tfstate` once it can be saved",
  ],
  [
    /Error acquiring the state lock/,
    "somebody else is writing this state, or was cut off: `terraform force-unlock` if nobody is",
  ],
  [/no space left on device/, "there is no space left on the disk; free some, then go on"],
  // Terraform says nothing while it writes a plan to a disk that is full.
  [/Failed to read the given file as a state or plan/, "it was not written whole: see whether the disk has space left"],
];
