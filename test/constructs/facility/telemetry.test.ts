import { dataCentresOf } from "../../../constructs/declaration";
import { annualReport, expressionOf, indicatorNames, indicatorsOf, type Telemetry } from "../../../constructs/facility";
import { enclave } from "../../../enclave";

/** A day of a data centre in the north. */
const day: Telemetry = {
  total: 110_000,
  it: 100_000,
  cooling: 0,
  renewable: 110_000,
  guaranteed: 60_000,
  agreed: 50_000,
  onSite: 0,
  reused: 33_000,
  water: 2,
  potable: 1,
  carbon: 500,
};

describe("the indicators of a day", () => {
  it("are what the standards say", () => {
    expect(indicatorsOf(day)).toEqual({
      pue: 1.1,
      ref: 1,
      erf: 0.3,
      cue: 0.005,
      wue: 0.02,
      coolingShare: 0,
    });
  });

  it.each(indicatorNames)("are computed by CloudWatch as here: %s", (name) => {
    const names = Object.keys(day);
    const compute = new Function(...names, `return ${expressionOf(name)};`);
    expect(compute(...Object.values(day))).toBeCloseTo(indicatorsOf(day)[name], 12);
  });

  it.each([
    [{ it: 0 }, "the information technology used no energy"],
    [{ it: 110_001 }, "energy of the information technology is more than energy of the whole data centre"],
    [{ renewable: 110_001 }, "energy from renewable sources is more than energy of the whole data centre"],
    [{ guaranteed: 110_001 }, "renewable energy by guarantees of origin is more than energy from renewable sources"],
    [{ reused: 110_001 }, "heat that is used outside the data centre is more than"],
    [{ potable: 3 }, "drinking water taken in is more than water taken in"],
    [{ water: -1 }, "water taken in: -1 is no amount"],
    [{ carbon: Number.NaN }, "carbon dioxide of the energy used: NaN is no amount"],
  ])("are refused for telemetry that can't be true: %j", (change, message) => {
    expect(() => indicatorsOf({ ...day, ...change })).toThrow(message);
  });
});

describe("the annual report", () => {
  it("has the regulation's fields", () => {
    const { facility } = dataCentresOf(enclave).find(({ name }) => name === "hamar")!;
    const report = annualReport(facility!, day);
    expect(Object.fromEntries(report.map(({ symbol, value }) => [symbol, value]))).toEqual({
      P_IT: 30_000,
      S_DC: 30_000,
      S_CR: 12_000,
      E_DC: 110_000,
      E_IT: 100_000,
      W_IN: 2,
      "W_IN-POT": 1,
      E_REUSE: 33_000,
      "E_RES-TOT": 110_000,
      "E_RES-GOO": 60_000,
      "E_RES-PPA": 50_000,
      "E_RES-OS": 0,
      PUE: 1.1,
      WUE: 0.02,
      ERF: 0.3,
      REF: 1,
    });
  });
});
