/** All built-in functions, by name. */
import { conversions } from "./conversion";
import type { FunctionSpec } from "./define";
import { encoding } from "./encoding";

export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  [conversions, encoding].flatMap((family) => Object.entries(family)),
);
