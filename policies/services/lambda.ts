import {
  at,
  document,
  grants,
  harmless,
  holds,
  identity,
  inert,
  moves,
  opens,
  places,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { functionName } from "./documents/arn-values";
import { networkElsewhere } from "./joins";
import { invocation, layerUse } from "./lambda-permission";
import { sentToItsRegion } from "./nature";
import { actionPage, dataPage, ephemeralPage, isArn, lookups, resourcePage } from "./pages";

const codeIn = receives("code comes from there");
const CAPACITY_PROVIDER =
  "capacity_provider_config.lambda_managed_instances_capacity_provider_config.capacity_provider_arn";
/** A bare name is a function of the same account and Region. */
const invoked = document(functionName("lambda.invocation"));

const inRegion = sentToItsRegion("lambda.invocation", "the function is invoked there");

export default service("AWS Lambda", {
  aws_lambda_function: moves("runs code on whatever it is given and whatever its role may read", {
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
    attributes: {
      role: uses("the role that the code acts with"),
      s3_bucket: codeIn,
      s3_key: codeIn,
      s3_object_version: codeIn,
      image_uri: codeIn,
      layers: receives("libraries and extensions come from there; what they send is bounded by the function's network"),
      code_signing_config_arn: uses("the configuration that says whose code is accepted"),
      kms_key_arn: uses("the key that encrypts environment variables"),
      source_kms_key_arn: uses("the key that encrypts the deployment package"),
      "environment.variables": harmless(
        "read by the code; what the code can reach is bounded by its network and its role",
      ),
      "dead_letter_config.target_arn": sends("lambda.dead-letter", "arn"),
      "file_system_config.arn": sends("lambda.file-system", "arn"),
      "file_system_config.local_mount_path": harmless("where the file system appears inside the function"),
      "logging_config.log_group": harmless("a log group of the function's own account and Region"),
      publish_to: harmless("which version pointer is published, not where"),
      replacement_security_group_ids: { role: "network" },
      [CAPACITY_PROVIDER]: sends("lambda.capacity-provider", "arn", {
        why: "the function runs on the capacity provider's instances, in its network",
      }),
    },
    also: (resource, context) =>
      networkElsewhere(resource, context, CAPACITY_PROVIDER, "the function runs on a capacity provider"),
    interfaces: [
      {
        subnets: "vpc_config.subnet_ids",
        groups: "vpc_config.security_group_ids",
        publicIpv4: "never",
        ipv6: { path: "vpc_config.ipv6_allowed_for_dual_stack", absent: false },
        initiates: true,
        // On managed instances the network is the capacity provider's.
        when: at("capacity_provider_config").isNotSet(),
        without: {
          internet: "lambda.internet",
          why: "without vpc_config the function runs in a network of Lambda's own, which reaches the internet",
        },
      },
    ],
  }),

  aws_lambda_capacity_provider: places("runs functions on instances in the owner's VPC", {
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html",
    attributes: {
      kms_key_arn: uses("the key that encrypts the instances' volumes"),
      "permissions_config.capacity_provider_operator_role_arn": uses("the role that starts the instances"),
    },
    interfaces: [
      {
        subnets: "vpc_config.subnet_ids",
        groups: "vpc_config.security_group_ids",
        publicIpv4: "subnet",
        initiates: true,
        without: "nothing",
      },
    ],
  }),

  // The policy must admit the caller as well; with NONE, Terraform's provider adds the statement that admits everybody.
  aws_lambda_function_url: grants("gives a function an HTTPS address on the internet", {
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    data: "function_name",
    attributes: {
      authorization_type: opens("lambda.function-url", at("authorization_type").is("NONE"), {
        why: "anybody on the internet may call the function's URL and gets its response",
      }),
      cors: harmless("which web pages a browser lets read the response; no bar to anything else"),
    },
  }),

  aws_lambda_permission: grants("adds a statement to a function's policy", {
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    data: "function_name",
    policy: { channel: "lambda.permission", attribute: "principal", document: invocation },
    attributes: {
      principal: identity,
      principal_org_id: identity,
      source_account: identity,
      source_arn: identity,
      event_source_token: harmless("an Alexa skill's id"),
      function_url_auth_type: identity,
    },
  }),

  aws_lambda_layer_version_permission: grants("lets others use, and read, a version of a layer", {
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html",
    data: "layer_name",
    policy: { channel: "lambda.layer-permission", attribute: "principal", document: layerUse },
    attributes: { principal: identity, organization_id: identity },
  }),

  aws_lambda_layer_version: holds("keeps libraries for functions", {
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html",
    attributes: { s3_bucket: codeIn, s3_key: codeIn, s3_object_version: codeIn },
  }),

  aws_lambda_event_source_mapping: moves("reads a stream or queue and hands batches to a function", {
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    data: "event_source_arn",
    attributes: {
      event_source_arn: receives("records come from there"),
      function_name: document(functionName("lambda.event-source")),
      "destination_config.on_failure.destination_arn": sends("lambda.on-failure", "any", {
        // `kafka://topic` is a topic of the cluster that is read.
        when: isArn("destination_config.on_failure.destination_arn"),
      }),
      kms_key_arn: uses("the key that encrypts the filter"),
      "self_managed_event_source.endpoints": receives("records come from these brokers"),
      "source_access_configuration.uri": uses("credentials and the network for reading the source"),
      "amazon_managed_kafka_event_source_config.schema_registry_config": receives("schemas are read from the registry"),
      "self_managed_kafka_event_source_config.schema_registry_config": receives("schemas are read from the registry"),
      document_db_event_source_config: receives("a collection of the cluster that is read"),
      topics: receives("topics of the cluster that is read"),
      queues: receives("queues of the broker that is read"),
      "filter_criteria.filter.pattern": harmless("which records are handed on"),
    },
  }),

  aws_lambda_function_event_invoke_config: moves(
    "sends a record of each asynchronous invocation, with its payload, to a destination",
    {
      docs: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
      data: "function_name",
      attributes: {
        "destination_config.on_failure.destination": sends("lambda.destination", "arn"),
        "destination_config.on_success.destination": sends("lambda.destination", "arn"),
      },
    },
  ),

  aws_lambda_invocation: moves("invokes a function when Terraform applies; the result goes into the state", {
    docs: resourcePage("lambda_invocation"),
    attributes: { function_name: invoked, input: harmless("what is sent to the function") },
  }),
  "data.aws_lambda_invocation": moves("invokes a function when Terraform plans; the result goes into the state", {
    docs: dataPage("lambda_invocation"),
    attributes: { function_name: invoked, input: harmless("what is sent to the function") },
    also: inRegion,
  }),
  "ephemeral.aws_lambda_invocation": moves("invokes a function when Terraform runs", {
    docs: ephemeralPage("lambda_invocation"),
    attributes: { function_name: invoked, payload: harmless("what is sent to the function") },
    also: inRegion,
  }),
  "action.aws_lambda_invoke": moves("invokes a function when Terraform applies", {
    docs: actionPage("lambda_invoke"),
    attributes: { function_name: invoked },
    also: inRegion,
  }),

  aws_lambda_alias: inert("a name for a version of a function", resourcePage("lambda_alias"), {
    function_name: harmless("the function that is named"),
    "routing_config.additional_version_weights": harmless("versions of the same function"),
  }),
  aws_lambda_code_signing_config: inert(
    "says whose code functions accept",
    resourcePage("lambda_code_signing_config"),
    {
      "allowed_publishers.signing_profile_version_arns": uses("the profiles whose signatures are accepted"),
    },
  ),
  aws_lambda_function_recursion_config: inert(
    "whether loops of a function are stopped",
    resourcePage("lambda_function_recursion_config"),
  ),
  aws_lambda_provisioned_concurrency_config: inert(
    "how many environments stand ready",
    resourcePage("lambda_provisioned_concurrency_config"),
  ),
  aws_lambda_runtime_management_config: inert(
    "which runtime version a function gets",
    resourcePage("lambda_runtime_management_config"),
    {
      runtime_version_arn: receives("the runtime comes from AWS"),
    },
  ),

  ...lookups({
    lambda_alias: "an alias of a function",
    lambda_code_signing_config: "a code-signing configuration",
    lambda_function: "a function by name",
    lambda_function_url: "the URL of a function",
    lambda_functions: "the names of an account's functions",
    lambda_layer_version: "a version of a layer",
  }),
});
