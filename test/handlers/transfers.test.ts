/** The way of an object through the transfer gateway's functions, what keeps it, and who is behind a token. */
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { Context } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { handler as pseudonymise } from "../../handlers/pseudonymise";
import { tokenizer } from "../../handlers/pseudonymise/tokens";
import { handler as reidentify } from "../../handlers/reidentify";
import { handler as release } from "../../handlers/release";
import { handler as request } from "../../handlers/request";
import { anna, apiCall, callId, read, Surroundings, settings } from "./gateway";
import { keyFor, pieces } from "./pseudonymise/run";

const around = new Surroundings();
const keys = mockClient(KMSClient);
/** What was uploaded, by key. */
const uploaded = new Map<string, string>();

beforeEach(() => {
  around.reset();
  keys.reset();
  uploaded.clear();
  keys.on(GenerateMacCommand).callsFake(({ KeyId, Message }) => ({ Mac: keyFor(`${KeyId} ${Buffer.from(Message)}`) }));
  around.objects.on(HeadObjectCommand).resolves({ VersionId: "v7", ContentLength: 0 });
  around.objects.on(CreateMultipartUploadCommand).callsFake(({ Key }) => ({ UploadId: `upload of ${Key}` }));
  around.objects.on(UploadPartCommand).callsFake(({ Key, Body }) => {
    uploaded.set(Key, (uploaded.get(Key) ?? "") + Body);
    return { ETag: "e" };
  });
  around.objects.on(CompleteMultipartUploadCommand).resolves({ VersionId: "v1" });
});

const source = (content: string) => around.objects.on(GetObjectCommand).callsFake(() => ({ Body: pieces(content) }));
const commands = (command: typeof AbortMultipartUploadCommand) => around.objects.commandCalls(command);

describe("a request for a transfer", () => {
  const wish = { receiver: "institute", dataClass: "usage", object: "statistics/2026.jsonl", reason: "contract" };
  const asks = async (body: unknown) => read(await request(apiCall(anna, "/transfers", body)));

  it("starts the state machine of transfers", async () => {
    expect(await asks(wish)).toEqual({ status: 200, id: callId });
    const [
      {
        args: [{ input }],
      },
    ] = around.states.commandCalls(StartExecutionCommand);
    expect(input.stateMachineArn).toBe(settings.TRANSFER_MACHINE);
    expect(around.evidence[0]).toMatchObject({ kind: "transfers", event: "requested" });
  });

  it.each([
    ["a receiver that nobody declared", { receiver: "somebody" }, 404, '"somebody" is no declared receiver'],
    [
      "a receiver whose date has passed",
      { receiver: "former" },
      403,
      "the time of the receiver former ended on 2020-01-01",
    ],
    ["a class that the receiver does not get", { dataClass: "all" }, 403, "the receiver institute does not get all"],
    [
      "an object of another data set",
      { object: "messages/1.jsonl" },
      400,
      "the object is not of the data set of usage: statistics/",
    ],
    ["no reason", { reason: undefined }, 400, "reason is missing"],
  ])("for %s is refused and recorded", async (_, change, status, message) => {
    expect(await asks({ ...wish, ...change })).toEqual({ status, refused: message });
    expect(around.events).toEqual(["refused"]);
    expect(around.states.calls()).toEqual([]);
  });
});

describe("pseudonymising", () => {
  const event = { id: callId, dataClass: "usage", object: "statistics/2026.jsonl" };

  it("puts records with tokens into the outbox, marked, and says what was set aside and where it stands", async () => {
    source('{"user":"anna-1234","n":1}\n{"n":2}\n');
    const result = await pseudonymise(event);
    expect(result).toEqual({
      key: `ready/${callId}/2026.jsonl`,
      version: "v1",
      bytes: expect.any(Number),
      records: 1,
      setAside: 1,
      asideKey: `aside/${callId}.jsonl`,
    });
    expect(uploaded.get(result.key)).toMatch(/^\{"user":"t2_[\w-]{43}","n":1\}\n$/);
    expect(JSON.parse(uploaded.get(result.asideKey)!)).toEqual({
      record: 2,
      offset: 27,
      bytes: 7,
      reason: "has no field user",
    });
    const [
      {
        args: [{ input }],
      },
    ] = around.objects.commandCalls(CreateMultipartUploadCommand);
    expect(input.Tagging).toBe(`Class=usage&Pseudonymised=yes&Request=${callId}`);
    expect(keys.commandCalls(GenerateMacCommand)[0].args[0].input.KeyId).toBe("alias/clover-dublin-pseudonyms-2");
    expect(around.evidence).toMatchObject([
      { event: "pseudonymised", details: { records: 1, setAside: 1, source: { VersionId: "v7" }, generation: 2 } },
    ]);
    expect(JSON.stringify(around.evidence)).not.toContain("anna-1234");
  });

  it.each([
    ["of a class that nobody declared", { ...event, dataClass: "toString" }, "toString is no declared class of data"],
    ["of another kind", { ...event, object: "statistics/2026.xlsx" }, "the object is neither JSON lines"],
    ["without the identifier", { ...event, object: "statistics/2026.csv" }, "the file has no column user"],
  ])("an object %s is refused, recorded, and leaves nothing in the outbox", async (_, wrong, message) => {
    source("id,n\n1,2\n");
    await expect(pseudonymise(wrong)).rejects.toThrow(message);
    expect(around.events).toEqual(["refused"]);
    expect(around.objects.commandCalls(CompleteMultipartUploadCommand)).toEqual([]);
    const begun = around.objects.commandCalls(CreateMultipartUploadCommand).length;
    expect(commands(AbortMultipartUploadCommand)).toHaveLength(begun);
  });

  it("leaves nothing in the outbox when reading fails half-way", async () => {
    around.objects.on(GetObjectCommand).resolves({
      Body: (async function* () {
        yield Buffer.from('{"user":"anna-1234"}\n');
        throw new Error("connection lost");
      })() as never,
    });
    await expect(pseudonymise(event)).rejects.toThrow("connection lost");
    expect(commands(AbortMultipartUploadCommand)).toHaveLength(2);
  });
});

describe("a release", () => {
  const pseudonymised = {
    key: `ready/${callId}/2026.jsonl`,
    version: "v1",
    bytes: 100,
    records: 3,
    setAside: 1,
    asideKey: `aside/${callId}.jsonl`,
  };
  const event = {
    id: callId,
    receiver: "institute",
    dataClass: "usage",
    object: "statistics/2026.jsonl",
    pseudonymised,
  };
  const tags = (change: Record<string, string> = {}) =>
    around.objects.on(GetObjectTaggingCommand).resolves({
      TagSet: Object.entries({ Class: "usage", Pseudonymised: "yes", Request: callId, ...change }).map(
        ([Key, Value]) => ({ Key, Value }),
      ),
    });

  it("copies the object to its receiver, counted, and writes it down before and after", async () => {
    tags();
    expect(await release(event)).toEqual({ delivered: `dublin-1/usage/${callId}/2026.jsonl` });
    expect(around.objects.commandCalls(CopyObjectCommand)[0].args[0].input).toMatchObject({
      Bucket: "institute-inbox",
      ExpectedBucketOwner: "555555555555",
      CopySource: `clover-dublin-1-outbox/${encodeURIComponent(pseudonymised.key)}?versionId=v1`,
    });
    expect(around.events).toEqual(["released", "delivered"]);
    expect(around.evidence[1].details).toMatchObject({ receiver: "institute", records: 3, setAside: 1, bytes: 100 });
  });

  it.each([
    ["that is not pseudonymised", { Pseudonymised: "no" }, {}, "the object is not pseudonymised"],
    ["of another class", { Class: "raw" }, {}, "the object is not of the class usage"],
    ["of another request", { Request: "other" }, {}, "the object belongs to another request"],
    ["for a receiver whose time ended meanwhile", {}, { receiver: "former" }, "the time of the receiver former ended"],
    ["of which nothing is left", {}, { pseudonymised: { ...pseudonymised, records: 0 } }, "every record was set aside"],
    ["that is too long", {}, { pseudonymised: { ...pseudonymised, bytes: 6e9 } }, "the object is longer than"],
  ])("of an object %s is refused and recorded, and nothing leaves", async (_, change, more, message) => {
    tags(change);
    await expect(release({ ...event, ...more })).rejects.toThrow(message);
    expect(around.events).toEqual(["refused"]);
    expect(around.objects.commandCalls(CopyObjectCommand)).toEqual([]);
  });
});

describe("re-identification", () => {
  const context = { awsRequestId: "call" } as Context;
  const approved = (dataSet: string, approvers = 2) => {
    const wanted = { kind: "access", requester: {}, reason: "", wish: { dataSet } };
    const L = Array.from({ length: approvers }, () => ({ S: "{}" }));
    around.items.set(callId, { id: { S: callId }, request: { S: JSON.stringify(wanted) }, approvers: { L } });
  };
  const key = (generation: number) => keyFor(`alias/clover-dublin-pseudonyms-${generation} purpose:research`);
  const event = { approval: callId, purpose: "research", tokens: [] as string[], candidates: ["anna", "bert"] };

  it("finds who is behind tokens of this generation and of those that are kept", async () => {
    approved("reidentification");
    const tokens = [tokenizer(key(2), 2)("anna"), tokenizer(key(1), 1)("bert"), tokenizer(key(2), 2)("carl")];
    expect(await reidentify({ ...event, tokens }, context)).toEqual({ [tokens[0]]: "anna", [tokens[1]]: "bert" });
    expect(around.evidence).toMatchObject([{ event: "reidentified", details: { asked: tokens, candidates: 2 } }]);
    expect(JSON.stringify(around.evidence)).not.toContain("anna");
  });

  it.each([
    ["approved for something else", () => approved("messages"), {}, "is not approved for re-identification"],
    ["approved by one", () => approved("reidentification", 1), {}, "is not approved for re-identification"],
    ["for another purpose", () => approved("reidentification"), { purpose: "fun" }, "fun is no declared purpose"],
    [
      "of too many",
      () => approved("reidentification"),
      { candidates: Array(10_001).fill("a") },
      "candidates must be a list of at most 10000 texts",
    ],
    ["without a request", () => {}, {}, "there is no request"],
  ])("%s is refused and recorded", async (_, prepare, change, message) => {
    prepare();
    await expect(reidentify({ ...event, ...change }, context)).rejects.toThrow(message);
    expect(around.events).toEqual(["refused"]);
    expect(keys.calls()).toEqual([]);
  });
});
