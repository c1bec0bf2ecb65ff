import { changes, kindOfChange, reads } from "../../../handlers/incident/calls";
import { identifiersIn } from "../../../handlers/incident/identifiers";
import { type CallRecord, incidentOf } from "../../../handlers/incident/incident";
import { noProof, readProof } from "../../../handlers/incident/proof";
import fc from "../../properties";
import { createRoute, getObject, putKeyPolicy, record, sessionOf } from "./recorded";

const host = "arn:aws:iam::111111111111:role/clover-dublin-1-hosts";
const approved = new Set([host]);
const proof = readProof(
  JSON.stringify({
    schemaVersion: 1,
    verdict: "escapes",
    resources: [
      {
        address: "aws_route_table.network_workload",
        stack: "dublin-1",
        names: ["rtb-0a1b2c3d4e5f60718"],
        standing: "escaping",
      },
      { address: "aws_s3_bucket.objects", names: ["arn:aws:s3:::clover-dublin-1-objects"], standing: "contained" },
    ],
  }),
  { at: new Date("2026-11-22T06:00:00Z"), id: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH" },
);
const incident = (one: CallRecord) => incidentOf(one, approved, proof);

it("a new route says what happened, who did it, where, and what the proof says of what it touches", () => {
  expect(incident(createRoute)).toEqual({
    id: "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
    kind: "routing",
    what: { service: "ec2", call: "CreateRoute", outcome: "done" },
    who: {
      principal: "arn:aws:sts::111111111111:assumed-role/administrator/anna",
      role: "arn:aws:iam::111111111111:role/administrator",
      identity: "anna@example.eu",
    },
    where: { account: "111111111111", region: "eu-west-1", address: "203.0.113.7", client: "aws-cli/2.31" },
    when: "2026-11-22T08:15:30Z",
    touched: [
      { name: "rtb-0a1b2c3d4e5f60718", address: "dublin-1:aws_route_table.network_workload", standing: "escaping" },
      { name: "igw-0b2c3d4e5f6071829", standing: "not proved" },
    ],
    proof: { verdict: "escapes", at: "2026-11-22T06:00:00.000Z", version: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH" },
  });
});

it("a call that was refused is an incident too, with the refusal", () => {
  const refused = { ...putKeyPolicy, errorCode: "AccessDenied" };
  expect(incident(refused)).toMatchObject({ kind: "key policies", what: { outcome: "AccessDenied" } });
});

it.each([
  ["gateways", "ec2", "AttachInternetGateway"],
  ["gateways", "ec2", "ModifyVpcBlockPublicAccessOptions"],
  ["gateways", "lambda", "UpdateFunctionCode20150331v2"],
  ["gateways", "sqs", "SetQueueAttributes"],
  ["endpoint policies", "ec2", "ModifyVpcEndpoint"],
  ["endpoint policies", "ec2", "DeleteVpcEndpoints"],
  ["logging", "cloudtrail", "StopLogging"],
  ["logging", "ec2", "DeleteFlowLogs"],
  ["guardrails", "organizations", "DetachPolicy"],
  ["guardrails", "s3", "PutBucketPolicy"],
  ["guardrails", "iam", "UpdateAssumeRolePolicy"],
  [undefined, "ec2", "DescribeRouteTables"],
  [undefined, "s3", "PutObject"],
  [undefined, "ec2", "RunInstances"],
])("%s: %s %s", (kind, service, eventName) => {
  expect(incident(record({ eventSource: `${service}.amazonaws.com`, eventName }))?.kind).toBe(kind);
});

it("no call is a change of two kinds, and none a change and a read", () => {
  for (const [kind, all] of Object.entries(changes)) {
    for (const { source, names } of all) {
      for (const name of names) {
        expect([name, kindOfChange(source, name)]).toEqual([name, kind]);
        const read = reads.find((one) => one.source === source && one.names.some((other) => name.startsWith(other)));
        expect([name, read]).toEqual([name, undefined]);
      }
    }
  }
});

describe("a read", () => {
  it("by a role that is let read is none", () => {
    expect(incident(getObject("clover-dublin-1-hosts"))).toBeUndefined();
  });

  it("by anybody else is an incident, with the bucket's standing", () => {
    expect(incident(getObject("administrator"))).toMatchObject({
      kind: "unapproved read",
      touched: [
        { name: "arn:aws:s3:::clover-dublin-1-objects/users/1", standing: "not proved" },
        { name: "arn:aws:s3:::clover-dublin-1-objects", standing: "contained" },
      ],
    });
  });

  it("by a role of the same name in another account is one", () => {
    const by = sessionOf("clover-dublin-1-hosts");
    const elsewhere = { ...by.sessionContext.sessionIssuer, arn: host.replace("111111111111", "999999999999") };
    const userIdentity = { ...by, sessionContext: { ...by.sessionContext, sessionIssuer: elsewhere } };
    expect(incident({ ...getObject(""), userIdentity })?.kind).toBe("unapproved read");
  });

  it("by the account's root user is one", () => {
    const userIdentity = { type: "Root", arn: "arn:aws:iam::111111111111:root", accountId: "111111111111" };
    expect(incident({ ...getObject(""), userIdentity })).toMatchObject({
      kind: "unapproved read",
      who: { principal: "arn:aws:iam::111111111111:root" },
    });
  });

  it("by a service that carries out what it was asked is none; a grant that it takes neither, one by a person is", () => {
    const userIdentity = { type: "AWSService", invokedBy: "backup.amazonaws.com" };
    expect(incident({ ...getObject(""), userIdentity })).toBeUndefined();
    const grant = record({ eventSource: "kms.amazonaws.com", eventName: "CreateGrant" });
    expect(incident({ ...grant, userIdentity })).toBeUndefined();
    expect(incident(grant)?.kind).toBe("key policies");
  });
});

describe("what a call touched", () => {
  it("is named as AWS names it, also where the call had only a part of the name", () => {
    const named = (service: string, requestParameters: object) =>
      identifiersIn(record({ eventSource: `${service}.amazonaws.com`, eventName: "X", requestParameters }));
    expect(named("s3", { bucketName: "b" })).toEqual(["arn:aws:s3:::b"]);
    expect(named("iam", { roleName: "r" })).toEqual(["arn:aws:iam::111111111111:role/r"]);
    expect(named("dynamodb", { tableName: "t" })).toEqual(["arn:aws:dynamodb:eu-west-1:111111111111:table/t"]);
    expect(identifiersIn(putKeyPolicy)).toEqual([
      "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ]);
  });

  it("is found in whatever a record holds, and is never more than fifty names", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (requestParameters) => {
        const names = identifiersIn({ ...createRoute, requestParameters });
        expect(new Set(names).size).toBe(names.length);
        expect(names.length).toBeLessThanOrEqual(50);
      }),
      { numRuns: 200 },
    );
    const many = Array.from({ length: 500 }, (_, i) => `vpc-${String(i).padStart(8, "0")}`);
    expect(identifiersIn({ ...createRoute, requestParameters: { vpcs: many } })).toHaveLength(50);
    const keys = { ["__proto__"]: "x", constructor: "rtb-0a1b2c3d4e5f60718" };
    expect(identifiersIn({ ...createRoute, requestParameters: keys })).toEqual(["rtb-0a1b2c3d4e5f60718"]);
  });
});

describe("the proof", () => {
  it.each(["", "[]", "{}", '{"verdict":"contained"}', "<html>"])("is unknown where the report is %j", (text) => {
    expect(readProof(text, {})).toEqual(
      expect.objectContaining({ summary: noProof("the report can't be read").summary }),
    );
    expect(readProof(text, {}).of("vpc-1")).toEqual({ standing: "unknown" });
  });

  it("leaves out what a report has of another shape", () => {
    const read = readProof(JSON.stringify({ verdict: "contained", resources: [null, 1, { address: "a" }] }), {});
    expect(read.summary).toEqual({ verdict: "contained" });
    expect(read.of("a")).toEqual({ standing: "not proved" });
  });
});
