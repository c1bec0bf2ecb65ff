/** Bundles of the functions in `handlers/`: TypeScript in, one JavaScript file in a ZIP archive out. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { buildSync } from "esbuild";
import { zipOf } from "./zip";

export interface Bundle {
  readonly archive: Buffer;
  /** SHA-256 of the archive in base64, as Lambda compares it. */
  readonly hash: string;
}

/** What Lambda calls, and the runtime that it is called in. */
export const entry = { handler: "index.handler", runtime: "nodejs22.x" };

/** The names of functions: the folders below `handlers/` that can be entered. */
const functionsIn = (handlers: string): string[] =>
  readdirSync(handlers)
    .filter((name) => existsSync(join(handlers, name, "index.ts")))
    .sort();

/** The folder above this one that has the sources of the functions: of the repository, or of the package. */
function root(): string {
  for (let folder = resolve(__dirname); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "handlers")) && functionsIn(join(folder, "handlers")).length > 0) return folder;
  }
  throw new Error("the folder handlers/ with the sources of the functions is missing");
}

/**
 * Bundles all functions below a folder. The same sources make the same bytes: nothing of the machine, the folder or the
 * time goes into them.
 *
 * @param folder that holds `handlers/`
 * @returns the bundles by the names of their folders
 */
export function bundleAll(folder: string): ReadonlyMap<string, Bundle> {
  const handlers = join(folder, "handlers");
  const out = join(folder, "bundles");
  const { outputFiles } = buildSync({
    absWorkingDir: folder,
    entryPoints: functionsIn(handlers).map((name) => ({ in: join(handlers, name, "index.ts"), out: name })),
    outdir: out,
    write: false,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    // The runtime brings it: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
    external: ["@aws-sdk/*"],
    // Names of files would stand in comments and keys.
    minify: true,
    legalComments: "none",
    charset: "utf8",
    tsconfigRaw: {},
    logLevel: "silent",
  });
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const archive = zipOf("index.js", contents);
      const hash = createHash("sha256").update(archive).digest("base64");
      return [relative(out, path).replace(/\.js$/, ""), { archive, hash }];
    }),
  );
}

/** A bundle that lies in a file. */
export interface BundleFile {
  readonly file: string;
  /** As `Bundle.hash`. */
  readonly hash: string;
}

let bundles: ReadonlyMap<string, Bundle> | undefined;

/**
 * The bundle of a function, in a file that is called by its content; all are made together, once in a process.
 *
 * @throws RangeError if there is no such folder below `handlers/`
 */
export function bundleOf(name: string): BundleFile {
  const folder = root();
  bundles ??= bundleAll(folder);
  const bundle = bundles.get(name);
  if (!bundle) throw new RangeError(`there is no function handlers/${name}`);
  const cache = join(folder, "node_modules", ".cache", "handlers");
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `${name}-${Buffer.from(bundle.hash, "base64").toString("hex").slice(0, 16)}.zip`);
  if (!existsSync(file)) {
    // Whoever reads it meanwhile finds all of it or nothing.
    const part = `${file}.${process.pid}`;
    writeFileSync(part, bundle.archive);
    renameSync(part, file);
  }
  return { file, hash: bundle.hash };
}
