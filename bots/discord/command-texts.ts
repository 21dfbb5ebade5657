/** Names and descriptions of the commands, in Discord's locales. Names of slash commands are lower case, without blanks. */
import type { Language } from "./languages.ts";

type Words = readonly [
  english: string,
  german: string,
  french: string,
  spanish: string,
  japanese: string,
  chinese: string,
];

export interface CommandText {
  readonly name: Words;
  readonly description: Words;
}

/** The order of the words above. */
const ORDER = ["en-US", "de", "fr", "es-ES", "ja", "zh-TW"] as const satisfies readonly Language[];

const same = (name: string): Words => [name, name, name, name, name, name];

export const COMMAND_TEXTS = {
  ask: {
    name: ["ask", "fragen", "demander", "preguntar", "質問", "提問"],
    description: [
      "Ask about a picture, or by words alone",
      "Stelle eine Frage zu einem Bild oder nur in Worten",
      "Poser une question sur une image, ou sans image",
      "Pregunta sobre una imagen, o solo con palabras",
      "画像について、または言葉だけで質問する",
      "針對圖片提問，或只用文字提問",
    ],
  },
  question: {
    name: ["question", "frage", "question", "pregunta", "質問", "問題"],
    description: [
      "What would you like to know?",
      "Was möchtest du wissen?",
      "Que veux-tu savoir ?",
      "¿Qué quieres saber?",
      "何を知りたいですか？",
      "你想知道什麼？",
    ],
  },
  image: {
    name: same("image"),
    description: ["A picture", "Ein Bild", "Une image", "Una imagen", "画像", "圖片"],
  },
  lookup: {
    name: ["lookup", "nachschlagen", "chercher", "buscar", "調べる", "查詢"],
    description: [
      "Show what is known about a name",
      "Zeigt, was über einen Namen bekannt ist",
      "Montrer ce qui est connu d'un nom",
      "Muestra lo que se sabe de un nombre",
      "名前について知られていることを表示する",
      "顯示已知的相關資料",
    ],
  },
  name: {
    name: ["name", "name", "nom", "nombre", "名前", "名稱"],
    description: ["The name", "Der Name", "Le nom", "El nombre", "名前", "名稱"],
  },
  help: {
    name: ["help", "hilfe", "aide", "ayuda", "ヘルプ", "說明"],
    description: [
      "How to ask",
      "Wie man fragt",
      "Comment poser une question",
      "Cómo preguntar",
      "質問のしかた",
      "如何提問",
    ],
  },
  about: {
    name: ["about", "info", "infos", "acerca", "情報", "關於"],
    description: [
      "Model, knowledge and privacy",
      "Modell, Wissen und Datenschutz",
      "Modèle, connaissances et vie privée",
      "Modelo, conocimiento y privacidad",
      "モデル、知識、プライバシー",
      "模型、知識與隱私",
    ],
  },
  privacy: {
    name: ["privacy", "datenschutz", "confidentialité", "privacidad", "プライバシー", "隱私"],
    description: [
      "See, export or erase what is kept about you; training consent",
      "Was über dich gespeichert ist: ansehen, exportieren, löschen; Zustimmung zum Training",
      "Voir, exporter ou supprimer ce qui est conservé sur toi ; accord pour l'entraînement",
      "Ver, exportar o borrar lo que se guarda sobre ti; consentimiento para entrenar",
      "保存されている自分のデータの確認、エクスポート、消去、学習への同意",
      "查看、匯出或清除你的資料；是否同意用於訓練",
    ],
  },
  /** A command of the message menu has a name alone, which may have blanks; it stands where descriptions do. */
  askAbout: {
    name: same("ask-about"),
    description: [
      "Ask about this image",
      "Frage zu diesem Bild",
      "Question sur cette image",
      "Preguntar sobre esta imagen",
      "この画像について質問",
      "詢問這張圖片",
    ],
  },
  rora: {
    name: same("rora"),
    description: [
      "How Rora answers on this server",
      "Wie Rora auf diesem Server antwortet",
      "Comment Rora répond sur ce serveur",
      "Cómo responde Rora en este servidor",
      "このサーバーでの Rora の回答方法",
      "Rora 在此伺服器的回答方式",
    ],
  },
  show: {
    name: ["show", "anzeigen", "afficher", "mostrar", "表示", "顯示"],
    description: [
      "Show the settings",
      "Einstellungen anzeigen",
      "Afficher les réglages",
      "Mostrar los ajustes",
      "設定を表示する",
      "顯示設定",
    ],
  },
  channel: {
    name: ["channel", "kanal", "salon", "canal", "チャンネル", "頻道"],
    description: [
      "Answer in certain channels only",
      "Nur in bestimmten Kanälen antworten",
      "Répondre dans certains salons seulement",
      "Responder solo en ciertos canales",
      "特定のチャンネルでだけ答える",
      "只在特定頻道回答",
    ],
  },
  channelOption: {
    name: ["channel", "kanal", "salon", "canal", "チャンネル", "頻道"],
    description: ["The channel", "Der Kanal", "Le salon", "El canal", "チャンネル", "頻道"],
  },
  role: {
    name: ["role", "rolle", "rôle", "rol", "ロール", "身分組"],
    description: [
      "Let only certain roles ask",
      "Nur bestimmte Rollen fragen lassen",
      "Limiter les questions à certains rôles",
      "Permitir preguntar solo a ciertos roles",
      "特定のロールだけが質問できるようにする",
      "只允許特定身分組提問",
    ],
  },
  roleOption: {
    name: ["role", "rolle", "rôle", "rol", "ロール", "身分組"],
    description: ["The role", "Die Rolle", "Le rôle", "El rol", "ロール", "身分組"],
  },
  allowed: {
    name: ["allowed", "erlaubt", "autorisé", "permitido", "許可", "允許"],
    description: [
      "Whether it is allowed",
      "Erlaubt oder nicht",
      "Autorisé ou non",
      "Permitido o no",
      "許可するかどうか",
      "是否允許",
    ],
  },
  answers: {
    name: ["answers", "antworten", "réponses", "respuestas", "回答", "回答"],
    description: [
      "Who sees answers, and where they stand",
      "Wer Antworten sieht und wo sie stehen",
      "Qui voit les réponses, et où",
      "Quién ve las respuestas, y dónde",
      "回答が誰に、どこで見えるか",
      "誰能看到回答，以及回答的位置",
    ],
  },
  privateOption: {
    name: ["private", "privat", "privé", "privado", "非公開", "私人"],
    description: [
      "Answers to commands are shown only to whoever asked",
      "Antworten auf Befehle sieht nur, wer gefragt hat",
      "Seule la personne qui demande voit la réponse",
      "Solo quien pregunta ve la respuesta",
      "コマンドの回答は質問した人だけに見える",
      "只有提問者看得到指令的回答",
    ],
  },
  threadOption: {
    name: ["thread", "thread", "fil", "hilo", "スレッド", "討論串"],
    description: [
      "A mention is answered in a thread",
      "Erwähnungen werden in einem Thread beantwortet",
      "Une mention reçoit sa réponse dans un fil",
      "Las menciones se responden en un hilo",
      "メンションにはスレッドで答える",
      "在討論串中回答提及",
    ],
  },
  limit: {
    name: ["limit", "limit", "limite", "límite", "制限", "限制"],
    description: [
      "How much a member may ask",
      "Wie viel ein Mitglied fragen darf",
      "Nombre de questions par membre",
      "Cuánto puede preguntar un miembro",
      "メンバーが質問できる回数",
      "成員可以提問的次數",
    ],
  },
  perHour: {
    name: ["questions", "fragen", "questions", "preguntas", "回数", "次數"],
    description: [
      "Questions in an hour; 0 for no limit",
      "Fragen pro Stunde; 0 heißt unbegrenzt",
      "Questions par heure ; 0 sans limite",
      "Preguntas por hora; 0 sin límite",
      "1時間あたりの質問数。0で制限なし",
      "每小時提問次數；0 表示不限",
    ],
  },
  language: {
    name: ["language", "sprache", "langue", "idioma", "言語", "語言"],
    description: [
      "Language of the fixed texts",
      "Sprache der festen Texte",
      "Langue des textes fixes",
      "Idioma de los textos fijos",
      "固定文の言語",
      "固定文字的語言",
    ],
  },
  languageOption: {
    name: ["language", "sprache", "langue", "idioma", "言語", "語言"],
    description: [
      "If left out: everybody's own",
      "Ohne Angabe: für jeden die eigene",
      "Omise : celle de chacun",
      "Si se omite: el de cada uno",
      "省略すると各自の言語",
      "省略時使用各人的語言",
    ],
  },
  training: {
    name: ["training", "training", "entraînement", "entrenamiento", "学習", "訓練"],
    description: [
      "Whether questions may train later models, of members who agree",
      "Ob Fragen spätere Modelle trainieren dürfen, wenn Mitglieder zustimmen",
      "Si les questions des membres d'accord peuvent entraîner des modèles",
      "Si las preguntas de miembros que aceptan pueden entrenar modelos",
      "同意したメンバーの質問を将来のモデルの学習に使えるか",
      "是否可用同意成員的提問訓練後續模型",
    ],
  },
} as const satisfies Record<string, CommandText>;

/** Name and description with their translations, as Discord takes them. */
export function localised({ name, description }: CommandText) {
  const others = (words: Words) =>
    Object.fromEntries(ORDER.slice(1).map((language, index) => [language, words[index + 1]!]));
  return {
    name: name[0],
    name_localizations: others(name),
    description: description[0],
    description_localizations: others(description),
  };
}
