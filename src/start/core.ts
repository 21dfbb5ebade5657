/** Stores and model together: all that answers questions. */
import { createAssistant } from "../assistant.ts";
import { settingsFor } from "../assistant-parts.ts";
import { keepAtlas } from "../atlas.ts";
import { closingOnFailure } from "../closers.ts";
import type { Config } from "../config.ts";
import { RoraError } from "../errors.ts";
import { fillIndex } from "../index-filling.ts";
import type { Logger } from "../log.ts";
import type { Assistant } from "../ports.ts";
import { type Model, openModel } from "./model.ts";
import { encoderDetail, shortcomings } from "./shortcomings.ts";
import { openStores, type Stores } from "./stores.ts";

export interface StartOptions {
  /** Gives up starting; what was opened is closed. */
  readonly signal: AbortSignal;
  /** Builds the index anew. */
  readonly rebuild?: boolean;
  /** Opens a model that only finds, too. */
  readonly retrievalOnly?: boolean;
}

/** All that answers questions, without any platform. */
export interface Core {
  readonly assistant: Assistant;
  readonly stores: Stores;
  readonly model: Model;
  /** What answers, in words for people: model and knowledge. */
  about(): Promise<{ readonly model: string; readonly entities: number }>;
  /** Entities that were learnt, or put into the index again, while starting. */
  readonly written: number;
  close(): Promise<void>;
}

/** Opens stores and model, brings the database up to date and fills it. Throws RoraError; then nothing is left open. */
export function openCore(
  config: Config,
  log: Logger,
  { signal, rebuild = false, retrievalOnly = false }: StartOptions,
): Promise<Core> {
  return closingOnFailure(async (closers) => {
    const stores = await openStores(config, closers);
    const { database, store, index, ledger } = stores;
    const migrations = await database.migrate();
    if (migrations.length > 0) log.info({ migrations }, "database brought up to date");
    signal.throwIfAborted();

    const model = await openModel(config, closers, { retrievalOnly });
    log.info({ device: model.device, passedOver: model.passedOver }, "device of the model");
    for (const { detail } of shortcomings(model)) log.warn({ encoder: model.imageEncoder.id }, detail);
    await model.checkAnswers().then(
      ({ listed, detail }) => log[listed ? "info" : "warn"]({ model: detail }, "answering model"),
      (fault: unknown) => log.warn({ err: fault }, "no answers for now"),
    );
    signal.throwIfAborted();
    const { imageEncoder, textEncoder, knowledgeDecoder: decoder } = model;
    const space = { encoderId: imageEncoder.id, dimension: imageEncoder.dimension };
    const built = await index.space();
    const outdated = built !== null && built.encoderId !== space.encoderId;
    // A server may be shared with others that still use the earlier encoder; there a person must decide.
    const ours = database.kind === "embedded" && config.data.qdrant === null;
    const ingesting = { store, index, decoder, imageEncoder, textEncoder, signal };
    const fill = async () =>
      (await fillIndex({ ...ingesting, log })) +
      (await keepAtlas({ ...ingesting, folder: config.data.folder, log }));
    const build = () => index.build(space, { anew: rebuild || (outdated && ours) }, fill);
    const onWait = () => log.info("another process fills the index: waiting for it");
    const written = await database.exclusively(build, { signal, onWait });

    const assistant = createAssistant({
      ...model,
      store,
      index,
      ledger,
      settings: settingsFor(imageEncoder),
    });
    const about = async () => ({ model: model.answerModel.id, entities: (await store.counts()).entities });
    return { assistant, stores, model, about, written, close: closers.close };
  });
}

/** Whether each part can do its work now. */
export async function readiness({ database, store, index }: Stores, model: Model) {
  const check = (work: () => Promise<string>) =>
    work().then(
      (detail) => ({ ok: true, detail }),
      (fault: unknown) => ({
        ok: false,
        detail: fault instanceof RoraError ? fault.message : "does not answer",
      }),
    );
  return {
    database: await check(async () => {
      await database.sql.query("select 1 as one");
      return database.kind;
    }),
    knowledge: await check(async () => `${(await store.counts()).entities} entities`),
    index: await check(async () => `${(await index.counts()).images} pictures in ${index.engine}`),
    encoder: await check(async () => encoderDetail(model)),
    model: await check(async () => (await model.checkAnswers()).detail),
  };
}
