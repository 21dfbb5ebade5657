/** The buttons below an answer. Pure. */
import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import { type Action, customId } from "./custom-id.ts";
import type { Texts } from "./texts/english.ts";

export function answerButtons(
  interactionId: string,
  { cut, texts }: { readonly cut: boolean; readonly texts: Texts },
): APIMessageTopLevelComponent {
  const button = (action: Action, label: string, emoji?: string) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    custom_id: customId(action, interactionId),
    label,
    ...(emoji === undefined ? {} : { emoji: { name: emoji } }),
  });
  return {
    type: ComponentType.ActionRow,
    components: [
      // The rest of the text is what one looks for first below it.
      ...(cut ? [button("more", texts.more)] : []),
      button("helpful", texts.helpful, "👍"),
      button("unhelpful", texts.unhelpful, "👎"),
      button("why", texts.why),
      button("ask-on", texts.askOn),
    ],
  };
}
