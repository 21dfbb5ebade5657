/** Turns facts into a passage with the templates of themes.json. Knows nothing of countries. */
import { createHash } from "node:crypto";
import themesFile from "./themes.json" with { type: "json" };

export interface Template {
  /** `one` or `many` values of the theme's first fact, or that fact's very value; left out, it always fits. */
  readonly when?: string;
  /** Placeholders: `{name}`, `{Name}` at the start of a sentence, `{name's}`, `{Name's}`, and fact ids. */
  readonly text: string;
}

export interface FactKind {
  readonly id: string;
  readonly type: string;
  /** Where this fact is not told, questions after it are answered by that one's value ("how many?": "no land borders"). */
  readonly orSameAs?: string;
}

export interface Theme {
  readonly id: string;
  /** Heading people read. */
  readonly section: string;
  readonly facts: readonly FactKind[];
  readonly templates: readonly Template[];
}

/** A fact as it stands in a passage. */
export interface StatedFact {
  readonly fact: string;
  /** Verbatim in the passage. */
  readonly value: string;
  /** Character offset of the value in the passage. */
  readonly start: number;
}

export interface StatedPassage {
  readonly text: string;
  readonly facts: readonly StatedFact[];
}

/** Fact id → its values, e.g. `languages` → `["Arabic", "French"]`. */
export type Facts = ReadonlyMap<string, readonly string[]>;

export const themes: readonly Theme[] = themesFile.themes;

/** `["a", "b", "c"]` → `a, b and c`. */
export function joinList(values: readonly string[], conjunction = "and"): string {
  if (values.length < 2) return values[0] ?? "";
  return `${values.slice(0, -1).join(", ")} ${conjunction} ${values.at(-1)}`;
}

/** The theme's passage about a subject, or null where none of its templates fits the known facts. */
export function statePassage(
  theme: Theme,
  subject: { readonly key: string; readonly name: string },
  facts: Facts,
): StatedPassage | null {
  const templates = fittingTemplates(theme, facts);
  if (templates.length === 0) return null;
  const hash = createHash("sha256").update(`${subject.key}#${theme.id}`).digest().readUInt32BE();
  return fill(theme, templates[hash % templates.length]!.text, subject.name, facts);
}

/** Templates whose placeholders are all known; of those, the ones that say most. */
function fittingTemplates(theme: Theme, facts: Facts): readonly Template[] {
  const first = facts.get(theme.facts[0]!.id) ?? [];
  const exact = first.length === 1 && theme.templates.some((template) => template.when === first[0]);
  const condition = exact ? first[0] : first.length > 1 ? "many" : "one";
  const fitting = theme.templates.filter(
    (template) =>
      (template.when === undefined || template.when === condition) &&
      factIds(template).every((id) => (facts.get(id)?.length ?? 0) > 0),
  );
  const most = Math.max(0, ...fitting.map((template) => factIds(template).length));
  return fitting.filter((template) => factIds(template).length === most);
}

function factIds(template: Template): string[] {
  return [...template.text.matchAll(/\{([a-z-]+)\}/g)]
    .map((match) => match[1]!)
    .filter((id) => id !== "name");
}

function fill(theme: Theme, template: string, name: string, facts: Facts): StatedPassage {
  const capitalised = name.charAt(0).toUpperCase() + name.slice(1);
  const ending = name.endsWith("s") ? "'" : "'s";
  const names: Record<string, string> = {
    name,
    Name: capitalised,
    "name's": name + ending,
    "Name's": capitalised + ending,
  };
  const nameIsFact = theme.facts.some((fact) => fact.id === "name");
  const stated: StatedFact[] = [];
  let text = "";
  for (const part of template.split(/(\{[^}]+\})/)) {
    const id = part.startsWith("{") ? part.slice(1, -1) : null;
    if (id === null) {
      // "Washington D.C." at the end of a sentence brings its own full stop.
      text += text.endsWith(".") && part.startsWith(".") ? part.slice(1) : part;
    } else if (id in names) {
      const article = /^the /.test(name) ? "the ".length : 0;
      if (nameIsFact) stated.push({ fact: "name", value: name.slice(article), start: text.length + article });
      text += names[id];
    } else {
      const value = joinList(facts.get(id)!, id === "demonym" ? "or" : "and");
      stated.push({ fact: id, value, start: text.length });
      text += value;
    }
  }
  return { text, facts: [...stated, ...sharedFacts(theme, stated)] };
}

function sharedFacts(theme: Theme, stated: readonly StatedFact[]): StatedFact[] {
  return theme.facts.flatMap(({ id, orSameAs }) => {
    const other = stated.find(({ fact }) => fact === orSameAs);
    return other === undefined || stated.some(({ fact }) => fact === id) ? [] : [{ ...other, fact: id }];
  });
}
