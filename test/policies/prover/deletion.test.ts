/** What a plan deletes is judged as still there, and as gone. */
import { readFileSync } from "node:fs";
import { reportOf, verifyConfiguration } from "../../../policies";
import { readConfigurationText } from "../../../policies/configuration/input/read";
import { cases } from "../../fixtures/examples";
import { findings, trust } from "../services/harness";

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

/** A plan that keeps what a Terraform JSON configuration declares, but deletes what `gone` picks out. */
function plan(file: string, gone: (address: string) => boolean): string {
  const { resource } = JSON.parse(readFileSync(file, "utf8")) as { resource: Blocks };
  const all = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, values]) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      values,
    })),
  );
  const ids = new Map(all.map((one, i) => [one.address, `id-${i}`]));
  const settled = all.map((one) => ({
    ...one,
    values: {
      id: ids.get(one.address),
      region: "eu-west-1",
      ...JSON.parse(
        JSON.stringify(one.values).replace(/\$\{(aws_\w+\.\w+)\.id\}/g, (_, address) => ids.get(address) ?? ""),
      ),
    },
  }));
  const provider_name = "registry.terraform.io/hashicorp/aws";
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: settled.filter(({ address }) => !gone(address)).map((one) => ({ ...one, provider_name })),
      },
    },
    resource_changes: settled.map(({ values, ...one }) => ({
      ...one,
      provider_name,
      change: gone(one.address)
        ? { actions: ["delete"], before: values, after: null, after_unknown: {} }
        : { actions: ["no-op"], before: values, after: values, after_unknown: {} },
    })),
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } } },
      root_module: { resources: settled.map(({ values: _, ...one }) => ({ ...one, provider_config_key: "aws" })) },
    },
  });
}

const judge = (text: string) => reportOf(verifyConfiguration(readConfigurationText(text, "plan.json"), { trust }));
const { safe, leak } = cases.find(({ id }) => id === "C10-dns-firewall-group-priority")!;

test("a wall that a plan keeps stops what it stopped", () => {
  expect(findings(judge(plan(safe, () => false)))).toEqual([]);
});

test("a wall that a plan deletes stops nothing any more", () => {
  const report = judge(plan(safe, (address) => address.endsWith("_association.walled")));
  expect(report.verdict).toBe("escapes");
  expect(report.escapes.map(({ resource }) => resource)).toContain("aws_vpc.app");
});

test("a way out that a plan deletes is there until it is gone", () => {
  const report = judge(plan(leak, (address) => address.endsWith("_association.baseline")));
  expect(report.verdict).toBe("escapes");
});
