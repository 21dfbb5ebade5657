/** The model of MODEL_DIR and, where VLM_URL names one, the server that writes the answers in its place. */
import { existsSync } from "node:fs";
import { createModelHub } from "../adapters/hub/model-hub.ts";
import { createAnswerModel } from "../adapters/onnx/answer-model.ts";
import { type DeviceFinding, examineDevice, knownDevices, openOnDevice } from "../adapters/onnx/devices.ts";
import { createImageEncoder } from "../adapters/onnx/image-encoder.ts";
import { hasGraphs } from "../adapters/onnx/model-directory.ts";
import { createSessions } from "../adapters/onnx/sessions.ts";
import { createTextEncoder } from "../adapters/onnx/text-encoder.ts";
import { createServedModel } from "../adapters/openai/answer-model.ts";
import { focusedPicture } from "../adapters/sharp/focused-picture.ts";
import { createImageDecoder } from "../adapters/sharp/image-decoder.ts";
import { type Closers, closingOnFailure } from "../closers.ts";
import type { Config, VlmConfig } from "../config.ts";
import { readCritic } from "../critic-file.ts";
import type { Device } from "../domain/devices.ts";
import { ANSWER_GRAPHS } from "../domain/model-files.ts";
import { RoraError } from "../errors.ts";
import type { AnswerModel } from "../ports.ts";
import { takingTurns } from "../turns.ts";

type ModelSettings = Pick<Config, "model" | "hub" | "vlm" | "limits">;

export type { DeviceFinding };
export type Model = Awaited<ReturnType<typeof openModel>>;

/** What MODEL_DIR names: a folder, or else a model in the cache. Throws RoraError `not-found` that says how to download it. */
export async function modelFolder({ model, hub }: Pick<Config, "model" | "hub">): Promise<string> {
  if (existsSync(model.folder)) return model.folder;
  return (await openModelHub({ hub }).folder(model.folder)) ?? model.folder;
}

/** Models of the hub and of the cache on this machine. */
export function openModelHub({ hub }: Pick<Config, "hub">) {
  return createModelHub(hub);
}

/**
 * Opens everything in the model folder on the device of DEVICE and runs each graph once, so that a broken one shows now and the
 * first question finds them warm. With `retrievalOnly`, nothing needs to be there that answers, and nothing does.
 * Throws RoraError `unavailable`.
 */
export async function openModel(
  config: ModelSettings,
  closers: Closers,
  { retrievalOnly = false }: { readonly retrievalOnly?: boolean } = {},
) {
  const { opened, device, passedOver } = await openOnDevice(config.model.device, (device) =>
    closingOnFailure(async (own) => ({
      model: await openOn(device, config, own, retrievalOnly),
      close: own.close,
    })),
  );
  closers.add(opened.close);
  return { ...opened.model, device, passedOver };
}

/** Tries each device that ONNX Runtime knows besides the processor. */
export async function* examineDevices(): AsyncGenerator<DeviceFinding> {
  for (const device of knownDevices()) if (device !== "cpu") yield examineDevice(device);
}

async function openOn(device: Device, config: ModelSettings, closers: Closers, retrievalOnly: boolean) {
  const { model, vlm, limits } = config;
  const directory = await modelFolder(config);
  const sessions = createSessions({ threads: model.threads, device, keepMemory: model.keepMemory });
  closers.add(() => sessions.close());
  const concurrency = model.decodingConcurrency;
  const answers = !retrievalOnly && vlm === undefined;
  if (answers && !hasGraphs(directory, ANSWER_GRAPHS)) throw cannotAnswer();
  const imageEncoder = await createImageEncoder({ directory, sessions });
  const { dimension } = imageEncoder;
  const textEncoder = await createTextEncoder({ directory, sessions, dimension });
  const critic = await readCritic(directory);
  const answering = answers
    ? await localAnswers(await createAnswerModel({ directory, sessions }))
    : vlm === undefined
      ? noAnswers()
      : servedAnswers(vlm);
  const imageLimits = { bytes: limits.imageBytes, pixels: limits.imagePixels };
  return {
    decoder: createImageDecoder(imageLimits),
    knowledgeDecoder: createImageDecoder({ allowSvg: true }),
    imageEncoder,
    textEncoder,
    answerModel: takingTurns(answering.model, concurrency),
    checkAnswers: answering.check,
    critic,
  };
}

interface Answering {
  readonly model: AnswerModel;
  /** Whether it can answer now, as far as can be told. Throws RoraError that says what to do. */
  readonly check: () => Promise<{ readonly listed: boolean; readonly detail: string }>;
}

/** Writes one word, so that a broken graph shows now. */
async function localAnswers(model: AnswerModel): Promise<Answering> {
  const messages = [{ role: "user", content: [{ kind: "text", text: "Ready?" }] }] as const;
  const { signal } = new AbortController();
  for await (const _word of model.generate(messages, { maximumTokens: 1, signal }));
  return { model, check: async () => ({ listed: true, detail: model.id }) };
}

/** Asks the server nothing yet: it may start later. */
function servedAnswers(vlm: VlmConfig): Answering {
  const model = createServedModel({
    ...vlm,
    drawPicture: focusedPicture,
    pictures: { longestSide: vlm.imageSide, pictures: vlm.images },
    silence: { firstWord: vlm.firstWordSeconds, idle: vlm.idleSeconds },
  });
  return { model, check: model.check };
}

/** Stands where nobody asks. */
function noAnswers(): Answering {
  const refuse = () => Promise.reject(cannotAnswer());
  const words = { [Symbol.asyncIterator]: () => ({ next: refuse }) };
  return { model: { id: "none", generate: () => words }, check: refuse };
}

function cannotAnswer(): RoraError {
  return new RoraError(
    "unavailable",
    "The model of MODEL_DIR finds, but does not answer: it has no onnx/embed_tokens.onnx and onnx/decoder_model_merged.onnx. Set VLM_URL and VLM_MODEL to a server that answers.",
  );
}
