/** Random modules of `terraform_data`: nested, repeated, and referring to each other. */
import fc from "../../properties";

/** How a resource or a module is repeated, and how its first instance is referred to. */
const repetitions = [
  { meta: {}, at: "", key: "single" },
  { meta: { count: 2 }, at: "[1]", key: "${count.index}" },
  { meta: { count: "${length([1])}" }, at: "[0]", key: "${count.index}" },
  { meta: { for_each: { a: "x", 'b"c': "y" } }, at: '["a"]', key: "${each.key}=${each.value}" },
  { meta: { for_each: '${toset(["p", "q"])}' }, at: '["p"]', key: "${each.value}" },
];

/** Repetitions that depend on the module's input. */
const dependent = [
  { meta: { count: "${length(var.input) % 3}" }, at: "[*]", key: "${count.index}" },
  { meta: { for_each: "${toset([var.input])}" }, at: "[var.input]", key: "${each.key}" },
];

/** How resources and modules may be repeated; the last ones only where the input need not be known to the real plan. */
const allRepetitions = [...repetitions, ...dependent];

export interface Shape {
  readonly resources: readonly {
    readonly repetition: number;
    readonly parts: readonly number[];
    readonly object: boolean;
  }[];
  readonly calls: readonly { readonly repetition: number; readonly input: number; readonly shape: Shape }[];
  readonly locals: readonly number[];
}

export const { shape } = fc.letrec<{ shape: Shape; leaf: Shape }>((tie) => {
  const resources = fc.array(
    fc.record({
      repetition: fc.nat(allRepetitions.length * repetitions.length - 1),
      parts: fc.array(fc.nat(), { maxLength: 3 }),
      object: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const locals = fc.array(fc.nat(), { maxLength: 2 });
  return {
    leaf: fc.record({ resources, locals, calls: fc.constant([]) }),
    shape: fc.record({
      resources,
      locals,
      calls: fc.array(
        fc.record({
          repetition: fc.nat(allRepetitions.length * repetitions.length - 1),
          input: fc.nat(),
          shape: fc.oneof(tie("leaf"), tie("leaf"), tie("shape")),
        }),
        { maxLength: 2 },
      ),
    }),
  };
});

/**
 * With `more`, the root's input has no value of its own, and what is repeated may depend on it.
 *
 * Writes a module and those that it calls; every expression refers only to what stands before it. */
export function write(module: Shape, folder: string, files: Record<string, object>, more = false): void {
  const known = more ? allRepetitions : repetitions;
  const terms = ["literal", "${var.input}", "${path.module}", "$${not}", '${upper("x")}'];
  const pick = (index: number): string => terms[index % terms.length];
  const locals: Record<string, string> = {};
  module.locals.forEach((part, index) => {
    locals[`l${index}`] = `${pick(part)}!`;
    terms.push(`\${local.l${index}}`);
  });
  const resource: Record<string, object> = {};
  module.resources.forEach(({ repetition, parts, object }, index) => {
    const { meta, at, key } = known[repetition % known.length];
    const text = `${key}:${parts.map(pick).join("/")}`;
    resource[`r${index}`] = { ...meta, input: object ? { text, list: [text, index], "k.${var.input}": null } : text };
    terms.push(
      `\${jsonencode(terraform_data.r${index}${at}.id)}`,
      `\${jsonencode(terraform_data.r${index}${at}.input)}`,
    );
    if (at !== "") terms.push(`\${length(terraform_data.r${index})}`);
  });
  const calls: Record<string, object> = {};
  module.calls.forEach(({ repetition, input, shape: inner }, index) => {
    const { meta, at, key } = known[repetition % known.length];
    calls[`m${index}`] = { source: `./m${index}`, ...meta, input: `${key}~${pick(input)}` };
    write(inner, `${folder}m${index}/`, files, more);
    terms.push(`\${jsonencode(module.m${index}${at}.text)}`);
  });
  resource.last = { input: terms.slice(-3).join("|") };
  files[`${folder}main.tf.json`] = {
    variable: { input: more && folder === "" ? {} : { default: "root" } },
    locals,
    resource: { terraform_data: resource },
    ...(module.calls.length > 0 && { module: calls }),
    output: { text: { value: "<${terraform_data.last.input}>" } },
  };
}
