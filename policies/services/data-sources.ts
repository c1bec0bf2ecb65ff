/**
 * Data sources that only look up, of services whose files say nothing of data sources: each asks AWS's interface about
 * something that exists already, with its arguments (names, ids, filters), and puts the answer into plan and state. Data
 * come in; what is made of them is judged where it is used. Each was looked at in the registry; one that fetches or sends
 * payload (`aws_lambda_invocation`, `aws_s3_object`, …) stands in its service's own file.
 */
import { service } from "../flows/vocabulary";
import { lookups } from "./pages";

const names = (text: string): string[] => text.trim().split(/\s+/);

const lookedUp = names(`
  account_primary_contact appintegrations_event_integration appstream_image
  bedrock_custom_model bedrock_custom_models bedrock_foundation_model bedrock_foundation_models
  bedrock_inference_profile bedrock_inference_profiles bedrockagent_agent_versions
  billing_views budgets_budget ce_cost_category ce_tags cur_report_definition pricing_product
  chatbot_slack_workspace cloudcontrolapi_resource codeguruprofiler_profiling_group controltower_controls
  cloudfront_cache_policy cloudfront_distribution cloudfront_function cloudfront_log_delivery_canonical_user_id
  cloudfront_origin_access_control cloudfront_origin_access_identities cloudfront_origin_access_identity
  cloudfront_origin_request_policy cloudfront_realtime_log_config cloudfront_response_headers_policy
  connect_bot_association connect_contact_flow connect_contact_flow_module connect_hours_of_operation connect_instance
  connect_instance_storage_config connect_lambda_function_association connect_prompt connect_queue
  connect_quick_connect connect_routing_profile connect_security_profile connect_user connect_user_hierarchy_group
  connect_user_hierarchy_structure connect_vocabulary
  datapipeline_pipeline datapipeline_pipeline_definition datazone_domain datazone_environment_blueprint
  devopsguru_notification_channel devopsguru_resource_collection directory_service_directory fis_experiment_templates
  globalaccelerator_accelerator globalaccelerator_custom_routing_accelerator grafana_workspace
  iot_endpoint iot_registration_code ivs_stream_key
  kendra_experience kendra_faq kendra_index kendra_query_suggestions_block_list kendra_thesaurus
  lex_bot lex_bot_alias lex_intent lex_slot_type
  licensemanager_grants licensemanager_received_license licensemanager_received_licenses
  location_geofence_collection location_map location_place_index location_route_calculator location_tracker
  location_tracker_association location_tracker_associations media_convert_queue medialive_input
  odb_cloud_autonomous_vm_cluster odb_cloud_autonomous_vm_clusters odb_cloud_exadata_infrastructure
  odb_cloud_exadata_infrastructures odb_cloud_vm_cluster odb_cloud_vm_clusters odb_db_node odb_db_nodes odb_db_server
  odb_db_servers odb_db_system_shapes odb_gi_versions odb_network odb_network_peering_connection
  odb_network_peering_connections odb_networks
  outposts_asset outposts_assets outposts_outpost outposts_outpost_instance_type outposts_outpost_instance_types
  outposts_outposts outposts_site outposts_sites
  polly_voices prometheus_default_scraper_configuration prometheus_workspace prometheus_workspaces
  quicksight_analysis quicksight_data_set quicksight_group quicksight_theme quicksight_user
  resourceexplorer2_search resourcegroupstaggingapi_resources serverlessapplicationrepository_application
  servicecatalog_constraint servicecatalog_launch_paths servicecatalog_portfolio servicecatalog_portfolio_constraints
  servicecatalog_product servicecatalog_provisioning_artifacts servicecatalogappregistry_application
  servicecatalogappregistry_attribute_group servicecatalogappregistry_attribute_group_associations
  servicequotas_service servicequotas_service_quota servicequotas_templates shield_protection
  verifiedpermissions_policy_store
  waf_ipset waf_rate_based_rule waf_rule waf_subscribed_rule_group waf_web_acl
  wafregional_ipset wafregional_rate_based_rule wafregional_rule wafregional_subscribed_rule_group wafregional_web_acl
  wafv2_ip_set wafv2_regex_pattern_set wafv2_rule_group wafv2_web_acl
  workspaces_bundle workspaces_directory workspaces_image workspaces_workspace
`);

export default service(
  "Data sources that look up",
  lookups(Object.fromEntries(lookedUp.map((name) => [name, `what AWS knows of ${name.replace(/_/g, " ")}`]))),
);
