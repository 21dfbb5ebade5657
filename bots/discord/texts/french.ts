import { french as common } from "../../chat/texts/french.ts";
import type { Texts } from "./english.ts";

export const french: Texts = {
  ...common,
  noEmbeds: "Je ne peux pas intégrer de contenu ici, voici donc la version simple.",
  noImageThere: "Je ne vois pas d'image dans ce message. Choisis-en un avec une image.",
  hiddenImage:
    "Je ne vois pas l'image du message auquel tu réponds. Fais un clic droit dessus : Applications → Demander sur cette image, ou joins l'image toi-même.",
  unreadableThread:
    "Dans un fil, je ne lis que ce qui me mentionne ou me répond. Mentionne-moi, réponds, ou choisis Autre question sous une réponse.",
  lostForm: "J'ai redémarré entre-temps. Choisis encore une fois Demander sur cette image.",
  notYou: "Sur ce serveur, seuls certains rôles peuvent me poser des questions.",
  limited: (minutes) =>
    `Tu as posé autant de questions que ce serveur le permet par heure. Reviens dans ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
  noPermission: (channel) =>
    `Je ne peux pas écrire dans ${channel}. Demande-moi ici, ou à un administrateur là-bas.`,
  expired: "Cette image n'est plus disponible chez Discord. Envoie-la encore une fois.",
  unreachable: "Discord n'a pas donné cette image. Réessaie dans un instant.",
  foreignAddress: "Je ne prends des images que chez Discord. Joins l'image à ton message.",
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
  settingsForbidden: "Seuls les membres qui peuvent gérer le serveur peuvent changer cela.",
};
