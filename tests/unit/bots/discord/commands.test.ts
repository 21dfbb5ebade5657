import { describe, expect, it } from "vitest";
import { commandDefinitions } from "../../../../bots/discord/commands.ts";
import { correctionForm, questionForm } from "../../../../bots/discord/forms.ts";
import { LANGUAGES, textsFor } from "../../../../bots/discord/languages.ts";
import { inviteLink, missingPermissions } from "../../../../bots/discord/permissions.ts";
import { includes } from "../../../../bots/discord/register.ts";
import { refusedForm } from "../../../support/discord/message-rules.ts";

interface Named {
  readonly name: string;
  readonly type?: number;
  readonly description?: string;
  readonly name_localizations?: Record<string, string> | null;
  readonly description_localizations?: Record<string, string>;
  readonly options?: readonly Named[];
}

const commands = commandDefinitions(1000) as unknown as Named[];
const flat = (all: readonly Named[]): Named[] => all.flatMap((one) => [one, ...flat(one.options ?? [])]);

describe("the commands", () => {
  // https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
  it("have names and descriptions that Discord takes, in every language", () => {
    const slash = commands.filter(({ type }) => type === 1);
    for (const one of flat(slash)) {
      for (const name of [one.name, ...Object.values(one.name_localizations ?? {})]) {
        expect(name).toMatch(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u);
        expect(name).toBe(name.toLowerCase());
      }
      for (const words of [one.description!, ...Object.values(one.description_localizations!)]) {
        expect(words.length).toBeGreaterThan(0);
        expect(words.length).toBeLessThanOrEqual(100);
      }
      expect(Object.keys(one.description_localizations!)).toEqual(Object.keys(LANGUAGES).slice(1));
    }
  });

  it("have no name twice in any language", () => {
    for (const language of Object.keys(LANGUAGES)) {
      const names = commands.map(({ name, name_localizations }) => name_localizations?.[language] ?? name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("count as registered only while they say the same", () => {
    const registered = commands.map((command) => ({ id: "1", version: "2", nsfw: false, ...command }));
    expect(includes(registered, commands)).toBe(true);
    expect(includes(registered.toReversed(), commands)).toBe(true);
    expect(includes(registered.slice(1), commands)).toBe(false);
    expect(includes(registered, commandDefinitions(999))).toBe(false);
    expect(includes([], commands)).toBe(false);
  });
});

describe.each(Object.entries(LANGUAGES))("the forms in %s", (_, texts) => {
  it("are taken by Discord, whatever the entities are called", () => {
    const entities = Array.from({ length: 60 }, (_, number) => ({
      id: `e${number}`,
      title: "x".repeat(300),
    }));
    const long = [{ id: "x".repeat(200), title: "too long to be named" }];
    for (const choices of [entities, [], long])
      expect(refusedForm(correctionForm("id", choices, texts) as never)).toEqual([]);
    expect(refusedForm(questionForm("picture", "id", texts) as never)).toEqual([]);
    expect(refusedForm(questionForm("follow-up", "id", texts) as never)).toEqual([]);
  });
});

it.each([
  ["en-GB", "en-US"],
  ["es-419", "es-ES"],
  ["zh-TW", "zh-TW"],
  ["zh-CN", "en-US"],
  ["ja", "ja"],
  ["pl", "en-US"],
  [null, "en-US"],
] as const)("the locale %s reads %s", (locale, language) => {
  expect(textsFor(locale)).toBe(LANGUAGES[language]);
});

describe("the link that installs the bot", () => {
  it("asks for what is needed, and for nothing else", () => {
    const { searchParams } = new URL(inviteLink("42"));
    expect(searchParams.get("client_id")).toBe("42");
    const granted = BigInt(searchParams.get("permissions")!);
    expect(missingPermissions(granted)).toEqual([]);
    for (let bit = 0n; bit < 60n; bit++) {
      const less = granted & ~(1n << bit);
      if (less !== granted) expect(missingPermissions(less)).toHaveLength(1);
    }
    expect(granted & 8n).toBe(0n);
  });
});
