import { describe, expect, it } from "vitest";
import { fuseBranches } from "../../../src/domain/fusion.ts";

const row = (passageId: string, denseRank: number | null, lexicalRank: number | null) => ({
  passageId,
  entityId: passageId.split("#")[0]!,
  dense: denseRank === null ? null : 0.5,
  lexical: lexicalRank === null ? null : 0.5,
  denseRank,
  lexicalRank,
});
const limits = { perEntity: 9, unfiltered: 9 };

describe("reciprocal-rank fusion", () => {
  it("adds 1 / (60 + rank) of each ranking that found a passage", () => {
    const [both, dense] = fuseBranches([row("a#1", 1, 3), row("b#1", 2, null)], [], limits);
    expect(both!.fused).toBeCloseTo(1 / 61 + 1 / 63, 12);
    expect(dense!.fused).toBeCloseTo(1 / 62, 12);
  });

  it("puts what two rankings found middling before what one found best", () => {
    const ids = fuseBranches([row("a#1", 1, null), row("a#2", 5, 5)], [], limits).map((hit) => hit.passageId);
    expect(ids).toEqual(["a#2", "a#1"]);
  });

  it("cuts each entity of the filtered branch, and the other branch as a whole", () => {
    const filtered = [row("a#1", 1, 1), row("a#2", 2, 2), row("b#1", 3, 3)];
    const everywhere = [row("c#1", 1, 1), row("c#2", 2, 2), row("d#1", 3, 3)];
    const hits = fuseBranches(filtered, everywhere, { perEntity: 1, unfiltered: 2 });
    expect(hits.map((hit) => hit.passageId)).toEqual(["a#1", "c#1", "c#2", "b#1"]);
  });

  it("keeps the filtered branch's hit where both found one", () => {
    const hits = fuseBranches([row("a#1", 1, 1)], [row("a#1", 4, 4), row("b#1", 1, 1)], limits);
    expect(hits.map((hit) => [hit.passageId, hit.recovered])).toEqual([
      ["a#1", false],
      ["b#1", true],
    ]);
    expect(hits[0]!.fused).toBeCloseTo(2 / 61, 12);
  });

  it("orders equals by id, so that the same search gives the same list", () => {
    const rows = [row("b#1", 1, 2), row("a#1", 2, 1)];
    expect(fuseBranches(rows, [], limits).map((hit) => hit.passageId)).toEqual(["a#1", "b#1"]);
  });
});
