import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";

/** What is expected to land of one source. */
export interface Expected {
  readonly source: string;
  readonly objects: number;
  readonly bytes: number;
}

export interface ProgressProps {
  /** Beginning of the dashboard's name. */
  readonly name: string;
  /** Region of the metrics. */
  readonly region: string;
  /** Name of the landing bucket. */
  readonly bucket: string;
  readonly expected: readonly Expected[];
  /** Last day that anything comes in. */
  readonly until: string;
}

/** One day: S3 counts once a day (https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html). */
const period = 86_400;

/** How much has landed of what is expected, and how fast it comes. */
export class Progress extends Construct {
  constructor(scope: Construct, id: string, props: ProgressProps) {
    super(scope, id);
    const sum = (of: (expected: Expected) => number) => props.expected.reduce((total, one) => total + of(one), 0);
    const widgets = [
      text(props),
      landed(
        props,
        "Objects",
        "NumberOfObjects",
        "AllStorageTypes",
        sum(({ objects }) => objects),
      ),
      landed(
        props,
        "Bytes",
        "BucketSizeBytes",
        "StandardStorage",
        sum(({ bytes }) => bytes),
      ),
      fetched(props),
    ];
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: `${props.name}-migration`,
      dashboardBody: JSON.stringify({ widgets }),
    });
  }
}

const text = ({ expected, until }: ProgressProps) => ({
  type: "text",
  x: 0,
  y: 0,
  width: 24,
  height: 3,
  properties: {
    markdown: [
      `The way in closes after ${until}.`,
      ...expected.map(({ source, objects, bytes }) => `- ${source}: ${objects} objects, ${bytes} bytes expected`),
    ].join("\n"),
  },
});

const landed = (props: ProgressProps, title: string, metric: string, storage: string, expected: number) => ({
  type: "metric",
  x: metric === "NumberOfObjects" ? 0 : 12,
  y: 3,
  width: 12,
  height: 6,
  properties: {
    title,
    region: props.region,
    view: "timeSeries",
    stat: "Average",
    period,
    metrics: [["AWS/S3", metric, "BucketName", props.bucket, "StorageType", storage]],
    annotations: { horizontal: [{ label: "expected", value: expected }] },
  },
});

const fetched = ({ region }: ProgressProps) => ({
  type: "metric",
  x: 0,
  y: 9,
  width: 24,
  height: 6,
  properties: {
    title: "Fetched by DataSync",
    region,
    view: "timeSeries",
    stat: "Sum",
    period,
    metrics: [
      [
        {
          expression: `SEARCH('{AWS/DataSync,TaskId} MetricName="BytesTransferred"', 'Sum', ${period})`,
          id: "fetched",
        },
      ],
    ],
  },
});
