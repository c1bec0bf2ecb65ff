/** Where the states of stacks are kept. */
import { relative, resolve } from "node:path";
import { App, LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import { type Enclave, pipelineNames } from "../constructs";

/** Keeps a stack's state where the declaration says: beside it, or in the pipeline's bucket. */
export function keepState(stack: TerraformStack, enclave: Enclave): void {
  if (enclave.pipeline?.backend === "s3") keepInBucket(stack, enclave, enclave.pipeline.region);
  else keepLocally(stack, enclave);
}

/** The path is relative so that a synthesis is the same wherever it is made; several enclaves can lie side by side. */
function keepLocally(stack: TerraformStack, { name }: Enclave): void {
  const { outdir } = App.of(stack);
  const workingDirectory = resolve(outdir, "stacks", stack.node.id);
  const file = resolve(`terraform.${name}.${stack.node.id}.tfstate`);
  new LocalBackend(stack, { path: relative(workingDirectory, file) });
}

/**
 * Locked by S3 itself, which takes conditional writes
 * (https://developer.hashicorp.com/terraform/language/backend/s3, "State Locking": `use_lockfile`, Terraform 1.10); cdktf
 * does not know the argument.
 */
function keepInBucket(stack: TerraformStack, enclave: Enclave, region: string): void {
  const { bucket, keyAlias, stateKey } = pipelineNames(enclave);
  new S3Backend(stack, {
    bucket,
    key: stateKey(stack.node.id),
    region,
    encrypt: true,
    kmsKeyId: keyAlias,
    allowedAccountIds: [enclave.pipeline!.account.id],
  });
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
