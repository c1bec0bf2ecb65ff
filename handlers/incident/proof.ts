/** The last report of the proof, as the delivery of the enclave puts it beside: `enclave verify --format json` on a state. */

/** `unknown`: no report could be read. `not proved`: the report knows no such thing. */
export type Standing = "contained" | "escaping" | "undecided" | "waived" | "not proved" | "unknown";

export interface Proof {
  readonly summary: { readonly verdict: string; readonly at?: string; readonly version?: string };
  of(name: string): { readonly standing: Standing; readonly address?: string };
}

/** What is said when there is no report, or none that can be read. */
export const noProof = (why: string): Proof => ({
  summary: { verdict: `unknown: ${why}` },
  of: () => ({ standing: "unknown" }),
});

/** The version of the object that a report was read from. */
export interface Version {
  readonly at?: Date;
  readonly id?: string;
}

/** @returns what can be looked up in a report; `noProof` if the text is none */
export function readProof(text: string, { at, id }: Version): Proof {
  const report = parse(text);
  if (!isObject(report) || typeof report.verdict !== "string" || !Array.isArray(report.resources)) {
    return noProof("the report can't be read");
  }
  const byName = new Map<string, { standing: Standing; address: string }>();
  for (const resource of report.resources as unknown[]) {
    if (!isObject(resource) || typeof resource.address !== "string" || !Array.isArray(resource.names)) continue;
    const address = typeof resource.stack === "string" ? `${resource.stack}:${resource.address}` : resource.address;
    for (const name of resource.names) byName.set(String(name), { standing: resource.standing as Standing, address });
  }
  return {
    summary: {
      verdict: report.verdict,
      ...(at !== undefined && { at: at.toISOString() }),
      ...(id !== undefined && { version: id }),
    },
    of: (name) => byName.get(name) ?? { standing: "not proved" },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
