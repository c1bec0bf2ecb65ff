import type { Construct } from "constructs";
import { Directory, type Enclave, KeyRing, type Placement, regionsOf } from "../constructs";
import { estateOf, RegionalStack } from "./regional-stack";

export interface PlacementStackProps {
  readonly enclave: Enclave;
  readonly placement: Placement;
}

/** The directory that says at which site a user's data stands, at every site. */
export class PlacementStack extends RegionalStack {
  readonly directory: Directory;

  constructor(scope: Construct, { enclave, placement }: PlacementStackProps) {
    const [{ account, region }] = enclave.sites;
    super(scope, "placement", { enclave, account, region });
    const name = `${enclave.name}-directory`;
    const estate = estateOf(enclave);
    const others = regionsOf(enclave).filter((other) => other !== region);
    const keys = new KeyRing(this, "keys", {
      name: `${enclave.name}-placement`,
      account: account.id,
      region,
      estate,
      keys: { directory: { replicas: others } },
    });
    this.directory = new Directory(this, "directory", {
      tableName: name,
      estate,
      region,
      keyArn: keys.arn("directory"),
      replicas: others.map((other) => ({ region: other, keyArn: keys.arn("directory", other) })),
      residences: placement.homes.flatMap(({ home, second, users }) =>
        Object.keys(users).map((country) => ({ country, home, second })),
      ),
    });
  }
}
