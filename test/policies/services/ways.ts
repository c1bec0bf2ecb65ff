/** Tests the ways out that a table of models names: led outside, led inside, and not known. */
import { findings, judge } from "./harness";

type Values = Readonly<Record<string, unknown>>;

/** What to put at an attribute so that it leads outside and inside. */
const TARGETS = {
  region: ["us-east-1", "eu-north-1"],
  zone: ["us-east-1a", "eu-west-1b"],
  arn: ["arn:aws:sqs:eu-west-1:444455556666:x", "arn:aws:sqs:eu-west-1:222222222222:x"],
  account: ["444455556666", "222222222222"],
  bucket: [`\${aws_s3_bucket.london.bucket}`, `\${aws_s3_bucket.dublin.bucket}`],
  "bucket-arn": [`\${aws_s3_bucket.london.arn}`, "arn:aws:s3:::enclave-archive"],
  s3uri: [`s3://\${aws_s3_bucket.london.bucket}/in`, `s3://\${aws_s3_bucket.dublin.bucket}/in`],
  url: ["https://collector.example.com/in", "https://203.0.113.10/in"],
  host: ["files.example.com", "203.0.113.10"],
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
  readonly list?: boolean;
}

/** The buckets that the targets name. */
const BUCKETS: Values = {
  dublin: { bucket: "enclave-dublin" },
  london: { bucket: "enclave-london", region: "eu-west-2" },
};

function resources({ type, at, with: others = {}, list }: Way, value: string) {
  const way = put(others, at.split("."), list ? [value] : value);
  const [, bucket] = /aws_s3_bucket\.(\w+)/.exec(value) ?? [];
  const buckets = bucket ? { [bucket]: BUCKETS[bucket] } : {};
  return type === "aws_s3_bucket" ? { [type]: { ...buckets, way } } : { aws_s3_bucket: buckets, [type]: { way } };
}

/** A copy of the arguments with a value at a path; blocks on the way are lists of one. */
function put(values: Values, [name, ...rest]: readonly string[], value: unknown): Values {
  if (rest.length === 0) return { ...values, [name]: value };
  const block = values[name];
  const inner = (Array.isArray(block) ? block[0] : block) as Values | undefined;
  return { ...values, [name]: [put(inner ?? {}, rest, value)] };
}

export function waysOut(ways: readonly Way[]): void {
  const named = ways.map((way) => ({ ...way, name: `${way.type} ${way.at}` }));

  test.each(named)("$name leads out", async (way) => {
    const report = await judge(resources(way, TARGETS[way.form][0]));
    expect(findings(report)).toContainEqual(expect.stringMatching(new RegExp(` -> .* by ${way.channel}$`)));
    expect(report.verdict).toBe("escapes");
  });

  test.each(named)("$name stays inside", async (way) => {
    expect(findings(await judge(resources(way, TARGETS[way.form][1])))).toEqual([]);
  });

  test.each(named)("$name is not known", async (way) => {
    const report = await judge(resources(way, `\${var.unknown}`), { variable: { unknown: {} } });
    expect(report.undecided.map(({ resource }) => resource)).toContain(`${way.type}.way`);
    expect(report.verdict).toBe("undecided");
  });
}
