/**
 * Discord's limits on a message, and a check of all of them: the library's builders check single fields, not totals.
 * Numbers: https://docs.discord.com/developers/resources/message and /components/reference, read in November 2026.
 */
import { type APIEmbed, type APIMessageTopLevelComponent, ComponentType, MessageFlags } from "discord.js";

export const LIMITS = {
  /** Characters of a message without components V2. */
  content: 2000,
  /** Characters of all texts of a message with components V2. */
  componentText: 4000,
  /** Components of a message with components V2, nested ones counted. */
  components: 40,
  /** Characters of an alternative text. */
  alternativeText: 1024,
  buttonLabel: 80,
  rowButtons: 5,
  customId: 100,
  embeds: 10,
  embedDescription: 4096,
  embedTitle: 256,
  /** Characters of all embeds of a message. */
  embedText: 6000,
  /** Bytes of the files of a message, where an interaction does not say more. */
  upload: 10 * 2 ** 20,
} as const;

/** A message as it is sent: with components V2, or content and embeds. */
export interface MessageBody {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  /** MessageFlags. */
  readonly flags: number;
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array; readonly alt: string }[];
}

/** Every limit that a message breaks, in words for developers; none for one that Discord takes. */
export function messageFaults(body: MessageBody): string[] {
  const faults: string[] = [];
  const most = (what: string, count: number, limit: number) => {
    if (count > limit) faults.push(`${what}: ${count} of at most ${limit}`);
  };
  const modern = (body.flags & MessageFlags.IsComponentsV2) !== 0;
  if (modern && (body.content !== undefined || body.embeds !== undefined))
    faults.push("content and embeds cannot stand beside components V2");
  most("content", body.content?.length ?? 0, LIMITS.content);
  most("embeds", body.embeds?.length ?? 0, LIMITS.embeds);
  for (const embed of body.embeds ?? []) {
    most("embed description", embed.description?.length ?? 0, LIMITS.embedDescription);
    most("embed title", embed.title?.length ?? 0, LIMITS.embedTitle);
  }
  const embedText = (body.embeds ?? []).map(
    ({ title = "", description = "", footer }) =>
      title.length + description.length + (footer?.text.length ?? 0),
  );
  most("text of all embeds", sum(embedText), LIMITS.embedText);
  const parts = componentsOf(body.components);
  most("components", parts.length, LIMITS.components);
  most("text of all components", sum(parts.map(({ content }) => content?.length ?? 0)), LIMITS.componentText);
  for (const part of parts) {
    if (part.type === ComponentType.TextDisplay && part.content === "") faults.push("an empty text");
    if (part.type === ComponentType.ActionRow)
      most("buttons", part.components?.length ?? 0, LIMITS.rowButtons);
    most("custom id", part.custom_id?.length ?? 0, LIMITS.customId);
    if (part.type === ComponentType.Button) most("button label", part.label?.length ?? 0, LIMITS.buttonLabel);
    most("alternative text", part.description?.length ?? 0, LIMITS.alternativeText);
  }
  most("files", sum((body.files ?? []).map(({ bytes }) => bytes.length)), LIMITS.upload);
  return faults;
}

/** What the check reads of any component. */
interface Part {
  readonly type: ComponentType;
  readonly content?: string;
  readonly components?: readonly Part[];
  readonly accessory?: Part;
  readonly custom_id?: string;
  readonly label?: string;
  readonly description?: string | null;
}

function componentsOf(components: readonly unknown[]): Part[] {
  return (components as readonly Part[]).flatMap((part) => [
    part,
    ...componentsOf(part.components ?? []),
    ...componentsOf(part.accessory === undefined ? [] : [part.accessory]),
  ]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
