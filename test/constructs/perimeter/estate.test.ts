import { Fn } from "cdktf";
import { Estate, OutsideEstateError } from "../../../constructs/perimeter";

const estate = new Estate({
  organization: "o-enclave0001",
  accounts: ["111111111111", "222222222222"],
  regions: ["eu-west-1", "eu-north-1"],
});

describe("Estate", () => {
  it("hands back what is its own", () => {
    expect(estate.requireRegion("eu-north-1", "copy")).toBe("eu-north-1");
    expect(estate.requireAccount("222222222222", "copy")).toBe("222222222222");
    expect(estate.accountRoots).toEqual(["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"]);
  });

  it("refuses what is not, and says what was asked", () => {
    expect(() => estate.requireRegion("eu-west-2", "copy of the table")).toThrow(
      new OutsideEstateError("copy of the table: eu-west-2 is not a region of the estate (eu-west-1, eu-north-1)"),
    );
    expect(() => estate.requireAccount("999999999999", "copy")).toThrow(OutsideEstateError);
  });

  it("refuses what will be known only when it is applied", () => {
    const later = Fn.lookup({ a: "eu-west-1" }, "a", "eu-west-1");
    expect(() => estate.requireRegion(later, "copy")).toThrow(OutsideEstateError);
    expect(() => estate.requireAccount(later, "copy")).toThrow(OutsideEstateError);
  });

  it.each([
    [{ organization: "enclave" }, '"enclave" is not the id of an organization'],
    [{ accounts: ["111111111111", "12"] }, '"12" is not the id of an account'],
  ])("is not made of %j", (wrong, message) => {
    expect(() => new Estate({ organization: "o-enclave0001", accounts: [], regions: [], ...wrong })).toThrow(message);
  });
});
