/** A collection in memory: exact where Qdrant approximates, otherwise what its documentation says. */
import type { z } from "zod";
import type {
  createCollection,
  Filter,
  Query,
  queryGroups,
  Sparse,
  upsertPoints,
  Vector,
} from "./schemas.ts";

/** What Qdrant answers with status 400. */
export class WrongInput extends Error {}

type Settings = z.infer<typeof createCollection>;
type Point = z.infer<typeof upsertPoints>["points"][number];
interface Stored {
  readonly id: Point["id"];
  readonly payload: Point["payload"];
  readonly vectors: Readonly<Record<string, Vector>>;
}
interface Scored extends Pick<Stored, "id" | "payload"> {
  readonly score: number;
  readonly version: number;
}

export class Collection {
  readonly points = new Map<Point["id"], Stored>();
  /** Fields with a payload index, and how they are indexed. */
  readonly indexed = new Map<string, unknown>();
  readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  upsert(points: readonly Point[]): void {
    const stored = points.map((point) => this.#checked(point));
    for (const point of stored) this.points.set(point.id, point);
  }

  remove(filter: Filter): void {
    for (const point of this.#matching(filter)) this.points.delete(point.id);
  }

  count(filter: Filter | undefined): number {
    return this.#matching(filter).length;
  }

  query({ query, using = "", filter, params, limit = 10, with_payload = false }: Query): Scored[] {
    const among = this.#matching(filter).filter((point) => using in point.vectors);
    const scores = "indices" in query ? this.#lexical(query, using, among) : this.#dense(query, using, among);
    const rescored = params?.quantization?.rescore === true || "indices" in query;
    return scores
      .map(([{ id, payload }, score]) => ({
        id,
        version: 0,
        // Scores of quantised vectors are coarse, unless the original vectors are asked.
        score: rescored ? Math.fround(score) : Math.round(score * 50) / 50,
        payload: with_payload ? payload : {},
      }))
      .sort((left, right) => right.score - left.score)
      .slice(0, limit);
  }

  groups({ group_by, group_size = 3, limit = 10, ...query }: z.infer<typeof queryGroups>) {
    this.#needIndex(group_by);
    const groups = new Map<string, Scored[]>();
    for (const hit of this.query({ ...query, limit: Math.max(1, this.points.size) })) {
      const key = String(hit.payload[group_by]);
      const hits = groups.get(key) ?? [];
      if (hits.length < group_size) groups.set(key, [...hits, hit]);
    }
    return [...groups].slice(0, limit).map(([id, hits]) => ({ id, hits }));
  }

  #checked({ id, payload, vector }: Point): Stored {
    const named: Record<string, Vector> = Array.isArray(vector) ? { "": vector } : vector;
    const vectors = Object.entries(named).map(([name, value]) => {
      if ("indices" in value) {
        if (this.settings.sparse_vectors?.[name] === undefined)
          throw new WrongInput(`Not existing vector name error: ${name}`);
        return [name, value];
      }
      return [name, normalised(this.#fitting(name, value))];
    });
    return { id, payload, vectors: Object.fromEntries(vectors) };
  }

  #fitting(name: string, vector: readonly number[]): readonly number[] {
    const { vectors } = this.settings;
    const params = (name === "" ? vectors : (vectors as Record<string, unknown>)[name]) as { size?: number };
    if (params?.size === undefined) throw new WrongInput(`Not existing vector name error: ${name}`);
    if (params.size === vector.length) return vector;
    throw new WrongInput(`Vector dimension error: expected dim: ${params.size}, got ${vector.length}`);
  }

  #dense(query: readonly number[], using: string, among: readonly Stored[]): [Stored, number][] {
    const asked = normalised(this.#fitting(using, query));
    return among.map((point) => [point, dot(asked, point.vectors[using] as number[])]);
  }

  #lexical(query: Sparse, using: string, among: readonly Stored[]): [Stored, number][] {
    const all = [...this.points.values()].flatMap((point) => (point.vectors[using] as Sparse) ?? []);
    const idf = (term: number) => {
      if (this.settings.sparse_vectors?.[using]?.modifier !== "idf") return 1;
      const having = all.filter(({ indices }) => indices.includes(term)).length;
      return Math.log(1 + (all.length - having + 0.5) / (having + 0.5));
    };
    const weights = new Map(query.indices.map((term, index) => [term, query.values[index]! * idf(term)]));
    return among.flatMap((point): [Stored, number][] => {
      const { indices, values } = point.vectors[using] as Sparse;
      if (!indices.some((term) => weights.has(term))) return [];
      const score = indices.reduce((sum, term, index) => sum + (weights.get(term) ?? 0) * values[index]!, 0);
      return [[point, score]];
    });
  }

  #matching({ must = [], should = [], must_not = [] }: Filter = {}): Stored[] {
    for (const { key } of [...must, ...should, ...must_not]) this.#needIndex(key);
    const holds = ({ payload }: Stored, { key, match }: NonNullable<Filter["must"]>[number]) =>
      "any" in match ? match.any.includes(payload[key] as string) : match.value === payload[key];
    return [...this.points.values()].filter(
      (point) =>
        must.every((condition) => holds(point, condition)) &&
        (should.length === 0 || should.some((condition) => holds(point, condition))) &&
        !must_not.some((condition) => holds(point, condition)),
    );
  }

  /** As in strict mode: without an index a filter reads every point. */
  #needIndex(field: string): void {
    if (!this.indexed.has(field)) throw new WrongInput(`Index required but not found for "${field}"`);
  }
}

function normalised(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => Math.fround(value / length));
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}
