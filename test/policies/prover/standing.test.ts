/** What stands already: a plan's values are those that AWS gave, which name places and other resources by their names. */
import { reportOf, verifyConfiguration } from "../../../policies";
import { readConfigurationText } from "../../../policies/configuration/input/read";
import { findings, trust } from "../services/harness";

interface Standing {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A plan that changes nothing of the given resources; each type stands once. */
function plan(standing: readonly Standing[]): string {
  const all = standing.map(({ type, values }) => ({
    address: `${type}.one`,
    mode: "managed",
    type,
    name: "one",
    provider_name: "registry.terraform.io/hashicorp/aws",
    values: { region: "eu-west-1", ...values },
  }));
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources: all } },
    resource_changes: all.map(({ values, ...one }) => ({
      ...one,
      change: { actions: ["no-op"], before: values, after: values, after_unknown: {} },
    })),
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } } },
      root_module: { resources: all.map(({ values: _, ...one }) => ({ ...one, provider_config_key: "aws" })) },
    },
  });
}

const judged = (...standing: Standing[]) =>
  findings(reportOf(verifyConfiguration(readConfigurationText(plan(standing), "plan.json"), { trust })));

const vpc = { id: "vpc-1", cidr_block: "10.0.0.0/16" };

test("a VPC without IPv6 has no border group", () => {
  const of = (group: string) =>
    judged({ type: "aws_vpc", values: { ...vpc, ipv6_cidr_block_network_border_group: group } });
  expect(of("")).toEqual([]);
  expect(of("us-east-1")).not.toEqual([]);
});

test("what AWS tells of a resource is no place that data is sent to", () => {
  expect(
    judged({
      type: "aws_sqs_queue",
      values: {
        id: "https://sqs.eu-west-1.amazonaws.com/111111111111/q",
        url: "https://sqs.us-east-1.amazonaws.com/1/q",
        name: "q",
      },
    }),
  ).toEqual([]);
});

test("a subnet group is told from other things of its name", () => {
  const network: Standing[] = [
    { type: "aws_vpc", values: vpc },
    {
      type: "aws_subnet",
      values: { id: "subnet-1", vpc_id: "vpc-1", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" },
    },
    { type: "aws_db_parameter_group", values: { id: "one", name: "one", family: "postgres17" } },
    { type: "aws_db_subnet_group", values: { id: "one", name: "one", subnet_ids: ["subnet-1"] } },
  ];
  const database = { id: "db-1", identifier: "one", engine: "postgres", publicly_accessible: false };
  const of = (group: string) =>
    judged(...network, { type: "aws_db_instance", values: { ...database, db_subnet_group_name: group } });
  expect(of("one")).toEqual([]);
  expect(of("another")).not.toEqual([]);
});
