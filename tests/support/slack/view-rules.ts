import type { SentView } from "./blocks.ts";
import type { World } from "./world.ts";
export function refusedView(view: SentView, type: "modal" | "home", _world: World, _team: string): string[] {
  return view.type === type ? [] : [`type: must be ${type}`];
}
