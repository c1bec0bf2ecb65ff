/** `RunTask` of Amazon ECS as a state machine or a schedule calls it: where the task gets its network interface. */
import { isList, isObject, Unknown, type Value, type Values } from "../../configuration/value";
import type { DescribedInterface, Written } from "../../flows/vocabulary";

/**
 * The interface of the task, if its network mode gives it one of its own
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html, "networkConfiguration"); `at`: where the
 * parameters stand. Without one the task uses those of the cluster's machines.
 */
export function* runTask(parameters: Value, at: string): Iterable<DescribedInterface> {
  const network = field(parameters, "NetworkConfiguration", at);
  if (!network) return;
  const own = field(network.value, "AwsvpcConfiguration", network.at);
  if (!own) return;
  const groups = field(own.value, "SecurityGroups", own.at);
  const address = field(own.value, "AssignPublicIp", own.at);
  yield {
    subnets: items(field(own.value, "Subnets", own.at)),
    groups: items(groups).map(({ value }) => value),
    publicIpv4: { value: enabled(address?.value ?? null), at: address?.at ?? own.at },
  };
}

/** The same, of a document that stands at an attribute. */
export function beneath(one: DescribedInterface, attribute: string): DescribedInterface {
  const moved = ({ value, at }: Written): Written => ({ value, at: `${attribute}${at}` });
  return {
    ...one,
    subnets: one.subnets.map(moved),
    ...(one.publicIpv4 && { publicIpv4: moved(one.publicIpv4) }),
  };
}

/** A parameter, also one that is worked out when the state machine runs (`"Subnets.$": "$.subnets"`). */
function field(value: Value, name: string, at: string): Written | undefined {
  if (value === null) return undefined;
  const place = `${at}.${name}`;
  if (!isObject(value)) return { value: late(value), at: place };
  const found = (value as Values)[name];
  if (found !== undefined)
    return { value: typeof found === "string" && isLate(found) ? late(found) : found, at: place };
  return Object.hasOwn(value, `${name}.$`) ? { value: late(null), at: `${place}.$` } : undefined;
}

const isLate = (text: string): boolean => /^\s*\{%/.test(text);
const late = (value: Value): Unknown =>
  value instanceof Unknown ? value : new Unknown("is worked out when the state machine runs");

const items = (found: Written | undefined): readonly Written[] => {
  if (!found) return [];
  const { value, at } = found;
  return isList(value) ? value.map((item, i) => ({ value: item, at: `${at}[${i}]` })) : [found];
};

const enabled = (value: Value): Value => (typeof value === "string" ? value === "ENABLED" : value);
