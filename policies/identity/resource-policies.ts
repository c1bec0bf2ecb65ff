/** Who outside the owner's control a resource-based policy lets at the data it guards. */
import type { Flow, Step } from "../flows/flow";
import { type Action, actionsOf, isOutward, isService } from "./action";
import { within } from "./atom";
import { type Blocked, isPublic, publicAccessBlocked } from "./bucket";
import { type Answer, actionOf, ask, contextOf, quote, whoAsks } from "./decision";
import { decryptionFacts, decryptionGoals } from "./decryption";
import { deputyActions, KNOWN_DEPUTIES, plainService } from "./deputies";
import type { Document, Statement } from "./document";
import { encryptionOf } from "./encryption";
import type { Guard } from "./guarded";
import type { Owner } from "./owner";
import type { Party } from "./party";
import { everything, glob, matches } from "./patterns";
import type { Room } from "./room";
import { POINT_CHANNEL, type Route, routesOf } from "./routes";
import type { Goal } from "./solver";
import { allowAlternatives, allowGoal, denyGoals, keysOf, type Mode, type Scene } from "./statement";
import { actionAtom, type Facet, facetsOf, servicesOf, strangeActions } from "./stores";

export function policyFlows(room: Room): Flow[] {
  const flows: Flow[] = [];
  for (const guard of room.guards) {
    if (guard.vpcOnly || ENDPOINTS.has(guard.data.type) || delegated(room, guard)) continue;
    for (const document of guard.documents) flows.push(...documentFlows(room, guard, document));
  }
  return flows;
}

/** Endpoints hold nothing; what their policies let through is decided in `endpoints.ts`. */
const ENDPOINTS = new Set(["aws_vpc_endpoint", "aws_vpc_endpoint_policy"]);

/**
 * Through an access point of a bucket, other accounts need the bucket's policy too, which is asked with its access
 * points (`routesOf`): https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html. Of a bucket
 * that is not in the configuration, the access point's policy is all that can be asked.
 */
function delegated({ input }: Room, { channel, data }: Guard): boolean {
  if (channel !== POINT_CHANNEL) return false;
  const bucket = data.type === "aws_s3_access_point" ? input.context.denoted(data.values.bucket ?? null) : [data];
  return bucket.some((one) => one.mode === "managed" && isBucket(one.type));
}

const isBucket = (type: string): boolean => type === "aws_s3_bucket";
const isBucketPolicy = ({ channel }: Guard): boolean => channel === "s3.bucket-policy";

function documentFlows(room: Room, guard: Guard, document: Document): Flow[] {
  const flows: Flow[] = [];
  const facets = facetsFor(room, guard, document);
  const routes = routesOf(room, guard);
  for (const allowing of allowers(document)) {
    for (const party of partiesOf(room.owner, guard, allowing)) {
      const found = facets.flatMap((facet) =>
        routes.flatMap((route) => {
          const answer = decide(room, guard, document, allowing, party, facet, route);
          return answer ? [{ answer, route }] : [];
        }),
      );
      const [best] = [...found.filter(({ answer }) => answer.certain), ...found];
      if (!best) continue;
      flows.push(flowOf(guard, document, best.answer, best.route));
      // Whoever needs no credentials is everybody; there is no need to name the others.
      if (party.kind === "anonymous" && best.answer.certain) break;
    }
  }
  return flows;
}

/** Each Allow by itself, so that each is reported; a document that may say anything counts as one. */
const allowers = (document: Document): (Statement | undefined)[] => [
  ...document.statements.filter((statement) => statement.effect === "Allow"),
  ...(document.unknown === undefined ? [] : [undefined]),
];

/** What can be asked of the guarded resource; by the actions that the document names where its type says nothing. */
function facetsFor(room: Room, guard: Guard, document: Document): readonly Facet[] {
  const own = [guard.data, document.by].find(({ type }) => servicesOf(type) !== undefined);
  const strange: Facet = { actions: strangeActions([document], isService), suffix: [everything] };
  const facets =
    own === undefined ? [{ actions: namedActions(document), suffix: [everything] }] : facetsOf(own, room.input.context);
  const anywhere = guard.base === "" ? facets.map((facet) => ({ ...facet, suffix: [everything] })) : facets;
  return [...anywhere, strange].filter((facet) => facet.actions.length > 0);
}

/** The outward actions of all services that a document names. */
function namedActions(document: Document): Action[] {
  const prefixes = new Set<string>();
  for (const { actions } of document.statements) {
    for (const { text } of actions?.terms ?? []) prefixes.add(text.split(":")[0].toLowerCase());
  }
  const named = [...prefixes].flatMap(actionsOf).filter(({ effect }) => isOutward(effect));
  const open = document.unknown !== undefined || [...prefixes].some((prefix) => /[*?]/.test(prefix));
  return open ? [...named, { name: "any:GetData", effect: "read" }] : named;
}

/** Services that answer requests without credentials. */
const WITHOUT_CREDENTIALS = new Set([
  ...["s3", "s3-object-lambda", "s3express", "sqs", "sns", "es", "execute-api", "lambda", "elasticfilesystem"],
  ...["mediastore", "ecr-public", "glacier", "vpc-lattice-svcs", "iot", "cloudsearch", "appsync", "events"],
]);

/** Who may be let in by a statement: one that is not known may let in anybody. */
function partiesOf(owner: Owner, guard: Guard, allowing: Statement | undefined): Party[] {
  if (!allowing) return [owner.stranger()];
  const services = new Set<string>();
  const { named = [], negated = false } = allowing.principals ?? {};
  for (const one of named) if (one.kind === "service") services.add(one.text);
  const open = negated || named.some((one) => one.kind === "anyone");
  if (open) for (const service of KNOWN_DEPUTIES) services.add(service);
  const deputies = [...services].filter((service) => deputyActions(service)?.length !== 0);
  const answering = servicesOf(guard.data.type) ?? [];
  const anonymous = open && (answering.length === 0 || answering.some((service) => WITHOUT_CREDENTIALS.has(service)));
  return [
    ...(anonymous ? [owner.anonymous()] : []),
    owner.stranger(),
    ...deputies.map((service) => owner.deputy([service])),
  ];
}

/** What a service does with the actions it may be let do; undefined if it does nothing for others. */
function carried(party: Party, actions: readonly Action[]): readonly Action[] {
  if (party.kind !== "service") return actions;
  const [fact] = party.facts;
  const service = fact.set.type === "text" ? (fact.set.patterns[0]?.literal ?? "") : "";
  const does = deputyActions(plainService(service));
  if (!does) return actions.filter(({ name }) => !name.startsWith("kms:"));
  return actions.filter(({ name }) => does.some((one) => matches(glob(one, true), name)));
}

const isKnownDeputy = (party: Party): boolean => {
  const [fact] = party.facts;
  return fact.set.type === "text" && deputyActions(fact.set.patterns[0]?.literal ?? "") !== undefined;
};

function decide(
  room: Room,
  guard: Guard,
  document: Document,
  allowing: Statement | undefined,
  party: Party,
  facet: Facet,
  route: Route,
): Answer | undefined {
  const actions = carried(party, facet.actions);
  if (actions.length === 0) return undefined;
  const { owner, solver, organization, input } = room;
  const blocked = allowing && isPublic(allowing) ? blockOf(room, guard) : "no";
  if (blocked === "yes") return undefined;
  const region = input.context.regionOf(guard.data);
  const key = keysOf(route.call);
  const encryption = encryptionOf(guard.data, input.context);
  const facts = [
    ...owner.resourceFacts(guard.data, region),
    ...route.facts,
    actionAtom(key.action, actions),
    within(key.resource, facet.suffix),
    ...decryptionFacts(room, encryption),
  ];
  const goals = (mode: Mode): Goal[] => {
    const scene: Scene = { party, mode, same: owner.same };
    if (mode === "certain" && (unsure(blocked) || route.unless !== undefined || !certainly(party, facet))) return [[]];
    const own = allowing ? allowAlternatives(allowing, scene, route.call) : mode === "possible" ? [{ atoms: [] }] : [];
    const result: Goal[] = [own, ...denyGoals([document], scene, route.call)];
    if (route.also) {
      const { documents, call } = route.also;
      result.push(allowGoal(documents, scene, call), ...denyGoals(documents, scene, call));
    }
    result.push(...denyGoals(organization.resourcePolicies(guard.data), scene, route.call));
    result.push(...decryptionGoals(room, encryption, scene));
    return result;
  };
  return ask(solver, party, () => facts, goals);
}

/** Whether public access to what is guarded is blocked. */
function blockOf({ input, owner }: Room, guard: Guard): Blocked {
  if (!isBucketPolicy(guard)) return "no";
  if (isBucket(guard.data.type) && guard.data.mode === "managed") {
    return publicAccessBlocked(guard.data, input.context, owner.names);
  }
  return { unless: "whether the bucket blocks public access is not in this configuration" };
}

const unsure = (blocked: Blocked): boolean => typeof blocked === "object";

/** A request is certain only if it is known what the actions do, and what a service does for others. */
function certainly(party: Party, facet: Facet): boolean {
  if (party.kind === "service") return isKnownDeputy(party);
  return facet.actions.some(({ name }) => actionsOf(name.split(":")[0]).some((one) => one.name === name));
}

function flowOf(guard: Guard, document: Document, answer: Answer, route: Route): Flow {
  const who = whoAsks(answer);
  const action = actionOf(answer.solution);
  const context = contextOf(answer.solution);
  const statements = answer.solution.by.map(quote);
  const allowedBy =
    statements.length === 0 ? `${document.by.address}, as far as it is known,` : [...new Set(statements)].join(" and ");
  const why = `${allowedBy} ${statements.length > 1 ? "let" : "lets"} ${who.text} call ${action}${context === "" ? "" : ` with ${context}`}`;
  const place = { id: who.id, countries: [] };
  const unless = answer.certain ? undefined : unlessOf(document, answer, route);
  return {
    from: guard.data,
    channel: guard.channel,
    to: { kind: "place", place },
    steps: stepsOf(guard, document, route, place.id, why),
    ...(unless !== undefined && { unless }),
  };
}

function stepsOf(guard: Guard, document: Document, route: Route, to: string, why: string): Step[] {
  const from = guard.data.address;
  const { by, attribute } = document;
  if (!route.via) return [{ from, to, by, attribute, why }];
  const point = route.via.resource;
  const [policy] = route.via.policies;
  return [
    {
      from,
      to: point.address,
      by,
      attribute,
      why: `${by.address} leaves access through ${point.address} to the access point's policy`,
    },
    { from: point.address, to, by: policy?.[0] ?? point, attribute: policy?.[1] ?? "policy", why },
  ];
}

function unlessOf(document: Document, answer: Answer, route: Route): string {
  const documents = [document, ...(route.also?.documents ?? [])];
  const reasons = documents.flatMap((one) => [one.unknown, ...one.statements.flatMap(unsureParts)]);
  const reason = reasons.find((one) => one !== undefined);
  if (reason !== undefined) return reason;
  if (route.unless !== undefined) return route.unless;
  if (answer.party.kind === "service") return "what the service does for other accounts is not known";
  return "what a statement asks for is not understood in full";
}

function unsureParts(statement: Statement): (string | undefined)[] {
  const lists = [
    statement.actions?.terms,
    statement.resources?.terms,
    statement.principals?.named,
    ...statement.conditions.map((one) => one.values),
  ];
  return [statement.unsure, ...lists.flatMap((list) => (list ?? []).map((term) => term.unsure))];
}
