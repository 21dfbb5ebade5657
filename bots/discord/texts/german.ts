import { german as common } from "../../chat/texts/german.ts";
import type { Texts } from "./english.ts";

export const german: Texts = {
  ...common,
  noEmbeds: "Ich darf hier nichts einbetten, daher die schlichte Fassung.",
  noImageThere: "In dieser Nachricht sehe ich kein Bild. Wähle eine mit einem Bild.",
  hiddenImage:
    "Das Bild in der Nachricht, auf die du antwortest, kann ich nicht sehen. Wähle dort mit Rechtsklick Apps → Nach diesem Bild fragen, oder hänge das Bild selbst an.",
  unreadableThread:
    "In einem Thread kann ich nur lesen, was mich erwähnt oder mir antwortet. Erwähne mich, antworte, oder drücke Weiterfragen unter einer Antwort.",
  lostForm: "Ich wurde inzwischen neu gestartet. Bitte wähle Nach diesem Bild fragen noch einmal.",
  notYou: "Auf diesem Server dürfen mich nur bestimmte Rollen fragen.",
  limited: (minutes) =>
    `Mehr Fragen erlaubt dieser Server in einer Stunde nicht. Frage in ${minutes} ${minutes === 1 ? "Minute" : "Minuten"} wieder.`,
  noPermission: (channel) =>
    `In ${channel} darf ich nicht schreiben. Frage mich hier oder wende dich an die Verwaltung.`,
  expired: "Dieses Bild ist bei Discord nicht mehr abrufbar. Sende es noch einmal.",
  unreachable: "Discord hat dieses Bild nicht herausgegeben. Bitte versuche es gleich noch einmal.",
  foreignAddress: "Ich hole Bilder nur von Discord. Hänge das Bild an deine Nachricht an.",
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
  settingsForbidden: "Das können nur Mitglieder ändern, die den Server verwalten dürfen.",
};
