/**
 * The regions of AWS and the country that each stands in. A region that is not in this table stands nowhere we know:
 * its code proves nothing (`eu-west-2` is London, `eu-central-2` Zurich).
 *
 * Sources:
 * - partition `aws`: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, and the column
 *   "Geography" of https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 * - `aws-cn`: https://docs.amazonaws.cn/en_us/aws/latest/userguide/introduction.html
 * - `aws-us-gov`: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/whatis.html
 * - `aws-eusc`: https://docs.aws.eu/ (AWS European Sovereign Cloud, Brandenburg, Germany)
 * - `aws-iso*`: the regions appear by code in the `partitions.json` of AWS's SDKs; those of the United States
 *   government stand in the United States. Where `eu-isoe-west-1` stands is not published.
 */

/** Independent parts of AWS: an account, an ARN and a credential belong to exactly one. */
export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f";

export interface Region {
  readonly code: string;
  /** As AWS writes it: `Europe (Ireland)`. */
  readonly name: string;
  readonly partition: Partition;
  /** ISO 3166-1 alpha-2; undefined where AWS does not publish it. */
  readonly country: string | undefined;
}

type Row = readonly [code: string, country: string | undefined, name: string];

const tables: Readonly<Record<Partition, readonly Row[]>> = {
  aws: [
    ["af-south-1", "ZA", "Africa (Cape Town)"],
    ["ap-east-1", "HK", "Asia Pacific (Hong Kong)"],
    ["ap-east-2", "TW", "Asia Pacific (Taipei)"],
    ["ap-northeast-1", "JP", "Asia Pacific (Tokyo)"],
    ["ap-northeast-2", "KR", "Asia Pacific (Seoul)"],
    ["ap-northeast-3", "JP", "Asia Pacific (Osaka)"],
    ["ap-south-1", "IN", "Asia Pacific (Mumbai)"],
    ["ap-south-2", "IN", "Asia Pacific (Hyderabad)"],
    ["ap-southeast-1", "SG", "Asia Pacific (Singapore)"],
    ["ap-southeast-2", "AU", "Asia Pacific (Sydney)"],
    ["ap-southeast-3", "ID", "Asia Pacific (Jakarta)"],
    ["ap-southeast-4", "AU", "Asia Pacific (Melbourne)"],
    ["ap-southeast-5", "MY", "Asia Pacific (Malaysia)"],
    ["ap-southeast-6", "NZ", "Asia Pacific (New Zealand)"],
    ["ap-southeast-7", "TH", "Asia Pacific (Thailand)"],
    ["ca-central-1", "CA", "Canada (Central)"],
    ["ca-west-1", "CA", "Canada West (Calgary)"],
    ["eu-central-1", "DE", "Europe (Frankfurt)"],
    ["eu-central-2", "CH", "Europe (Zurich)"],
    ["eu-north-1", "SE", "Europe (Stockholm)"],
    ["eu-south-1", "IT", "Europe (Milan)"],
    ["eu-south-2", "ES", "Europe (Spain)"],
    ["eu-west-1", "IE", "Europe (Ireland)"],
    ["eu-west-2", "GB", "Europe (London)"],
    ["eu-west-3", "FR", "Europe (Paris)"],
    ["il-central-1", "IL", "Israel (Tel Aviv)"],
    ["me-central-1", "AE", "Middle East (UAE)"],
    ["me-south-1", "BH", "Middle East (Bahrain)"],
    ["mx-central-1", "MX", "Mexico (Central)"],
    ["sa-east-1", "BR", "South America (São Paulo)"],
    ["us-east-1", "US", "US East (N. Virginia)"],
    ["us-east-2", "US", "US East (Ohio)"],
    ["us-west-1", "US", "US West (N. California)"],
    ["us-west-2", "US", "US West (Oregon)"],
  ],
  "aws-cn": [
    ["cn-north-1", "CN", "China (Beijing)"],
    ["cn-northwest-1", "CN", "China (Ningxia)"],
  ],
  "aws-us-gov": [
    ["us-gov-east-1", "US", "AWS GovCloud (US-East)"],
    ["us-gov-west-1", "US", "AWS GovCloud (US-West)"],
  ],
  "aws-eusc": [["eusc-de-east-1", "DE", "EU (Germany)"]],
  "aws-iso": [
    ["us-iso-east-1", "US", "US ISO East"],
    ["us-iso-west-1", "US", "US ISO West"],
  ],
  "aws-iso-b": [
    ["us-isob-east-1", "US", "US ISOB East (Ohio)"],
    ["us-isob-west-1", "US", "US ISOB West"],
  ],
  "aws-iso-e": [["eu-isoe-west-1", undefined, "EU ISOE West"]],
  "aws-iso-f": [
    ["us-isof-east-1", "US", "US ISOF East"],
    ["us-isof-south-1", "US", "US ISOF South"],
  ],
};

/** All regions by code. */
export const regions: ReadonlyMap<string, Region> = new Map(
  Object.entries(tables).flatMap(([partition, rows]) =>
    rows.map(([code, country, name]): [string, Region] => [
      code,
      { code, name, partition: partition as Partition, country },
    ]),
  ),
);

export const partitions = Object.keys(tables) as readonly Partition[];

/** What a region's code begins with, in front of `a`, `-lax-1a`, `-wl1-bos-wlz-1`: region and rest, if the region is known. */
export function leadingRegion(text: string): { region: Region; rest: string } | undefined {
  const code = /^[a-z]{2,4}(?:-[a-z]+)+-\d+/.exec(text)?.[0];
  const region = code === undefined ? undefined : regions.get(code);
  return region && { region, rest: text.slice(region.code.length) };
}

const directions: Readonly<Record<string, string>> = {
  central: "c",
  east: "e",
  north: "n",
  northeast: "ne",
  northwest: "nw",
  south: "s",
  southeast: "se",
  west: "w",
  gov: "g",
};

/**
 * Regions by the short code that the ids of their zones begin with: `euw1` (`euw1-az1`), `apse2`, `usgw1`. AWS documents
 * how it is formed under "AZ IDs" (https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html); for
 * the sovereign and the isolated partitions it is not documented, so their zone ids are unknown.
 */
export const regionsByShortCode: ReadonlyMap<string, Region> = new Map(
  [...regions.values()]
    .filter(({ partition }) => partition === "aws" || partition === "aws-cn" || partition === "aws-us-gov")
    .map((region) => {
      const [area, ...rest] = region.code.split("-");
      return [area + rest.map((part) => directions[part] ?? part).join(""), region];
    }),
);
