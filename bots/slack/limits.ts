/**
 * Slack's limits on messages and views, and a check of all of them: the library checks none, and Slack refuses the whole.
 * Numbers: https://docs.slack.dev/reference/block-kit/blocks and /block-elements, read in November 2026.
 */
import type { Block, Home, Modal } from "./slack.ts";

export const LIMITS = {
  /** Characters of a message's text: https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
  text: 4_000,
  messageBlocks: 50,
  viewBlocks: 100,
  /** Characters of everything in a message's blocks together. Written nowhere; seen to be refused from about 13,200 on. */
  allBlocks: 13_000,
  section: 3_000,
  header: 150,
  contextElements: 10,
  actions: 25,
  contextActions: 5,
  actionId: 255,
  buttonText: 75,
  buttonValue: 2_000,
  accessibilityLabel: 75,
  alternativeText: 2_000,
  option: 75,
  optionValue: 150,
  options: 100,
  title: 24,
  label: 2_000,
  metadata: 3_000,
  /** Characters of one piece of a stream. */
  stream: 12_000,
} as const;

/** A message as it is sent. `text` is read aloud and shown in notifications. */
export interface MessageBody {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Every limit that a message breaks, in words for developers; none for one that Slack takes. */
export function messageFaults({ text, blocks }: MessageBody): string[] {
  const faults = new Faults();
  if (text.trim() === "") faults.add("no text for notifications");
  faults.most("text", text.length, LIMITS.text);
  faults.most("blocks", blocks.length, LIMITS.messageBlocks);
  faults.most("all blocks", JSON.stringify(blocks).length, LIMITS.allBlocks);
  for (const block of blocks) checkBlock(block as Part, faults);
  return faults.found;
}

export function viewFaults(view: Modal | Home): string[] {
  const faults = new Faults();
  faults.most("blocks", view.blocks.length, LIMITS.viewBlocks);
  faults.most("metadata", view.private_metadata?.length ?? 0, LIMITS.metadata);
  if (view.type === "modal") {
    for (const text of [view.title, view.submit, view.close])
      faults.most("title or button", text?.text.length ?? 0, LIMITS.title);
  }
  for (const block of view.blocks) checkBlock(block as Part, faults);
  return faults.found;
}

class Faults {
  readonly found: string[] = [];

  add(fault: string): void {
    this.found.push(fault);
  }

  most(what: string, count: number, limit: number): void {
    if (count > limit) this.add(`${what}: ${count} of at most ${limit}`);
  }
}

/** What the check reads of any block or element. */
interface Part {
  readonly type: string;
  readonly text?: string | { readonly text: string };
  readonly label?: { readonly text: string };
  readonly elements?: readonly Part[];
  readonly element?: Part;
  readonly accessory?: Part;
  readonly options?: readonly { readonly text: { readonly text: string }; readonly value?: string }[];
  readonly alt_text?: string;
  readonly action_id?: string;
  readonly value?: string;
  readonly accessibility_label?: string;
}

const wordsOf = ({ text }: Part) => (typeof text === "string" ? text : (text?.text ?? null));

function checkBlock(block: Part, faults: Faults): void {
  const words = wordsOf(block);
  if (words === "") faults.add(`${block.type}: an empty text`);
  const limit = block.type === "header" ? LIMITS.header : LIMITS.section;
  faults.most(`${block.type} text`, words?.length ?? 0, limit);
  faults.most("label", block.label?.text.length ?? 0, LIMITS.label);
  const elements = block.elements ?? [];
  if (block.type === "context") faults.most("context elements", elements.length, LIMITS.contextElements);
  if (block.type === "actions") faults.most("actions", elements.length, LIMITS.actions);
  if (block.type === "context_actions")
    faults.most("context actions", elements.length, LIMITS.contextActions);
  for (const part of [block, ...elements, block.element, block.accessory])
    if (part !== undefined) checkElement(part, faults);
}

function checkElement(part: Part, faults: Faults): void {
  const words = wordsOf(part);
  if (words === "") faults.add(`${part.type}: an empty text`);
  if (part.type === "button") faults.most("button text", words?.length ?? 0, LIMITS.buttonText);
  else faults.most(`${part.type} text`, words?.length ?? 0, LIMITS.section);
  faults.most("action id", part.action_id?.length ?? 0, LIMITS.actionId);
  faults.most("value", part.value?.length ?? 0, LIMITS.buttonValue);
  faults.most("alternative text", part.alt_text?.length ?? 0, LIMITS.alternativeText);
  faults.most("accessibility label", part.accessibility_label?.length ?? 0, LIMITS.accessibilityLabel);
  if (part.type === "image" && (part.alt_text ?? "") === "") faults.add("a picture without words for it");
  faults.most("options", part.options?.length ?? 0, LIMITS.options);
  for (const option of part.options ?? []) {
    faults.most("option", option.text.text.length, LIMITS.option);
    faults.most("option value", option.value?.length ?? 0, LIMITS.optionValue);
  }
}
