import { attribute, type Resource } from "../configuration/resource";
import { find, isUnknown, Unknown, type Value } from "../configuration/value";
import type { Context } from "../flows/context";
import {
  type DocumentReader,
  document,
  type Finding,
  grants,
  harmless,
  holds,
  identity,
  inert,
  moves,
  policy,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { launchType } from "./documents/launch-type";
import { redshiftSql } from "./documents/redshift-sql";
import { isRunbook, runbookInput } from "./documents/runbook-input";
import { statement } from "./documents/statement";
import { sentToItsRegion } from "./nature";
import { actionPage, isArn, lookups, resourcePage } from "./pages";

const role = uses("the role that calls the target");
const key = uses("the key that encrypts events");
const constants = harmless("text that is sent along; where it goes, arn says");

/** A rule that is disabled matches nothing (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html). */
const whileEnabled = (read: DocumentReader): DocumentReader =>
  function* (value, target, context) {
    const rules = context.ofType(RULE).filter((rule) => context.referring(target.type, "rule", rule).includes(target));
    if (rules.length > 0 && rules.every(isDisabled)) return;
    const open = rules.length > 0 && rules.every((rule) => isDisabled(rule) !== false) ? rules[0] : undefined;
    for (const part of read(value, target, context)) {
      const why = `whether ${open?.address} is enabled is not known`;
      yield open ? { ...part, value: new Unknown(why, { candidates: [part.value, null] }) } : part;
    }
  };

/** What a target that is a runbook is started with. */
function* startedRunbook(target: Resource, context: Context): Generator<Finding> {
  if (!isRunbook(attribute(target, "arn"))) return;
  const read = whileEnabled(runbookInput("ssm.automation"));
  const transformed = find(target.values, "input_transformer.input_template").map(({ value, at }) => ({
    at,
    // `<name>` without quotes is filled in when an event comes ("Transforming Amazon EventBridge input").
    value: typeof value === "string" ? value.replace(/([:[,]\s*)(<\w+>)/g, '$1"$2"') : value,
  }));
  for (const input of [{ value: attribute(target, "input"), at: "input" }, ...transformed]) {
    for (const { at, value, role } of read(input.value, target, context)) {
      yield { finding: "role", attribute: `${input.at}${at}`, value, role };
    }
  }
}

const deadLetters: DocumentReader = function* (value) {
  yield { at: "", value, role: sends("events.dead-letter", "arn") };
};
const handed: DocumentReader = function* (value) {
  yield { at: "", value, role: sends("events.target", "arn") };
};

const RULE = "aws_cloudwatch_event_rule";

/** `is_enabled` is the older way to say it; a rule says one of the two. Undefined if it can't be known. */
function isDisabled({ values: { state = null, is_enabled: enabled = null } }: Resource): boolean | undefined {
  if (isUnknown(state) || (state === null && isUnknown(enabled))) return undefined;
  return state === null ? enabled === false : state === "DISABLED";
}

/** The statement that PutPermission makes; without an action it is events:PutEvents. */
const putting = (permission: Resource): Value => {
  const [operator, key, value] = ["type", "key", "value"].map((part) => near(permission, `condition.${part}`));
  const conditions = typeof operator === "string" && typeof key === "string" ? [[operator, key, value] as const] : [];
  const actions = attribute(permission, "action") ?? "events:PutEvents";
  return statement({ principal: attribute(permission, "principal"), actions, conditions });
};

const near = ({ values }: Resource, path: string): Value => find(values, path)[0]?.value ?? null;

export default service("Amazon EventBridge", {
  aws_cloudwatch_event_bus: holds("takes events and hands them to rules; keeps none", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html",
    attributes: {
      event_source_name: receives("events of a partner come in"),
      kms_key_identifier: key,
      "dead_letter_config.arn": sends("events.dead-letter", "arn"),
      log_config: harmless("how much is logged; where to, a log delivery says"),
    },
  }),

  aws_cloudwatch_event_bus_policy: grants("says who may put events on a bus and make rules on it", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",
    data: "event_bus_name",
    attributes: { policy: policy("events.policy") },
  }),

  // The only action that PutPermission takes is events:PutEvents: events come in.
  aws_cloudwatch_event_permission: grants("lets an account or an organization put events on a bus", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html",
    data: "event_bus_name",
    policy: { channel: "events.permission", attribute: "principal", document: putting },
    attributes: { principal: identity, "condition.value": identity, "condition.key": identity },
  }),

  aws_cloudwatch_event_rule: moves("picks events; where they go, its targets say", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html",
    attributes: {
      event_bus_name: receives("events come from the bus"),
      event_pattern: harmless("which events are picked"),
      role_arn: role,
    },
  }),

  // Buses may be in other accounts and Regions, other targets in other accounts
  // (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html, …/eb-cross-account.html).
  aws_cloudwatch_event_target: moves("hands events to a target", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
    data: "rule",
    attributes: {
      arn: document(whileEnabled(handed)),
      event_bus_name: receives("events come from the bus"),
      role_arn: role,
      "dead_letter_config.arn": document(whileEnabled(deadLetters)),
      input: harmless("text that is sent along, to a runbook's steps for one; see below"),
      input_path: constants,
      input_transformer: constants,
      target_id: harmless("a name of the target within its rule"),
      run_command_targets: harmless("which instances of the account a command is run on"),
      "appsync_target.graphql_operation": constants,
      "batch_target.job_definition": uses("what is run on the queue"),
      "ecs_target.task_definition_arn": uses("what is run on the cluster"),
      "ecs_target.launch_type": launchType,
      "ecs_target.capacity_provider_strategy": uses("on which of the cluster's machines tasks run"),
      "ecs_target.network_configuration.subnets": { role: "network" },
      "ecs_target.network_configuration.security_groups": { role: "network" },
      "ecs_target.placement_constraint": harmless("on which of the cluster's machines tasks run"),
      "http_target.header_parameters": constants,
      "http_target.path_parameter_values": constants,
      "http_target.query_string_parameters": constants,
      "redshift_target.secrets_manager_arn": uses("the credentials for the cluster"),
      "redshift_target.sql": document(redshiftSql),
      "sagemaker_pipeline_target.pipeline_parameter_list": constants,
    },
    interfaces: [
      {
        subnets: "ecs_target.network_configuration.subnets",
        groups: "ecs_target.network_configuration.security_groups",
        publicIpv4: { path: "ecs_target.network_configuration.assign_public_ip", absent: false },
        initiates: true,
        without: "nothing",
      },
    ],
    also: startedRunbook,
  }),

  aws_cloudwatch_event_api_destination: moves("posts events to an HTTPS address", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html",
    attributes: {
      invocation_endpoint: sends("events.api-destination", "url"),
      connection_arn: uses("the credentials for the address"),
    },
  }),

  aws_cloudwatch_event_connection: moves("keeps credentials for an HTTPS address, and fetches tokens with them", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection.html",
    attributes: {
      "auth_parameters.api_key": harmless("credentials, kept in a secret of the account"),
      "auth_parameters.basic": harmless("credentials, kept in a secret of the account"),
      "auth_parameters.invocation_http_parameters": harmless("parameters that are sent along to the API destination"),
      "auth_parameters.oauth.authorization_endpoint": sends("events.connection", "url"),
      "auth_parameters.oauth.client_parameters": harmless("credentials, sent to the authorization endpoint"),
      "auth_parameters.oauth.oauth_http_parameters": harmless("parameters sent to the authorization endpoint"),
      "invocation_connectivity_parameters.resource_parameters.resource_configuration_arn": sends(
        "events.connection",
        "arn",
      ),
      kms_key_identifier: key,
    },
  }),

  aws_cloudwatch_event_archive: holds("keeps the events of a bus for replay", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html",
    data: "event_source_arn",
    attributes: {
      event_source_arn: receives("events come from the bus"),
      event_pattern: harmless("which events are kept"),
      kms_key_identifier: key,
    },
  }),

  // Events go to the primary bus, in the health check's failure to the secondary one; with replication to both.
  aws_cloudwatch_event_endpoint: moves("spreads events over two buses in two Regions", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html",
    attributes: {
      "event_bus.event_bus_arn": sends("events.global-endpoint", "arn"),
      "routing_config.failover_config.secondary.route": sends("events.global-endpoint", "region"),
      "routing_config.failover_config.primary.health_check": uses("the health check that decides between the two"),
      role_arn: uses("the role that replicates events"),
    },
  }),

  "action.aws_events_put_events": moves("puts events on a bus when Terraform applies", {
    docs: actionPage("events_put_events"),
    attributes: {
      "entry.event_bus_name": sends("events.put", "arn", { when: isArn("entry.event_bus_name") }),
    },
    also: sentToItsRegion("events.put", "the bus is there"),
  }),

  aws_schemas_discoverer: holds("derives schemas, without values, from the events of a bus", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html",
    attributes: { source_arn: receives("events come from the bus") },
  }),
  aws_schemas_registry: holds("keeps schemas of events", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-registry.html",
  }),
  aws_schemas_registry_policy: grants("says who may read the schemas of a registry", {
    docs: "https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-policy.html",
    data: "registry_name",
    attributes: { policy: policy("schemas.policy") },
  }),
  aws_schemas_schema: inert("the schema of an event: names of fields", resourcePage("schemas_schema"), {
    content: harmless("names and types of fields"),
  }),

  ...lookups({
    cloudwatch_event_bus: "a bus by name",
    cloudwatch_event_buses: "the buses of an account",
    cloudwatch_event_connection: "a connection by name",
    cloudwatch_event_source: "a partner's event source",
  }),
});
