import type { Texts } from "./english.ts";

export const french: Texts = {
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
  noEmbeds: "Je ne peux pas intégrer de contenu ici, voici donc la version simple.",
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
  noImageThere: "Je ne vois pas d'image dans ce message. Choisis-en un avec une image.",
  hiddenImage:
    "Je ne vois pas l'image du message auquel tu réponds. Fais un clic droit dessus : Applications → Demander sur cette image, ou joins l'image toi-même.",
  unreadableThread:
    "Dans un fil, je ne lis que ce qui me mentionne ou me répond. Mentionne-moi, réponds, ou choisis Autre question sous une réponse.",
  lostForm: "J'ai redémarré entre-temps. Choisis encore une fois Demander sur cette image.",

  elsewhere: (channels) => `Ici, je ne réponds que dans ${channels}.`,
  notYou: "Sur ce serveur, seuls certains rôles peuvent me poser des questions.",
  limited: (minutes) =>
    `Tu as posé autant de questions que ce serveur le permet par heure. Reviens dans ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
  noPermission: (channel) =>
    `Je ne peux pas écrire dans ${channel}. Demande-moi ici, ou à un administrateur là-bas.`,
  lost: "J'ai redémarré pendant le traitement de ta question, et elle est perdue. Désolé ; pose-la encore une fois.",
  failed: "Quelque chose s'est mal passé de notre côté. Réessaie dans un instant.",
  reference: (id) => `Référence : ${id}`,
  expired: "Cette image n'est plus disponible chez Discord. Envoie-la encore une fois.",
  unreachable: "Discord n'a pas donné cette image. Réessaie dans un instant.",
  foreignAddress: "Je ne prends des images que chez Discord. Joins l'image à ton message.",
  notAnImage: (name) => `${name} n'est pas une image. Joins un fichier JPEG, PNG, WebP, GIF, AVIF ou TIFF.`,
  tooLarge: (megabytes) => `Cette image dépasse ${megabytes} Mo. Joins-en une plus petite.`,
  emptyQuestion: "Écris une question.",
  tooLong: (most) => `Cette question est trop longue. Reste en dessous de ${most} caractères.`,
  gone: "Cette réponse n'est plus gardée.",

  unknownEntity: (name) => `Je ne connais rien qui s'appelle ${name}.`,
  help: [
    "Envoie une image et pose une question :",
    "• `/demander` avec jusqu'à trois images et une question, ou une question seule",
    "• mentionne-moi avec une image, ou en réponse à un message qui en a une",
    "• clic droit sur un message : Applications → Demander sur cette image",
    "• écris-moi directement",
    "Réponds ensuite à la réponse pour continuer. `/chercher` montre ce que je sais d'un nom. 👍 et 👎 me disent si une réponse était juste.",
  ].join("\n"),
  about: (model, entities) =>
    `Je réponds à des questions sur des images en cherchant ce qui est écrit sur ce qu'elles montrent.\nModèle : ${model}. Je connais ${entities} choses.\nQuestions, images et réponses sont gardées sous un pseudonyme, pour pouvoir expliquer et corriger les réponses ; rien ne sert à l'entraînement sans l'accord de ce serveur et le tien ; je ne lis que les messages qui me mentionnent, me répondent ou me sont envoyés. Une réponse peut être fausse : lis la phrase qu'elle cite.`,

  settingsTitle: "Comment je réponds sur ce serveur",
  settingsChanged: "Changé, dès maintenant :",
  settingsForbidden: "Seuls les membres qui peuvent gérer le serveur peuvent changer cela.",
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
