/**
 * The words in which a service file says what a resource type does with data. A service file is a table: for each
 * type one entry, for each attribute that can name a place (or a party, or a document that names them) one role. The
 * prover gives the roles their meaning; a service file only states facts, each with the page it rests on.
 *
 *     aws_s3_bucket_replication_configuration: moves("copies each new object of a bucket to other buckets", {
 *       docs: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
 *       data: "bucket",
 *       attributes: {
 *         "rule.destination.bucket": sends("s3.replication", "bucket-arn", { when: at("rule.status").is("Enabled") }),
 *         role: uses("the role that S3 assumes to copy"),
 *       },
 *     }),
 *
 * Paths are dotted, lists on the way are walked (`rule.destination.bucket`), `*` is every key of a map. A role on a
 * path covers everything below that path.
 */
import type { Resource } from "../configuration/resource";
import { isUnknown, type Value } from "../configuration/value";
import type { Context } from "./context";

/** What a resource type is to data. */
export type Kind =
  /** stores data */
  | "holds"
  /** takes data from one place to another, or processes it */
  | "moves"
  /** lets a party read, copy or act */
  | "grants"
  /** is a way for packets */
  | "carries"
  /** stops packets, requests or names */
  | "filters"
  /** decides where other things stand */
  | "places"
  /** does nothing with data; the entry says why */
  | "inert";

/**
 * How to read the text that names a target.
 *
 * - `arn`: an ARN that carries region and account, or the `id`/`arn` of a resource
 * - `bucket-arn`, `bucket`: an S3 bucket's ARN or name: neither region nor account, resolved by name
 * - `url`, `host`, `email`, `phone`: as they say; `host` also takes IP addresses
 * - `region`, `zone`: a region code; a zone name or id
 * - `account`: an account id; `principal`: an account id, an IAM or organization ARN, `*`, `all`
 * - `cidr`: an address or a range
 * - `id`: the id or name of a resource of this configuration, or an id the trust file vouches for (`vpc-…`, `lgw-…`)
 * - `any`: whatever of these it looks like
 */
export type TargetForm =
  | "arn"
  | "bucket-arn"
  | "bucket"
  | "url"
  | "host"
  | "email"
  | "phone"
  | "region"
  | "zone"
  | "account"
  | "principal"
  | "cidr"
  | "id"
  | "any";

/** A test on an attribute; unknown values satisfy it *possibly*. */
export interface Condition {
  /** Path of the attribute. Inside a list the element that the role's own value stands in is looked at. */
  readonly path: string;
  readonly test: (value: Value) => boolean;
  /** What AWS takes when the attribute is absent (documented default). */
  readonly absent: Value;
  /** The condition as a clause, for messages: `rule.status is Enabled`. */
  readonly text: string;
  /** It asks only whether there is something. */
  readonly presence?: true;
}

/** The value to test: of the id of something that the configuration makes it is known that it is there, if no more. */
export function tested({ presence }: Condition, value: Value): Value {
  const made = presence && isUnknown(value) && value.resource?.mode === "managed";
  return made && /(?:^|_)(?:id|arn)$/.test(value.references[0].path) ? value.references[0].address : value;
}

export interface ConditionBuilder {
  /** Equals one of the values. */
  is(...values: Value[]): Condition;
  /** Equals none of the values. */
  isNot(...values: Value[]): Condition;
  /** Is there: not absent, null, false or an empty list or text. */
  isSet(): Condition;
  isNotSet(): Condition;
}

/** A condition on the attribute at `path`; `absent` is AWS's documented default. */
export function at(path: string, absent: Value = null): ConditionBuilder {
  const set = (value: Value) =>
    !(value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0));
  return {
    is: (...values) => ({ path, absent, test: (v) => values.includes(v), text: `${path} is ${values.join(" or ")}` }),
    isNot: (...values) => ({
      path,
      absent,
      test: (v) => !values.includes(v),
      text: `${path} is not ${values.join(" or ")}`,
    }),
    isSet: () => ({ path, absent, test: set, text: `${path} is set`, presence: true }),
    isNotSet: () => ({ path, absent, test: (v) => !set(v), text: `${path} is not set`, presence: true }),
  };
}

interface FlowOptions {
  /** The flow exists only if this holds (all of them, if several). */
  readonly when?: Condition | readonly Condition[];
  /** What the step does, as a clause that ends the sentence "because this resource …"; a general one is used otherwise. */
  readonly why?: string;
  /** Path of the attribute that names the account of a target whose text names none (`destination.account`). */
  readonly account?: string;
  /** Path of the attribute that names the region of a target whose text names none (`s3_region`). */
  readonly region?: string;
}

interface PolicyOptions {
  /**
   * Whether requests can come only from within a VPC (a search domain without a public endpoint). Such a policy lets
   * nobody in from outside by itself; who gets there is the network room's question. Unknown counts as no. Asked of
   * the resource whose data the policy guards, or of the policy's own where that is not in the configuration.
   */
  readonly vpcOnly?: (resource: Resource, context: Context) => boolean;
  /** Of such a policy: whoever it lets in by name is taken to have been given a way into the VPC. */
  readonly named?: true;
  /** The value is a larger document, of which the policy is this part; null if it has none. */
  readonly within?: (document: Value) => Value;
}

export type Role =
  /** Data goes to what the value names. */
  | ({ readonly role: "sends"; readonly channel: string; readonly form: TargetForm } & FlowOptions)
  /** The party that the value names may read or take data. */
  | ({ readonly role: "shares"; readonly channel: string; readonly form: TargetForm } & FlowOptions)
  /** The value is a resource-based policy: whoever it lets read, reads. */
  | ({ readonly role: "policy"; readonly channel: string } & PolicyOptions)
  /** A switch: in the given states anybody (or the named place) is let at the data. */
  | ({ readonly role: "opens"; readonly channel: string; readonly test: Condition } & FlowOptions)
  /** The resource itself stands in the region, zone or Outpost that the value names. */
  | { readonly role: "stands"; readonly in: "region" | "zone" | "outpost" }
  /** Data comes from what the value names; inward is no escape. */
  | { readonly role: "receives"; readonly why: string }
  /** The thing named is used (a key, a role, a network), no data goes to it by this attribute. */
  | { readonly role: "uses"; readonly why: string }
  /** Read by the network room: subnets, routes, groups, gateways. */
  | { readonly role: "network" }
  /** Read by the identity room: identity policies, trust policies, principals. */
  | { readonly role: "identity" }
  /** An embedded document: its parser yields the values in it with the role each plays. */
  | { readonly role: "document"; readonly read: DocumentReader }
  /** Looks like the name of a place and is none; says why. */
  | { readonly role: "harmless"; readonly why: string };

/** Reads an embedded document (a state machine, a pipeline, container definitions) into the values that matter in it. */
export type DocumentReader = (document: Value, resource: Resource, context: Context) => Iterable<DocumentPart>;
export interface DocumentPart {
  /** Where in the document, appended to the attribute: `.States.Send.Resource`. */
  readonly at: string;
  readonly value: Value;
  readonly role: Role;
}

export const sends = (channel: string, form: TargetForm, options: FlowOptions = {}): Role => ({
  role: "sends",
  channel,
  form,
  ...options,
});
export const shares = (channel: string, form: TargetForm, options: FlowOptions = {}): Role => ({
  role: "shares",
  channel,
  form,
  ...options,
});
export const policy = (channel: string, options: PolicyOptions = {}): Role => ({ role: "policy", channel, ...options });
/** `opens("x.public", at("publicly_accessible", false).is(true))`; the condition's path must be the attribute itself. */
export const opens = (channel: string, test: Condition, options: FlowOptions = {}): Role => ({
  role: "opens",
  channel,
  test,
  ...options,
});
export const stands = (where: "region" | "zone" | "outpost"): Role => ({ role: "stands", in: where });
export const receives = (why: string): Role => ({ role: "receives", why });
export const uses = (why: string): Role => ({ role: "uses", why });
export const harmless = (why: string): Role => ({ role: "harmless", why });
export const document = (read: DocumentReader): Role => ({ role: "document", read });
export const network: Role = { role: "network" };
export const identity: Role = { role: "identity" };

/** A network interface that a resource makes, or the service network it runs in without one. */
export interface InterfaceRule {
  /**
   * Path of the subnet ids, or of what has them: a subnet group (its `subnet_ids`), or a cluster that names its group
   * (`db_subnet_group_name`, `subnet_group_name`, `cluster_subnet_group_name`). The resource has an interface in each.
   */
  readonly subnets: string;
  /** Path of the security group ids; absent: the VPC's default group. */
  readonly groups?: string;
  /** The service puts a group of its own on it, which lets everything out; whatever else it has only adds to that. */
  readonly unfiltered?: true;
  /** Public IPv4: never, always, as the subnet gives it, as an attribute says (with what holds when it is absent). */
  readonly publicIpv4?: "never" | "always" | "subnet" | { readonly path: string; readonly absent: boolean | "subnet" };
  /** An IPv6 address: as the subnet assigns (default), never, or as an attribute says. */
  readonly ipv6?: "subnet" | "never" | { readonly path: string; readonly absent: boolean };
  /** Paths of elastic IP allocation ids given to these interfaces. */
  readonly elasticIps?: string;
  /** Whether the payload can start connections by itself (an instance, a function) or only answer (a database). */
  readonly initiates: boolean;
  /** Exists only if this holds. */
  readonly when?: Condition | readonly Condition[];
  /**
   * What it means when no subnet is given: the service's own network, which reaches the internet (the flow then goes
   * there over this channel), the default VPC, or nothing at all.
   */
  readonly without: { readonly internet: string; readonly why: string } | "default-vpc" | "nothing";
}

/** An interface that options or an embedded document describe, in values of which each says where it stands. */
export interface DescribedInterface {
  readonly subnets: readonly Written[];
  /** Security groups; undefined: the service puts one of its own on it, which lets everything out. */
  readonly groups: readonly Value[] | undefined;
  /** Whether it has a public IPv4 address; absent: as the subnet gives it. */
  readonly publicIpv4?: Written;
}
export interface Written {
  readonly value: Value;
  readonly at: string;
}

/** A resource-based policy that attributes make up, where others have its text. */
export interface Stated {
  readonly channel: string;
  /** The attribute that says who is let in. */
  readonly attribute: string;
  /** The policy that the service makes of it, as a tree. */
  readonly document: (resource: Resource) => Value;
}

export interface Entry {
  readonly kind: Kind;
  /** One clause: what the type is. For inert types, why it does nothing with data. */
  readonly what: string;
  /** The page of AWS's or Terraform's documentation it rests on. */
  readonly docs: string;
  /** Path of the attribute naming the resource whose data this entry is about; absent: the resource itself. */
  readonly data?: string;
  /** `regional` (default): stands in its effective region. `global`: in none; the text says what of it is where. */
  readonly placement?: { readonly global: string };
  readonly attributes: Readonly<Record<string, Role>>;
  readonly interfaces?: readonly InterfaceRule[];
  /** Interfaces of what the resource starts, where no attributes of fixed names give them. */
  readonly described?: (resource: Resource) => Iterable<DescribedInterface>;
  /** A permission or grant: the identity room reads it as the policy that it amounts to. */
  readonly policy?: Stated;
  /** What no table can say: joins with other resources. Yields roles applied to values, like a document reader. */
  readonly also?: (resource: Resource, context: Context) => Iterable<Finding>;
}

/** What `also` may state about a resource. */
export type Finding =
  | {
      readonly finding: "flow";
      readonly channel: string;
      /** Attribute of `by` that makes it so. */
      readonly attribute?: string;
      /** The resource that makes it so, if not the one the entry is for. */
      readonly by?: Resource;
      readonly to: FlowTarget;
      readonly why: string;
      /** Given if the flow rests on something unknown. */
      readonly unless?: string;
    }
  | { readonly finding: "role"; readonly attribute: string; readonly value: Value; readonly role: Role }
  | { readonly finding: "undecided"; readonly attribute?: string; readonly why: string };

export type FlowTarget =
  | { readonly to: "internet" }
  | { readonly to: "anyone" }
  | { readonly to: "resource"; readonly resource: Resource }
  | { readonly to: "value"; readonly value: Value; readonly form: TargetForm };

type Details = Omit<Entry, "kind" | "what" | "attributes"> & { readonly attributes?: Entry["attributes"] };
const entry =
  (kind: Kind) =>
  (what: string, details: Details): Entry => ({ attributes: {}, ...details, kind, what });

export const holds = entry("holds");
export const moves = entry("moves");
export const grants = entry("grants");
export const carries = entry("carries");
export const filters = entry("filters");
export const places = entry("places");
/** A type that does nothing with data: `inert("a tag on a group: metadata", page)`. */
export const inert = (why: string, docs: string, attributes: Entry["attributes"] = {}): Entry => ({
  kind: "inert",
  what: why,
  docs,
  attributes,
});

/** One AWS service: its name as AWS writes it, and its types. */
export interface Service {
  readonly name: string;
  readonly entries: Readonly<Record<string, Entry>>;
}
export const service = (name: string, entries: Service["entries"]): Service => ({ name, entries });
