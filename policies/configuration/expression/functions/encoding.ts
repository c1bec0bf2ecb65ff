/** Encoding functions: https://developer.hashicorp.com/terraform/language/functions#encoding-functions */
import type { Value } from "../../value";
import { decodeJson, encodeJson } from "../json";
import { computed, isKnown, isOpen, oneOf } from "../unknown";
import { type Family, parameter, text } from "./define";

function jsonencode(value: Value): Value {
  if (isKnown(value)) return encodeJson(value);
  return computed([value], { json: value, type: "string" });
}

function jsondecode(value: Value): Value {
  if (!isOpen(value)) return decodeJson(text(value));
  if (value.json !== undefined) return value.json;
  if (value.candidates) return oneOf(value.candidates.map(jsondecode), [value]);
  return computed([value]);
}

export const encoding: Family = {
  jsonencode: {
    parameters: [parameter("val?", "any")],
    returns: "string",
    partial: true,
    call: ([value]) => jsonencode(value),
  },
  jsondecode: {
    parameters: [parameter("str", "string")],
    returns: "any",
    partial: true,
    call: ([value]) => jsondecode(value),
  },
};
