/** Random policies over a small world, where statements meet often enough to matter. */

import type { Context } from "../../../policies/flows/context";
import { type Document, readDocuments } from "../../../policies/identity/language/document";
import { Names } from "../../../policies/identity/language/names";
import type { Party } from "../../../policies/identity/parties/party";
import type { Call } from "../../../policies/identity/requests/statement";
import fc from "../../properties";
import { build } from "./builder";

export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
export interface RandomStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition: Conditions;
}

export const ACTIONS = ["s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:ListBucket"];
const ACTION_GLOBS = [
  "*",
  "s3:*",
  "s3:Get*",
  "s3:GetObject",
  "s3:?etObject",
  "s3:*Object",
  "s3:PutObject",
  "S3:getobject",
  "s3:List*",
];
/** Short ones, which a solver can spell out character by character, and ARNs. */
const SHORT = ["*", "a/*", "a/b*", "a/b/?", "?/b/c", "*/c", "a/b/c"];
const RESOURCES = [
  "*",
  "arn:aws:s3:::a/*",
  "arn:aws:s3:::a/b*",
  "arn:aws:s3:::a/b/?",
  "arn:aws:s3:::?/b/c",
  "arn:aws:s3:::*/c",
  "arn:aws:s3:::a/b/c",
];
const TEXTS = ["red", "blue", "green"];
const TEXT_GLOBS = ["*", "r*", "*e*", "?lue", "red", "blue", "gr??n", "b*e"];
const NUMBERS = ["10", "20", "20.5", "30"];
const RANGES = [
  "10.0.0.0/8",
  "10.1.0.0/16",
  "192.0.2.0/24",
  "192.0.2.7",
  "0.0.0.0/1",
  "2001:db8::/32",
  "2001:db8:1::/48",
];
const DATES = ["2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "2027-01-01T00:00:00Z"];

export const SINGLE = "aws:PrincipalTag/colour";
export const SECOND = "aws:PrincipalTag/size";
export const SET = "aws:TagKeys";
export const NUMBER = "aws:MultiFactorAuthAge";
export const ADDRESS = "aws:SourceIp";
export const TIME = "aws:CurrentTime";
export const SWITCH = "aws:SecureTransport";

const some = <T>(values: readonly T[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
const one = (
  operators: readonly string[],
  key: string,
  values: readonly string[],
  most: number,
): fc.Arbitrary<[string, string, string[]]> =>
  fc.tuple(fc.constantFrom(...operators), fc.constant(key), some(values, most));

const withIfExists = (operators: readonly string[]): string[] =>
  operators.flatMap((operator) => [operator, `${operator}IfExists`]);
const equality = withIfExists([
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
]);
const likeness = withIfExists(["StringLike", "StringNotLike"]);

const condition = fc.oneof(
  { weight: 3, arbitrary: one(equality, SINGLE, TEXTS, 2) },
  { weight: 3, arbitrary: one(likeness, SINGLE, TEXT_GLOBS, 2) },
  { weight: 1, arbitrary: one(likeness, SECOND, TEXT_GLOBS, 2) },
  { weight: 1, arbitrary: one(["Null"], SINGLE, ["true", "false"], 1) },
  {
    weight: 2,
    arbitrary: one(
      [
        "ForAnyValue:StringLike",
        "ForAllValues:StringLike",
        "ForAnyValue:StringEquals",
        "ForAllValues:StringNotLike",
        "ForAnyValue:StringNotEquals",
      ],
      SET,
      TEXT_GLOBS,
      2,
    ),
  },
  {
    weight: 2,
    arbitrary: one(
      withIfExists([
        "NumericLessThan",
        "NumericGreaterThanEquals",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThanEquals",
      ]),
      NUMBER,
      NUMBERS,
      2,
    ),
  },
  { weight: 2, arbitrary: one(["IpAddress", "NotIpAddress", "IpAddressIfExists"], ADDRESS, RANGES, 2) },
  { weight: 1, arbitrary: one(["DateLessThan", "DateGreaterThan", "DateEquals"], TIME, DATES, 1) },
  { weight: 1, arbitrary: one(["Bool", "BoolIfExists"], SWITCH, ["true", "false"], 1) },
);

const conditions = fc.array(condition, { maxLength: 2 }).map((list): Conditions => {
  const result: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, key, values] of list) result[operator] = { ...result[operator], [key]: values };
  return result;
});

const element = <K extends string>(name: K, values: readonly string[]) =>
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 9 }), some(values, 2))
    .map(([, odds, list]) => (odds === 0 ? { [`Not${name}`]: list } : { [name]: list }));

const statementWith = (resources: readonly string[]): fc.Arbitrary<RandomStatement> =>
  fc
    .tuple(
      fc.constantFrom("Allow" as const, "Deny" as const),
      element("Action", ACTION_GLOBS),
      element("Resource", resources),
      conditions,
    )
    .map(([Effect, action, resource, Condition]) => ({ Effect, ...action, ...resource, Condition }));

/** At least one Allow and a few others. */
const several = (statement: fc.Arbitrary<RandomStatement>): fc.Arbitrary<RandomStatement[]> =>
  fc
    .tuple(statement, fc.array(statement, { maxLength: 3 }))
    .map(([first, more]) => [{ ...first, Effect: "Allow" as const }, ...more]);

export const statements = several(statementWith(RESOURCES));
export const shortStatements = several(statementWith(SHORT));

const [anything] = build({ resource: { aws_s3_bucket: { a: {} } } });

export function documentOf(list: readonly RandomStatement[]): Document {
  const [document] = readDocuments(
    JSON.stringify({ Version: "2012-10-17", Statement: list }),
    { by: anything, attribute: "policy" },
    new Names({} as Context),
  );
  return document;
}

/** Somebody of whom nothing is known. */
export const anybody: Party = { kind: "credential", label: "anybody", facts: [] };
export const CALL: Call = { id: "", base: "", owns: () => false };
