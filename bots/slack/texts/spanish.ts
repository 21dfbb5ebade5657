import { spanish as common } from "../../chat/texts/spanish.ts";
import type { Texts } from "./english.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const spanish: Texts = {
  ...common,
  // Titles of forms have room for 24 characters.
  askTitle: "Sobre esta imagen",
  sources: (links) => `Fuentes: ${links}`,
  wrong: "¿Qué estaba mal?",
  asked: (question) => `Preguntado con /ask: ${question}`,
  noImageThere: "En ese mensaje no hay ninguna imagen. Elige uno con una imagen.",
  unseenThread:
    "No puedo ver la imagen de la que trata este hilo. Elige *Ask about this image* en el menú de su mensaje, o adjunta la imagen al tuyo.",
  missingFileScope:
    "No puedo leer archivos en este espacio de trabajo. Un administrador debe instalarme de nuevo y conceder files:read.",
  unseenFile:
    "No puedo ver esta imagen: se borró, o no me invitaron adonde está. Invítame allí, o súbela con `/ask`.",
  expired: "Slack ya no guarda esta imagen. Envíala otra vez.",
  unreachable: "Slack no entregó esta imagen. Inténtalo de nuevo en un momento.",
  foreignAddress: "Solo tomo imágenes de Slack. Sube la imagen aquí.",
  limited: (minutes) =>
    `Has preguntado todo lo que este espacio de trabajo permite en una hora. Vuelve en ${plural(minutes, "minuto", "minutos")}.`,
  adminsOnly: "Solo los administradores del espacio de trabajo pueden cambiarlo.",
  emptyName: "Escribe un nombre: `/lookup Chad`.",
  pictures: "Imágenes",
  picturesHint: "JPEG, PNG, WebP, GIF, AVIF o TIFF; se miran las tres primeras.",
  ask: "Preguntar",
  send: "Enviar",
  save: "Guardar",
  cancel: "Cancelar",
  close: "Cerrar",
  promptsTitle: "Envía una imagen y pregunta, o prueba una de estas",
  homeTitle: "Preguntar por imágenes",
  help: [
    "Envía una imagen y pregunta:",
    "• mencióname en un canal, con una imagen o en el hilo de una",
    "• escríbeme directamente",
    "• en el menú de un mensaje: *Ask about this image*",
    "• `/ask` abre un formulario para imágenes y la pregunta",
    "En el hilo de un canal solo leo lo que me menciona: mencióname otra vez, o pulsa *Otra pregunta*. `/lookup` muestra lo que sé de un nombre. 👍 y 👎 me dicen si una respuesta era correcta.",
    "Las respuestas pueden ser falsas: lee la frase que citan.",
  ].join("\n"),
  recentTitle: "Tus últimas preguntas",
  noneRecent: "Aún no has preguntado nada.",
  privacyTitle: "Tus datos",
  privacyPolicy:
    "Las preguntas, imágenes y respuestas se guardan con un seudónimo, para poder explicarlas y corregirlas. Nada se usa para entrenar si este espacio de trabajo y tú no lo aceptáis. Solo leo los mensajes que me mencionan o me llegan.",
  showKept: "Ver lo que se guarda",
  eraseQuestion:
    "Tus preguntas, imágenes y valoraciones se borran para siempre. Los mensajes de Slack quedan: bórralos tú.",
  settingsTitle: "Cómo respondo en este espacio de trabajo",
  settingsShort: "Ajustes",
  changeSettings: "Cambiar",
  settingsSaved: "Guardado. Vale desde ahora.",
  channelsHint: "Ninguno: en todos los canales a los que me invitaron.",
  limitHint: "0: sin límite.",
  privateOption: "En un canal, solo quien pregunta ve la respuesta",
  trainingOption: "Las preguntas pueden usarse para entrenar",
};
