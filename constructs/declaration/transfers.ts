/** What may leave the enclave, to whom, and in which disguise. By default nothing, to nobody. */
import { z } from "zod";
import type { Access } from "./access";
import type { Problem } from "./rules";
import { accountId, country, date, slug } from "./values";

export const pseudonymisationSchema = z.strictObject({
  /** What tokens are made for; the same person has another token for every purpose. */
  purposes: z
    .array(slug)
    .min(1, "must name a purpose")
    .refine((all) => new Set(all).size === all.length, "must not name a purpose twice"),
  /** Which key tokens are made with: one more, and every site makes a new key. */
  generation: z.int("must be a whole number").min(1, "must be at least 1"),
  /** How many earlier keys are kept, to find persons behind earlier tokens. */
  keep: z.int("must be a whole number").min(0, "must not be negative"),
});

/** Fields of records, `a.b` for the field `b` of the field `a`. */
const field = z.string().regex(/^[^.\p{Cc}]+(\.[^.\p{Cc}]+)*$/u, "must be the name of a field, or names with dots");

const dataClass = z.strictObject({
  /** Data set that it is taken from. */
  dataSet: z.string(),
  purpose: z.string(),
  /** Fields that are replaced by tokens; every record must have each. */
  identifiers: z
    .array(field)
    .min(1, "must name a field")
    .refine((all) => new Set(all).size === all.length, "must not name a field twice"),
});

const receiver = z.strictObject({
  /** Who it is, in words. */
  name: z.string().min(1, "must say who it is"),
  country,
  /** Such as "GDPR Art. 6(1)(e), contract of 2026-03-01". */
  legalBasis: z.string().min(1, "must say on which legal basis"),
  /** The last day. */
  until: date,
  classes: z.array(z.string()).min(1, "must name a class"),
  /** Where it takes data: a bucket of its own, in the region of a site. */
  inbox: z.strictObject({
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket"),
    account: accountId,
    region: z.string(),
  }),
});

export const transfersSchema = z.strictObject({
  classes: z.record(slug, dataClass).default({}),
  receivers: z.record(slug, receiver).default({}),
});

export type Pseudonymisation = z.output<typeof pseudonymisationSchema>;
export type Transfers = z.output<typeof transfersSchema>;
export type DataClass = Transfers["classes"][string];
export type Receiver = Transfers["receivers"][string];

/** The receivers whose inboxes stand in a region: the way of a network to S3 leads to no other. */
export const receiversIn = ({ receivers }: Transfers, region: string): Transfers["receivers"] =>
  Object.fromEntries(Object.entries(receivers).filter(([, { inbox }]) => inbox.region === region));

/** What receivers and classes are checked against. */
export interface TransferSetting {
  readonly access: Access | undefined;
  readonly pseudonymisation: Pseudonymisation | undefined;
  /** Regions of the sites. */
  readonly regions: readonly string[];
  /** Ids of the owner's accounts. */
  readonly accounts: readonly string[];
  readonly inside: (countries: readonly string[]) => boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** Everything that is wrong with the transfers. */
export function transferProblems({ classes, receivers }: Transfers, setting: TransferSetting): Problem[] {
  const path = ["transfers"];
  return [
    ...(setting.access ? [] : [{ path, message: "need access to be declared: transfers are approved there" }]),
    ...(setting.pseudonymisation ? [] : [{ path, message: "need pseudonymisation to be declared" }]),
    ...Object.entries(classes).flatMap(([name, one]) => classProblems(name, one, setting)),
    ...Object.entries(receivers).flatMap(([name, one]) => receiverProblems(name, one, Object.keys(classes), setting)),
    ...sharedInboxes(receivers),
  ];
}

/** Who takes what has to be told apart. */
function sharedInboxes(receivers: Transfers["receivers"]): Problem[] {
  const first = new Map<string, string>();
  return Object.entries(receivers).flatMap(([name, { inbox }]) => {
    const before = first.get(inbox.bucket);
    if (before === undefined) {
      first.set(inbox.bucket, name);
      return [];
    }
    const path = ["transfers", "receivers", name, "inbox", "bucket"];
    return [{ path, message: `is the inbox of transfers.receivers.${before}` }];
  });
}

function classProblems(name: string, one: DataClass, { access, pseudonymisation }: TransferSetting): Problem[] {
  const path = ["transfers", "classes", name];
  const dataSets = access?.dataSets ?? {};
  const problems: Problem[] = [];
  if (!Object.hasOwn(dataSets, one.dataSet)) {
    problems.push({ path: [...path, "dataSet"], message: `"${one.dataSet}" is not one of access.dataSets` });
  } else if (dataSets[one.dataSet].store !== "objects") {
    problems.push({ path: [...path, "dataSet"], message: `"${one.dataSet}" is not made of objects` });
  }
  if (!pseudonymisation?.purposes.includes(one.purpose)) {
    problems.push({ path: [...path, "purpose"], message: `"${one.purpose}" is not one of pseudonymisation.purposes` });
  }
  return problems;
}

function receiverProblems(
  name: string,
  { country, until, classes, inbox }: Receiver,
  declared: readonly string[],
  { regions, accounts, inside, today }: TransferSetting,
): Problem[] {
  const path = ["transfers", "receivers", name];
  const problems: Problem[] = [];
  if (!inside([country])) {
    problems.push({ path: [...path, "country"], message: `${country} is outside the boundary` });
  }
  if (until < today) problems.push({ path: [...path, "until"], message: `${until} has passed` });
  classes.forEach((one, i) => {
    if (declared.includes(one)) return;
    problems.push({ path: [...path, "classes", String(i)], message: `"${one}" is not one of transfers.classes` });
  });
  // The way of a VPC to S3 leads to buckets of its own region:
  // https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html, "Considerations"
  if (!regions.includes(inbox.region)) {
    problems.push({
      path: [...path, "inbox", "region"],
      message: `${inbox.region} is not the region of a site (${regions.join(", ")})`,
    });
  }
  if (accounts.includes(inbox.account)) {
    problems.push({
      path: [...path, "inbox", "account"],
      message: "is an account of the enclave, which is no receiver",
    });
  }
  return problems;
}
