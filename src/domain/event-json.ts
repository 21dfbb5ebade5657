/** Events between processes: JSON that loses nothing. Bytes of pictures are base64, and each picture's go once in a stream. */
import type { AssistantEvent } from "./events.ts";
import type { EntityImage } from "./knowledge.ts";

/** A picture on its way; without bytes when they went before. */
type SentPicture = Omit<EntityImage, "bytes"> & { readonly bytes?: string };

/** Writes the events of one stream, in their order. */
export function createEventWriter(): (event: AssistantEvent) => string {
  const sent = new Set<string>();
  const write = ({ bytes, ...rest }: EntityImage): SentPicture => {
    if (sent.has(rest.sha256)) return rest;
    sent.add(rest.sha256);
    return { ...rest, bytes: Buffer.from(bytes).toString("base64") };
  };
  return (event) => JSON.stringify(event, (_, value: unknown) => (isPicture(value) ? write(value) : value));
}

/** Reads what one writer wrote. Throws SyntaxError on anything else. */
export function createEventReader(): (text: string) => AssistantEvent {
  const pictures = new Map<string, Uint8Array>();
  const read = ({ bytes: sent, ...rest }: SentPicture): EntityImage => {
    if (sent !== undefined) pictures.set(rest.sha256, new Uint8Array(Buffer.from(sent, "base64")));
    const bytes = pictures.get(rest.sha256);
    if (bytes === undefined) throw new SyntaxError(`the picture ${rest.id} came without bytes`);
    return { ...rest, bytes };
  };
  return (text) => {
    const event: unknown = JSON.parse(text, (_, value: unknown) =>
      isSentPicture(value) ? read(value) : value,
    );
    if (typeof event !== "object" || event === null || !("kind" in event))
      throw new SyntaxError("not an event");
    return event as AssistantEvent;
  };
}

function isPicture(value: unknown): value is EntityImage {
  return typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array;
}

function isSentPicture(value: unknown): value is SentPicture {
  return typeof value === "object" && value !== null && "sha256" in value && "entityId" in value;
}
