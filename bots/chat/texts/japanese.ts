import type { CommonTexts } from "./english.ts";

export const japanese: CommonTexts = {
  looking: "画像を見ています…",
  thinking: "調べています…",
  queued: (ahead) => (ahead === 0 ? "次があなたの番です…" : `あなたの前に${ahead}件の質問があります…`),
  either: "または",
  found: (names) => `${names} のようです。続けて調べています…`,
  writing: "書いています…",

  relevance: (percent) =>
    `${percent >= 80 ? "かなり確か" : percent >= 50 ? "まずまず確か" : "不確か"}（${percent}%）`,
  others: (names) => `ほかの可能性：${names}`,
  helpful: "役に立った",
  unhelpful: "役に立たなかった",
  why: "理由を見る",
  more: "全文を読む",
  askOn: "続けて質問",
  morePictures: (most) => `最初の${most}枚の画像だけを見ました。`,

  whyTitle: "この回答の根拠",
  overlayAlt: "質問にとって重要な部分を強調した画像",
  used: "使用",
  cited: "引用",
  rejected: "不採用",
  scores: (relevance, image) => `関連度 ${relevance}%${image === null ? "" : `、類似度 ${image}%`}`,
  noEvidence: "回答の根拠になるものがありませんでした。",

  thanks: "ありがとうございます。記録しました。",
  thanksForCorrection: "ありがとうございます。訂正を保存しました。確認します。",
  correctionTitle: "何が間違っていましたか？",
  reason: "どれに当てはまりますか？",
  reasons: {
    "wrong-entity": "別のものと取り違えている",
    "wrong-fact": "事実が間違っている",
    "bad-source": "出典が良くない",
    "not-understood": "質問を理解していない",
  },
  rightEntity: "本当は何ですか？",
  noneOfThese: "どれでもない",
  rightAnswer: "正しい回答は何ですか？",
  betterPicture: "より良い画像があれば",
  betterPictureHint: "その画像でもう一度質問します。",

  question: "質問",
  questionHint: "何を知りたいですか？",
  askTitle: "この画像について質問",

  elsewhere: (channels) => `ここでは ${channels} でだけ答えます。`,
  lost: "質問の処理中に再起動し、質問が失われました。申し訳ありません。もう一度質問してください。",
  failed: "こちらで問題が起きました。少し待ってからもう一度試してください。",
  reference: (id) => `参照番号：${id}`,
  notAnImage: (name) => `${name} は画像ではありません。JPEG、PNG、WebP、GIF、AVIF、TIFF を添付してください。`,
  tooLarge: (megabytes) => `この画像は ${megabytes} MB を超えています。小さい画像を添付してください。`,
  emptyQuestion: "質問を書いてください。",
  tooLong: (most) => `質問が長すぎます。${most}文字以内にしてください。`,
  gone: "その回答はもう保存されていません。",

  privacy: {
    title: "あなたについて保存しているもの",
    nothing: "あなたについて保存しているものはありません。",
    kept: (questions, pictures, verdicts, since) =>
      `${since === null ? "" : `${since}から、`}あなたの質問と回答を${questions}件、画像を${pictures}枚、評価を${verdicts}件保存しています。`,
    pseudonym: "すべて仮名で保存していて、お名前やIDは含まれません。",
    trainingUsed: "あなたと管理者の両方が同意しているため、今後のモデルの学習に使われることがあります。",
    trainingNotHere: "あなたは学習に同意していますが、管理者が許可していないため、使われません。",
    trainingOff: "あなたが同意していないため、学習には使われません。",
    allow: "学習を許可する",
    forbid: "学習を許可しない",
    export: "エクスポート",
    erase: "消去…",
    confirm: (questions) =>
      `質問${questions}件と、その回答、画像、評価、学習への同意を消去します。元に戻すことはできません。すでに投稿された回答は、誰かが削除するまでここに残ります。`,
    eraseNow: "すべて消去",
    keepIt: "キャンセル",
    erased: (questions) =>
      `質問${questions}件と関連するものをすべて消去しました。あなたについて保存しているものはもうありません。`,
    exported: "あなたについて保存しているもののすべてです。",
    leftOut: (pictures) =>
      `画像${pictures}枚は大きすぎて、ここでは送れません。ボットの運営者にお問い合わせください。`,
  },

  core: {
    busy: (seconds) =>
      `ただいま混み合っています。${seconds === null ? "少し待ってから" : `${seconds}秒ほど待ってから`}もう一度お試しください。`,
    unreadable:
      "この画像は読み取れないか、壊れています。JPEG、PNG、WebP、GIF、AVIF、TIFF のいずれか、またはスクリーンショットを送ってください。",
    tooLarge: "この画像は大きすぎます。小さい画像かスクリーンショットを送ってください。",
    tooLong: "質問が長すぎます。もう少し短くしてください。",
    unavailable: "ただいま回答できません。しばらくしてからもう一度お試しください。",
    notices: {
      animated: "動く画像、または複数ページの画像のため、最初の1枚だけを見ました。",
      downscaled: "画像を縮小して見ました。",
      truncated: "画像の一部が欠けています。",
      unrefined: "画像は全体としてのみ比較しました。",
    },
    notWritten: (names) =>
      `わかりません。最も近いのは${names.join("または")}ですが、そこに書かれている内容では質問に答えられません。聞き方を変えるか、別のことを質問してください。`,
    notSure: (names) =>
      `わかりません。最も近いのは${names.join("または")}ですが、確信が持てません。もっと鮮明な画像や、近くから撮った画像があると助かります。`,
    notNamed: (names) =>
      `わかりません。最も近いのは${names.join("または")}です。画像を添えるか、何についての質問か名前を書いてください。`,
    nothingKnown:
      "わかりません。知っているものの中に当てはまるものがありません。もっと鮮明な画像や名前があると助かります。",
  },

  unknownEntity: (name) => `「${name}」についての情報はありません。`,
  settingsChanged: "変更しました。今から有効です：",
  settings: {
    channels: "チャンネル",
    roles: "質問できる人",
    answers: "回答",
    limit: "メンバー1人・1時間あたりの質問数",
    language: "言語",
    training: "学習",
  },
  everywhere: "すべて",
  everybody: "全員",
  privately: "質問した人だけに表示",
  publicly: "全員に表示",
  inThread: "スレッドで",
  asReply: "返信で",
  unlimited: "制限なし",
  ownLanguage: "各自の言語",
  trainingOn: "許可（同意した人のみ）",
  trainingOff: "不許可",
};
