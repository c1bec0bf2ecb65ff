/** HCL as the bodies that Terraform's JSON syntax has, through HashiCorp's own parser (WebAssembly, loaded on demand). */
import { InputError } from "./errors";
import type { Json } from "./json";
import type { Locate } from "./module";

export async function parseHcl(path: string, text: string): Promise<{ body: Json; locate?: Locate }> {
  const { parse } = await import("@cdktf/hcl2json");
  try {
    return { body: (await parse("configuration.tf", text)) as Json };
  } catch (error) {
    throw syntaxError(path, error);
  }
}

/** `parse config: [configuration.tf:2,7-3,1: Invalid expression; Expected …]` as our one line. */
function syntaxError(path: string, error: unknown): InputError {
  const text = error instanceof Error ? error.message : String(error);
  const match = /configuration\.tf:(\d+),(\d+)[^:]*: ([^\]]*)/.exec(text);
  if (!match) return new InputError(path, "can't be read as HCL");
  return new InputError(path, match[3].split("; ").slice(0, 2).join(": "), `${match[1]}:${match[2]}`);
}
