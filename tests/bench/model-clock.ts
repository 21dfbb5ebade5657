import type { AssistantParts } from "../../src/assistant-parts.ts";

export interface ModelClock {
  readonly parts: AssistantParts;
  /** Milliseconds since the last call in which at least one graph was being run. */
  take(): number;
}

/** The same parts, with a clock that runs whenever the encoders or the answering model do. For one question at a time. */
export function createModelClock(parts: AssistantParts): ModelClock {
  let active = 0;
  let begun = 0;
  let spent = 0;
  const enter = () => {
    if (active++ === 0) begun = performance.now();
  };
  const leave = () => {
    if (--active === 0) spent += performance.now() - begun;
  };
  const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
  const { imageEncoder, textEncoder, answerModel } = parts;
  return {
    parts: {
      ...parts,
      imageEncoder: { ...imageEncoder, encode: (image) => timed(() => imageEncoder.encode(image)) },
      textEncoder: {
        embed: (texts) => timed(() => textEncoder.embed(texts)),
        embedForPatches: (texts) => timed(() => textEncoder.embedForPatches(texts)),
      },
      answerModel: {
        ...answerModel,
        async *generate(messages, options) {
          enter();
          try {
            yield* answerModel.generate(messages, options);
          } finally {
            leave();
          }
        },
      },
    },
    take() {
      const result = spent;
      spent = 0;
      return result;
    },
  };
}
