/** All built-in functions, by name; `try`, `can` and `issensitive` are the evaluator's own, as they need the expression. */
import { collections } from "./collection";
import { conversions } from "./conversion";
import { dates } from "./date";
import type { FunctionSpec } from "./define";
import { encoding } from "./encoding";
import { files } from "./filesystem";
import { hashes } from "./hash";
import { networks } from "./network";
import { numeric } from "./numeric";
import { aws } from "./provider";
import { strings } from "./string";

export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  [strings, collections, encoding, numeric, dates, hashes, networks, files, conversions, aws].flatMap((family) =>
    Object.entries(family),
  ),
);
