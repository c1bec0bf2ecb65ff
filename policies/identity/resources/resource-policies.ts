/** Who outside the owner's control a resource-based policy lets at the data it guards. */
import type { Flow, Step } from "../../flows/flow";
import { ENDPOINT_CHANNEL } from "../credentials/endpoints";
import { type Action, actionsOf, isOutward, isService } from "../language/action";
import { outside } from "../language/atom";
import type { Document, Statement } from "../language/document";
import { everything, literal } from "../language/patterns";
import { deputyActions, KNOWN_DEPUTIES, serviceBehind } from "../parties/deputies";
import { minds } from "../parties/forwarding";
import type { Parties } from "../parties/parties";
import { ofAccount, type Party, PRINCIPAL } from "../parties/party";
import { mayCall, type Question } from "../requests/access";
import { type Answer, accountOf, actionOf, contextOf, quote, whoAsks } from "../requests/decision";
import type { Room } from "../requests/room";
import { POINT_CHANNEL, type Route, routesOf } from "../requests/routes";
import type { Guard } from "../stores/guarded";
import { type Facet, facetsOf, servicesOf, strangeActions } from "../stores/stores";

export function policyFlows(room: Room): Flow[] {
  const flows: Flow[] = [];
  for (const guard of room.guards) {
    if ((guard.vpcOnly && !guard.named) || guard.channel === ENDPOINT_CHANNEL || delegated(room, guard)) continue;
    for (const document of guard.documents) flows.push(...documentFlows(room, guard, document));
  }
  return flows;
}

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

function documentFlows(room: Room, guard: Guard, document: Document): Flow[] {
  const flows: Flow[] = [];
  const facets = facetsFor(room, guard, document);
  const routes = routesOf(room, guard);
  for (const allowing of allowers(document)) {
    if (guard.vpcOnly && (!allowing || !namesParties(allowing))) continue;
    for (const party of partiesOf(room, guard, document, allowing)) {
      const found = everyone(room, { guard, document, allowing, party }, facets, routes);
      for (const { answer, route } of found) flows.push(flowOf(guard, document, answer, route));
      // Whoever needs no credentials is everybody; there is no need to name the others.
      if (party.kind === "anonymous" && found.some(({ answer }) => answer.certain)) break;
    }
  }
  return flows;
}

interface Access {
  readonly answer: Answer;
  readonly route: Route;
}

/** All that a statement lets in of a kind of party: each account that it names, or one answer for all. */
function everyone(
  room: Room,
  question: Pick<Question, "guard" | "document" | "allowing" | "party">,
  facets: readonly Facet[],
  routes: readonly Route[],
): Access[] {
  const found: Access[] = [];
  let { party } = question;
  for (;;) {
    const best = first(room, { ...question, party }, facets, routes);
    if (!best) return found;
    found.push(best);
    const account = accountOf(best.answer);
    if (account === undefined || !namesAccount(question.allowing, account)) return found;
    party = { ...party, facts: [...party.facts, outside(PRINCIPAL, [ofAccount(literal(account))], false)] };
  }
}

/** Whether a statement writes an account out; what only a pattern covers stands for all others that it covers. */
function namesAccount(statement: Statement | undefined, account: string): boolean {
  const values = statement?.conditions.flatMap((condition) => condition.values) ?? [];
  return [...(statement?.principals?.named ?? []), ...values].some(({ text }) => text.includes(account));
}

/** An answer that is certain, if there is one. */
function first(
  room: Room,
  question: Pick<Question, "guard" | "document" | "allowing" | "party">,
  facets: readonly Facet[],
  routes: readonly Route[],
): Access | undefined {
  let possible: Access | undefined;
  for (const facet of facets) {
    for (const route of routes) {
      const answer = mayCall(room, { ...question, facet, route });
      if (answer?.certain) return { answer, route };
      if (answer) possible ??= { answer, route };
    }
  }
  return possible;
}

const namesParties = ({ principals }: Statement): boolean =>
  principals !== undefined && !principals.negated && principals.named.every(({ kind }) => kind !== "anyone");

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
  const unsure = document.statements.some(({ actions }) => actions?.terms.some((term) => term.unsure !== undefined));
  const open = document.unknown !== undefined || unsure || [...prefixes].some((prefix) => /[*?]/.test(prefix));
  return open ? [...named, { name: "any:GetData", effect: "read" }] : named;
}

/** Services that answer requests without credentials. */
const WITHOUT_CREDENTIALS = new Set([
  ...["s3", "s3-object-lambda", "s3express", "sqs", "sns", "es", "execute-api", "lambda", "elasticfilesystem"],
  ...["mediastore", "ecr-public", "glacier", "vpc-lattice-svcs", "iot", "cloudsearch", "appsync", "events"],
]);

/** Who may be let in by a statement: one that is not known may let in anybody. */
function partiesOf(
  { parties, organization }: Room,
  guard: Guard,
  document: Document,
  allowing: Statement | undefined,
): Party[] {
  if (!allowing) return [parties.stranger()];
  const services = new Set<string>();
  const { named = [], negated = false } = allowing.principals ?? {};
  for (const { kind, text } of named) {
    const service = kind === "service" ? text : serviceBehind(text);
    if (service !== undefined) services.add(service);
  }
  const open = negated || named.some((one) => one.kind === "anyone");
  if (open) for (const service of KNOWN_DEPUTIES) services.add(service);
  const deputies = [...services].filter((service) => deputyActions(service)?.length !== 0);
  const answering = servicesOf(guard.data.type) ?? [];
  const anonymous = open && (answering.length === 0 || answering.some((service) => WITHOUT_CREDENTIALS.has(service)));
  return [
    ...(anonymous ? [parties.anonymous()] : []),
    parties.stranger(),
    ...([document, ...organization.resourcePolicies(guard.data)].some(minds) ? parties.forwardedStrangers() : []),
    ...deputies.map((service) => parties.deputy(service)),
    ...abroad(parties, allowing).flatMap((region) => deputies.map((service) => parties.deputyAbroad(service, region))),
  ];
}

/** Regions outside from where a statement lets services read for the owner's own accounts. */
function abroad(parties: Parties, { conditions }: Statement): string[] {
  const arns = conditions.filter(({ key }) => key.toLowerCase() === "aws:sourcearn").flatMap(({ values }) => values);
  return [...new Set(arns.flatMap(({ text }) => parties.abroad(text) ?? []))];
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
  if (answer.party.unless !== undefined) return answer.party.unless;
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
