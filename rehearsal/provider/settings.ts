/** What the provider's block in a configuration settles, and what is wrong with it. */
import type { Diagnostic } from "../protocol/messages";
import { isList, isValues, unknown, type Value, type Values } from "../protocol/value";
import type { Settings } from "./plan";

/** The account that stands in where a configuration names none. */
export const standInAccount = "000000000000";

export function settingsOf(config: Values, environment: NodeJS.ProcessEnv = process.env): Settings | Diagnostic {
  const region = text(config.region) || environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  if (!region) return { severity: "ERROR", summary: "invalid AWS Region: ", detail: "The provider names no region." };
  const [defaults] = isList(config.default_tags) ? config.default_tags : [];
  const tags = isValues(defaults) ? defaults.tags : undefined;
  return { region, account: accountOf(config), defaultTags: isValues(tags) ? tags : {} };
}

/** The account whose credentials would be used: the one allowed, or the one whose role is assumed. */
function accountOf(config: Values): string {
  const allowed = config.allowed_account_ids;
  if (isList(allowed) && typeof allowed[0] === "string") return allowed[0];
  const roles = isList(config.assume_role) ? config.assume_role : [];
  const role = roles.find(isValues);
  return /^arn:[\w-]+:iam::(\d{12}):/.exec(text(role?.role_arn))?.[1] ?? standInAccount;
}

const text = (value: Value | undefined): string =>
  typeof value === "string" && (value as Value) !== unknown ? value : "";
