/**
 * The cdktf app: `enclave.ts` → stacks → proof. Exits with 1 if data can leave, with 2 if that can't be decided, with
 * 3 if the declaration is wrong; the reason stands on stderr.
 */
import { DeclarationError, OutsideEstateError } from "./constructs";
import { NotContainedError, synthesizeContained } from "./stacks/contained";

async function main(): Promise<void> {
  // Imported here, because it is checked when it is imported.
  const { enclave } = await import("./enclave");
  await synthesizeContained(enclave);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof NotContainedError) return error.report.verdict === "escapes" ? 1 : 2;
  if (error instanceof DeclarationError || error instanceof OutsideEstateError) return 3;
  throw error;
}

main().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
  process.stderr.write(`${(error as Error).message}\n`);
});
