/** What a function is told by its environment. */

/** @throws Error if the setting is missing: the function was not deployed by the stacks */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`the setting ${name} is missing`);
  return value;
}

/** A setting that is JSON; the stacks write it with the type that is read here. */
export const jsonSetting = <T>(name: string): T => JSON.parse(setting(name)) as T;

/** A data set that can be asked for, as in the declaration, and beside these the persons behind tokens. */
export interface DataSetSetting {
  readonly store: "objects" | "records" | "pseudonyms";
  readonly prefix: string;
  readonly content: "personal" | "pseudonymised" | "other";
}

/** The data set that is asked for to find the persons behind tokens. */
export const reidentification = "reidentification";

export interface ClassSetting {
  readonly dataSet: string;
  readonly purpose: string;
  readonly identifiers: readonly string[];
}

export interface ReceiverSetting {
  /** `YYYY-MM-DD`: the last day. */
  readonly until: string;
  readonly classes: readonly string[];
  readonly inbox: { readonly bucket: string; readonly account: string };
}
