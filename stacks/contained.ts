/** Synthesis that fails unless its result is proved contained, whoever runs it. */
import type { Enclave } from "../constructs";
import { type Report, renderText, verify } from "../policies";
import { synthesize } from "./index";

/** The synthesized enclave may let data out; the message shows by which path, or what could not be decided. */
export class NotContainedError extends Error {
  constructor(readonly report: Report) {
    super(renderText(report));
    this.name = "NotContainedError";
  }
}

/**
 * Synthesizes an enclave and proves the result contained. What was synthesized stays in the folder either way, so that
 * it can be looked at.
 *
 * @param outdir folder for the result; cdktf's own default (`CDKTF_OUTDIR`, else `cdktf.out`) if left out
 * @throws NotContainedError if the verdict is not `contained`
 */
export async function synthesizeContained(enclave: Enclave, outdir?: string): Promise<Report> {
  const { name, countries } = enclave.boundary;
  const report = await verify([synthesize(enclave, outdir)], { boundary: { name, countries: new Set(countries) } });
  if (report.verdict !== "contained") throw new NotContainedError(report);
  return report;
}
