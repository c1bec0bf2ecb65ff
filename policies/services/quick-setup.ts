/**
 * What Quick Setup of AWS Systems Manager deploys: to which Regions and accounts, and where what it collects goes.
 * https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html lists the parameters
 * of each type.
 */
import type { Resource } from "../configuration/resource";
import { find, isUnknown } from "../configuration/value";
import { type Finding, type Role, sends, shares } from "../flows/vocabulary";
import { commaSeparated } from "./documents/holes";

const CHANNEL = "quick-setup.deployment";
const PARAMETERS: Readonly<Record<string, Role>> = {
  TargetRegions: sends(CHANNEL, "region", { why: "what is set up stands there" }),
  TargetAccounts: shares(CHANNEL, "account", { why: "what is set up stands in that account" }),
  DelegatedAccountId: shares(CHANNEL, "account", { why: "the account administers what is set up" }),
  DeliveryBucketName: sends(CHANNEL, "bucket", { why: "what is recorded is written there" }),
};

/** Starts and stops instances by the clock: no data moves. */
const IDLE = "AWSQuickSetupType-Scheduler";

export function* quickSetup(manager: Resource): Iterable<Finding> {
  for (const { value, at } of find(manager.values, "configuration_definition.parameters")) {
    if (isUnknown(value)) yield { finding: "undecided", attribute: at, why: value.why };
  }
  for (const [name, role] of Object.entries(PARAMETERS)) {
    for (const { value, at } of find(manager.values, `configuration_definition.parameters.${name}`)) {
      for (const item of commaSeparated(value)) yield { finding: "role", attribute: at, value: item, role };
    }
  }
  const types = find(manager.values, "configuration_definition.type");
  if (types.length > 0 && types.every(({ value }) => value === IDLE)) return;
  yield {
    finding: "undecided",
    attribute: "configuration_definition",
    why: "deploys stacks whose resources are not in this configuration",
  };
}
