/** Every fixed text, in English; the other languages have the same ones. Here: what is said in Discord's own words. */
import { english as common } from "../../chat/texts/english.ts";

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const english = {
  ...common,
  noEmbeds: "I may not embed links here, so this is the plain version.",
  noImageThere: "There is no picture in that message that I can see. Choose one with a picture.",
  hiddenImage:
    "I cannot see the picture in the message you replied to. Right-click it and choose Apps → Ask about this image, or attach the picture yourself.",
  unreadableThread:
    "In a thread I can read only what mentions me or replies to me. Mention me, reply, or press Ask on below an answer.",
  lostForm: "I was restarted in the meantime. Please choose Ask about this image once more.",
  notYou: "On this server only certain roles may ask me.",
  limited: (minutes: number) =>
    `You have asked as much as this server allows in an hour. Ask again in ${minutes} ${plural(minutes, "minute", "minutes")}.`,
  noPermission: (channel: string) =>
    `I may not write in ${channel}. Ask me here, or ask an administrator there.`,
  expired: "This picture can no longer be fetched from Discord. Post it again.",
  unreachable: "Discord did not hand over this picture. Please try again in a moment.",
  foreignAddress: "I fetch pictures from Discord alone. Attach the picture to your message.",
  help: [
    "Post a picture and ask about it:",
    "• `/ask` with up to three pictures and a question, or a question alone",
    "• mention me with a picture, or in a reply to a message with one",
    "• right-click a message: Apps → Ask about this image",
    "• write to me directly",
    "Then reply to the answer to ask on. `/lookup` shows what I know of a name. 👍 and 👎 tell me whether an answer was right.",
  ].join("\n"),
  about: (model: string, entities: number) =>
    `I answer questions about pictures by looking up what is written about what they show.\nModel: ${model}. I know ${entities} things.\nQuestions, pictures and answers are kept under a pseudonym, so that answers can be explained and corrected; nothing is used for training unless this server and you both agree to it; I read only messages that mention me, reply to me or are sent to me. Answers can be wrong: read the sentence they cite.`,
  settingsTitle: "How I answer on this server",
  settingsForbidden: "Only members who may manage the server can change this.",
};

/** The texts of one language. */
export type Texts = typeof english;
