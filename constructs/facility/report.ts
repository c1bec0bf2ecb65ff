/** What an operator tells the European database on data centres once a year. */
import type { FacilityDeclaration } from "../declaration/facility";
import { indicatorsOf, type Measurement, measurements, type Telemetry } from "./telemetry";

/** A field of the report: symbol and unit as in Delegated Regulation (EU) 2024/1364, Annexes II and III. */
export interface ReportField {
  readonly symbol: string;
  readonly unit: string;
  readonly value: number;
}

const asked: readonly Measurement[] = [
  "total",
  "it",
  "water",
  "potable",
  "reused",
  "renewable",
  "guaranteed",
  "agreed",
  "onSite",
];

/**
 * The fields that follow from a declaration and a year's telemetry.
 * @throws RangeError naming what can't be true of the telemetry
 */
export function annualReport(facility: FacilityDeclaration, year: Telemetry): ReportField[] {
  const { pue, wue, erf, ref } = indicatorsOf(year);
  const field = (symbol: string, unit: string, value: number): ReportField => ({ symbol, unit, value });
  return [
    field("P_IT", "kW", facility.itPower),
    field("S_DC", "m²", facility.floor.total),
    field("S_CR", "m²", facility.floor.computerRooms),
    ...asked.map((name) => field(measurements[name].symbol, measurements[name].unit, year[name])),
    field("PUE", "1", pue),
    field("WUE", "l/kWh", wue),
    field("ERF", "1", erf),
    field("REF", "1", ref),
  ];
}
