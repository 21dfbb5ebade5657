/** Forms that open over the chat. Pure. */
import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord.js";
import { FEEDBACK_REASONS } from "../chat/feedback.ts";
import { customId } from "./custom-id.ts";
import type { Texts } from "./texts/english.ts";

/** https://docs.discord.com/developers/components/reference */
const LABEL = 45;
const OPTION = 100;
const MENU = 25;
const INPUT = 4000;

/** Names of the fields, as they come back. */
export const FIELDS = {
  question: "question",
  reason: "reason",
  entity: "entity",
  answer: "answer",
  picture: "picture",
} as const;

/** The menu's entry for an entity that is not in it. */
export const NO_ENTITY = "none";

export function questionForm(
  purpose: "picture" | "follow-up",
  id: string,
  texts: Texts,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId(purpose, id),
    title: (purpose === "picture" ? texts.askTitle : texts.askOn).slice(0, LABEL),
    components: [
      {
        type: ComponentType.Label,
        label: texts.question.slice(0, LABEL),
        component: {
          type: ComponentType.TextInput,
          custom_id: FIELDS.question,
          style: TextInputStyle.Paragraph,
          placeholder: texts.questionHint.slice(0, OPTION),
          max_length: 1000,
          required: true,
        },
      },
    ],
  };
}

/** What was wrong with an answer. `entities`: what it may have been instead, best first. */
export function correctionForm(
  interactionId: string,
  entities: readonly { readonly id: string; readonly title: string }[],
  texts: Texts,
): APIModalInteractionResponseCallbackData {
  const fitting = entities.filter(({ id }) => id.length <= OPTION).slice(0, MENU - 1);
  const label = (text: string) => ({ type: ComponentType.Label as const, label: text.slice(0, LABEL) });
  return {
    custom_id: customId("correction", interactionId),
    title: texts.correctionTitle.slice(0, LABEL),
    components: [
      {
        ...label(texts.reason),
        component: {
          type: ComponentType.RadioGroup,
          custom_id: FIELDS.reason,
          required: false,
          options: FEEDBACK_REASONS.map((reason) => ({
            value: reason,
            label: texts.reasons[reason].slice(0, OPTION),
          })),
        },
      },
      ...(fitting.length === 0
        ? []
        : [
            {
              ...label(texts.rightEntity),
              component: {
                type: ComponentType.StringSelect as const,
                custom_id: FIELDS.entity,
                required: false,
                options: [
                  ...fitting.map(({ id, title }) => ({ value: id, label: title.slice(0, OPTION) })),
                  { value: NO_ENTITY, label: texts.noneOfThese.slice(0, OPTION) },
                ],
              },
            },
          ]),
      {
        ...label(texts.rightAnswer),
        component: {
          type: ComponentType.TextInput,
          custom_id: FIELDS.answer,
          style: TextInputStyle.Paragraph,
          max_length: INPUT,
          required: false,
        },
      },
      {
        ...label(texts.betterPicture),
        description: texts.betterPictureHint.slice(0, OPTION),
        component: {
          type: ComponentType.FileUpload,
          custom_id: FIELDS.picture,
          min_values: 0,
          max_values: 1,
          required: false,
        },
      },
    ],
  };
}
