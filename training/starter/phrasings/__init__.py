"""Ways to ask after each fact: TRAIN, VALIDATION and TEST share no sentence. See questions.py for the slots and how a question is made.

The sets were written apart from each other: whoever wrote for training had not seen the other two.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from phrasings import test, train_chatty, train_formal, train_plain, train_terse, validation


@dataclass(frozen=True)
class Phrasings:
    """One set. A pattern is a sentence with [a|b] choices and slots."""

    patterns: dict[str, list[str]]
    """By fact."""
    unanswerable: list[str]
    """What no passage of ours answers."""
    name_patterns: list[str]
    """Which country is the flag pointed at?"""
    frames: list[str]
    """What stands around a question."""
    frame_share: float
    """How often a question stands in a frame."""
    only: dict[str, list[str]]
    """What stands for the picture's only flag."""
    places: dict[str, dict[str, list[str]]]
    """Which of several flags."""
    pointers: dict[str, list[str]]
    """{where} "on the left", {adjective} "left"; used as {it}, after "in" as {there}."""


def _together(first: ModuleType, *others: ModuleType) -> Phrasings:
    """What several authors wrote; ways to point at one of several flags are the first author's."""
    authors = [first, *others]

    def joined(name: str) -> list[str]:
        return [text for author in authors for text in getattr(author, name)]

    def joined_by_key(name: str) -> dict[str, list[str]]:
        return {key: [text for author in authors for text in getattr(author, name)[key]] for key in getattr(first, name)}

    return Phrasings(
        joined_by_key("PATTERNS"), joined("UNANSWERABLE"), joined("NAME_PATTERNS"), joined("FRAMES"), first.FRAME_SHARE,
        joined_by_key("ONLY"), first.PLACES, first.POINTERS,
    )


TRAIN, VALIDATION, TEST = _together(train_plain, train_formal, train_chatty, train_terse), _together(validation), _together(test)
