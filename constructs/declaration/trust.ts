import { dataCentresOf, type Enclave, type Migration, type Oversight } from "./declaration";

/** What `trust.json` holds: everything the proof rests on that no Terraform text can show. */
export interface TrustFile {
  readonly organization: string;
  readonly accounts: Readonly<Record<string, { readonly name: string }>>;
  readonly outposts: Readonly<Record<string, { readonly country: string; readonly homeRegion: string }>>;
  readonly places: Enclave["vouched"];
}

/** The trust file that a declaration implies. */
export function trustOf(enclave: Enclave): TrustFile {
  const outposts = dataCentresOf(enclave).flatMap(({ outposts, region }) =>
    outposts.map(({ id, country }) => [id, { country, homeRegion: region }] as const),
  );
  return {
    organization: enclave.organization,
    accounts: Object.fromEntries(enclave.accounts.map(({ id, name }) => [id, { name }])),
    outposts: Object.fromEntries(outposts),
    places: [
      ...enclave.vouched,
      ...(enclave.oversight ? registeredNetworks(enclave.oversight) : []),
      ...inboxes(enclave),
      ...(enclave.migration ? origins(enclave.migration) : []),
    ],
  };
}

/** Where copies come from. A place that is known to stand outside can only be an origin. */
const origins = ({ sources }: Migration): Enclave["vouched"] =>
  sources.flatMap(({ name, region, account, copies }) =>
    Object.values(copies).map(({ bucket }) => ({
      id: `arn:aws:s3:::${bucket}`,
      region,
      account,
      statement: `copies in ${name} that are brought in; it stands outside`,
    })),
  );

const registeredNetworks = ({ partner, people }: Oversight): Enclave["vouched"] =>
  people.networks.map(({ range, country, until }) => ({
    id: range,
    country,
    statement: `network that the people of ${partner} work from`,
    ...(until !== undefined && { until }),
  }));

/** Where declared receivers take data: vouched for until their date, and so listed with every verdict. */
function inboxes({ transfers }: Enclave): Enclave["vouched"] {
  return Object.entries(transfers?.receivers ?? {}).map(([name, receiver]) => ({
    id: `arn:aws:s3:::${receiver.inbox.bucket}`,
    region: receiver.inbox.region,
    statement:
      `inbox of the receiver ${name} (${receiver.name}, ${receiver.country}, account ${receiver.inbox.account}) ` +
      `for ${receiver.classes.join(", ")}: ` +
      receiver.legalBasis,
    until: receiver.until,
  }));
}
