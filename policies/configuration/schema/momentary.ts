/**
 * The arguments of the provider's actions and ephemeral resources, which the generated inventory lacks: `@cdktf/provider-aws`
 * has no classes for them. They are those of their pages in the Terraform registry
 * (https://registry.terraform.io/providers/hashicorp/aws/latest/docs, "Actions" and "Ephemeral Resources"), in the
 * notation of `schema.ts`; nested blocks stand as values of any type.
 */

const arguments_ = (...lines: string[]): string => lines.join(" ");

/** Arguments by action, without those that every regional one has. */
const ACTIONS: Readonly<Record<string, string>> = {
  aws_agentregistry_submit_registry_record_for_approval: "record_id!s registry_id!s timeout?n",
  aws_agentregistry_update_registry_record_status: "record_id!s registry_id!s status!s status_reason?s timeout?n",
  aws_athena_execute_query: arguments_(
    "execution_parameters?Ls query_execution_context?a query_string!s result_configuration?a timeout?n workgroup?s",
  ),
  aws_bedrockagent_agent_prepare: "agent_id!s timeout?n",
  aws_bedrockagentcore_submit_registry_record_for_approval: "record_id!s registry_id!s timeout?n",
  aws_cloudfront_create_invalidation: "caller_reference?s distribution_id!s paths!Ls timeout?n",
  aws_codebuild_start_build: "environment_variables_override?a project_name!s source_version?s timeout?n",
  aws_dms_start_replication_task_assessment_run: arguments_(
    "assessment_run_name!s exclude?Ls include_only?Ls replication_task_arn!s result_encryption_mode?s",
    "result_kms_key_arn?s result_location_bucket!s result_location_folder?s service_access_role_arn!s tags?Ms timeout?n",
  ),
  aws_dynamodb_create_backup: "backup_name?s table_name!s timeout?n",
  aws_ec2_stop_instance: "force?b instance_id!s timeout?n",
  aws_elasticache_apply_service_update: arguments_(
    "cache_cluster_id?s replication_group_id?s service_update_name!s timeouts?a",
  ),
  aws_events_put_events: "entry!a",
  aws_lambda_invoke: "client_context?s function_name!s invocation_type?s log_type?s payload!s qualifier?s",
  aws_odb_reboot_db_node: "cloud_vm_cluster_id!s db_node_id!s timeout?n",
  aws_odb_start_db_node: "cloud_vm_cluster_id!s db_node_id!s timeout?n",
  aws_odb_stop_db_node: "cloud_vm_cluster_id!s db_node_id!s timeout?n",
  aws_rds_cluster_instance_reboot: "db_instance_identifier!s force_failover?b timeout?n",
  aws_rdsdata_query: "database?s parameters?a resource_arn!s secret_arn!s sql!s",
  aws_s3_empty_bucket: "batch_size?n bucket_name!s prefix?s timeout?n",
  aws_ses_send_email: arguments_(
    "bcc_addresses?Ls cc_addresses?Ls html_body?s reply_to_addresses?Ls return_path?s source!s subject!s text_body?s",
    "to_addresses?Ls",
  ),
  aws_sfn_start_execution: "input?s name?s state_machine_arn!s trace_header?s",
  aws_sns_publish: "message!s message_attributes?a message_structure?s subject?s topic_arn!s",
  aws_ssm_send_command: "document_name!s instance_ids!Ls output_s3_bucket?s parameters?a timeout?n",
  aws_ssoadmin_rename_application: "application_arn!s name!s",
  aws_transcribe_start_transcription_job: arguments_(
    "identify_language?b identify_multiple_languages?b language_code?s media_file_uri!s media_format?s",
    "media_sample_rate_hertz?n output_bucket_name?s output_key?s timeout?n transcription_job_name!s",
  ),
  aws_vpc_delete_default_vpc: "timeout?n",
};

const EPHEMERAL: Readonly<Record<string, string>> = {
  aws_bedrockruntime_apply_guardrail: "content!a guardrail_identifier!s guardrail_version!s source!s",
  aws_cognito_identity_openid_token_for_developer_identity: arguments_(
    "identity_id?s identity_pool_id!s logins?Ms principal_tags?Ms token_duration?n",
  ),
  aws_credentials: "",
  aws_ecr_authorization_token: "registry_id?s",
  aws_ecrpublic_authorization_token: "",
  aws_eks_cluster_auth: "name!s",
  aws_kms_secrets: "secret!a",
  aws_lambda_invocation: "client_context?s function_name!s log_type?s payload!s qualifier?s",
  aws_secretsmanager_random_password: arguments_(
    "exclude_characters?s exclude_lowercase?b exclude_numbers?b exclude_punctuation?b exclude_uppercase?b",
    "include_space?b password_length?n require_each_included_type?b",
  ),
  aws_secretsmanager_secret_version: "secret_id!s version_id?s version_stage?s",
  aws_ssm_parameter: "arn!s with_decryption?b",
  aws_sts_web_identity_token: "audience!Ls duration_seconds?n signing_algorithm!s tags?Ms",
};

const file = (arguments_: Readonly<Record<string, string>>) => ({
  version: "",
  provider: "",
  blocks: [],
  types: Object.fromEntries(Object.entries(arguments_).map(([type, text]) => [type, `${text} region@s`.trim()])),
});

export const actions = file(ACTIONS);
export const ephemeral = file(EPHEMERAL);
