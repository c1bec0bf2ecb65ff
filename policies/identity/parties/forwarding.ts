/**
 * Requests that a service makes with the rights of whoever called it ("forward access sessions"): they come from the
 * service's own network and say so (`aws:ViaAWSService`, `aws:CalledVia`), and what is asked of direct requests only
 * does not stop them. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
import { type Atom, given, missing, within } from "../language/atom";
import type { Document } from "../language/document";
import { glob, literal } from "../language/patterns";
import type { Party } from "./party";

const VIA = ["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];

/** Keys that say by whom a request was forwarded. */
export const FORWARDED = /^aws:(?:viaawsservice|calledvia|calledviafirst|calledvialast)$/;

/** Facts of a request that nobody forwards. */
export const DIRECT: readonly Atom[] = [...VIA.map(missing), within("aws:viaawsservice", [literal("false", true)])];

/**
 * What services that `aws:CalledVia` names are documented to ask for with their callers' rights: queries of Athena and
 * the SQL workbench, references and changes of CloudFormation, assets of Data Exchange, images of Image Builder and
 * HealthOmics. Others may forward other actions: the list of AWS
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html) is of services, not of actions.
 */
const ACTIONS = within(
  "action",
  [
    "s3",
    "glue",
    "lambda",
    "dynamodb",
    "secretsmanager",
    "ssm",
    "ecr",
    "redshift",
    "redshift-data",
    "athena",
    "kms",
  ].map((service) => glob(`${service}:*`)),
);

/** Facts of a request that is forwarded. */
const BY_SERVICE: readonly Atom[] = [within("aws:viaawsservice", [literal("true", true)]), ...VIA.map(given)];

/** The party through services, for what they are known to forward and for what they may. */
export function forwarded(party: Party): readonly Party[] {
  const facts = [...party.facts.filter(({ key }) => !FORWARDED.test(key)), ...BY_SERVICE];
  return [
    { ...party, facts: [...facts, ACTIONS] },
    { ...party, facts, unless: "which requests services forward for their callers is not known in full" },
  ];
}

const known = new WeakMap<Document, boolean>();

/** Whether a document makes a difference between forwarded requests and others. */
export function minds(document: Document): boolean {
  const before = known.get(document);
  if (before !== undefined) return before;
  const found = document.statements.some(({ conditions }) =>
    conditions.some(({ key }) => FORWARDED.test(key.toLowerCase())),
  );
  known.set(document, found);
  return found;
}
