/** The contract's JSON report, as text. */
import type { FinalReport } from "./report";

export const renderJson = (report: FinalReport): string => `${JSON.stringify(report, null, 2)}\n`;
