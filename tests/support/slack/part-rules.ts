/** What Slack refuses in texts, options and pictures: https://docs.slack.dev/reference/block-kit/composition-objects. */
import type { Site } from "./block-rules.ts";
import { plain, type SentOption, type SentText } from "./blocks.ts";

export function refusedText(
  name: string,
  text: SentText | string | undefined,
  most: number,
  type?: "plain_text",
): string[] {
  if (typeof text !== "object") return [`missing required field: ${name}, a text object`];
  if (!["plain_text", "mrkdwn"].includes(text.type)) return [`${name}: unsupported type ${text.type}`];
  if (type !== undefined && text.type !== type) return [`${name}: must be ${type}`];
  return refusedLength(name, plain(text), 1, most);
}

export function refusedLength(name: string, text: string | undefined, least: number, most: number): string[] {
  const { length } = text ?? "";
  if (length < least) return [`${name}: must be more than ${least - 1} characters`];
  return length > most ? [`${name}: must be less than ${most + 1} characters`] : [];
}

export function refusedOptions(options: readonly SentOption[], most: number): string[] {
  const values = options.map(({ value }) => value);
  return [
    ...(options.length < 1 || options.length > most ? [`options: 1 to ${most}`] : []),
    ...(new Set(values).size < values.length ? ["options: twice the same value"] : []),
    ...options.flatMap(({ text, value, description }) => [
      ...refusedText("option text", text, 75),
      ...refusedLength("option value", value, 1, 150),
      ...(description === undefined ? [] : refusedText("option description", description, 75)),
    ]),
  ];
}

interface Picture {
  readonly alt_text?: string;
  readonly image_url?: string;
  readonly slack_file?: { readonly id?: string; readonly url?: string };
}

/** A picture says what it shows, and Slack can get hold of it. */
export function refusedPicture(
  { alt_text, image_url, slack_file }: Picture,
  { world, team }: Site,
): string[] {
  const alt = refusedLength("alt_text", alt_text, 1, 2000);
  if ((image_url === undefined) === (slack_file === undefined))
    return [...alt, "one of image_url and slack_file is required"];
  if (image_url !== undefined) {
    const host = URL.canParse(image_url) ? new URL(image_url) : null;
    const reachable =
      host?.protocol.startsWith("http") && !/^(localhost|127\.|10\.|192\.168\.)/.test(host.hostname);
    return [
      ...alt,
      ...refusedLength("image_url", image_url, 1, 3000),
      ...(reachable ? [] : ["downloading image failed"]),
    ];
  }
  const file = [...world.files.values()].find(
    ({ id, url }) => id === slack_file!.id || url === slack_file!.url,
  );
  const there = file?.team === team && file.state === "hosted" && file.mimetype.startsWith("image/");
  const ready = there && Date.now() - file.bornAt >= world.patience.processing;
  return [...alt, ...(ready ? [] : ["invalid slack file"])];
}
