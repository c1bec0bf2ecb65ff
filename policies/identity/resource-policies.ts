/** Who outside the owner's control a resource-based policy lets at the data it guards. */
import type { Resource } from "../configuration/resource";
import { isUnknown } from "../configuration/value";
import type { Flow } from "../flows/flow";
import { type Action, actionsOf, isService } from "./action";
import { type Atom, missing, outside, within } from "./atom";
import { type AccessPoint, accessPoints, type Blocked, isPublic, publicAccessBlocked } from "./bucket";
import { type Answer, actionOf, ask, contextOf, quote, whoAsks } from "./decision";
import { deputyActions, KNOWN_DEPUTIES, plainService } from "./deputies";
import { type Document, readDocuments, type Statement } from "./document";
import { encryptionOf } from "./encryption";
import type { Guard } from "./guarded";
import type { Owner } from "./owner";
import type { Party } from "./party";
import { glob, literal, matches, OPEN } from "./patterns";
import { KMS_OWN, keyPolicies, type Room } from "./room";
import type { Goal } from "./solver";
import { allowAlternatives, allowGoal, type Call, denyGoals, keysOf, type Mode, type Scene } from "./statement";
import { actionAtom, type Facet, outwardFacets, servicesOf, strangeActions } from "./stores";

const MAIN_OWN = (): boolean => false;

/** One way to a resource: directly, or through an access point. */
interface Route {
  readonly call: Call;
  readonly facts: readonly Atom[];
  /** Documents that must allow, each for itself; the first is the policy that is asked about. */
  readonly also: readonly {
    readonly call: Call;
    readonly documents: readonly Document[];
    readonly facts: readonly Atom[];
  }[];
  readonly unless?: string;
  readonly via?: AccessPoint;
}

export function policyFlows(room: Room): Flow[] {
  const flows: Flow[] = [];
  for (const guard of room.guards) {
    if (guard.vpcOnly || guard.channel === "s3.access-point-policy") continue;
    for (const document of guard.documents) flows.push(...documentFlows(room, guard, document));
  }
  return flows;
}

function documentFlows(room: Room, guard: Guard, document: Document): Flow[] {
  const flows: Flow[] = [];
  const facets = facetsOf(guard, document);
  const parties = partiesOf(room.owner, document);
  for (const allowing of allowers(document)) {
    for (const party of parties) {
      const found = facets.flatMap((facet) =>
        routesOf(room, guard).flatMap((route) => {
          const answer = decide(room, guard, document, allowing, party, facet, route);
          return answer ? [{ answer, route }] : [];
        }),
      );
      const [best] = [...found.filter(({ answer }) => answer.certain), ...found];
      if (!best) continue;
      flows.push(flowOf(room, guard, document, best.answer, best.route));
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
function facetsOf(guard: Guard, document: Document): readonly Facet[] {
  const strange: Facet[] = [{ actions: strangeActions([document], isService), suffix: [glob("*")] }];
  const own = servicesOf(guard.data.type) ?? servicesOf(document.by.type);
  if (own)
    return [
      ...(outwardFacets(guard.data.type).length ? outwardFacets(guard.data.type) : outwardFacets(document.by.type)),
      ...strange,
    ].filter((facet) => facet.actions.length > 0);
  const prefixes = new Set<string>();
  for (const { actions } of document.statements)
    for (const { text } of actions?.terms ?? []) prefixes.add(text.split(":")[0].toLowerCase());
  const named = [...prefixes]
    .flatMap(actionsOf)
    .filter(({ effect }) => effect !== "write" && effect !== "configuration");
  const unnamed: Action[] =
    [...prefixes].some((prefix) => /[*?]/.test(prefix)) || document.unknown !== undefined
      ? [{ name: "any:GetData", effect: "read" }]
      : [];
  return [{ actions: [...named, ...unnamed], suffix: [glob("*")] }, ...strange].filter(
    (facet) => facet.actions.length > 0,
  );
}

function partiesOf(owner: Owner, document: Document): Party[] {
  const services = new Set<string>();
  for (const { principals } of document.statements) {
    for (const one of principals?.named ?? []) {
      if (one.kind === "service") services.add(one.text);
      if (one.kind === "anyone" || principals?.negated) for (const service of KNOWN_DEPUTIES) services.add(service);
    }
  }
  const deputies = [...services].filter((service) => deputyActions(service)?.length !== 0);
  return [owner.anonymous(), owner.stranger(), ...deputies.map((service) => owner.deputy([service]))];
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
  const blocked =
    guard.data.type === "aws_s3_bucket" ? publicAccessBlocked(guard.data, input.context, owner.names) : "no";
  if (allowing && party.kind !== "service" && blocked === "yes" && isPublic(allowing)) return undefined;
  const region = input.context.regionOf(guard.data);
  const key = keysOf(route.call);
  const facts = [
    ...owner.resourceFacts(guard.data, region),
    ...route.facts,
    actionAtom(key.action, actions),
    within(key.resource, facet.suffix),
  ];
  const goals = (mode: Mode): Goal[] => {
    const scene: Scene = { party, mode, same: owner.same };
    if (mode === "certain" && (unsure(blocked) || route.unless !== undefined || !certainly(party, facet, owner)))
      return [[]];
    const own = allowing ? allowAlternatives(allowing, scene, route.call) : mode === "possible" ? [{ atoms: [] }] : [];
    const result: Goal[] = [own, ...denyGoals([document], scene, route.call)];
    for (const { call, documents } of route.also) {
      const usable = documents.map((one) => (route.via?.blocked === "yes" ? dropPublic(one) : one));
      result.push(allowGoal(usable, scene, call), ...denyGoals(documents, scene, call));
    }
    result.push(...denyGoals(organization.resourcePolicies(guard.data), scene, route.call));
    result.push(...keyGoals(room, guard.data, scene));
    return result;
  };
  return ask(
    solver,
    party,
    () => [...facts, ...route.also.flatMap((one) => one.facts), ...keyFacts(room, guard.data)],
    goals,
  );
}

const dropPublic = (document: Document): Document => ({
  ...document,
  statements: document.statements.filter((one) => one.effect === "Deny" || !isPublic(one)),
});

const unsure = (blocked: Blocked): boolean => typeof blocked === "object";

/** A request is certain only if it is known what the actions do, which accounts are the owner's, and what a service does. */
function certainly(party: Party, facet: Facet, owner: Owner): boolean {
  if (party.kind === "service") return isKnownDeputy(party);
  const listed = facet.actions.some(({ name }) => actionsOf(name.split(":")[0]).some((one) => one.name === name));
  return listed && (party.kind !== "iam" || owner.accountsAreKnown || true);
}

const KMS_CALL = (key: Resource, owner: Owner): Call => ({ id: "#kms", base: owner.names.arnOf(key), owns: KMS_OWN });

/** Reading what a customer's key encrypts takes that key too. */
function keyGoals(room: Room, data: Resource, scene: Scene): Goal[] {
  const encryption = encryptionOf(data, room.input.context);
  if (!encryption || scene.party.kind === "service") return [];
  // Where not everything must be encrypted with the key, the rest can be read without it.
  if (!encryption.everything && scene.mode === "possible") return [];
  const call = KMS_CALL(encryption.key, room.owner);
  const documents = keyPolicies(room, encryption.key);
  return [
    allowGoal(documents, scene, call),
    ...denyGoals(documents, scene, call),
    ...denyGoals(room.organization.resourcePolicies(encryption.key), scene, call),
  ];
}

function keyFacts(room: Room, data: Resource): Atom[] {
  const encryption = encryptionOf(data, room.input.context);
  if (!encryption) return [];
  const key = keysOf(KMS_CALL(encryption.key, room.owner));
  return [within(key.action, [literal("kms:Decrypt")]), within(key.resource, [literal("")])];
}

/** Directly, through the configuration's access points, and through access points of others. */
function routesOf(room: Room, guard: Guard): Route[] {
  const { owner, input } = room;
  const call: Call = { id: "", base: owner.names.arnOf(guard.data), owns: MAIN_OWN };
  if (guard.data.type !== "aws_s3_bucket") return [{ call, facts: [], also: [] }];
  const account = owner.accounts.map((id) => literal(id));
  const direct: Route = {
    call,
    facts: [
      missing("s3:dataaccesspointarn"),
      missing("s3:dataaccesspointaccount"),
      missing("s3:accesspointnetworkorigin"),
    ],
    also: [],
  };
  const foreign: Route = {
    call,
    facts: [
      outside("s3:dataaccesspointaccount", [...account, glob(`${OPEN}*`)], false),
      outside(
        "s3:dataaccesspointarn",
        [glob(`arn:*:*:*:${OPEN}*`), ...owner.accounts.map((id) => glob(`arn:*:*:*:${id}:*`))],
        false,
      ),
    ],
    also: [],
  };
  const own = accessPoints(guard.data, input.context, owner.names).map((point) => pointRoute(point, call, room));
  return [direct, ...own.filter((route) => route !== undefined), foreign];
}

function pointRoute(point: AccessPoint, call: Call, room: Room): Route | undefined {
  const { owner } = room;
  // Requests come from a VPC of the configuration only; who is in there is the network's question.
  if (
    point.vpc !== undefined &&
    (isUnknown(point.vpc) ? point.vpc.resource !== undefined : owner.isInside(String(point.vpc)))
  )
    return undefined;
  const documents = point.policies.flatMap(([by, attribute, value]) =>
    readDocuments(value, { by, attribute }, owner.names),
  );
  const account = owner.names.accountOf(point.resource);
  const accounts = account.startsWith(OPEN) ? [account, ...owner.accounts] : [account];
  const pointCall: Call = { id: "#point", base: point.arn, owns: MAIN_OWN };
  const key = keysOf(pointCall);
  return {
    call,
    facts: [
      within(
        "s3:dataaccesspointaccount",
        accounts.map((id) => literal(id)),
      ),
      within("s3:dataaccesspointarn", [
        literal(point.arn),
        ...(account.startsWith(OPEN) ? owner.accounts.map((id) => literal(point.arn.replace(account, id))) : []),
      ]),
      within("s3:accesspointnetworkorigin", [literal(point.vpc === undefined ? "Internet" : "VPC")]),
    ],
    also: [
      { call: pointCall, documents, facts: [within(key.action, [glob("s3:*")]), within(key.resource, [glob("*")])] },
    ],
    via: point,
    ...(typeof point.blocked === "object" && { unless: point.blocked.unless }),
  };
}

function flowOf(room: Room, guard: Guard, document: Document, answer: Answer, route: Route): Flow {
  const who = whoAsks(answer);
  const action = actionOf(answer.solution);
  const context = contextOf(answer.solution);
  const by = route.via ? route.via.resource : document.by;
  const statements = answer.solution.by.map(quote);
  const allowedBy =
    statements.length === 0 ? `${document.by.address}, as far as it is known,` : [...new Set(statements)].join(" and ");
  const why = `${allowedBy} ${statements.length > 1 ? "let" : "lets"} ${who.text} call ${action}${context === "" ? "" : ` with ${context}`}`;
  const place = { id: who.id, countries: [] };
  const unless = answer.certain ? undefined : unlessOf(document, answer, route, room);
  const steps = route.via
    ? [
        {
          from: guard.data.address,
          to: by.address,
          by: document.by,
          attribute: document.attribute,
          why: `${document.by.address} leaves access through ${by.address} to the access point's policy`,
        },
        {
          from: by.address,
          to: place.id,
          by: route.via.policies[0]?.[0] ?? by,
          attribute: route.via.policies[0]?.[1],
          why,
        },
      ]
    : [{ from: guard.data.address, to: place.id, by: document.by, attribute: document.attribute, why }];
  return {
    from: guard.data,
    channel: guard.channel,
    to: { kind: "place", place },
    steps,
    ...(unless !== undefined && { unless }),
  };
}

function unlessOf(document: Document, answer: Answer, route: Route, room: Room): string {
  const documents = [document, ...route.also.flatMap((one) => one.documents)];
  const reasons = documents.flatMap((one) => [one.unknown, ...one.statements.flatMap(unsureParts)]);
  const reason = reasons.find((one) => one !== undefined);
  if (reason !== undefined) return reason;
  if (route.unless !== undefined) return route.unless;
  if (answer.party.kind === "service") return "what the service does for other accounts is not known";
  return room.owner.accountsAreKnown
    ? "what a statement asks for is not understood in full"
    : "it is not known which accounts are the owner's";
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
