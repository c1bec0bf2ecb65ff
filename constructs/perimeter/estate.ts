import { Token } from "cdktf";

/** What belongs to the owner. */
export interface EstateProps {
  /** Id of the owner's organization: `o-…`. */
  readonly organization: string;
  /** Ids of the owner's accounts, twelve digits each. */
  readonly accounts: readonly string[];
  /** Regions that data may stand in. */
  readonly regions: readonly string[];
}

/** Something was asked to send data beyond the estate. */
export class OutsideEstateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OutsideEstateError";
  }
}

/** The owner's organization, accounts and regions: no construct sends data beyond them. */
export class Estate {
  readonly organization: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];

  /** @throws RangeError if an id is not written as AWS writes it. */
  constructor(props: EstateProps) {
    if (!/^o-[a-z0-9]{10,32}$/.test(props.organization)) {
      throw new RangeError(`"${props.organization}" is not the id of an organization`);
    }
    const wrong = props.accounts.find((account) => !/^\d{12}$/.test(account));
    if (wrong !== undefined) throw new RangeError(`"${wrong}" is not the id of an account`);
    this.organization = props.organization;
    this.accounts = [...props.accounts];
    this.regions = [...props.regions];
  }

  /** The ARN that stands for everybody in each account whom the account's own policies let. */
  get accountRoots(): string[] {
    return this.accounts.map((account) => `arn:aws:iam::${account}:root`);
  }

  /** @throws OutsideEstateError if the region is none of the estate's; a region that is not known yet is refused too. */
  requireRegion(region: string, what: string): string {
    if (Token.isUnresolved(region) || !this.regions.includes(region)) {
      throw new OutsideEstateError(`${what}: ${region} is not a region of the estate (${this.regions.join(", ")})`);
    }
    return region;
  }

  /** @throws OutsideEstateError if the account is none of the estate's; an account that is not known yet is refused too. */
  requireAccount(account: string, what: string): string {
    if (Token.isUnresolved(account) || !this.accounts.includes(account)) {
      throw new OutsideEstateError(`${what}: ${account} is not an account of the estate (${this.accounts.join(", ")})`);
    }
    return account;
  }
}
