/** The page's script: the layout library and, behind it, the files of `client/`, which run in the browser only. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const FILES = ["topology.js", "tables.js", "main.js"] as const;

export function scripts(): string {
  const library = join(dirname(require.resolve("@dagrejs/dagre/package.json")), "dist");
  const licence = readFileSync(join(library, "dagre.min.js.LEGAL.txt"), "utf8").trim();
  const dagre = readFileSync(join(library, "dagre.min.js"), "utf8").replace(/^\/[/*]# ?sourceMappingURL.*$/m, "");
  const own = FILES.map((name) => readFileSync(join(__dirname, "client", name), "utf8"));
  const text = [licence, dagre.trim(), ...own].join("\n");
  // In a script element nothing is escaped; what would end it must not be there.
  if (/<\/script|<!--/i.test(text)) throw new Error("the page's script holds what ends a script element");
  return text;
}
