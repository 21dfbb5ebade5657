"""How retrieval is disturbed in training, so that the answering model withstands what retrieval really brings."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator


@dataclass
class Noise:
    """Rates at which retrieval is disturbed in training; recorded with the model."""

    gold_missing: float = 0.06
    """The right entity is taken out; its nearest look-alikes stay. Rarely: the critic, which knows more of likeness, has looked before."""
    random_wrong: float = 0.25
    """Each wrong item becomes a random other entity."""
    wrong_passage: float = 0.06
    """Each item carries a passage of another theme."""
    shuffled: float = 0.7
    """Items stand in random order instead of best first."""
    found_anyway: float = 0.6
    """The right entity is put among the items where retrieval missed it: else hard pictures would only teach to abstain."""
    fewer_items: float = 0.45
    """Only 1 to 4 items instead of 5."""
    second_passage: float = 0.35
    """The best entity stands there twice, the second time with a passage of another theme."""
    other_drawing: float = 0.5
    """The picture is as unlike all knowledge as another artist's drawing is: see `redraw`."""

    @classmethod
    def none(cls) -> "Noise":
        """Clean training for the ablation: only the right item, right passage."""
        return cls(gold_missing=0.0, random_wrong=0.0, wrong_passage=0.0, shuffled=0.0, found_anyway=0.0, fewer_items=-1.0, second_passage=0.0, other_drawing=0.0)


FARTHEST = 0.8
"""How far `redraw` shifts a picture at most, where every patch has length one: matches become up to 1 / √(1 + 0.8²) = 0.78 of what they were."""


def redraw(patches: np.ndarray, random: Generator) -> tuple[np.ndarray, float]:
    """Patches [P, D] all shifted one random way, and the share of its matches a picture keeps: how sure to be must not hang on one artist's level."""
    way = random.normal(size=patches.shape[1]).astype(np.float32)
    far = float(random.uniform(0, FARTHEST))
    moved = patches + far * way / np.linalg.norm(way)
    return moved / np.linalg.norm(moved, axis=1, keepdims=True), (1 + far**2) ** -0.5
