import { gzipSync } from "node:zlib";
import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../handlers/incident";
import { createRoute, delivered, detachPolicy, filed, getObject } from "./recorded";

const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
const environment = {
  INCIDENTS: "https://sqs.eu-west-1.amazonaws.com/333333333333/clover-oversight-incidents.fifo",
  REPORT_BUCKET: "clover-evidence-eu-west-1",
  REPORT_KEY: "verdicts/report.json",
  APPROVED: "arn:aws:iam::111111111111:role/clover-dublin-1-hosts",
  REGIONS: "eu-west-1,eu-north-1",
};
const report = {
  verdict: "contained",
  resources: [{ address: "a", names: ["rtb-0a1b2c3d4e5f60718"], standing: "contained" }],
};

/** As much of a response's body as the handler reads. */
const body = (content: string | Buffer) =>
  ({
    transformToString: async () => content.toString(),
    transformToByteArray: async () => Buffer.from(content),
  }) as never;

const batch = (...sightings: unknown[]): SQSEvent => ({
  Records: sightings.map((sighting, i) => ({
    messageId: `m${i}`,
    receiptHandle: "r",
    body: typeof sighting === "string" ? sighting : JSON.stringify(sighting),
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1",
      SenderId: "events.amazonaws.com",
      ApproximateFirstReceiveTimestamp: "1",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:333333333333:clover-oversight-sightings",
    awsRegion: "eu-west-1",
  })),
});

const sent = () =>
  sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => ({
    ...input,
    incident: JSON.parse(input.MessageBody!),
  }));

beforeEach(() => {
  s3.reset();
  sqs.reset();
  Object.assign(process.env, environment);
  s3.on(GetObjectCommand, { Bucket: environment.REPORT_BUCKET, Key: environment.REPORT_KEY }).resolves({
    Body: body(JSON.stringify(report)),
    VersionId: "v1",
  });
  jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

it("hands a change on to the partner's queue, once for each call, with the verdict", async () => {
  expect(await handler(batch(delivered(createRoute)))).toEqual({ batchItemFailures: [] });
  const [{ incident, ...message }, ...more] = sent();
  expect(more).toEqual([]);
  expect(message).toMatchObject({
    QueueUrl: environment.INCIDENTS,
    MessageGroupId: "111111111111",
    MessageDeduplicationId: createRoute.eventID,
  });
  expect(incident).toMatchObject({
    kind: "routing",
    touched: [
      { name: "rtb-0a1b2c3d4e5f60718", address: "a", standing: "contained" },
      { name: "igw-0b2c3d4e5f6071829", standing: "not proved" },
    ],
    proof: { verdict: "contained", version: "v1" },
  });
});

it("keeps quiet about what is approved", async () => {
  await handler(batch(delivered(getObject("clover-dublin-1-hosts"))));
  expect(sent()).toEqual([]);
});

it("finds changes by global services in the trail's files, and leaves what comes as an event to the event", async () => {
  const key = "trail/AWSLogs/o-enclave0001/444444444444/CloudTrail/us-east-1/2026/11/22/f.json.gz";
  s3.on(GetObjectCommand, { Key: key }).resolves({
    Body: body(gzipSync(JSON.stringify({ Records: [detachPolicy, createRoute] }))),
  });
  await handler(batch(filed(key)));
  expect(sent().map(({ incident }) => [incident.kind, incident.what.call])).toEqual([["guardrails", "DetachPolicy"]]);
});

it.each([
  ["no report was delivered yet", new NoSuchKey({ message: "none", $metadata: {} })],
  ["the report can't be fetched", new Error("AccessDenied")],
])("keeps no incident back when %s", async (why, error) => {
  s3.on(GetObjectCommand, { Key: environment.REPORT_KEY }).rejects(error);
  await handler(batch(delivered(createRoute)));
  expect(sent()[0].incident).toMatchObject({
    proof: { verdict: `unknown: ${why}` },
    touched: [{ standing: "unknown" }, { standing: "unknown" }],
  });
});

it("lays aside what it does not understand, and does the rest of the batch", async () => {
  s3.on(GetObjectCommand, { Key: "broken.json.gz" }).resolves({ Body: body("no archive") });
  const result = await handler(
    batch("no JSON", delivered(createRoute), { "detail-type": "Other" }, filed("broken.json.gz")),
  );
  expect(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(["m0", "m2", "m3"]);
  expect(sent()).toHaveLength(1);
});

it("leaves a sighting in the queue when the incident can't be handed on", async () => {
  sqs.on(SendMessageCommand).rejects(new Error("throttled"));
  const result = await handler(batch(delivered(createRoute)));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
});

it("does nothing at all without its settings", async () => {
  delete process.env.INCIDENTS;
  await expect(handler(batch(delivered(createRoute)))).rejects.toThrow("the environment has no INCIDENTS");
});
