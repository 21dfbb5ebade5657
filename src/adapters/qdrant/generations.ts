/** Making the index, and making it again: which collections stand behind the aliases, and which are being filled. */
import { RoraError } from "../../errors.ts";
import type { EmbeddingSpace, RebuildableIndex } from "../../ports.ts";
import { buildGraphs, deleteCollections, findCollection, makeCollections, spaceOf } from "./collections.ts";
import type { Connection } from "./connection.ts";
import { leftBehind, listed, type Names, namesBehind, namesOf, switchAliases } from "./names.ts";

export interface Generations extends Pick<RebuildableIndex, "space" | "prepare" | "build"> {
  /** Where to read and write: the aliases, except while another generation is being filled. */
  names(): Names;
}

export function createGenerations(connection: Connection, prefix: string, now: () => number): Generations {
  const aliases = namesOf(prefix);
  let names: Names = aliases;
  /** Filled first, then connected into graphs: all at once is several times quicker than point by point. */
  let graph = true;

  async function space(): Promise<EmbeddingSpace | null> {
    const found = await Promise.all(listed(names).map((name) => findCollection(connection, name)));
    const made = found.filter((info) => info !== null).map(spaceOf);
    return made[0] ?? null;
  }

  /** The first generation has a fixed name, so that processes which start at once make and fill the same one. */
  async function makeFirst(wanted: EmbeddingSpace): Promise<void> {
    const first = namesOf(prefix, 0);
    await makeCollections(connection, first, wanted, { graph });
    await switchAliases(connection, aliases, first);
  }

  async function prepare(wanted: EmbeddingSpace): Promise<void> {
    if (!Number.isInteger(wanted.dimension) || wanted.dimension < 1) {
      throw new RangeError(`An embedding cannot be ${wanted.dimension} long.`);
    }
    if ((await space()) === null) await makeFirst(wanted);
    const built = (await space()) ?? wanted;
    if (built.encoderId === wanted.encoderId && built.dimension === wanted.dimension) return;
    throw new RoraError(
      "unavailable",
      `The index was built with the encoder ${built.encoderId} (${built.dimension} numbers a vector), but ${wanted.encoderId} (${wanted.dimension}) is configured. Build it again with \`rora ingest atlas --rebuild\`, or configure the earlier encoder.`,
    );
  }

  /** Also for an index whose filling was broken off before. */
  async function finishGraphs(): Promise<void> {
    for (const name of listed(await namesBehind(connection, aliases))) {
      const info = await findCollection(connection, name);
      if (info?.config.hnsw_config.m === 0) await buildGraphs(connection, [name]);
    }
  }

  async function fillInPlace<Result>(wanted: EmbeddingSpace, fill: () => Promise<Result>): Promise<Result> {
    graph = false;
    try {
      await prepare(wanted);
      return await fill();
    } finally {
      graph = true;
    }
  }

  async function fillBeside<Result>(wanted: EmbeddingSpace, fill: () => Promise<Result>): Promise<Result> {
    const earlier = await namesBehind(connection, aliases);
    const time = now();
    await deleteCollections(connection, await leftBehind(connection, prefix, { inUse: earlier, now: time }));
    const fresh = namesOf(prefix, time);
    await makeCollections(connection, fresh, wanted, { graph: false });
    names = fresh;
    const filled = await fill()
      .catch(async (error: unknown) => {
        // Why filling failed says more than a failure to clean up after it.
        await deleteCollections(connection, listed(fresh)).catch(() => {});
        throw error;
      })
      .finally(() => {
        names = aliases;
      });
    await buildGraphs(connection, listed(fresh));
    await switchAliases(connection, aliases, fresh);
    await deleteCollections(connection, listed(earlier));
    return filled;
  }

  return {
    names: () => names,
    space,
    prepare,
    async build(wanted, { anew }, fill) {
      if (anew) return fillBeside(wanted, fill);
      const filled = await fillInPlace(wanted, fill);
      await finishGraphs();
      return filled;
    },
  };
}
