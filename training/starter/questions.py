"""Questions about a country's facts, drawn from a grammar with three disjoint sets of phrasings: train, validation, test.

A pattern is a sentence: [a|b] is a choice, an empty choice leaves the word out. Slots: {it} the country ("the country with
this flag"), {there} where ("in that place"), {its} whose ("this country's"). `train` is wide; `validation` steers
decisions; `test` is looked at once, at the end.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from numpy.random import Generator

from invented_names import invented_name
from invented_values import chance, pick
from phrasings import TEST, TRAIN, VALIDATION

PHRASINGS = {"train": TRAIN, "validation": VALIDATION, "test": TEST}
FACT_KINDS = list(TRAIN.patterns)
SUBJECTS = list(TRAIN.places)
"""Ways to say which of several flags is meant."""
_CHOICE = re.compile(r"\[([^\[\]]*)\]")


@cache
def expand(pattern: str) -> tuple[str, ...]:
    """All sentences of a pattern with [a|b] choices; slots stay."""
    parts = _CHOICE.split(pattern)
    choices = [part.split("|") if position % 2 else [part] for position, part in enumerate(parts)]
    return tuple(dict.fromkeys(" ".join("".join(words).split()) for words in product(*choices)))


@cache
def patterns(fact: str, split: str) -> tuple[tuple[str, ...], ...]:
    """The expansions of each pattern of a fact."""
    return tuple(expand(pattern) for pattern in PHRASINGS[split].patterns[fact])


@cache
def _pointed(groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Only sentences that name their country, and not by a possessive: "the flag on the left's capital" is no English."""
    kept = [tuple(text for text in group if "{" in text and "{its}" not in text) for group in groups]
    return tuple(group for group in kept if group)


def _subject(subject: str | None, split: str, random: Generator) -> dict[str, str]:
    """What stands for {it}, {there} and {its}; `subject` as in `ask`."""
    if subject is None:
        return {slot: pick(random, phrases) for slot, phrases in PHRASINGS[split].only.items()}
    if subject.startswith("="):
        phrase = subject[1:]
    else:
        place = PHRASINGS[split].places[subject]
        kind = "where" if place["where"] and chance(random, 0.5) else "adjective"
        phrase = pick(random, PHRASINGS[split].pointers[kind]).replace(f"{{{kind}}}", pick(random, place[kind]))
    return {"it": phrase, "there": f"in {phrase}"}


def _finish(text: str, split: str, random: Generator) -> str:
    """Frames, capitals, question marks and (in training) slips of the finger."""
    phrasings = PHRASINGS[split]
    if chance(random, phrasings.frame_share):
        text = pick(random, phrasings.frames).format(text[0].lower() + text[1:])
    if split == "train" and chance(random, 0.04):
        text = _slip(text, random)
    if text[-1] in "?.":  # written out as people type it
        return text if chance(random, 0.7) else text.lower().rstrip("?. ")
    if chance(random, 0.65):
        text += "?"
    style = random.random()
    if style < 0.5:
        return text[0].upper() + text[1:]
    return text.upper() if split == "train" and style > 0.97 else text


def _slip(text: str, random: Generator) -> str:
    """Two neighbouring letters exchanged, one left out, or one doubled."""
    place = int(random.integers(1, max(2, len(text) - 1)))
    if not text[place - 1 : place + 1].isalpha():
        return text
    kind = int(random.integers(3))
    if kind == 0:
        return text[: place - 1] + text[place : place + 1] + text[place - 1] + text[place + 1 :]
    return text[:place] + text[place + 1 :] if kind == 1 else text[:place] + text[place - 1] + text[place:]


def _unheard(text: str, random: Generator) -> str:
    """One word of a long sentence left out, or replaced by one nobody knows: a question is understood by all of its words."""
    words = text.split()
    plain = [place for place, word in enumerate(words) if "{" not in word]
    if len(plain) < 6:
        return text
    place = plain[random.integers(len(plain))]
    words[place] = invented_name(random).lower() if chance(random, 0.5) else ""
    return " ".join(" ".join(words).split())


def _pose(groups: tuple[tuple[str, ...], ...], split: str, random: Generator, subject: str | None) -> str:
    # Every pattern counts the same half of the time, else every sentence: neither short nor rich patterns take over.
    pool = groups if subject is None else _pointed(groups)
    text = pick(random, pick(random, pool)) if chance(random, 0.5) else pick(random, _flat(pool))
    if split == "train" and chance(random, 0.15):
        text = _unheard(text, random)
    for slot, phrase in _subject(subject, split, random).items():
        text = text.replace(f"{{{slot}}}", phrase)
    return _finish(text, split, random)


@cache
def _flat(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(text for group in groups for text in group)


def ask(fact: str, split: str, random: Generator, subject: str | None = None) -> str:
    """A question after `fact` (one of FACT_KINDS) in the phrasings of `split`.

    `subject`: None for the picture's only flag, one of SUBJECTS where there are several, "=the Netherlands" for a country by name.
    """
    if fact == "name" and subject is not None:
        return _pose(tuple(expand(pattern) for pattern in PHRASINGS[split].name_patterns), split, random, subject)
    return _pose(patterns(fact, split), split, random, subject)


def unanswerable(split: str, random: Generator, subject: str | None = None) -> str:
    """A question that no passage of ours answers."""
    return _pose(tuple(expand(pattern) for pattern in PHRASINGS[split].unanswerable), split, random, subject)
