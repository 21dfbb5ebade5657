import type { CommonTexts } from "./english.ts";

export const german: CommonTexts = {
  looking: "Ich sehe mir das Bild an…",
  thinking: "Ich schlage nach…",
  queued: (ahead) =>
    ahead === 0
      ? "Du bist als Nächstes dran…"
      : `Vor dir ${ahead === 1 ? "ist noch eine Frage" : `sind noch ${ahead} Fragen`}…`,
  either: " oder ",
  found: (names) => `Das sieht nach ${names} aus. Ich lese weiter…`,
  writing: "Ich schreibe…",

  relevance: (percent) =>
    `${percent >= 80 ? "Ziemlich sicher" : percent >= 50 ? "Einigermaßen sicher" : "Unsicher"} (${percent} %)`,
  others: (names) => `Könnte auch sein: ${names}`,
  helpful: "Hilfreich",
  unhelpful: "Nicht hilfreich",
  why: "Warum?",
  more: "Alles lesen",
  askOn: "Weiterfragen",
  morePictures: (most) => `Ich habe mir nur die ersten ${most} Bilder angesehen.`,

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
  askTitle: "Frage zu diesem Bild",

  elsewhere: (channels) => `Ich antworte hier nur in ${channels}.`,
  lost: "Ich wurde neu gestartet, während deine Frage bearbeitet wurde, und sie ging verloren. Das tut mir leid; bitte stelle sie noch einmal.",
  failed: "Bei uns ist etwas schiefgegangen. Bitte versuche es gleich noch einmal.",
  reference: (id) => `Kennung: ${id}`,
  notAnImage: (name) => `${name} ist kein Bild. Hänge ein JPEG, PNG, WebP, GIF, AVIF oder TIFF an.`,
  tooLarge: (megabytes) => `Dieses Bild ist größer als ${megabytes} MB. Hänge ein kleineres an.`,
  emptyQuestion: "Bitte schreibe eine Frage.",
  tooLong: (most) => `Diese Frage ist zu lang. Bitte bleibe unter ${most} Zeichen.`,
  gone: "Diese Antwort ist nicht mehr gespeichert.",

  privacy: {
    title: "Was ich über dich gespeichert habe",
    nothing: "Über dich ist nichts gespeichert.",
    kept: (questions, pictures, verdicts, since) =>
      `Ich habe ${questions === 1 ? "eine Frage mit Antwort" : `${questions} Fragen mit Antworten`}, ${pictures === 1 ? "ein Bild" : `${pictures} Bilder`} und ${verdicts === 1 ? "eine Bewertung" : `${verdicts} Bewertungen`} von dir gespeichert${since === null ? "" : `, seit ${since}`}.`,
    pseudonym: "Alles steht unter einem Pseudonym; weder dein Name noch deine ID sind dabei.",
    trainingUsed:
      "Es darf zum Training späterer Modelle dienen: Du hast zugestimmt, die Administratoren auch.",
    trainingNotHere:
      "Du hast dem Training zugestimmt, die Administratoren aber nicht: Es wird nicht dafür verwendet.",
    trainingOff: "Es wird nicht fürs Training verwendet: Du hast dem nicht zugestimmt.",
    allow: "Training erlauben",
    forbid: "Training nicht erlauben",
    export: "Exportieren",
    erase: "Löschen…",
    confirm: (questions) =>
      `Damit ${questions === 1 ? "wird eine Frage" : `werden ${questions} Fragen`} mit Antworten, Bildern und Bewertungen gelöscht, ebenso deine Zustimmung. Das lässt sich nicht rückgängig machen. Bereits gesendete Antworten bleiben hier stehen, bis sie jemand löscht.`,
    eraseNow: "Alles löschen",
    keepIt: "Abbrechen",
    erased: (questions) =>
      `Gelöscht: ${questions === 1 ? "eine Frage" : `${questions} Fragen`} mit allem, was dazugehörte. Über dich ist nichts mehr gespeichert.`,
    exported: "Das ist alles, was ich über dich gespeichert habe.",
    leftOut: (pictures) =>
      `${pictures === 1 ? "Ein Bild ist" : `${pictures} Bilder sind`} zu groß, um hier gesendet zu werden. Wende dich an die Person, die mich betreibt.`,
  },

  core: {
    busy: (seconds) =>
      `Gerade fragen viele. Bitte versuche es ${seconds === null ? "gleich" : seconds === 1 ? "in einer Sekunde" : `in ${seconds} Sekunden`} noch einmal.`,
    unreadable:
      "Dieses Bild kann ich nicht lesen, oder es ist beschädigt. Sende ein JPEG, PNG, WebP, GIF, AVIF oder TIFF, zum Beispiel einen Screenshot davon.",
    tooLarge: "Dieses Bild ist zu groß. Sende ein kleineres oder einen Screenshot davon.",
    tooLong: "Die Frage ist zu lang. Bitte frage kürzer.",
    unavailable: "Ich kann gerade nicht antworten. Bitte versuche es später noch einmal.",
    notices: {
      animated: "Das Bild ist animiert oder hat mehrere Seiten; nur das erste Bild wurde angesehen.",
      downscaled: "Das Bild wurde verkleinert angesehen.",
      truncated: "Das Bild ist nicht vollständig.",
      unrefined: "Das Bild wurde nur als Ganzes verglichen.",
    },
    notWritten: (names) =>
      `Das weiß ich nicht. Am nächsten kommt ${names.join(" oder ")}, aber was dort steht, beantwortet die Frage nicht. Frage anders oder nach etwas anderem.`,
    notSure: (names) =>
      `Das weiß ich nicht. Am nächsten kommt ${names.join(" oder ")}, aber darauf möchte ich mich nicht verlassen. Ein schärferes oder näheres Bild kann helfen.`,
    notNamed: (names) =>
      `Das weiß ich nicht. Am nächsten kommt ${names.join(" oder ")}. Sende ein Bild dazu oder nenne, wonach du fragst.`,
    nothingKnown:
      "Das weiß ich nicht: Nichts, was ich kenne, passt dazu. Ein schärferes Bild oder ein Name kann helfen.",
  },

  unknownEntity: (name) => `Ich kenne nichts mit dem Namen ${name}.`,
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
  privately: "nur für die fragende Person",
  publicly: "für alle",
  inThread: "in einem Thread",
  asReply: "als Antwort",
  unlimited: "ohne Grenze",
  ownLanguage: "für jeden die eigene",
  trainingOn: "erlaubt, von denen, die zustimmen",
  trainingOff: "nicht erlaubt",
};
