/**
 * What Quick Setup of AWS Systems Manager deploys: to which Regions and accounts, and where what it collects goes.
 * https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html lists the parameters
 * of each type.
 */
import type { Resource } from "../configuration/resource";
import { find, isObject, isUnknown, type Value } from "../configuration/value";
import { type DocumentPart, document, type Finding, type Role, sends, shares } from "../flows/vocabulary";
import { commaSeparated } from "./documents/holes";
import { json } from "./documents/json";

const CHANNEL = "quick-setup.deployment";
const reported = "what machines report is written there";
/** `{"OutputS3BucketName": …, "OutputS3Region": …}`. */
const location: Role = document(function* (text): Generator<DocumentPart> {
  const content = json(text);
  if (isUnknown(content)) yield { at: "", value: content, role: sends(CHANNEL, "bucket", { why: reported }) };
  for (const [name, form] of [
    ["OutputS3BucketName", "bucket"],
    ["OutputS3Region", "region"],
  ] as const) {
    const value = isObject(content) ? (content[name] ?? null) : null;
    yield { at: `.${name}`, value, role: sends(CHANNEL, form, { why: reported }) };
  }
});
const PARAMETERS: Readonly<Record<string, Role>> = {
  GlobalResourceTypesRegion: sends(CHANNEL, "region", { why: "global resources are recorded there" }),
  OutputS3BucketName: sends(CHANNEL, "bucket", { why: reported }),
  OutputBucketRegion: sends(CHANNEL, "region", { why: reported }),
  OutputS3BucketRegion: sends(CHANNEL, "region", { why: reported }),
  TargetRegions: sends(CHANNEL, "region", { why: "what is set up stands there" }),
  TargetAccounts: shares(CHANNEL, "account", { why: "what is set up stands in that account" }),
  DelegatedAccountId: shares(CHANNEL, "account", { why: "the account administers what is set up" }),
  DeliveryBucketName: sends(CHANNEL, "bucket", { why: "what is recorded is written there" }),
};

/**
 * Kinds that move no data but what their parameters name: instances are started and stopped by the clock; or scanned and
 * patched, by associations, roles and a bucket for the patch baselines in the target accounts (AWS Systems Manager User
 * Guide, "Configure patching for instances in an organization using a Quick Setup patch policy").
 */
const IDLE = new Set<Value>(["AWSQuickSetupType-Scheduler", "AWSQuickSetupType-PatchPolicy"]);

export function* quickSetup(manager: Resource): Iterable<Finding> {
  for (const { value, at } of find(manager.values, "configuration_definition.parameters")) {
    if (isUnknown(value)) yield { finding: "undecided", attribute: at, why: value.why };
  }
  for (const { value, at } of find(manager.values, "configuration_definition.parameters.OutputS3Location")) {
    yield { finding: "role", attribute: at, value, role: location };
  }
  for (const [name, role] of Object.entries(PARAMETERS)) {
    for (const { value, at } of find(manager.values, `configuration_definition.parameters.${name}`)) {
      for (const item of commaSeparated(value)) yield { finding: "role", attribute: at, value: item, role };
    }
  }
  const types = find(manager.values, "configuration_definition.type");
  if (types.length > 0 && types.every(({ value }) => IDLE.has(value))) return;
  yield {
    finding: "undecided",
    attribute: "configuration_definition",
    why: "deploys stacks whose resources are not in this configuration",
  };
}
