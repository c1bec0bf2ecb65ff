/** What a state names a resource by. */
import type { Values } from "../protocol/value";
import type { Block } from "../schema/model";

/**
 * Its id. Some of the newer types have none: they are named by the ARN or id of their own that AWS gave them, or else by
 * what they had to be configured with.
 */
export function identityIn(type: string, block: Block, state: Values): string {
  if (block.attributes.has("id")) return String(state.id);
  const own = [...block.attributes].find(([name, { required, optional }]) => {
    if (required || optional) return false;
    const [, subject] = /^(.+)_(?:arn|id)$/.exec(name) ?? [];
    return name === "arn" || (subject !== undefined && type.endsWith(`_${subject}`));
  });
  const names = own ? [own[0]] : [...block.attributes].filter(([, { required }]) => required).map(([name]) => name);
  return names.map((name) => String(state[name])).join();
}
