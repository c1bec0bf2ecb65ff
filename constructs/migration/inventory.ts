/** Comparison of what stands at a source with what has landed, so that nothing is lost on the way. */
import { parse } from "csv-parse/sync";

/** An object as an inventory lists it. */
export interface Listed {
  readonly key: string;
  readonly bytes: number;
  /** Digest of the content; undefined where none is listed that means the same at both ends. */
  readonly checksum?: string;
}

/** How a prefix compares. */
export interface PrefixComparison {
  readonly prefix: string;
  readonly expected: { readonly objects: number; readonly bytes: number };
  readonly landed: { readonly objects: number; readonly bytes: number };
  /** Keys that have not landed. */
  readonly missing: readonly string[];
  /** Keys that have landed with another length or other content. */
  readonly different: readonly string[];
  /** Keys of the right length whose content can't be compared by the lists. */
  readonly unverified: readonly string[];
}

/**
 * Reads an inventory as Amazon S3 writes it, without a header
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html, "Amazon S3 Inventory list").
 *
 * @param columns names of the columns, as `fileSchema` of the manifest has them: `Bucket, Key, Size, ETag`
 * @param root beginning that is taken off each key
 * @throws RangeError naming the line that can't be read
 */
export function readInventory(csv: string, columns: readonly string[], root = ""): Listed[] {
  const at = (name: string): number => {
    const index = columns.indexOf(name);
    if (index < 0) throw new RangeError(`the inventory has no column ${name}; its columns are ${columns.join(", ")}`);
    return index;
  };
  const [key, size, tag] = ["Key", "Size", "ETag"].map(at);
  const rows: string[][] = parse(csv, { skip_empty_lines: true, relax_column_count: true });
  return rows.map((row, i) => {
    const bytes = Number(row[size]);
    if (row.length !== columns.length || !/^\d+$/.test(row[size]) || !Number.isSafeInteger(bytes)) {
      throw new RangeError(`line ${i + 1} of the inventory is not ${columns.join(", ")}`);
    }
    // Keys are URL-encoded in CSV, with a plus for a space.
    const name = decoded(row[key], i);
    if (!name.startsWith(root))
      throw new RangeError(`line ${i + 1} of the inventory: ${name} does not begin with ${root}`);
    const checksum = digest(row[tag]);
    return { key: name.slice(root.length), bytes, ...(checksum === undefined ? {} : { checksum }) };
  });
}

function decoded(text: string, line: number): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new RangeError(`line ${line + 1} of the inventory: ${text.slice(0, 60)} is no key`);
  }
}

/**
 * An ETag is the MD5 digest of the content of an object that was not uploaded in parts and is encrypted with S3's own key
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html, ETag); one of an upload in parts has a dash.
 */
const digest = (tag: string): string | undefined => (/^[0-9a-f]{32}$/.test(tag) ? tag : undefined);

/**
 * Compares two inventories by prefix.
 *
 * @param depth number of parts of a key, divided by slashes, that make its prefix
 */
export function compareInventories(
  expected: readonly Listed[],
  landed: readonly Listed[],
  depth = 1,
): PrefixComparison[] {
  const here = new Map(landed.map((one) => [one.key, one]));
  const prefixes = new Map<string, { expected: Listed[]; landed: Listed[] }>();
  const group = (key: string) => {
    const prefix = key.split("/").slice(0, -1).slice(0, depth).join("/");
    const found = prefixes.get(prefix) ?? { expected: [], landed: [] };
    prefixes.set(prefix, found);
    return found;
  };
  for (const one of expected) group(one.key).expected.push(one);
  for (const one of landed) group(one.key).landed.push(one);
  return [...prefixes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([prefix, both]) => ({
      prefix,
      expected: totals(both.expected),
      landed: totals(both.landed),
      ...differences(both.expected, here),
    }));
}

const totals = (all: readonly Listed[]) => ({
  objects: all.length,
  bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
});

function differences(expected: readonly Listed[], here: ReadonlyMap<string, Listed>) {
  const missing: string[] = [];
  const different: string[] = [];
  const unverified: string[] = [];
  for (const one of expected) {
    const other = here.get(one.key);
    if (!other) missing.push(one.key);
    else if (other.bytes !== one.bytes) different.push(one.key);
    else if (one.checksum === undefined || other.checksum === undefined) unverified.push(one.key);
    else if (one.checksum !== other.checksum) different.push(one.key);
  }
  return { missing, different, unverified };
}

/** Whether nothing is lost: everything has landed with the same length, and the same content where that is listed. */
export const isComplete = (comparison: readonly PrefixComparison[]): boolean =>
  comparison.every(({ missing, different }) => missing.length === 0 && different.length === 0);
