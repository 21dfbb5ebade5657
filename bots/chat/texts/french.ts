import type { CommonTexts } from "./english.ts";

export const french: CommonTexts = {
  looking: "Je regarde l'image…",
  thinking: "Je cherche…",
  queued: (ahead) =>
    ahead === 0
      ? "C'est bientôt ton tour…"
      : `${ahead} ${ahead === 1 ? "question passe" : "questions passent"} avant la tienne…`,
  either: " ou ",
  found: (names) => `On dirait ${names}. Je continue à lire…`,
  writing: "J'écris la réponse…",

  relevance: (percent) =>
    `${percent >= 80 ? "Presque sûr" : percent >= 50 ? "Assez sûr" : "Peu sûr"} (${percent} %)`,
  others: (names) => `Ce pourrait aussi être : ${names}`,
  helpful: "Utile",
  unhelpful: "Pas utile",
  why: "Pourquoi ?",
  more: "Tout lire",
  askOn: "Autre question",
  morePictures: (most) => `Je n'ai regardé que les ${most} premières images.`,

  whyTitle: "Sur quoi repose cette réponse",
  overlayAlt: "L'image, avec en évidence ce qui comptait pour la question",
  used: "Utilisé",
  cited: "Cité",
  rejected: "Écarté",
  scores: (relevance, image) =>
    `pertinence ${relevance} %${image === null ? "" : `, ressemblance ${image} %`}`,
  noEvidence: "Rien n'était assez bon pour fonder une réponse.",

  thanks: "Merci, c'est noté.",
  thanksForCorrection: "Merci. La correction est enregistrée et sera examinée.",
  correctionTitle: "Qu'est-ce qui n'allait pas ?",
  reason: "Quel était le problème ?",
  reasons: {
    "wrong-entity": "C'était autre chose",
    "wrong-fact": "L'information est fausse",
    "bad-source": "La source est mauvaise",
    "not-understood": "La question n'a pas été comprise",
  },
  rightEntity: "Qu'est-ce que c'est vraiment ?",
  noneOfThese: "Rien de tout cela",
  rightAnswer: "Quelle aurait été la bonne réponse ?",
  betterPicture: "Une meilleure image, si tu en as une",
  betterPictureHint: "La question est reposée avec cette image.",

  question: "Ta question",
  questionHint: "Que veux-tu savoir à ce sujet ?",
  askTitle: "Question sur cette image",

  elsewhere: (channels) => `Ici, je ne réponds que dans ${channels}.`,
  lost: "J'ai redémarré pendant le traitement de ta question, et elle est perdue. Désolé ; pose-la encore une fois.",
  failed: "Quelque chose s'est mal passé de notre côté. Réessaie dans un instant.",
  reference: (id) => `Référence : ${id}`,
  notAnImage: (name) => `${name} n'est pas une image. Joins un fichier JPEG, PNG, WebP, GIF, AVIF ou TIFF.`,
  tooLarge: (megabytes) => `Cette image dépasse ${megabytes} Mo. Joins-en une plus petite.`,
  emptyQuestion: "Écris une question.",
  tooLong: (most) => `Cette question est trop longue. Reste en dessous de ${most} caractères.`,
  gone: "Cette réponse n'est plus conservée.",

  privacy: {
    title: "Ce que je conserve sur toi",
    nothing: "Je ne conserve rien sur toi.",
    kept: (questions, pictures, verdicts, since) =>
      `Je conserve de toi ${questions} ${questions > 1 ? "questions avec leurs réponses" : "question avec sa réponse"}, ${pictures} ${pictures > 1 ? "images" : "image"} et ${verdicts} avis${since === null ? "" : `, depuis le ${since}`}.`,
    pseudonym: "Tout est rangé sous un pseudonyme ; ni ton nom ni ton identifiant n'y figurent.",
    trainingUsed:
      "Cela peut servir à entraîner de futurs modèles : tu as donné ton accord, les administrateurs aussi.",
    trainingNotHere:
      "Tu as accepté l'entraînement, mais pas les administrateurs : cela ne sert pas à l'entraînement.",
    trainingOff: "Cela ne sert pas à l'entraînement : tu n'as pas donné ton accord.",
    allow: "Autoriser l'entraînement",
    forbid: "Ne pas autoriser l'entraînement",
    export: "Exporter",
    erase: "Supprimer…",
    confirm: (questions) =>
      `Cela supprime ${questions} ${questions > 1 ? "questions" : "question"} avec réponses, images et avis, ainsi que ton accord. C'est irréversible. Les réponses déjà envoyées restent ici tant que personne ne les supprime.`,
    eraseNow: "Tout supprimer",
    keepIt: "Annuler",
    erased: (questions) =>
      `Supprimé : ${questions} ${questions > 1 ? "questions" : "question"}, avec tout ce qui s'y rattachait. Je ne conserve plus rien sur toi.`,
    exported: "Voici tout ce que je conserve sur toi.",
    leftOut: (pictures) =>
      `${pictures > 1 ? `${pictures} images sont trop lourdes` : "Une image est trop lourde"} pour être ${pictures > 1 ? "envoyées" : "envoyée"} ici. Demande à qui me fait tourner.`,
  },

  core: {
    busy: (seconds) =>
      `Beaucoup de monde pose des questions en ce moment. Réessaie ${seconds === null ? "dans un instant" : seconds > 1 ? `dans ${seconds} secondes` : "dans une seconde"}.`,
    unreadable:
      "Je ne peux pas lire cette image, ou elle est endommagée. Envoie un fichier JPEG, PNG, WebP, GIF, AVIF ou TIFF, par exemple une capture d'écran.",
    tooLarge: "Cette image est trop grande. Envoie-en une plus petite ou une capture d'écran.",
    tooLong: "La question est trop longue. Pose-la plus brièvement.",
    unavailable: "Je ne peux pas répondre pour le moment. Réessaie plus tard.",
    notices: {
      animated: "L'image est animée ou a plusieurs pages ; seule la première a été regardée.",
      downscaled: "L'image a été réduite avant d'être regardée.",
      truncated: "L'image n'est pas complète.",
      unrefined: "L'image n'a été comparée que dans son ensemble.",
    },
    notWritten: (names) =>
      `Je ne sais pas. Ce qui s'en approche le plus est ${names.join(" ou ")}, mais ce qui est écrit à ce sujet ne répond pas à la question. Pose-la autrement, ou sur autre chose.`,
    notSure: (names) =>
      `Je ne sais pas. Ce qui s'en approche le plus est ${names.join(" ou ")}, mais je n'en suis pas assez sûr. Une image plus nette ou plus proche peut aider.`,
    notNamed: (names) =>
      `Je ne sais pas. Ce qui s'en approche le plus est ${names.join(" ou ")}. Ajoute une image, ou nomme ce dont tu parles.`,
    nothingKnown:
      "Je ne sais pas : rien de ce que je connais ne correspond. Une image plus nette ou un nom peut aider.",
  },

  unknownEntity: (name) => `Je ne connais rien qui s'appelle ${name}.`,
  settingsChanged: "Modifié, avec effet immédiat :",
  settings: {
    channels: "Salons",
    roles: "Qui peut poser des questions",
    answers: "Réponses",
    limit: "Questions par membre et par heure",
    language: "Langue",
    training: "Entraînement",
  },
  everywhere: "tous",
  everybody: "tout le monde",
  privately: "seulement pour la personne qui demande",
  publicly: "pour tout le monde",
  inThread: "dans un fil",
  asReply: "en réponse",
  unlimited: "sans limite",
  ownLanguage: "celle de chacun",
  trainingOn: "autorisé, pour les membres d'accord",
  trainingOff: "non autorisé",
};
