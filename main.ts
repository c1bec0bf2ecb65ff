/**
 * The cdktf app: `enclave.ts`, or the declaration that ENCLAVE_DECLARATION names, → stacks → proof. Exits with 1 if data can leave, with 2 if that can't be decided, with
 * 3 if the declaration is wrong; the reason stands on stderr.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { DeclarationError, type Enclave, OutsideEstateError } from "./constructs";
import { NotContainedError, synthesizeContained } from "./stacks/contained";

async function main(): Promise<void> {
  await synthesizeContained(await declared(process.env.ENCLAVE_DECLARATION));
}

/** What a declaration declares; it is checked when it is imported. */
async function declared(file = "enclave.ts"): Promise<Enclave> {
  const path = resolve(file);
  if (!existsSync(path)) throw new NoDeclarationError(file, "there is no such file");
  const { enclave } = (await import(path)) as { enclave?: Enclave };
  if (!enclave) throw new NoDeclarationError(file, "it exports no enclave");
  return enclave;
}

class NoDeclarationError extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof NotContainedError) return error.report.verdict === "escapes" ? 1 : 2;
  const wrong = [DeclarationError, NoDeclarationError, OutsideEstateError].some((kind) => error instanceof kind);
  if (wrong) return 3;
  throw error;
}

main().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
  process.stderr.write(`${(error as Error).message}\n`);
});
