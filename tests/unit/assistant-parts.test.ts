import { expect, it } from "vitest";
import { DEFAULT_SETTINGS, settingsFor } from "../../src/assistant-parts.ts";

const kept = (count: number) => {
  const { refinement, focus } = settingsFor({ patches: { kind: "patches", count } });
  return [refinement.keepQuery, refinement.keepRetrieved, focus.patches];
};

it("keeps the same share of every grid, and never fewer than four patches", () => {
  expect(kept(100)).toEqual([8, 8, 4]);
  // CLIP ViT-B/32, B/16 and L/14-336.
  expect(kept(49)).toEqual([4, 4, 4]);
  expect(kept(196)).toEqual([16, 16, 8]);
  expect(kept(576)).toEqual([46, 46, 23]);
});

it("has nothing to scale where there are no patches", () => {
  expect(settingsFor({ patches: { kind: "none", reason: "" } })).toBe(DEFAULT_SETTINGS);
});
