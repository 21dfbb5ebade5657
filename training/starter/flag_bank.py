"""Every flag the encoder learns to tell apart: real ones (identical ones merged) and invented ones."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import flags as real_flags
import invented

INVENTED_SEED = 7
HELD_OUT_SEED = 1007


@dataclass
class FlagBank:
    """`drawings[c]` is uint8 [height, width, 4] RGBA of class c; real classes come first."""

    drawings: list[np.ndarray]
    groups: list[list[str]]
    """Codes that share real class c; the sovereign country first."""
    near: list[tuple[int, int]]
    """Pairs of classes that differ little: real look-alikes and invented twins."""

    @property
    def real(self) -> int:
        return len(self.groups)


def invented_drawings(count: int, twins: int, seed: int) -> tuple[list[np.ndarray], list[tuple[int, int]]]:
    """`count` distinct invented flags, then `twins` near-twins of the first of them; with the pairs."""
    random = np.random.default_rng(seed)
    specs = [invented.distinct_spec(random) for _ in range(count)]
    specs += [invented.near_twin(specs[index], random) for index in range(twins)]
    return [invented.draw(spec) for spec in specs], [(index, count + index) for index in range(twins)]


def load_bank(workspace: Path, count: int = 2000, twins: int = 500) -> FlagBank:
    """Real flags from `workspace/flags/flag-icons` and invented ones, drawn anew from a fixed seed."""
    countries = json.loads((workspace / "countries.json").read_text())
    drawings = real_flags.load_drawings(workspace / "flags" / "flag-icons")
    groups = real_flags.identity_groups(
        drawings, [country["cca2"].lower() for country in countries], real_flags.independent_codes(countries)
    )
    real = [drawings[group[0]] for group in groups]
    made, pairs = invented_drawings(count, twins, INVENTED_SEED)
    near = _near_real(real) + [(first + len(real), second + len(real)) for first, second in pairs]
    return FlagBank(real + made, groups, near)


def _near_real(drawings: list[np.ndarray], limit: float = 14.0) -> list[tuple[int, int]]:
    """Pairs of real flags whose mean absolute difference at 64 x 48 is under `limit` of 255."""
    images = np.stack([real_flags.comparable(drawing) for drawing in drawings]).reshape(len(drawings), -1)
    pairs = []
    for first in range(len(images)):
        apart = np.abs(images[first + 1 :] - images[first]).mean(1)
        pairs += [(first, first + 1 + int(second)) for second in np.flatnonzero(apart < limit)]
    return pairs
