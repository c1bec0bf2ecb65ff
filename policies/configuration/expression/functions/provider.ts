/** Functions that the AWS provider adds: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions */
import type { Value } from "../../value";
import { fail, quote } from "../errors";
import { joinTexts } from "../render";
import { constructed, record } from "../types";
import { type Family, parameter, text } from "./define";

const sections = ["partition", "service", "region", "account_id", "resource"];

function arnParse(arn: string): Value {
  const parts = arn.split(":");
  if (parts[0] !== "arn") fail(`arn_parse: ${quote(arn)} does not start with "arn:"`);
  if (parts.length < 6) fail(`arn_parse: ${quote(arn)} has not enough sections`);
  const result = record();
  sections.forEach((name, i) => {
    result[name] = i === 4 ? parts.slice(5).join(":") : parts[i + 1];
  });
  return constructed(result);
}

/** `arn:aws:iam::1:role/path/name` without the path. */
function trimIamRolePath(arn: string): Value {
  const parts = arn.split(":");
  const resource = parts.slice(5).join(":");
  if (parts[0] !== "arn" || parts.length < 6) fail(`trim_iam_role_path: ${quote(arn)} is no ARN`);
  if (parts[2] !== "iam") fail("trim_iam_role_path: the service must be iam");
  if (parts[3] !== "") fail("trim_iam_role_path: the region must be empty");
  if (!resource.startsWith("role/")) fail("trim_iam_role_path: the resource must be a role");
  return [...parts.slice(0, 5), `role/${resource.split("/").at(-1)}`].join(":");
}

export const aws: Family = {
  "provider::aws::arn_parse": {
    parameters: [parameter("arn", "string")],
    returns: "any",
    call: ([arn]) => arnParse(text(arn)),
  },
  "provider::aws::arn_build": {
    parameters: sections.map((name) => parameter(name, "string")),
    returns: "string",
    partial: true,
    call: (args) => joinTexts(["arn", ...args].flatMap((part, i) => (i === 0 ? [part] : [":", part]))),
  },
  "provider::aws::trim_iam_role_path": {
    parameters: [parameter("arn", "string")],
    returns: "string",
    call: ([arn]) => trimIamRolePath(text(arn)),
  },
};
