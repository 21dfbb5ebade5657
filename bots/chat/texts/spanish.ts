import type { CommonTexts } from "./english.ts";

export const spanish: CommonTexts = {
  looking: "Estoy mirando la imagen…",
  thinking: "Lo estoy buscando…",
  queued: (ahead) =>
    ahead === 0
      ? "Eres el siguiente…"
      : `Hay ${ahead} ${ahead === 1 ? "pregunta" : "preguntas"} antes de la tuya…`,
  either: " o ",
  found: (names) => `Parece ${names}. Sigo leyendo…`,
  writing: "Estoy escribiendo…",

  relevance: (percent) =>
    `${percent >= 80 ? "Casi seguro" : percent >= 50 ? "Bastante seguro" : "Poco seguro"} (${percent} %)`,
  others: (names) => `También podría ser: ${names}`,
  helpful: "Útil",
  unhelpful: "No es útil",
  why: "¿Por qué?",
  more: "Leer todo",
  askOn: "Otra pregunta",
  morePictures: (most) => `Solo miré las primeras ${most} imágenes.`,

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
  reason: "¿Cuál fue el problema?",
  reasons: {
    "wrong-entity": "Lo confundió con otra cosa",
    "wrong-fact": "El dato es falso",
    "bad-source": "La fuente es mala",
    "not-understood": "No entendió la pregunta",
  },
  rightEntity: "¿Qué es en realidad?",
  noneOfThese: "Ninguno de estos",
  rightAnswer: "¿Qué habría sido correcto?",
  betterPicture: "Una imagen mejor, si la tienes",
  betterPictureHint: "Se vuelve a preguntar con ella.",

  question: "Tu pregunta",
  questionHint: "¿Qué quieres saber?",
  askTitle: "Preguntar sobre esta imagen",

  elsewhere: (channels) => `Aquí solo respondo en ${channels}.`,
  lost: "Me reiniciaron mientras se trabajaba en tu pregunta, y se perdió. Lo siento; pregunta otra vez.",
  failed: "Algo salió mal por nuestra parte. Inténtalo de nuevo en un momento.",
  reference: (id) => `Referencia: ${id}`,
  notAnImage: (name) => `${name} no es una imagen. Adjunta un JPEG, PNG, WebP, GIF, AVIF o TIFF.`,
  tooLarge: (megabytes) => `Esta imagen pesa más de ${megabytes} MB. Adjunta una más pequeña.`,
  emptyQuestion: "Escribe una pregunta.",
  tooLong: (most) => `Esa pregunta es demasiado larga. Usa menos de ${most} caracteres.`,
  gone: "Esa respuesta ya no se guarda.",

  privacy: {
    title: "Lo que guardo sobre ti",
    nothing: "No guardo nada sobre ti.",
    kept: (questions, pictures, verdicts, since) =>
      `Guardo ${questions} ${questions === 1 ? "pregunta tuya con su respuesta" : "preguntas tuyas con sus respuestas"}, ${pictures} ${pictures === 1 ? "imagen" : "imágenes"} y ${verdicts} ${verdicts === 1 ? "valoración" : "valoraciones"}${since === null ? "" : `, desde el ${since}`}.`,
    pseudonym: "Todo está bajo un seudónimo; ni tu nombre ni tu ID figuran ahí.",
    trainingUsed:
      "Puede servir para entrenar modelos futuros: tú lo has aceptado y los administradores también.",
    trainingNotHere: "Has aceptado el entrenamiento, pero los administradores no: no se usa para entrenar.",
    trainingOff: "No se usa para entrenar: no lo has aceptado.",
    allow: "Permitir el entrenamiento",
    forbid: "No permitir el entrenamiento",
    export: "Exportar",
    erase: "Borrar…",
    confirm: (questions) =>
      `Esto borra ${questions} ${questions === 1 ? "pregunta" : "preguntas"} con respuestas, imágenes y valoraciones, y tu consentimiento. No se puede deshacer. Las respuestas ya enviadas siguen aquí hasta que alguien las elimine.`,
    eraseNow: "Borrar todo",
    keepIt: "Cancelar",
    erased: (questions) =>
      `Borrado: ${questions} ${questions === 1 ? "pregunta" : "preguntas"} con todo lo relacionado. Ya no guardo nada sobre ti.`,
    exported: "Esto es todo lo que guardo sobre ti.",
    leftOut: (pictures) =>
      `${pictures === 1 ? "Una imagen es demasiado grande" : `${pictures} imágenes son demasiado grandes`} para enviarse aquí. Pídeselo a quien me administra.`,
  },

  core: {
    busy: (seconds) =>
      `Ahora mismo hay muchas preguntas. Inténtalo de nuevo ${seconds === null ? "en un momento" : seconds === 1 ? "en un segundo" : `en ${seconds} segundos`}.`,
    unreadable:
      "No puedo leer esta imagen, o está dañada. Envía un JPEG, PNG, WebP, GIF, AVIF o TIFF, por ejemplo una captura de pantalla.",
    tooLarge: "Esta imagen es demasiado grande. Envía una más pequeña o una captura de pantalla.",
    tooLong: "La pregunta es demasiado larga. Hazla más breve.",
    unavailable: "Ahora no puedo responder. Inténtalo más tarde.",
    notices: {
      animated: "La imagen es animada o tiene varias páginas; solo se miró la primera.",
      downscaled: "La imagen se redujo antes de mirarla.",
      truncated: "La imagen no está completa.",
      unrefined: "La imagen se comparó solo en su conjunto.",
    },
    notWritten: (names) =>
      `No lo sé. Lo más parecido es ${names.join(" o ")}, pero lo que hay escrito no responde a la pregunta. Pregunta de otra manera o sobre otra cosa.`,
    notSure: (names) =>
      `No lo sé. Lo más parecido es ${names.join(" o ")}, pero no tengo la seguridad suficiente. Una imagen más nítida o más cercana puede ayudar.`,
    notNamed: (names) =>
      `No lo sé. Lo más parecido es ${names.join(" o ")}. Añade una imagen o di por qué preguntas.`,
    nothingKnown: "No lo sé: nada de lo que conozco encaja. Una imagen más nítida o un nombre puede ayudar.",
  },

  unknownEntity: (name) => `No conozco nada llamado ${name}.`,
  settingsChanged: "Cambiado, con efecto inmediato:",
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
  trainingOn: "permitido, para quienes aceptan",
  trainingOff: "no permitido",
};
