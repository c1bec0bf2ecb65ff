/**
 * The guards of the access and transfer gateways, taken away one at a time: what then opens is shown with its path; where
 * the guard is depth and not the wall, the walls that still stand are named, and taking them as well opens the path.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enclave as declared } from "../../enclave";
import { verify } from "../../policies";
import { synthesize } from "../../stacks";
import { isAllowed } from "../simulation";
import { Edit, isSeen, paths, policy, SynthesizedEnclave, type View } from "./enclave";

let enclave: SynthesizedEnclave;
beforeAll(() => {
  enclave = new SynthesizedEnclave();
});
afterAll(() => enclave.dispose());

// biome-ignore lint/suspicious/noExplicitAny: documents and values are JSON of any shape
type Json = any;

const access = "access-dublin-1";
const transfers = "transfers-dublin-1";
const home = "dublin-1";

/** One data centre with what it stands on. */
const view: View = {
  stacks: (name) => [access, transfers, home, "site-dublin", "evidence-eu-west-1"].includes(name),
  trust: (trust) => trust,
};

const stranger = { AWS: "arn:aws:iam::999999999999:root" };
const statements = (holder: Json, attribute = "policy"): Json[] => JSON.parse(holder[attribute]).Statement;
const statement = (document: Json, sid: string): Json => document.Statement.find(({ Sid }: Json) => Sid === sid);

function without(holder: Json, ...sids: string[]): void {
  policy(holder, (document) => {
    for (const sid of sids) if (!statement(document, sid)) throw new Error(`there is no statement ${sid}`);
    document.Statement = document.Statement.filter(({ Sid }: Json) => !sids.includes(Sid));
  });
}

const sessionRole = (edit: Edit) => edit.one(access, "aws_iam_role", "dublin-1-session");
const sessionPolicy = (edit: Edit) => edit.one(access, "aws_iam_role_policy", "InsideTheNetworkOnly");
const objectsKey = (edit: Edit) => edit.one(home, "aws_kms_key", "clover-dublin-1: objects");
const outbox = (edit: Edit) => edit.one(transfers, "aws_s3_bucket_policy", "gateway_outbox");
const api = (edit: Edit) => edit.one(access, "aws_api_gateway_rest_api");

const trust = (edit: Edit, change: (opened: Json) => void) =>
  policy(sessionRole(edit), (document) => change(statement(document, "OpenedByTheGateway")), "assume_role_policy");

/** Somebody else's account may open sessions of its own. */
function strangersOpen(edit: Edit): void {
  trust(edit, (opened) => {
    opened.Principal = stranger;
    delete opened.Condition.ArnEquals;
  });
}
const openedAnywhere = (edit: Edit) => trust(edit, ({ Condition }) => delete Condition.StringEquals);
const workingAnywhere = (edit: Edit) => without(sessionPolicy(edit), "InsideTheNetworkOnly");
const untagged = (edit: Edit) =>
  policy(objectsKey(edit), (document) => delete statement(document, "ApprovedSessions").Condition.Null);

function unsigned(edit: Edit): void {
  const body = JSON.parse(api(edit).body);
  for (const { post } of Object.values(body.paths) as Json[]) delete post.security;
  api(edit).body = JSON.stringify(body);
}
function onTheInternet(edit: Edit): void {
  api(edit).endpoint_configuration = { types: ["REGIONAL"] };
}

const releaseRole = (edit: Edit) => edit.one(transfers, "aws_iam_role_policy", "gateway_release");
function releasingAnywhere(edit: Edit): void {
  policy(releaseRole(edit), (document) =>
    document.Statement.push({ Sid: "Anywhere", Effect: "Allow", Action: "s3:PutObject", Resource: "*" }),
  );
}
function strangersTakeFromOutbox(edit: Edit): void {
  policy(outbox(edit), (document) =>
    document.Statement.push({
      Sid: "Taken",
      Effect: "Allow",
      Principal: stranger,
      Action: "s3:GetObject",
      Resource: "*",
    }),
  );
}

/** What still keeps a session from data that was not approved for it. */
function wallsOfSessions(edit: Edit): string[] {
  const [opened] = statements(sessionRole(edit), "assume_role_policy");
  const [approved] = statements(objectsKey(edit)).filter(({ Sid }) => Sid === "ApprovedSessions");
  return [
    ...("ArnEquals" in opened.Condition ? ["opened by the gateway's function only"] : []),
    ...("Null" in opened.Condition ? ["opened with an approval and a data set only"] : []),
    ...("StringEquals" in opened.Condition ? ["opened in the network only"] : []),
    ...statements(sessionPolicy(edit)).flatMap(({ Sid, Condition }) => {
      if (Sid === "InsideTheNetworkOnly") return ["works in the network only"];
      if (Sid === "Keys" && Condition.Null) return ["decrypts with an approval only"];
      return Condition.StringEquals?.["aws:PrincipalTag/DataSet"] ? [`${Sid} with the tag of its data set only`] : [];
    }),
    ...(approved.Condition.Null ? ["the key decrypts with an approval only"] : []),
  ];
}

/** What still keeps data in the outbox. */
const wallsOfOutbox = (edit: Edit): string[] => [
  ...statements(outbox(edit)).flatMap(({ Effect, Sid }) => (Effect === "Deny" ? [Sid] : [])),
  ...(statements(edit.one(home, "aws_vpc_endpoint", "clover-dublin-1-s3"))[0].Condition.StringEquals[
    "aws:ResourceOrgID"
  ]
    ? ["the network's way to S3 leads to own buckets only"]
    : []),
  ...(statements(releaseRole(edit)).some(({ Sid }) => Sid === "Anywhere")
    ? []
    : ["the releasing role writes to no receiver"]),
];

const judged = async (...edits: ((edit: Edit) => void)[]) => {
  const report = await enclave.judge((edit) => {
    for (const change of edits) change(edit);
  }, view);
  return { verdict: report.verdict, escapes: paths(report), undecided: report.undecided.map(({ message }) => message) };
};

const contained = { verdict: "contained", escapes: [], undecided: [] };

it("as it is declared, nothing leaves by the gateways", async () => {
  expect(await judged()).toEqual(contained);
});

describe("access", () => {
  const all = [
    "opened by the gateway's function only",
    "opened with an approval and a data set only",
    "opened in the network only",
    "Objectsmessages with the tag of its data set only",
    "Listmessages with the tag of its data set only",
    "Recordsprofiles with the tag of its data set only",
    "Objectsstatistics with the tag of its data set only",
    "Liststatistics with the tag of its data set only",
    "decrypts with an approval only",
    "Reidentification with the tag of its data set only",
    "works in the network only",
    "the key decrypts with an approval only",
  ];

  it("without the approval tag on the key is still kept by every other wall", async () => {
    expect(wallsOfSessions(enclave.edited())).toEqual(all);
    expect(await judged(untagged)).toEqual(contained);
    expect(wallsOfSessions(enclave.edited(untagged))).toEqual(all.slice(0, -1));
  });

  it("that strangers may open stays in the network, by either of its two conditions", async () => {
    for (const more of [[], [openedAnywhere], [workingAnywhere], [untagged]]) {
      expect(await judged(strangersOpen, ...more)).toEqual(contained);
    }
  });

  it("that strangers may open without both network conditions gives them users' data", async () => {
    const { verdict, escapes } = await judged(strangersOpen, openedAnywhere, workingAnywhere);
    expect(verdict).toBe("escapes");
    for (const store of ["aws_dynamodb_table.tables_table_", "aws_s3_bucket.objects_"]) {
      expect(escapes).toContainEqual(
        expect.stringMatching(
          new RegExp(`^${store}.* -> account 999999999999 by iam\\.role-trust .*assume_role_policy`),
        ),
      );
    }
  });

  it("by an API is private, signed and let in by name: each of the three keeps everybody out", async () => {
    const open = (edit: Edit) => {
      delete api(edit).policy;
    };
    for (const edits of [[onTheInternet], [unsigned, open], [onTheInternet, unsigned], [onTheInternet, open]]) {
      expect(await judged(...edits)).toEqual(contained);
    }
    const { escapes } = await judged(onTheInternet, unsigned, open);
    expect(escapes).toContainEqual(
      expect.stringMatching(/^aws_api_gateway_rest_api\..* -> anyone by apigateway\.public-api .*body\.paths/),
    );
  });

  it("whose approvals are asked of another account's functions hands requests to it", async () => {
    const { escapes } = await judged((edit) => {
      const machine = edit.one(access, "aws_sfn_state_machine");
      machine.definition = machine.definition.replaceAll("111111111111", "999999999999");
    });
    expect(escapes).toContainEqual(expect.stringMatching(/ -> account 999999999999 by states\.task .*Colleague/));
  });

  it.each([
    [
      "sessions",
      (edit: Edit) => {
        const document = edit.one(access, "aws_ssm_document");
        document.content = document.content.replace("clover-evidence-eu-west-1", "somebody-elses");
      },
      "ssm.session-log",
    ],
    [
      "logs",
      (edit: Edit) => {
        const stream = edit.one(access, "aws_kinesis_firehose_delivery_stream");
        stream.extended_s3_configuration.bucket_arn = "arn:aws:s3:::somebody-elses";
      },
      "firehose.delivery",
    ],
  ])("whose records of %s go to a bucket that nobody knows is not contained", async (_, edit, channel) => {
    const { verdict, undecided } = await judged(edit);
    expect(verdict).toBe("undecided");
    expect(undecided).toEqual([
      expect.stringMatching(`^${channel}: bucket somebody-elses is not in this configuration`),
    ]);
  });
});

it("to relational databases there is no way for people: nobody's rights, no password, no key", () => {
  const edit = enclave.edited();
  const rights = Object.keys(edit.stacks).flatMap((stack) =>
    edit.all(stack, "aws_iam_role_policy").flatMap((one) => statements(one).flatMap(({ Action }) => Action)),
  );
  expect(rights.length).toBeGreaterThan(200);
  expect(rights.filter((action: string) => /^(rds-db|secretsmanager|rds|pi):/.test(action))).toEqual([]);
  for (const stack of [home, "hamar"]) {
    const key = edit.one(stack, "aws_kms_key", ": relational");
    expect(edit.one(stack, "aws_db_instance").master_user_secret_kms_key_id).toContain("keys_relational");
    const letIn = statements(key).filter(
      ({ Effect, Action }) => Effect === "Allow" && [Action].flat().includes("kms:Decrypt"),
    );
    expect(letIn.map(({ Sid }) => Sid)).toEqual(["Services", "Delivery"]);
    expect(letIn[0].Condition.StringEquals["kms:ViaService"].join()).not.toContain("secretsmanager");
  }
});

describe("the partner's approval", () => {
  const approver = "arn:aws:iam::333333333333:role/clover-partner-approver";
  const cases: readonly [string, string, string, string, boolean][] = [
    ["from the registered network", approver, "198.51.100.7", "sqs:SendMessage", true],
    ["from elsewhere", approver, "203.0.113.9", "sqs:SendMessage", false],
    [
      "by an administrator of the site, from there",
      approver.replace("333333333333", "111111111111"),
      "198.51.100.7",
      "sqs:SendMessage",
      false,
    ],
    [
      "by the partner's auditor, from there",
      approver.replace("partner-approver", "auditor"),
      "198.51.100.7",
      "sqs:SendMessage",
      false,
    ],
    ["is not read back by them", approver, "198.51.100.7", "sqs:ReceiveMessage", false],
  ];

  it.each(cases)("%s", async (_, principal, address, action, expected) => {
    const edit = enclave.edited();
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const own = edit.one("oversight", "aws_iam_role_policy", '"approver"').policy;
    const identity = [principal === approver ? own : JSON.stringify(everything)];
    const resource = edit.one(access, "aws_sqs_queue_policy").policy;
    const context = { "aws:PrincipalOrgID": "o-enclave0001", "aws:SourceIp": address, "aws:SecureTransport": "true" };
    const asked = {
      principal,
      account: "111111111111",
      action,
      resource: "arn:aws:sqs:eu-west-1:111111111111:clover-dublin-1-countersign",
      context: { ...context, "aws:ViaAWSService": "false" },
    };
    expect(await isAllowed(asked, { identity, resource })).toBe(expected);
    // Whoever elsewhere has their credentials has the same answer from either policy.
    if (principal === approver && address !== "198.51.100.7") {
      const anybody = JSON.stringify({ ...everything, Statement: [{ ...everything.Statement[0], Principal: "*" }] });
      expect(await isAllowed(asked, { identity, resource: anybody })).toBe(false);
      expect(await isAllowed(asked, { identity: [JSON.stringify(everything)], resource })).toBe(false);
    }
  });

  it("is given by people whom their own network lets take on the role", () => {
    const role = enclave.edited().one("oversight", "aws_iam_role", "partner-approver");
    const [{ Condition }] = statements(role, "assume_role_policy");
    expect(Condition.IpAddress).toEqual({ "aws:SourceIp": ["198.51.100.0/26"] });
  });

  it("that anybody may receive leaves by the queue", async () => {
    const report = await judged((edit) => {
      policy(edit.one(access, "aws_sqs_queue_policy"), (document) =>
        document.Statement.push({
          Sid: "Reads",
          Effect: "Allow",
          Principal: "*",
          Action: "sqs:ReceiveMessage",
          Resource: "*",
        }),
      );
    });
    expect(report.escapes).toContainEqual(expect.stringMatching(/^aws_sqs_queue\..* -> the internet by sqs\.policy /));
  });
});

describe("transfers", () => {
  const all = [
    "FilledByOne",
    "EmptiedByOne",
    "PseudonymisedOnly",
    "DeclaredClassesOnly",
    "EncryptedTransportOnly",
    "OrganizationOnly",
    "the network's way to S3 leads to own buckets only",
    "the releasing role writes to no receiver",
  ];
  const unclassed = (edit: Edit) => without(outbox(edit), "DeclaredClassesOnly", "PseudonymisedOnly");

  it("without the outbox's class check are still kept by who may read it and by where the network leads", async () => {
    expect(wallsOfOutbox(enclave.edited())).toEqual(all);
    expect(await judged(unclassed)).toEqual(contained);
    expect(wallsOfOutbox(enclave.edited(unclassed))).toEqual(all.filter((wall) => !/Pseudonymised|Classes/.test(wall)));
  });

  it("that strangers may take are kept by the policy of the outbox, and then by its key", async () => {
    const open = (edit: Edit) => without(outbox(edit), "EmptiedByOne", "OrganizationOnly");
    expect(await judged(strangersTakeFromOutbox, unclassed)).toEqual(contained);
    const { verdict, escapes, undecided } = await judged(strangersTakeFromOutbox, unclassed, open);
    expect([verdict, escapes]).toEqual(["undecided", []]);
    // What was written without the bucket's key could be read; nothing shows that there is any.
    expect(undecided).toEqual([expect.stringContaining("s3.bucket-policy to account 999999999999")]);
    const unencrypted = await judged(strangersTakeFromOutbox, unclassed, open, (edit) =>
      edit.remove("aws_s3_bucket_server_side_encryption_configuration", transfers),
    );
    expect(unencrypted.escapes).toEqual([
      expect.stringMatching(/^aws_s3_bucket\.gateway_outbox_.* -> account 999999999999 by s3\.bucket-policy/),
    ]);
  });

  it("to anywhere stop at the network's way to S3, and go everywhere without its policy", async () => {
    expect(await judged(releasingAnywhere)).toEqual(contained);
    const { escapes } = await judged(releasingAnywhere, (edit) => {
      delete edit.one(home, "aws_vpc_endpoint", "clover-dublin-1-s3").policy;
    });
    expect(escapes).toContainEqual(expect.stringMatching(/ -> any AWS account by vpc-endpoint\.policy .*endpoints_s3/));
  });

  it("by a function outside the network go to the internet", async () => {
    const { escapes } = await judged((edit) => {
      delete edit.one(transfers, "aws_lambda_function", "gateway_release").vpc_config;
    });
    expect(escapes).toEqual([
      expect.stringMatching(
        /^aws_lambda_function\.gateway_release_.* -> the internet by lambda\.internet .*vpc_config/,
      ),
    ]);
  });
});

describe("transfers to a declared receiver", () => {
  const folder = mkdtempSync(join(tmpdir(), "receiver-"));
  const institute = {
    name: "Institute of Oslo",
    country: "NO",
    legalBasis: "contract of 2026-03-01",
    until: "2999-12-31",
    classes: ["usage-statistics"],
    inbox: { bucket: "institute-inbox", account: "999999999999", region: "eu-west-1" },
  };
  let edit: Edit;
  beforeAll(() => {
    synthesize({ ...declared, transfers: { ...declared.transfers!, receivers: { institute } } }, folder);
    const stack = (name: string) => JSON.parse(readFileSync(join(folder, "stacks", name, "cdk.tf.json"), "utf8"));
    edit = new Edit(Object.fromEntries([transfers, home, "guardrails"].map((name) => [name, stack(name)])));
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    for (const name of Object.keys(manifest.stacks)) if (!isSeen(view, name)) delete manifest.stacks[name];
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are contained until its date, and stand in the report", async () => {
    const report = await verify([folder]);
    expect([report.verdict, paths(report)]).toEqual(["contained", []]);
    expect(report.assumptions.map((one) => one.statement)).toContainEqual(
      expect.stringMatching(
        /^inbox of the receiver institute \(Institute of Oslo, NO, account 999999999999\) for usage-statistics: contract/,
      ),
    );
    const file = join(folder, "trust.json");
    const original = readFileSync(file, "utf8");
    writeFileSync(file, original.replace("2999-12-31", "2020-01-01"));
    const later = await verify([folder]);
    writeFileSync(file, original);
    expect(later.verdict).toBe("escapes");
    expect(paths(later)).toContainEqual(
      expect.stringMatching(/gateway_release_.* -> any AWS account by vpc-endpoint\.policy .*endpoints_s3/),
    );
  });

  const release = "arn:aws:iam::111111111111:role/clover-dublin-1-release";
  const hosts = "arn:aws:iam::111111111111:role/clover-dublin-1-hosts";
  const inbox = { resource: "arn:aws:s3:::institute-inbox/dublin-1/a.csv", account: "999999999999", org: "" };
  const own = { resource: "arn:aws:s3:::clover-dublin-1-outbox/ready/a.csv", account: "111111111111", org: "own" };
  const cases: readonly [string, string, string, typeof inbox, boolean][] = [
    ["the releasing role puts an object", release, "s3:PutObject", inbox, true],
    ["the releasing role reads there", release, "s3:GetObject", inbox, false],
    ["the releasing role deletes there", release, "s3:DeleteObject", inbox, false],
    [
      "the releasing role puts one elsewhere",
      release,
      "s3:PutObject",
      { ...inbox, resource: "arn:aws:s3:::x/a" },
      false,
    ],
    ["the releasing role reads its outbox", release, "s3:GetObjectVersion", own, true],
    ["a host puts an object", hosts, "s3:PutObject", inbox, false],
    [
      "the releasing role of the other region puts an object",
      "arn:aws:iam::222222222222:role/clover-hamar-release",
      "s3:PutObject",
      inbox,
      false,
    ],
  ];

  it.each(cases)("by the organization's policies and the network's: %s", async (_, principal, action, of, expected) => {
    const context = {
      "aws:PrincipalOrgID": declared.organization,
      "aws:RequestedRegion": "eu-west-1",
      "aws:ViaAWSService": "false",
      ...(of.org && { "aws:ResourceOrgID": declared.organization }),
    };
    const asked = { principal, action, ...of, context };
    const all = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
    const receivers = { ...all, Statement: { ...all.Statement, Principal: "*" } };
    const serviceControl = edit
      .all("guardrails", "aws_organizations_policy")
      .filter(({ type }) => type === "SERVICE_CONTROL_POLICY")
      .map(({ content }) => content as string);
    expect(serviceControl).toHaveLength(6);
    const endpoint = edit.one(home, "aws_vpc_endpoint", "clover-dublin-1-s3").policy;
    const policies = { identity: [JSON.stringify(all)], resource: JSON.stringify(receivers) };
    // Each alone keeps the others out.
    expect(await isAllowed(asked, { ...policies, serviceControl })).toBe(expected);
    expect(await isAllowed(asked, { ...policies, endpoint })).toBe(expected);
  });
});
