/** Who may ask: for each kind of party, what is fixed about its requests. */
import { isUnknown, type Value } from "../../configuration/value";
import type { RoomInput } from "../../flows/flow";
import { isUnrouted, parseCidr, unrouted } from "../../geography/addresses";
import { placeOfRegion } from "../../geography/place";
import { regions } from "../../geography/regions";
import { type Atom, constraint, missing, outside, pointsOf, showAddress, within } from "../language/atom";
import { arnGlob, glob, literal, OPEN, type Pattern } from "../language/patterns";
import { isEdge } from "./deputies";
import { DIRECT, forwarded } from "./forwarding";
import { NAMED, type Owner } from "./owner";
import { CANONICAL_USERS, IAM_PRINCIPALS, ofAccount, type Party, PRINCIPAL } from "./party";

/** Keys that only a service's own requests carry, for whom it acts. */
const SOURCES = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/** The principal of identities that Amazon Cognito identity pools give out. */
export const COGNITO = "cognito-identity.amazonaws.com";

/** Requests are made today or later; the models know nothing of what was allowed in the past. */
const EARLIEST = Date.UTC(2025, 0, 1);

/** Equal questions give the same object, so that what follows from its facts is worked out once. */
export class Parties {
  private readonly known = new Map<string, Party>();

  constructor(
    private readonly input: RoomInput,
    private readonly owner: Owner,
  ) {}

  private once(name: string, make: () => Party): Party {
    const party = this.known.get(name) ?? make();
    this.known.set(name, party);
    return party;
  }

  /** An address of the internet that nobody vouches for as inside the boundary. */
  private outsideAddress(): Atom {
    const trusted = this.input.world.trust.places.flatMap(({ id }) => {
      const range = parseCidr(id);
      return range ? pointsOf(range) : [];
    });
    const test = (point: bigint | number): boolean => {
      const text = showAddress(point as bigint);
      const range = parseCidr(text);
      return range !== undefined && !isUnrouted(range) && !this.owner.isInside(text);
    };
    const set = { type: "points" as const, family: "address" as const, test, points: [...trusted, ...UNROUTED_EDGES] };
    return constraint("aws:sourceip", { absent: true, quantifier: "one", set, of: "outside" });
  }

  /** Requests that do not come from within a network of the owner's, nor from a place that is vouched for. */
  fromOutside(): readonly Atom[] {
    this.elsewhere ??= this.notFromWithin();
    return this.elsewhere;
  }

  private elsewhere?: readonly Atom[];

  private readonly notFromWithin = (): Atom[] => [
    this.outsideAddress(),
    outside("aws:sourcevpc", [NAMED, ...this.owner.vouchedIds("vpc-")]),
    outside("aws:sourcevpcarn", [NAMED, ...this.ownNetworks()]),
    outside("aws:sourcevpce", [NAMED, ...this.owner.vouchedIds("vpce-")]),
    outside("aws:vpceaccount", this.owner.accountPatterns),
    outside("aws:vpceorgid", this.owner.organizations),
    outside("aws:vpceorgpaths", this.owner.organizationPaths),
    constraint("aws:currenttime", { absent: false, quantifier: "one", set: LATER, of: "later" }),
    constraint("aws:epochtime", { absent: false, quantifier: "one", set: LATER, of: "later" }),
  ];

  /** ARNs of VPCs of the owner's accounts in regions inside. */
  private ownNetworks(): Pattern[] {
    const inside = [...regions.keys()].filter((code) => this.input.world.sideOf(placeOfRegion(code)) === "inside");
    return [`${OPEN}*`, ...this.owner.accounts].flatMap((account) =>
      inside.map((region) => arnGlob(`arn:*:ec2:${region}:${account}:vpc/*`)),
    );
  }

  /** Requests that no service makes on behalf of anybody. */
  private readonly direct = (): Atom[] => [
    ...SOURCES.map(missing),
    missing("aws:principalservicename"),
    missing("aws:principalservicenameslist"),
    ...DIRECT,
    within("aws:principalisawsservice", [literal("false", true)]),
    // Amazon SNS gives the account that asks.
    outside("aws:sourceowner", this.owner.accountPatterns),
  ];

  /** An IAM principal of an account that is not the owner's and not of the owner's organization. */
  stranger(): Party {
    return this.once("stranger", () => ({
      kind: "iam",
      label: "principals of accounts that are not the owner's",
      facts: [
        within(PRINCIPAL, [...IAM_PRINCIPALS, CANONICAL_USERS]),
        outside(
          PRINCIPAL,
          this.owner.accounts.map((account) => ofAccount(literal(account))),
          false,
        ),
        outside("aws:principalorgid", this.owner.organizations),
        outside("aws:principalorgpaths", this.owner.organizationPaths),
        ...this.fromOutside(),
        ...this.direct(),
      ],
    }));
  }

  /** Such a principal, through services that forward what it asks. */
  forwardedStrangers(): readonly Party[] {
    this.forwardedParties ??= forwarded(this.stranger());
    return this.forwardedParties;
  }

  private forwardedParties?: readonly Party[];

  /** An identity of a provider that runs elsewhere: its users and jobs may be anywhere. */
  federated(): Party {
    return this.once("federated", () => ({
      kind: "federated",
      label: "identities of a provider elsewhere",
      facts: [
        outside(PRINCIPAL, this.insideProviders(), false),
        missing("aws:principalarn"),
        missing("aws:principalaccount"),
        missing("aws:principalorgid"),
        missing("aws:principalorgpaths"),
        ...this.fromOutside(),
        ...this.direct(),
      ],
    }));
  }

  /** Identity providers within: issuers of the configuration's own clusters, hosts that are vouched for; Cognito is asked about by itself. */
  private insideProviders(): Pattern[] {
    const { context } = this.input;
    const ours = context
      .ofType("aws_iam_openid_connect_provider")
      .filter(({ values }) => this.issuesInside(values.url ?? null));
    return [literal(COGNITO), ...ours.map((provider) => literal(this.owner.names.arnOf(provider)))];
  }

  private issuesInside(url: Value): boolean {
    if (typeof url === "string") return this.owner.isInside(url.replace(/^https:\/\//, "").split("/")[0]);
    if (!isUnknown(url)) return false;
    const denoted = url.references.flatMap(({ resources }) => resources);
    return (
      denoted.length > 0 && denoted.every((one) => one.type === "aws_eks_cluster" && this.input.resources.includes(one))
    );
  }

  /** Somebody without credentials. */
  anonymous(): Party {
    return this.once("anonymous", () => ({
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
    }));
  }

  /**
   * A service of AWS that acts for somebody who is not the owner, or that takes what it reads all over the world,
   * whoever it acts for.
   */
  deputy(service: string): Party {
    return this.once(service, () => ({
      kind: "service",
      label: isEdge(service)
        ? "edge locations all over the world"
        : "a service of AWS that acts for an account that is not the owner's",
      facts: [...this.ofService(service), ...(isEdge(service) ? [] : this.forOthers())],
    }));
  }

  /** A service of AWS that acts for what stands in a region outside, though in an account of the owner's. */
  deputyAbroad(service: string, region: string): Party {
    return this.once(`${service} ${region}`, () => ({
      kind: "service",
      label: `a service of AWS that acts for something in ${region}`,
      region,
      facts: [
        ...this.ofService(service),
        within("aws:sourceaccount", this.owner.accountPatterns),
        within("aws:sourcearn", [arnGlob(`arn:*:*:${region}:*:*`)]),
        within("aws:sourceorgid", this.owner.organizations, true),
        within("aws:sourceorgpaths", this.owner.organizationPaths, true),
      ],
    }));
  }

  /** Regions outside that an ARN names of something in the owner's accounts. */
  abroad(arn: string): string | undefined {
    const [, , , region = "", account = ""] = arn.split(":");
    const named = regions.has(region) && this.input.world.sideOf(placeOfRegion(region)) !== "inside";
    return named && this.owner.owns(account) ? region : undefined;
  }

  private ofService(service: string): Atom[] {
    return [
      within(PRINCIPAL, [literal(service)]),
      missing("aws:principalarn"),
      missing("aws:principalaccount"),
      missing("aws:principalorgid"),
      missing("aws:principalorgpaths"),
      within("aws:principalisawsservice", [literal("true", true)]),
      // A service that asks as itself comes from addresses of AWS, never from one that the owner vouches for and never
      // through an endpoint of the owner's: the keys of endpoints are there "only if the requester uses a VPC endpoint",
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcevpce;
      // so denials by network except services, ibid. #condition-keys-principalisawsservice.
      ...this.fromOutside(),
    ];
  }

  private forOthers(): Atom[] {
    return [
      outside("aws:sourceaccount", this.owner.accountPatterns, false),
      outside("aws:sourcearn", [NAMED, ...this.ownArns()], false),
      outside("aws:sourceorgid", this.owner.organizations),
      outside("aws:sourceorgpaths", this.owner.organizationPaths),
      outside("aws:sourceowner", this.owner.accountPatterns),
    ];
  }

  /** ARNs of resources in the owner's accounts. */
  private ownArns(): Pattern[] {
    return [glob(`arn:*:*:*:${OPEN}*`), ...this.owner.accounts.map((account) => glob(`arn:*:*:*:${account}:*`))];
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
        within(PRINCIPAL, [glob(arn)]),
        within("aws:principalarn", [glob(arn)]),
        within("aws:principalaccount", this.owner.ownAccount(account)),
        within("aws:principalorgid", this.owner.organizations, true),
        within("aws:principalorgpaths", this.owner.organizationPaths, true),
        ...this.fromOutside(),
        ...this.direct().filter((atom) => atom.key !== "aws:sourceowner"),
        ...details.facts,
      ],
    };
  }

  /** A principal of one of the owner's accounts, from wherever. */
  member(): Party {
    return this.once("member", () => ({
      kind: "iam",
      label: "principals of the owner's accounts",
      facts: [
        within(
          PRINCIPAL,
          this.owner.accountPatterns.map((account) => ofAccount(account)),
        ),
        within("aws:principalorgid", this.owner.organizations, true),
        within("aws:principalorgpaths", this.owner.organizationPaths, true),
        ...this.direct(),
      ],
    }));
  }
}

const LATER = {
  type: "points" as const,
  family: "date" as const,
  test: (point: bigint | number) => Number(point) >= EARLIEST,
  points: [EARLIEST],
};

/** Where ranges that no router carries begin and end. */
const UNROUTED_EDGES = unrouted.flatMap(pointsOf);
