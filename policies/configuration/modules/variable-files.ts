/**
 * Files that give the root's variables their values: `*.tfvars` are assignments of constants one behind another,
 * `*.tfvars.json` an object whose texts stand for themselves
 * (https://developer.hashicorp.com/terraform/language/values/variables, "Variable Definitions (.tfvars) Files").
 */
import { join } from "node:path";
import { InputError } from "../errors";
import { evaluate } from "../expression";
import { Exhausted, ExpressionError, Failure, fail } from "../expression/errors";
import { Parser } from "../expression/parser";
import type { Scope } from "../expression/scope";
import { filesIn, readBytes, readText } from "../files";
import { isJsonObject, parseJson } from "../json";
import { put } from "../schema/convert";
import type { Value, Values } from "../value";

/** Beyond it a file is no list of values that anybody wrote. */
const maximalSize = 64 * 1024 * 1024;

/** Values from files that Terraform reads by itself, then from those that were asked for; the last one counts. */
export function variableFiles(folder: string, asked: readonly string[]): Values {
  const names = filesIn(folder);
  const automatic = [
    ...names.filter((name) => name === "terraform.tfvars"),
    ...names.filter((name) => name === "terraform.tfvars.json"),
    ...names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name)),
  ];
  const values: Record<string, Value> = {};
  for (const path of [...automatic.map((name) => join(folder, name)), ...asked]) {
    const found = path.endsWith(".json") ? jsonValues(path) : assignments(path, readText(path));
    for (const [name, value] of Object.entries(found)) put(values, name, value);
  }
  return values;
}

function jsonValues(path: string): Values {
  const body = parseJson(path, readBytes(path));
  if (!isJsonObject(body)) throw new InputError(path, "must be an object that gives variables their values");
  return body as Values;
}

const constants: Scope = {
  resolve: ({ root, at }) => {
    const reason = `${root} can't be used in the value of a variable`;
    return at ? refuse(reason, at) : fail(reason);
  },
};

const refuse = (reason: string, at: { line: number; column: number }): never => {
  throw new ExpressionError(reason, at);
};

function assignments(path: string, text: string): Values {
  if (text.length > maximalSize) throw new InputError(path, `is larger than ${maximalSize / 1024 / 1024} MiB`);
  const values: Record<string, Value> = {};
  const parser = new Parser(text);
  try {
    parser.within(true, () => {
      for (;;) {
        while (parser.peek().kind === "newline") parser.read();
        if (parser.peek().kind === "end") return;
        const { text: name, at } = parser.expect("identifier", "the name of a variable");
        if (Object.hasOwn(values, name)) refuse(`${name} is given a value twice`, at);
        parser.expect("=", `"=" and the value of ${name}`);
        put(values, name, evaluate(parser.expression(), constants));
        if (parser.peek().kind !== "end") parser.expect("newline", "the end of the line");
      }
    });
  } catch (error) {
    if (error instanceof ExpressionError)
      throw new InputError(path, error.reason, `${error.at.line}:${error.at.column}`);
    if (error instanceof Failure || error instanceof Exhausted) throw new InputError(path, error.reason);
    throw error;
  }
  return values;
}
