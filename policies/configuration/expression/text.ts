/** Texts as Terraform has them. */

/** Terraform's strings are well-formed and in Unicode normalization form C. */
export function normalized(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127) return text.replace(/[\ud800-\udfff]/gu, "\ufffd").normalize("NFC");
  }
  return text;
}

// Characters as people see them (grapheme clusters): what Terraform counts in `length`, `substr` and `format`.
// Made when first needed: making it costs more than reading most configurations.
let segmenter: Intl.Segmenter | undefined;

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A carriage return and the line feed behind it are one character.
    if (code > 126 || code === 13) return false;
  }
  return true;
}

export function graphemes(text: string): string[] {
  if (isPlain(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export const graphemeCount = (text: string): number => (isPlain(text) ? text.length : graphemes(text).length);
