import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { type FacilityDeclaration, renewableShare } from "../declaration/facility";
import { expressionOf, type Indicator, indicatorNames, indicators, type Measurement, measurements } from "./telemetry";

export interface FacilityProps {
  /** Start of the names of alarms and dashboard. */
  readonly name: string;
  /** Data centre whose building it is; the dimension of its metrics. */
  readonly dataCentre: string;
  /** Region that the metrics are in. */
  readonly region: string;
  /** What the data centre declares of energy, heat and cooling. */
  readonly declaration: FacilityDeclaration;
  /**
   * Namespace of the metrics that the building's gateway publishes.
   * @default "Enclave/Facility"
   */
  readonly namespace?: string;
  /**
   * How far telemetry may be from a declared share before it is an alarm.
   * @default 0.01
   */
  readonly tolerance?: number;
  /**
   * ARNs of what is told when an alarm rings.
   * @default nobody: alarms are seen on the dashboard
   */
  readonly actions?: readonly string[];
}

/** When an indicator breaks what is declared. */
export interface Limit {
  readonly indicator: Indicator;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
}

/** One day: the indicators swing with the weather and the load within it. */
const period = 86_400;

/**
 * Watches that a building is what it declares: an alarm for each limit and each declared share, and a dashboard of all
 * indicators. A building that says nothing is alarming too.
 */
export class Facility extends Construct {
  readonly alarms: readonly CloudwatchMetricAlarm[];

  constructor(scope: Construct, id: string, props: FacilityProps) {
    super(scope, id);
    this.alarms = limitsOf(props.declaration, props.tolerance).map((limit) => this.alarm(limit, props));
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: `${props.name}-facility`,
      dashboardBody: JSON.stringify({ widgets: indicatorNames.map((name, i) => widget(name, i, props)) }),
    });
  }

  private alarm({ indicator, comparison, threshold }: Limit, props: FacilityProps): CloudwatchMetricAlarm {
    const { of, per, title, standard } = indicators[indicator];
    return new CloudwatchMetricAlarm(this, indicator, {
      alarmName: `${props.name}-${indicator}`,
      alarmDescription: `${title} of ${props.dataCentre} is not what is declared (${standard})`,
      comparisonOperator: comparison,
      threshold,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: "breaching",
      actionsEnabled: true,
      alarmActions: [...(props.actions ?? [])],
      metricQuery: [
        ...[of, per].map((name) => ({
          id: name,
          returnData: false,
          metric: {
            namespace: namespaceOf(props),
            metricName: measurements[name].metric,
            dimensions: { DataCentre: props.dataCentre },
            period,
            stat: "Sum",
          },
        })),
        { id: indicator.toLowerCase(), expression: expressionOf(indicator), label: title, returnData: true },
      ],
    });
  }
}

/** What the telemetry is held against. */
export function limitsOf(declared: FacilityDeclaration, tolerance = 0.01): Limit[] {
  const { limits, heat, cooling } = declared;
  const atMost = (indicator: Indicator, threshold: number): Limit => ({
    indicator,
    comparison: "GreaterThanThreshold",
    threshold,
  });
  const atLeast = (indicator: Indicator, share: number): Limit[] =>
    share > 0 ? [{ indicator, comparison: "LessThanThreshold", threshold: share - tolerance }] : [];
  return [
    atMost("pue", limits.pue),
    atMost("wue", limits.wue),
    atMost("cue", limits.cue),
    ...atLeast("ref", renewableShare(declared)),
    ...atLeast("erf", heat?.reused ?? 0),
    ...(cooling === "free" ? [atMost("coolingShare", tolerance)] : []),
  ];
}

const namespaceOf = ({ namespace }: FacilityProps): string => namespace ?? "Enclave/Facility";

/** Three to a row of the dashboard's 24 columns. */
function widget(name: Indicator, index: number, props: FacilityProps) {
  const { title, unit, of, per } = indicators[name];
  const metric = (id: Measurement) => [
    namespaceOf(props),
    measurements[id].metric,
    "DataCentre",
    props.dataCentre,
    { id, visible: false, stat: "Sum", period },
  ];
  return {
    type: "metric",
    x: (index % 3) * 8,
    y: Math.floor(index / 3) * 6,
    width: 8,
    height: 6,
    properties: {
      title: unit === "1" ? title : `${title} (${unit})`,
      region: props.region,
      view: "timeSeries",
      period,
      metrics: [metric(of), metric(per), [{ id: name.toLowerCase(), expression: expressionOf(name), label: title }]],
    },
  };
}
