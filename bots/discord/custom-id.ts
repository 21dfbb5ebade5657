/** What a button, a menu or a form is for. Names an interaction, which is looked up: nothing is kept in memory. Pure. */
const ACTIONS = [
  "helpful",
  "unhelpful",
  "why",
  "more",
  "correct",
  "ask-on",
  "correction",
  "follow-up",
  "picture",
  "privacy",
] as const;

export type Action = (typeof ACTIONS)[number];

/** At most 50 characters of Discord's 100. */
export function customId(action: Action, id: string): string {
  return `${action}:${id}`;
}

/** Null for what is not ours, or not any more. */
export function readCustomId(text: string): { readonly action: Action; readonly id: string } | null {
  const [name, id = ""] = text.split(":");
  const action = ACTIONS.find((known) => known === name);
  return action === undefined || !/^[\w-]{1,64}$/.test(id) ? null : { action, id };
}
