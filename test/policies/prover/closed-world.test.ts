/** What is not modelled, and what only looks as if it named a place. */
import { findings, judge } from "../services/harness";

describe("names", () => {
  const worker = (function_name: string) =>
    judge({
      aws_lambda_function_recursion_config: { r: { function_name, recursive_loop: "Terminate" } },
    });

  test.each([["users-eu-west-1-worker"], ["acme-corp-analysis"], ["/app/us-east-1/x"]])(
    "%s is a name, whatever region is in it",
    async (name) => {
      expect(findings(await worker(name))).toEqual([]);
    },
  );

  test.each([
    ["us-east-1"],
    ["us-east-1a"],
    ["444455556666"],
    ["arn:aws:sqs:us-east-1:111111111111:q"],
    ["db.eu-west-2.rds.amazonaws.com"],
  ])("%s is none", async (place) => {
    const report = await judge({
      aws_opensearchserverless_collection: { c: { name: "c", standby_replicas: place } },
      aws_xray_sampling_rule: { r: { rule_name: place } },
    });
    expect(report.undecided.map(({ resource, reason }) => [resource, reason])).toEqual([
      ["aws_opensearchserverless_collection.c", "unmodelled-attribute"],
      ["aws_xray_sampling_rule.r", "unmodelled-attribute"],
    ]);
  });
});

test("attributes of earlier versions of the provider that say nothing", async () => {
  const report = await judge({
    aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false, enable_classiclink: false } },
    aws_eip: { e: { vpc: true } },
  });
  expect(findings(report)).toEqual([]);
});

test.each([
  [{ aws_eip: { e: { invented: true } } }, "aws_eip.e: invented unmodelled-attribute"],
  [{ aws_sqs_queue: { e: { vpc: true } } }, "aws_sqs_queue.e: vpc unmodelled-attribute"],
  [
    { aws_batch_scheduling_policy: { e: { name: "e", fair_share_policy: [{ invented: "x" }] } } },
    "aws_batch_scheduling_policy.e: fair_share_policy[0].invented unmodelled-attribute",
  ],
  [
    {
      aws_bedrockagent_agent: {
        e: {
          agent_name: "e",
          agent_resource_role_arn: "r",
          foundation_model: "anthropic.claude-v2",
          prompt_override_configuration: [{ prompt_configurations: [{ invented: "us.anthropic.claude" }] }],
        },
      },
    },
    "aws_bedrockagent_agent.e: prompt_override_configuration[0].prompt_configurations[0].invented unmodelled-attribute",
  ],
])("an attribute that the provider never had: %j", async (resource, line) => {
  expect(findings(await judge(resource))).toEqual([`? ${line}`]);
});
