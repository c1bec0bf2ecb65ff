/**
 * VPC endpoints as ways out: through an endpoint of a service, whoever reaches it can write to anybody's resources of
 * that service, with anybody's credentials, as far as the endpoint's policy lets him; by default it lets everybody do
 * everything (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html, "Default endpoint policy").
 */
import type { Resource } from "../../configuration/resource";
import { isUnknown } from "../../configuration/value";
import type { Flow, Step, Visitor } from "../../flows/flow";
import { parseEndpointService } from "../../geography/hosts";
import { type Action, actionsOf } from "../language/action";
import { type Atom, outside, within } from "../language/atom";
import { type Document, readDocuments } from "../language/document";
import { glob, literal, OPEN, type Pattern } from "../language/patterns";
import type { Goal } from "../language/solver";
import { adrift } from "../parties/adrift";
import type { Party } from "../parties/party";
import { type Answer, actionOf, ask, contextOf, quote } from "../requests/decision";
import type { Room } from "../requests/room";
import { allowGoal, type Call, denyGoals, isPersonal, keysOf, type Mode, type Scene } from "../requests/statement";
import { actionAtom } from "../stores/stores";
import { type Credential, callGoals, credentialParty } from "./credential";

export const ENDPOINT_CHANNEL = "vpc-endpoint.policy";

/**
 * Services that keep what is written to them, by the names of their endpoints. Through others (keys, tokens, capacity)
 * nothing is put into another account but names and settings.
 */
const SERVICES: Readonly<Record<string, string>> = {
  s3: "s3",
  s3express: "s3express",
  s3tables: "s3tables",
  s3vectors: "s3vectors",
  dynamodb: "dynamodb",
  sqs: "sqs",
  sns: "sns",
  "kinesis-streams": "kinesis",
  "kinesis-firehose": "firehose",
  logs: "logs",
  events: "events",
  lambda: "lambda",
  secretsmanager: "secretsmanager",
  ssm: "ssm",
  states: "states",
  "sync-states": "states",
  "ecr.api": "ecr",
  "ecr.dkr": "ecr",
  codecommit: "codecommit",
  "git-codecommit": "codecommit",
  "codeartifact.repositories": "codeartifact",
  "execute-api": "execute-api",
  "sagemaker.runtime": "sagemaker",
  "sagemaker.featurestore-runtime": "sagemaker",
  "rds-data": "rds-data",
  "redshift-data": "redshift-data",
  athena: "athena",
  glue: "glue",
};

export function endpointFlows(room: Room): Flow[] {
  const endpoints = room.input.context.ofType("aws_vpc_endpoint");
  if (endpoints.length === 0) return [];
  const facts = writeFacts(room);
  return endpoints.flatMap((endpoint) => {
    const service = serviceOf(room, endpoint);
    const writing = service === undefined ? undefined : facts(service);
    return writing ? flowsOf(room, endpoint, writing) : [];
  });
}

function flowsOf(room: Room, endpoint: Resource, writing: readonly Atom[]): Flow[] {
  const own = room.users.of(endpoint).map((resource): Visitor => ({ resource }));
  const visitors = () => room.input.visitorsOf?.(endpoint) ?? [];
  const [user] = own.length > 0 ? own : visitors();
  if (!user) return [];
  const documents = policiesOf(room, endpoint);
  const anybody = mayWrite(room, endpoint, documents, writing, room.parties.stranger());
  if (anybody) return [flowOf(user, endpoint, documents, anybody, "credentials of any account")];
  // Only the owner's principals: then what they may do decides, unless the policy stops them whoever they are.
  const impersonal = !documents.some(({ statements }) => statements.some(isPersonal));
  if (impersonal && !mayWrite(room, endpoint, documents, writing, WHOEVER)) return [];
  return [...own, ...visitors()].flatMap((one) =>
    room.users.rolesOf(one.resource).flatMap((role) => {
      const answer = mayWrite(room, endpoint, documents, writing, undefined, role);
      return answer ? [flowOf(one, endpoint, documents, answer, role.address)] : [];
    }),
  );
}

/** A principal of the owner's of whom nothing is known. */
const WHOEVER: Party = { kind: "credential", label: "a principal of the owner's", facts: [] };

/** A request for something that is not the owner's. */
const CALL: Call = { id: "", base: "", owns: () => false };

/** What is fixed about such a request that writes, by the service that is asked; the same list each time. */
function writeFacts(room: Room): (service: string) => readonly Atom[] | undefined {
  const known = new Map<string, readonly Atom[] | undefined>();
  const key = keysOf(CALL);
  const elsewhere = [
    within(key.resource, [glob("arn:*")]),
    outside(key.resource, ownResources(room), false),
    ...room.owner.foreignResource(),
  ];
  return (service) => {
    if (!known.has(service)) {
      const actions = writesOf(service);
      known.set(service, actions.length === 0 ? undefined : [actionAtom(key.action, actions), ...elsewhere]);
    }
    return known.get(service);
  };
}

/** What carries something to where it is kept; an invocation carries its payload. */
const writesOf = (service: string): Action[] =>
  actionsOf(service).filter(({ name, effect }) => effect === "write" || effect === "move" || INVOKES.test(name));

const INVOKES = /:(Invoke|Execute|BatchExecute|StartSyncExecution|UpdateItem|PartiQL)/;

/** The service as IAM calls it; undefined for other kinds of endpoints, and where the name is not known. */
function serviceOf(room: Room, endpoint: Resource): string | undefined {
  const value = endpoint.values.service_name ?? null;
  const [looked] = isUnknown(value) ? room.input.context.denoted(value) : [];
  const name = typeof value === "string" ? value : (looked?.values.service_name ?? looked?.values.service ?? null);
  if (typeof name !== "string") return undefined;
  const short = parseEndpointService(name)?.service ?? name;
  return Object.hasOwn(SERVICES, short) ? SERVICES[short] : undefined;
}

/** The endpoint's policies, or what holds without one. */
function policiesOf(room: Room, endpoint: Resource): readonly Document[] {
  const { context } = room.input;
  const type = "aws_vpc_endpoint_policy";
  const attached = [
    ...context.referring(type, "vpc_endpoint_id", endpoint),
    ...adrift(context, type, "vpc_endpoint_id"),
  ];
  const documents = [endpoint, ...attached].flatMap((by) =>
    readDocuments(by.values.policy ?? null, { by, attribute: "policy" }, room.owner.names),
  );
  if (documents.length > 0) return documents;
  const open = '{"Statement":[{"Sid":"default","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}';
  return readDocuments(open, { by: endpoint, attribute: "policy" }, room.owner.names);
}

/** Whether something that is not the owner's can be written to, by strangers' credentials or a role's. */
function mayWrite(
  room: Room,
  endpoint: Resource,
  documents: readonly Document[],
  writing: readonly Atom[],
  stranger: Party | undefined,
  role?: Resource,
): Answer | undefined {
  const { owner, parties } = room;
  const credential = role && credentialOf(room, role);
  const party = stranger ?? (credential && credentialParty(room, credential));
  if (!party) return undefined;
  const here = within("aws:sourcevpce", [literal(owner.names.attributeOf(endpoint, "id"))]);
  const anywhere = new Set(parties.fromOutside().map((fact) => fact.key));
  const inside: Party = { ...party, facts: [...party.facts.filter((fact) => !anywhere.has(fact.key)), here] };
  function* goals(mode: Mode): Generator<Goal> {
    const scene: Scene = { party: inside, mode, same: owner.same };
    yield allowGoal(documents, scene, CALL);
    yield* denyGoals(documents, scene, CALL);
    if (credential) yield* callGoals(room, credential, scene, CALL);
  }
  return ask(room.solver, inside, () => writing, goals);
}

const credentialOf = (room: Room, role: Resource): Credential => ({
  principal: room.principals.role(role),
  channel: ENDPOINT_CHANNEL,
  place: { id: "any AWS account", countries: [] },
  steps: [],
  facts: [],
  session: [],
});

/** ARNs of the owner's accounts, and of buckets that are the owner's. */
function ownResources({ owner, stores, input }: Room): Pattern[] {
  const accounts = [`${OPEN}*`, ...owner.accounts].map((account) => glob(`arn:*:*:*:${account}:*`));
  const buckets = stores.map((store) => owner.names.arnOf(store)).filter((arn) => arn.startsWith("arn:aws:s3:::"));
  const vouched = input.world.trust.places
    .map((place) => place.id)
    .filter((id) => id.startsWith("arn:") && owner.isInside(id));
  return [
    ...accounts,
    ...[...buckets, ...vouched].flatMap((arn) => [literal(arn), glob(`${arn}/*`)]),
    glob(`arn:*:s3:::${OPEN}*`),
  ];
}

function flowOf(
  { resource: user, unless: doubt }: Visitor,
  endpoint: Resource,
  documents: readonly Document[],
  answer: Answer,
  credentials: string,
): Flow {
  const place = { id: "any AWS account", countries: [] };
  const statements = [...new Set(answer.solution.by.map(quote))].join(" and ");
  const context = contextOf(answer.solution);
  const [{ by }] = documents;
  const given = by === endpoint && (endpoint.values.policy ?? null) === null;
  const because = given ? "it has no policy, so that everything is allowed:" : `${statements || by.address} lets it:`;
  const why = `${because} ${actionOf(answer.solution)} on resources of any account, with ${credentials}${context === "" ? "" : ` and ${context}`}`;
  const steps: Step[] = [
    {
      from: user.address,
      to: endpoint.address,
      by: endpoint,
      attribute: "vpc_id",
      why: `${user.address} reaches ${endpoint.address}`,
    },
    { from: endpoint.address, to: place.id, by, attribute: "policy", why },
  ];
  const unless = answer.certain
    ? doubt
    : (documents.find((one) => one.unknown !== undefined)?.unknown ??
      "what the endpoint's policy says is not known in full");
  return {
    from: user,
    channel: ENDPOINT_CHANNEL,
    to: { kind: "place", place },
    steps,
    ...(unless !== undefined && { unless }),
  };
}
