/** Who makes a request of the gateway. */
import { Refusal } from "./refusal";

export interface Person {
  /** The name that the person signed in with. */
  readonly name: string;
  /** The role that the person acts with. */
  readonly role: string;
  /** Twelve digits. */
  readonly account: string;
}

const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/([\w+=,.@-]{2,64})$/;

/**
 * The person behind a signed request: of a session the role and the session's name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html, "identity"
 *
 * @param userArn what API Gateway found out from the signature
 * @throws Refusal for users, the account root and whatever else is no session of a role
 */
export function personOf(userArn: string | null | undefined): Person {
  const [, account, role, name] = session.exec(userArn ?? "") ?? [];
  if (account === undefined) throw new Refusal("only people who signed in with a role may ask", 403);
  return { account, role, name };
}

/** Whether two sessions are of one person, whatever roles they act with. */
export const isSamePerson = (one: Pick<Person, "name">, other: Pick<Person, "name">): boolean =>
  one.name.toLowerCase() === other.name.toLowerCase();
