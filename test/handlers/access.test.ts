/** The way of a request through the access gateway's functions, and what turns it away. */
import { SendTaskFailureCommand, SendTaskSuccessCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { DescribeSessionsCommand, SSMClient, TerminateSessionCommand } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { handler as approve } from "../../handlers/approve";
import { handler as ask } from "../../handlers/ask";
import { handler as close } from "../../handlers/close";
import { handler as countersign } from "../../handlers/countersign";
import { handler as open } from "../../handlers/open";
import { handler as request } from "../../handlers/request";
import { anna, apiCall, arnOf, bert, callId, message, pia, read, Surroundings, settings } from "./gateway";

const around = new Surroundings();
const tokens = mockClient(STSClient);
const hosts = mockClient(SSMClient);
beforeEach(() => {
  around.reset();
  tokens.reset();
  hosts.reset();
  tokens.on(AssumeRoleCommand).resolves({ Credentials: credentials });
});

const credentials = { AccessKeyId: "ASIA", SecretAccessKey: "s", SessionToken: "t", Expiration: new Date(0) };
const wish = { dataSet: "messages", minutes: 30, reason: "ticket 4711" };
const yes = { decision: "approve", reason: "seen the ticket" };

const asks = async (who = anna, body: unknown = wish) => read(await request(apiCall(who, "/requests", body)));
const answers = async (who: string, body: unknown = yes, id = callId) =>
  read(await approve(apiCall(who, "/requests/{id}/approval", body, id)));
/** What the partner sends: it hears nothing back, and reads in the evidence what became of it. */
const countersigns = async (body: unknown = { id: callId, ...yes }, sender = pia) =>
  (await countersign(message(sender, body))).batchItemFailures.length;
const opens = async (who = anna, body: unknown = {}) =>
  read(await open(apiCall(who, "/requests/{id}/session", body, callId)));

/** A request that waits for an answer, those before it given. */
async function waiting(step: "colleague" | "partner" | "session", body: unknown = wish): Promise<void> {
  await asks(anna, body);
  for (const one of ["colleague", "partner", "session"] as const) {
    await ask({ id: callId, step: one, token: `token for ${one}` });
    if (one === step) return;
    if (one === "colleague") await answers(bert);
    else await countersigns();
  }
}

describe("a request for access", () => {
  it("is approved by two, opens one session, tagged with it, and is closed", async () => {
    await waiting("session");
    const opened = await opens();
    expect(opened).toMatchObject({
      status: 200,
      id: callId,
      region: "eu-west-1",
      credentials: { AccessKeyId: "ASIA" },
    });
    expect(tokens.commandCalls(AssumeRoleCommand)[0].args[0].input).toEqual({
      RoleArn: settings.SESSION_ROLE,
      RoleSessionName: callId,
      SourceIdentity: "anna@example.eu",
      DurationSeconds: 1800,
      Tags: [
        { Key: "Approval", Value: callId },
        { Key: "DataSet", Value: "messages" },
      ],
    });
    const told = around.states.commandCalls(SendTaskSuccessCommand).map(({ args: [{ input }] }) => input);
    expect(told.map(({ taskToken }) => taskToken)).toEqual([
      "token for colleague",
      "token for partner",
      "token for session",
    ]);
    expect(JSON.parse(told[2].output!).until).toBe(opened.until);
    hosts
      .on(DescribeSessionsCommand)
      .resolvesOnce({ Sessions: [{ SessionId: "one" }], NextToken: "more" })
      .resolves({ Sessions: [{ SessionId: "two" }] });
    await close({ id: callId, outcome: "ended" });
    const ended = hosts.commandCalls(TerminateSessionCommand).map(({ args: [{ input }] }) => input.SessionId);
    expect(ended).toEqual(["one", "two"]);
    expect(hosts.commandCalls(DescribeSessionsCommand)[0].args[0].input.Filters).toEqual([
      { key: "Owner", value: `arn:aws:sts::111111111111:assumed-role/clover-dublin-1-session/${callId}` },
    ]);
    expect(around.events).toEqual(["requested", "asked", "approved", "asked", "approved", "asked", "opened", "closed"]);
    expect(around.evidence[0]).toMatchObject({
      Key: expect.stringMatching(new RegExp(`^access/dublin-1/\\d{4}-\\d\\d-\\d\\d/${callId}/.*-requested.json$`)),
      person: { name: "anna@example.eu", role: "employee", account: "111111111111" },
      details: { dataSet: "messages", minutes: 30, personal: "yes", reason: "ticket 4711" },
    });
  });

  it("starts the state machine under its own id, once", async () => {
    expect(await asks()).toEqual({ status: 200, id: callId });
    const [
      {
        args: [{ input }],
      },
    ] = around.states.commandCalls(StartExecutionCommand);
    expect(input).toMatchObject({ stateMachineArn: settings.ACCESS_MACHINE, name: callId });
    expect(JSON.parse(input.input!)).toEqual({ id: callId, dataSet: "messages", minutes: 30, personal: "yes" });
  });

  const refused: readonly [string, string, unknown, number, string][] = [
    ["no reason", anna, { dataSet: "messages", minutes: 30 }, 400, "reason is missing"],
    ["a blank reason", anna, { ...wish, reason: "  " }, 400, "reason is missing"],
    [
      "control characters",
      anna,
      { ...wish, reason: "a\u001b[2J" },
      400,
      "reason is longer than 1024 characters or holds control characters",
    ],
    ["more than the longest time", anna, { ...wish, minutes: 61 }, 400, "minutes must be from 15 to 60"],
    ["a fraction of time", anna, { ...wish, minutes: 20.5 }, 400, "minutes must be a whole number"],
    [
      "a data set that is not declared",
      anna,
      { ...wish, dataSet: "constructor" },
      404,
      '"constructor" is no declared data set',
    ],
    ["a field that there is not", anna, { ...wish, minuts: 5 }, 400, 'there is no field "minuts"'],
    ["no JSON", anna, "{", 400, "the body is no JSON object"],
    ["no object", anna, "[]", 400, "the body is no JSON object"],
    ["a body without end", anna, "x".repeat(9000), 400, "the body is longer than 8192 characters"],
    ["another role", bert, wish, 403, "only employees may ask"],
    [
      "the role of another account",
      arnOf("anna@example.eu", "employee", "999999999999"),
      wish,
      403,
      "only employees may ask",
    ],
    ["a user", "arn:aws:iam::111111111111:user/anna", wish, 403, "only people who signed in with a role may ask"],
    ["the account root", "arn:aws:iam::111111111111:root", wish, 403, "only people who signed in with a role may ask"],
  ];

  it.each(refused)("with %s is refused, recorded, and nothing begins", async (_, who, body, status, message) => {
    expect(await asks(who, body)).toEqual({ status, refused: message });
    expect(around.events).toEqual(["refused"]);
    expect(around.evidence[0].details).toMatchObject({ reason: message, userArn: who, sourceIp: "10.17.80.12" });
    expect(around.items.size).toBe(0);
    expect(around.states.commandCalls(StartExecutionCommand)).toEqual([]);
  });

  it("is not begun if it can't be written down", async () => {
    around.objects.reset();
    around.objects.rejects(new Error("no evidence"));
    await expect(asks()).rejects.toThrow("no evidence");
    expect(around.items.size).toBe(0);
  });

  it("waits for nothing if the state machine does not start", async () => {
    around.states.on(StartExecutionCommand).rejects(new Error("down"));
    await expect(asks()).rejects.toThrow("down");
    expect(around.events).toEqual(["requested", "failed"]);
    expect(await answers(bert)).toMatchObject({ status: 409 });
  });
});

describe("an approval", () => {
  const told = () => around.states.commandCalls(SendTaskSuccessCommand).length;

  const refused: readonly [string, "colleague" | "partner" | "session", string, unknown, number, RegExp][] = [
    [
      "by the requester",
      "colleague",
      arnOf("Anna@example.eu", "approver"),
      yes,
      403,
      /nobody approves what they asked for/,
    ],
    ["by another employee", "colleague", arnOf("carl@example.eu"), yes, 403, /only approvers may approve/],
    [
      "by the partner, who has a way of their own",
      "partner",
      arnOf("pia@partner.example", "partner-approver", "333333333333"),
      yes,
      403,
      /only approvers may approve/,
    ],
    [
      "by a colleague in the partner's place",
      "partner",
      arnOf("dora@example.eu", "approver"),
      yes,
      409,
      /but for the partner/,
    ],
    ["by one person twice", "partner", bert, yes, 409, /answered already/],
    ["replayed when all is approved", "session", bert, yes, 409, /answered already/],
    ["without a reason", "colleague", bert, { decision: "approve" }, 400, /reason is missing/],
    ["that is neither yes nor no", "colleague", bert, { ...yes, decision: "ok" }, 400, /must be approve or decline/],
  ];

  it.each(refused)(
    "%s is refused and recorded, and the request waits as before",
    async (_, step, who, body, status, message) => {
      await waiting(step);
      const before = told();
      expect(await answers(who, body)).toEqual({ status, refused: expect.stringMatching(message) });
      expect(around.events.at(-1)).toBe("refused");
      expect(told()).toBe(before);
      expect(around.items.get(callId)!.token.S).toBe(`token for ${step}`);
    },
  );

  it("of two at the same time counts once", async () => {
    await waiting("colleague");
    const both = await Promise.all([answers(bert), answers(arnOf("dora@example.eu", "approver"))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(told()).toBe(1);
  });

  it("of a request that is not there is refused", async () => {
    expect(await answers(bert)).toMatchObject({ status: 404 });
    expect(await answers(bert, yes, "../../etc")).toEqual({ status: 404, refused: "that is no id of a request" });
  });

  it("that could not be handed on can be given again", async () => {
    await waiting("colleague");
    around.states.on(SendTaskSuccessCommand).rejectsOnce(new Error("down")).resolves({});
    await expect(answers(bert)).rejects.toThrow("down");
    expect(around.events.at(-1)).toBe("failed");
    expect(await answers(bert)).toMatchObject({ status: 200 });
  });

  it("that comes too late is refused", async () => {
    await waiting("colleague");
    around.states.on(SendTaskSuccessCommand).rejects(Object.assign(new Error(), { name: "TaskTimedOut" }));
    expect(await answers(bert)).toEqual({ status: 409, refused: `request ${callId} has ended` });
  });

  it("can be declined, which ends the request", async () => {
    await waiting("colleague");
    expect(await answers(bert, { decision: "decline", reason: "not now" })).toMatchObject({ declined: true });
    expect(around.states.commandCalls(SendTaskFailureCommand)[0].args[0].input).toMatchObject({ error: "Declined" });
    expect(await answers(bert)).toMatchObject({ status: 409 });
  });
});

describe("the partner's approval", () => {
  const told = () => around.states.commandCalls(SendTaskSuccessCommand).length;
  const refused: readonly [string, "colleague" | "partner" | "session", string, unknown, RegExp][] = [
    ["before the colleague's", "colleague", pia, yes, /does not wait for the partner but for the colleague/],
    ["replayed when all is approved", "session", pia, yes, /answered already/],
    ["by the requester", "partner", "AROAEXAMPLEID0000001:ANNA@example.eu", yes, /nobody approves what they asked for/],
    ["by who approved as a colleague", "partner", "AROAEXAMPLEID0000001:bert@example.eu", yes, /answered already/],
    ["by a user with keys", "partner", "AIDAEXAMPLEID0000001", yes, /only people who signed in with a role/],
    ["without a reason", "partner", pia, { decision: "approve" }, /reason is missing/],
    ["with more than is known", "partner", pia, { ...yes, minutes: 600 }, /there is no field "minutes"/],
    ["of nothing", "partner", pia, { id: undefined, ...yes }, /id is missing/],
    ["of something else", "partner", pia, { id: "../x", ...yes }, /that is no id of a request/],
    ["that is no JSON", "partner", pia, "approve!", /the body is no JSON object/],
  ];

  it.each(refused)("%s is refused, recorded, and not tried again", async (_, step, sender, body, reason) => {
    await waiting(step);
    const before = told();
    const sent = typeof body === "string" ? body : { id: callId, ...(body as object) };
    expect(await countersigns(sent, sender)).toBe(0);
    expect(around.evidence.at(-1)).toMatchObject({
      event: "refused",
      details: { reason: expect.stringMatching(reason), sender },
    });
    expect(told()).toBe(before);
    expect(around.items.get(callId)!.token.S).toBe(`token for ${step}`);
  });

  it("names the person that AWS names, and counts once however often it is delivered", async () => {
    await waiting("partner");
    expect([await countersigns(), await countersigns()]).toEqual([0, 0]);
    expect(around.evidence.filter(({ event }) => event === "approved").at(-1)).toMatchObject({
      person: { name: "pia@partner.example", role: "partner-approver", account: "333333333333" },
      details: { reason: "seen the ticket", step: "partner" },
    });
    expect(told()).toBe(2);
  });

  it("that could not be handed on is tried again", async () => {
    await waiting("partner");
    jest.spyOn(console, "error").mockImplementation(() => {});
    around.states.on(SendTaskSuccessCommand).rejects(new Error("down"));
    expect(await countersigns()).toBe(1);
    expect(around.events.at(-1)).toBe("failed");
    around.states.on(SendTaskSuccessCommand).resolves({});
    expect(await countersigns()).toBe(0);
    expect(around.events.at(-1)).toBe("approved");
    jest.restoreAllMocks();
  });
});

describe("a session", () => {
  it.each([
    ["before all have approved", "partner", anna, 409, /still waits for the partner/],
    ["by another", "session", arnOf("carl@example.eu"), 403, /only who asked may open the session/],
    ["by the requester in another role", "session", arnOf("anna@example.eu", "approver"), 403, /only who asked/],
  ] as const)("is not opened %s", async (_, step, who, status, message) => {
    await waiting(step);
    expect(await opens(who)).toEqual({ status, refused: expect.stringMatching(message) });
    expect(tokens.commandCalls(AssumeRoleCommand)).toEqual([]);
  });

  it("is opened once", async () => {
    await waiting("session");
    expect(await opens()).toMatchObject({ status: 200 });
    expect(await opens()).toMatchObject({ status: 409, refused: `request ${callId} was answered already` });
    expect(tokens.commandCalls(AssumeRoleCommand)).toHaveLength(1);
  });

  it("hands no credentials out that nobody would end", async () => {
    await waiting("session");
    around.states.on(SendTaskSuccessCommand).rejects(Object.assign(new Error(), { name: "TaskTimedOut" }));
    expect(await opens()).toEqual({ status: 409, refused: `request ${callId} has ended` });
  });

  it("that could not be opened can be opened again", async () => {
    await waiting("session");
    tokens.on(AssumeRoleCommand).rejectsOnce(new Error("down")).resolves({ Credentials: credentials });
    await expect(opens()).rejects.toThrow("down");
    expect(await opens()).toMatchObject({ status: 200 });
    expect(around.events.slice(-3)).toEqual(["opened", "failed", "opened"]);
  });
});
