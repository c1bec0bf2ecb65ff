/** Role chaining: the roles that a credential from outside can go on to take, one after another. */
import type { Resource } from "../../configuration/resource";
import type { Step } from "../../flows/flow";
import { within } from "../language/atom";
import type { Statement } from "../language/document";
import { glob, literal, matches } from "../language/patterns";
import { namesArn, type Party } from "../parties/party";
import type { Principal } from "../parties/principals";
import { quote } from "../requests/decision";
import { type Naming, namingOf } from "../requests/naming";
import type { Room } from "../requests/room";
import { type Call, keysOf } from "../requests/statement";
import { allowsOf, askTrust, type Trusted, trustsOf } from "../requests/trust";
import { type Credential, callGoals, credentialParty, namedGoals } from "./credential";

const ASSUME = "sts:AssumeRole";

/** Adds the roles that credentials from outside can go on to take, one after another. */
export function chained(room: Room, first: readonly Credential[]): Credential[] {
  const found = [...first];
  const roles = new Roles(trustsOf(room));
  const reached = new Map<Resource, boolean>();
  // A session that is limited, or good for one service only, is not all that the role may do.
  const whole = ({ session, services }: Credential): boolean => session.length === 0 && !services;
  for (const credential of first)
    if (whole(credential)) note(credential.principal.resource, credential.unless === undefined);
  function note(role: Resource, certain: boolean): void {
    reached.set(role, certain || (reached.get(role) ?? false));
  }
  for (let i = 0; i < found.length; i++) {
    const credential = found[i];
    if (credential.services) continue;
    const party = credentialParty(room, credential);
    for (const trusted of roles.openTo(credential.principal)) {
      const { role } = trusted;
      const before = reached.get(role);
      // A role that is known to be reached for sure is not looked for again.
      if (
        role === credential.principal.resource ||
        before === true ||
        (before === false && credential.unless !== undefined)
      )
        continue;
      const next = step(room, credential, party, trusted);
      if (!next || (next.unless !== undefined && before !== undefined)) continue;
      note(role, next.unless === undefined);
      found.push(next);
    }
  }
  return found;
}

/** All roles, by who may be able to take them on: those whose own policies say so, and those who are named. */
class Roles {
  private readonly places = new Map<Trusted, number>();
  private readonly named = new Map<string, Trusted[]>();
  private readonly anyone: Trusted[] = [];

  constructor(private readonly all: readonly Trusted[]) {
    for (const trusted of all) {
      this.places.set(trusted, this.places.size);
      for (const { principals } of trusted.documents.flatMap(({ statements }) => statements)) {
        for (const { kind, text } of principals?.named ?? []) {
          if (kind === "anyone") this.anyone.push(trusted);
          else if (kind === "aws") this.note(text, trusted);
        }
      }
    }
  }

  private note(arn: string, trusted: Trusted): void {
    const key = withoutAccount(arn);
    const noted = this.named.get(key);
    if (noted) noted.push(trusted);
    else this.named.set(key, [trusted]);
  }

  /** The roles that the principal may be able to take on, in their order. */
  openTo(principal: Principal): readonly Trusted[] {
    if (mayAssume(principal)) return this.all;
    const found = new Set([...this.anyone, ...(this.named.get(withoutAccount(principal.arn)) ?? [])]);
    return [...found].sort((a, b) => (this.places.get(a) as number) - (this.places.get(b) as number));
  }
}

/** An account can be written by its number or by a name for it. */
const withoutAccount = (arn: string): string => arn.split(":").toSpliced(4, 1).join(":");

/** Whether a policy of the principal may let it take on any role. */
const mayAssume = ({ documents }: Principal): boolean =>
  documents.some(
    ({ unknown, statements }) =>
      unknown !== undefined ||
      statements.some(
        ({ effect, actions }) =>
          effect === "Allow" &&
          (!actions || actions.negated || actions.terms.some(({ text }) => matches(glob(text, true), ASSUME))),
      ),
  );

function step(room: Room, credential: Credential, party: Party, { role, documents }: Trusted): Credential | undefined {
  const target = room.principals.role(role);
  const variables = room.owner.variablesOf(role);
  const call: Call = { id: "#own", base: target.arn, resource: role, owns: () => false, variables };
  const key = keysOf(call);
  for (const document of documents) {
    for (const allowing of allowsOf(document)) {
      const how = namedIn(room, allowing, credential.principal);
      const answer = askTrust(room, {
        party,
        role,
        document,
        allowing,
        actions: [ASSUME],
        facts: [within(key.action, [literal(ASSUME)]), within(key.resource, [literal("")])],
        more: (scene) =>
          how ? namedGoals(room, credential, scene, call, how) : callGoals(room, credential, scene, call),
      });
      if (!answer) continue;
      const why = `${answer.solution.by.map(quote).join(" and ") || `a policy of ${role.address}, as far as it is known,`} let ${credential.principal.resource.address} take on the role`;
      const hop: Step = {
        from: role.address,
        to: credential.principal.resource.address,
        by: role,
        attribute: document.attribute,
        why,
      };
      const unless =
        credential.unless ??
        (answer.certain ? undefined : (document.unknown ?? "what the trust policy asks for is not known in full"));
      return {
        principal: target,
        channel: credential.channel,
        place: credential.place,
        steps: [hop, ...credential.steps],
        facts: [],
        session: [],
        ...(unless !== undefined && { unless }),
      };
    }
  }
  return undefined;
}

/** How a trust policy names the principal itself, if it does: then it needs no policy of its own within its account. */
function namedIn({ owner }: Room, statement: Statement | undefined, { arn, account }: Principal): Naming | undefined {
  const named = statement?.principals?.named ?? [];
  const ways = named
    .filter((one) => one.kind === "anyone" || namesArn(one.text, arn, account, owner.same))
    .map(namingOf);
  return ways.includes("session") ? "session" : ways.find((way) => way !== "federated");
}
