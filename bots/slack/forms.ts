/** Forms that open over the chat. Pure. */
import type { types } from "@slack/bolt";
import { FEEDBACK_REASONS } from "../chat/feedback.ts";
import { MOST_PICTURES } from "../chat/receive.ts";
import { plain, section } from "./blocks.ts";
import { type FormTarget, writeTarget } from "./form-target.ts";
import { LIMITS } from "./limits.ts";
import type { Modal } from "./slack.ts";
import type { Texts } from "./texts/english.ts";

/** Names of the forms, as they come back. */
export const FORMS = { question: "question", correction: "correction", settings: "settings" } as const;

/** Names of the fields, as they come back. */
export const FIELDS = {
  question: "question",
  pictures: "pictures",
  reason: "reason",
  entity: "entity",
  answer: "answer",
} as const;

/** The menu's entry for an entity that is not in it. */
export const NO_ENTITY = "none";
/** Kinds of files that can be chosen; what they are is looked at later. */
const PICTURE_TYPES = ["jpg", "jpeg", "png", "webp", "gif", "avif", "tif", "tiff"];
const MOST_ANSWER = 3_000;

/** An input with a name; its block has the same one. */
export function field(
  name: string,
  label: string,
  element: types.InputBlock["element"],
  more: { readonly optional?: boolean; readonly hint?: string } = {},
): types.InputBlock {
  const { optional = false, hint } = more;
  return {
    type: "input",
    block_id: name,
    label: plain(label, LIMITS.label),
    element: { ...element, action_id: name },
    optional,
    ...(hint === undefined ? {} : { hint: plain(hint, LIMITS.label) }),
  };
}

export function option(value: string, words: string) {
  return { value, text: plain(words, LIMITS.option) };
}

/** A form whose fields come back under their names. */
export function form(
  callback_id: string,
  title: string,
  submit: string,
  texts: Texts,
  blocks: Modal["blocks"],
): Modal {
  const short = (words: string) => plain(words, LIMITS.title);
  return {
    type: "modal",
    callback_id,
    title: short(title),
    submit: short(submit),
    close: short(texts.cancel),
    blocks,
  };
}

/** `upload`: pictures can be added; else it is about those of the target. */
export function questionForm(
  target: FormTarget,
  {
    texts,
    upload,
    words,
    most,
  }: { readonly texts: Texts; readonly upload: boolean; readonly words: string; readonly most: number },
): Modal {
  const question = field(FIELDS.question, texts.question, {
    type: "plain_text_input",
    multiline: true,
    max_length: Math.min(most, MOST_ANSWER),
    placeholder: plain(texts.questionHint, 150),
    ...(words === "" ? {} : { initial_value: words.slice(0, Math.min(most, MOST_ANSWER)) }),
  });
  const pictures = field(
    FIELDS.pictures,
    texts.pictures,
    { type: "file_input", filetypes: PICTURE_TYPES, max_files: MOST_PICTURES },
    { optional: true, hint: texts.picturesHint },
  );
  const title = target.interaction === null ? texts.askTitle : texts.askOn;
  const view = form(FORMS.question, title, texts.ask, texts, upload ? [pictures, question] : [question]);
  return { ...view, private_metadata: writeTarget(target) };
}

/** What was wrong with an answer. `entities`: what it may have been instead, best first. */
export function correctionForm(
  target: FormTarget,
  entities: readonly { readonly id: string; readonly title: string }[],
  texts: Texts,
): Modal {
  const fitting = entities.filter(({ id }) => id.length <= LIMITS.optionValue).slice(0, LIMITS.options - 1);
  const blocks = [
    field(
      FIELDS.reason,
      texts.reason,
      {
        type: "radio_buttons",
        options: FEEDBACK_REASONS.map((reason) => option(reason, texts.reasons[reason])),
      },
      { optional: true },
    ),
    ...(fitting.length === 0
      ? []
      : [
          field(
            FIELDS.entity,
            texts.rightEntity,
            {
              type: "static_select",
              options: [
                ...fitting.map(({ id, title }) => option(id, title)),
                option(NO_ENTITY, texts.noneOfThese),
              ],
            },
            { optional: true },
          ),
        ]),
    field(
      FIELDS.answer,
      texts.rightAnswer,
      { type: "plain_text_input", multiline: true, max_length: MOST_ANSWER },
      { optional: true },
    ),
    field(
      FIELDS.pictures,
      texts.betterPicture,
      { type: "file_input", filetypes: PICTURE_TYPES, max_files: 1 },
      { optional: true, hint: texts.betterPictureHint },
    ),
  ];
  const view = form(FORMS.correction, texts.correctionTitle, texts.send, texts, blocks);
  return { ...view, private_metadata: writeTarget(target) };
}

/** Something to read, and nothing to send. */
export function notice(title: string, lines: readonly string[], texts: Texts): Modal {
  return {
    type: "modal",
    title: plain(title, LIMITS.title),
    close: plain(texts.close, LIMITS.title),
    blocks: lines.map((line) => section(line)),
  };
}
