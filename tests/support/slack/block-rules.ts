/**
 * What Slack refuses in blocks. Written from its documentation, apart from the bot's own check, so that one mistake is not made
 * twice: https://docs.slack.dev/reference/block-kit/blocks.
 */
import { elementsOf, type SentBlock } from "./blocks.ts";
import { refusedElement } from "./element-rules.ts";
import { refusedPicture, refusedText } from "./part-rules.ts";
import type { World } from "./world.ts";

export type Surface = "message" | "modal" | "home";

/** Where blocks stand, and whose files they may show. */
export interface Site {
  readonly surface: Surface;
  readonly world: World;
  readonly team: string;
}

const MOST_BLOCKS = { message: 50, modal: 100, home: 100 };
/** Found by trying, not documented: characters over all texts of one message. */
const MOST_CHARACTERS = 13_200;
const ONLY_IN_MESSAGES = ["markdown", "context_actions", "task_card", "plan", "table"];

export interface Judgement {
  readonly error: "invalid_blocks_format" | "invalid_blocks" | "msg_blocks_too_long" | null;
  readonly faults: readonly string[];
}

export function judgeBlocks(blocks: readonly SentBlock[], site: Site): Judgement {
  if (!Array.isArray(blocks)) return { error: "invalid_blocks_format", faults: ["blocks: must be an array"] };
  const { surface } = site;
  const faults: string[] = [];
  if (blocks.length > MOST_BLOCKS[surface])
    faults.push(`no more than ${MOST_BLOCKS[surface]} items allowed [json-pointer:/blocks]`);
  const ids = blocks.flatMap(({ block_id }) => block_id ?? []);
  if (new Set(ids).size < ids.length) faults.push("a block_id is used twice [json-pointer:/blocks]");
  if (ids.some((id) => id === "" || id.length > 255)) faults.push("block_id: 1 to 255 characters");
  for (const [index, block] of blocks.entries())
    for (const fault of refusedBlock(block, site)) faults.push(`${fault} [json-pointer:/blocks/${index}]`);
  if (faults.length > 0) return { error: "invalid_blocks", faults };
  const markdown = blocks.reduce(
    (sum, { type, text }) => sum + (type === "markdown" ? lengthOf(text) : 0),
    0,
  );
  if (markdown > 12_000 || (surface === "message" && charactersIn(blocks) > MOST_CHARACTERS))
    return { error: "msg_blocks_too_long", faults: [] };
  return { error: null, faults: [] };
}

function refusedBlock(block: SentBlock, site: Site): string[] {
  const { type, elements = [] } = block;
  if (site.surface !== "message" && ONLY_IN_MESSAGES.includes(type)) return [`${type}: only in messages`];
  const count = (most: number) =>
    elements.length < 1 || elements.length > most ? [`elements: 1 to ${most} in ${type}`] : [];
  const inside = () => {
    const actions = elementsOf(block).flatMap(({ action_id }) => action_id ?? []);
    const twice = new Set(actions).size < actions.length ? ["action_id: used twice in a block"] : [];
    return [...elementsOf(block).flatMap((element) => refusedElement(element, type, site)), ...twice];
  };
  switch (type) {
    case "section":
      return [...refusedSection(block), ...inside()];
    case "header":
      return refusedText("text", block.text, 150, "plain_text");
    case "context":
      return [...count(10), ...inside()];
    case "actions":
      return [...count(25), ...inside()];
    case "context_actions":
      return [...count(5), ...inside()];
    case "image":
      return [
        ...refusedPicture(block, site),
        ...(block.title === undefined ? [] : refusedText("title", block.title, 2000, "plain_text")),
      ];
    case "input":
      return [
        ...refusedText("label", block.label, 2000, "plain_text"),
        ...(block.hint === undefined ? [] : refusedText("hint", block.hint, 2000, "plain_text")),
        ...(block.element === undefined ? ["missing required field: element"] : inside()),
      ];
    case "markdown":
      return lengthOf(block.text) === 0 ? ["text: must be more than 0 characters"] : [];
    case "rich_text":
      return elements.length === 0 ? ["missing required field: elements"] : [];
    case "divider":
      return [];
    default:
      return [`unsupported type: ${type}`];
  }
}

function refusedSection({ text, fields }: SentBlock): string[] {
  if (text === undefined && (fields ?? []).length === 0) return ["missing required field: text or fields"];
  return [
    ...(text === undefined ? [] : refusedText("text", text, 3000)),
    ...((fields ?? []).length > 10 ? ["fields: no more than 10"] : []),
    ...(fields ?? []).flatMap((field) => refusedText("field", field, 2000)),
  ];
}

const lengthOf = (text: SentBlock["text"]) =>
  typeof text === "string" ? text.length : (text?.text.length ?? 0);

/** Over every text, however deep. */
function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + charactersIn(part), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, part]) =>
      sum + (typeof part === "string" ? (name === "text" ? part.length : 0) : charactersIn(part)),
    0,
  );
}
