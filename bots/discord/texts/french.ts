import { french as common } from "../../chat/texts/french.ts";
import type { Texts } from "./english.ts";

export const french: Texts = {
  ...common,
  noEmbeds: "Je n'ai pas le droit d'intégrer des liens ici : voici la version simple.",
  noImageThere: "Je ne vois pas d'image dans ce message. Choisis-en un avec une image.",
  hiddenImage:
    "Je ne vois pas l'image du message auquel tu réponds. Fais un clic droit dessus (sur mobile : appui long) : Applications → Question sur cette image, ou joins l'image toi-même.",
  unreadableThread:
    "Dans un fil, je ne lis que ce qui me mentionne ou me répond. Mentionne-moi, réponds, ou choisis Autre question sous une réponse.",
  lostForm: "J'ai redémarré entre-temps. Choisis encore une fois Question sur cette image.",
  channelsGone:
    "Les salons où je peux répondre n'existent plus. Qui gère le serveur peut en choisir d'autres avec `/rora salon`.",
  notYou: "Sur ce serveur, seuls certains rôles peuvent me poser des questions.",
  limited: (minutes) =>
    `Tu as posé autant de questions que ce serveur le permet par heure. Reviens dans ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
  noPermission: (channel) =>
    `Je ne peux pas écrire dans ${channel}. Pose-moi ta question ici, ou vois avec un administrateur.`,
  expired: "Cette image n'est plus disponible sur Discord. Envoie-la encore une fois.",
  unreachable: "Discord n'a pas fourni cette image. Réessaie dans un instant.",
  foreignAddress: "Je ne récupère des images que sur Discord. Joins l'image à ton message.",
  help: [
    "Envoie une image et pose une question :",
    "• `/demander` avec jusqu'à trois images et une question, ou une question seule",
    "• mentionne-moi avec une image, ou en réponse à un message qui en a une",
    "• clic droit sur un message, appui long sur mobile : Applications → Question sur cette image",
    "• écris-moi directement",
    "Réponds ensuite à la réponse pour continuer. `/chercher` montre ce que je sais d'un nom, `/confidentialité` ce que je conserve sur toi. 👍 et 👎 me disent si une réponse était juste.",
  ].join("\n"),
  about: (model, entities) =>
    `Je réponds à des questions sur des images en cherchant ce qui est écrit sur ce qu'elles montrent.\nModèle : ${model}. Je connais ${entities} choses.\nQuestions, images et réponses sont conservées sous un pseudonyme, pour pouvoir expliquer et corriger les réponses ; rien ne sert à l'entraînement sans l'accord de ce serveur et le tien ; je ne lis que les messages qui me mentionnent, me répondent ou me sont envoyés. Une réponse peut être fausse : lis la phrase qu'elle cite.`,
  privacyHere:
    "Cela ne concerne que ce serveur. En message privé, `/confidentialité` couvre tous les serveurs.",
  privacyEverywhere: "Cela couvre les messages privés et tous les serveurs.",
  settingsTitle: "Comment je réponds sur ce serveur",
  settingsForbidden: "Seuls les membres qui peuvent gérer le serveur peuvent changer cela.",
};
