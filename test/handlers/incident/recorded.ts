/**
 * Events in the shape in which EventBridge hands them on, with the fields of CloudTrail's record version 1.11
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
 */
import type { CallRecord } from "../../../handlers/incident/incident";

const operator = "111111111111";

/** A session of a role, as `userIdentity` has it. */
export const sessionOf = (role: string, session = "anna") => ({
  type: "AssumedRole",
  principalId: `AROAEXAMPLE:${session}`,
  arn: `arn:aws:sts::${operator}:assumed-role/${role}/${session}`,
  accountId: operator,
  accessKeyId: "ASIAEXAMPLE",
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      principalId: "AROAEXAMPLE",
      arn: `arn:aws:iam::${operator}:role/${role}`,
      accountId: operator,
      userName: role,
    },
    attributes: { creationDate: "2026-11-22T08:00:00Z", mfaAuthenticated: "true" },
    sourceIdentity: "anna@example.eu",
  },
});

type Call = Partial<CallRecord> & Pick<CallRecord, "eventSource" | "eventName">;

/** A record of a call by an administrator. */
export const record = (call: Call): CallRecord => ({
  ...{ eventVersion: "1.11", readOnly: false, eventType: "AwsApiCall", managementEvent: true },
  userIdentity: sessionOf("administrator"),
  eventTime: "2026-11-22T08:15:30Z",
  awsRegion: "eu-west-1",
  sourceIPAddress: "203.0.113.7",
  userAgent: "aws-cli/2.31",
  eventID: "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
  recipientAccountId: operator,
  ...call,
});

export const createRoute = record({
  eventSource: "ec2.amazonaws.com",
  eventName: "CreateRoute",
  requestParameters: {
    routeTableId: "rtb-0a1b2c3d4e5f60718",
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: "igw-0b2c3d4e5f6071829",
  },
  responseElements: { requestId: "59dbff89-35bd-4eac-99ed-be587EXAMPLE", _return: true },
});

export const putKeyPolicy = record({
  eventSource: "kms.amazonaws.com",
  eventName: "PutKeyPolicy",
  requestParameters: { keyId: "1234abcd-12ab-34cd-56ef-1234567890ab", policyName: "default" },
  responseElements: null,
  resources: [{ ARN: "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab" }],
});

export const getObject = (role: string, more: Partial<CallRecord> = {}) =>
  record({
    eventSource: "s3.amazonaws.com",
    eventName: "GetObject",
    userIdentity: sessionOf(role),
    requestParameters: { bucketName: "clover-dublin-1-objects", key: "users/1", Host: "s3.eu-west-1.amazonaws.com" },
    responseElements: null,
    resources: [
      { ARN: "arn:aws:s3:::clover-dublin-1-objects/users/1" },
      { ARN: "arn:aws:s3:::clover-dublin-1-objects" },
    ],
    ...more,
  });

/** A guardrail is taken off: a call to a global service, recorded in the region that it answers in. */
export const detachPolicy = record({
  eventSource: "organizations.amazonaws.com",
  eventName: "DetachPolicy",
  awsRegion: "us-east-1",
  requestParameters: { policyId: "p-examplepolicyid1", targetId: operator },
  responseElements: null,
});

const envelope = { version: "0", id: "12345678-1234-1234-1234-123456789012", account: operator, region: "eu-west-1" };

/** As EventBridge delivers it. */
export const delivered = (detail: CallRecord) => ({
  ...envelope,
  "detail-type": "AWS API Call via CloudTrail",
  source: detail.eventSource.replace(/^(.*)\.amazonaws\.com$/, "aws.$1"),
  time: detail.eventTime,
  resources: [],
  detail,
});

/** A new file of the trail, as S3 tells EventBridge. */
export const filed = (key: string) => ({
  ...envelope,
  account: "333333333333",
  "detail-type": "Object Created",
  source: "aws.s3",
  time: "2026-11-22T08:20:00Z",
  resources: ["arn:aws:s3:::clover-evidence-eu-west-1"],
  detail: {
    version: "0",
    bucket: { name: "clover-evidence-eu-west-1" },
    object: { key, size: 617, etag: "b57f9512698f4b09e608f4f2a65852e5", sequencer: "00617F08299329D189" },
    "request-id": "N4N7GDK58NMKJ12R",
    requester: "cloudtrail.amazonaws.com",
    reason: "PutObject",
  },
});
