/** What the service files of networks share. */
import { type Entry, network } from "../flows/vocabulary";

/** Attributes that the network room reads: `read("vpc_id", "route.cidr_block")`. */
export const read = (...paths: readonly string[]): Entry["attributes"] =>
  Object.fromEntries(paths.map((path) => [path, network]));

export const vpcGuide = (page: string): string => `https://docs.aws.amazon.com/vpc/latest/userguide/${page}.html`;
export const ec2Guide = (page: string): string => `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/${page}.html`;
export const tgwGuide = (page: string): string => `https://docs.aws.amazon.com/vpc/latest/tgw/${page}.html`;
export const privatelinkGuide = (page: string): string =>
  `https://docs.aws.amazon.com/vpc/latest/privatelink/${page}.html`;
