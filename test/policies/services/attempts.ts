/** Attempts to get data out by a service, with its documentation open, each with a twin that stays inside. */
import { findings, judge } from "./harness";

export type Blocks = Record<string, Record<string, unknown>>;
/** The service, what was tried, the resources, what the report says (see `findings`). */
export type Attempt = readonly [service: string, what: string, resource: Blocks, says: readonly string[]];

/** One resource of a type, called `x`. */
export const one = (type: string, values: unknown): Blocks => ({ [type]: { x: values } });
export const json = JSON.stringify;
export const role = "arn:aws:iam::111111111111:role/service";

/** A test for each row; `${var.opaque}` is a value that nothing bounds. */
export const attempts = (rows: readonly Attempt[]): void =>
  test.each(rows)("%s: %s", async (_service, _what, resource, says) => {
    expect(findings(await judge(resource, { variable: { opaque: {} } }))).toEqual(says);
  });
