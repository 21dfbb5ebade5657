"""What the frozen encoder made of scenes, and what retrieval and refinement would take of it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator

KEEP_QUERY, KEEP_RETRIEVED = 8, 8
"""Visual tokens kept of a query picture and of a retrieved one (of 100 patches each)."""


FOCUS_PATCHES, FOCUS_WEIGHT = 4, 2.0
"""Retrieval asks with the global embedding plus this many times the mean of so many patches of what the question is about."""


@dataclass
class EncodedScenes:
    """Outputs of the frozen encoder. R references (one a class), N scenes, P patches, D dimensions; float16."""

    reference_embeds: np.ndarray
    reference_patches: np.ndarray
    embeds: np.ndarray
    patches: np.ndarray
    classes: np.ndarray
    boxes: np.ndarray
    cover: np.ndarray
    real: int
    """Classes below this are real flags."""

    @classmethod
    def load(cls, path: Path) -> "EncodedScenes":
        with np.load(path) as saved:
            return cls(**{name: saved[name] for name in cls.__dataclass_fields__ if name != "real"}, real=int(saved["real"]))


def refine(patches: np.ndarray, towards: np.ndarray, keep: int) -> np.ndarray:
    """Patches [P, D] nearest to a direction [D], in raster order: [keep, D]."""
    return patches[np.sort(np.argsort(-(patches @ towards), kind="stable")[:keep])]


def reduce_tokens(patches: np.ndarray, towards: np.ndarray, keep: int, how: str, random: Generator) -> np.ndarray:
    """`how`: refined, all, random, or pooled (average over equal raster runs, then length one)."""
    if how == "refined":
        return refine(patches, towards, keep)
    if how == "all":
        return patches
    if how == "random":
        return patches[np.sort(random.permutation(len(patches))[:keep])]
    pooled = np.stack([part.mean(0) for part in np.array_split(patches, keep)])
    return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def focused(embed: np.ndarray, patches: np.ndarray) -> np.ndarray:
    """What retrieval asks with [D]: a picture's global embedding [D] and the patches [N, D] that the question is about."""
    return unit(embed.astype(np.float32) + FOCUS_WEIGHT * unit(patches.astype(np.float32).mean(0)))


def look_at(scenes: EncodedScenes, scene: int, flag: int, random: Generator) -> np.ndarray:
    """`focused` on a scene's flag by its mask, where the runtime goes by the question: [D]."""
    cover = scenes.cover[scene, flag].astype(np.float32)
    shown = np.flatnonzero(cover >= 0.7 * cover.max())
    return focused(scenes.embeds[scene], scenes.patches[scene, random.permutation(shown)[:FOCUS_PATCHES]])


def retrieve(scenes: EncodedScenes, query: np.ndarray, pool: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The `count` classes of a pool nearest to a direction [D], most similar first, with their cosines."""
    cosines = scenes.reference_embeds[pool].astype(np.float32) @ query
    order = np.argsort(-cosines)[:count]
    return pool[order], cosines[order]
