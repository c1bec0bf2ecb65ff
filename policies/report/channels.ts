/** Channels for people: what kind of way each is, and what closes it. */
import type { ReportEscape } from "./report";

/** A family of channels that are explained, and closed, alike. */
export interface Family {
  readonly name: string;
  /** What it is, as a sentence. */
  readonly about: string;
  /** How such a way is closed, as a sentence. */
  readonly close: string;
}

type Row = readonly [pattern: RegExp, family: Family];

/** The first pattern that a channel matches names its family. */
const FAMILIES: readonly Row[] = [
  [
    /^placement$|-region$|^vpc\.border-group$/,
    {
      name: "placement",
      about:
        "The resource itself stands in a place outside the boundary, and what it keeps or handles stands there with it.",
      close: "Move it: set its region (or its provider's), its zone or its Outpost to one inside the boundary.",
    },
  ],
  [
    /^(vpc\.(internet-gateway|nat-gateway|egress-only-gateway|carrier-gateway)|.*\.internet|elb\.internet-facing|lightsail\.ports)$/,
    {
      name: "internet",
      about: "Packets can leave for the internet, which is everywhere and nowhere.",
      close:
        "Take away one step of the path: the route to the gateway, the public address, or the rule of a security group or network ACL that lets the packets pass.",
    },
  ],
  [
    /^(vpc\.|tgw|vpn|direct-connect|cloud-wan|client-vpn|vpc-lattice\.|endpoint|network\.)/,
    {
      name: "network",
      about: "Packets can reach a network that is outside the boundary or that the owner does not control.",
      close:
        "Remove the attachment or the route that leads there; if the other side is yours and inside, say so in the trust file.",
    },
  ],
  [
    /^dns\.|resolver|^route53/,
    {
      name: "names",
      about: "Names can be looked up outside, and every question carries what its asker writes into it.",
      close:
        "Resolve names with servers inside the boundary only, and let a DNS firewall block every domain that is not needed.",
    },
  ],
  [
    /^(iam\.|sso\.|rolesanywhere\.|cognito\.identity-pool|identity-center|provider\.)|federation|credential|access-key|identity-provider/,
    {
      name: "credentials",
      about: "A credential that works from anywhere on earth, or one of a stranger, may read the data.",
      close:
        "Remove the credential, or bind its permissions to your network or organization with a condition (aws:SourceVpc, aws:SourceIp, aws:PrincipalOrgID).",
    },
  ],
  [
    /polic|permission|grant|shar|principal|member|administrator|owner|acl$|subscriber|consumer|access-entry|public|function-url|unauthenticated/,
    {
      name: "access",
      about: "Somebody whom the owner does not control may read the data.",
      close:
        "Name only principals of your own accounts or organization, without wildcards; if the account is yours, list it in the trust file.",
    },
  ],
  [
    /replic|copy|global|multi-region|snapshot|backup|restore/,
    {
      name: "copies",
      about: "A copy of the data is kept at the destination, and kept up to date.",
      close: "Send the copies to a region inside the boundary and to an account of your own.",
    },
  ],
];

const DELIVERY: Family = {
  name: "delivery",
  about: "A service delivers the data, or part of it, to the destination by itself.",
  close: "Name a destination inside the boundary and in an account of your own, or switch the delivery off.",
};

export const familyOf = (channel: string): Family =>
  FAMILIES.find(([pattern]) => pattern.test(channel))?.[1] ?? DELIVERY;

/** What to change to close an escape: the last step that an attribute decides, and how such ways are closed. */
export function remedy(escape: ReportEscape): string {
  const step =
    [...escape.path].reverse().find((one) => one.attribute !== undefined) ?? escape.path[escape.path.length - 1];
  const where = step?.attribute === undefined ? step?.by : `${step.attribute} of ${step.by}`;
  const close = familyOf(escape.channel).close;
  return where === undefined ? close : `Change ${where}. ${close}`;
}

/** How a reason of the contract reads. */
export const REASONS: Readonly<Record<string, string>> = {
  "unmodelled-type": "The type of the resource has no model.",
  "unmodelled-attribute": "The attribute has no model.",
  "unmodelled-block": "The block has no model.",
  "unknown-value": "A value that the argument needs is known only after apply, and nothing bounds it.",
  "unresolved-reference": "Something is referred to that is not in the configuration.",
  "foreign-provider": "The provider is not modelled.",
};
