/** HTML as a tree of strings that can only be made here: text is escaped, markup is not escaped twice. */
import { markup } from "../escape";

/** Markup that is safe to put into a page as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

export type Child = Html | string | number | undefined | readonly Child[];

/** Attributes; `true` stands for one without a value, false and undefined for none. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const EMPTY = new Set(["br", "col", "hr", "input", "link", "meta"]);

/** `h("p", { class: "x" }, "text")`; names of elements and attributes are ours, everything else is escaped. */
export function h(name: string, attributes: Attributes, ...children: readonly Child[]): Html {
  let open = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    open += value === true ? ` ${key}` : ` ${key}="${markup(String(value))}"`;
  }
  return new Html(EMPTY.has(name) ? `${open}>` : `${open}>${content(children)}</${name}>`);
}

const content = (child: Child): string => {
  if (child === undefined) return "";
  if (child instanceof Html) return child.text;
  return Array.isArray(child) ? child.map(content).join("") : markup(String(child));
};

/**
 * Data for a script to read, in an element that the browser does not run. Nothing in it can end the element or begin
 * another (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements).
 */
export const data = (id: string, value: unknown): Html =>
  new Html(
    `<script type="application/json" id="${id}">${JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}</script>`,
  );
