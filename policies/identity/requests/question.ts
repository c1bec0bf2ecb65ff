/** What a credential is asked about each store, which is the same whoever asks. */
import type { Resource } from "../../configuration/resource";
import type { RoomInput } from "../../flows/flow";
import type { Action } from "../language/action";
import { type Atom, outside, within } from "../language/atom";
import type { Document } from "../language/document";
import { glob, literal, type Pattern } from "../language/patterns";
import { minds } from "../parties/forwarding";
import type { Owner } from "../parties/owner";
import type { Guard } from "../stores/guarded";
import { actionAtom, facetsOf } from "../stores/stores";
import { decryptionFacts, GRANT_CHANNEL } from "./decryption";
import { type Encryption, encryptionOf } from "./encryption";
import { type Naming, naming } from "./naming";
import { POINT_CHANNEL } from "./routes";
import { type Call, keysOf } from "./statement";

export interface StoreQuestion {
  readonly store: Resource;
  readonly call: Call;
  readonly encryption: Encryption | undefined;
  readonly policies: readonly Document[];
  /** Whether one of the policies makes a difference between forwarded requests and others. */
  readonly minds: boolean;
  /** Of the policies, the statements that let principals in by themselves, by how far their limits still bind them. */
  readonly named: Readonly<Record<Naming, readonly Document[]>>;
  readonly parts: readonly Part[];
}

/** One part of a store: what is fixed about a request for it. */
export interface Part {
  readonly actions: readonly Action[];
  /** That one of the actions is called on it, and what is known of the store. */
  readonly facts: readonly Atom[];
}

export class Questions {
  private readonly known = new Map<Resource, StoreQuestion>();

  private readonly facts = new Map<Resource, readonly Atom[]>();
  private readonly others = new Map<string, Atom>();

  constructor(
    private readonly input: RoomInput,
    private readonly owner: Owner,
    private readonly guardsOf: ReadonlyMap<Resource, readonly Guard[]>,
    private readonly stores: readonly Resource[],
  ) {}

  /** What is fixed about every request for a resource. */
  about(resource: Resource): readonly Atom[] {
    const facts = this.facts.get(resource) ?? this.owner.resourceFacts(resource, this.input.context.regionOf(resource));
    this.facts.set(resource, facts);
    return facts;
  }

  /** That something else is asked for than the configuration's own stores and roles, behind a beginning of its ARN. */
  besides(base: string): Atom {
    const known = this.others.get(base) ?? outside("resource", this.shown(base), false);
    this.others.set(base, known);
    return known;
  }

  /** What the configuration's own stores and roles are named; they are asked for one by one. */
  private shown(base: string): Pattern[] {
    return [...this.stores, ...this.input.context.ofType("aws_iam_role")]
      .map((store) => this.owner.names.arnOf(store))
      .filter((arn) => arn.startsWith(base))
      .map((arn) => arn.slice(base.length))
      .flatMap((name) => [literal(name), ...["/", ":", "-"].map((next) => glob(`${name}${next}*`))]);
  }

  of(store: Resource): StoreQuestion {
    const question = this.known.get(store) ?? this.ask(store);
    this.known.set(store, question);
    return question;
  }

  private ask(store: Resource): StoreQuestion {
    const { context } = this.input;
    const call: Call = {
      id: "",
      base: this.owner.names.arnOf(store),
      resource: store,
      owns: () => false,
      variables: this.owner.variablesOf(store),
    };
    const key = keysOf(call);
    const encryption = encryptionOf(store, context);
    const shared = [...this.about(store), ...decryptionFacts(this.owner, encryption)];
    const guards = this.guardsOf.get(store) ?? [];
    const on = (channels: (channel: string) => boolean) =>
      guards.filter(({ channel }) => channels(channel)).flatMap(({ documents }) => documents);
    const policies = on((channel) => channel !== POINT_CHANNEL && channel !== GRANT_CHANNEL);
    const parts = facetsOf(store, context).map(({ actions, suffix }) => ({
      actions,
      facts: [...shared, actionAtom(key.action, actions), within(key.resource, suffix)],
    }));
    return {
      store,
      call,
      encryption,
      policies,
      minds: policies.some(minds),
      named: {
        role: naming(policies, "role"),
        session: [...naming(policies, "session"), ...on((channel) => channel === GRANT_CHANNEL)],
        federated: naming(policies, "federated"),
      },
      parts,
    };
  }
}
