/** What people put into the fields of modals, as Slack tells the app of it. */
import type { SentElement } from "./blocks.ts";
import type { Upload } from "./files.ts";

/** What a field is filled with; files for a `file_input`. */
export type Filled = string | readonly string[] | readonly Upload[];

/** What an action carries of the element that was used. */
export function chosen(element: SentElement, value?: string): object {
  if (element.type === "feedback_buttons") {
    const button = value === "negative" ? element.negative_button! : element.positive_button!;
    return { text: button.text, value: button.value };
  }
  if (element.type === "button" || element.type === "icon_button")
    return { text: element.text, value: element.value };
  return state(element, value, () => []);
}

/** The state of a field, empty where nothing was filled in. */
export function state(
  element: SentElement,
  given: Filled | undefined,
  keep: (uploads: readonly Upload[]) => object[],
): object {
  const options = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap(({ options }) => options),
  ];
  const named = (wanted: string) => {
    const option = options.find(({ value }) => value === wanted);
    if (option === undefined) throw new Error(`there is no option ${wanted}`);
    return option;
  };
  switch (element.type) {
    case "file_input":
      return { files: keep((given ?? []) as readonly Upload[]) };
    case "static_select":
    case "radio_buttons":
      return {
        selected_option: given === undefined ? (element.initial_option ?? null) : named(String(given)),
      };
    case "checkboxes":
    case "multi_static_select":
      return {
        selected_options:
          given === undefined ? (element.initial_options ?? []) : (given as string[]).map(named),
      };
    case "multi_users_select":
      return { selected_users: given ?? element.initial_users ?? [] };
    case "users_select":
      return { selected_user: given ?? null };
    case "multi_conversations_select":
      return { selected_conversations: given ?? element.initial_conversations ?? [] };
    case "conversations_select":
      return { selected_conversation: given ?? null };
    case "channels_select":
      return { selected_channel: given ?? null };
    default:
      return { value: given ?? element.initial_value ?? null };
  }
}
