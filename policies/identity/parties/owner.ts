/** What is the owner's, and what is fixed about requests of those who are not. */
import type { Resource } from "../../configuration/resource";
import type { RoomInput } from "../../flows/flow";
import { placeOfRegion } from "../../geography/place";
import type { World } from "../../geography/world";
import { type Atom, outside, within } from "../language/atom";
import { type Document, readDocuments } from "../language/document";
import { Names, OWN_ACCOUNT, OWN_ORGANIZATION } from "../language/names";
import { glob, literal, OPEN, type Pattern } from "../language/patterns";

/** Anything that the configuration itself makes or looks up in the owner's accounts has a name of its own. */
export const NAMED: Pattern = glob(`${OPEN}*`);

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

  /** The owner's accounts, as texts of policies give them. */
  get accountPatterns(): Pattern[] {
    return [...this.accounts.map((account) => literal(account)), NAMED];
  }

  get organizations(): Pattern[] {
    const { organization } = this.world.trust;
    return [NAMED, ...(organization === undefined ? [] : [literal(organization, true)])];
  }

  get organizationPaths(): Pattern[] {
    const { organization } = this.world.trust;
    return [NAMED, ...(organization === undefined ? [] : [glob(`${organization}/*`, true)])];
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

  /** Ids that the trust file puts inside the boundary. */
  vouchedIds(prefix: string): Pattern[] {
    const { places } = this.world.trust;
    return places.filter(({ id }) => id.startsWith(prefix) && this.isInside(id)).map(({ id }) => literal(id));
  }

  ownAccount(account: string): Pattern[] {
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

  /** What is fixed about a resource of the owner's that is not known; nothing where nobody says which accounts are. */
  ownResource(): Atom[] {
    if (!this.accountsAreKnown) return [];
    return [
      within("aws:resourceaccount", this.accountPatterns),
      within("s3:resourceaccount", this.accountPatterns, true),
      within("aws:resourceorgid", this.organizations, true),
      within("aws:resourceorgpaths", this.organizationPaths, true),
    ];
  }

  /** What policy variables about a resource of the owner's stand for. */
  variablesOf(resource: Resource): ReadonlyMap<string, readonly string[]> {
    const { organization } = this.world.trust;
    const account = this.names.accountOf(resource);
    const accounts = account === OWN_ACCOUNT ? [account, ...this.accounts] : [account];
    return new Map([
      ["aws:resourceaccount", accounts],
      ["s3:resourceaccount", accounts],
      ["aws:resourceorgid", [OWN_ORGANIZATION, ...(organization === undefined ? [] : [organization])]],
    ]);
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
