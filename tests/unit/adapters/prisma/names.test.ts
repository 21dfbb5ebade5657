import { describe, expect, it } from "vitest";
import { entitiesNamed, possibleNames } from "../../../../src/adapters/prisma/names.ts";
import { foldedName } from "../../../../src/domain/text.ts";

const known = (...written: string[]) =>
  written.map((name) => ({ entityId: name, folded: foldedName(name), written: name }));
const named = (text: string, ...names: string[]) => entitiesNamed(text, possibleNames(text), known(...names));

describe("possible names", () => {
  it("are all runs of words, folded", () => {
    expect([...possibleNames("The flag of Chad!").keys()]).toEqual([
      "the",
      "the flag",
      "the flag of",
      "the flag of chad",
      "flag",
      "flag of",
      "flag of chad",
      "of",
      "of chad",
      "chad",
    ]);
  });

  it("are told apart where a script has no blanks", () => {
    expect(possibleNames("フランスの首都は?").has("フランス")).toBe(true);
    expect(possibleNames("ธงของประเทศไทย").has("ประเทศไทย")).toBe(true);
  });

  it("stay few in a text of any length", () => {
    expect(possibleNames("日本".repeat(200_000)).size).toBeLessThan(100_000);
    expect(possibleNames("a ".repeat(500_000)).size).toBe(10);
  });
});

describe("entities named", () => {
  it("come longest name first", () => {
    expect(named("Chad or Romania?", "Chad", "Romania")).toEqual(["Romania", "Chad"]);
  });

  it("leave out a name that only occurs inside a longer one", () => {
    expect(named("In Papua New Guinea?", "Guinea", "Papua New Guinea", "New Guinea")).toEqual([
      "Papua New Guinea",
    ]);
    expect(named("Papua New Guinea, Guinea", "Guinea", "Papua New Guinea")).toEqual([
      "Papua New Guinea",
      "Guinea",
    ]);
  });

  it("keep names that overlap without one holding the other", () => {
    expect(named("united arab emirates airline", "United Arab Emirates", "Emirates Airline")).toHaveLength(2);
  });

  it("take abbreviations only as they are written", () => {
    expect(named("tell us, is it in the us", "US", "IS", "IT", "IN")).toEqual([]);
    expect(named("Is it the US or the UK?", "US", "UK", "IS")).toEqual(["UK", "US"]);
    expect(named("a BUS", "US")).toEqual([]);
    expect(named("U.S.", "U.S.")).toEqual(["U.S."]);
  });
});
