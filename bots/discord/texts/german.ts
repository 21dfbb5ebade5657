import type { Texts } from "./english.ts";

export const german: Texts = {
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
  noEmbeds: "Ich darf hier nichts einbetten, daher die schlichte Fassung.",
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
  noImageThere: "In dieser Nachricht sehe ich kein Bild. Wähle eine mit einem Bild.",
  hiddenImage:
    "Das Bild in der Nachricht, auf die du antwortest, kann ich nicht sehen. Wähle dort mit Rechtsklick Apps → Nach diesem Bild fragen, oder hänge das Bild selbst an.",
  unreadableThread:
    "In einem Thread kann ich nur lesen, was mich erwähnt oder mir antwortet. Erwähne mich, antworte, oder drücke Weiterfragen unter einer Antwort.",
  lostForm: "Ich wurde inzwischen neu gestartet. Bitte wähle Nach diesem Bild fragen noch einmal.",

  elsewhere: (channels) => `Ich antworte hier nur in ${channels}.`,
  notYou: "Auf diesem Server dürfen mich nur bestimmte Rollen fragen.",
  limited: (minutes) =>
    `Mehr Fragen erlaubt dieser Server in einer Stunde nicht. Frage in ${minutes} ${minutes === 1 ? "Minute" : "Minuten"} wieder.`,
  noPermission: (channel) =>
    `In ${channel} darf ich nicht schreiben. Frage mich hier oder wende dich an die Verwaltung.`,
  lost: "Ich wurde neu gestartet, während deine Frage bearbeitet wurde, und sie ging verloren. Das tut mir leid; bitte stelle sie noch einmal.",
  failed: "Bei uns ist etwas schiefgegangen. Bitte versuche es gleich noch einmal.",
  reference: (id) => `Kennung: ${id}`,
  expired: "Dieses Bild ist bei Discord nicht mehr abrufbar. Sende es noch einmal.",
  unreachable: "Discord hat dieses Bild nicht herausgegeben. Bitte versuche es gleich noch einmal.",
  foreignAddress: "Ich hole Bilder nur von Discord. Hänge das Bild an deine Nachricht an.",
  notAnImage: (name) => `${name} ist kein Bild. Hänge ein JPEG, PNG, WebP, GIF, AVIF oder TIFF an.`,
  tooLarge: (megabytes) => `Dieses Bild ist größer als ${megabytes} MB. Hänge ein kleineres an.`,
  emptyQuestion: "Bitte schreibe eine Frage.",
  tooLong: (most) => `Diese Frage ist zu lang. Bitte bleibe unter ${most} Zeichen.`,
  gone: "Diese Antwort ist nicht mehr aufbewahrt.",

  unknownEntity: (name) => `Ich kenne nichts namens ${name}.`,
  help: [
    "Sende ein Bild und frage danach:",
    "• `/fragen` mit bis zu drei Bildern und einer Frage, oder nur mit einer Frage",
    "• erwähne mich mit einem Bild, oder als Antwort auf eine Nachricht mit einem",
    "• Rechtsklick auf eine Nachricht: Apps → Nach diesem Bild fragen",
    "• schreibe mir direkt",
    "Antworte dann auf die Antwort, um weiterzufragen. `/nachschlagen` zeigt, was ich über einen Namen weiß. 👍 und 👎 sagen mir, ob eine Antwort stimmte.",
  ].join("\n"),
  about: (model, entities) =>
    `Ich beantworte Fragen zu Bildern, indem ich nachschlage, was über das Gezeigte geschrieben steht.\nModell: ${model}. Ich kenne ${entities} Dinge.\nFragen, Bilder und Antworten werden unter einem Pseudonym aufbewahrt, damit sich Antworten erklären und korrigieren lassen; fürs Training wird nichts verwendet, wenn nicht dieser Server und du zustimmen; ich lese nur Nachrichten, die mich erwähnen, mir antworten oder an mich gehen. Antworten können falsch sein: lies den Satz, auf den sie sich stützen.`,

  settingsTitle: "So antworte ich auf diesem Server",
  settingsChanged: "Geändert, ab sofort:",
  settingsForbidden: "Das können nur Mitglieder ändern, die den Server verwalten dürfen.",
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
