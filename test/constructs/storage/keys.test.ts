import { KeyRing } from "../../../constructs";
import { estate } from "../fixtures";
import { ofType, only, resourcesOf, statementsOf } from "../synthesis";

type Options = ConstructorParameters<typeof KeyRing<"data">>[2]["keys"]["data"];

const build = (options: Options) =>
  resourcesOf((stack) => {
    new KeyRing(stack, "keys", {
      name: "test",
      account: "111111111111",
      region: "eu-west-1",
      estate,
      keys: { data: options },
    });
  });

describe("KeyRing", () => {
  it("makes keys of one region that rotate every year and are gone only after a month", () => {
    const resources = build({});
    expect(only(resources, "aws_kms_key").values).toMatchObject({
      multi_region: false,
      enable_key_rotation: true,
      rotation_period_in_days: 365,
      deletion_window_in_days: 30,
    });
    expect(only(resources, "aws_kms_alias").values.name).toBe("alias/test-data");
    expect(ofType(resources, "aws_kms_replica_key")).toEqual([]);
  });

  it("lets the own account in and strangers never", () => {
    const [account, strangers, ...more] = statementsOf(only(build({}), "aws_kms_key").values.policy);
    expect(account).toMatchObject({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" } });
    expect(strangers).toMatchObject({ Sid: "OrganizationOnly", Effect: "Deny", Principal: "*", Action: "kms:*" });
    expect(more).toEqual([]);
  });

  it("has replicas in regions of the estate, under the same policy", () => {
    const resources = build({ replicas: ["eu-north-1"] });
    const key = only(resources, "aws_kms_key").values;
    const replica = only(resources, "aws_kms_replica_key").values;
    expect(key.multi_region).toBe(true);
    expect(replica.region).toBe("eu-north-1");
    expect(replica.policy).toBe(key.policy);
  });

  it.each([
    ["a replica in London", { replicas: ["eu-west-2"] }, "key for data: eu-west-2 is not a region of the estate"],
    [
      "a stranger's account",
      { sharedWith: ["999999999999"] },
      "key for data: 999999999999 is not an account of the estate",
    ],
  ])("refuses %s", (_, options, message) => {
    expect(() => build(options)).toThrow(message);
  });

  it("is shared through services of its region only, and with the given accounts only", () => {
    const statements = statementsOf(only(build({ sharedWith: ["222222222222"] }), "aws_kms_key").values.policy);
    const shared = statements.filter(({ Principal }) => JSON.stringify(Principal).includes("222222222222"));
    expect(shared).toHaveLength(2);
    for (const { Principal, Condition } of shared) {
      expect(Principal).toEqual({ AWS: ["arn:aws:iam::222222222222:root"] });
      const services: string[] = Condition.StringEquals["kms:ViaService"];
      expect(services.every((service) => service.endsWith(".eu-west-1.amazonaws.com"))).toBe(true);
    }
  });

  it("encrypts log groups of the account and region, if it is for logs", () => {
    const [, logs] = statementsOf(only(build({ forLogs: true }), "aws_kms_key").values.policy);
    expect(logs).toMatchObject({
      Principal: { Service: "logs.eu-west-1.amazonaws.com" },
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111111111111:log-group:*" },
      },
    });
  });

  it("knows its keys by purpose and region", () => {
    resourcesOf((stack) => {
      const ring = new KeyRing(stack, "keys", {
        name: "test",
        account: "111111111111",
        region: "eu-west-1",
        estate,
        keys: { data: { replicas: ["eu-north-1"] } },
      });
      expect(ring.arn("data")).not.toBe(ring.arn("data", "eu-north-1"));
      expect(() => ring.arn("data", "eu-west-3")).toThrow("the key ring has no key for data in eu-west-3");
    });
  });

  describe("with a guard", () => {
    const guard = {
      users: ["arn:aws:iam::111111111111:role/hosts", "arn:aws:iam::222222222222:role/copies"],
      delivery: "arn:aws:iam::111111111111:role/delivery",
      sessions: "arn:aws:iam::111111111111:role/sessions",
    };
    const statements = () =>
      statementsOf(only(build({ guard, sharedWith: ["222222222222"] }), "aws_kms_key").values.policy);
    const uses = (action: string) => /^kms:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|CreateGrant|\*)/.test(action);

    it("can be administered by the account, but neither used nor given to others", () => {
      const [administration] = statements();
      expect(administration.Condition).toBeUndefined();
      expect(administration.Action).toEqual(expect.arrayContaining(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]));
      expect(administration.Action.filter(uses)).toEqual([]);
    });

    it("is used by roles that it names, through services, and by nobody else", () => {
      const using = statements().filter(({ Effect, Action }) => Effect === "Allow" && [Action].flat().some(uses));
      expect(using.map(({ Sid }) => Sid)).toEqual([
        "Services",
        "ServicesGrants",
        "Delivery",
        "DeliveryGrants",
        "ApprovedSessions",
      ]);
      for (const { Condition } of using) {
        const roles = [Condition.ArnEquals, Condition.ArnLike].flatMap((one) => one?.["aws:PrincipalArn"] ?? []);
        expect(roles.length).toBeGreaterThan(0);
        expect(roles.every((role) => /:role\/(hosts|copies|delivery|sessions|aws-service-role\/\*)$/.test(role))).toBe(
          true,
        );
        expect(Condition.StringEquals["kms:ViaService"].length).toBeGreaterThan(0);
      }
    });

    it("is used for a session only if that carries an approval, and never for writing", () => {
      const session = statements().find(({ Sid }) => Sid === "ApprovedSessions")!;
      expect(session).toMatchObject({
        Action: "kms:Decrypt",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": guard.sessions },
          Null: { "aws:PrincipalTag/Approval": "false" },
        },
      });
    });

    it("is never used through S3 by who delivers the stacks", () => {
      const delivery = statements().filter(({ Sid }) => Sid.startsWith("Delivery"));
      for (const { Condition } of delivery) {
        expect(Condition.StringEquals["kms:ViaService"]).not.toContain("s3.eu-west-1.amazonaws.com");
      }
    });
  });
});
