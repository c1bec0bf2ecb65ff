/**
 * What each action of AWS does with data: the documented access levels (`actions.json`, made by `npm run actions` from
 * a maintained copy of the Service Authorization Reference), corrected by `effects.ts` where the level says too little.
 */
import data from "./actions.json";
import { correction, type Effect } from "./effects";

type Levels = { readonly [level in Level]?: string };
type Level = "read" | "list" | "write" | "tagging" | "permissions";

const SERVICES: Readonly<Record<string, Levels>> = data.services;

export const isService = (prefix: string): boolean => Object.hasOwn(SERVICES, prefix);

export interface Action {
  /** `s3:GetObject`. */
  readonly name: string;
  readonly effect: Effect;
}

const cache = new Map<string, readonly Action[]>();

/** All actions of a service by its prefix (`s3`); empty if there is no such service. */
export function actionsOf(service: string): readonly Action[] {
  const known = cache.get(service);
  if (known) return known;
  const actions: Action[] = [];
  if (isService(service)) {
    for (const [level, names] of Object.entries(SERVICES[service]) as [Level, string][]) {
      for (const name of names.split(" "))
        actions.push({ name: `${service}:${name}`, effect: effectOf(service, name, level) });
    }
  }
  cache.set(service, actions);
  return actions;
}

export const services = (): readonly string[] => Object.keys(SERVICES);

/** Names by which a read returns how something is set up, not what it holds. */
const SETTINGS =
  /(Policy|Policies|Permissions?|Configurations?|Config|Attributes?|Settings?|Status|State|Location|Acl|Tagging|Tags|Encryption|Versioning|Lifecycle|Logging|Notification|Website|CORS|Quota|Quotas|Limits?|Token|Info|Details|Role|Rule|Rules|Schedule|Version|Versions|Template|Preferences?|Estimate|Recommendations?|Summary|Statistics)$/;
const READS =
  /^(BatchGet|Get|Query|Search|Scan|Select|Retrieve|Download|Receive|Read|Fetch|Poll|Stream|Subscribe|View|Preview|Sample)/;
const INVOKES =
  /^(Invoke|Converse|Chat|Execute|Connect|OpenTunnel|StartSession|Subscribe|Receive|Consume|Poll|Download|Select|Query|Search)/;
const MOVES = /^(Copy|Export|Share|Replicate|Migrate|Unload|Clone|Transfer|Deliver)/;
const TAKES_AWAY = /^(Delete|Remove|Revoke|Retire|Detach|Deny|Cancel|Disassociate|Deregister)/;

function effectOf(service: string, name: string, level: Level): Effect {
  const corrected = correction(service, name);
  if (corrected) return corrected;
  switch (level) {
    case "permissions":
      return TAKES_AWAY.test(name) ? "configuration" : "permissions";
    case "read":
      return READS.test(name) && !SETTINGS.test(name) ? "read" : "configuration";
    case "write":
      if (INVOKES.test(name)) return "read";
      return MOVES.test(name) ? "move" : "write";
    default:
      return "configuration";
  }
}

/** Whether data leaves by the action, or whoever may do it can let it leave. */
export const isOutward = (effect: Effect): boolean =>
  effect === "read" || effect === "move" || effect === "permissions";
