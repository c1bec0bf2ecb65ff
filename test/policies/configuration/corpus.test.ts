/** Plans of other people's projects, which lie in `shared/corpus/plans` beside the project, if at all. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readConfiguration } from "../../../policies/configuration/input/read";
import type { JsonObject } from "../../../policies/configuration/json";
import { isList, isObject, isUnknown, type Reference, type Value } from "../../../policies/configuration/value";
import { at, shown } from "./project";

const plans = resolve(__dirname, "../../../../shared/corpus/plans");
const files = existsSync(plans) ? readdirSync(plans) : [];
if (files.length === 0)
  process.stderr.write("\n*** shared/corpus/plans is not beside the project: no real plan was read ***\n");

function* references(value: Value): Generator<Reference> {
  if (isUnknown(value)) yield* value.references;
  else if (isList(value)) for (const one of value) yield* references(one);
  else if (isObject(value)) for (const one of Object.values(value)) yield* references(one);
}

const whenThere = files.length > 0 ? test : test.skip;

whenThere("every real plan is read, with all of its resources", async () => {
  for (const file of files) {
    const path = join(plans, file);
    const configuration = await readConfiguration([path]);
    const body = JSON.parse(readFileSync(path, "utf8")) as { resource_changes: JsonObject[] };
    const addresses = new Set(configuration.resources.map(({ address }) => address));
    for (const change of body.resource_changes) {
      const { actions } = change.change as { actions: string[] };
      const shownBefore = actions[0] !== "no-op" || addresses.has(String(change.address));
      expect([file, change.address, addresses.has(String(change.address))]).toEqual([
        file,
        change.address,
        shownBefore,
      ]);
    }
    expect([file, configuration.undecided]).toEqual([file, []]);
    const all = new Set(configuration.resources);
    for (const resource of configuration.resources) {
      for (const { resources } of references(resource.values)) {
        for (const target of resources) expect(all.has(target)).toBe(true);
      }
    }
  }
});

whenThere("what real plans leave unknown leads to what it comes from", async () => {
  const read = (file: string) => readConfiguration([join(plans, file)]);
  const vpc = await read("terraform-aws-vpc-v5.21.0_examples_complete.json");
  expect(shown(at(vpc, "module.vpc.aws_route.public_internet_gateway[0]").values.gateway_id)).toBe(
    "<module.vpc.aws_internet_gateway.this[0].id>",
  );
  expect(at(vpc, "module.vpc.aws_vpc.this[0]").values).not.toHaveProperty("default_security_group_id");
  const bucket = await read("terraform-aws-s3-bucket-v4.11.0_examples_s3-replication.json");
  expect(at(bucket, "module.replica_bucket.aws_s3_bucket.this[0]").provider.alias).toBe("replica");
  expect(shown(at(bucket, "module.s3_bucket.aws_s3_bucket_versioning.this[0]").values.bucket)).toBe(
    "<module.s3_bucket.aws_s3_bucket.this[0].id>",
  );
  const queues = await read("terraform-aws-sqs-v4.3.1_examples_complete.json");
  expect(shown(at(queues, "module.sqs_with_dlq.aws_sqs_queue_policy.this[0]").values.policy)).toMatchObject({
    json: { Statement: [{ Resource: expect.anything() }] },
  });
});
