import { expect, test } from "vitest";
import { attributeCitations } from "../../../src/answering/citations.ts";
import { evidence } from "../../support/hand-made.ts";

const chad = evidence(1, "Chad", "People in Chad pay with the Central African CFA franc (Fr).", {
  relevance: 0.7,
});
const romania = evidence(2, "Romania", "The currency of Romania is the Romanian leu.", { relevance: 0.9 });
const ecuador = evidence(
  3,
  "Ecuador",
  "Ecuador pays with the United States dollar. Its sign is $, its prefix +593.",
);
const all = [chad, romania, ecuador];

test("the item the model named is cited for the whole answer when its words are there", () => {
  expect(attributeCitations("Central African CFA franc", 1, all)).toEqual([{ label: 1, start: 0, end: 25 }]);
});

test("an item named wrongly gives way to the one that holds the words", () => {
  expect(attributeCitations("Central African CFA franc", 2, all)).toEqual([{ label: 1, start: 0, end: 25 }]);
  expect(attributeCitations("Romanian leu", null, all)).toMatchObject([{ label: 2 }]);
  expect(attributeCitations("Romanian leu", 9, all)).toMatchObject([{ label: 2 }]);
});

test("the title counts: a name may be the answer", () => {
  expect(
    attributeCitations("Romania", 2, [{ ...romania, passage: { ...romania.passage, text: "…" } }]),
  ).toMatchObject([{ label: 2 }]);
});

test("case and accents' forms do not matter", () => {
  expect(attributeCitations("ROMANIAN LEU", 2, all)).toMatchObject([{ label: 2 }]);
  const nfd = "Côte".normalize("NFD");
  expect(attributeCitations(nfd, 1, [evidence(1, "Côte d'Ivoire", "…")])).toMatchObject([{ label: 1 }]);
});

test("signs count as words", () => {
  expect(attributeCitations("$", 3, all)).toMatchObject([{ label: 3 }]);
  expect(attributeCitations("+593", 3, all)).toMatchObject([{ label: 3 }]);
  expect(attributeCitations("€", 3, all)).toEqual([]);
});

test("where several hold the words, the most relevant is cited", () => {
  const same = [
    { ...chad, label: 1, relevance: 0.2 },
    { ...chad, label: 2, relevance: 0.8 },
  ];
  expect(attributeCitations("CFA franc", null, same)).toMatchObject([{ label: 2 }]);
  expect(attributeCitations("CFA franc", 1, same)).toMatchObject([{ label: 1 }]);
});

test("words that stand nowhere are not cited, even if the model names a source", () => {
  expect(attributeCitations("Swiss franc notes", 1, all)).toEqual([]);
  expect(attributeCitations("Tokyo", 1, all)).toEqual([]);
  expect(attributeCitations("euro", 1, [])).toEqual([]);
});

test("punctuation alone proves nothing", () => {
  expect(attributeCitations("........", 1, all)).toEqual([]);
  expect(attributeCitations("", 1, all)).toEqual([]);
});
