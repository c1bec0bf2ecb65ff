/** Programs that are run: what is known of their resources, and what is never taken for known. */
import { readConfiguration } from "../../../../policies/configuration/input/read";
import type { Configuration, Resource } from "../../../../policies/configuration/resource";
import { isUnknown, type Value } from "../../../../policies/configuration/value";
import { programFolder, removeFolders } from "./program-folder";

// Each program is a process of its own, which takes its time on a machine that is busy.
jest.setTimeout(120_000);

afterAll(removeFolders);

/** A value for people: `<aws_s3_bucket.users.arn>/*`, `?` for what nobody knows. */
function shown(value: Value): unknown {
  if (!isUnknown(value)) {
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
  }
  if (value.json !== undefined) return { json: shown(value.json) };
  if (value.parts) return value.parts.map(shown).join("");
  if (value.candidates) return { oneOf: value.candidates.length };
  const [{ address, path } = { address: "?", path: "" }] = value.references;
  return value.exact && !address.startsWith("var.") ? `<${address}.${path}>` : "?";
}

describe("a program's values", () => {
  let configuration: Configuration;
  const find = (address: string): Resource => configuration.resources.find((one) => one.address === address)!;
  const values = (address: string) => shown(find(address).values);

  beforeAll(async () => {
    const folder = programFolder(
      `import * as aws from "@pulumi/aws";
      import * as pulumi from "@pulumi/pulumi";
      const config = new pulumi.Config();
      const bucket = new aws.s3.Bucket("users");
      const other = new aws.s3.Bucket("other", { bucket: "o.\${aws:username}.%{x}" });
      const region = aws.getRegionOutput();
      const document = aws.iam.getPolicyDocumentOutput({
        statements: [{ actions: ["s3:GetObject"], resources: [pulumi.interpolate\`\${bucket.arn}/*\`], principals: [{ type: "*", identifiers: ["*"] }] }],
      });
      const zones = aws.getAvailabilityZones({ filters: [{ name: "zone-type", values: ["availability-zone"] }] });
      const certificate = new aws.acm.Certificate("web", { domainName: "a.example", validationMethod: "DNS" });
      const parameter = (name: string, value: pulumi.Input<string>) => new aws.ssm.Parameter(name, { type: "String", value });
      parameter("exact", bucket.arn);
      parameter("interpolated", pulumi.interpolate\`$\${bucket.arn}/x\`);
      parameter("concatenated", pulumi.concat("a-", other.bucket, "-", bucket.id));
      parameter("template", bucket.arn.apply((arn) => \`\${arn}/*\`));
      parameter("json", pulumi.jsonStringify({ Resource: bucket.arn, "\${aws:x}": ['"'] }));
      parameter("split", bucket.arn.apply((arn) => arn.split(":")[4]));
      parameter("compared", bucket.arn.apply((arn) => (arn.startsWith("arn:aws:s3") ? "eu-west-1" : "us-east-1")));
      parameter("keyed", pulumi.all([bucket.id]).apply(([id]) => ({ [id]: "a" })[id]!));
      parameter("length", bucket.arn.apply((arn) => String(arn.length)));
      parameter("liftedLength", pulumi.interpolate\`\${bucket.arn}/x\`.length as unknown as pulumi.Output<string>);
      parameter("parsed", pulumi.jsonParse(bucket.policy).apply((policy) => policy.Version));
      parameter("known", other.bucket.apply((name) => name.toUpperCase()));
      parameter("region", region.name);
      parameter("record", certificate.domainValidationOptions[0].resourceRecordName);
      parameter("zone", zones.then((found) => found.names[0]));
      parameter("all", pulumi.all({ a: bucket.arn, b: ["x", other.arn] }).apply(({ a, b }) => a + "," + b[1]));
      parameter("secret", config.requireSecret("token"));
      parameter("marked", pulumi.secret("hidden"));
      parameter("imported", aws.s3.Bucket.get("shared", "shared-by-others").arn);
      parameter("stack", new pulumi.StackReference("org/net/dev").getOutput("vpc"));
      new aws.s3.BucketPolicy("users", { bucket: bucket.id, policy: document.json });
      new aws.ec2.SecurityGroup("web", { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }] }, { ignoreChanges: ["ingress"] });
      new aws.autoscaling.Group("late", { maxSize: 1, minSize: 1, instanceLifecyclePolicy: { retentionTriggers: {} } } as aws.autoscaling.GroupArgs);
      class Site extends pulumi.ComponentResource {
        constructor(name: string) {
          super("team:Site", name, {});
          new aws.sqs.Queue("queue", {}, { parent: this });
        }
      }
      new Site("one");
      new aws.sqs.Queue("queue");
      new pulumi.CustomResource("aws-native:s3:Bucket", "native", {});
      setTimeout(() => new aws.sqs.Queue("late"), 5);
      bucket.id.apply((id) => new aws.sqs.Queue("hidden-" + id));`,
      { "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n  site:token:\n    secure: v1:abc\n" },
    );
    configuration = await readConfiguration([folder]);
  });

  const arn = "<aws_s3_bucket.users.arn>";

  test.each([
    ["exact", arn],
    ["interpolated", `$${arn}/x`],
    ["concatenated", "a-o.${aws:username}.%{x}-<aws_s3_bucket.users.id>"],
    ["template", `${arn}/*`],
    ["json", { json: { Resource: arn, "${aws:x}": ['"'] } }],
    ["all", `${arn},<aws_s3_bucket.other.arn>`],
    ["known", "O.${AWS:USERNAME}.%{X}"],
    ["region", "eu-west-1"],
    ["record", "<aws_acm_certificate.web.domain_validation_options[0].resource_record_name>"],
    ["zone", { oneOf: 6 }],
    ["marked", "hidden"],
  ])("keep their reference: %s", (name, value) => {
    expect((values(`aws_ssm_parameter.${name}`) as { value: unknown }).value).toEqual(value);
  });

  test.each(["split", "compared", "keyed", "length", "liftedLength", "parsed", "secret", "imported", "stack"])(
    "are never known where the program computes with what only apply tells: %s",
    (name) => {
      expect((values(`aws_ssm_parameter.${name}`) as { value: unknown }).value).toBe("?");
    },
  );

  test("policies, blocks, names of properties are the provider's", () => {
    expect(values("aws_s3_bucket_policy.users")).toEqual({
      bucket: "<aws_s3_bucket.users.id>",
      policy: {
        json: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*`, Principal: "*" }],
        },
      },
    });
    const web = find("aws_security_group.web");
    expect(web.values.ingress).toEqual([
      expect.objectContaining({ protocol: "tcp", from_port: 443, cidr_blocks: ["10.0.0.0/8"] }),
    ]);
    expect(web.lifecycle).toEqual({ ignore_changes: ["ingress"] });
    expect(find("aws_autoscaling_group.late").values).toHaveProperty("instanceLifecyclePolicy");
  });

  test("components are their children, of which the names tell them apart", () => {
    const queues = configuration.resources.filter(({ type }) => type === "aws_sqs_queue");
    expect(queues.map(({ address }) => address).sort()).toEqual([
      "aws_sqs_queue.late",
      "aws_sqs_queue.one_queue",
      "aws_sqs_queue.site-dev_queue",
    ]);
  });

  test("secrets are marked, and other providers' resources kept by their name", () => {
    expect(find("aws_ssm_parameter.marked").sensitive).toEqual(["value"]);
    expect(find("aws_ssm_parameter.secret").sensitive).toEqual(["value"]);
    expect(find("aws-native:s3:Bucket.native").provider.source).toBe("pulumi/aws-native");
  });

  test("what may register resources unseen, and what is awaited, is noted", () => {
    expect(configuration.undecided).toEqual([
      expect.objectContaining({
        resource: "aws_s3_bucket.users",
        attribute: "id",
        message: expect.stringContaining("may register resources"),
      }),
    ]);
    expect(configuration.inputs[0].kind).toBe("pulumi");
  });
});

const refusal = async (program: string, files?: Record<string, string>, programTimeLimit = 20_000): Promise<string> => {
  const folder = programFolder(program, files);
  const error = await readConfiguration([folder], { programTimeLimit }).then(
    () => "was read",
    (reason: Error) => reason.message,
  );
  return error.replaceAll(folder, "FOLDER");
};

const resource = `import { CustomResource, Output, output } from "@pulumi/pulumi";
const queue = (name: string, inputs = {}) => new CustomResource("aws:sqs/queue:Queue", name, inputs);
`;

test.each([
  ["throws", "\nthrow new Error('no such\\nsite');", "FOLDER: index.ts:2:7: the program fails: no such"],
  [
    "does not compile",
    "const = 1;",
    'FOLDER: index.ts:1:7: the program can\'t be compiled: Expected identifier but found "="',
  ],
  [
    "never settles",
    `${resource}queue("a", { name: new Promise(() => undefined) });`,
    "FOLDER: the program never settles: something that it waits for does not come",
  ],
  [
    "opens a connection",
    'import { get } from "node:http"; get("http://169.254.169.254/");',
    "FOLDER: the program opens a network connection to 169.254.169.254, which it can't here",
  ],
  [
    "writes a file",
    'import { writeFileSync } from "node:fs"; writeFileSync("left", "");',
    /^FOLDER: index\.ts:1:\d+: the program writes files or starts other processes, which it can't here/,
  ],
  ["ends the process", "process.exit(0);", "FOLDER: the program ends the process before it has settled"],
  [
    "registers a name twice",
    `${resource}queue("a"); queue("a");`,
    "FOLDER: the program registers urn:pulumi:dev::site::aws:sqs/queue:Queue::a twice",
  ],
])("a program that %s is refused in one line", async (_, program, message) => {
  const refused = await refusal(program);
  if (typeof message === "string") expect(refused).toBe(message);
  else expect(refused).toMatch(message);
});

test("a program that goes on for ever is stopped", async () => {
  expect(await refusal("setInterval(() => undefined, 1000);", {}, 600)).toBe(
    "FOLDER: the program has not settled within 0.6 seconds",
  );
  expect(await refusal("for (;;);", {}, 600)).toBe("FOLDER: the program has not settled within 0.6 seconds");
});

test("a program finds nothing in its environment, and may read files and the clock", async () => {
  process.env.AWS_SECRET_ACCESS_KEY = "secret";
  const folder = programFolder(
    `${resource}import { readFileSync } from "node:fs";
    queue("a", { name: Object.keys(process.env).join(), policy: readFileSync("./policy.json", "utf8"), tags: { now: String(Date.now() > 1) } });`,
    { "policy.json": '{"Statement": []}' },
  );
  const { resources } = await readConfiguration([folder]);
  delete process.env.AWS_SECRET_ACCESS_KEY;
  const [queue] = resources.filter(({ type }) => type === "aws_sqs_queue");
  expect(queue.values).toEqual({ name: "TZ", policy: '{"Statement": []}', tags: { now: "true" } });
});

test("a program may use what of Pulumi's library is loaded late", async () => {
  const folder = programFolder(`${resource}import { parseFunction } from "@pulumi/pulumi/runtime/closure/parseFunction";
    const [failure, parsed] = parseFunction("() => outside");
    queue("a", { name: failure || [...parsed.capturedVariables.required.keys()].join() });`);
  const { resources } = await readConfiguration([folder]);
  expect(resources.find(({ type }) => type === "aws_sqs_queue")?.values).toEqual({ name: "outside" });
});

test("what is otherwise when it is deployed leaves a program undecided", async () => {
  const { undecided } = await readConfiguration([
    programFolder(`import { runtime } from "@pulumi/pulumi";
    ${resource}if (!runtime.isDryRun() || process.env.STAGE === "prod") queue("a");`),
  ]);
  expect(undecided.map(({ resource, message }) => [resource, message.slice(0, 48)])).toEqual([
    ["the program", "the program asks whether it is previewed, and ma"],
    ["the program", "the program reads the environment variable STAGE"],
  ]);
});

test("ten thousand resources are read", async () => {
  const folder = programFolder(`${resource}for (let i = 0; i < 10_000; i++) queue("q" + i, { name: "q" + i });`);
  const { resources } = await readConfiguration([folder]);
  expect(resources.filter(({ type }) => type === "aws_sqs_queue")).toHaveLength(10_000);
});
