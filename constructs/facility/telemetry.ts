/**
 * What the building measures, and what is computed from it.
 *
 * Symbols and units of measurements are those of Delegated Regulation (EU) 2024/1364, Annex II
 * (http://data.europa.eu/eli/reg_del/2024/1364/oj); indicators are those of its Annex III and of EN 50600-4, which
 * follows ISO/IEC 30134.
 */

interface MeasurementFacts {
  /** Name of the metric. */
  readonly metric: string;
  /** Symbol in the regulation, or of the standard for what the regulation does not ask. */
  readonly symbol: string;
  readonly unit: "kWh" | "m³" | "kg";
  readonly what: string;
}

/** What is measured; each is a sum over the period looked at. */
export const measurements = {
  total: { metric: "TotalEnergy", symbol: "E_DC", unit: "kWh", what: "energy of the whole data centre" },
  it: { metric: "ItEnergy", symbol: "E_IT", unit: "kWh", what: "energy of the information technology" },
  cooling: {
    metric: "MechanicalCoolingEnergy",
    symbol: "E_COOL",
    unit: "kWh",
    what: "energy of compressors that cool",
  },
  renewable: { metric: "RenewableEnergy", symbol: "E_RES-TOT", unit: "kWh", what: "energy from renewable sources" },
  guaranteed: {
    metric: "RenewableEnergyGuaranteed",
    symbol: "E_RES-GOO",
    unit: "kWh",
    what: "renewable energy by guarantees of origin",
  },
  agreed: {
    metric: "RenewableEnergyAgreed",
    symbol: "E_RES-PPA",
    unit: "kWh",
    what: "renewable energy by power purchase agreements",
  },
  onSite: { metric: "RenewableEnergyOnSite", symbol: "E_RES-OS", unit: "kWh", what: "renewable energy made on site" },
  reused: { metric: "ReusedHeat", symbol: "E_REUSE", unit: "kWh", what: "heat that is used outside the data centre" },
  water: { metric: "Water", symbol: "W_IN", unit: "m³", what: "water taken in" },
  potable: { metric: "PotableWater", symbol: "W_IN-POT", unit: "m³", what: "drinking water taken in" },
  carbon: { metric: "CarbonDioxide", symbol: "CO2", unit: "kg", what: "carbon dioxide of the energy used" },
} as const satisfies Record<string, MeasurementFacts>;

export type Measurement = keyof typeof measurements;

/** Sums over one period. */
export type Telemetry = Readonly<Record<Measurement, number>>;

interface IndicatorFacts {
  readonly title: string;
  readonly standard: string;
  readonly unit: "1" | "l/kWh" | "kg/kWh";
  /** The indicator is `factor` × `of` / `per`. */
  readonly of: Measurement;
  readonly per: "total" | "it";
  readonly factor: number;
}

/** What is computed. */
export const indicators = {
  pue: {
    title: "Power usage effectiveness",
    standard: "EN 50600-4-2, ISO/IEC 30134-2",
    unit: "1",
    of: "total",
    per: "it",
    factor: 1,
  },
  ref: {
    title: "Renewable energy factor",
    standard: "EN 50600-4-3, ISO/IEC 30134-3",
    unit: "1",
    of: "renewable",
    per: "total",
    factor: 1,
  },
  erf: {
    title: "Energy reuse factor",
    standard: "EN 50600-4-6, ISO/IEC 30134-6",
    unit: "1",
    of: "reused",
    per: "total",
    factor: 1,
  },
  cue: {
    title: "Carbon usage effectiveness",
    standard: "EN 50600-4-8, ISO/IEC 30134-8",
    unit: "kg/kWh",
    of: "carbon",
    per: "it",
    factor: 1,
  },
  wue: {
    title: "Water usage effectiveness",
    standard: "EN 50600-4-9, ISO/IEC 30134-9",
    unit: "l/kWh",
    of: "water",
    per: "it",
    factor: 1000,
  },
  coolingShare: {
    title: "Share of mechanical cooling",
    standard: "none: shows whether free cooling is free",
    unit: "1",
    of: "cooling",
    per: "total",
    factor: 1,
  },
} as const satisfies Record<string, IndicatorFacts>;

export type Indicator = keyof typeof indicators;
export const indicatorNames = Object.keys(indicators) as readonly Indicator[];

/**
 * The indicators of a period.
 * @throws RangeError naming what can't be true of the telemetry
 */
export function indicatorsOf(telemetry: Telemetry): Record<Indicator, number> {
  requirePlausible(telemetry);
  const value = (name: Indicator) => {
    const { of, per, factor } = indicators[name];
    return (factor * telemetry[of]) / telemetry[per];
  };
  return Object.fromEntries(indicatorNames.map((name) => [name, value(name)])) as Record<Indicator, number>;
}

/** The same as an expression of CloudWatch metric math, in which each measurement goes by its own name. */
export function expressionOf(name: Indicator): string {
  const { of, per, factor } = indicators[name];
  return factor === 1 ? `${of} / ${per}` : `${factor} * ${of} / ${per}`;
}

/** Pairs of which the first can't be more than the second. */
const parts: readonly (readonly [Measurement, Measurement])[] = [
  ["it", "total"],
  ["cooling", "total"],
  ["renewable", "total"],
  ["guaranteed", "renewable"],
  ["agreed", "renewable"],
  ["onSite", "renewable"],
  ["reused", "total"],
  ["potable", "water"],
];

function requirePlausible(telemetry: Telemetry): void {
  for (const name of Object.keys(measurements) as Measurement[]) {
    const value = telemetry[name];
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`${measurements[name].what}: ${value} is no amount`);
  }
  if (telemetry.it === 0)
    throw new RangeError("the information technology used no energy: nothing can be related to it");
  for (const [part, whole] of parts) {
    if (telemetry[part] > telemetry[whole]) {
      throw new RangeError(`${measurements[part].what} is more than ${measurements[whole].what}`);
    }
  }
}
