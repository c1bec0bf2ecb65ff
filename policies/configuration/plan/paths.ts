/** Addresses and references as plans write them. */
import { extend } from "../modules/scope";

/** The names of calls in a module's address; keys may hold dots and brackets, but are quoted. */
export function callNames(address: string): string[] {
  return [...address.matchAll(/module\.([\p{L}\p{N}_-]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)/gu)].map(
    (match) => match[1],
  );
}

/** One step of a reference as the plan writes it. */
export type ReferenceStep = string | number;

/** `aws_subnet.a["x"].id` in steps; undefined if it isn't a plain path. */
export function stepsOf(reference: string): ReferenceStep[] | undefined {
  if (/^[\w-]+(\.[\w-]+)*$/.test(reference)) return reference.split(".");
  const steps: ReferenceStep[] = [];
  const step = /(?:^|\.)([\p{L}_][\p{L}\p{N}_-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.(\d+)/uy;
  let end = 0;
  for (let match = step.exec(reference); match; match = step.exec(reference)) {
    end = step.lastIndex;
    if (match[1] !== undefined) steps.push(match[1]);
    else if (match[3] !== undefined) steps.push(unquoted(match[3]));
    else steps.push(Number(match[2] ?? match[4]));
  }
  return end === reference.length ? steps : undefined;
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** An address in a module. */
export const prefixed = (module: string, text: string): string => (module === "" ? text : `${module}.${text}`);

/** Steps as Terraform writes them. */
export const pathText = (steps: readonly ReferenceStep[]): string =>
  extend(
    "",
    steps.map((step) =>
      typeof step === "number"
        ? { kind: "index", key: step }
        : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)
          ? { kind: "attribute", name: step }
          : { kind: "index", key: step },
    ),
  );

/** The key of the last call of `module.a.module.b[0]`. */
export function keyOfModule(address: string): string | number | undefined {
  const steps = stepsOf(address);
  const last = steps?.[steps.length - 1];
  return /\]$/.test(address) ? last : undefined;
}

/** `module.a["x.y"].module.b[0]` without its last call. */
export function parentAddress(address: string): string {
  const match = /^(.*?)\.?module\.[\p{L}\p{N}_-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/u.exec(address);
  return match ? match[1] : "";
}
