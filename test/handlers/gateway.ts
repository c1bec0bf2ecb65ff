/** What the gateways' functions talk to, in memory: the table of requests, the partner's bucket, Step Functions. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, SQSEvent } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";

export const settings = {
  DATA_CENTRE: "dublin-1",
  ACCOUNT: "111111111111",
  AWS_REGION: "eu-west-1",
  EVIDENCE_BUCKET: "clover-evidence-eu-west-1",
  EVIDENCE_ACCOUNT: "333333333333",
  REQUESTS_TABLE: "clover-dublin-1-requests",
  EMPLOYEES: "employee",
  MAX_MINUTES: "60",
  ACCESS_MACHINE: "arn:aws:states:eu-west-1:111111111111:stateMachine:access",
  TRANSFER_MACHINE: "arn:aws:states:eu-west-1:111111111111:stateMachine:transfer",
  SESSION_ROLE: "arn:aws:iam::111111111111:role/clover-dublin-1-session",
  OUTBOX_BUCKET: "clover-dublin-1-outbox",
  SOURCE_BUCKET: "clover-dublin-1-objects",
  PSEUDONYM_KEYS: "clover-dublin-pseudonyms",
  GENERATION: "2",
  KEEP: "1",
  PURPOSES: JSON.stringify(["research"]),
  DATA_SETS: JSON.stringify({
    messages: { store: "objects", prefix: "messages/", content: "personal" },
    statistics: { store: "objects", prefix: "statistics/", content: "pseudonymised" },
    reidentification: { store: "pseudonyms", prefix: "", content: "personal" },
  }),
  CLASSES: JSON.stringify({ usage: { dataSet: "statistics", purpose: "research", identifiers: ["user"] } }),
  RECEIVERS: JSON.stringify({
    institute: {
      until: "2999-12-31",
      classes: ["usage"],
      inbox: { bucket: "institute-inbox", account: "555555555555" },
    },
    former: { until: "2020-01-01", classes: ["usage"], inbox: { bucket: "former-inbox", account: "555555555555" } },
  }),
  APPROVERS: "approver",
  PARTNER: JSON.stringify({ account: "333333333333", role: "partner-approver" }),
};

export const arnOf = (name: string, role = "employee", account = "111111111111"): string =>
  `arn:aws:sts::${account}:assumed-role/${role}/${name}`;

export const anna = arnOf("anna@example.eu");
export const bert = arnOf("bert@example.eu", "approver");
/** Of the partner's, as SQS names who sent a message. */
export const pia = "AROAEXAMPLEID0000001:pia@partner.example";
export const callId = "0f9a1d2e-1111-4222-8333-444455556666";

/** A call as API Gateway hands it on, as far as it is read: what a private API with signed calls recorded. */
export const apiCall = (userArn: string, resource: string, body: unknown, id?: string): APIGatewayProxyEvent =>
  ({
    resource,
    path: id === undefined ? resource : resource.replace("{id}", id),
    httpMethod: "POST",
    headers: { Host: "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com" },
    pathParameters: id === undefined ? null : { id },
    body: typeof body === "string" ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      requestId: callId,
      stage: "v1",
      identity: { userArn, sourceIp: "10.17.80.12", vpceId: "vpce-0123456789abcdef0" },
    },
  }) as unknown as APIGatewayProxyEvent;

/** A message of the partner's queue, as Lambda hands it on. */
export const message = (sender: string, body: unknown): SQSEvent => ({
  Records: [
    {
      messageId: "1e0f9a1d-2222-4333-8444-555566667777",
      receiptHandle: "r",
      body: typeof body === "string" ? body : JSON.stringify(body),
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: "1",
        SenderId: sender,
        ApproximateFirstReceiveTimestamp: "1",
      },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:eu-west-1:111111111111:clover-dublin-1-countersign",
      awsRegion: "eu-west-1",
    },
  ],
});

export const read = ({ statusCode, body }: APIGatewayProxyResult) => ({ status: statusCode, ...JSON.parse(body) });

export class Surroundings {
  readonly table = mockClient(DynamoDBClient);
  readonly objects = mockClient(S3Client);
  readonly states = mockClient(SFNClient);
  readonly items = new Map<string, Record<string, AttributeValue>>();
  /** What was written to the partner, in this order. */
  readonly evidence: { event: string; [field: string]: unknown }[] = [];

  /** Forgets everything. */
  reset(): void {
    Object.assign(process.env, settings);
    for (const mock of [this.table, this.objects, this.states]) mock.reset();
    this.items.clear();
    this.evidence.length = 0;
    this.objects.on(PutObjectCommand, { Bucket: settings.EVIDENCE_BUCKET }).callsFake(({ Key, Body }) => {
      this.evidence.push({ Key, ...JSON.parse(Body) });
      return {};
    });
    this.table.on(PutItemCommand).callsFake(({ Item }) => {
      if (this.items.has(Item.id.S)) throw failed();
      this.items.set(Item.id.S, Item);
      return {};
    });
    this.table.on(GetItemCommand).callsFake(({ Key }) => ({ Item: this.items.get(Key.id.S) }));
    this.table.on(UpdateItemCommand).callsFake((update) => this.update(update));
  }

  /** As the service does with the few expressions that there are. */
  private update({
    Key,
    ConditionExpression,
    UpdateExpression,
    ExpressionAttributeValues: values = {},
  }: {
    Key: { id: { S: string } };
    ConditionExpression?: string;
    UpdateExpression: string;
    ExpressionAttributeValues?: Record<string, AttributeValue>;
  }) {
    const item = this.items.get(Key.id.S);
    if (ConditionExpression === "attribute_exists(id)" && !item) throw failed();
    if (ConditionExpression === "#token = :token" && item?.token?.S !== values[":token"].S) throw failed();
    const next = { ...item };
    if (UpdateExpression.includes("list_append")) next.approvers = { L: [...item!.approvers.L!, ...values[":by"].L!] };
    if (values[":approvers"]) next.approvers = values[":approvers"];
    if (values[":step"]) next.step = values[":step"];
    if (/REMOVE #token/.test(UpdateExpression)) delete next.token;
    else if (values[":token"]) next.token = values[":token"];
    this.items.set(Key.id.S, next);
    return {};
  }

  get events(): string[] {
    return this.evidence.map(({ event }) => event);
  }
}

const failed = () => new ConditionalCheckFailedException({ $metadata: {}, message: "The conditional request failed" });
