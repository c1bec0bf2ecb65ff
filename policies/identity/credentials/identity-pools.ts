/**
 * Roles that Amazon Cognito identity pools give to guests and to users who have logged in.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html and, on the two ways to credentials,
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
 */
import type { Resource } from "../../configuration/resource";
import { find, isList, isUnknown, type Value } from "../../configuration/value";
import { internet } from "../../geography/place";
import { type Atom, outside, within } from "../language/atom";
import { literal, type Pattern } from "../language/patterns";
import { adrift, reasonFor } from "../parties/adrift";
import { COGNITO } from "../parties/parties";
import { type Party, PRINCIPAL } from "../parties/party";
import { contextOf, quote } from "../requests/decision";
import type { Room } from "../requests/room";
import { allowsOf, askTrust, type Trusted } from "../requests/trust";
import type { Credential } from "./credential";

/** The kinds of identities that a pool gives out. */
type Kind = "unauthenticated" | "authenticated";

interface Offer {
  readonly pool: Resource | undefined;
  readonly kind: Kind | undefined;
  readonly facts: readonly Atom[];
  readonly unless?: string;
}

export function identityPools(room: Room, trusts: readonly Trusted[]): Credential[] {
  const pools = room.input.context.ofType("aws_cognito_identity_pool");
  const offers = [...pools.flatMap((pool) => offersOf(room, pool)), elsewhere(room, pools)];
  const credentials: Credential[] = [];
  for (const { role, documents } of trusts) {
    for (const document of documents) {
      for (const allowing of allowsOf(document)) {
        // What may be anything is asked about with other providers; here it would say the same again.
        if (!allowing?.principals?.named.some((one) => one.kind === "federated" || one.kind === "anyone")) continue;
        for (const offer of offers) {
          const given = offer.pool ? attached(room, offer.pool, offer.kind, role) : "yes";
          if (given === "no") continue;
          const question = { party: identity(room), role, document, allowing, actions: ACTIONS, facts: offer.facts };
          const answer = askTrust(room, question);
          if (!answer) continue;
          const by = offer.pool ?? role;
          const who = whose(offer);
          const context = contextOf(answer.solution);
          const why = `${answer.solution.by.map(quote).join(" and ")} lets ${who} take on the role${context === "" ? "" : ` with ${context}`}`;
          const steps = [
            {
              from: role.address,
              to: offer.pool?.address ?? "an identity pool elsewhere",
              by: role,
              attribute: document.attribute,
              why,
            },
            {
              from: offer.pool?.address ?? "an identity pool elsewhere",
              to: internet.id,
              by,
              why: `${who} may be anywhere`,
            },
          ];
          const unless =
            offer.unless ??
            (typeof given === "object" ? given.unless : undefined) ??
            (answer.certain ? undefined : "what the trust policy asks for is not known in full");
          credentials.push({
            principal: room.principals.role(role),
            channel: "cognito.identity-pool",
            place: internet,
            steps,
            facts: [],
            session: [],
            ...(unless !== undefined && { unless }),
          });
        }
      }
    }
  }
  return credentials;
}

const ACTIONS = ["sts:AssumeRoleWithWebIdentity"];

const whose = ({ pool, kind }: Offer): string =>
  pool === undefined
    ? "identities of any other identity pool"
    : kind === "unauthenticated"
      ? `everybody, as a guest of ${pool.address},`
      : `everybody with a login that ${pool.address} takes`;

const ROLES = "aws_cognito_identity_pool_roles_attachment";
const AUDIENCE = `${COGNITO}:aud`;
const METHODS = `${COGNITO}:amr`;

/** Whoever has an identity of some pool. */
function identity(room: Room): Party {
  const party = room.parties.federated();
  return {
    ...party,
    facts: [...party.facts.filter(({ key }) => key !== PRINCIPAL), within(PRINCIPAL, [literal(COGNITO)])],
  };
}

const idsOf = (room: Room, pool: Resource): Pattern[] => [literal(room.owner.names.attributeOf(pool, "id"))];

function offersOf(room: Room, pool: Resource): Offer[] {
  const offers: Offer[] = [];
  const audience = within(AUDIENCE, idsOf(room, pool));
  const guests = pool.values.allow_unauthenticated_identities ?? false;
  if (guests === true || isUnknown(guests)) {
    offers.push({
      pool,
      kind: "unauthenticated",
      facts: [audience, within(METHODS, [literal("unauthenticated")])],
      ...(isUnknown(guests) && { unless: `allow_unauthenticated_identities: ${guests.why}` }),
    });
  }
  const logins = [
    "cognito_identity_providers",
    "supported_login_providers",
    "openid_connect_provider_arns",
    "saml_provider_arns",
    "developer_provider_name",
  ];
  const given = logins.map((path) => pool.values[path] ?? null).filter((value) => !isEmpty(value));
  if (given.length > 0) {
    const unknown = given.every((value) => isUnknown(value)) ? given.find((value) => isUnknown(value)) : undefined;
    // One value says "authenticated", others name the provider.
    offers.push({
      pool,
      kind: "authenticated",
      facts: [audience, outside(METHODS, [literal("unauthenticated")], false)],
      ...(isUnknown(unknown) && { unless: unknown.why }),
    });
  }
  return offers;
}

const isEmpty = (value: Value): boolean =>
  value === null ||
  value === "" ||
  (isList(value) && value.length === 0) ||
  (typeof value === "object" && !isUnknown(value) && Object.keys(value).length === 0);

/** Identities of pools that this configuration does not make, in whose account whatever. */
const elsewhere = (room: Room, pools: readonly Resource[]): Offer => ({
  pool: undefined,
  kind: undefined,
  facts: [
    outside(
      AUDIENCE,
      pools.flatMap((pool) => idsOf(room, pool)),
      false,
    ),
  ],
});

/**
 * Whether the pool gives the role out: by its attached roles or rules, or because the classic flow lets an identity ask
 * for any role that trusts the pool.
 */
function attached(
  room: Room,
  pool: Resource,
  kind: Kind | undefined,
  role: Resource,
): "yes" | "no" | { readonly unless: string } {
  const classic = pool.values.allow_classic_flow ?? false;
  if (classic === true) return "yes";
  const [lost] = adrift(room.input.context, ROLES, "identity_pool_id");
  let unless = isUnknown(classic) ? `allow_classic_flow: ${classic.why}` : lost && reasonFor(lost, "identity_pool_id");
  for (const attachment of room.input.context.referring(ROLES, "identity_pool_id", pool)) {
    const paths = kind === undefined ? ["roles.*"] : [`roles.${kind}`, "role_mapping.mapping_rule.role_arn"];
    for (const { value } of paths.flatMap((path) => find(attachment.values, path))) {
      if (room.input.context.denoted(value).includes(role) || value === room.owner.names.arnOf(role)) return "yes";
      if (isUnknown(value) && room.input.context.denoted(value).length === 0) unless = value.why;
    }
  }
  return unless === undefined ? "no" : { unless };
}
