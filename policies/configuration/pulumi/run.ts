/** Runs a Pulumi program in a process of its own, without credentials, network or anything to write to. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { BuildFailure, BuildOptions, Plugin } from "esbuild";
import { InputError } from "../errors";
import { parseJson } from "../json";
import type { Graph, Job, Outcome } from "./graph";
import type { Project } from "./project";

/** How long a program may take, in milliseconds, unless something else is asked for. */
export const TIME_LIMIT = 120_000;

/** What a graph may take as text; one of a hundred thousand resources stays below. */
const LARGEST_ANSWER = 256 * 1024 * 1024;
const MEMORY_MIB = 4096;

/** What a run gives, with the nonce that its markers are made with. */
export interface Run {
  readonly graph: Graph;
  readonly nonce: string;
}

/** @throws InputError if the program fails, is not done in time, or wants what it can't have here */
export async function runProgram(project: Project, timeLimit = TIME_LIMIT): Promise<Run> {
  const nonce = randomBytes(12).toString("hex");
  const job: Job = {
    program: await bundle(project.folder, {
      entryPoints: [project.main],
      absWorkingDir: dirname(project.main),
      plugins: [ownFolders(project.main)],
      sourcemap: "inline",
      banner: { js: "process.setSourceMapsEnabled(false);" },
    }),
    file: project.main,
    project: project.name,
    stack: project.stack,
    organization: "organization",
    config: project.config,
    secrets: project.secrets,
    nonce,
    parser: require.resolve("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js"),
  };
  const script = `globalThis.enclaveJob = ${JSON.stringify(job)};\n${await runner()}`;
  const outcome = await answerOf(project, script, timeLimit);
  if ("error" in outcome) throw new InputError(project.folder, outcome.error, outcome.place);
  return { graph: outcome.graph, nonce };
}

let bundled: Promise<string> | undefined;

/** The process's own code, of which this is the compiled form or not. */
function runner(): Promise<string> {
  const folder = join(__dirname, "program");
  const compiled = join(folder, "main.js");
  const main = existsSync(compiled) ? compiled : join(folder, "main.ts");
  bundled ??= bundle(folder, { entryPoints: [main], absWorkingDir: folder, external: ["@pulumi/*"] });
  return bundled;
}

/** @param folder what an error is about */
async function bundle(folder: string, options: BuildOptions): Promise<string> {
  const { build } = await import("esbuild");
  try {
    const result = await build({
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      packages: "external",
      logLevel: "silent",
      write: false,
      ...options,
    });
    return result.outputFiles![0].text;
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? [];
    if (!first) throw error;
    const { file, line, column } = first.location ?? {};
    const place = file === undefined ? undefined : `${file}:${line}:${(column ?? 0) + 1}`;
    throw new InputError(folder, `the program can't be compiled: ${first.text}`, place);
  }
}

/** In a bundle, every file would take the folder of the first for its own. */
const ownFolders = (main: string): Plugin => ({
  name: "own-folders",
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => {
      const { readFile } = await import("node:fs/promises");
      const text = await readFile(path, "utf8");
      if (dirname(path) === dirname(main) || !/\b__(dirname|filename)\b/.test(text)) return undefined;
      const names = `var __dirname = ${JSON.stringify(dirname(path))}, __filename = ${JSON.stringify(path)};`;
      return { contents: names + text, loader: path.endsWith("ts") ? "ts" : "js" };
    });
  },
});

/** `--permission` since Node 23.5: https://nodejs.org/api/permissions.html */
function permissions(): string[] {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const flag = major > 23 || (major === 23 && minor >= 5) ? "--permission" : "--experimental-permission";
  return [flag, "--allow-fs-read=*"];
}

function answerOf(project: Project, script: string, timeLimit: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const refuse = (message: string): void => reject(new InputError(project.folder, message));
    const child = spawn(
      process.execPath,
      [...permissions(), "--no-warnings", `--max-old-space-size=${MEMORY_MIB}`, "-"],
      // Nothing of the environment is handed on: neither credentials nor what could lead to some.
      { cwd: dirname(project.main), env: { TZ: "UTC" }, stdio: ["pipe", "ignore", "ignore", "pipe"] },
    );
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (message: string): void => {
      child.kill("SIGKILL");
      refuse(message);
    };
    const timer = setTimeout(() => stop(`the program has not settled within ${timeLimit / 1000} seconds`), timeLimit);
    child.stdio[3]!.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST_ANSWER) stop("the program registers more than can be read");
      else chunks.push(chunk);
    });
    child.on("error", (error) => stop(`the program can't be run: ${error.message}`));
    child.on("close", (_code, signal) => {
      clearTimeout(timer);
      if (size === 0) return refuse(`the program ends without an answer${signal ? ` (${signal})` : ""}`);
      try {
        const text = Buffer.concat(chunks);
        resolve(parseJson(relative(".", project.folder) || ".", text) as unknown as Outcome);
      } catch (error) {
        reject(error);
      }
    });
    // A process that has ended already takes no script; its end says why.
    child.stdin!.on("error", () => undefined);
    child.stdin!.end(script);
  });
}
