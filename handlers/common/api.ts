/** What the functions behind the private API share. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { record, type Step } from "./evidence";
import { type Person, personOf } from "./person";
import { Refusal } from "./refusal";

/** A call of the API by a person. */
export interface Call {
  readonly person: Person;
  /** Id of this call; a new request takes it for its own. */
  readonly callId: string;
  /** Id of the request that the call is about; empty for a new one. */
  readonly id: string;
  readonly kind: Step["kind"];
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

/** Longest body, in characters: nothing that is asked for takes more. */
const longestBody = 8_192;

/**
 * Answers a call; a refusal is recorded and answered with its reason, anything else fails without saying why to the
 * caller.
 */
export const answering =
  (answer: (call: Call) => Promise<object>) =>
  async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const now = new Date();
    const callId = event.requestContext.requestId;
    const kind = event.resource.startsWith("/transfers") ? "transfers" : "access";
    const id = event.pathParameters?.id ?? "";
    let person: Person | undefined;
    try {
      person = personOf(event.requestContext.identity.userArn);
      return answerOf(200, await answer({ person, callId, id: idOf(id), kind, body: bodyOf(event.body), now }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { userArn, sourceIp } = event.requestContext.identity;
      const details = { resource: event.resource, about: id.slice(0, 64), reason: error.message, userArn, sourceIp };
      await record({ request: callId, kind, event: "refused", person, details }, now);
      return answerOf(error.status, { refused: error.message });
    }
  };

const answerOf = (statusCode: number, body: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
  body: JSON.stringify(body),
});

/**
 * Ids are those that API Gateway gives to calls.
 *
 * @throws Refusal if it is none; an empty one is taken
 */
export function idOf(id: string): string {
  if (id === "" || /^[0-9a-f-]{36}$/.test(id)) return id;
  throw new Refusal("that is no id of a request", 404);
}

/** @throws Refusal if it is too long or no JSON object */
export function bodyOf(body: string | null): Readonly<Record<string, unknown>> {
  if (body === null || body === "") return {};
  if (body.length > longestBody) throw new Refusal(`the body is longer than ${longestBody} characters`);
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Answered below.
  }
  throw new Refusal("the body is no JSON object");
}
