/** The laws of the proof on configurations of identities and policies, each value and each resource in turn. */
import type { Resource } from "../../../policies/configuration/resource";
import { isList, isObject, isUnknown, type Value, type Values } from "../../../policies/configuration/value";
import { loadBoundary } from "../../../policies/geography/boundaries";
import { World } from "../../../policies/geography/world";
import { prove, type Verdict } from "../../../policies/prover/prove";
import { build, policy, type Terraform, trust, unknown } from "./builder";

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "${aws_s3_bucket.users.arn}/*" };
const foreign = { AWS: "arn:aws:iam::444455556666:root" };
const assume = policy({ Effect: "Allow", Principal: foreign, Action: "sts:AssumeRole" });
const users = { users: { bucket: "enclave-users" } };
const own = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "kms:*", Resource: "*" };

const CONFIGURATIONS: Readonly<Record<string, Terraform["resource"]>> = {
  "a public bucket": {
    aws_s3_bucket: users,
    aws_s3_bucket_public_access_block: { b: { bucket: "${aws_s3_bucket.users.id}", restrict_public_buckets: false } },
    aws_s3_bucket_policy: { p: { bucket: "${aws_s3_bucket.users.id}", policy: policy({ ...read, Principal: "*" }) } },
  },
  "lists of access": {
    aws_s3_bucket: users,
    aws_s3_bucket_ownership_controls: {
      o: { bucket: "${aws_s3_bucket.users.id}", rule: [{ object_ownership: "ObjectWriter" }] },
    },
    aws_s3_bucket_policy: {
      p: {
        bucket: "${aws_s3_bucket.users.id}",
        policy: policy({ ...read, Action: "s3:PutObjectAcl", Principal: foreign }),
      },
    },
  },
  "an access point": {
    aws_s3_bucket: users,
    aws_s3_bucket_policy: {
      p: {
        bucket: "${aws_s3_bucket.users.id}",
        policy: policy({
          ...read,
          Principal: { AWS: "*" },
          Condition: { StringEquals: { "s3:DataAccessPointAccount": "111111111111" } },
        }),
      },
    },
    aws_s3_access_point: { a: { bucket: "${aws_s3_bucket.users.id}", name: "a" } },
    aws_s3control_access_point_policy: {
      a: {
        access_point_arn: "${aws_s3_access_point.a.arn}",
        policy: policy({ ...read, Principal: foreign, Resource: "${aws_s3_access_point.a.arn}/object/*" }),
      },
    },
  },
  "a secret and its key": {
    aws_kms_key: { k: {} },
    aws_kms_key_policy: {
      k: {
        key_id: "${aws_kms_key.k.key_id}",
        policy: policy(own, { ...own, Principal: foreign, Action: "kms:Decrypt" }),
      },
    },
    aws_secretsmanager_secret: { s: { name: "s", kms_key_id: "${aws_kms_key.k.arn}" } },
    aws_secretsmanager_secret_policy: {
      s: {
        secret_arn: "${aws_secretsmanager_secret.s.arn}",
        policy: policy({ Effect: "Allow", Principal: foreign, Action: "secretsmanager:GetSecretValue", Resource: "*" }),
      },
    },
  },
  "a user in a group": {
    aws_s3_bucket: users,
    aws_iam_user: { u: { name: "u" } },
    aws_iam_access_key: { k: { user: "${aws_iam_user.u.name}" } },
    aws_iam_group: { g: { name: "g" } },
    aws_iam_user_group_membership: { m: { user: "${aws_iam_user.u.name}", groups: ["${aws_iam_group.g.name}"] } },
    aws_iam_policy: { p: { name: "p", policy: policy(read) } },
    aws_iam_group_policy_attachment: { a: { group: "${aws_iam_group.g.name}", policy_arn: "${aws_iam_policy.p.arn}" } },
  },
  "roles one after another": {
    aws_s3_bucket: users,
    aws_iam_role: {
      door: { name: "door", assume_role_policy: assume },
      reader: {
        name: "reader",
        assume_role_policy: policy({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
        }),
      },
    },
    aws_iam_role_policy: {
      door: {
        role: "${aws_iam_role.door.id}",
        policy: policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "${aws_iam_role.reader.arn}" }),
      },
      reader: { role: "${aws_iam_role.reader.id}", policy: policy(read) },
    },
  },
  "guests of an identity pool": {
    aws_s3_bucket: users,
    aws_cognito_identity_pool: { p: { identity_pool_name: "p", allow_unauthenticated_identities: true } },
    aws_iam_role: {
      guest: {
        name: "guest",
        assume_role_policy: policy({
          Effect: "Allow",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": "${aws_cognito_identity_pool.p.id}" } },
        }),
      },
    },
    aws_iam_role_policy: { guest: { role: "${aws_iam_role.guest.id}", policy: policy(read) } },
    aws_cognito_identity_pool_roles_attachment: {
      a: {
        identity_pool_id: "${aws_cognito_identity_pool.p.id}",
        roles: { unauthenticated: "${aws_iam_role.guest.arn}" },
      },
    },
  },
  "holders of certificates": {
    aws_s3_bucket: users,
    aws_iam_role: {
      m: {
        name: "m",
        assume_role_policy: policy({
          Effect: "Allow",
          Principal: { Service: "rolesanywhere.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      },
    },
    aws_iam_role_policy: { m: { role: "${aws_iam_role.m.id}", policy: policy(read) } },
    aws_rolesanywhere_profile: { p: { name: "p", enabled: true, role_arns: ["${aws_iam_role.m.arn}"] } },
  },
  "people with a permission set": {
    aws_s3_bucket: users,
    aws_ssoadmin_permission_set: { s: { name: "s", instance_arn: "arn:aws:sso:::instance/ssoins-1" } },
    aws_ssoadmin_permission_set_inline_policy: {
      s: { permission_set_arn: "${aws_ssoadmin_permission_set.s.arn}", inline_policy: policy(read) },
    },
    aws_ssoadmin_account_assignment: {
      s: { permission_set_arn: "${aws_ssoadmin_permission_set.s.arn}", target_id: "111111111111" },
    },
  },
  "a share": {
    aws_rds_cluster: { c: { cluster_identifier: "c" } },
    aws_ram_resource_share: { s: { name: "s" } },
    aws_ram_resource_association: {
      a: { resource_arn: "${aws_rds_cluster.c.arn}", resource_share_arn: "${aws_ram_resource_share.s.arn}" },
    },
    aws_ram_principal_association: {
      p: { principal: "444455556666", resource_share_arn: "${aws_ram_resource_share.s.arn}" },
    },
  },
};

const verdictOf = (resources: readonly Resource[]): Verdict =>
  prove({ inputs: [], resources, undecided: [] }, new World(loadBoundary("EEA"), trust, { today: "2026-01-31" }))
    .verdict;

/** The value with each of its leaves in turn made unknown. */
function* variants(value: Value): Generator<Value> {
  if (isList(value)) {
    for (let i = 0; i < value.length; i++) for (const one of variants(value[i])) yield value.with(i, one);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) for (const one of variants(value[key])) yield { ...value, [key]: one };
  }
  if (!isUnknown(value) || value.parts || value.exact) yield unknown("variable opaque has no value");
}

describe.each(Object.entries(CONFIGURATIONS))("%s", (_, resource) => {
  test("leaves", () => {
    expect(verdictOf(build({ resource }))).toBe("escapes");
  });

  test("unknown: whatever is made unknown, it is not contained", () => {
    const contained: string[] = [];
    build({ resource }).forEach(({ address, values }, i) => {
      for (const name of Object.keys(values)) {
        const count = [...variants(values[name])].length;
        for (let which = 0; which < count; which++) {
          // Built anew each time, so that all references lead to the resource that is changed.
          const resources = build({ resource });
          const changed: { values: Values } = resources[i];
          const value = [...variants(changed.values[name])][which];
          changed.values = { ...changed.values, [name]: value };
          if (verdictOf(resources) === "contained") contained.push(`${address}.${name}: ${JSON.stringify(value)}`);
        }
      }
    });
    expect(contained).toEqual([]);
  });

  test("order: the order of resources changes nothing", () => {
    expect(verdictOf([...build({ resource })].reverse())).toBe("escapes");
  });

  test("more: another configuration beside it takes nothing away", () => {
    for (const more of Object.values(CONFIGURATIONS)) {
      const other = build({ resource: more }).map((one) => ({ ...one, stack: "other" }));
      expect(verdictOf([...build({ resource }), ...other])).toBe("escapes");
    }
  });
});
