/** HCL as the bodies that Terraform's JSON syntax has, through HashiCorp's own parser (WebAssembly, loaded on demand). */
import { InputError } from "../errors";
import type { Json } from "../json";
import { hclPositions, type Positions } from "./positions";

/** Beyond it the parser takes minutes; whole configurations are a hundredth of it. */
const maximalSize = 16 * 1024 * 1024;

export async function parseHcl(path: string, text: string): Promise<{ body: Json; scan: () => Positions }> {
  if (text.length > maximalSize) throw new InputError(path, `is HCL of more than ${maximalSize / 1024 / 1024} MiB`);
  const { parse } = await import("@cdktf/hcl2json");
  try {
    return { body: (await parse("configuration.tf", text)) as Json, scan: () => hclPositions(text) };
  } catch (error) {
    throw syntaxError(path, error);
  }
}

/** `parse config: [configuration.tf:2,7-3,1: Invalid expression; Expected … configuration.tf:…]`: the first, as our one line. */
function syntaxError(path: string, error: unknown): InputError {
  if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) {
    return new InputError(path, "is nested too deeply to be read as HCL");
  }
  const text = error instanceof Error ? error.message : "";
  const [, line, column, message] =
    /configuration\.tf:(\d+),(\d+)[^:]*: ((?:(?!configuration\.tf:)[^\n])*)/.exec(text) ?? [];
  if (message === undefined) return new InputError(path, "can't be read as HCL");
  return new InputError(path, message.replace("; ", ": ").replace(/[\s;\]]+$/, ""), `${line}:${column}`);
}
