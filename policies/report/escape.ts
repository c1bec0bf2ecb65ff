/** Text from a configuration is hostile; each output format neutralizes it at its own edge. */

/**
 * What moves, hides or reorders text: control characters, marks of direction, invisible and private format characters,
 * halves of surrogate pairs.
 */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

/** For terminals, logs and everything else that people read: such characters become visible escapes. */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (c) => `\\u${c.codePointAt(0)!.toString(16).padStart(4, "0")}`);

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and quoted attributes of HTML and XML. */
export const markup = (text: string): string => printable(text).replace(/[&<>"']/g, (c) => ENTITIES[c]);

/**
 * For Markdown, as a code span: nothing in it is a link, a mention, a reference to an issue or an element. The fence is
 * longer than any run of backticks within (https://spec.commonmark.org/0.31.2/#code-spans).
 */
export function codeSpan(text: string): string {
  const shown = printable(text);
  if (shown === "") return "` `";
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span in a cell of a table, where a bar would end the cell (https://github.github.com/gfm/#example-200). */
export const codeCell = (text: string): string => codeSpan(text).replace(/\|/g, "\\|");

/** For Markdown, lines of plain text that nothing in them can end or bring to life. */
export function codeBlock(lines: readonly string[], language = ""): string {
  const shown = lines.map(printable);
  const fence = "`".repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...shown, fence].join("\n");
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** At most so many characters, with an ellipsis where something was left out. */
export function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}
