/** Actions, which Terraform triggers when it applies: what they set off, and where what they write goes. */
import { findings, judge } from "./harness";

const act = (type: string, config: object, more: object = {}) =>
  judge({}, { action: { [type]: { a: { config, ...more } } }, variable: { u: {} } });

test.each<[type: string, config: object]>([
  ["aws_ec2_stop_instance", { instance_id: "i-1", timeout: 60 }],
  ["aws_cloudfront_create_invalidation", { distribution_id: "E1", paths: ["/*"] }],
  ["aws_s3_empty_bucket", { bucket_name: "somebodys" }],
  [
    "aws_ssm_send_command",
    { instance_ids: ["i-1"], document_name: "AWS-RunShellScript", parameters: { commands: [] } },
  ],
  ["aws_athena_execute_query", { query_string: "SELECT 1", workgroup: "w" }],
  ["aws_rdsdata_query", { resource_arn: "arn:aws:rds:eu-west-1:111111111111:cluster:c", secret_arn: "s", sql: "" }],
])("%s is contained", async (type, config) => {
  expect(findings(await act(type, config))).toEqual([]);
});

const athena = (output_location: unknown) => ({
  query_string: "SELECT 1",
  result_configuration: [{ output_location }],
});
const command = (output_s3_bucket: unknown) => ({ instance_ids: ["i-1"], document_name: "d", output_s3_bucket });
const assessment = (result_location_bucket: unknown) => ({
  assessment_run_name: "n",
  replication_task_arn: "t",
  service_access_role_arn: "r",
  result_location_bucket,
});
const query = (resource_arn: unknown) => ({ resource_arn, secret_arn: "s", sql: "SELECT 1" });

test.each<[type: string, config: (where: unknown) => object, inside: string, outside: string]>([
  [
    "aws_athena_execute_query",
    athena,
    "s3://enclave-archive/x",
    "s3://arn:aws:s3:us-east-1:111111111111:accesspoint/x",
  ],
  ["aws_ssm_send_command", command, "enclave-archive", "arn:aws:s3:us-east-1:111111111111:accesspoint/x"],
  [
    "aws_dms_start_replication_task_assessment_run",
    assessment,
    "enclave-archive",
    "arn:aws:s3:us-east-1:111111111111:accesspoint/x",
  ],
  [
    "aws_rdsdata_query",
    query,
    "arn:aws:rds:eu-west-1:222222222222:cluster:c",
    "arn:aws:rds:eu-west-1:444455556666:cluster:c",
  ],
])("%s writes where it says", async (type, config, inside, outside) => {
  expect(findings(await act(type, config(inside)))).toEqual([]);
  const report = await act(type, config(outside));
  expect({ verdict: report.verdict, by: report.escapes[0]?.path[0].by }).toEqual({
    verdict: "escapes",
    by: `action.${type}.a`,
  });
  expect((await act(type, config("${var.u}"))).verdict).toBe("undecided");
});

test("what an action has that its page does not list is not contained", async () => {
  const report = await act("aws_ec2_stop_instance", { instance_id: "i-1", copy_to: "i-2" });
  expect(findings(report)).toEqual(["? action.aws_ec2_stop_instance.a: copy_to unmodelled-attribute"]);
});

test("what Amazon Transcribe hears may be kept elsewhere", async () => {
  const job = { transcription_job_name: "j", media_file_uri: "s3://enclave-archive/a.mp3", language_code: "en-IE" };
  expect((await act("aws_transcribe_start_transcription_job", job)).verdict).toBe("undecided");
});
