/** Type conversion functions: https://developer.hashicorp.com/terraform/language/functions#type-conversion-functions */
import { convert } from "../convert";
import { list, map, set, type Type } from "../types";
import { type Family, type FunctionSpec, parameter } from "./define";

const conversion = (type: Type): FunctionSpec => ({
  parameters: [parameter("v?", "any")],
  returns: type,
  partial: true,
  candidates: true,
  call: ([value]) => convert(value, type),
});

const same: FunctionSpec = {
  parameters: [parameter("value?", "any")],
  returns: "any",
  partial: true,
  candidates: true,
  total: true,
  call: ([value]) => value,
};

export const conversions: Family = {
  tostring: conversion("string"),
  tonumber: conversion("number"),
  tobool: conversion("bool"),
  tolist: conversion(list("any")),
  toset: conversion(set("any")),
  tomap: conversion(map("any")),
  // Which values are sensitive is not tracked; it does not change what they are.
  sensitive: same,
  nonsensitive: same,
  // What is ephemeral is never known here, and what is unknown stays so.
  ephemeralasnull: same,
};
