import type { CommonTexts } from "./english.ts";

export const french: CommonTexts = {
  looking: "Je regarde l'image…",
  thinking: "Je cherche…",
  queued: (ahead) =>
    ahead === 0
      ? "C'est bientôt ton tour…"
      : `${ahead} ${ahead === 1 ? "question passe" : "questions passent"} avant la tienne…`,
  found: (names) => `On dirait ${names}. Je continue à lire…`,
  writing: "J'écris…",

  relevance: (percent) =>
    `${percent >= 80 ? "Plutôt sûr" : percent >= 50 ? "Assez sûr" : "Pas sûr"} (${percent} %)`,
  others: (names) => `Ce pourrait aussi être : ${names}`,
  helpful: "Utile",
  unhelpful: "Pas utile",
  why: "Pourquoi ?",
  more: "Tout lire",
  askOn: "Autre question",
  morePictures: (most) => `Seules les ${most} premières images ont été regardées.`,

  whyTitle: "Sur quoi repose cette réponse",
  overlayAlt: "L'image, avec en évidence ce qui comptait pour la question",
  used: "Utilisé",
  cited: "Cité",
  rejected: "Écarté",
  scores: (relevance, image) =>
    `pertinence ${relevance} %${image === null ? "" : `, ressemblance ${image} %`}`,
  noEvidence: "Rien n'était assez bon pour fonder une réponse.",

  thanks: "Merci, c'est noté.",
  thanksForCorrection: "Merci. La correction est gardée et sera examinée.",
  correctionTitle: "Qu'est-ce qui n'allait pas ?",
  reason: "Qu'est-ce que c'était ?",
  reasons: {
    "wrong-entity": "Il l'a pris pour autre chose",
    "wrong-fact": "Le fait est faux",
    "bad-source": "La source est mauvaise",
    "not-understood": "Il n'a pas compris la question",
  },
  rightEntity: "Qu'est-ce que c'est vraiment ?",
  noneOfThese: "Rien de tout cela",
  rightAnswer: "Quelle aurait été la bonne réponse ?",
  betterPicture: "Une meilleure image, si tu en as une",
  betterPictureHint: "La question est reposée avec elle.",

  question: "Ta question",
  questionHint: "Que veux-tu savoir à ce sujet ?",
  askTitle: "Demander sur cette image",

  elsewhere: (channels) => `Ici, je ne réponds que dans ${channels}.`,
  lost: "J'ai redémarré pendant le traitement de ta question, et elle est perdue. Désolé ; pose-la encore une fois.",
  failed: "Quelque chose s'est mal passé de notre côté. Réessaie dans un instant.",
  reference: (id) => `Référence : ${id}`,
  notAnImage: (name) => `${name} n'est pas une image. Joins un fichier JPEG, PNG, WebP, GIF, AVIF ou TIFF.`,
  tooLarge: (megabytes) => `Cette image dépasse ${megabytes} Mo. Joins-en une plus petite.`,
  emptyQuestion: "Écris une question.",
  tooLong: (most) => `Cette question est trop longue. Reste en dessous de ${most} caractères.`,
  gone: "Cette réponse n'est plus gardée.",

  unknownEntity: (name) => `Je ne connais rien qui s'appelle ${name}.`,
  settingsChanged: "Changé, dès maintenant :",
  settings: {
    channels: "Salons",
    roles: "Qui peut demander",
    answers: "Réponses",
    limit: "Questions par membre et par heure",
    language: "Langue",
    training: "Entraînement",
  },
  everywhere: "tous",
  everybody: "tout le monde",
  privately: "pour qui demande seulement",
  publicly: "pour tout le monde",
  inThread: "dans un fil",
  asReply: "en réponse",
  unlimited: "sans limite",
  ownLanguage: "celle de chacun",
  trainingOn: "autorisé, de ceux qui sont d'accord",
  trainingOff: "non autorisé",
};
