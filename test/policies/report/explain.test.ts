import { explain } from "../../../policies/report/explain";
import { caseOf, proofOf } from "./made";

test("tells where a resource stands and by which path it leaves, as a tree", async () => {
  const text = explain(await proofOf(caseOf("B01").leak), "aws_instance.app")!;
  expect(text).toMatch(/^aws_instance\.app \(.*\)\n├─ is /);
  expect(text).toMatch(/├─ stands in eu-west-1a \(Ireland\), inside/);
  expect(text).toMatch(/leaves\n.{3}├─|leaves\n.{3}└─ to the internet by vpc\.internet-gateway/);
  expect(text).toContain("aws_route.high: destination_cidr_block");
});

test("says of what is contained that nothing of it leaves", async () => {
  const text = explain(await proofOf(caseOf("B01").safe), "aws_instance.app")!;
  expect(text).toMatch(/└─ so nothing of it leaves EEA\n$/);
});

test("knows nobody of another name", async () => {
  expect(explain(await proofOf(caseOf("B01").safe), "aws_instance.other")).toBeUndefined();
});

test("tells of an interface by destination what it reaches and what stops the rest", async () => {
  const { leak, safe } = caseOf("B01");
  expect(explain(await proofOf(leak), "aws_instance.app")).toMatch(
    /interface in aws_subnet\.app\n.{3}├─ leaves to the internet by vpc\.internet-gateway: every public IPv4 address but 203\.0\.113\.10\n/,
  );
  const text = explain(await proofOf(safe), "aws_instance.app")!;
  expect(text).toMatch(/├─ interface in aws_subnet\.app\n│ {2}├─ reaches aws_subnet\.app: 10\.20\.1\.0\/24\n/);
  expect(text).toMatch(/├─ stopped at aws_route_table\.private, .*: every IPv4 address but 10\.20\.0\.0\/16/);
  expect(explain(await proofOf(leak), "aws_vpc.app")).not.toContain("interface in");
});
