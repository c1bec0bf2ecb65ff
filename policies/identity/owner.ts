/** What is the owner's, and what is fixed about requests of those who are not. */
import type { Resource } from "../configuration/resource";
import { isUnknown, type Value } from "../configuration/value";
import type { RoomInput } from "../flows/flow";
import { isUnrouted, parseCidr } from "../geography/addresses";
import { placeOfRegion } from "../geography/place";
import type { World } from "../geography/world";
import { type Atom, constraint, missing, outside, readRange, showAddress, within } from "./atom";
import { type Document, readDocuments } from "./document";
import { Names, OWN_ACCOUNT } from "./names";
import { CANONICAL_USERS, IAM_PRINCIPALS, ofAccount, type Party, PRINCIPAL } from "./party";
import { glob, literal, OPEN, type Pattern } from "./patterns";

/** Anything that the configuration itself makes or looks up in the owner's accounts has a name of its own. */
const NAMED: Pattern = glob(`${OPEN}*`);

/** Keys that only a service's own requests carry, for whom it acts. */
const SOURCES = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/** The principal of identities that Amazon Cognito identity pools give out. */
export const COGNITO = "cognito-identity.amazonaws.com";

/** Requests are made today or later; the models know nothing of what was allowed in the past. */
const EARLIEST = Date.UTC(2025, 0, 1);

export class Owner {
  readonly names: Names;
  /** Account ids that are the owner's. */
  readonly accounts: readonly string[];
  private readonly world: World;

  constructor(input: RoomInput) {
    this.world = input.world;
    this.names = new Names(input.context);
    // An entry that has run out does not count; only entries with a date can have.
    const listed = [...input.world.trust.accounts]
      .filter(([id, { until }]) => until === undefined || input.world.controls(id))
      .map(([id]) => id);
    // Without a list, only the accounts that the providers themselves work in are the owner's.
    const own = listed.length > 0 ? listed : providerAccounts(input.resources, this.names);
    this.accounts = own.length > 0 ? own : this.keyAccount(input);
  }

  /**
   * The account that the key policies of the configuration leave their keys to. KMS refuses a policy that does not let
   * the key's own account change it ("Default key policy", PutKeyPolicy), so where no other text says which account the
   * providers work in, the one account that all of them name is it.
   */
  private keyAccount(input: RoomInput): string[] {
    const roots = new Set<string>();
    for (const type of ["aws_kms_key", "aws_kms_key_policy"]) {
      for (const key of input.context.ofType(type)) {
        if (key.values.bypass_policy_lockout_safety_check === true) continue;
        const documents = readDocuments(key.values.policy ?? null, { by: key, attribute: "policy" }, this.names);
        for (const account of documents.flatMap(keeper)) roots.add(account);
      }
    }
    const [only] = roots;
    if (roots.size !== 1) return [];
    this.world.assume({
      subject: `account ${only}`,
      statement: "is the account that the configuration is applied in: its keys are left to it",
      source: "model",
    });
    return [only];
  }

  /** Whether it can be said at all that an account is not the owner's: somebody says which ones are. */
  get accountsAreKnown(): boolean {
    return this.accounts.length > 0;
  }

  /** Whether an account, as a policy or a name gives it, is the owner's; noted as an assumption if the list says so. */
  owns(account: string): boolean {
    if (account.startsWith(OPEN)) return true;
    if (this.world.trust.accounts.size > 0) return this.world.controls(account);
    return this.accounts.includes(account);
  }

  /** Whether an account's text is one that a name of ours may stand for. */
  readonly same = (name: string, account: string): boolean =>
    name === account || (name === OWN_ACCOUNT && (this.accounts.includes(account) || !this.accountsAreKnown));

  private get accountPatterns(): Pattern[] {
    return [...this.accounts.map((account) => literal(account)), NAMED];
  }

  private get organizations(): Pattern[] {
    const { organization } = this.world.trust;
    return [NAMED, ...(organization === undefined ? [] : [literal(organization)])];
  }

  private get organizationPaths(): Pattern[] {
    const { organization } = this.world.trust;
    return [NAMED, ...(organization === undefined ? [] : [glob(`${organization}/*`)])];
  }

  /** Records what a document names of the owner's, so that the verdict says what it rests on. */
  note(document: Document): void {
    for (const { principals, conditions } of document.statements) {
      for (const { text } of [...(principals?.named ?? []), ...conditions.flatMap((one) => one.values)]) {
        for (const account of text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [])
          if (this.accounts.includes(account)) this.owns(account);
        const organization = /^o-[a-z0-9]{10,32}/.exec(text)?.[0];
        if (organization !== undefined) this.world.isOurOrganization(organization);
      }
    }
  }

  /** An address of the internet that nobody vouches for as inside the boundary. */
  private outsideAddress(): Atom {
    const trusted = this.world.trust.places.flatMap((place) =>
      parseCidr(place.id) ? (readRange(place.id) ?? []) : [],
    );
    const test = (point: bigint | number): boolean => {
      const text = showAddress(point as bigint);
      const range = parseCidr(text);
      return range !== undefined && !isUnrouted(range) && !this.isInside(text);
    };
    const set = { type: "points" as const, family: "address" as const, test, points: [...trusted, ...UNROUTED_EDGES] };
    return constraint("aws:sourceip", { absent: true, quantifier: "one", set, of: "outside" });
  }

  private readonly inside = new Map<string, boolean>();

  /** Whether the trust file puts an address, host or id inside the boundary. */
  isInside(id: string): boolean {
    const known = this.inside.get(id);
    if (known !== undefined) return known;
    const trusted = this.world.vouched(id);
    const inside = trusted !== undefined && this.standsInside(trusted);
    this.inside.set(id, inside);
    return inside;
  }

  private standsInside({ country, region, id }: { id: string; country?: string; region?: string }): boolean {
    const place =
      region !== undefined ? placeOfRegion(region) : { id, countries: country === undefined ? undefined : [country] };
    return this.world.sideOf(place) === "inside";
  }

  private vouchedIds(prefix: string): Pattern[] {
    const { places } = this.world.trust;
    return places
      .filter((place) => place.id.startsWith(prefix) && this.standsInside(place))
      .map(({ id }) => literal(id));
  }

  /** Requests that do not come from within a network of the owner's, nor from a place that is vouched for. */
  readonly fromOutside = (): Atom[] => [
    this.outsideAddress(),
    outside("aws:sourcevpc", [NAMED, ...this.vouchedIds("vpc-")]),
    outside("aws:sourcevpcarn", [NAMED]),
    outside("aws:sourcevpce", [NAMED, ...this.vouchedIds("vpce-")]),
    outside("aws:vpceaccount", this.accountPatterns),
    outside("aws:vpceorgid", this.organizations),
    outside("aws:vpceorgpaths", this.organizationPaths),
    constraint("aws:currenttime", { absent: false, quantifier: "one", set: LATER, of: "later" }),
    constraint("aws:epochtime", { absent: false, quantifier: "one", set: LATER, of: "later" }),
  ];

  /** Requests that no service makes on behalf of anybody. */
  private readonly direct = (): Atom[] => [
    ...SOURCES.map(missing),
    missing("aws:principalservicename"),
    missing("aws:principalservicenameslist"),
    missing("aws:calledvia"),
    missing("aws:calledviafirst"),
    missing("aws:calledvialast"),
    within("aws:principalisawsservice", [literal("false", true)]),
    within("aws:viaawsservice", [literal("false", true)]),
    // Amazon SNS gives the account that asks.
    outside("aws:sourceowner", this.accountPatterns),
  ];

  /** An IAM principal of an account that is not the owner's and not of the owner's organization. */
  stranger(): Party {
    return {
      kind: "iam",
      label: "principals of accounts that are not the owner's",
      facts: [
        within(PRINCIPAL, [...IAM_PRINCIPALS, CANONICAL_USERS]),
        outside(
          PRINCIPAL,
          this.accounts.map((account) => ofAccount(literal(account))),
          false,
        ),
        outside("aws:principalorgid", this.organizations),
        outside("aws:principalorgpaths", this.organizationPaths),
        ...this.fromOutside(),
        ...this.direct(),
      ],
    };
  }

  /** An identity of a provider that runs elsewhere: its users and jobs may be anywhere. */
  federated(input: RoomInput): Party {
    return {
      kind: "federated",
      label: "identities of a provider elsewhere",
      facts: [
        outside(PRINCIPAL, this.insideProviders(input), false),
        missing("aws:principalarn"),
        missing("aws:principalaccount"),
        missing("aws:principalorgid"),
        missing("aws:principalorgpaths"),
        ...this.fromOutside(),
        ...this.direct(),
      ],
    };
  }

  /** Identity providers within: issuers of the configuration's own clusters, hosts that are vouched for; Cognito is asked about by itself. */
  private insideProviders(input: RoomInput): Pattern[] {
    const { context } = input;
    const ours = context
      .ofType("aws_iam_openid_connect_provider")
      .filter(({ values }) => this.issuesInside(values.url ?? null, input));
    return [literal(COGNITO), ...ours.map((provider) => literal(this.names.arnOf(provider)))];
  }

  private issuesInside(url: Value, input: RoomInput): boolean {
    if (typeof url === "string") return this.isInside(url.replace(/^https:\/\//, "").split("/")[0]);
    if (!isUnknown(url)) return false;
    const denoted = url.references.flatMap(({ resources }) => resources);
    return (
      denoted.length > 0 && denoted.every((one) => one.type === "aws_eks_cluster" && input.resources.includes(one))
    );
  }

  /** Somebody without credentials. */
  anonymous(): Party {
    return {
      kind: "anonymous",
      label: "anybody, without credentials",
      facts: [
        missing(PRINCIPAL),
        missing("aws:principalarn"),
        missing("aws:principalorgid"),
        missing("aws:principalorgpaths"),
        missing("aws:username"),
        within("aws:principalaccount", [literal("anonymous")]),
        within("aws:principaltype", [literal("Anonymous")]),
        within("aws:userid", [literal("anonymous")]),
        ...this.fromOutside(),
        ...this.direct(),
      ],
    };
  }

  /** A service of AWS that acts for somebody who is not the owner. */
  deputy(services: readonly string[]): Party {
    return {
      kind: "service",
      label: "a service of AWS that acts for an account that is not the owner's",
      facts: [
        within(
          PRINCIPAL,
          services.map((service) => literal(service)),
        ),
        missing("aws:principalarn"),
        missing("aws:principalaccount"),
        missing("aws:principalorgid"),
        missing("aws:principalorgpaths"),
        within("aws:principalisawsservice", [literal("true", true)]),
        // A service comes from addresses of AWS, never from one that the owner vouches for.
        this.outsideAddress(),
        outside("aws:sourceaccount", this.accountPatterns, false),
        outside("aws:sourcearn", [NAMED, ...this.ownArns()], false),
        outside("aws:sourceorgid", this.organizations),
        outside("aws:sourceorgpaths", this.organizationPaths),
        outside("aws:sourceowner", this.accountPatterns),
      ],
    };
  }

  /** ARNs of resources in the owner's accounts. */
  private ownArns(): Pattern[] {
    return [glob(`arn:*:*:*:${OPEN}*`), ...this.accounts.map((account) => glob(`arn:*:*:*:${account}:*`))];
  }

  /** Credentials of one of the owner's principals, used from a place that nobody vouches for. */
  credential(
    arn: string,
    account: string,
    details: { label: string; facts: readonly Atom[]; variables: ReadonlyMap<string, string> },
  ): Party {
    return {
      kind: "credential",
      label: details.label,
      arn,
      account,
      variables: details.variables,
      facts: [
        within(PRINCIPAL, [literal(arn)]),
        within("aws:principalarn", [literal(arn)]),
        within("aws:principalaccount", this.ownAccount(account)),
        within("aws:principalorgid", this.organizations, true),
        within("aws:principalorgpaths", this.organizationPaths, true),
        ...this.fromOutside(),
        ...this.direct().filter((atom) => atom.key !== "aws:sourceowner"),
        ...details.facts,
      ],
    };
  }

  /** A principal of one of the owner's accounts, from wherever. */
  member(): Party {
    return {
      kind: "iam",
      label: "principals of the owner's accounts",
      facts: [
        within(
          PRINCIPAL,
          this.accountPatterns.map((account) => ofAccount(account)),
        ),
        within("aws:principalorgid", this.organizations, true),
        within("aws:principalorgpaths", this.organizationPaths, true),
        ...this.direct(),
      ],
    };
  }

  private ownAccount(account: string): Pattern[] {
    return account === OWN_ACCOUNT
      ? [literal(account), ...this.accounts.map((one) => literal(one))]
      : [literal(account)];
  }

  /** What is fixed about a resource that is not the owner's. */
  foreignResource(): Atom[] {
    return [
      outside("aws:resourceaccount", this.accountPatterns, false),
      outside("s3:resourceaccount", this.accountPatterns),
      outside("aws:resourceorgid", this.organizations),
      outside("aws:resourceorgpaths", this.organizationPaths),
    ];
  }

  /** What is fixed about the resource that is asked for. */
  resourceFacts(resource: Resource, region: string | undefined): Atom[] {
    const account = this.ownAccount(this.names.accountOf(resource));
    return [
      within("aws:resourceaccount", account),
      within("s3:resourceaccount", account, true),
      within("aws:resourceorgid", this.organizations, true),
      within("aws:resourceorgpaths", this.organizationPaths, true),
      ...(region === undefined ? [] : [within("aws:requestedregion", [literal(region)])]),
      ...tagFacts(resource),
    ];
  }
}

/** Tags that the configuration gives to a resource; others may be put on it at any time. */
function tagFacts(resource: Resource): Atom[] {
  const { tags } = resource.values;
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return [];
  return Object.entries(tags as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === "string" ? [within(`aws:resourcetag/${name.toLowerCase()}`, [literal(value)])] : [],
  );
}

/** Accounts that a key policy lets do everything with the key. */
const keeper = ({ statements }: Document): string[] =>
  statements
    .filter(
      ({ effect, actions, principals }) => effect === "Allow" && principals && !principals.negated && !actions?.negated,
    )
    .filter(({ actions }) => actions?.terms.some(({ text }) => /^kms:\*$|^\*$/.test(text)))
    .flatMap(({ principals }) => principals?.named ?? [])
    .flatMap(({ text }) => /^arn:[^:]*:iam::(\d{12}):root$/.exec(text)?.[1] ?? []);

const LATER = {
  type: "points" as const,
  family: "date" as const,
  test: (point: bigint | number) => Number(point) >= EARLIEST,
  points: [EARLIEST],
};

/** Where ranges that no router carries begin and end (`geography/addresses.ts` lists them). */
const UNROUTED_EDGES = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "100::/64",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
].flatMap((text) => readRange(text) ?? []);

function providerAccounts(resources: readonly Resource[], names: Names): string[] {
  const found = new Set<string>();
  for (const resource of resources) {
    const allowed = resource.provider.values.allowed_account_ids;
    if (Array.isArray(allowed)) for (const id of allowed) if (typeof id === "string") found.add(id);
    const account = names.accountOf(resource);
    if (/^\d{12}$/.test(account)) found.add(account);
  }
  return [...found].sort();
}
