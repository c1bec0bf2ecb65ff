/** A report under reviewed exceptions: waived escapes stand apart, and every exception is listed with what became of it. */
import type { Waiver, Waivers } from "../waivers/waivers";
import type { FinalReport, ReportEscape, ReportWaiver, Standing } from "./report";

/**
 * @param today the day of judging, `2026-01-31`; a waiver counts through its last day
 */
export function underWaivers(report: FinalReport, waivers: Waivers, today: string): FinalReport {
  const escapes: ReportEscape[] = [];
  const waived: ReportEscape[] = [];
  const used = new Set<Waiver>();
  for (const escape of report.escapes) {
    const matching = waivers.all.filter((one) => covers(one, escape) && one.until >= today);
    if (matching.length === 0) escapes.push(escape);
    else {
      waived.push(escape);
      for (const one of matching) used.add(one);
    }
  }
  const state = (one: Waiver): ReportWaiver["state"] => {
    if (one.until < today) return "expired";
    return used.has(one) ? "used" : "unused";
  };
  const listed = waivers.all.map((one) => ({ ...one, source: waivers.source, state: state(one) }));
  return {
    ...recounted(report, escapes, waived),
    verdict: verdictOf(report, escapes, waived),
    escapes,
    waived,
    waivers: listed,
  };
}

const covers = (waiver: Waiver, escape: ReportEscape): boolean =>
  waiver.resource === escape.resource &&
  waiver.channel === escape.channel &&
  (waiver.stack === undefined || waiver.stack === escape.stack) &&
  (waiver.destination === undefined || waiver.destination === escape.destination.place);

function verdictOf(
  report: FinalReport,
  escapes: readonly ReportEscape[],
  waived: readonly ReportEscape[],
): FinalReport["verdict"] {
  if (escapes.length > 0) return "escapes";
  if (report.undecided.length > 0) return "undecided";
  return waived.length > 0 ? "contained with waivers" : "contained";
}

/** What escaped only by ways that are waived is counted apart; what is open about it stays open. */
function recounted(
  report: FinalReport,
  escapes: readonly ReportEscape[],
  waived: readonly ReportEscape[],
): FinalReport {
  const key = (stack: string | undefined, address: string) => `${stack ?? ""}\u0000${address}`;
  const escaping = new Set(escapes.map((one) => key(one.stack, one.resource)));
  const excepted = new Set(waived.map((one) => key(one.stack, one.resource)));
  const open = new Set(report.undecided.map((one) => key(one.stack, one.resource)));
  const standing = (stack: string | undefined, address: string, before: Standing): Standing => {
    const id = key(stack, address);
    if (!excepted.has(id) || escaping.has(id)) return before;
    return open.has(id) ? "undecided" : "waived";
  };
  const resources = report.resources.map((one) => ({
    ...one,
    standing: standing(one.stack, one.address, one.standing),
  }));
  const count = (wanted: Standing) => resources.filter((one) => one.standing === wanted).length;
  const summary = {
    ...report.summary,
    escaping: count("escaping"),
    undecided: count("undecided"),
    waived: count("waived"),
  };
  return { ...report, resources, summary };
}
