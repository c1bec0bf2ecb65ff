import { paths } from "../../../policies/report/paths";
import { caseOf, proofOf } from "./made";

test("finds the way out, with each step and what decides it", async () => {
  const found = paths(await proofOf(caseOf("B01").leak), "aws_instance.app", "the internet");
  expect(found).toMatchObject({ found: true });
  expect("text" in found && found.text).toContain("aws_route.high: destination_cidr_block");
});

test("says so where there is none, and where a name is nobody's", async () => {
  const proof = await proofOf(caseOf("B01").leak);
  expect(paths(proof, "aws_vpc.app", "aws_instance.app")).toMatchObject({ found: false });
  expect(paths(proof, "aws_instance.app", "the moon")).toEqual({ unknown: "the moon" });
});
