/** The competition of routes for destinations: the most specific wins, in VPC tables and in those of transit gateways. */
import { allAddresses, type Family } from "../packets/addresses";
import { none, type Ranges, subtract, union } from "../packets/ranges";
import { type Extent, type Extents, exactly, nowhere } from "../reading/blocks";
import { firstOf } from "../reading/read";

export const FAMILIES = [4, 6] as const;

/** One destination of a route; a prefix list has several. */
export interface Piece {
  readonly family: Family;
  readonly extent: Extent;
  /** Prefix length; undefined if it is not known. */
  readonly length: number | undefined;
  /** Among equal lengths the lower rank wins. */
  readonly rank: number;
}

/**
 * What each contender takes after those that win against it.
 *
 * A destination that is not known is one block that the table holds beside the others: wherever it lies, a part of every
 * shorter route is left to that route. So it takes nothing from what others certainly match, unless it is one of a few.
 */
export function compete(contenders: readonly (readonly Piece[])[]): Extents[] {
  const taken = contenders.map(() => ({ 4: [] as Extent[], 6: [] as Extent[] }));
  for (const family of FAMILIES) {
    const pieces = contenders.flatMap((own, owner) =>
      own.filter((piece) => piece.family === family).map((piece) => ({ ...piece, owner })),
    );
    pieces.sort((a, b) => (b.length ?? 129) - (a.length ?? 129) || a.rank - b.rank);
    let gone: Ranges = none;
    let doubtful: Ranges = none;
    for (const { extent, owner, length } of pieces) {
      const may = length === undefined ? extent.may : subtract(extent.may, gone);
      const must = subtract(extent.must, doubtful.length === 0 ? gone : union(gone, doubtful));
      taken[owner][family].push({ must, may, unless: extent.unless });
      gone = union(gone, extent.must);
      if (extent.unless !== undefined && isBounded(extent, family)) doubtful = union(doubtful, extent.may);
    }
  }
  return taken.map((own) => ({ 4: sum(own[4]), 6: sum(own[6]) }));
}

const isBounded = (extent: Extent, family: Family): boolean => subtract(allAddresses(family), extent.may).length > 0;

export function sum(extents: readonly Extent[]): Extent {
  if (extents.length === 0) return nowhere;
  if (extents.length === 1) return extents[0];
  let must: Ranges = none;
  let may: Ranges = none;
  for (const extent of extents) {
    must = union(must, extent.must);
    may = union(may, extent.may);
  }
  return { must, may, unless: firstOf(extents.map((extent) => extent.unless)) };
}

/** Ranges as pieces, one for each range; its length is that of the largest prefix that fits into it. */
export function piecesOf(family: Family, extent: Extent, rank: number): Piece[] {
  if (extent.unless !== undefined) return extent.may.length === 0 ? [] : [{ family, extent, length: undefined, rank }];
  const out: Piece[] = [];
  for (let i = 0; i < extent.must.length; i += 2) {
    const lo = extent.must[i];
    const hi = extent.must[i + 1];
    const size = BigInt(hi) - BigInt(lo) + 1n;
    const length = (family === 4 ? 32 : 128) - (size.toString(2).length - 1);
    out.push({ family, extent: exactly([lo, hi]), length, rank });
  }
  return out;
}

export const everyAddress = (rank: number, why?: string): Piece[] =>
  FAMILIES.map((family) => ({
    family,
    extent: why === undefined ? exactly(allAddresses(family)) : { must: none, may: allAddresses(family), unless: why },
    length: why === undefined ? 0 : undefined,
    rank,
  }));
