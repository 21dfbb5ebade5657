import { chinese as common } from "../../chat/texts/traditional-chinese.ts";
import type { Texts } from "./english.ts";

export const chinese: Texts = {
  ...common,
  noEmbeds: "我在這裡不能嵌入內容，所以這是簡單版本。",
  noImageThere: "我在那則訊息中看不到圖片。請選擇有圖片的訊息。",
  hiddenImage: "我看不到你回覆的訊息中的圖片。請對該訊息按右鍵：應用程式 → 詢問這張圖片，或自行附上圖片。",
  unreadableThread:
    "在討論串中，我只能讀取提及我或回覆我的訊息。請提及我、回覆我，或按回答下方的「繼續提問」。",
  lostForm: "我剛剛重新啟動了。請再選一次「詢問這張圖片」。",
  notYou: "在這個伺服器上，只有特定身分組可以問我。",
  limited: (minutes) => `你已達到此伺服器每小時的提問上限。請在 ${minutes} 分鐘後再問。`,
  noPermission: (channel) => `我不能在 ${channel} 發言。請在這裡問我，或聯絡管理員。`,
  expired: "這張圖片已無法從 Discord 取得。請再傳一次。",
  unreachable: "Discord 沒有提供這張圖片。請稍後再試。",
  foreignAddress: "我只從 Discord 取得圖片。請將圖片附在訊息中。",
  help: [
    "傳一張圖片並提問：",
    "• `/提問` 附上最多三張圖片和一個問題，或只有問題",
    "• 附圖片提及我，或在回覆有圖片的訊息時提及我",
    "• 對訊息按右鍵：應用程式 → 詢問這張圖片",
    "• 直接傳訊息給我",
    "接著回覆答案即可繼續提問。`/查詢` 顯示我所知道的資料。👍 和 👎 讓我知道回答是否正確。",
  ].join("\n"),
  about: (model, entities) =>
    `我查詢與圖片內容有關的文字資料來回答問題。\n模型：${model}。我認識 ${entities} 個項目。\n問題、圖片和回答會以假名保存，以便解釋和更正；除非此伺服器和你都同意，否則不會用於訓練；我只讀取提及我、回覆我或直接傳給我的訊息。回答可能有誤：請閱讀它所引用的句子。`,
  settingsTitle: "我在此伺服器的回答方式",
  settingsForbidden: "只有能管理伺服器的成員可以變更。",
};
