/** The provider without Terraform: what it plans, makes, reads, refuses. */
import { Cloud } from "../../../rehearsal/cloud/cloud";
import { type Fault, Faults } from "../../../rehearsal/cloud/faults";
import type { Diagnostic, DynamicValue, Step } from "../../../rehearsal/protocol/messages";
import {
  decodeValue,
  encodeValue,
  hasUnknown,
  isValues,
  unknown,
  type Values,
} from "../../../rehearsal/protocol/value";
import { sameBlock } from "../../../rehearsal/provider/comparison";
import { Crash, Session } from "../../../rehearsal/provider/session";
import { conformBlock } from "../../../rehearsal/schema/conform";
import { type Block, blockOf, type CtyType, typesOf } from "../../../rehearsal/schema/model";
import { providerBlock } from "../../../rehearsal/schema/response";

const account = "111111111111";

interface Answer {
  readonly new_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
  readonly requires_replace?: readonly { readonly steps: readonly Step[] }[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly state?: DynamicValue;
  readonly imported_resources?: readonly { readonly state: DynamicValue }[];
}

class Caller {
  private readonly session: Session;

  constructor(
    readonly cloud: Cloud = new Cloud(),
    faults: readonly Fault[] = [],
    region = "eu-west-1",
  ) {
    this.session = new Session(cloud, new Faults(faults), () => {
      throw new Error("nobody asks for the schema here");
    });
    const config = conformBlock(providerBlock(), { region, allowed_account_ids: [account] });
    expect(this.session.ConfigureProvider(this.request({ config: encodeValue(config) }))).toEqual({});
  }

  private request(request: object) {
    return { type_name: "", id: "", ...request };
  }

  plan(type: string, prior: Values | null, config: Values | null): Answer & { readonly planned: Values | null } {
    const told = config && conformBlock(blockOf("managed", type)!, config);
    const answer: Answer = this.session.PlanResourceChange(
      this.request({ type_name: type, prior_state: encodeValue(prior), config: encodeValue(told) }),
    );
    return { ...answer, planned: decodeValue(answer.planned_state) as Values | null };
  }

  async apply(type: string, prior: Values | null, planned: Values | null): Promise<Answer & { state_: Values | null }> {
    const request = { type_name: type, prior_state: encodeValue(prior), planned_state: encodeValue(planned) };
    const answer: Answer = await this.session.ApplyResourceChange(this.request(request));
    return { ...answer, state_: decodeValue(answer.new_state) as Values | null };
  }

  async create(type: string, config: Values): Promise<Values> {
    const { diagnostics, state_ } = await this.apply(type, null, this.plan(type, null, config).planned);
    expect(diagnostics ?? []).toEqual([]);
    return state_!;
  }

  /** The first line of what AWS says no with. */
  async refusal(type: string, prior: Values | null, config: Values | null): Promise<string | undefined> {
    const { diagnostics } = await this.apply(type, prior, config && this.plan(type, prior, config).planned);
    return diagnostics?.[0]?.summary;
  }

  read(type: string, state: Values): Values | null {
    const answer: Answer = this.session.ReadResource(
      this.request({ type_name: type, current_state: encodeValue(state) }),
    );
    return decodeValue(answer.new_state) as Values | null;
  }

  import(type: string, id: string): Answer {
    return this.session.ImportResourceState(this.request({ type_name: type, id }));
  }

  data(type: string, config: Values): Answer {
    const told = conformBlock(blockOf("data", type)!, config);
    return this.session.ReadDataSource(this.request({ type_name: type, config: encodeValue(told) }));
  }
}

/** A value for every required argument. */
function least(block: Block, seed = "x"): Values {
  const valueOf = (type: CtyType, name: string): Values[string] => {
    if (type === "string") return `${name}-${seed}`;
    if (type === "number") return 7;
    if (type === "bool") return true;
    if (type === "dynamic") return null;
    if (type[0] === "object") {
      return Object.fromEntries(Object.entries(type[1]).map(([key, inner]) => [key, valueOf(inner, key)]));
    }
    return type[0] === "map" ? { key: valueOf(type[1], name) } : [valueOf(type[1], name)];
  };
  const required = [...block.attributes].filter(([, attribute]) => attribute.required);
  return Object.fromEntries(required.map(([name, { type }]) => [name, valueOf(type, name)]));
}

test("every resource type can be planned, made, read, planned again without a change, and deleted", async () => {
  const types = typesOf("managed");
  expect(types.length).toBeGreaterThan(1500);
  const wrong: string[] = [];
  const caller = new Caller();
  for (const type of types) {
    const block = blockOf("managed", type)!;
    const config = least(block);
    const state = await caller.create(type, config);
    const again = caller.plan(type, state, config);
    const read = caller.read(type, state);
    if (hasUnknown(state)) wrong.push(`${type}: something is unknown when it is made`);
    if (!isValues(read) || !sameBlock(block, read, state)) wrong.push(`${type}: is read back as something else`);
    if (!sameBlock(block, again.planned ?? undefined, state)) wrong.push(`${type}: a change is planned where none is`);
    await caller.apply(type, state, null);
    if (caller.read(type, state) !== null) wrong.push(`${type}: is still there`);
  }
  expect(wrong).toEqual([]);
}, 60_000);

describe("plans", () => {
  test("leave to AWS what only AWS knows, and settle what the provider does", () => {
    const { planned } = new Caller().plan("aws_vpc", null, { cidr_block: "10.0.0.0/16", tags: { Name: "a" } });
    expect(planned).toMatchObject({ cidr_block: "10.0.0.0/16", region: "eu-west-1", tags_all: { Name: "a" } });
    expect([planned!.id, planned!.arn]).toEqual([unknown, unknown]);
  });

  test("replace what can't be changed, and change the rest in place", async () => {
    const caller = new Caller();
    const state = await caller.create("aws_vpc", { cidr_block: "10.0.0.0/16" });
    const paths = (config: Values) =>
      caller.plan("aws_vpc", state, config).requires_replace!.map(({ steps }) => steps[0]);
    expect(paths({ cidr_block: "10.1.0.0/16" })).toEqual([{ attribute_name: "cidr_block" }]);
    expect(paths({ cidr_block: "10.0.0.0/16", enable_dns_hostnames: true })).toEqual([]);
    expect(paths({ cidr_block: "10.0.0.0/16", region: "eu-north-1" })).toEqual([{ attribute_name: "region" }]);
  });
});

describe("what is made", () => {
  test.each<[string, Values, string, RegExp, RegExp]>([
    [
      "aws_vpc",
      { cidr_block: "10.0.0.0/16" },
      "eu-west-1",
      /^vpc-0[0-9a-f]{16}$/,
      /^arn:aws:ec2:eu-west-1:1{12}:vpc\/vpc-/,
    ],
    ["aws_s3_bucket", { bucket: "b" }, "eu-north-1", /^b$/, /^arn:aws:s3:::b$/],
    [
      "aws_kms_key",
      {},
      "eu-west-1",
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      /^arn:aws:kms:eu-west-1:1{12}:key\//,
    ],
    ["aws_iam_role", { name: "r", assume_role_policy: "{}" }, "eu-west-1", /^r$/, /^arn:aws:iam::1{12}:role\/r$/],
  ])("%s has an id and an ARN of the right form, region and account", async (type, config, region, id, arn) => {
    const state = await new Caller(new Cloud(), [], region).create(type, config);
    expect(state.id).toMatch(id);
    expect(state.arn).toMatch(arn);
    expect(state.region ?? region).toBe(region);
  });

  test("two like ones have two ids, the same ones the next time", async () => {
    const ids = async () => {
      const caller = new Caller();
      const both = [await caller.create("aws_vpc", {}), await caller.create("aws_vpc", {})];
      return both.map(({ id }) => id);
    };
    const [first, second] = await ids();
    expect(first).not.toBe(second);
    expect(await ids()).toEqual([first, second]);
  });

  test("can be imported and looked up, and is gone when somebody deleted it", async () => {
    const caller = new Caller();
    const state = await caller.create("aws_vpc", { cidr_block: "10.0.0.0/16", tags: { Name: "a" } });
    const { imported_resources } = caller.import("aws_vpc", String(state.id));
    expect(decodeValue(imported_resources![0].state)).toMatchObject({ id: state.id, cidr_block: "10.0.0.0/16" });
    expect(decodeValue(caller.data("aws_vpc", { tags: { Name: "a" } }).state)).toMatchObject({ id: state.id });
    const [resource] = caller.cloud.ofType("aws_vpc");
    caller.cloud.delete(resource);
    expect(caller.read("aws_vpc", state)).toBeNull();
    expect(caller.import("aws_vpc", String(state.id)).diagnostics![0].summary).toMatch(/non-existent remote object/);
    expect(caller.data("aws_vpc", { tags: { Name: "a" } }).diagnostics![0].summary).toMatch(/no matching aws_vpc/);
  });

  test("a region and the account are told by the data sources", () => {
    const caller = new Caller(new Cloud(), [], "eu-north-1");
    const of = (type: string) => decodeValue(caller.data(type, {}).state);
    expect(of("aws_region")).toMatchObject({ region: "eu-north-1" });
    expect(of("aws_caller_identity")).toMatchObject({ account_id: account });
    expect(of("aws_availability_zones")).toMatchObject({ zone_ids: ["eun1-az1", "eun1-az2", "eun1-az3"] });
  });
});

describe("AWS refuses", () => {
  test("a name that is taken, in another account too where names are global", async () => {
    const caller = new Caller();
    await caller.create("aws_s3_bucket", { bucket: "users" });
    await caller.create("aws_iam_role", { name: "r", assume_role_policy: "{}" });
    expect(await caller.refusal("aws_s3_bucket", null, { bucket: "users" })).toMatch(/BucketAlreadyOwnedByYou/);
    expect(await caller.refusal("aws_iam_role", null, { name: "r", assume_role_policy: "{}" })).toMatch(
      /EntityAlreadyExists: Role with name r already exists\.$/,
    );
    const [bucket] = caller.cloud.ofType("aws_s3_bucket");
    caller.cloud.delete(bucket);
    caller.cloud.put({ ...bucket, account: "999999999999" });
    expect(await caller.refusal("aws_s3_bucket", null, { bucket: "users" })).toMatch(/BucketAlreadyExists/);
  });

  test("to delete what is in use, protected or not empty", async () => {
    const caller = new Caller();
    const vpc = await caller.create("aws_vpc", { cidr_block: "10.0.0.0/16" });
    const subnet: Values = { vpc_id: vpc.id, cidr_block: "10.0.1.0/24" };
    await caller.create("aws_subnet", subnet);
    expect(await caller.refusal("aws_vpc", vpc, null)).toMatch(
      /DependencyViolation: The vpc 'vpc-\w+' has dependencies/,
    );
    expect(await caller.refusal("aws_subnet", null, subnet)).toMatch(/InvalidSubnet\.Conflict/);
    const table = await caller.create("aws_dynamodb_table", { name: "t", deletion_protection_enabled: true });
    expect(await caller.refusal("aws_dynamodb_table", table, null)).toMatch(/protected against deletion/);
    const bucket = await caller.create("aws_s3_bucket", { bucket: "b" });
    await caller.create("aws_s3_object", { bucket: "b", key: "k" });
    expect(await caller.refusal("aws_s3_bucket", bucket, null)).toMatch(/BucketNotEmpty/);
  });

  test("to delete a role while a policy hangs on it, not on that of the same name in another account", async () => {
    const caller = new Caller();
    const role = await caller.create("aws_iam_role", { name: "r", assume_role_policy: "{}" });
    const policy = await caller.create("aws_iam_role_policy", { role: "r", name: "p", policy: "{}" });
    expect(await caller.refusal("aws_iam_role", role, null)).toMatch(/DeleteConflict: .* must detach all policies/);
    expect(await caller.refusal("aws_iam_role_policy", policy, null)).toBeUndefined();
    caller.cloud.put({
      type: "aws_iam_role_policy",
      account: "999999999999",
      region: "eu-west-1",
      id: "r:p",
      values: policy,
    });
    expect(await caller.refusal("aws_iam_role", role, null)).toBeUndefined();
  });

  test.each<[Fault["kind"], RegExp]>([
    ["refuse", /^creating s3 bucket \(b\): api error UnauthorizedOperation: operation error CreateS3Bucket/],
    ["throttle", /^creating s3 bucket \(b\): api error RequestLimitExceeded: .*exceeded maximum number of attempts/],
  ])("by order (%s), as often as ordered, and leaves nothing", async (kind, summary) => {
    const caller = new Caller(new Cloud(), [{ kind, type: "aws_s3_bucket", like: { bucket: "b" }, times: 1 }]);
    expect(await caller.refusal("aws_s3_bucket", null, { bucket: "other" })).toBeUndefined();
    expect(await caller.refusal("aws_s3_bucket", null, { bucket: "b" })).toMatch(summary);
    expect(caller.cloud.all()).toHaveLength(1);
    expect(await caller.refusal("aws_s3_bucket", null, { bucket: "b" })).toBeUndefined();
  });

  test("nothing, and dies when it has done it", async () => {
    const caller = new Caller(new Cloud(), [{ kind: "crash", type: "aws_s3_bucket" }]);
    await expect(caller.create("aws_s3_bucket", { bucket: "b" })).rejects.toThrow(Crash);
    expect(caller.cloud.all()).toHaveLength(1);
  });
});
