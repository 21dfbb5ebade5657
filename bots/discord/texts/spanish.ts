import type { Texts } from "./english.ts";

export const spanish: Texts = {
  looking: "Estoy mirando la imagen…",
  thinking: "Lo estoy buscando…",
  queued: (ahead) =>
    ahead === 0
      ? "Eres el siguiente…"
      : `Hay ${ahead} ${ahead === 1 ? "pregunta" : "preguntas"} antes de la tuya…`,
  found: (names) => `Parece ${names}. Sigo leyendo…`,
  writing: "Estoy escribiendo…",

  relevance: (percent) =>
    `${percent >= 80 ? "Bastante seguro" : percent >= 50 ? "Más o menos seguro" : "No seguro"} (${percent} %)`,
  others: (names) => `También podría ser: ${names}`,
  helpful: "Útil",
  unhelpful: "No es útil",
  why: "¿Por qué?",
  more: "Leer todo",
  askOn: "Otra pregunta",
  noEmbeds: "Aquí no puedo incrustar contenido, así que esta es la versión simple.",
  morePictures: (most) => `Solo se miraron las primeras ${most} imágenes.`,

  whyTitle: "En qué se basa esta respuesta",
  overlayAlt: "La imagen, con lo que importaba para la pregunta resaltado",
  used: "Usado",
  cited: "Citado",
  rejected: "Descartado",
  scores: (relevance, image) => `relevancia ${relevance} %${image === null ? "" : `, parecido ${image} %`}`,
  noEvidence: "Nada era lo bastante bueno para basar una respuesta.",

  thanks: "Gracias, queda anotado.",
  thanksForCorrection: "Gracias. La corrección queda guardada y se revisará.",
  correctionTitle: "¿Qué estaba mal?",
  reason: "¿Qué fue?",
  reasons: {
    "wrong-entity": "Lo confundió con otra cosa",
    "wrong-fact": "El dato es falso",
    "bad-source": "La fuente es mala",
    "not-understood": "No entendió la pregunta",
  },
  rightEntity: "¿Qué es en realidad?",
  noneOfThese: "Nada de esto",
  rightAnswer: "¿Qué habría sido correcto?",
  betterPicture: "Una imagen mejor, si la tienes",
  betterPictureHint: "Se vuelve a preguntar con ella.",

  question: "Tu pregunta",
  questionHint: "¿Qué quieres saber?",
  askTitle: "Preguntar por esta imagen",
  noImageThere: "No veo ninguna imagen en ese mensaje. Elige uno con una imagen.",
  hiddenImage:
    "No puedo ver la imagen del mensaje al que respondes. Haz clic derecho en él: Aplicaciones → Preguntar por esta imagen, o adjunta la imagen.",
  unreadableThread:
    "En un hilo solo puedo leer lo que me menciona o me responde. Mencióname, responde, o pulsa Otra pregunta bajo una respuesta.",
  lostForm: "Me reiniciaron mientras tanto. Elige otra vez Preguntar por esta imagen.",

  elsewhere: (channels) => `Aquí solo respondo en ${channels}.`,
  notYou: "En este servidor solo ciertos roles pueden preguntarme.",
  limited: (minutes) =>
    `Has preguntado todo lo que este servidor permite en una hora. Vuelve en ${minutes} ${minutes === 1 ? "minuto" : "minutos"}.`,
  noPermission: (channel) => `No puedo escribir en ${channel}. Pregúntame aquí, o a un administrador allí.`,
  lost: "Me reiniciaron mientras se trabajaba en tu pregunta, y se perdió. Lo siento; pregunta otra vez.",
  failed: "Algo salió mal por nuestra parte. Inténtalo de nuevo en un momento.",
  reference: (id) => `Referencia: ${id}`,
  expired: "Esta imagen ya no se puede obtener de Discord. Envíala otra vez.",
  unreachable: "Discord no entregó esta imagen. Inténtalo de nuevo en un momento.",
  foreignAddress: "Solo tomo imágenes de Discord. Adjunta la imagen a tu mensaje.",
  notAnImage: (name) => `${name} no es una imagen. Adjunta un JPEG, PNG, WebP, GIF, AVIF o TIFF.`,
  tooLarge: (megabytes) => `Esta imagen pesa más de ${megabytes} MB. Adjunta una más pequeña.`,
  emptyQuestion: "Escribe una pregunta.",
  tooLong: (most) => `Esa pregunta es demasiado larga. Usa menos de ${most} caracteres.`,
  gone: "Esa respuesta ya no se guarda.",

  unknownEntity: (name) => `No conozco nada llamado ${name}.`,
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
  settingsChanged: "Cambiado, desde ahora:",
  settingsForbidden: "Solo pueden cambiarlo los miembros que gestionan el servidor.",
  settings: {
    channels: "Canales",
    roles: "Quién puede preguntar",
    answers: "Respuestas",
    limit: "Preguntas por miembro y hora",
    language: "Idioma",
    training: "Entrenamiento",
  },
  everywhere: "todos",
  everybody: "todos",
  privately: "solo para quien pregunta",
  publicly: "para todos",
  inThread: "en un hilo",
  asReply: "como respuesta",
  unlimited: "sin límite",
  ownLanguage: "el de cada uno",
  trainingOn: "permitido, de quienes aceptan",
  trainingOff: "no permitido",
};
