/** What goes wrong in a rehearsal: a fault that AWS answers with, and somebody who changes things behind Terraform's back. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Planning } from "../../delivery/planning";
import { plansFolder } from "../../delivery/plans-folder";
import { isJsonObject, type JsonObject, parseJson } from "../../policies/configuration/json";
import type { Cloud, CloudResource } from "../cloud/cloud";
import type { Fault } from "../cloud/faults";
import { identityIn } from "../cloud/identity";
import { isList, isValues, type Values } from "../protocol/value";
import { blockOf } from "../schema/model";

/**
 * The fault for the resource that was named, once it is to be created; else for one in the middle of the last stack of a
 * planning.
 *
 * @param address behind its stack and a colon where that is needed
 */
export function faultFor(
  { planned }: Planning,
  folder: string,
  kind: Fault["kind"],
  address: string | undefined,
): Fault | undefined {
  const created = planned.flatMap(({ stack: { name }, changes }) =>
    changes.resources.filter(({ action }) => action === "create").map((change) => ({ name, address: change.address })),
  );
  const last = created.filter(({ name }) => name === created[created.length - 1]?.name);
  const chosen =
    address === undefined
      ? last[Math.floor(last.length / 2)]
      : created.find((one) => address === one.address || address === `${one.name}:${one.address}`);
  if (!chosen) return undefined;
  const path = join(plansFolder(folder), chosen.name, "plan.json");
  const plan = objectOf(parseJson(path, readFileSync(path)));
  const changes = Array.isArray(plan.resource_changes) ? plan.resource_changes.map(objectOf) : [];
  const change = changes.find((one) => one.address === chosen.address)!;
  return { kind, type: String(change.type), like: objectOf(objectOf(change.change).after) as Values, times: 1 };
}

export interface Tampering {
  readonly what: string;
  readonly victim: CloudResource;
  readonly values: Values;
}

const stranger = "999999999999";

/** What somebody with the rights to it might do by hand, worst first. */
export function* tamperings(cloud: Cloud): Generator<Tampering> {
  for (const victim of cloud.ofType("aws_s3_bucket_policy").slice(0, 1)) {
    const opening = {
      Sid: "Opened",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${stranger}:root` },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${String(victim.values.bucket)}/*`,
    };
    // Whoever opens a policy takes away what stands in the way.
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [opening] });
    const what = `opens the policy of the bucket ${victim.id} to a foreign account`;
    yield { what, victim, values: { ...victim.values, policy } };
  }
  for (const victim of cloud.ofType("aws_s3_bucket_replication_configuration").slice(0, 1)) {
    const copy = `arn:aws:s3:::copy-of-${stranger}`;
    const what = `lets the bucket ${victim.id} replicate into a foreign one`;
    yield { what, victim, values: replicatingTo(copy, victim.values) };
  }
}

function replicatingTo(bucket: string, values: Values): Values {
  const rules = isList(values.rule) ? values.rule.filter(isValues) : [];
  const into = (rule: Values): Values => {
    const destinations = isList(rule.destination) ? rule.destination.filter(isValues) : [];
    return { ...rule, destination: destinations.map((one) => ({ ...one, bucket, account: stranger })) };
  };
  return { ...values, rule: rules.map(into) };
}

/** What stands without being in one of the states: made by a provider that died before it could say so. */
export function orphans(cloud: Cloud, states: readonly string[]): readonly CloudResource[] {
  const known = new Set<string>();
  for (const path of states) {
    const { resources } = objectOf(parseJson(path, readFileSync(path)));
    for (const { type, instances } of Array.isArray(resources) ? resources.map(objectOf) : []) {
      for (const instance of Array.isArray(instances) ? instances.map(objectOf) : []) {
        const block = blockOf("managed", String(type));
        const state = objectOf(instance.attributes) as Values;
        if (block) known.add(`${String(type)} ${identityIn(String(type), block, state)}`);
      }
    }
  }
  return cloud.all().filter((resource) => !known.has(nameOf(resource)));
}

export const nameOf = ({ type, id }: CloudResource): string => `${type} ${id}`;

export const objectOf = (value: unknown): JsonObject =>
  isJsonObject(value as JsonObject) ? (value as JsonObject) : {};
