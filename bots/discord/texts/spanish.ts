import { spanish as common } from "../../chat/texts/spanish.ts";
import type { Texts } from "./english.ts";

export const spanish: Texts = {
  ...common,
  noEmbeds: "Aquí no puedo incrustar contenido, así que esta es la versión simple.",
  noImageThere: "No veo ninguna imagen en ese mensaje. Elige uno con una imagen.",
  hiddenImage:
    "No puedo ver la imagen del mensaje al que respondes. Haz clic derecho en él: Aplicaciones → Preguntar por esta imagen, o adjunta la imagen.",
  unreadableThread:
    "En un hilo solo puedo leer lo que me menciona o me responde. Mencióname, responde, o pulsa Otra pregunta bajo una respuesta.",
  lostForm: "Me reiniciaron mientras tanto. Elige otra vez Preguntar por esta imagen.",
  notYou: "En este servidor solo ciertos roles pueden preguntarme.",
  limited: (minutes) =>
    `Has preguntado todo lo que este servidor permite en una hora. Vuelve en ${minutes} ${minutes === 1 ? "minuto" : "minutos"}.`,
  noPermission: (channel) => `No puedo escribir en ${channel}. Pregúntame aquí, o a un administrador allí.`,
  expired: "Esta imagen ya no se puede obtener de Discord. Envíala otra vez.",
  unreachable: "Discord no entregó esta imagen. Inténtalo de nuevo en un momento.",
  foreignAddress: "Solo tomo imágenes de Discord. Adjunta la imagen a tu mensaje.",
  help: [
    "Envía una imagen y pregunta:",
    "• `/preguntar` con hasta tres imágenes y una pregunta, o solo una pregunta",
    "• mencióname con una imagen, o al responder a un mensaje que tenga una",
    "• clic derecho en un mensaje: Aplicaciones → Preguntar por esta imagen",
    "• escríbeme directamente",
    "Después responde a la respuesta para seguir preguntando. `/buscar` muestra lo que sé de un nombre. 👍 y 👎 me dicen si una respuesta era correcta.",
  ].join("\n"),
  about: (model, entities) =>
    `Respondo preguntas sobre imágenes buscando lo que está escrito sobre lo que muestran.\nModelo: ${model}. Conozco ${entities} cosas.\nLas preguntas, imágenes y respuestas se guardan con un seudónimo, para poder explicarlas y corregirlas; nada se usa para entrenar si este servidor y tú no lo aceptáis; solo leo los mensajes que me mencionan, me responden o me llegan. Las respuestas pueden ser falsas: lee la frase que citan.`,
  settingsTitle: "Cómo respondo en este servidor",
  settingsForbidden: "Solo pueden cambiarlo los miembros que gestionan el servidor.",
};
