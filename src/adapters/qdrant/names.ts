/**
 * What the collections are called. Whoever searches names an alias, `<prefix>images`; behind it stands a collection with a
 * generation in its name, `<prefix>images-1795432123456`, so that another generation can be built beside it.
 */
import type { Connection } from "./connection.ts";

export const KINDS = ["images", "passages"] as const;
export type Kind = (typeof KINDS)[number];
/** Name of a collection, or of an alias, for each kind. */
export type Names = Readonly<Record<Kind, string>>;

/** Milliseconds after which a collection that no alias leads to was left behind by a process that died. */
const LEFT_BEHIND = 24 * 3600 * 1000;

/** Names of a generation, the time it was begun in milliseconds; without one, the aliases. */
export function namesOf(prefix: string, generation?: number): Names {
  const end = generation === undefined ? "" : `-${generation}`;
  return { images: `${prefix}images${end}`, passages: `${prefix}passages${end}` };
}

export function listed(names: Partial<Names>): string[] {
  return KINDS.flatMap((kind) => names[kind] ?? []);
}

/** Collections behind the aliases. */
export async function namesBehind({ read }: Connection, aliases: Names): Promise<Partial<Names>> {
  const { aliases: all } = await read((client) => client.getAliases());
  const behind = new Map(all.map(({ alias_name, collection_name }) => [alias_name, collection_name]));
  return Object.fromEntries(
    KINDS.flatMap((kind) => {
      const name = behind.get(aliases[kind]);
      return name === undefined ? [] : [[kind, name]];
    }),
  );
}

/** Lets the aliases lead to `names`, both at once; an alias that is there is moved. */
export async function switchAliases({ write }: Connection, aliases: Names, names: Names): Promise<void> {
  const actions = KINDS.map((kind) => ({
    create_alias: { alias_name: aliases[kind], collection_name: names[kind] },
  }));
  await write((client) => client.updateCollectionAliases({ actions }));
}

/** Collections of an unfinished generation that nobody can still be filling at `now`. */
export async function leftBehind(
  { read }: Connection,
  prefix: string,
  { inUse, now }: { inUse: Partial<Names>; now: number },
): Promise<string[]> {
  const { collections } = await read((client) => client.getCollections());
  return collections
    .map(({ name }) => name)
    .filter((name) => {
      const [, kind, generation] = /^(.*)-(\d+)$/.exec(name) ?? [];
      const ours = listed(namesOf(prefix)).includes(kind ?? "");
      return ours && !listed(inUse).includes(name) && Number(generation) < now - LEFT_BEHIND;
    });
}
