/**
 * Jest matchers for cdktf apps and plans of one's own.
 *
 *     import "european-data-enclave/testing";
 *     await expect(stack).toStayInside("EEA");
 *     await expect("plan.json").toStayInside("EEA", { trust: "trust.json" });
 *     await expect("plan.json").toKeepInside("aws_s3_bucket.users", "EEA");
 *
 * A failure prints the path by which data leaves, or what could not be decided.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Report, renderText, type VerifyOptions, verify } from "..";

/** A path, a construct tree's stack or app, or a plan or configuration as an object. */
export type Subject = string | object;

interface Outcome {
  readonly pass: boolean;
  readonly message: () => string;
}

async function report(subject: Subject, boundary: string, options: VerifyOptions): Promise<Report> {
  if (typeof subject === "string") return verify([subject], { ...options, boundary });
  const folder = mkdtempSync(join(tmpdir(), "enclave-"));
  try {
    const file = join(folder, "subject.tf.json");
    writeFileSync(file, JSON.stringify(synthesized(subject)));
    return await verify([file], { ...options, boundary });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A cdktf stack synthesizes itself; anything else is taken as the JSON that it is. */
function synthesized(subject: object): unknown {
  if ("toTerraform" in subject && typeof subject.toTerraform === "function") {
    if ("prepareStack" in subject && typeof subject.prepareStack === "function") subject.prepareStack();
    return subject.toTerraform();
  }
  return subject;
}

const outcome = (pass: boolean, shown: Report): Outcome => ({
  pass,
  message: () =>
    (pass ? "expected a path to leave, or something undecided; all stays inside\n\n" : "") + renderText(shown),
});

export const matchers = {
  /** Everything in the stack, plan or configuration stays inside the boundary. */
  async toStayInside(subject: Subject, boundary: string, options: VerifyOptions = {}): Promise<Outcome> {
    const shown = await report(subject, boundary, options);
    return outcome(shown.verdict === "contained", shown);
  },

  /** No path leaves from, or because of, the resource with this address, and nothing about it is undecided. */
  async toKeepInside(
    subject: Subject,
    address: string,
    boundary: string,
    options: VerifyOptions = {},
  ): Promise<Outcome> {
    const shown = await report(subject, boundary, options);
    const escapes = shown.escapes.filter(
      (one) => one.resource === address || one.path.some((step) => step.by === address),
    );
    const undecided = shown.undecided.filter((one) => one.resource === address);
    return outcome(escapes.length === 0 && undecided.length === 0, { ...shown, escapes, undecided });
  },
};

declare global {
  namespace jest {
    interface Matchers<R> {
      toStayInside(boundary: string, options?: VerifyOptions): Promise<R>;
      toKeepInside(address: string, boundary: string, options?: VerifyOptions): Promise<R>;
    }
  }
}

const jestExpect = (globalThis as { expect?: { extend?: (matchers: object) => void } }).expect;
jestExpect?.extend?.(matchers);
