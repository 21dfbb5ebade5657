/** What Slack refuses in the elements of blocks: https://docs.slack.dev/reference/block-kit/block-elements. */
import type { Site } from "./block-rules.ts";
import type { SentElement, SentFeedback } from "./blocks.ts";
import { refusedLength, refusedOptions, refusedPicture, refusedText } from "./part-rules.ts";

const SELECTS = ["static", "users", "conversations", "channels", "external"];
const MENUS = SELECTS.flatMap((kind) => [`${kind}_select`, `multi_${kind}_select`]);
const CHOICES = [...MENUS, "radio_buttons", "checkboxes", "datepicker", "timepicker", "datetimepicker"];
const FIELDS = ["plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  section: [...CHOICES, "button", "overflow", "image"],
  actions: [...CHOICES, "button", "overflow"],
  context: ["plain_text", "mrkdwn", "image"],
  context_actions: ["feedback_buttons", "icon_button"],
  input: [...CHOICES, ...FIELDS, "file_input"],
};

/** `block`: type of the block it stands in. */
export function refusedElement(element: SentElement, block: string, site: Site): string[] {
  const { type } = element;
  if (!ALLOWED[block]?.includes(type)) return [`unsupported type: ${type} in ${block}`];
  if (block === "context" && type !== "image")
    return refusedLength("text", typeof element.text === "string" ? element.text : "", 1, 2000);
  if (type === "image") return refusedPicture(element, site);
  return [
    ...refusedLength("action_id", element.action_id, block === "input" ? 0 : 1, 255),
    ...(element.placeholder === undefined
      ? []
      : refusedText("placeholder", element.placeholder, 150, "plain_text")),
    ...refusedInside(element, site),
  ];
}

function refusedInside(element: SentElement, site: Site): string[] {
  const { type, options = [], option_groups: groups } = element;
  switch (type) {
    case "button":
    case "icon_button":
      return refusedButton(element);
    case "feedback_buttons":
      return [...refusedFeedback(element.positive_button), ...refusedFeedback(element.negative_button)];
    case "static_select":
    case "multi_static_select":
      if (groups !== undefined)
        return groups.flatMap((group) => [
          ...refusedText("label", group.label, 75, "plain_text"),
          ...refusedOptions(group.options, 100),
        ]);
      return [...refusedOptions(options, 100), ...refusedInitial(element)];
    case "radio_buttons":
    case "checkboxes":
      return [...refusedOptions(options, 10), ...refusedInitial(element)];
    case "overflow":
      return refusedOptions(options, 5);
    case "plain_text_input":
      return refusedField(element);
    case "file_input":
      return refusedFileField(element, site);
    default:
      return [];
  }
}

function refusedButton({
  text,
  value,
  url,
  style,
  icon,
  type,
  accessibility_label: label,
}: SentElement): string[] {
  return [
    ...refusedText("text", text, 75, "plain_text"),
    ...refusedLength("value", value, 0, 2000),
    ...refusedLength("url", url, 0, 3000),
    ...refusedLength("accessibility_label", label, 0, 75),
    ...(style === undefined || ["primary", "danger"].includes(style) ? [] : [`style: unsupported ${style}`]),
    ...(type === "icon_button" && icon !== "trash" ? ["icon: must be trash"] : []),
  ];
}

function refusedFeedback(button: SentFeedback | undefined): string[] {
  if (button === undefined) return ["missing required field: positive_button and negative_button"];
  return [
    ...refusedText("text", button.text, 75, "plain_text"),
    ...refusedLength("value", button.value, 1, 2000),
    ...refusedLength("accessibility_label", button.accessibility_label, 0, 75),
  ];
}

/** What is chosen already must be among what can be chosen, to the letter. */
function refusedInitial({ options = [], initial_option, initial_options = [] }: SentElement): string[] {
  const known = options.map((option) => JSON.stringify(option));
  const wanted = [...(initial_option === undefined ? [] : [initial_option]), ...initial_options];
  return wanted.every((option) => known.includes(JSON.stringify(option)))
    ? []
    : ["initial option: not among the options"];
}

function refusedField({ min_length = 0, max_length = 3000, initial_value }: SentElement): string[] {
  return [
    ...(max_length < 1 || max_length > 3000 || min_length > max_length ? ["max_length: 1 to 3000"] : []),
    ...refusedLength("initial_value", initial_value, 0, max_length),
  ];
}

function refusedFileField({ max_files = 10, filetypes }: SentElement, { surface }: Site): string[] {
  return [
    ...(surface === "modal" ? [] : ["file_input: only in modals"]),
    ...(max_files < 1 || max_files > 10 ? ["max_files: 1 to 10"] : []),
    ...(filetypes?.length === 0 ? ["filetypes: at least one"] : []),
  ];
}
