/** Data sources: those that tell of the account and the region, and those that look up what is in the cloud. */

import { policyDocument } from "../../policies/configuration/modules/policy-document";
import type { Value as KnownValue } from "../../policies/configuration/value";
import { regionsByShortCode } from "../../policies/geography/regions";
import type { Cloud, CloudResource } from "../cloud/cloud";
import { zoneName } from "../cloud/settle";
import type { Diagnostic } from "../protocol/messages";
import { isList, isValues, type Value, type Values } from "../protocol/value";
import type { Settings } from "./plan";

type Read = { readonly values: Values } | Diagnostic;

export function readData(type: string, config: Values, settings: Settings, cloud: Cloud): Read {
  if (Object.hasOwn(readers, type)) return readers[type](config, settings);
  return lookUp(type, config, settings, cloud);
}

type Reader = (config: Values, settings: Settings) => Read;

const readers: Readonly<Record<string, Reader>> = {
  aws_caller_identity: (config, { account }) => ({
    values: {
      ...config,
      id: account,
      account_id: account,
      arn: `arn:aws:iam::${account}:user/rehearsal`,
      user_id: "AIDAREHEARSAL",
    },
  }),
  aws_region: (config, { region }) => {
    const name = typeof config.region === "string" ? config.region : region;
    return {
      values: { ...config, id: name, name, region: name, endpoint: `ec2.${name}.amazonaws.com`, description: name },
    };
  },
  aws_partition: (config) => ({
    values: {
      ...config,
      id: "aws",
      partition: "aws",
      dns_suffix: "amazonaws.com",
      reverse_dns_prefix: "com.amazonaws",
    },
  }),
  aws_availability_zones: (config, settings) => {
    const region = typeof config.region === "string" ? config.region : settings.region;
    const [code] = [...regionsByShortCode].find(([, known]) => known.code === region) ?? [];
    if (!code) return { severity: "ERROR", summary: `reading EC2 Availability Zones: no region ${region}` };
    const ids = [1, 2, 3].map((number) => `${code}-az${number}`);
    const values = { ...config, id: region, region, names: ids.map((id) => zoneName(id)!), zone_ids: ids };
    return { values: { ...values, group_names: [region] } };
  },
  aws_iam_policy_document: (config) => {
    const render = (name: string) =>
      policyDocument({ configured: (argument) => own(config, argument) }, name) as string;
    return { values: { ...config, id: "rehearsal", json: render("json"), minified_json: render("minified_json") } };
  },
};

/** An argument of a data source that is read, so that nothing in it is unknown. */
const own = (config: Values, argument: string): KnownValue =>
  Object.hasOwn(config, argument) ? (config[argument] as KnownValue) : null;

/** The one resource of the same name that has every value asked for. */
function lookUp(type: string, config: Values, { account, region: preset }: Settings, cloud: Cloud): Read {
  const region = typeof config.region === "string" ? config.region : preset;
  const candidates = cloud
    .ofType(type)
    .filter((resource) => resource.account === account && resource.region === region && matches(resource, config));
  const [found, another] = candidates;
  if (found && !another) return { values: { ...config, ...found.values } };
  const summary = found
    ? `multiple ${type} matched; use additional constraints to reduce matches to a single one`
    : `no matching ${type} found in the rehearsal's cloud (${account}, ${region})`;
  return { severity: "ERROR", summary };
}

function matches({ values }: CloudResource, config: Values): boolean {
  return Object.entries(config).every(([name, wanted]) => {
    if (wanted === null || name === "region" || name === "timeouts") return true;
    if (name === "filter")
      return isList(wanted) && wanted.every((filter) => !isValues(filter) || passes(values, filter));
    if (isList(wanted)) return wanted.length === 0;
    if (isValues(wanted)) {
      const own = values[name];
      return isValues(own) && Object.entries(wanted).every(([key, value]) => own[key] === value);
    }
    return values[name] === wanted;
  });
}

/** A filter as EC2 takes it: `tag:Name`, or an attribute with dashes. */
function passes(values: Values, { name, values: accepted }: Values): boolean {
  const wanted = isList(accepted) ? accepted : [];
  const [, tag] = /^tag:(.*)$/.exec(String(name)) ?? [];
  const { tags_all: tags } = values;
  const actual: Value | undefined = tag
    ? isValues(tags)
      ? tags[tag]
      : undefined
    : values[String(name).replace(/-/g, "_")];
  return actual !== undefined && wanted.includes(actual);
}
