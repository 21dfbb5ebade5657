import { createWebApp } from "../../bots/web/app.ts";
import type { ReplyJson } from "../../bots/web/schemas.ts";
import type { BotUnderTest, Shown } from "../contract/bot.contract.ts";
import { picture } from "./discord/scene.ts";
import { openScriptedHost } from "./discord/scripted.ts";
import { scriptedWeb } from "./scripted-web.ts";

/** The web chat as one browser uses it. */
export async function openWebUnderTest(): Promise<BotUnderTest> {
  const host = await openScriptedHost();
  const { options } = scriptedWeb({ assistant: host.keeping, ledger: host.ledger });
  const app = createWebApp(options, new AbortController().signal, () => false);
  let cookie = "";
  const headers = () => ({ cookie });
  return {
    ledger: host.ledger,
    questions: host.assistant.questions,
    async ask(text, follows) {
      const body = new FormData();
      body.set("question", text);
      if (follows === undefined) body.set("image", new File([(await picture()).bytes], "photo.png"));
      else body.set("conversation", (follows.handle as ReplyJson).conversation);
      const response = await app.request("/api/ask", { method: "POST", body, headers: headers() });
      cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      const json = (await response.json()) as ReplyJson & { error?: { message: string } };
      const shown: Shown = {
        text: json.error?.message ?? json.text,
        interactionId: json.error === undefined ? json.interactionId : null,
        handle: { ...json, type: response.headers.get("content-type") },
      };
      return shown;
    },
    async rate({ interactionId }, verdict) {
      await app.request(`/api/interactions/${interactionId}/feedback`, {
        method: "POST",
        headers: { ...headers(), "content-type": "application/json" },
        body: JSON.stringify({ verdict }),
      });
    },
    // Words travel as data; only a page that is told to read them as markup would act on them.
    liveMarks({ handle }) {
      const { type } = handle as { type: string };
      return type.startsWith("application/json") ? [] : [type];
    },
    close: () => host.close(),
  };
}
