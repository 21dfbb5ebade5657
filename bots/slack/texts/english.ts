/** Every fixed text, in English; the other languages have the same ones. Here: what is said in Slack's own words. */
import { english as common } from "../../chat/texts/english.ts";

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const english = {
  ...common,
  // The answer.
  sources: (links: string) => `Sources: ${links}`,
  wrong: "What was wrong?",
  asked: (question: string) => `Asked with /ask: ${question}`,

  // Pictures.
  noImageThere: "There is no picture in that message. Choose one with a picture.",
  unseenThread:
    "I cannot see the picture this thread is about. Choose *Ask about this image* in the menu of its message, or attach the picture to yours.",
  missingFileScope:
    "I may not read files in this workspace. An administrator must install me again and grant files:read.",
  unseenFile:
    "I cannot see this picture: it was deleted, or I was not invited where it was posted. Invite me there, or upload it with `/ask`.",
  expired: "This picture is no longer kept by Slack. Post it again.",
  unreachable: "Slack did not hand over this picture. Please try again in a moment.",
  foreignAddress: "I fetch pictures from Slack alone. Upload the picture here.",

  // Refusals.
  limited: (minutes: number) =>
    `You have asked as much as this workspace allows in an hour. Ask again in ${minutes} ${plural(minutes, "minute", "minutes")}.`,
  adminsOnly: "Only administrators of the workspace can change this.",

  emptyName: "Please write a name: `/lookup Chad`.",

  // Forms.
  pictures: "Pictures",
  picturesHint: "JPEG, PNG, WebP, GIF, AVIF or TIFF; the first three are looked at.",
  ask: "Ask",
  send: "Send",
  save: "Save",
  cancel: "Cancel",
  close: "Close",

  // The agent view.
  promptsTitle: "Post a picture and ask about it, or try one of these",

  // The home tab.
  homeTitle: "Ask about pictures",
  help: [
    "Post a picture and ask about it:",
    "• mention me in a channel, with a picture or in the thread below one",
    "• write to me directly",
    "• in the menu of a message: *Ask about this image*",
    "• `/ask` opens a form for pictures and a question",
    "In a thread of a channel I read only what mentions me: mention me again, or press *Ask on*. `/lookup` shows what I know of a name. 👍 and 👎 tell me whether an answer was right.",
    "Answers can be wrong: read the sentence they cite.",
  ].join("\n"),
  recentTitle: "Your latest questions",
  noneRecent: "You have asked nothing yet.",
  privacyTitle: "Your privacy",
  privacyPolicy:
    "Questions, pictures and answers are kept under a pseudonym, so that answers can be explained and corrected. Nothing is used for training unless this workspace and you both agree to it. I read only messages that mention me or are sent to me.",
  showKept: "Show what is kept",
  eraseQuestion:
    "Your questions, pictures and verdicts are erased for good. Messages in Slack stay: delete those yourself.",
  settingsTitle: "How I answer in this workspace",
  settingsShort: "Settings",
  changeSettings: "Change",
  settingsSaved: "Saved. It is in effect from now on.",
  channelsHint: "None: in all channels I was invited to.",
  limitHint: "0: no limit.",
  privateOption: "Only who asked sees an answer in a channel",
  trainingOption: "Questions may be used for training, of those who agree",
};

/** The texts of one language. */
export type Texts = typeof english;
