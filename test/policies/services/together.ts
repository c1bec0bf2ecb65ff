/** Judges the rows of a table of models together, in one configuration for each question, and reports row by row. */
import type { Report } from "../../../policies";
import { judge } from "./harness";

type Values = Readonly<Record<string, unknown>>;
type Blocks = Record<string, Record<string, unknown>>;

/** What to put at an attribute: where it leads outside, and where inside. */
const TARGETS = {
  region: ["us-east-1", "eu-north-1"],
  zone: ["us-east-1a", "eu-west-1b"],
  arn: ["arn:aws:sqs:eu-west-1:444455556666:x", "arn:aws:sqs:eu-north-1:222222222222:x"],
  abroad: ["arn:aws:sqs:us-east-1:111111111111:x", "arn:aws:sqs:eu-west-1:111111111111:x"],
  account: ["444455556666", "222222222222"],
  principal: ["arn:aws:iam::444455556666:role/x", "arn:aws:iam::222222222222:role/x"],
  bucket: ["${aws_s3_bucket.london.bucket}", "${aws_s3_bucket.dublin.bucket}"],
  "bucket-arn": ["${aws_s3_bucket.london.arn}", "arn:aws:s3:::enclave-archive"],
  "s3-uri": ["s3://${aws_s3_bucket.london.bucket}/in", "s3://${aws_s3_bucket.dublin.bucket}/in"],
  url: ["https://collector.example.com/in", "https://203.0.113.10/in"],
  host: ["files.example.com", "203.0.113.10"],
  cidr: ["198.51.100.0/24", "203.0.113.10/32"],
  redrive: [
    '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:444455556666:x","maxReceiveCount":3}',
    '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:222222222222:x","maxReceiveCount":3}',
  ],
} as const;

export interface Way {
  readonly type: string;
  /** The attribute that leads out: `rule.destination.bucket`. */
  readonly at: string;
  readonly form: keyof typeof TARGETS;
  readonly channel: string;
  /** The other arguments. */
  readonly with?: Values;
  /** The attribute is a list. */
  readonly list?: true;
}

export interface Switch {
  readonly type: string;
  readonly channel: string;
  readonly open: Values;
  /** The same, closed; absent where existence is the path. */
  readonly closed?: Values;
  /** What to leave unknown, if the state can be. */
  readonly unknown?: Values;
}

/** A subnet without a way out, and a group, both in every configuration here. */
export const subnet = "${aws_subnet.isolated.id}";
export const group = "${aws_security_group.closed.id}";

/** A copy of the arguments with a value at a path; blocks on the way are lists of one. */
function put(values: Values, [name, ...rest]: readonly string[], value: unknown): Values {
  if (rest.length === 0) return { ...values, [name]: value };
  const block = values[name];
  const inner = (Array.isArray(block) ? block[0] : block) as Values | undefined;
  return { ...values, [name]: [put(inner ?? {}, rest, value)] };
}

/** All rows as resources of their types, named by their number. */
function together(rows: readonly { readonly type: string; readonly values: Values }[], beside: Blocks): Blocks {
  const resources: Blocks = {
    ...structuredClone(beside),
    aws_s3_bucket: { dublin: { bucket: "enclave-dublin" }, london: { bucket: "enclave-london", region: "eu-west-2" } },
    aws_vpc: { isolated: { cidr_block: "10.0.0.0/16", enable_dns_support: false, enable_dns_hostnames: false } },
    aws_subnet: {
      isolated: { vpc_id: "${aws_vpc.isolated.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" },
    },
    aws_route_table: { isolated: { vpc_id: "${aws_vpc.isolated.id}" } },
    aws_route_table_association: {
      isolated: { subnet_id: "${aws_subnet.isolated.id}", route_table_id: "${aws_route_table.isolated.id}" },
    },
    aws_security_group: { closed: { name: "closed", vpc_id: "${aws_vpc.isolated.id}" } },
  };
  rows.forEach(({ type, values }, i) => {
    resources[type] ??= {};
    resources[type][`row${i}`] = values;
  });
  return resources;
}

const address = (type: string, i: number): string => `${type}.row${i}`;

/** What a report says of one row: the channels it leaves by, the attributes that can't be decided. */
const about = (report: Report, resource: string) => ({
  channels: report.escapes
    .filter((escape) => escape.resource === resource || escape.path.some((step) => step.by === resource))
    .map((escape) => escape.channel),
  undecided: report.undecided.filter((one) => one.resource === resource),
});

/** Each way leads out when its target is outside, stays in when it is inside, and is undecided when it is not known. */
export function ways(rows: readonly Way[], beside: Blocks = {}): void {
  const judged = (value: (row: Way) => unknown): Promise<Report> => {
    const filled = rows.map((row) => ({
      type: row.type,
      values: put(row.with ?? {}, row.at.split("."), row.list ? [value(row)] : value(row)),
    }));
    return judge(together(filled, beside), { variable: { unknown: {} } });
  };
  const named = rows.map((row, i) => ({ ...row, i, name: `${row.type} ${row.at} ${row.form}` }));
  let outside: Report;
  let inside: Report;
  let unknown: Report;
  beforeAll(async () => {
    outside = await judged((row) => TARGETS[row.form][0]);
    inside = await judged((row) => TARGETS[row.form][1]);
    unknown = await judged(() => "${var.unknown}");
  });
  test.each(named)("$name leads out", ({ type, i, channel }) => {
    expect(about(outside, address(type, i)).channels).toContain(channel);
  });
  test.each(named)("$name stays inside", ({ type, i, channel }) => {
    const { channels, undecided } = about(inside, address(type, i));
    expect(channels).not.toContain(channel);
    expect(undecided).toEqual([]);
  });
  test.each(named)("$name is not known", ({ type, i }) => {
    expect(about(unknown, address(type, i)).undecided).not.toEqual([]);
  });
}

/** Each switch lets data out when it is open, not when it is closed, and is undecided when it is not known. */
export function switches(rows: readonly Switch[], beside: Blocks = {}): void {
  const named = rows.map((row, i) => ({ ...row, i, name: `${row.type} ${row.channel}` }));
  const judged = (state: "open" | "closed" | "unknown"): Promise<Report> => {
    const filled = rows.map((row) => ({ type: row.type, values: row[state] ?? row.open }));
    return judge(together(filled, beside), { variable: { unknown: {} } });
  };
  let open: Report;
  let closed: Report;
  let unknown: Report;
  beforeAll(async () => {
    open = await judged("open");
    closed = await judged("closed");
    unknown = await judged("unknown");
  });
  test.each(named)("$name: open", ({ type, i, channel }) => {
    expect(about(open, address(type, i)).channels).toContain(channel);
  });
  const having = (state: "closed" | "unknown") => named.filter((row) => row[state] !== undefined);
  if (having("closed").length > 0) {
    test.each(having("closed"))("$name: closed", ({ type, i, channel }) => {
      const { channels, undecided } = about(closed, address(type, i));
      expect(channels).not.toContain(channel);
      expect(undecided).toEqual([]);
    });
  }
  if (having("unknown").length > 0) {
    test.each(having("unknown"))("$name: not known", ({ type, i, channel }) => {
      const { channels, undecided } = about(unknown, address(type, i));
      expect(channels).not.toContain(channel);
      expect(undecided).not.toEqual([]);
    });
  }
}
