/** The shape of a declaration: which fields there are and what each may hold, before fields are compared. */
import { z } from "zod";
import { Cidr } from "./cidr";
import { facilitySchema } from "./facility";
import { placementSchema } from "./placement";

const slug = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
    "must be 2 to 20 lower-case letters, digits and dashes, starting with a letter",
  );
const accountId = z.string().regex(/^\d{12}$/, "must be an account id of 12 digits");
/** Private space only: RFC 1918 and RFC 6598; for IPv6 the half of RFC 4193 that AWS gives to VPCs. */
const privateSpace = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fd80::/9"].map(Cidr.parse);
const country = z.string().regex(/^[A-Z]{2}$/, "must be a country as ISO 3166-1 alpha-2, such as IE");
const days = z
  .int("must be a whole number of days")
  .min(1, "must be at least one day")
  .max(3650, "must be at most 3650 days");

function range(version: 4 | 6, longest: number, step = 1, shortest = 8) {
  return z.string().superRefine((text, context) => {
    try {
      const cidr = Cidr.parse(text);
      if (cidr.version !== version) throw new RangeError(`"${text}" is not an IPv${version} range`);
      if (cidr.prefix < shortest || cidr.prefix > longest || cidr.prefix % step !== 0) {
        const steps = step === 1 ? "" : ` in steps of ${step}`;
        throw new RangeError(`"${text}" must have a prefix from /${shortest} to /${longest}${steps}`);
      }
      if (!privateSpace.some((space) => space.contains(cidr))) {
        throw new RangeError(
          `"${text}" is not private space (${privateSpace.filter((s) => s.version === version).join(", ")})`,
        );
      }
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as RangeError).message });
    }
  });
}

/** AWS takes VPCs from /16 to /28, for IPv6 from /44 to /60 in steps of four; 32 subnets have to fit into each. */
const network = z.strictObject({ ipv4: range(4, 22, 1, 16), ipv6: range(6, 56, 4, 44) });

const outpost = z.strictObject({
  arn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:outposts:[a-z0-9-]+:\d{12}:outpost\/op-[0-9a-f]{17}$/,
      "must be the ARN of an Outpost: arn:aws:outposts:REGION:ACCOUNT:outpost/op-…",
    ),
  zone: z.string(),
  country,
  /** What the racks were ordered with, in TiB. Left out: nothing can be placed on them by `placement`. */
  capacity: z.strictObject({ objects: z.number().min(0), blocks: z.number().min(0) }).optional(),
});

const dataCentre = z.strictObject({
  zones: z.array(z.string()).min(1, "must name a zone").optional(),
  outposts: z.array(outpost).min(1, "must name an Outpost").optional(),
  network,
  replicatesTo: z.array(z.string()).default([]),
  backsUpTo: z.array(z.string()).default([]),
  facility: facilitySchema.optional(),
});

const site = z.strictObject({
  account: z.string(),
  region: z.string(),
  image: z.string().regex(/^ami-[0-9a-f]{8,17}$/, "must be the id of a machine image: ami-…"),
  inspection: z.strictObject({ zones: z.array(z.string()).min(1, "must name a zone"), ...network.shape }),
  dataCentres: z.record(slug, dataCentre).refine((all) => Object.keys(all).length > 0, "must have a data centre"),
});

const place = z.strictObject({
  id: z.string().min(1),
  country: country.optional(),
  region: z.string().optional(),
  account: accountId.optional(),
  statement: z.string().min(1, "must say what the owner vouches for"),
  until: z.iso.date("must be a date: YYYY-MM-DD").optional(),
});

/** The independent partner: an account of its own. */
const oversight = z.strictObject({ account: z.string() });

export const schema = z.strictObject({
  name: slug,
  organization: z.string().regex(/^o-[a-z0-9]{10,32}$/, "must be the id of an organization: o-…"),
  boundary: z.union([z.string(), z.strictObject({ name: z.string().min(1), countries: z.array(country).min(1) })], {
    error: "must be the name of a boundary or { name, countries }",
  }),
  accounts: z.record(slug, accountId),
  retention: z.strictObject({ logs: days, backups: days, versions: days, snapshots: days }),
  sites: z.record(slug, site).refine((all) => Object.keys(all).length > 0, "must have a site"),
  placement: placementSchema.optional(),
  oversight: oversight.optional(),
  vouched: z.array(place).default([]),
});

/** What a platform engineer writes. */
export type EnclaveDeclaration = z.input<typeof schema>;
/** The same, checked for shape, with defaults filled in. */
export type CheckedShape = z.output<typeof schema>;
