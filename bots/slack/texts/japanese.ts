import { japanese as common } from "../../chat/texts/japanese.ts";
import type { Texts } from "./english.ts";

export const japanese: Texts = {
  ...common,
  sources: (links) => `出典：${links}`,
  wrong: "どこが間違い？",
  asked: (question) => `/ask での質問：${question}`,
  noImageThere: "そのメッセージには画像がありません。画像のあるメッセージを選んでください。",
  unseenThread:
    "このスレッドの元の画像が見えません。そのメッセージのメニューから *Ask about this image* を選ぶか、画像を添付してください。",
  missingFileScope:
    "このワークスペースではファイルを読めません。管理者が私を再インストールし、files:read を許可する必要があります。",
  unseenFile:
    "この画像が見えません。削除されたか、投稿された場所に私が招待されていません。招待するか、`/ask` でアップロードしてください。",
  expired: "この画像は Slack にもう保存されていません。もう一度投稿してください。",
  unreachable: "Slack から画像を受け取れませんでした。少し待ってからもう一度試してください。",
  foreignAddress: "画像は Slack からだけ取得します。ここに画像をアップロードしてください。",
  limited: (minutes) =>
    `このワークスペースの1時間あたりの質問数に達しました。${minutes}分後にまた質問してください。`,
  adminsOnly: "変更できるのはワークスペースの管理者だけです。",
  emptyName: "名前を書いてください：`/lookup Chad`",
  pictures: "画像",
  picturesHint: "JPEG、PNG、WebP、GIF、AVIF、TIFF。最初の3枚を見ます。",
  ask: "質問する",
  send: "送信",
  save: "保存",
  cancel: "キャンセル",
  close: "閉じる",
  promptsTitle: "画像を投稿して質問するか、次を試してください",
  homeTitle: "画像について質問",
  help: [
    "画像を投稿して質問してください：",
    "• チャンネルで、画像付きで、または画像のスレッドで私にメンション",
    "• ダイレクトメッセージ",
    "• メッセージのメニュー：*Ask about this image*",
    "• `/ask` で画像と質問のフォームを開く",
    "チャンネルのスレッドでは、メンションだけを読みます。もう一度メンションするか、*続けて質問* を押してください。`/lookup` は名前について知っていることを表示します。👍 と 👎 で答えが正しかったか教えてください。",
    "答えは間違うことがあります。引用された文を読んでください。",
  ].join("\n"),
  recentTitle: "最近の質問",
  noneRecent: "まだ質問がありません。",
  privacyTitle: "プライバシー",
  privacyPolicy:
    "質問、画像、答えは、説明と訂正ができるように仮名で保存されます。このワークスペースとあなたの両方が同意しない限り、学習には使いません。読むのは、私へのメンションとダイレクトメッセージだけです。",
  showKept: "保存内容を見る",
  eraseQuestion:
    "あなたの質問、画像、評価は完全に消去されます。Slack のメッセージは残るので、自分で削除してください。",
  settingsTitle: "このワークスペースでの答え方",
  settingsShort: "設定",
  changeSettings: "変更",
  settingsSaved: "保存しました。今から有効です。",
  channelsHint: "空欄：招待されたすべてのチャンネル。",
  limitHint: "0：制限なし。",
  privateOption: "チャンネルでの答えは質問した人だけに表示",
  trainingOption: "同意した人の質問を学習に使ってよい",
};
