import { type JsonForm, normalizedJson } from "../../../rehearsal/schema/json-text";

// As hashicorp/aws 5.100.0 plans them, of aws_kms_key.policy and aws_iam_role_policy.policy.
test.each<[JsonForm, string, string]>([
  ["sorted", '{ "Version": "1", "Id": [{"b": 1.0, "a": null}] }', '{"Id":[{"a":null,"b":1}],"Version":"1"}'],
  [
    "version-first",
    '{"Statement": {"Version": 1, "Id": 2}, "Version": "1"}',
    '{"Version":"1","Statement":{"Id":2,"Version":1}}',
  ],
  ["version-first", '{"b":1,"a":"<&>"}', '{"a":"\\u003c\\u0026\\u003e","b":1}'],
  ["sorted", "no document", "no document"],
])("%s: %s", (form, text, written) => {
  expect(normalizedJson(form, text)).toBe(written);
});
