/**
 * Roles that holders of certificates take on from machines anywhere.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html; the trust policy's conditions:
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
import type { Resource } from "../../configuration/resource";
import { find, isUnknown } from "../../configuration/value";
import { internet } from "../../geography/place";
import { type Atom, within } from "../language/atom";
import { type Document, readDocuments } from "../language/document";
import { literal } from "../language/patterns";
import { type Party, PRINCIPAL } from "../parties/party";
import { quote } from "../requests/decision";
import type { Room } from "../requests/room";
import { allowsOf, askTrust, type Trusted } from "../requests/trust";
import type { Credential } from "./credential";

const SERVICE = "rolesanywhere.amazonaws.com";

export function certificates(room: Room, trusts: readonly Trusted[]): Credential[] {
  const { context } = room.input;
  const credentials: Credential[] = [];
  for (const profile of context.ofType("aws_rolesanywhere_profile")) {
    // A profile that says nothing of it is made disabled: "enabled" in the resource's documentation.
    const enabled = profile.values.enabled ?? false;
    if (enabled === false) continue;
    for (const { role, documents } of trusts) {
      const given = find(profile.values, "role_arns").filter(
        ({ value }) => context.denoted(value).includes(role) || value === room.owner.names.arnOf(role),
      );
      const open = find(profile.values, "role_arns").find(
        ({ value }) => isUnknown(value) && context.denoted(value).length === 0,
      );
      if (given.length === 0 && !open) continue;
      const credential = credentialOf(room, profile, role, documents);
      if (!credential) continue;
      const unless =
        credential.unless ??
        (isUnknown(enabled)
          ? `enabled: ${enabled.why}`
          : given.length === 0 && isUnknown(open?.value)
            ? open.value.why
            : undefined);
      credentials.push({ ...credential, ...(unless !== undefined && { unless }) });
    }
  }
  return credentials;
}

function credentialOf(
  room: Room,
  profile: Resource,
  role: Resource,
  documents: readonly Document[],
): Credential | undefined {
  const { owner } = room;
  for (const document of documents) {
    for (const allowing of allowsOf(document)) {
      const answer = askTrust(room, { party: party(room), role, document, allowing, actions: ["sts:AssumeRole"] });
      if (!answer) continue;
      const by =
        answer.solution.by.map(quote).join(" and ") || `the trust policy of ${role.address}, as far as it is known,`;
      const steps = [
        {
          from: role.address,
          to: profile.address,
          by: role,
          attribute: document.attribute,
          why: `${by} lets IAM Roles Anywhere take on the role`,
        },
        {
          from: profile.address,
          to: internet.id,
          by: profile,
          attribute: "role_arns",
          why: "a certificate works from anywhere",
        },
      ];
      const unless = answer.certain
        ? undefined
        : (document.unknown ?? "what the trust policy asks for is not known in full");
      return {
        principal: room.principals.role(role),
        channel: "rolesanywhere.profile",
        place: internet,
        steps,
        facts: [],
        session: sessionOf(),
        ...(unless !== undefined && { unless }),
      };
    }
  }
  return undefined;

  /** Session policies of the profile: inline, and managed ones (all of which together allow). */
  function sessionOf(): Document[][] {
    const inline = readDocuments(
      profile.values.session_policy ?? null,
      { by: profile, attribute: "session_policy" },
      owner.names,
    );
    const managed = find(profile.values, "managed_policy_arns").flatMap(({ value, at }) =>
      room.principals.policies(value, profile, at),
    );
    return inline.length + managed.length > 0 ? [[...inline, ...managed]] : [];
  }
}

/** The service, for a certificate that one of the owner's trust anchors vouches for. */
function party(room: Room): Party {
  const facts: Atom[] = [
    within(PRINCIPAL, [literal(SERVICE)]),
    within("aws:principalisawsservice", [literal("true", true)]),
    within("aws:sourceaccount", [...room.owner.accounts.map((one) => literal(one)), ...ownAccount(room)]),
  ];
  return { kind: "service", label: "holders of certificates", facts };
}

const ownAccount = (room: Room) =>
  room.input.context
    .ofType("aws_rolesanywhere_trust_anchor")
    .map((anchor) => literal(room.owner.names.accountOf(anchor)));
