/** Reply → message. Pure: no request, no store; thumbnails come in as files. */
import {
  type APIComponentInContainer,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from "discord.js";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { alternatives, citedEvidence } from "../chat/choices.ts";
import { carryingSentence, cutAtSentence } from "../chat/sentences.ts";
import { answerButtons } from "./buttons.ts";
import { LIMITS, type MessageBody } from "./limits.ts";
import { safeLink, safeText } from "./safe-text.ts";
import type { Texts } from "./texts/english.ts";

/** How a message is built: with components V2, with embeds where those are refused, or as text where nothing may be embedded. */
export type Form = "components" | "embeds" | "text";

export interface Rendering {
  readonly texts: Texts;
  readonly form: Form;
  /** The picture was posted behind a spoiler. */
  readonly spoiler: boolean;
  /** File of the entity's picture by entity; left out for those without. */
  readonly thumbnails: ReadonlyMap<string, Uint8Array>;
  /** Further lines for the reader, such as that some pictures were left out. */
  readonly remarks: readonly string[];
}

/** Characters of the answer that are shown before it is cut; the rest is behind a button. */
const ANSWER_CHARACTERS = 1200;
const SENTENCE_CHARACTERS = 400;

/** Fits every limit of Discord, whatever the reply. */
export function renderReply(reply: Reply, rendering: Rendering): MessageBody {
  // Discord takes no empty text.
  const answer = cutAtSentence(safeText(reply.text) || "…", ANSWER_CHARACTERS);
  const cards = citedEvidence(reply);
  const small = [
    ...otherTitles(reply, cards, rendering.texts),
    ...reply.notices.map(({ text }) => text),
    ...rendering.remarks,
  ];
  const buttons = answerButtons(reply.interactionId, { cut: !answer.whole, texts: rendering.texts });
  if (rendering.form === "components") return modern(answer.text, cards, small, buttons, reply, rendering);
  if (rendering.form === "embeds") return embedded(answer.text, cards, small, buttons, reply, rendering);
  const lines = [
    hidden(answer.text, rendering),
    ...cards.map((item) => `**${safeText(item.entity.title)}**: ${sentenceOf(item, reply)}`),
    ...[...small, rendering.texts.noEmbeds].map((line) => `-# ${line}`),
  ];
  const content = lines.reduce((text, line) =>
    text.length + line.length < LIMITS.content ? `${text}\n${line}` : text,
  );
  return { content, components: [buttons], flags: MessageFlags.SuppressEmbeds };
}

function modern(
  answer: string,
  cards: readonly Evidence[],
  small: readonly string[],
  buttons: APIMessageTopLevelComponent,
  reply: Reply,
  { texts, spoiler, thumbnails }: Rendering,
): MessageBody {
  const parts: APIComponentInContainer[] = [{ type: ComponentType.TextDisplay, content: answer }];
  for (const item of cards) {
    const text = { type: ComponentType.TextDisplay as const, content: cardText(item, reply, texts) };
    if (!thumbnails.has(item.entity.id)) parts.push(text);
    else {
      parts.push({
        type: ComponentType.Section,
        components: [text],
        accessory: {
          type: ComponentType.Thumbnail,
          media: { url: `attachment://${fileName(item)}` },
          description: altOf(item),
          spoiler,
        },
      });
    }
  }
  if (small.length > 0) {
    const content = small
      .map((line) => `-# ${line}`)
      .join("\n")
      .slice(0, 800);
    parts.push({ type: ComponentType.TextDisplay, content });
  }
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, components: parts, spoiler }, buttons],
    files: filesOf(cards, thumbnails, spoiler),
  };
}

function embedded(
  answer: string,
  cards: readonly Evidence[],
  small: readonly string[],
  buttons: APIMessageTopLevelComponent,
  reply: Reply,
  rendering: Rendering,
): MessageBody {
  const embeds: APIEmbed[] = cards.map((item) => ({
    title: item.entity.title.slice(0, LIMITS.embedTitle),
    ...(/^https?:/.test(item.entity.url) ? { url: item.entity.url } : {}),
    description: hidden(`${sentenceOf(item, reply)}\n-# ${sureness(item, rendering.texts)}`, rendering),
    // An embed's picture cannot be hidden.
    ...(rendering.thumbnails.has(item.entity.id) && !rendering.spoiler
      ? { thumbnail: { url: `attachment://${fileName(item)}` } }
      : {}),
  }));
  const content = [hidden(answer, rendering), ...small.map((line) => `-# ${line}`)].join("\n");
  return {
    content: content.slice(0, LIMITS.content),
    embeds,
    components: [buttons],
    flags: 0,
    files: rendering.spoiler ? [] : filesOf(cards, rendering.thumbnails, false),
  };
}

/** Title with its link, the sentence that carries the answer, and how sure that is. */
function cardText(item: Evidence, reply: Reply, texts: Texts): string {
  const title = safeLink(item.entity.title.slice(0, 200), item.entity.url.slice(0, 400));
  return `**${title}**\n${sentenceOf(item, reply)}\n-# ${sureness(item, texts)}`;
}

function sentenceOf(item: Evidence, reply: Reply): string {
  return cutAtSentence(safeText(carryingSentence(item.passage.text, reply.text)), SENTENCE_CHARACTERS).text;
}

function sureness(item: Evidence, texts: Texts): string {
  return texts.relevance(Math.round(item.relevance * 100));
}

/** Other things it could be, in one line; none or one. */
function otherTitles(reply: Reply, cards: readonly Evidence[], texts: Texts): string[] {
  const titles = alternatives(reply, cards).map((title) => safeText(title.slice(0, 80)));
  return titles.length === 0 ? [] : [texts.others(titles.join(", "))];
}

function filesOf(cards: readonly Evidence[], thumbnails: ReadonlyMap<string, Uint8Array>, spoiler: boolean) {
  return cards.flatMap((item) => {
    const bytes = thumbnails.get(item.entity.id);
    return bytes === undefined ? [] : [{ name: fileName(item), bytes, alt: altOf(item), spoiler }];
  });
}

function fileName(item: Evidence): string {
  return `entity-${item.label}.png`;
}

function altOf(item: Evidence): string {
  return (item.entityImage?.alt ?? item.entity.title).slice(0, LIMITS.alternativeText);
}

function hidden(text: string, { spoiler }: Pick<Rendering, "spoiler">): string {
  return spoiler ? `||${text}||` : text;
}
