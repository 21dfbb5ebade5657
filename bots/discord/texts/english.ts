/** Every fixed text, in English; the other languages have the same ones. */

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const english = {
  // Progress.
  looking: "Looking at the picture…",
  thinking: "Looking that up…",
  queued: (ahead: number) =>
    ahead === 0 ? "You are next…" : `${ahead} ${plural(ahead, "question is", "questions are")} before yours…`,
  found: (names: string) => `This looks like ${names}. Reading on…`,
  writing: "Writing…",

  // The answer.
  relevance: (percent: number) =>
    `${percent >= 80 ? "Quite sure" : percent >= 50 ? "Fairly sure" : "Not sure"} (${percent} %)`,
  others: (names: string) => `It could also be: ${names}`,
  helpful: "Helpful",
  unhelpful: "Not helpful",
  why: "Show why",
  more: "Read all",
  askOn: "Ask on",
  noEmbeds: "I may not embed links here, so this is the plain version.",
  morePictures: (most: number) => `Only the first ${most} pictures were looked at.`,

  // Why.
  whyTitle: "What this answer rests on",
  overlayAlt: "The picture with the parts that mattered for the question highlighted",
  used: "Used",
  cited: "Cited",
  rejected: "Rejected",
  scores: (relevance: number, image: number | null) =>
    `relevance ${relevance} %${image === null ? "" : `, likeness ${image} %`}`,
  noEvidence: "Nothing was good enough to rest an answer on.",

  // Feedback.
  thanks: "Thank you, that is noted.",
  thanksForCorrection: "Thank you. The correction is kept and will be looked at.",
  correctionTitle: "What was wrong?",
  reason: "What was it?",
  reasons: {
    "wrong-entity": "It took it for something else",
    "wrong-fact": "The fact is wrong",
    "bad-source": "The source is bad",
    "not-understood": "It did not understand the question",
  },
  rightEntity: "What is it really?",
  noneOfThese: "None of these",
  rightAnswer: "What would have been right?",
  betterPicture: "A better picture, if you have one",
  betterPictureHint: "It is asked about again.",

  // Asking.
  question: "Your question",
  questionHint: "What would you like to know about it?",
  askTitle: "Ask about this image",
  noImageThere: "There is no picture in that message that I can see. Choose one with a picture.",
  hiddenImage:
    "I cannot see the picture in the message you replied to. Right-click it and choose Apps → Ask about this image, or attach the picture yourself.",
  unreadableThread:
    "In a thread I can read only what mentions me or replies to me. Mention me, reply, or press Ask on below an answer.",
  lostForm: "I was restarted in the meantime. Please choose Ask about this image once more.",

  // Refusals.
  elsewhere: (channels: string) => `I answer only in ${channels} here.`,
  notYou: "On this server only certain roles may ask me.",
  limited: (minutes: number) =>
    `You have asked as much as this server allows in an hour. Ask again in ${minutes} ${plural(minutes, "minute", "minutes")}.`,
  noPermission: (channel: string) =>
    `I may not write in ${channel}. Ask me here, or ask an administrator there.`,
  lost: "I was restarted while your question was being worked on, and it was lost. I am sorry; please ask it again.",
  failed: "Something went wrong on our side. Please try again in a moment.",
  reference: (id: string) => `Reference: ${id}`,
  expired: "This picture can no longer be fetched from Discord. Post it again.",
  unreachable: "Discord did not hand over this picture. Please try again in a moment.",
  foreignAddress: "I fetch pictures from Discord alone. Attach the picture to your message.",
  notAnImage: (name: string) => `${name} is not a picture. Attach a JPEG, PNG, WebP, GIF, AVIF or TIFF.`,
  tooLarge: (megabytes: number) => `This picture is larger than ${megabytes} MB. Attach a smaller one.`,
  emptyQuestion: "Please write a question.",
  tooLong: (most: number) => `That question is too long. Please keep it under ${most} characters.`,
  gone: "That answer is no longer kept.",

  // Looking up, help, about.
  unknownEntity: (name: string) => `I know nothing called ${name}.`,
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

  // Settings.
  settingsTitle: "How I answer on this server",
  settingsChanged: "Changed, from now on:",
  settingsForbidden: "Only members who may manage the server can change this.",
  settings: {
    channels: "Channels",
    roles: "Who may ask",
    answers: "Answers",
    limit: "Questions a member and hour",
    language: "Language",
    training: "Training",
  },
  everywhere: "all",
  everybody: "everybody",
  privately: "only for who asked",
  publicly: "for everybody",
  inThread: "in a thread",
  asReply: "as a reply",
  unlimited: "no limit",
  ownLanguage: "everybody's own",
  trainingOn: "allowed, of those who agree",
  trainingOff: "not allowed",
};

/** The texts of one language. */
export type Texts = typeof english;
