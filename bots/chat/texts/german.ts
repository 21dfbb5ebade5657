import type { CommonTexts } from "./english.ts";

export const german: CommonTexts = {
  looking: "Ich sehe mir das Bild an…",
  thinking: "Ich schlage nach…",
  queued: (ahead) =>
    ahead === 0
      ? "Du bist als Nächstes dran…"
      : `Vor dir ${ahead === 1 ? "ist eine Frage" : `sind ${ahead} Fragen`}…`,
  found: (names) => `Das sieht nach ${names} aus. Ich lese weiter…`,
  writing: "Ich schreibe…",

  relevance: (percent) =>
    `${percent >= 80 ? "Recht sicher" : percent >= 50 ? "Einigermaßen sicher" : "Unsicher"} (${percent} %)`,
  others: (names) => `Es könnte auch sein: ${names}`,
  helpful: "Hilfreich",
  unhelpful: "Nicht hilfreich",
  why: "Warum?",
  more: "Alles lesen",
  askOn: "Weiterfragen",
  morePictures: (most) => `Nur die ersten ${most} Bilder wurden angesehen.`,

  whyTitle: "Worauf diese Antwort beruht",
  overlayAlt: "Das Bild; hervorgehoben ist, was für die Frage zählte",
  used: "Verwendet",
  cited: "Zitiert",
  rejected: "Verworfen",
  scores: (relevance, image) => `Relevanz ${relevance} %${image === null ? "" : `, Ähnlichkeit ${image} %`}`,
  noEvidence: "Nichts war gut genug für eine Antwort.",

  thanks: "Danke, das ist notiert.",
  thanksForCorrection: "Danke. Die Korrektur ist notiert und wird angesehen.",
  correctionTitle: "Was war falsch?",
  reason: "Woran lag es?",
  reasons: {
    "wrong-entity": "Es wurde für etwas anderes gehalten",
    "wrong-fact": "Die Angabe ist falsch",
    "bad-source": "Die Quelle ist schlecht",
    "not-understood": "Die Frage wurde nicht verstanden",
  },
  rightEntity: "Was ist es wirklich?",
  noneOfThese: "Nichts davon",
  rightAnswer: "Was wäre richtig gewesen?",
  betterPicture: "Ein besseres Bild, falls du eins hast",
  betterPictureHint: "Damit wird noch einmal gefragt.",

  question: "Deine Frage",
  questionHint: "Was möchtest du darüber wissen?",
  askTitle: "Nach diesem Bild fragen",

  elsewhere: (channels) => `Ich antworte hier nur in ${channels}.`,
  lost: "Ich wurde neu gestartet, während deine Frage bearbeitet wurde, und sie ging verloren. Das tut mir leid; bitte stelle sie noch einmal.",
  failed: "Bei uns ist etwas schiefgegangen. Bitte versuche es gleich noch einmal.",
  reference: (id) => `Kennung: ${id}`,
  notAnImage: (name) => `${name} ist kein Bild. Hänge ein JPEG, PNG, WebP, GIF, AVIF oder TIFF an.`,
  tooLarge: (megabytes) => `Dieses Bild ist größer als ${megabytes} MB. Hänge ein kleineres an.`,
  emptyQuestion: "Bitte schreibe eine Frage.",
  tooLong: (most) => `Diese Frage ist zu lang. Bitte bleibe unter ${most} Zeichen.`,
  gone: "Diese Antwort ist nicht mehr aufbewahrt.",

  unknownEntity: (name) => `Ich kenne nichts namens ${name}.`,
  settingsChanged: "Geändert, ab sofort:",
  settings: {
    channels: "Kanäle",
    roles: "Wer fragen darf",
    answers: "Antworten",
    limit: "Fragen je Mitglied und Stunde",
    language: "Sprache",
    training: "Training",
  },
  everywhere: "alle",
  everybody: "alle",
  privately: "nur für den, der fragt",
  publicly: "für alle",
  inThread: "in einem Thread",
  asReply: "als Antwort",
  unlimited: "ohne Grenze",
  ownLanguage: "jedem die eigene",
  trainingOn: "erlaubt, von denen, die zustimmen",
  trainingOff: "nicht erlaubt",
};
