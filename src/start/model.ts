/** The model of MODEL_DIR and, where VLM_URL names one, the server that writes the answers in its place. */
import { existsSync } from "node:fs";
import { join } from "node:path";
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
import { systemInstruction } from "../domain/instructions.ts";
import { ANSWER_GRAPHS } from "../domain/model-files.ts";
import { RoraError } from "../errors.ts";
import type { AnswerModel, ImageEncoder } from "../ports.ts";
import { takingTurns } from "../turns.ts";

type ModelSettings = Pick<Config, "model" | "hub" | "vlm" | "limits">;

export type { DeviceFinding };
export type Model = Awaited<ReturnType<typeof openModel>>;

/** What MODEL_DIR names: a folder, or else a model in the cache. Throws RoraError `not-found` that says how to download it. */
export function modelFolder({ model, hub }: Pick<Config, "model" | "hub">): Promise<string> {
  return folderOf(model.folder, hub);
}

/** The same for ENCODER_DIR; without it, the model's. */
export function encoderFolder({ model, hub }: Pick<Config, "model" | "hub">): Promise<string> {
  return folderOf(model.encoderFolder ?? model.folder, hub);
}

async function folderOf(name: string, hub: Config["hub"]): Promise<string> {
  return existsSync(name) ? name : ((await openModelHub({ hub }).folder(name)) ?? name);
}

/** Models of the hub and of the cache on this machine. */
export function openModelHub({ hub }: Pick<Config, "hub">) {
  return createModelHub(hub);
}

/**
 * Opens the model, and the encoder's if it is another, on the device of DEVICE, and runs each graph once, so that a broken one
 * shows now and the first question finds them warm. With `retrievalOnly`, nothing needs to be there that answers, and nothing
 * does. Throws RoraError `unavailable`.
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
  const encoderDirectory = await encoderFolder(config);
  const sessions = createSessions({ threads: model.threads, device, keepMemory: model.keepMemory });
  closers.add(() => sessions.close());
  const concurrency = model.decodingConcurrency;
  const answers = !retrievalOnly && vlm === undefined;
  // What holds no model at all is said below.
  const isModel = existsSync(join(directory, "config.json"));
  if (answers && isModel && !hasGraphs(directory, ANSWER_GRAPHS)) throw cannotAnswer();
  // Without a vision encoder of its own, it sees through the other model's, which was exported for it.
  const hasOwnTower = encoderDirectory !== directory && hasGraphs(directory, ["vision_encoder"]);
  const imageEncoder = await createImageEncoder({ directory: encoderDirectory, sessions });
  const { dimension } = imageEncoder;
  const textEncoder = await createTextEncoder({ directory: encoderDirectory, sessions, dimension });
  const critic = await readCritic(encoderDirectory);
  const answering = answers
    ? await localAnswers(
        await createAnswerModel({
          directory,
          sessions,
          dtype: model.dtype,
          seed: model.samplingSeed,
          tower: hasOwnTower ? "own" : { featureSize: await featureSizeOf(imageEncoder) },
          instruction: systemInstruction("labelled", "pruned"),
        }),
      )
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

/** Numbers of each visual token that the encoder makes for the answering model; 0 when it makes none. */
async function featureSizeOf(imageEncoder: ImageEncoder): Promise<number> {
  const [width, height] = [8, 8];
  const pixels = new Uint8Array(width * height * 3).fill(128);
  const rest = { sha256: "", perceptualHash: "", mediaType: "image/png", notices: [] };
  return (await imageEncoder.encode({ pixels, width, height, ...rest })).featureSize;
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
    "The model of MODEL_DIR finds, but does not answer: it has no onnx/embed_tokens.onnx and onnx/decoder_model_merged.onnx. Set VLM_URL and VLM_MODEL to a server that answers, or MODEL_DIR to a model that does and ENCODER_DIR to this one.",
  );
}
