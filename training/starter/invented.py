"""Invented flags and country names: unlimited identities in the style of real ones.

A flag is a `FlagSpec` (pure data); `draw` paints it, `mutate` changes one thing about it.
Drawings are uint8 [height, width, 4] RGBA, 96 to 128 pixels high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from flag_charges import CHARGES, OVERLAYS, random_charge, random_overlay
from flag_parts import FIELDS, Layer, random_field
from invented_names import invented_name

__all__ = ["FlagSpec", "difference", "distinct_spec", "draw", "invented_flag", "invented_name", "mutate", "near_twin", "random_spec"]

# Families of flag colours (RGB); a flag takes shades from different families.
FAMILIES: dict[str, list[tuple[int, int, int]]] = {
    "red": [(206, 17, 38), (239, 43, 45), (200, 16, 46), (222, 41, 16), (178, 34, 52), (255, 0, 0)],
    "white": [(255, 255, 255), (255, 255, 255), (250, 248, 240)],
    "blue": [(0, 56, 147), (0, 35, 149), (0, 40, 104), (0, 82, 165), (1, 33, 105), (0, 0, 205)],
    "green": [(0, 122, 61), (0, 154, 68), (0, 106, 78), (0, 151, 57), (20, 90, 40), (0, 175, 80)],
    "yellow": [(252, 209, 22), (255, 205, 0), (254, 203, 0), (255, 230, 0), (249, 214, 22)],
    "black": [(0, 0, 0), (20, 20, 20), (35, 31, 32)],
    "light blue": [(65, 143, 222), (116, 172, 223), (0, 159, 218), (91, 180, 230), (0, 175, 200)],
    "orange": [(255, 136, 62), (255, 103, 31), (241, 90, 34), (255, 153, 51)],
    "maroon": [(138, 21, 56), (110, 10, 30), (128, 0, 0), (141, 32, 41)],
    "purple": [(90, 40, 120), (120, 40, 140)],
    "brown": [(120, 72, 30), (90, 60, 40)],
    "grey": [(150, 150, 150), (100, 110, 115)],
    "pink": [(240, 130, 160), (255, 180, 190)],
    "teal": [(0, 110, 120), (0, 140, 140)],
}
FREQUENCIES = np.array([20, 19, 15, 14, 13, 7, 7, 4, 3, 1.2, 0.8, 0.8, 0.6, 1.2])
RATIOS = [1.0, 1.25, 4 / 3, 1.4, 1.5, 1.5, 1.5, 5 / 3, 5 / 3, 1.6, 1.75, 1.9, 2.0, 2.0]


@dataclass(frozen=True)
class FlagSpec:
    """All there is to know to draw a flag; `palette` is RGB, layers name its entries by index."""

    height: int
    ratio: float
    palette: tuple[tuple[int, int, int], ...]
    field: Layer
    overlays: tuple[Layer, ...] = ()
    charges: tuple[Layer, ...] = ()
    mirrored: bool = False


def random_colours(random: Generator, count: int) -> tuple[tuple[int, int, int], ...]:
    """`count` RGB colours of different families with jittered shades."""
    weights = FREQUENCIES / FREQUENCIES.sum()
    families = random.choice(list(FAMILIES), size=count, replace=False, p=weights)
    return tuple(_shade(FAMILIES[family][random.integers(len(FAMILIES[family]))], random, 9) for family in families)


def random_spec(random: Generator) -> FlagSpec:
    """A flag nobody has: a field, perhaps overlays, perhaps charges."""
    palette = random_colours(random, int(random.choice([2, 3, 4, 5], p=[0.2, 0.42, 0.28, 0.1])))
    field = random_field(random, len(palette))
    overlay_count = int(random.choice([0, 1, 2], p=[0.48, 0.44, 0.08]))
    # A field or overlay with few parts needs a charge to be anybody's flag.
    charge_weights = [0.5, 0.38, 0.12] if overlay_count or field.kind != "plain" else [0.0, 0.75, 0.25]
    charge_count = int(random.choice([0, 1, 2], p=charge_weights))
    return FlagSpec(
        height=int(random.integers(96, 129)),
        ratio=float(np.clip(random.choice(RATIOS) + random.normal(0, 0.02), 1.0, 2.0)),
        palette=palette,
        field=field,
        overlays=tuple(random_overlay(random, len(palette)) for _ in range(overlay_count)),
        charges=tuple(random_charge(random, len(palette)) for _ in range(charge_count)),
    )


def draw(spec: FlagSpec) -> np.ndarray:
    """Paint a spec: uint8 [height, width, 4] RGBA, opaque, anti-aliased."""
    scale = 2
    height, width = spec.height * scale, round(spec.height * spec.ratio) * scale
    canvas = np.empty((height, width, 3), np.uint8)
    canvas[:] = spec.palette[0]
    FIELDS[spec.field.kind](canvas, spec.field, spec.palette)
    for layer in spec.overlays:
        OVERLAYS[layer.kind](canvas, layer, spec.palette)
    for layer in spec.charges:
        CHARGES[layer.kind](canvas, layer, spec.palette)
    if spec.mirrored:
        canvas = canvas[:, ::-1]
    canvas = cv2.resize(np.ascontiguousarray(canvas), (width // scale, height // scale), interpolation=cv2.INTER_AREA)
    return np.dstack([canvas, np.full(canvas.shape[:2], 255, np.uint8)])


def mutate(spec: FlagSpec, random: Generator) -> FlagSpec:
    """The same flag with one thing changed (it may look alike by accident; see `near_twin`)."""
    changes = ["swap", "shade", "colour", "mirror", "reorder", "weights"]
    changes += ["charge removed", "charge replaced", "charge moved", "charge recoloured"] if spec.charges else ["charge added"]
    changes += ["overlay removed", "overlay recoloured"] if spec.overlays else []
    change = str(random.choice(changes))
    palette, count = list(spec.palette), len(spec.palette)
    if change == "swap":
        first, second = random.choice(count, size=2, replace=False)
        palette[first], palette[second] = palette[second], palette[first]
    elif change == "shade":
        index = int(random.integers(count))
        palette[index] = _shade(palette[index], random, 45)
    elif change == "colour":
        palette[int(random.integers(count))] = random_colours(random, 1)[0]
    elif change == "mirror":
        return replace(spec, mirrored=not spec.mirrored)
    elif change == "reorder":
        colours = tuple(int(i) for i in random.permutation(spec.field.colours))
        return replace(spec, field=replace(spec.field, colours=colours))
    elif change == "weights":
        numbers = tuple(float(n * np.exp(random.normal(0, 0.4))) for n in spec.field.numbers)
        return replace(spec, field=replace(spec.field, numbers=numbers))
    elif change == "charge removed":
        return replace(spec, charges=spec.charges[:-1])
    elif change in ("charge replaced", "charge moved", "charge recoloured"):
        last, fresh = spec.charges[-1], random_charge(random, count)
        if change == "charge replaced":
            changed = replace(fresh, numbers=last.numbers[:3] + fresh.numbers[3:])
        elif change == "charge moved":
            changed = replace(last, numbers=fresh.numbers[:3] + last.numbers[3:])
        else:
            changed = replace(last, colours=fresh.colours)
        return replace(spec, charges=(*spec.charges[:-1], changed))
    elif change == "charge added":
        return replace(spec, charges=(random_charge(random, count),))
    elif change == "overlay removed":
        return replace(spec, overlays=spec.overlays[:-1])
    else:
        fresh = random_overlay(random, count)
        return replace(spec, overlays=(*spec.overlays[:-1], replace(spec.overlays[-1], colours=fresh.colours)))
    return replace(spec, palette=tuple(palette))


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """Mean absolute RGB difference (0 to 255) of two drawings at 64 × 48."""
    small = [cv2.resize(image[..., :3], (64, 48), interpolation=cv2.INTER_AREA).astype(np.float32) for image in (first, second)]
    return float(np.abs(small[0] - small[1]).mean())


def near_twin(spec: FlagSpec, random: Generator, least: float = 3.0) -> FlagSpec:
    """A visibly different flag one change away; `least` is the smallest mean difference (0 to 255)."""
    original = draw(spec)
    for _ in range(20):
        twin = mutate(spec, random)
        if difference(original, draw(twin)) >= least:
            return twin
    return replace(spec, palette=random_colours(random, len(spec.palette)))


def distinct_spec(random: Generator, least: float = 12.0) -> FlagSpec:
    """A random spec that is not one plain colour (colour spread of at least `least`)."""
    while True:
        spec = random_spec(random)
        if cv2.resize(draw(spec)[..., :3], (64, 48)).reshape(-1, 3).std(0).max() >= least:
            return spec


def invented_flag(random: Generator) -> np.ndarray:
    """uint8 [height, width, 4] RGBA drawing of a flag nobody has."""
    return draw(distinct_spec(random))


def _shade(colour: tuple[int, int, int], random: Generator, strength: float) -> tuple[int, int, int]:
    """The colour moved by normal noise of `strength` (0 to 255), partly common to the channels."""
    moved = np.array(colour) + random.normal(0, strength) + random.normal(0, strength / 2, 3)
    return tuple(int(value) for value in np.clip(moved, 0, 255))
