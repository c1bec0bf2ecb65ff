/** Addresses in texts that may be partly unknown: hosts, buckets, integrations, JSON with holes. */

import type { Resource } from "../../../../policies/configuration/resource";
import { Unknown, type Value } from "../../../../policies/configuration/value";
import { integrationUri, mappedPlaces } from "../../../../policies/services/documents/api-integration";
import { connectionHosts, hostsOf } from "../../../../policies/services/documents/connection-url";
import { json } from "../../../../policies/services/documents/json";
import { bucketOf } from "../../../../policies/services/documents/s3-uri";
import { yaml } from "../../../../policies/services/documents/yaml";
import fc from "../../../properties";
import { resourceOf } from "./resource";

const hole = (path = "bucket"): Unknown =>
  new Unknown("known after apply", {
    exact: true,
    references: [{ address: "aws_x.y", path, resources: [] as Resource[] }],
  });
const template = (...parts: (string | Unknown)[]): Unknown => new Unknown("a template", { parts });

test.each([
  ["https://api.example.com/x?y=https://other.example.com", ["api.example.com"]],
  ["https://user:secret@api.example.com:8443/", ["api.example.com"]],
  ["jdbc:redshift://c.example.com:5439/db", ["c.example.com"]],
  ["jdbc:oracle:thin:@db.example.com:1521:sid", ["db.example.com"]],
  ["jdbc:oracle:thin:@//db.example.com:1521/svc", ["db.example.com"]],
  ["jdbc:sqlserver://db.example.com:1433;databaseName=x", ["db.example.com"]],
  ["mongodb://a.example.com:27017,b.example.com:27017/db", ["a.example.com", "b.example.com"]],
  ["https://[2001:db8::1]:443/x", ["2001:db8::1"]],
  ["no address", []],
])("hosts of %s", (url, hosts) => {
  expect(connectionHosts(url)).toEqual(hosts);
});

test("a hole right behind the slashes is the host, another one leaves the whole unknown", () => {
  const host = hole("endpoint");
  expect(hostsOf(template("jdbc:mysql://", host, "/db"))).toEqual([host]);
  expect(hostsOf(template("https://api.example.com/", host))).toEqual(["api.example.com"]);
  const prefixed = template("https://", host, ".example.com/");
  expect(hostsOf(prefixed)).toEqual([prefixed]);
  const longer = template("https://a", host);
  expect(hostsOf(longer)).toEqual([longer]);
});

test.each<[string, string]>([
  ["s3://bucket/key", "bucket"],
  ["s3a://bucket", "bucket"],
  ["bucket/key", "bucket"],
  ["bucket", "bucket"],
  ["arn:aws:s3:::bucket/key", "arn:aws:s3:::bucket/key"],
  ["https://bucket.s3.eu-west-1.amazonaws.com/key", "https://bucket.s3.eu-west-1.amazonaws.com/key"],
])("bucket of %s", (uri, bucket) => {
  expect(bucketOf(uri)).toBe(bucket);
});

test("a bucket that is a reference", () => {
  const bucket = hole();
  expect(bucketOf(template("s3://", bucket, "/key"))).toBe(bucket);
  expect(bucketOf(template(bucket, "/key"))).toBe(bucket);
  expect(bucketOf(template("s3://fixed/", bucket))).toBe("fixed");
  const partial = template("s3://logs-", bucket, "/key");
  expect(bucketOf(partial)).toBe(partial);
});

const called = (uri: Value): string[] =>
  [...integrationUri("c")(uri, resourceOf({}), undefined as never)].map(
    ({ role, value }) => `${"form" in role ? role.form : ""} ${value instanceof Unknown ? "?" : String(value)}`,
  );
const fn = "arn:aws:lambda:us-east-1:444455556666:function:f";

test.each<[Value, string[]]>([
  [`arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${fn}/invocations`, [`arn ${fn}`]],
  [
    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:${stageVariables.f}/invocations",
    ["arn ?"],
  ],
  ["arn:aws:apigateway:us-east-1:sqs:path/444455556666/q", ["region us-east-1", "account 444455556666"]],
  ["arn:aws:apigateway:eu-west-1:s3:path/bucket/{key}", ["region eu-west-1", "bucket bucket"]],
  ["arn:aws:apigateway:eu-west-1:s3:path/{bucket}/{key}", ["region eu-west-1", "bucket ?"]],
  ["https://api.example.com/{proxy}", ["host api.example.com"]],
  ["https://${stageVariables.host}/x", ["host ?"]],
  [template("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/", hole("arn"), "/invocations"), ["arn ?"]],
])("integration %s", (uri, expected) => {
  expect(called(uri)).toEqual(expected);
});

test("a mapping names what it sets as text", () => {
  const arns = (text: string) =>
    [...mappedPlaces("c")(text, resourceOf({}), undefined as never)].map(({ value }) => value);
  expect(arns("'arn:aws:sns:us-east-1:444455556666:t'")).toEqual(["arn:aws:sns:us-east-1:444455556666:t"]);
  expect(arns("Action=Publish&TopicArn=$util.urlEncode('arn:aws:sns:us-east-1:444455556666:t')&Message=x")).toEqual([
    "arn:aws:sns:us-east-1:444455556666:t",
  ]);
  expect(arns("integration.request.path.proxy")).toEqual([]);
});

test("JSON with holes is the value with the holes in it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom("in", "part"), (value, kind) => {
      const unknown = hole();
      const text = JSON.stringify({ value, hole: "MARK" });
      const [before, after] = text.split(kind === "in" ? '"MARK"' : "MARK");
      const read = json(template(before, unknown, after)) as { value: Value; hole: Value };
      expect(JSON.stringify(read.value)).toBe(JSON.stringify(value));
      expect(read.hole).toBe(unknown);
    }),
    { numRuns: 200 },
  );
});

test("what is no JSON is unknown", () => {
  expect(json("{")).toBeInstanceOf(Unknown);
  expect(json('{"a":1,"a":2}')).toBeInstanceOf(Unknown);
  expect(json(template('{"', hole(), '":1}'))).toBeInstanceOf(Unknown);
  expect(json('{"__proto__":{"x":1}}')).toEqual(JSON.parse('{"__proto__":{"x":1}}'));
});

test("YAML with holes is the value with the holes in it", () => {
  const unknown = hole("arn");
  expect(yaml(template("a:\n  b: ", unknown, "\n  c: [x, '", unknown, "']"))).toEqual({
    a: { b: unknown, c: ["x", unknown] },
  });
  expect(yaml(template("a: [", unknown))).toBeInstanceOf(Unknown);
});

test("YAML is read with what its merge keys bring in", () => {
  expect(yaml("a: &a {x: 1}\nb: {<<: *a, y: 2}")).toEqual({ a: { x: 1 }, b: { x: 1, y: 2 } });
});

test("YAML is read with CloudFormation's short forms, and not at all if it is a bomb", () => {
  expect(yaml("a: !Ref b\nc: !Sub '${d}'\ne: !GetAtt [f, g]")).toEqual({
    a: { Ref: "b" },
    c: { "Fn::Sub": "${d}" },
    e: { "Fn::GetAtt": ["f", "g"] },
  });
  expect(yaml("a: 1\na: 2")).toBeInstanceOf(Unknown);
  const bomb = [
    "a0: &a0 [x, x]",
    ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
  ].join("\n");
  expect(yaml(bomb)).toBeInstanceOf(Unknown);
});
