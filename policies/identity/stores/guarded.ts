/** Every resource-based policy of the configuration, with the resource whose data it guards. */
import type { Resource } from "../../configuration/resource";
import { find, type Value } from "../../configuration/value";
import type { Context } from "../../flows/context";
import type { RoomInput } from "../../flows/flow";
import { type Document, type Place, readDocuments } from "../language/document";
import { hasArn, type Names } from "../language/names";
import { servicesOf } from "./stores";

export interface Guard {
  /** Whose data it is. */
  readonly data: Resource;
  readonly channel: string;
  readonly documents: readonly Document[];
  /** Its ARN; empty where the configuration does not have what is guarded, so that any ARN may be meant. */
  readonly base: string;
  /** Requests can come only from within a VPC. */
  readonly vpcOnly: boolean;
  /** Of those, the ones that are let in by name are taken to have a way into it. */
  readonly named: boolean;
}

type VpcOnly = (resource: Resource, context: Context) => boolean;

export function guards(input: RoomInput, names: Names): Guard[] {
  const found: Guard[] = [];
  const owners = new Owners(input);
  for (const resource of input.resources) {
    const entry = input.entryOf(resource);
    if (!entry) continue;
    const add = (value: Value, place: Place, role: Pick<Guard, "channel" | "named">, vpcOnly?: VpcOnly): void => {
      const documents = readDocuments(value, place, names);
      if (documents.length === 0) return;
      for (const data of owners.of(resource, entry.data)) {
        const unnamed = data === resource && entry.kind !== "holds" && !(entry.data === undefined && hasArn(data));
        const base = unnamed ? namedBase(resource) : baseOf(data, names);
        found.push({ data, ...role, documents, base, vpcOnly: vpcOnly?.(data, input.context) ?? false });
      }
    };
    for (const path in entry.attributes) {
      const role = entry.attributes[path];
      if (role.role !== "policy") continue;
      const { channel, named = false, vpcOnly } = role;
      for (const { value, at } of find(resource.values, path))
        add(role.within ? role.within(value) : value, { by: resource, attribute: at }, { channel, named }, vpcOnly);
    }
    if (entry.policy && resource.mode === "managed") {
      const { channel, attribute, document } = entry.policy;
      add(document(resource), { by: resource, attribute, whole: true }, { channel, named: false });
    }
  }
  return found;
}

/**
 * Types whose policies are about ARNs of what is in them: the rules of a bus, the recovery points of a vault.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html,
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
const OF_CONTENTS = new Set(["aws_cloudwatch_event_bus", "aws_backup_vault", "aws_backup_logically_air_gapped_vault"]);

const baseOf = (data: Resource, names: Names): string => (OF_CONTENTS.has(data.type) ? "" : names.arnOf(data));

/** A bucket that only its name stands for: a bucket's ARN needs nothing else. */
function namedBase({ type, values }: Resource): string {
  return type === "aws_s3_bucket_policy" && typeof values.bucket === "string" ? `arn:aws:s3:::${values.bucket}` : "";
}

/** Attributes by which a policy may name, as a text, the resource that it is put on. */
const NAMING: readonly string[] = [
  "name",
  "bucket",
  "arn",
  "id",
  "url",
  "domain_name",
  "function_name",
  "key_id",
  "domain",
  "repository",
  "table_name",
];

/** The resources that the entry's data are; the carrier itself where none of them is in the configuration. */
class Owners {
  private names?: Map<string, Resource[]>;

  constructor(private readonly input: RoomInput) {}

  of(resource: Resource, path: string | undefined): Resource[] {
    if (path === undefined) return [resource];
    const denoted = new Set<Resource>();
    for (const { value } of find(resource.values, path)) {
      for (const one of this.input.context.denoted(value)) denoted.add(one);
      if (denoted.size === 0 && typeof value === "string")
        for (const one of this.named(value, resource)) denoted.add(one);
    }
    return denoted.size === 0 ? [resource] : [...denoted];
  }

  /** Those of the same service and stack that say of themselves that they have the name. */
  private named(name: string, by: Resource): Resource[] {
    this.names ??= this.index();
    const services = servicesOf(by.type)?.join();
    return (this.names.get(name) ?? []).filter(
      (one) => one !== by && one.stack === by.stack && servicesOf(one.type)?.join() === services,
    );
  }

  private index(): Map<string, Resource[]> {
    const index = new Map<string, Resource[]>();
    for (const resource of this.input.resources) {
      if (this.input.entryOf(resource)?.kind !== "holds" && resource.mode !== "data") continue;
      const own = new Set(NAMING.map((name) => resource.values[name]).filter((value) => typeof value === "string"));
      for (const name of own) index.set(name, [...(index.get(name) ?? []), resource]);
    }
    return index;
  }
}
