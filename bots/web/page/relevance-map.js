// @ts-check
/** Lays the relevance map over the photo: what mattered stays bright, kept patches are outlined. */
import { svg } from "./elements.js";

/** @typedef {NonNullable<import("../schemas.ts").ReplyJson["relevanceMap"]>} RelevanceMap */

/** @param {RelevanceMap} map */
export function drawRelevanceMap({ rows, columns, scores, kept }) {
  const low = Math.min(...scores);
  const range = Math.max(...scores) - low || 1;
  const patches = scores.map((score, index) =>
    svg("rect", {
      x: index % columns,
      y: Math.floor(index / columns),
      width: 1,
      height: 1,
      "fill-opacity": (0.78 * (1 - (score - low) / range) ** 1.5).toFixed(3),
    }),
  );
  const outline = svg("path", { class: "kept", d: outlineOf(new Set(kept), columns) });
  const halo = svg("path", { class: "halo", d: outlineOf(new Set(kept), columns) });
  // The encoder sees the picture stretched to its grid, and so the grid is stretched over the picture.
  return svg(
    "svg",
    {
      class: "relevance-map",
      viewBox: `0 0 ${columns} ${rows}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `Relevance map: ${kept.length} of ${scores.length} patches were kept`,
    },
    svg("g", { class: "dim" }, ...patches),
    halo,
    outline,
  );
}

/**
 * The sides that kept patches do not share with each other, as an SVG path.
 * @param {ReadonlySet<number>} kept
 * @param {number} columns
 */
export function outlineOf(kept, columns) {
  let path = "";
  for (const index of kept) {
    const x = index % columns;
    const y = Math.floor(index / columns);
    if (!kept.has(index - columns)) path += `M${x} ${y}h1`;
    if (!kept.has(index + columns)) path += `M${x} ${y + 1}h1`;
    if (x === 0 || !kept.has(index - 1)) path += `M${x} ${y}v1`;
    if (x === columns - 1 || !kept.has(index + 1)) path += `M${x + 1} ${y}v1`;
  }
  return path;
}
