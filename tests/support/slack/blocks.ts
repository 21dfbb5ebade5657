/** Blocks and views as they come over the wire, as far as the rules read them, and what people read in them. */

export interface SentText {
  readonly type: string;
  readonly text: string;
}

export interface SentOption {
  readonly text: SentText;
  readonly value?: string;
  readonly description?: SentText;
}

export interface SentFeedback {
  readonly text: SentText;
  readonly value: string;
  readonly accessibility_label?: string;
}

export interface SentElement {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: SentText | string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: string;
  readonly accessibility_label?: string;
  readonly placeholder?: SentText;
  readonly options?: readonly SentOption[];
  readonly option_groups?: readonly { readonly label: SentText; readonly options: readonly SentOption[] }[];
  readonly initial_value?: string;
  readonly initial_option?: SentOption;
  readonly initial_options?: readonly SentOption[];
  readonly initial_users?: readonly string[];
  readonly initial_conversations?: readonly string[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly max_files?: number;
  readonly filetypes?: readonly string[];
  readonly alt_text?: string;
  readonly image_url?: string;
  readonly slack_file?: { readonly id?: string; readonly url?: string };
  readonly positive_button?: SentFeedback;
  readonly negative_button?: SentFeedback;
  readonly icon?: string;
  readonly elements?: readonly SentElement[];
}

export interface SentBlock {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: SentText | string;
  readonly fields?: readonly SentText[];
  readonly accessory?: SentElement;
  readonly elements?: readonly SentElement[];
  readonly element?: SentElement;
  readonly label?: SentText;
  readonly hint?: SentText;
  readonly optional?: boolean;
  readonly title?: SentText | string;
  readonly alt_text?: string;
  readonly image_url?: string;
  readonly slack_file?: { readonly id?: string; readonly url?: string };
}

export interface SentView {
  readonly type: string;
  readonly title?: SentText;
  readonly submit?: SentText;
  readonly close?: SentText;
  readonly blocks: readonly SentBlock[];
  readonly private_metadata?: string;
  readonly callback_id?: string;
  readonly external_id?: string;
  readonly notify_on_close?: boolean;
  readonly clear_on_close?: boolean;
}

/** A block's interactive elements, wherever they stand. */
export function elementsOf(block: SentBlock): SentElement[] {
  return [
    ...(block.elements ?? []),
    ...(block.accessory === undefined ? [] : [block.accessory]),
    ...(block.element === undefined ? [] : [block.element]),
  ];
}

/** The words that people read in blocks, buttons and descriptions of pictures apart. */
export function wordsOf(blocks: readonly SentBlock[]): string {
  return blocks.flatMap(wordsOfBlock).filter(Boolean).join("\n");
}

function wordsOfBlock(block: SentBlock): string[] {
  const texts = [block.text, block.title, block.label, block.hint, ...(block.fields ?? [])];
  const told = block.type === "context" || block.type === "rich_text" ? (block.elements ?? []) : [];
  return [...texts.map(plain), ...told.map(wordsOfElement)];
}

function wordsOfElement({ text, elements }: SentElement): string {
  return plain(text) || (elements ?? []).map(wordsOfElement).join("");
}

export const plain = (text: SentText | string | undefined) =>
  typeof text === "string" ? text : (text?.text ?? "");
