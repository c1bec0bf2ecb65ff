/** Deliveries that were written to get data past the proof. */
import { type Attack, allow, attack, FOREIGN, OURS } from "./attack";

const task = (resource: string, parameters: object): ReturnType<Attack["build"]> => ({
  aws_sfn_state_machine: {
    m: {
      name: "m",
      role_arn: "arn:aws:iam::111111111111:role/states",
      definition: JSON.stringify({
        StartAt: "A",
        States: { A: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true } },
      }),
    },
  },
});

const target = (values: object, rule: object = {}) => ({
  aws_cloudwatch_event_rule: { r: { name: "r", event_pattern: "{}", ...rule } },
  aws_cloudwatch_event_target: { t: { rule: "${aws_cloudwatch_event_rule.r.name}", ...values } },
});

attack([
  {
    name: "a channel to people, named by the ARN of one of the owner's accounts",
    build: (arn) => ({
      aws_notifications_channel_association: {
        a: { arn, notification_configuration_arn: "arn:aws:notifications::111111111111:configuration/c" },
      },
    }),
    leaks: [
      "arn:aws:chatbot::111111111111:chat-configuration/slack-channel/x",
      "arn:aws:notifications-contacts::111111111111:emailcontact/e",
    ],
    safe: [],
    by: "aws_notifications_channel_association.a",
  },
  {
    name: "an endpoint of which the ARN says nothing",
    build: (arn) => target({ arn }),
    leaks: ["arn:aws:events:eu-west-1:111111111111:api-destination/d/1"],
    safe: ["arn:aws:events:eu-west-1:111111111111:event-bus/b"],
    by: "aws_cloudwatch_event_target.t",
    verdict: "undecided",
  },
  {
    name: "a target of a rule that is switched off",
    build: (state) => target({ arn: "arn:aws:events:us-east-1:111111111111:event-bus/default" }, { state }),
    leaks: ["ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
    safe: ["DISABLED"],
    by: "aws_cloudwatch_event_target.t",
  },
  {
    name: "where undelivered events go",
    build: (arn) => target({ arn: "arn:aws:sqs:eu-west-1:111111111111:q", dead_letter_config: { arn } }),
    leaks: ["arn:aws:sqs:eu-west-1:444455556666:q"],
    safe: ["arn:aws:sqs:eu-west-1:222222222222:q"],
    by: "aws_cloudwatch_event_target.t",
  },
  {
    name: "a function by a name with its account",
    build: (name) => ({
      aws_lambda_event_source_mapping: {
        m: { function_name: name, event_source_arn: "arn:aws:sqs:eu-west-1:111111111111:q" },
      },
    }),
    leaks: [`${FOREIGN}:function:f`, `${FOREIGN}:f:live`],
    safe: [`${OURS}:function:f`, "f:live"],
    by: "aws_lambda_event_source_mapping.m",
  },
  {
    name: "a function of a state machine by a name with its account",
    build: (name) => task("lambda:invoke", { FunctionName: name }),
    leaks: [`${FOREIGN}:function:f`],
    safe: [`${OURS}:function:f`, "f"],
    by: "aws_sfn_state_machine.m",
  },
  {
    name: "a state machine that shares a snapshot",
    build: (account) => task("aws-sdk:ec2:modifySnapshotAttribute", { SnapshotId: "s", UserIds: [OURS, account] }),
    leaks: [FOREIGN],
    safe: ["333333333333"],
    by: "aws_sfn_state_machine.m",
  },
  {
    name: "a state machine that sends mail",
    build: (address) => task("aws-sdk:sesv2:sendEmail", { Destination: { ToAddresses: [address] }, Content: {} }),
    leaks: ["someone@example.com"],
    safe: [],
    by: "aws_sfn_state_machine.m",
  },
  {
    name: "a state machine that only looks",
    build: (call) => task(`aws-sdk:${call}`, {}),
    leaks: [],
    safe: ["ec2:describeInstances", "s3:listBuckets", "dynamodb:batchGetItem"],
    by: "",
  },
  {
    name: "results of queries into a bucket of somebody",
    build: (expected_bucket_owner) => ({
      aws_athena_workgroup: {
        w: {
          name: "w",
          configuration: {
            result_configuration: { output_location: "s3://enclave-archive/x", expected_bucket_owner },
          },
        },
      },
    }),
    leaks: [FOREIGN],
    safe: ["333333333333"],
    by: "aws_athena_workgroup.w",
  },
  {
    name: "a file system that another account may mount by name",
    build: (principal) => ({
      aws_efs_file_system: { f: {} },
      aws_efs_file_system_policy: {
        p: {
          file_system_id: "${aws_efs_file_system.f.id}",
          policy: allow(principal, "elasticfilesystem:ClientMount", "*"),
        },
      },
    }),
    leaks: [FOREIGN],
    safe: [OURS, "*"],
    by: "aws_efs_file_system_policy.p",
  },
  {
    name: "schemas found in events",
    build: (account) => ({
      aws_schemas_registry: { r: { name: "r" } },
      aws_schemas_registry_policy: { p: { registry_name: "r", policy: allow(account, "schemas:*", "*") } },
    }),
    leaks: [FOREIGN],
    safe: [OURS],
    by: "aws_schemas_registry_policy.p",
  },
  {
    name: "certificates of the owner's authority",
    build: (account) => ({
      aws_acmpca_certificate_authority: {
        c: {
          certificate_authority_configuration: {
            key_algorithm: "RSA_4096",
            signing_algorithm: "SHA512WITHRSA",
            subject: { common_name: "x" },
          },
        },
      },
      aws_acmpca_policy: {
        p: {
          resource_arn: "${aws_acmpca_certificate_authority.c.arn}",
          policy: allow(account, "acm-pca:IssueCertificate", "${aws_acmpca_certificate_authority.c.arn}"),
        },
      },
    }),
    leaks: [FOREIGN],
    safe: [OURS],
    by: "aws_acmpca_policy.p",
  },
]);
