/** The requests of the gateways: a table with one item for each, which says where it stands. */
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Person } from "./person";
import { Refusal } from "./refusal";
import { setting } from "./settings";

/** Which answer a request waits for; each has a token of Step Functions that can be used once. */
export const steps = ["colleague", "partner", "session"] as const;
export type WaitingFor = (typeof steps)[number];

export interface Request {
  readonly id: string;
  readonly kind: "access" | "transfers";
  readonly requester: Person;
  readonly reason: string;
  /** What was asked for, in the words of the kind: `AccessWish` or `TransferWish`. */
  readonly wish: Readonly<Record<string, string | number>>;
}

export interface StandingRequest extends Request {
  /** What it waits for; undefined if nothing, because it was answered already or has ended. */
  readonly waiting?: { readonly step: WaitingFor; readonly token: string };
  /** Who has approved it so far. */
  readonly approvers: readonly Person[];
}

const client = new DynamoDBClient({});
const keyOf = (id: string) => ({ TableName: setting("REQUESTS_TABLE"), Key: { id: { S: id } } });

/** @throws ConditionalCheckFailedException if there is one of that id */
export async function addRequest({ id, ...request }: Request): Promise<void> {
  await client.send(
    new PutItemCommand({
      TableName: setting("REQUESTS_TABLE"),
      Item: { id: { S: id }, request: { S: JSON.stringify(request) }, approvers: { L: [] } },
      ConditionExpression: "attribute_not_exists(id)",
    }),
  );
}

/** @throws Refusal if there is none of that id */
export async function findRequest(id: string): Promise<StandingRequest> {
  const { Item } = await client.send(new GetItemCommand({ ...keyOf(id), ConsistentRead: true }));
  if (!Item?.request?.S) throw new Refusal(`there is no request ${id}`, 404);
  const token = Item.token?.S;
  return {
    id,
    ...(JSON.parse(Item.request.S) as Omit<Request, "id">),
    waiting: token === undefined ? undefined : { step: Item.step.S as WaitingFor, token },
    approvers: (Item.approvers?.L ?? []).map(({ S }) => JSON.parse(S!) as Person),
  };
}

/** Has a request wait for an answer. */
export async function wait(id: string, step: WaitingFor, token: string): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      ...keyOf(id),
      ConditionExpression: "attribute_exists(id)",
      UpdateExpression: "SET #step = :step, #token = :token",
      ExpressionAttributeNames: { "#step": "step", "#token": "token" },
      ExpressionAttributeValues: { ":step": { S: step }, ":token": { S: token } },
    }),
  );
}

/**
 * Takes a token out of the table: of two answers to one question only the first gets it.
 *
 * @param approver is added to those who approved
 * @throws Refusal if somebody was faster
 */
export async function takeToken(id: string, token: string, approver?: Person): Promise<void> {
  const values: Record<string, AttributeValue> = { ":token": { S: token } };
  if (approver) values[":by"] = { L: [{ S: JSON.stringify(approver) }] };
  try {
    await client.send(
      new UpdateItemCommand({
        ...keyOf(id),
        ConditionExpression: "#token = :token",
        UpdateExpression: `${approver ? "SET approvers = list_append(approvers, :by) " : ""}REMOVE #token`,
        ExpressionAttributeNames: { "#token": "token" },
        ExpressionAttributeValues: values,
      }),
    );
  } catch (error) {
    if ((error as Error).name === "ConditionalCheckFailedException") throw alreadyAnswered(id);
    throw error;
  }
}

/** Undoes `takeToken`: the request stands as it was read. */
export async function putBack({ id, waiting, approvers }: StandingRequest): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      ...keyOf(id),
      UpdateExpression: "SET #token = :token, approvers = :approvers",
      ExpressionAttributeNames: { "#token": "token" },
      ExpressionAttributeValues: {
        ":token": { S: waiting!.token },
        ":approvers": { L: approvers.map((approver) => ({ S: JSON.stringify(approver) })) },
      },
    }),
  );
}

/** Ends a request: it waits for nothing any more. */
export async function endRequest(id: string): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      ...keyOf(id),
      UpdateExpression: "REMOVE #token",
      ExpressionAttributeNames: { "#token": "token" },
    }),
  );
}

export const alreadyAnswered = (id: string): Refusal => new Refusal(`request ${id} was answered already`, 409);
