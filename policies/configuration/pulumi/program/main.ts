/**
 * The process that runs a Pulumi program. It is bundled into one script and started by ../run.ts with a `Job` in a
 * global variable; what becomes of the program is written to file descriptor 3 as an `Outcome`.
 */
import { writeSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, relative, sep } from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import type { Graph, Job, Outcome } from "../graph";
import { Callbacks } from "./callbacks";
import { deferSeldomUsed } from "./deferred";
import { Following } from "./following";
import { isolate } from "./isolation";
import { Markers } from "./markers";
import { Registration } from "./registration";

const globals = globalThis as { enclaveJob?: Job };
const job = globals.enclaveJob!;
delete globals.enclaveJob;

let answered = false;

function answer(outcome: Outcome): never {
  if (!answered) {
    answered = true;
    const bytes = Buffer.from(JSON.stringify(outcome));
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(3, bytes, at);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") break;
        // The reader is slower; it is waited for without giving the program a turn.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      }
    }
  }
  process.exit(0);
}

/** Where in the program's own files an error comes from. */
function placeOf(stack: string | undefined): string | undefined {
  const folder = dirname(job.file) + sep;
  for (const [, file, position] of (stack ?? "").matchAll(/\(?(?:file:\/\/)?(\/[^()\n]+?):(\d+:\d+)\)?$/gm)) {
    if (file.startsWith(folder) && !file.includes(`${sep}node_modules${sep}`)) {
      return `${relative(folder, file)}:${position}`;
    }
  }
  return undefined;
}

/** What could not be followed so far, which may be why it fails. */
let unfollowed: () => string | undefined = () => undefined;

function failed(error: unknown): never {
  process.setSourceMapsEnabled(true);
  const { code, message, stack } = (typeof error === "object" && error !== null ? error : {}) as NodeJS.ErrnoException;
  const place = placeOf(stack);
  const refused = code === "ERR_ACCESS_DENIED" ? "writes files or starts other processes, which it can't here: " : "";
  const [line = ""] = String(message ?? error)
    .split("\n")
    .filter((one) => one.trim() !== "");
  const text = refused === "" ? `the program fails: ${line}` : `the program ${refused}${line}`;
  const note = unfollowed();
  return answer({ error: `${text.slice(0, 500)}${note ? ` (${note})` : ""}`, ...(place && { place }) });
}

function run(): void {
  const load = createRequire(job.file);
  let entry: string;
  try {
    entry = load.resolve("@pulumi/pulumi");
  } catch {
    answer({ error: "@pulumi/pulumi is not installed beside the program; install its dependencies first" });
  }
  deferSeldomUsed(dirname(entry));
  const pulumi = load(entry) as typeof Pulumi;
  const markers = new Markers(job.nonce);
  const following = new Following(markers, new Callbacks(() => load(job.parser)), dirname(entry) + sep);
  following.patch((pulumi.Output as unknown as { prototype: Parameters<Following["patch"]>[0] }).prototype);
  const registration = new Registration(pulumi, load, markers, following, job);
  unfollowed = () => markers.notes[0]?.message;
  let settled = false;
  process.on("beforeExit", () => {
    if (!settled) answer({ error: "the program never settles: something that it waits for does not come" });
    const graph: Graph = { ...registration.found(), markers: markers.all, notes: markers.notes };
    answer({ graph });
  });
  registration
    .start(async () => {
      const module = new Module(job.file) as Module & { _compile(text: string, file: string): void };
      module.filename = job.file;
      module.paths = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(
        dirname(job.file),
      );
      // The program begins by turning them off again: the runtime makes a stack trace of every promise.
      process.setSourceMapsEnabled(true);
      module._compile(job.program, job.file);
      const exported = module.exports as { default?: unknown } | (() => unknown);
      const main = typeof exported === "function" ? exported : exported.default;
      return typeof main === "function" ? await main() : exported;
    })
    .then(() => {
      settled = true;
    }, failed);
}

process.on("uncaughtException", failed);
process.on("unhandledRejection", failed);
process.on("exit", () => {
  if (!answered) answer({ error: "the program ends the process before it has settled" });
});
isolate((attempt) => answer({ error: `the program ${attempt}, which it can't here` }));
run();
