import { french as common } from "../../chat/texts/french.ts";
import type { Texts } from "./english.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count < 2 ? one : many}`;

export const french: Texts = {
  ...common,
  // Titles of forms have room for 24 characters.
  correctionTitle: "Qu'est-ce qui est faux ?",
  sources: (links) => `Sources : ${links}`,
  wrong: "Qu'est-ce qui est faux ?",
  asked: (question) => `Demandé avec /ask : ${question}`,
  noImageThere: "Il n'y a pas d'image dans ce message. Choisis-en un avec une image.",
  unseenThread:
    "Je ne vois pas l'image dont parle ce fil. Choisis *Ask about this image* dans le menu de son message, ou joins l'image au tien.",
  missingFileScope:
    "Je n'ai pas le droit de lire les fichiers dans cet espace de travail. Un administrateur doit m'installer à nouveau et accorder files:read.",
  unseenFile:
    "Je ne vois pas cette image : elle a été supprimée, ou je ne suis pas invité là où elle se trouve. Invite-moi là-bas, ou téléverse-la avec `/ask`.",
  expired: "Slack ne garde plus cette image. Envoie-la encore une fois.",
  unreachable: "Slack n'a pas donné cette image. Réessaie dans un instant.",
  foreignAddress: "Je ne prends des images que chez Slack. Téléverse l'image ici.",
  limited: (minutes) =>
    `Tu as posé autant de questions que cet espace de travail le permet par heure. Reviens dans ${plural(minutes, "minute", "minutes")}.`,
  adminsOnly: "Seuls les administrateurs de l'espace de travail peuvent changer cela.",
  emptyName: "Écris un nom : `/lookup Chad`.",
  pictures: "Images",
  picturesHint: "JPEG, PNG, WebP, GIF, AVIF ou TIFF ; les trois premières sont regardées.",
  ask: "Demander",
  send: "Envoyer",
  save: "Enregistrer",
  cancel: "Annuler",
  close: "Fermer",
  promptsTitle: "Envoie une image et pose une question, ou essaie l'une de celles-ci",
  homeTitle: "Demander sur des images",
  help: [
    "Envoie une image et pose une question :",
    "• mentionne-moi dans un canal, avec une image ou dans le fil sous une image",
    "• écris-moi directement",
    "• dans le menu d'un message : *Ask about this image*",
    "• `/ask` ouvre un formulaire pour des images et la question",
    "Dans le fil d'un canal, je ne lis que ce qui me mentionne : mentionne-moi encore, ou choisis *Autre question*. `/lookup` montre ce que je sais d'un nom. 👍 et 👎 me disent si une réponse était juste.",
    "Une réponse peut être fausse : lis la phrase qu'elle cite.",
  ].join("\n"),
  recentTitle: "Tes dernières questions",
  noneRecent: "Tu n'as encore rien demandé.",
  privacyTitle: "Tes données",
  privacyPolicy:
    "Questions, images et réponses sont gardées sous un pseudonyme, pour pouvoir expliquer et corriger les réponses. Rien ne sert à l'entraînement sans l'accord de cet espace de travail et le tien. Je ne lis que les messages qui me mentionnent ou me sont envoyés.",
  showKept: "Voir ce qui est gardé",
  eraseQuestion:
    "Tes questions, images et avis sont effacés pour de bon. Les messages dans Slack restent : efface-les toi-même.",
  settingsTitle: "Comment je réponds dans cet espace de travail",
  settingsShort: "Réglages",
  changeSettings: "Modifier",
  settingsSaved: "Enregistré. C'est valable dès maintenant.",
  channelsHint: "Aucun : dans tous les canaux où je suis invité.",
  limitHint: "0 : sans limite.",
  privateOption: "Dans un canal, seul qui a demandé voit la réponse",
  trainingOption: "Des questions peuvent servir à l'entraînement",
};
