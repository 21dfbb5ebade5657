/** What was filled into a form. Pure. */
import type { SlackFile } from "./files.ts";

/** The state of a form's fields, by block and then by name; here both are the same. */
export type FormState = Readonly<Record<string, Readonly<Record<string, FieldState>>>>;

interface FieldState {
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly { readonly value?: string }[];
  readonly selected_conversations?: readonly string[];
  readonly files?: readonly SlackFile[] | null;
}

const fieldOf = (state: FormState, name: string): FieldState => state[name]?.[name] ?? {};

export const textIn = (state: FormState, name: string) => fieldOf(state, name).value ?? "";
export const choiceIn = (state: FormState, name: string) =>
  fieldOf(state, name).selected_option?.value ?? null;
export const filesIn = (state: FormState, name: string) => fieldOf(state, name).files ?? [];
export const conversationsIn = (state: FormState, name: string) =>
  fieldOf(state, name).selected_conversations ?? [];
export const isTicked = (state: FormState, name: string) =>
  (fieldOf(state, name).selected_options ?? []).length > 0;
