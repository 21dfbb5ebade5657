"""Checks of the question grammar and the invented facts: `python -m unittest test_knowledge` in this folder."""

from __future__ import annotations

import unittest
from collections import defaultdict
from itertools import combinations

import numpy as np

from invented_facts import invented_record
from invented_names import invented_name
from questions import FACT_KINDS, PHRASINGS, SUBJECTS, ask, expand, patterns, unanswerable
from themes import FACTS

SPLITS = ["train", "validation", "test"]


def plain(text: str) -> str:
    """Without case and punctuation."""
    return " ".join("".join(letter if letter.isalnum() or letter in "{}" else " " for letter in text.lower()).split())


class Questions(unittest.TestCase):
    def test_every_fact_of_the_themes_can_be_asked_after(self):
        self.assertEqual(set(FACTS), set(FACT_KINDS))

    def test_each_split_has_enough_phrasings_of_each_fact(self):
        for fact in FACT_KINDS:
            counts = [sum(map(len, patterns(fact, split))) for split in SPLITS]
            self.assertTrue(counts[0] >= 24 and counts[1] >= 6 and counts[2] >= 8, (fact, counts))

    def test_no_phrasing_is_in_two_splits(self):
        for fact in [*FACT_KINDS, None]:
            sets = []
            for split in SPLITS:
                source = PHRASINGS[split].unanswerable if fact is None else PHRASINGS[split].patterns[fact]
                sets.append({plain(text) for pattern in source for text in expand(pattern)})
            for one, other in combinations(sets, 2):
                self.assertEqual(one & other, set(), fact)

    def test_no_way_of_pointing_is_in_two_splits(self):
        for one, other in combinations(SPLITS, 2):
            for slot in ["it", "there", "its"]:
                self.assertEqual(set(PHRASINGS[one].only[slot]) & set(PHRASINGS[other].only[slot]), set())
            for kind in ["where", "adjective"]:
                self.assertEqual(set(PHRASINGS[one].pointers[kind]) & set(PHRASINGS[other].pointers[kind]), set())
                for subject in SUBJECTS:
                    self.assertEqual(set(PHRASINGS[one].places[subject][kind]) & set(PHRASINGS[other].places[subject][kind]), set())

    def test_questions_are_clean(self):
        random = np.random.default_rng(1)
        for number in range(6000):
            subject = [None, *SUBJECTS, "=the Netherlands"][number % (len(SUBJECTS) + 2)]
            split = SPLITS[number % 3]
            fact = FACT_KINDS[int(random.integers(len(FACT_KINDS)))]
            for text in [ask(fact, split, random, subject), unanswerable(split, random, subject)]:
                self.assertNotRegex(text, r"[{}\[\]|]|^\s|\s$|^$")
                if split != "train":
                    self.assertNotRegex(text, r"  |\?\?")

    def test_a_question_about_one_of_several_flags_says_which(self):
        random = np.random.default_rng(2)
        for fact in FACT_KINDS:
            for _ in range(40):
                self.assertRegex(ask(fact, "validation", random, "left").lower(), "left")
                self.assertIn("Chad".lower(), ask(fact, "test", random, "=Chad").lower())


class InventedFacts(unittest.TestCase):
    def test_values_are_verbatim_and_passages_clean(self):
        random = np.random.default_rng(3)
        for _ in range(2000):
            for passage in invented_record(random, invented_name(random))["passages"]:
                text = passage["text"]
                self.assertNotRegex(text, r"[{}]|  |\.\.|\bNone\b|\bthe the\b")
                self.assertLessEqual(len(text.split()), 48)
                for fact in passage["facts"]:
                    self.assertEqual(text[fact["start"] : fact["start"] + len(fact["value"])], fact["value"])

    def test_values_are_diverse(self):
        random = np.random.default_rng(4)
        values: dict[str, list[str]] = defaultdict(list)
        for _ in range(1000):
            for passage in invented_record(random, invented_name(random))["passages"]:
                for fact in passage["facts"]:
                    values[fact["fact"]].append(fact["value"])
        for fact in ["capital", "currency", "currency-code", "demonym", "official-name", "native-name", "languages"]:
            self.assertGreater(len(set(values[fact])) / len(values[fact]), 0.8, fact)

    def test_the_same_seed_gives_the_same_record(self):
        one, other = (invented_record(np.random.default_rng(5), "Veldoria") for _ in range(2))
        self.assertEqual(one, other)


if __name__ == "__main__":
    unittest.main()
