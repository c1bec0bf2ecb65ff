/**
 * The partner's guards, taken away one at a time. The owner's view is the proof's own: all accounts are the owner's. The
 * partner's view is the same proof with the watched accounts as strangers: what they can read is an escape. Where other
 * guards still keep data in, or deletion is the question and not reading, the walls that stand are named.
 */
import { isAllowed } from "../simulation";
import { type Edit, paths, policy, SynthesizedEnclave, type View } from "./enclave";

let enclave: SynthesizedEnclave;
beforeAll(() => {
  enclave = new SynthesizedEnclave();
});
afterAll(() => enclave.dispose());

// biome-ignore lint/suspicious/noExplicitAny: documents and values are JSON of any shape
type Json = any;

const evidence = "evidence-eu-west-1";
const operator = "111111111111";

/** The partner owns its own stacks and account, and takes the organization's for given; who they watch is somebody else. */
const partner: View = {
  stacks: (name) => name.startsWith("evidence-") || name === "oversight",
  trust: ({ places }) => ({
    accounts: { "333333333333": { name: "oversight" }, "444444444444": { name: "management" } },
    outposts: {},
    places,
  }),
};

/** The owner's view of what is the partner's and of what reports to it; the guardrails of the organization are left out. */
const owner: View = {
  stacks: (name) => partner.stacks(name) || name.startsWith("watch-") || name === "delegation",
  trust: (trust) => trust,
};

const without =
  (...sids: string[]) =>
  (document: Json) => {
    const before = document.Statement.length;
    document.Statement = document.Statement.filter(({ Sid }: Json) => !sids.includes(Sid));
    if (document.Statement.length !== before - sids.length) throw new Error(`${sids} are not all there`);
  };

const letting = (Action: string, Principal: Json) => (document: Json) =>
  document.Statement.push({ Sid: "Added", Effect: "Allow", Principal, Action, Resource: "*" });

const bucketPolicy = (edit: Edit) => edit.one(evidence, "aws_s3_bucket_policy", "archive_evidence");
const keyOf = (edit: Edit) => edit.one(evidence, "aws_kms_key", "archive_keys");
const theOperator = { AWS: `arn:aws:iam::${operator}:root` };

function operatorReads(edit: Edit): void {
  policy(bucketPolicy(edit), letting("s3:GetObject", theOperator));
}
function noDenial(edit: Edit): void {
  policy(bucketPolicy(edit), without("WatchedAccountsOnlyWrite", "OrganizationOnly"));
}
function operatorDecrypts(edit: Edit): void {
  policy(keyOf(edit), without("WatchedAccountsOnlyWrite", "OrganizationOnly"));
  policy(keyOf(edit), letting("kms:Decrypt", theOperator));
}

/** What the partner sends to the watched accounts of its own will: the orders of the stop. */
const STOP = /^aws_sfn_state_machine\.stop_machine_\w+ -> account (111111111111|222222222222) by states\.task /;

/** Escapes in the partner's view, beside the orders. */
async function seenByPartner(change?: (edit: Edit) => void) {
  const report = await enclave.judge(change, partner);
  const shown = paths(report);
  expect(shown.filter((line) => STOP.test(line)).length).toBe(6);
  return {
    escapes: shown.filter((line) => !STOP.test(line)),
    undecided: report.undecided.map(({ message }) => message),
  };
}

/** Places in a stack at which the statement of a name denies something. */
const denials = (edit: Edit, sid: string): string[] =>
  ["aws_s3_bucket_policy", "aws_kms_key"].flatMap((type) =>
    edit
      .all(evidence, type)
      .filter(({ policy: text }) => JSON.parse(text).Statement.some(({ Sid }: Json) => Sid === sid))
      .map((one) => `${type}: ${sid} of ${one.bucket ?? one.description}`),
  );

/** What still keeps the watched accounts, and everybody else, from deleting evidence. */
function wallsAgainstDeletion(edit: Edit): string[] {
  const locked = edit.all(evidence, "aws_s3_bucket_object_lock_configuration");
  const [trail] = edit.all("oversight", "aws_cloudtrail");
  return [
    ...locked.map(({ rule }) => `lock: ${rule.default_retention.mode} for ${rule.default_retention.days} days`),
    ...denials(edit, "NobodyDeletes"),
    ...denials(edit, "WatchedAccountsOnlyWrite"),
    ...edit.all(evidence, "aws_s3_bucket_versioning").map((one) => `versions: ${one.versioning_configuration.status}`),
    ...(trail.enable_log_file_validation ? ["digests of the trail's files"] : []),
  ].map((wall) => wall.replace(/\$\{aws_s3_bucket\.(\w+)_bucket_\w+\.id\}/, "$1"));
}

describe("what a site brings", () => {
  const bucket = "arn:aws:s3:::clover-evidence-eu-west-1";
  const acl = { "s3:x-amz-acl": "bucket-owner-full-control" };
  const writers = [
    { by: "archive", policy: "carry", below: "logs", asks: "s3:GetBucketLocation" },
    { by: "workbench", policy: "sessions", below: "sessions", asks: "s3:GetEncryptionConfiguration" },
    { by: "request", policy: "work", below: "access", asks: undefined },
  ];

  it.each(writers)("as $by has both halves of each right, and none to take back", async (writer) => {
    const edit = enclave.edited();
    const named = bucketPolicy(edit).policy.replaceAll(/\$\{aws_s3_bucket\.archive_evidence[^}]*\.arn\}/g, bucket);
    const own = edit
      .all("access-dublin-1", "aws_iam_role_policy")
      .find((one) => one.name === writer.policy && one.role.includes(writer.by === "archive" ? "carrier" : writer.by));
    const may = (action: string, resource: string, more: Record<string, string> = {}) => {
      const principal = `arn:aws:iam::${operator}:role/clover-dublin-1-${writer.by}`;
      const context = {
        "aws:PrincipalOrgID": "o-enclave0001",
        "aws:PrincipalAccount": operator,
        "kms:ViaService": "s3.eu-west-1.amazonaws.com",
        ...more,
      };
      const policies = { identity: [own.policy], resource: action.startsWith("kms:") ? keyOf(edit).policy : named };
      return isAllowed({ principal, account: "333333333333", action, resource, context }, policies);
    };
    const mine = `${bucket}/${writer.below}/dublin-1/a`;
    const key = "arn:aws:kms:eu-west-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect([await may("s3:PutObject", mine), await may("kms:GenerateDataKey", key)]).toEqual([true, true]);
    // Services hand over what they write into another's bucket; the functions ask for nothing of the kind.
    expect(await may("s3:PutObjectAcl", mine, acl)).toBe(writer.asks !== undefined);
    if (writer.asks) expect(await may(writer.asks, bucket)).toBe(true);
    for (const [action, resource, more] of [
      ["s3:GetObject", mine],
      ["s3:DeleteObject", mine],
      ["s3:PutObjectAcl", mine, { "s3:x-amz-acl": "public-read" }],
      ["s3:PutObject", `${bucket}/${writer.below}/dublin-2/a`],
      ["s3:PutObject", `${bucket}/verdicts/report.json`],
      ["kms:Decrypt", key],
    ] as const) {
      expect([action, resource, await may(action, resource, more)]).toEqual([action, resource, false]);
    }
  });

  it("by services of AWS may come in and be encrypted, from the watched accounts of the region", () => {
    const edit = enclave.edited();
    const services = (holder: Json, action: RegExp) =>
      JSON.parse(holder.policy).Statement.flatMap(({ Effect, Principal, Action, Condition }: Json) =>
        Effect === "Allow" && Principal.Service && action.test([Action].flat().join())
          ? [[Principal.Service, Object.keys(Condition).length > 0]]
          : [],
      );
    const [delivery, trail, config] = ["delivery.logs", "cloudtrail", "config"].map((one) => [
      `${one}.amazonaws.com`,
      true,
    ]);
    expect(services(bucketPolicy(edit), /PutObject/)).toEqual([delivery, trail]);
    expect(services(edit.one(evidence, "aws_s3_bucket_policy", "archive_configuration"), /PutObject/)).toEqual([
      config,
    ]);
    expect(services(keyOf(edit), /GenerateDataKey/)).toEqual([delivery, trail, config]);
  });
});

describe("as it is declared", () => {
  it("nobody outside reads anything, and the watched accounts read nothing of the partner's", async () => {
    for (const view of [undefined, owner]) {
      const report = await enclave.judge(() => {}, view);
      expect([report.verdict, paths(report), report.undecided]).toEqual(["contained", [], []]);
    }
    expect(await seenByPartner()).toEqual({ escapes: [], undecided: [] });
  });

  it("evidence is locked, and nobody deletes it", () => {
    expect(wallsAgainstDeletion(enclave.edited())).toEqual([
      "lock: COMPLIANCE for 730 days",
      "aws_s3_bucket_policy: NobodyDeletes of archive_configuration",
      "aws_s3_bucket_policy: NobodyDeletes of archive_evidence",
      "aws_s3_bucket_policy: WatchedAccountsOnlyWrite of archive_configuration",
      "aws_s3_bucket_policy: WatchedAccountsOnlyWrite of archive_evidence",
      "aws_kms_key: WatchedAccountsOnlyWrite of clover-evidence-eu-west-1: evidence",
      "versions: Enabled",
      "versions: Enabled",
      "digests of the trail's files",
    ]);
  });
});

describe("without Object Lock", () => {
  const unlocked = (edit: Edit) => edit.remove("aws_s3_bucket_object_lock_configuration", evidence);

  it("no data goes anywhere: the policies that deny deletion, the versions and the digests still stand", async () => {
    expect((await enclave.judge(unlocked, owner)).verdict).toBe("contained");
    expect(wallsAgainstDeletion(enclave.edited(unlocked))).toEqual(
      wallsAgainstDeletion(enclave.edited()).filter((wall) => !wall.startsWith("lock")),
    );
  });
});

describe("without the policy that the watched accounts only write", () => {
  it("a statement that lets them read stays without effect as long as the denial stands", async () => {
    expect(await seenByPartner(operatorReads)).toEqual({ escapes: [], undecided: [] });
  });

  it("and without the denial the partner's key is the last wall, for all that was written with it", async () => {
    const { escapes, undecided } = await seenByPartner((edit) => {
      operatorReads(edit);
      noDenial(edit);
    });
    expect(escapes).toEqual([]);
    expect(undecided).toEqual([expect.stringContaining(`s3.bucket-policy to account ${operator}`)]);
  });

  it("and without the key's they read", async () => {
    const { escapes } = await seenByPartner((edit) => {
      operatorReads(edit);
      noDenial(edit);
      operatorDecrypts(edit);
    });
    expect(escapes).toContainEqual(
      expect.stringMatching(
        /^aws_s3_bucket\.archive_evidence_bucket_\w+ -> account 111111111111 by s3\.bucket-policy \(aws_s3_bucket_policy\.archive_evidence_policy_\w+: policy\)$/,
      ),
    );
  });
});

describe("without the partner's key", () => {
  it("whose policy lets them decrypt, the key's own path is shown, though the bucket still gives them nothing", async () => {
    const { escapes } = await seenByPartner(operatorDecrypts);
    expect(escapes).toEqual([
      expect.stringMatching(
        /^aws_kms_key\.archive_keys_evidence_\w+ -> account 111111111111 by kms\.key-policy \(aws_kms_key\.archive_keys_evidence_\w+: policy\)$/,
      ),
    ]);
  });

  it("the write-only policy still keeps evidence from them", async () => {
    const unencrypted = (edit: Edit) => edit.remove("aws_s3_bucket_server_side_encryption_configuration", evidence);
    expect(await seenByPartner(unencrypted)).toEqual({ escapes: [], undecided: [] });
    expect(denials(enclave.edited(unencrypted), "WatchedAccountsOnlyWrite")).toHaveLength(3);
  });
});

interface Guard {
  readonly name: string;
  readonly edit: (edit: Edit) => void;
  /** One path of the owner's view must hold all of these. */
  readonly path: readonly string[];
}

function anywhere(edit: Edit, role = "clover-auditor"): void {
  policy(
    edit.one("oversight", "aws_iam_role", `"${role}"`),
    ({ Statement: [trust] }) => delete trust.Condition.IpAddress,
    "assume_role_policy",
  );
}

const escapes: readonly Guard[] = [
  {
    name: "auditors from anywhere",
    edit: (edit) => {
      anywhere(edit);
      policy(edit.one("oversight", "aws_iam_role_policy", '"auditor"'), without("RegisteredNetworksOnly"));
    },
    path: ["aws_s3_bucket.archive_evidence", "iam.federation", ": assume_role_policy"],
  },
  {
    name: "a registered network that nobody vouches for any more",
    edit: (edit) => {
      for (const role of edit.all("oversight", "aws_iam_role")) {
        role.assume_role_policy = role.assume_role_policy.replaceAll("198.51.100.0/26", "192.88.100.0/24");
      }
      for (const one of edit.all("oversight", "aws_iam_role_policy")) {
        one.policy = one.policy.replaceAll("198.51.100.0/26", "192.88.100.0/24");
      }
    },
    path: ["iam.federation", "people_auditor"],
  },
  {
    name: "configurations gathered in Virginia",
    edit: (edit) => {
      edit.one("watch-dublin", "aws_config_aggregate_authorization").authorized_aws_region = "us-east-1";
    },
    path: ["us-east-1", "config.aggregation", ": authorized_aws_region"],
  },
  {
    name: "configurations gathered in another account",
    edit: (edit) => {
      edit.one("watch-hamar", "aws_config_aggregate_authorization").account_id = "999999999999";
    },
    path: ["account 999999999999", "config.aggregation", ": account_id"],
  },
  {
    name: "an aggregator that stands in London",
    edit: (edit) => {
      edit.one("oversight", "aws_config_configuration_aggregator").region = "eu-west-2";
    },
    path: ["aws_config_configuration_aggregator.", "eu-west-2", ": region"],
  },
  {
    name: "findings that come together in London",
    edit: (edit) => {
      for (const type of ["aws_securityhub_account", "aws_securityhub_finding_aggregator"]) {
        edit.one(evidence, type).region = "eu-west-2";
      }
    },
    path: ["aws_securityhub_account.", "eu-west-2", ": region"],
  },
  {
    name: "findings administered by somebody else",
    edit: (edit) => {
      edit.one("delegation", "aws_guardduty_organization_admin_account").admin_account_id = "999999999999";
    },
    path: ["account 999999999999", "guardduty.administrator"],
  },
  {
    name: "the organization's trail in a bucket in Virginia",
    edit: (edit) => {
      edit.add("oversight", "aws_s3_bucket", "far", { bucket: "clover-trails", region: "us-east-1" });
      edit.one("oversight", "aws_cloudtrail").s3_bucket_name = "${aws_s3_bucket.far.bucket}";
    },
    path: ["aws_cloudtrail.", "us-east-1", "cloudtrail.delivery", ": s3_bucket_name"],
  },
  {
    name: "sightings that somebody else's bus takes",
    edit: (edit) => {
      edit.one("watch-dublin", "aws_cloudwatch_event_target", "routing").arn =
        "arn:aws:events:us-east-1:333333333333:event-bus/clover-oversight-sightings";
    },
    path: ["us-east-1", "events.target", "aws_cloudwatch_event_target.", ": arn"],
  },
  {
    name: "a desk outside its network",
    edit: (edit) => {
      delete edit.one("oversight", "aws_lambda_function").vpc_config;
    },
    path: ["aws_lambda_function.desk_incident", "the internet", "lambda.internet"],
  },
  {
    name: "an incident queue for everybody, whose key lets them decrypt",
    edit: (edit) => {
      incidentsForEverybody(edit);
      policy(edit.one("oversight", "aws_kms_key", "incidents"), without("OrganizationOnly"));
      policy(edit.one("oversight", "aws_kms_key", "incidents"), letting("kms:Decrypt", "*"));
    },
    path: ["aws_sqs_queue.queues_incidents", "sqs.policy", ": policy"],
  },
];

function incidentsForEverybody(edit: Edit): void {
  const held = edit.one("oversight", "aws_sqs_queue_policy", "queues_incidents");
  policy(held, without("OrganizationOnly"));
  policy(held, letting("sqs:ReceiveMessage", "*"));
}

it.each(escapes.map((guard) => [guard.name, guard] as const))("escape: %s", async (_name, { edit, path }) => {
  const report = await enclave.judge(edit, owner);
  const shown = paths(report);
  const hit = shown.some((line) => path.every((part) => line.includes(part)));
  expect({ verdict: report.verdict, hit, shown: hit ? [] : shown }).toEqual({
    verdict: "escapes",
    hit: true,
    shown: [],
  });
});

describe("what is left when one of two walls is gone", () => {
  it("auditors are let in from anywhere: what they do is still bound to their networks", async () => {
    expect((await enclave.judge((edit) => anywhere(edit), owner)).verdict).toBe("contained");
    const [held] = enclave
      .edited((edit) => anywhere(edit))
      .all("oversight", "aws_iam_role_policy")
      .filter(({ name }) => name === "auditor");
    expect(JSON.parse(held.policy).Statement.at(-1)).toMatchObject({
      Sid: "RegisteredNetworksOnly",
      Effect: "Deny",
      Condition: { NotIpAddress: { "aws:SourceIp": ["198.51.100.0/26"] } },
    });
  });

  it("approvers are let in from anywhere, and bound to nothing: they only send, which a queue takes by network and name", async () => {
    const approversAnywhere = (edit: Edit) => {
      anywhere(edit, "clover-partner-approver");
      policy(edit.one("oversight", "aws_iam_role_policy", '"approver"'), without("RegisteredNetworksOnly"));
    };
    expect((await enclave.judge(approversAnywhere, owner)).verdict).toBe("contained");
    const queue = JSON.parse(enclave.edited(approversAnywhere).one("access-dublin-1", "aws_sqs_queue_policy").policy);
    expect(queue.Statement.map(({ Sid, Effect }: Json) => `${Effect} ${Sid}`)).toEqual([
      "Allow Approvers",
      "Deny ApproversOnly",
      "Deny RegisteredNetworksOnly",
      "Deny EncryptedTransportOnly",
    ]);
  });

  it("and with both gone, a resource control policy of the organization still turns strangers away", async () => {
    const opened = escapes.find(({ name }) => name.startsWith("an incident queue"))!;
    expect((await enclave.judge(opened.edit)).verdict).toBe("contained");
    const policies = enclave.edited().all("guardrails", "aws_organizations_policy");
    const walls = policies.filter(({ content }) => /"aws:PrincipalOrgID"/.test(content));
    expect(walls.map(({ type }) => type)).toContain("RESOURCE_CONTROL_POLICY");
  });

  it("the queue's policy lets everybody receive: the key of its messages still lets nobody read them", async () => {
    expect((await enclave.judge(incidentsForEverybody, owner)).verdict).toBe("contained");
    const key = enclave.edited(incidentsForEverybody).one("oversight", "aws_kms_key", "incidents");
    const allowed = JSON.parse(key.policy).Statement.filter(({ Effect }: Json) => Effect === "Allow");
    expect(allowed.map(({ Principal }: Json) => Principal)).toEqual([
      { AWS: "arn:aws:iam::333333333333:root" },
      { Service: "events.amazonaws.com" },
    ]);
  });

  it("the watched accounts may receive incidents: the partner sees the path", async () => {
    const { escapes: shown } = await seenByPartner((edit) => {
      const held = edit.one("oversight", "aws_sqs_queue_policy", "queues_incidents");
      policy(held, without("OrganizationOnly"));
      policy(held, letting("sqs:ReceiveMessage", theOperator));
      policy(edit.one("oversight", "aws_kms_key", "incidents"), without("OrganizationOnly"));
      policy(edit.one("oversight", "aws_kms_key", "incidents"), letting("kms:Decrypt", theOperator));
    });
    expect(shown).toContainEqual(
      expect.stringMatching(/^aws_sqs_queue\.queues_incidents_\w+ -> account 111111111111 by sqs\.policy /),
    );
  });

  it("a stop that lets somebody do something is not contained", async () => {
    const report = await enclave.judge((edit) => {
      const machine = edit.one("oversight", "aws_sfn_state_machine");
      machine.definition = machine.definition.replaceAll('\\"Deny\\"', '\\"Allow\\"');
    }, owner);
    expect(report.verdict).toBe("undecided");
    expect(report.undecided[0].message).toContain("the policy may let somebody at data");
  });
});
