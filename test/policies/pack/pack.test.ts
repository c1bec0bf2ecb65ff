/** The policy as the library serves it: through its own handler of the engine's requests, unknown values included. */
import type { StackValidationPolicy } from "@pulumi/policy";
import {
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { staysInside } from "../../../policies/pack";

interface Diagnostic {
  message: string;
  urn: string;
  enforcementlevel: number;
}

type Serve = (
  pack: string,
  version: string,
  level: string,
  policies: readonly StackValidationPolicy[],
) => (
  call: { request: unknown },
  callback: (error: unknown, response: { toObject(): { diagnosticsList: Diagnostic[] } }) => void,
) => void;

const { makeAnalyzeStackRpcFun } = require("@pulumi/policy/server") as { makeAnalyzeStackRpcFun: Serve };

/** Of https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto */
const MANDATORY = 1;
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const urn = (type: string, name: string): string => `urn:pulumi:dev::site::${type}::${name}`;

interface Sent {
  readonly type: string;
  readonly name: string;
  readonly props?: Record<string, unknown>;
  readonly region?: string;
  readonly made?: Record<string, string[]>;
}

function sent({ type, name, props = {}, region = "eu-west-1", made = {} }: Sent): AnalyzerResource {
  const resource = new AnalyzerResource();
  resource.setType(type);
  resource.setName(name);
  resource.setUrn(urn(type, name));
  resource.setProperties(Struct.fromJavaScript(props as Record<string, string>));
  for (const [property, urns] of Object.entries(made)) {
    const message = new AnalyzerPropertyDependencies();
    message.setUrnsList(urns);
    resource.getPropertydependenciesMap().set(property, message);
  }
  resource.setOptions(new AnalyzerResourceOptions());
  if (type.includes("/")) {
    const [pkg] = type.split(":");
    const provider = new AnalyzerProviderResource();
    provider.setType(`pulumi:providers:${pkg}`);
    provider.setName(`default_${region}`);
    provider.setUrn(urn(`pulumi:providers:${pkg}`, `default_${region}`));
    provider.setProperties(Struct.fromJavaScript({ region }));
    resource.setProvider(provider);
  }
  return resource;
}

const judge = (resources: readonly Sent[], policy = staysInside()): Promise<Diagnostic[]> =>
  new Promise((resolve, reject) => {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(resources.map(sent));
    makeAnalyzeStackRpcFun("pack", "1", "advisory", [policy])({ request }, (error, response) =>
      error ? reject(error) : resolve(response.toObject().diagnosticsList),
    );
  });

const bucket: Sent = { type: "aws:s3/bucket:Bucket", name: "users", props: { bucket: "users-of-the-site" } };
const stack: Sent = { type: "pulumi:pulumi:Stack", name: "site-dev" };
const bucketUrn = urn(bucket.type, bucket.name);

test("a stack that stays inside has no violation", async () => {
  expect(await judge([stack, { type: "team:Site", name: "one" }, bucket])).toEqual([]);
});

test("what stands outside is a mandatory violation of its resource", async () => {
  expect(await judge([stack, { ...bucket, region: "us-east-1" }])).toEqual([
    expect.objectContaining({
      enforcementlevel: MANDATORY,
      urn: bucketUrn,
      message: expect.stringContaining("us-east-1"),
    }),
  ]);
});

test("a value that is unknown during the preview blocks, and does not make the policy an advice", async () => {
  const lifecycle = { type: "aws:sns/topicSubscription:TopicSubscription", name: "mail" };
  const found = await judge([
    stack,
    bucket,
    { ...lifecycle, props: { protocol: "https", topic: UNKNOWN, endpoint: UNKNOWN } },
  ]);
  expect(found.length).toBeGreaterThan(0);
  for (const diagnostic of found) {
    expect(diagnostic.enforcementlevel).toBe(MANDATORY);
    expect(diagnostic.message).not.toContain("can't run");
  }
  expect(found.map((one) => one.message).join("\n")).toMatch(/Can't be decided: aws_sns_topic_subscription\.mail/);
});

test("a value that only apply tells, made of a resource of the stack, is followed to it", async () => {
  const versioning: Sent = {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    name: "users",
    props: { bucket: UNKNOWN, versioningConfiguration: { status: "Enabled" } },
    made: { bucket: [bucketUrn] },
  };
  expect(await judge([stack, bucket, versioning])).toEqual([]);
});

test("what can't be read blocks too", async () => {
  const policy = staysInside({ trust: "no-such-file.json" });
  expect(await judge([stack, bucket], policy)).toEqual([
    expect.objectContaining({
      enforcementlevel: MANDATORY,
      message: expect.stringContaining("no-such-file.json: no such file or folder"),
    }),
  ]);
  expect(await judge([stack, { type: "random:index/randomId:RandomId", name: "x" }])).toEqual([
    expect.objectContaining({ enforcementlevel: MANDATORY, message: expect.stringContaining("pulumi/random") }),
  ]);
});
