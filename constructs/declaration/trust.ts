import { dataCentresOf, type Enclave, type Oversight } from "./declaration";

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
    places: [...enclave.vouched, ...(enclave.oversight ? registeredNetworks(enclave.oversight) : [])],
  };
}

const registeredNetworks = ({ partner, people }: Oversight): Enclave["vouched"] =>
  people.networks.map(({ range, country, until }) => ({
    id: range,
    country,
    statement: `network that the people of ${partner} work from`,
    ...(until !== undefined && { until }),
  }));
