import type { CommonTexts } from "./english.ts";

export const spanish: CommonTexts = {
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

  elsewhere: (channels) => `Aquí solo respondo en ${channels}.`,
  lost: "Me reiniciaron mientras se trabajaba en tu pregunta, y se perdió. Lo siento; pregunta otra vez.",
  failed: "Algo salió mal por nuestra parte. Inténtalo de nuevo en un momento.",
  reference: (id) => `Referencia: ${id}`,
  notAnImage: (name) => `${name} no es una imagen. Adjunta un JPEG, PNG, WebP, GIF, AVIF o TIFF.`,
  tooLarge: (megabytes) => `Esta imagen pesa más de ${megabytes} MB. Adjunta una más pequeña.`,
  emptyQuestion: "Escribe una pregunta.",
  tooLong: (most) => `Esa pregunta es demasiado larga. Usa menos de ${most} caracteres.`,
  gone: "Esa respuesta ya no se guarda.",

  unknownEntity: (name) => `No conozco nada llamado ${name}.`,
  settingsChanged: "Cambiado, desde ahora:",
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
