import type { SentBlock } from "./blocks.ts";
import type { World } from "./world.ts";
export function refusedBlocks(
  blocks: readonly SentBlock[],
  _surface: "message" | "modal" | "home",
  _world: World,
  _team: string,
): { error: string | null; faults: string[] } {
  return Array.isArray(blocks) ? { error: null, faults: [] } : { error: "invalid_blocks_format", faults: [] };
}
