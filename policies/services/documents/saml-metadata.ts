/**
 * SAML 2.0 metadata: who the identity provider is, by the `entityID` of the outermost element
 * (OASIS "Metadata for the OASIS Security Assertion Markup Language", 2.3.2).
 */
import { isUnknown, Unknown, type Value } from "../../configuration/value";

/** The provider's entity id; an `Unknown` if the text is not known or is no metadata. */
export function entityId(metadata: Value): Value {
  if (isUnknown(metadata)) return metadata;
  const tag = typeof metadata === "string" ? rootTag(metadata) : undefined;
  const id = tag === undefined ? undefined : attributesOf(tag).get("entityID");
  return id ?? new Unknown("the text is no SAML metadata of one provider");
}

/** The outermost element's start tag, between its name's first letter and its `>`. */
function rootTag(text: string): string | undefined {
  let from = text.startsWith("\uFEFF") ? 1 : 0;
  for (;;) {
    while (/\s/.test(text.charAt(from))) from++;
    if (text.charAt(from) !== "<") return undefined;
    const past = behindPreamble(text, from);
    if (past === undefined) break;
    if (past < 0) return undefined;
    from = past;
  }
  let quote = "";
  for (let i = from + 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return text.slice(from + 1, i);
  }
  return undefined;
}

/** Behind a declaration or comment that begins at `from`; -1 if it does not end; undefined if an element begins there. */
function behindPreamble(text: string, from: number): number | undefined {
  for (const [open, close] of [
    ["<?", "?>"],
    ["<!--", "-->"],
    ["<!", ">"],
  ]) {
    if (!text.startsWith(open, from)) continue;
    const end = text.indexOf(close, from + open.length);
    return end < 0 ? -1 : end + close.length;
  }
  return undefined;
}

function attributesOf(tag: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single] of tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(name, (double ?? single).replace(/&amp;/g, "&"));
  }
  return attributes;
}
