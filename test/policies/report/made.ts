/** Reports for tests: of labelled configurations, and of a hostile one. */
import { type Proof, verifyConfiguration } from "../../../policies";
import { readConfiguration } from "../../../policies/configuration/input/read";
import { loadTrust } from "../../../policies/geography/trust";
import { type Report, reportOf } from "../../../policies/report/report";
import { cases, trustFile } from "../../fixtures/examples";

const trust = loadTrust(trustFile);

export const caseOf = (id: string) => cases.find((one) => one.id.startsWith(id))!;

export async function proofOf(...paths: string[]): Promise<Proof> {
  return verifyConfiguration(await readConfiguration(paths), { trust });
}

/** The report on the leak of a labelled case. */
export const leakReport = async (id: string): Promise<Report> => reportOf(await proofOf(caseOf(id).leak));

/** What a name can hold that does something somewhere. */
export const EVIL =
  "<img src=x onerror=alert(1)>]]>`` `${{7*7}}|@everyone #1 [x](javascript:alert(1)) --><b>&amp;\u001b[31m\u202eabc\u0007\ud800";

/** A report in which every text that comes from a configuration is hostile. */
export async function hostileReport(): Promise<Report> {
  const report = await leakReport("B01");
  const source = { file: `${EVIL}.tf`, line: 3, construct: EVIL };
  return {
    ...report,
    boundary: { ...report.boundary, name: EVIL },
    inputs: report.inputs.map((input) => ({ ...input, path: EVIL })),
    escapes: report.escapes.map((escape) => ({
      ...escape,
      resource: EVIL,
      stack: EVIL,
      destination: { place: EVIL, countries: [] },
      message: EVIL,
      source,
      path: escape.path.map((step) => ({
        ...step,
        from: EVIL,
        to: EVIL,
        by: EVIL,
        attribute: EVIL,
        value: EVIL,
        why: EVIL,
        source,
      })),
    })),
    undecided: [{ resource: EVIL, stack: EVIL, attribute: EVIL, reason: "unknown-value", message: EVIL, source }],
    assumptions: [{ subject: EVIL, statement: EVIL, source: EVIL }],
    resources: report.resources.map((one) => ({ ...one, address: EVIL, place: EVIL, stack: EVIL })),
  };
}
