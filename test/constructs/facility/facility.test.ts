import { dataCentresOf, type FacilityDeclaration } from "../../../constructs/declaration";
import { Facility, indicatorsOf, type Limit, limitsOf, type Telemetry } from "../../../constructs/facility";
import { enclave } from "../../../enclave";
import { ofType, only, resourcesOf } from "../synthesis";

const hamar = dataCentresOf(enclave).find(({ name }) => name === "hamar")!.facility!;
const build = (change: Partial<FacilityDeclaration> = {}, props: object = {}) =>
  resourcesOf((stack) => {
    new Facility(stack, "facility", {
      name: "test",
      dataCentre: "hamar",
      region: "eu-north-1",
      declaration: { ...hamar, ...change },
      ...props,
    });
  });
const alarms = (...args: Parameters<typeof build>) =>
  ofType(build(...args), "aws_cloudwatch_metric_alarm").map(({ values }) => values);

/** A day on which Hamar is what it declares. */
const day: Telemetry = {
  total: 110,
  it: 100,
  cooling: 0,
  renewable: 110,
  guaranteed: 110,
  agreed: 0,
  onSite: 0,
  reused: 33,
  water: 0,
  potable: 0,
  carbon: 0,
};
const rings = ({ indicator, comparison, threshold }: Limit, telemetry: Telemetry) => {
  const value = indicatorsOf(telemetry)[indicator];
  return comparison === "GreaterThanThreshold" ? value > threshold : value < threshold;
};
const ringing = (change: Partial<Telemetry>) =>
  limitsOf(hamar)
    .filter((limit) => rings(limit, { ...day, ...change }))
    .map(({ indicator }) => indicator);

describe("Hamar", () => {
  it("declares hydro power alone, heat handed on, and the climate for cooling", () => {
    expect(hamar.energy).toEqual([{ source: "hydro", share: 1 }]);
    expect(hamar.heat?.reused).toBeGreaterThan(0);
    expect(hamar.cooling).toBe("free");
  });

  it.each([
    ["all is as declared", {}, []],
    ["a tenth of the power is not renewable", { renewable: 99, guaranteed: 99 }, ["ref"]],
    ["the heat stays", { reused: 0 }, ["erf"]],
    ["compressors run", { cooling: 5 }, ["coolingShare"]],
    ["much is lost on the way", { total: 130, renewable: 130 }, ["pue"]],
    ["water evaporates", { water: 1 }, ["wue"]],
    ["carbon is burnt", { carbon: 10 }, ["cue"]],
  ])("when %s", (_, change, expected) => {
    expect(ringing(change)).toEqual(expected);
  });
});

describe("Facility", () => {
  it("has an alarm for each limit, which rings when nothing is heard either", () => {
    const made = alarms();
    expect(made.map(({ alarm_name }) => alarm_name).sort()).toEqual(
      limitsOf(hamar)
        .map(({ indicator }) => `test-${indicator}`)
        .sort(),
    );
    for (const alarm of made) {
      expect(alarm).toMatchObject({ treat_missing_data: "breaching", evaluation_periods: 1, alarm_actions: [] });
      expect(alarm.metric_query.filter((query: { return_data: boolean }) => query.return_data)).toHaveLength(1);
    }
  });

  it("does not watch what is not declared", () => {
    const names = alarms({
      energy: [{ source: "grid", share: 1 }],
      heat: undefined,
      cooling: "mixed",
    }).map(({ alarm_name }) => alarm_name);
    expect(names.sort()).toEqual(["test-cue", "test-pue", "test-wue"]);
  });

  it("tells whom it is told to tell, and reads the namespace it is told to read", () => {
    const [alarm] = alarms({}, { actions: ["arn:aws:sns:eu-north-1:222222222222:alarms"], namespace: "Own" });
    expect(alarm.alarm_actions).toEqual(["arn:aws:sns:eu-north-1:222222222222:alarms"]);
    expect(alarm.metric_query[0].metric.namespace).toBe("Own");
  });

  it("shows every indicator of its own region", () => {
    const { widgets } = JSON.parse(only(build(), "aws_cloudwatch_dashboard").values.dashboard_body);
    expect(widgets.map(({ properties }: { properties: { title: string } }) => properties.title)).toEqual([
      "Power usage effectiveness",
      "Renewable energy factor",
      "Energy reuse factor",
      "Carbon usage effectiveness (kg/kWh)",
      "Water usage effectiveness (l/kWh)",
      "Share of mechanical cooling",
    ]);
    for (const { properties } of widgets) expect(properties.region).toBe("eu-north-1");
  });
});
