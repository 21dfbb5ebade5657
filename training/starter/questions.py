"""Questions about a country's facts, drawn from a grammar with three disjoint sets of phrasings: train, validation, test."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from numpy.random import Generator

from invented_values import chance, pick
from question_patterns import TEST, TRAIN, UNANSWERABLE, VALIDATION
from question_subjects import NAME_PATTERNS, ONLY, PLACES, POINTERS, SUBJECTS

__all__ = ["FACT_KINDS", "SUBJECTS", "ask", "patterns", "unanswerable"]

PATTERNS = {"train": TRAIN, "validation": VALIDATION, "test": TEST}
FACT_KINDS = list(TRAIN)
FRAMES = {
    "train": [
        "can you tell me: {}", "tell me, {}", "please: {}", "hi, {}", "hello! {}", "quick question: {}", "i wonder: {}", "{} please", "{} thanks",
        "so {}", "and {}", "ok, {}", "please tell me {}", "say, {}", "question: {}", "i would like to know: {}", "just asking, {}", "hey rora, {}",
        "i have a question. {}", "look at this. {}", "do you know {}",
    ],
    "validation": ["excuse me, {}", "one question: {}", "could you tell me: {}", "good morning, {}"],
    "test": ["Hey, I was wondering: {}", "I'm curious. {}", "My kid asks: {}", "For a quiz: {}", "Sorry to bother you, {}"],
}
FRAME_SHARE = {"train": 0.15, "validation": 0.1, "test": 0.1}
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
    return tuple(expand(pattern) for pattern in PATTERNS[split][fact])


@cache
def _pointed(groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Only sentences that name their country, and not by a possessive: "the flag on the left's capital" is no English."""
    kept = [tuple(text for text in group if "{" in text and "{its}" not in text) for group in groups]
    return tuple(group for group in kept if group)


def _subject(subject: str | None, split: str, random: Generator) -> dict[str, str]:
    """What stands for {it}, {there} and {its}; `subject` as in `ask`."""
    if subject is None:
        return {slot: pick(random, phrases) for slot, phrases in ONLY[split].items()}
    if subject.startswith("="):
        phrase = subject[1:]
    else:
        place = PLACES[split][subject]
        kind = "where" if place["where"] and chance(random, 0.5) else "adjective"
        phrase = pick(random, POINTERS[split][kind]).replace(f"{{{kind}}}", pick(random, place[kind]))
    return {"it": phrase, "there": f"in {phrase}"}


def _finish(text: str, split: str, random: Generator) -> str:
    """Frames, capitals, question marks and (in training) slips of the finger."""
    if chance(random, FRAME_SHARE[split]):
        text = pick(random, FRAMES[split]).format(text if split != "test" else text[0].lower() + text[1:])
    if split == "test":
        return text if chance(random, 0.7) else text.lower().rstrip("?. ")
    if split == "train" and chance(random, 0.04):
        text = _slip(text, random)
    if chance(random, 0.65):
        text += "?"
    style = random.random()
    if style < 0.5:
        return text[0].upper() + text[1:]
    return text.upper() if split == "train" and style > 0.97 else text


def _slip(text: str, random: Generator) -> str:
    """Two neighbouring letters exchanged, one left out, or one doubled."""
    place = int(random.integers(1, max(2, len(text) - 1)))
    kind = int(random.integers(3))
    if kind == 0:
        return text[: place - 1] + text[place : place + 1] + text[place - 1] + text[place + 1 :]
    return text[:place] + text[place + 1 :] if kind == 1 else text[:place] + text[place - 1] + text[place:]


def _pose(groups: tuple[tuple[str, ...], ...], split: str, random: Generator, subject: str | None) -> str:
    # Every pattern counts the same half of the time, else every sentence: neither short nor rich patterns take over.
    pool = groups if subject is None else _pointed(groups)
    text = pick(random, pick(random, pool)) if chance(random, 0.5) else pick(random, _flat(pool))
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
        return _pose(tuple(expand(pattern) for pattern in NAME_PATTERNS[split]), split, random, subject)
    return _pose(patterns(fact, split), split, random, subject)


def unanswerable(split: str, random: Generator, subject: str | None = None) -> str:
    """A question that no passage of ours answers."""
    return _pose(tuple(expand(pattern) for pattern in UNANSWERABLE[split]), split, random, subject)
