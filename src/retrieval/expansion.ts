/**
 * Textual-query expansion (RORA-VLM, section 3.1): "which year was this building built?" and a look-alike called
 * Castle of Good Hope become "which year was this building built? Castle of Good Hope".
 */
import type { EntityHit } from "./entities.ts";

/** The question followed by the names of the first `count` look-alikes. */
export function expandQuestion(question: string, hits: readonly EntityHit[], count: number): string {
  const names = hits.slice(0, count).map((hit) => hit.entity.title);
  return names.length === 0 ? question : `${question} ${names.join(", ")}`;
}
