/** The differences between the rehearsal and a real provider that somebody has looked at and left. */
import type { Difference } from "./comparison";

/** Why each may stay, by its path: `aws_x.attribute`. */
export type Reviewed = Readonly<Record<string, string>>;

export const reviewed: Reviewed = {};

export interface Judged {
  readonly unreviewed: readonly Difference[];
  /** What stands in the list and does not differ any more, though its type was planned. */
  readonly outdated: readonly string[];
}

export function judge(differences: readonly Difference[], types: readonly string[], list: Reviewed = reviewed): Judged {
  const seen = new Set(differences.map(({ path }) => path));
  return {
    unreviewed: differences.filter(({ path }) => !Object.hasOwn(list, path)),
    outdated: Object.keys(list).filter((path) => types.includes(path.split(/[. ]/)[0]) && !seen.has(path)),
  };
}

/** Each kind of difference once, with how often it occurs. */
export function table(differences: readonly Difference[]): string[] {
  const counted = new Map<string, number>();
  for (const { path, real, rehearsed } of differences) {
    const line = `${path}: ${real}, rehearsed ${rehearsed}`;
    counted.set(line, (counted.get(line) ?? 0) + 1);
  }
  return [...counted].sort().map(([line, times]) => `${String(times).padStart(4)} ${line}`);
}
