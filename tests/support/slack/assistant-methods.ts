/** What the agent view shows besides messages: status, suggested prompts, titles. */
import { type Call, channelOf, type Inside, type Method, type Shown } from "./method.ts";
import { invalid, Refusal } from "./refusal.ts";

interface Prompt {
  readonly title?: string;
  readonly message?: string;
}

/** https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
const MOST_PROMPTS = 4;
const MOST_LOADING_MESSAGES = 10;

export const ASSISTANT_METHODS: Readonly<Record<string, Method>> = {
  "assistant.threads.setStatus": {
    scopes: ["assistant:write", "chat:write"],
    tier: "free",
    answer(call, inside) {
      const messages = call.values.json<readonly string[]>("loading_messages") ?? [];
      if (messages.length > MOST_LOADING_MESSAGES)
        throw invalid("invalid_arguments", [`no more than ${MOST_LOADING_MESSAGES} items allowed`]);
      call.values.needed("thread_ts");
      return show("status", call, inside, call.values.text("status"), messages);
    },
  },
  "assistant.threads.setSuggestedPrompts": {
    scopes: ["assistant:write"],
    tier: 3,
    answer(call, inside) {
      const prompts = call.values.json<readonly Prompt[]>("prompts") ?? [];
      if (prompts.length === 0 || prompts.length > MOST_PROMPTS)
        throw invalid("invalid_arguments", [`1 to ${MOST_PROMPTS} prompts`]);
      if (prompts.some(({ title, message }) => !title || !message))
        throw invalid("invalid_arguments", ["a prompt has a title and a message"]);
      if (channelOf(call, inside, "channel_id").kind !== "im") throw new Refusal("channel_not_supported");
      return show(
        "prompts",
        call,
        inside,
        call.values.text("title"),
        prompts.map(({ message }) => message!),
      );
    },
  },
  "assistant.threads.setTitle": {
    scopes: ["assistant:write"],
    tier: 3,
    answer(call, inside) {
      call.values.needed("thread_ts");
      return show("title", call, inside, call.values.needed("title"), []);
    },
  },
};

function show(
  kind: Shown["kind"],
  call: Call,
  inside: Inside,
  text: string,
  more: readonly string[],
): object {
  const { id } = channelOf(call, inside, "channel_id");
  const threadTs = call.values.has("thread_ts") ? call.values.text("thread_ts") : null;
  if (threadTs !== null && !inside.world.messages.has(`${id} ${threadTs}`))
    throw new Refusal("thread_not_found");
  inside.shown.push({ kind, channel: id, threadTs, text, more });
  return {};
}
