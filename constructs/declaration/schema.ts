/** The shape of a declaration: which fields there are and what each may hold, before fields are compared. */
import { z } from "zod";
import { defaultSigners, signersSchema } from "../../attestation/signers";
import { accessSchema } from "./access";
import { facilitySchema } from "./facility";
import { guardrailsSchema } from "./guardrails";
import { migrationSchema } from "./migration";
import { oversightSchema } from "./oversight";
import { pipelineSchema } from "./pipeline";
import { placementSchema } from "./placement";
import { pseudonymisationSchema, transfersSchema } from "./transfers";
import { accountId, country, date, days, network, slug } from "./values";

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
  until: date.optional(),
});

export const schema = z.strictObject({
  name: slug,
  organization: z.string().regex(/^o-[a-z0-9]{10,32}$/, "must be the id of an organization: o-…"),
  boundary: z.union([z.string(), z.strictObject({ name: z.string().min(1), countries: z.array(country).min(1) })], {
    error: "must be the name of a boundary or { name, countries }",
  }),
  accounts: z.record(slug, accountId),
  /** Account that the organization was made in: only from there are its services delegated and its guardrails set. */
  management: z.string().optional(),
  retention: z.strictObject({ logs: days, backups: days, versions: days, snapshots: days }),
  sites: z.record(slug, site).refine((all) => Object.keys(all).length > 0, "must have a site"),
  placement: placementSchema.optional(),
  guardrails: guardrailsSchema.optional(),
  migration: migrationSchema.optional(),
  oversight: oversightSchema.optional(),
  access: accessSchema.optional(),
  pseudonymisation: pseudonymisationSchema.optional(),
  transfers: transfersSchema.optional(),
  pipeline: pipelineSchema.optional(),
  vouched: z.array(place).default([]),
  /** Who must sign what was proved before it is applied. */
  signers: signersSchema.default(defaultSigners),
});

/** What a platform engineer writes. */
export type EnclaveDeclaration = z.input<typeof schema>;
/** The same, checked for shape, with defaults filled in. */
export type CheckedShape = z.output<typeof schema>;
