/** Faults to order: what shall go wrong, and how often. */
import { canonical, isList, isValues, unknown, type Value, type Values } from "../protocol/value";

/** What the next creation, change or deletion that it fits shall meet. */
export interface Fault {
  /** `refuse`: AWS says no. `throttle`: AWS says "slow down" until the provider gives up. `crash`: the provider dies after AWS has done it. */
  readonly kind: "refuse" | "throttle" | "crash";
  readonly type: string;
  /** Planned values that tell the resource from others of its type; any of the type if left out. */
  readonly like?: Values;
  /** How often it happens; for ever if left out. */
  readonly times?: number;
}

export class Faults {
  private readonly pending: { fault: Fault; left: number }[];

  constructor(faults: readonly Fault[] = []) {
    this.pending = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  }

  /** The fault that this change meets, which counts as having happened. */
  meet(type: string, planned: Values): Fault | undefined {
    const hit = this.pending.find(({ fault, left }) => left > 0 && fault.type === type && fits(fault.like, planned));
    if (!hit) return undefined;
    hit.left--;
    return hit.fault;
  }
}

/** Everything that is known of the one stands in the other; what is null or unknown may have become anything. */
function fits(like: Value | undefined, planned: Value | undefined): boolean {
  if (like === undefined || like === null || like === unknown) return true;
  if (isList(like))
    return isList(planned) && like.length === planned.length && canonicalSet(like) === canonicalSet(planned);
  if (isValues(like)) {
    return isValues(planned) && Object.entries(like).every(([name, value]) => fits(value, planned[name]));
  }
  return planned === like || planned === unknown;
}

/** Lists are compared without their order: a plan in JSON does not tell sets from lists. */
const canonicalSet = (list: readonly Value[]): string =>
  list.some(isValues) ? String(list.length) : list.map(canonical).sort().join();
