import { german as common } from "../../chat/texts/german.ts";
import type { Texts } from "./english.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const german: Texts = {
  ...common,
  sources: (links) => `Quellen: ${links}`,
  wrong: "Was war falsch?",
  asked: (question) => `Mit /ask gefragt: ${question}`,
  noImageThere: "In dieser Nachricht ist kein Bild. Wähle eine mit einem Bild.",
  unseenThread:
    "Das Bild, um das es in diesem Thread geht, kann ich nicht sehen. Wähle im Menü seiner Nachricht *Ask about this image*, oder hänge das Bild an deine an.",
  missingFileScope:
    "In diesem Workspace darf ich keine Dateien lesen. Jemand aus der Administration muss mich neu installieren und files:read gewähren.",
  unseenFile:
    "Dieses Bild kann ich nicht sehen: es wurde gelöscht, oder ich wurde dort nicht eingeladen, wo es steht. Lade mich dort ein, oder lade es mit `/ask` hoch.",
  expired: "Dieses Bild bewahrt Slack nicht mehr auf. Sende es noch einmal.",
  unreachable: "Slack hat dieses Bild nicht herausgegeben. Bitte versuche es gleich noch einmal.",
  foreignAddress: "Ich hole Bilder nur von Slack. Lade das Bild hier hoch.",
  limited: (minutes) =>
    `Mehr Fragen erlaubt dieser Workspace in einer Stunde nicht. Frage in ${plural(minutes, "Minute", "Minuten")} wieder.`,
  adminsOnly: "Das kann nur die Administration des Workspace ändern.",
  emptyName: "Bitte schreibe einen Namen: `/lookup Chad`.",
  pictures: "Bilder",
  picturesHint: "JPEG, PNG, WebP, GIF, AVIF oder TIFF; die ersten drei werden angesehen.",
  ask: "Fragen",
  send: "Senden",
  save: "Speichern",
  cancel: "Abbrechen",
  close: "Schließen",
  promptsTitle: "Sende ein Bild und frage danach, oder probiere eine dieser Fragen",
  homeTitle: "Nach Bildern fragen",
  help: [
    "Sende ein Bild und frage danach:",
    "• erwähne mich in einem Channel, mit einem Bild oder im Thread darunter",
    "• schreibe mir direkt",
    "• im Menü einer Nachricht: *Ask about this image*",
    "• `/ask` öffnet ein Formular für Bilder und die Frage",
    "In einem Thread eines Channels lese ich nur, was mich erwähnt: erwähne mich wieder, oder drücke *Weiterfragen*. `/lookup` zeigt, was ich über einen Namen weiß. 👍 und 👎 sagen mir, ob eine Antwort stimmte.",
    "Antworten können falsch sein: lies den Satz, auf den sie sich stützen.",
  ].join("\n"),
  recentTitle: "Deine letzten Fragen",
  noneRecent: "Du hast noch nichts gefragt.",
  privacyTitle: "Deine Daten",
  privacyPolicy:
    "Fragen, Bilder und Antworten werden unter einem Pseudonym aufbewahrt, damit sich Antworten erklären und korrigieren lassen. Fürs Training wird nichts verwendet, wenn nicht dieser Workspace und du zustimmen. Ich lese nur Nachrichten, die mich erwähnen oder an mich gehen.",
  showKept: "Zeigen, was da ist",
  eraseQuestion:
    "Deine Fragen, Bilder und Urteile werden endgültig gelöscht. Nachrichten in Slack bleiben: die löschst du selbst.",
  settingsTitle: "So antworte ich in diesem Workspace",
  settingsShort: "Einstellungen",
  changeSettings: "Ändern",
  settingsSaved: "Gespeichert. Es gilt ab jetzt.",
  channelsHint: "Keine: in allen Channels, in die ich eingeladen wurde.",
  limitHint: "0: keine Grenze.",
  privateOption: "Eine Antwort im Channel sieht nur, wer gefragt hat",
  trainingOption: "Fragen dürfen ins Training, von allen, die zustimmen",
};
