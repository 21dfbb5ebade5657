/**
 * What Discord refuses in a message. Written from its documentation, apart from the bot's own check, so that one mistake is not
 * made twice: https://docs.discord.com/developers/resources/message and /components/reference.
 */
import { type APIEmbed, ComponentType, MessageFlags } from "discord.js";

/** A message as it comes over the wire, as far as the rules read it. */
export interface SentMessage {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly SentComponent[] | null;
  readonly flags?: number;
  readonly attachments?: readonly { readonly id: string | number; readonly description?: string }[];
  readonly allowed_mentions?: { readonly parse?: readonly string[]; readonly replied_user?: boolean };
  readonly message_reference?: { readonly message_id: string; readonly fail_if_not_exists?: boolean };
  readonly nonce?: string | number;
  readonly enforce_nonce?: boolean;
}

export interface SentComponent {
  readonly type: ComponentType;
  readonly content?: string;
  readonly custom_id?: string;
  readonly label?: string;
  readonly url?: string;
  readonly description?: string | null;
  readonly components?: readonly SentComponent[];
  readonly component?: SentComponent;
  readonly accessory?: SentComponent;
  readonly items?: readonly {
    readonly media: { readonly url: string };
    readonly description?: string | null;
  }[];
  readonly media?: { readonly url: string };
  readonly title?: string;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}

const TOP_LEVEL = [
  ComponentType.ActionRow,
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
];

/** `files`: names of the files sent along; `before`: flags of the message that is edited. */
export function refusedParts(message: SentMessage, files: readonly string[], before = 0): string[] {
  const wrong: string[] = [];
  const modern = (((message.flags ?? 0) | before) & MessageFlags.IsComponentsV2) !== 0;
  const parts = flat(message.components ?? []);
  const tooLong = (name: string, text: string | null | undefined, most: number) => {
    if ((text ?? "").length > most) wrong.push(`${name}: must be ${most} or fewer in length`);
  };
  tooLong("content", message.content, 2000);
  if (modern && (message.content || (message.embeds ?? []).length > 0))
    wrong.push("content, embeds: cannot be used with MessageFlags.IS_COMPONENTS_V2");
  if (!modern && (message.components ?? []).some(({ type }) => type !== ComponentType.ActionRow))
    wrong.push("components: needs MessageFlags.IS_COMPONENTS_V2");
  if (modern && parts.length > 40) wrong.push("components: 40 at most");
  if (!modern && (message.components ?? []).length > 5) wrong.push("components: 5 rows at most");
  if (parts.reduce((sum, { content }) => sum + (content?.length ?? 0), 0) > 4000)
    wrong.push("components: 4000 characters at most");
  for (const { type } of message.components ?? [])
    if (!TOP_LEVEL.includes(type)) wrong.push(`components: type ${type} cannot stand here`);
  const ids = parts.flatMap(({ custom_id }) => custom_id ?? []);
  if (new Set(ids).size < ids.length) wrong.push("components: a custom id is used twice");
  for (const part of parts) wrong.push(...refusedComponent(part));
  for (const { url } of mediaOf(parts)) {
    const named = url.startsWith("attachment://") ? url.slice("attachment://".length) : null;
    if (named !== null && !files.includes(named)) wrong.push(`media: there is no file ${named}`);
  }
  const embeds = message.embeds ?? [];
  if (embeds.length > 10) wrong.push("embeds: 10 at most");
  let text = 0;
  for (const { title, description, footer } of embeds) {
    tooLong("embed title", title, 256);
    tooLong("embed description", description, 4096);
    tooLong("embed footer", footer?.text, 2048);
    text += (title ?? "").length + (description ?? "").length + (footer?.text ?? "").length;
  }
  if (text > 6000) wrong.push("embeds: 6000 characters at most");
  if (files.length > 10) wrong.push("attachments: 10 at most");
  for (const { description } of message.attachments ?? [])
    tooLong("attachment description", description, 1024);
  return wrong;
}

function refusedComponent(part: SentComponent): string[] {
  const wrong: string[] = [];
  const children = part.components ?? [];
  if (part.custom_id !== undefined && (part.custom_id === "" || part.custom_id.length > 100))
    wrong.push("custom_id: 1 to 100 characters");
  if (part.type === ComponentType.TextDisplay && (part.content ?? "") === "")
    wrong.push("content: is required");
  if (part.type === ComponentType.Button && (part.label ?? "").length > 80) wrong.push("label: 80 at most");
  if (part.type === ComponentType.ActionRow && (children.length < 1 || children.length > 5))
    wrong.push("action row: 1 to 5 buttons");
  if (part.type === ComponentType.Section && (children.length < 1 || children.length > 3 || !part.accessory))
    wrong.push("section: 1 to 3 texts and an accessory");
  if (
    part.type === ComponentType.MediaGallery &&
    ((part.items ?? []).length < 1 || (part.items ?? []).length > 10)
  )
    wrong.push("gallery: 1 to 10 items");
  if ((part.description ?? "").length > 1024) wrong.push("description: 1024 at most");
  return wrong;
}

/** What Discord refuses in a form. */
export function refusedForm(form: {
  custom_id: string;
  title: string;
  components: readonly SentComponent[];
}): string[] {
  const wrong: string[] = [];
  if (form.title.length < 1 || form.title.length > 45) wrong.push("title: 1 to 45 characters");
  if (form.custom_id.length > 100) wrong.push("custom_id: 100 at most");
  if (form.components.length < 1 || form.components.length > 5) wrong.push("components: 1 to 5");
  for (const { type, label, description, component } of form.components) {
    if (type !== ComponentType.Label || component === undefined) wrong.push("components: labels are wanted");
    if ((label ?? "").length < 1 || (label ?? "").length > 45) wrong.push("label: 1 to 45 characters");
    if ((description ?? "").length > 100) wrong.push("description: 100 at most");
    const options = component?.options ?? [];
    if (component?.type === ComponentType.RadioGroup && (options.length < 2 || options.length > 10))
      wrong.push("radio group: 2 to 10 options");
    if (component?.type === ComponentType.StringSelect && (options.length < 1 || options.length > 25))
      wrong.push("select: 1 to 25 options");
    for (const option of options)
      if (option.label.length > 100 || option.value.length > 100 || option.label === "")
        wrong.push("option: 1 to 100");
    if (new Set(options.map(({ value }) => value)).size < options.length)
      wrong.push("option: twice the same value");
  }
  return wrong;
}

/** Every component, nested ones included. */
export function flat(components: readonly SentComponent[]): SentComponent[] {
  return components.flatMap((part) => [
    part,
    ...flat(part.components ?? []),
    ...flat(part.component === undefined ? [] : [part.component]),
    ...flat(part.accessory === undefined ? [] : [part.accessory]),
  ]);
}

export function mediaOf(parts: readonly SentComponent[]): { url: string }[] {
  return parts.flatMap(({ media, items }) => [
    ...(media === undefined ? [] : [media]),
    ...(items ?? []).map((item) => item.media),
  ]);
}
