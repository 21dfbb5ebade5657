/** Reciprocal-rank fusion of dense and lexical rankings. Pure. */

export interface PassageHit {
  readonly passageId: string;
  readonly entityId: string;
  /** Cosine similarity, −1…1; null when only lexical search found it. */
  readonly dense: number | null;
  /** Store's lexical score; null when only dense search found it. */
  readonly lexical: number | null;
  /** Reciprocal-rank fusion, Σ 1 / (60 + rank) (Cormack et al. 2009). */
  readonly fused: number;
  /** True when only the branch not filtered by entities found it; so always, where no entities were given. */
  readonly recovered: boolean;
}

/** Cormack, Clarke and Büttcher 2009: damps how much the first ranks count. */
const RANK_CONSTANT = 60;

export interface RankedPassage {
  readonly passageId: string;
  readonly entityId: string;
  readonly dense: number | null;
  readonly lexical: number | null;
  /** From 1; null in the ranking that did not find it. */
  readonly denseRank: number | null;
  readonly lexicalRank: number | null;
}

const byFused = (left: PassageHit, right: PassageHit) =>
  right.fused - left.fused || (left.passageId < right.passageId ? -1 : 1);

const share = (rank: number | null) => (rank === null ? 0 : 1 / (RANK_CONSTANT + rank));

function fuse(rows: readonly RankedPassage[], recovered: boolean): PassageHit[] {
  return rows
    .map(({ passageId, entityId, dense, lexical, denseRank, lexicalRank }) => {
      return { passageId, entityId, dense, lexical, fused: share(denseRank) + share(lexicalRank), recovered };
    })
    .sort(byFused);
}

/**
 * Fuses each branch by itself, cuts the filtered one to `perEntity` hits an entity and the other to `unfiltered`, and
 * joins them. What both found counts as found by the filtered branch, where its ranks are the better ones.
 */
export function fuseBranches(
  filtered: readonly RankedPassage[],
  everywhere: readonly RankedPassage[],
  limits: { readonly perEntity: number; readonly unfiltered: number },
): PassageHit[] {
  const hits = new Map<string, PassageHit>();
  const taken = new Map<string, number>();
  for (const hit of fuse(filtered, false)) {
    const count = taken.get(hit.entityId) ?? 0;
    if (count >= limits.perEntity) continue;
    taken.set(hit.entityId, count + 1);
    hits.set(hit.passageId, hit);
  }
  for (const hit of fuse(everywhere, true).slice(0, limits.unfiltered)) {
    if (!hits.has(hit.passageId)) hits.set(hit.passageId, hit);
  }
  return [...hits.values()].sort(byFused);
}
