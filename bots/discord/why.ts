/** What an answer rests on, for who asks: the picture with what mattered in it, the evidence with scores, what was rejected. */
import {
  type APIMessageTopLevelComponent,
  type ButtonInteraction,
  ComponentType,
  MessageFlags,
} from "discord.js";
import type { JudgedCandidate } from "../../src/domain/evidence.ts";
import type { Reply } from "../../src/domain/reply.ts";
import type { InteractionRecord } from "../../src/ports.ts";
import { cutAtSentence } from "../chat/sentences.ts";
import { payloadOf } from "./body.ts";
import type { Bot } from "./bot.ts";
import type { MessageBody } from "./limits.ts";
import { safeText } from "./safe-text.ts";
import type { Texts } from "./texts/english.ts";

const MOST_REJECTED = 5;
const PASSAGE_CHARACTERS = 220;
const OVERLAY = "relevance.png";
const LISTED_CHARACTERS = 3_600;

/** `overlay` is the PNG of the relevance map over the picture; null where there is none. Pure. */
export function renderWhy(reply: Reply, overlay: Uint8Array | null, texts: Texts): MessageBody {
  const cited = new Set(reply.citations.map(({ label }) => label));
  const used = new Set(reply.evidence.map(({ passage }) => passage.id));
  const line = (item: JudgedCandidate, state: string) =>
    `**${state} · ${safeText(item.entity.title.slice(0, 100))}** · ${scoresOf(item, texts)}\n${
      cutAtSentence(safeText(item.passage.text), PASSAGE_CHARACTERS).text
    }`;
  const rejected = reply.candidates.filter(({ passage }) => !used.has(passage.id)).slice(0, MOST_REJECTED);
  const lines = [
    `### ${texts.whyTitle}`,
    ...(reply.evidence.length === 0 ? [texts.noEvidence] : []),
    ...reply.evidence.map((item) => line(item, cited.has(item.label) ? texts.cited : texts.used)),
    ...rejected.map((item) => line(item, texts.rejected)),
  ];
  const text = lines.reduce((all, next) =>
    all.length + next.length < LISTED_CHARACTERS ? `${all}\n${next}` : all,
  );
  const picture: APIMessageTopLevelComponent[] =
    overlay === null
      ? []
      : [
          {
            type: ComponentType.MediaGallery,
            items: [{ media: { url: `attachment://${OVERLAY}` }, description: texts.overlayAlt }],
          },
        ];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [...picture, { type: ComponentType.TextDisplay, content: text }],
    files: overlay === null ? [] : [{ name: OVERLAY, bytes: overlay, alt: texts.overlayAlt }],
  };
}

/** The interaction is deferred, for its person alone. */
export async function showWhy(
  interaction: ButtonInteraction,
  record: InteractionRecord,
  { options }: Bot,
  texts: Texts,
): Promise<void> {
  const { reply, imageSha256 } = record;
  const post = await options.posts.byInteraction(record.id);
  const image =
    imageSha256 === null || post === null ? null : await options.ledger.image(imageSha256, post.tenant);
  const overlay =
    image === null || reply.relevanceMap === null
      ? null
      : await options.drawOverlay(image.bytes, reply.relevanceMap);
  await interaction.editReply(payloadOf(renderWhy(reply, overlay, texts)));
}

function scoresOf({ relevance, scores }: JudgedCandidate, texts: Texts): string {
  const image = scores.image === null ? null : Math.round(scores.image * 100);
  return texts.scores(Math.round(relevance * 100), image);
}
