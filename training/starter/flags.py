"""Rendered flag drawings, and which codes share one flag.

Drawings are uint8 [height, width, 4] RGBA (256 pixels wide), keyed by lowercase country code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import cv2
import numpy as np

SIZE = (64, 48)  # width, height at which drawings are compared
MEAN_LIMIT, PEAK_LIMIT = 5.0, 60.0  # of 255: mean difference, and mean of the most different fiftieth

DECLARED_SAME = {"bv": "no"}
"""Flags that are the same by law though the drawings differ: flag-icons draws Norway's narrower for Bouvet Island."""


def load_drawings(folder: str | Path) -> dict[str, np.ndarray]:
    """Read every PNG of a folder: code → uint8 [height, width, 4] RGBA."""
    drawings = {}
    for path in sorted(Path(folder).glob("*.png")):
        image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        drawings[path.stem] = cv2.cvtColor(image, cv2.COLOR_BGRA2RGBA)
    return drawings


def comparable(drawing: np.ndarray) -> np.ndarray:
    """float32 [48, 64, 3] RGB over mid-grey."""
    small = cv2.resize(drawing, SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)
    alpha = small[..., 3:] / 255
    return small[..., :3] * alpha + 128 * (1 - alpha)


def differences(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    """(mean, peak) absolute difference of two comparable images, 0 to 255; peak is over the most different fiftieth."""
    apart = np.abs(first - second).mean(2).ravel()
    count = apart.size // 50
    return float(apart.mean()), float(np.partition(apart, -count)[-count:].mean())


def independent_codes(countries: str | Path | list[dict]) -> set[str]:
    """Lowercase codes that world-countries calls independent (a path to its countries.json, or its content)."""
    records = countries if isinstance(countries, list) else json.loads(Path(countries).read_text())
    return {record["cca2"].lower() for record in records if record.get("independent")}


def identity_groups(
    drawings: Mapping[str, np.ndarray], entity_codes: Iterable[str], independent: Iterable[str] = ()
) -> list[list[str]]:
    """Group codes whose drawings are the same flag; within a group independent countries come first.

    Every entity code with a drawing is in exactly one group; groups are in order of their first code.
    """
    first_class = set(independent)
    codes = sorted((code for code in set(entity_codes) if code in drawings), key=lambda code: (code not in first_class, code))
    images = {code: comparable(drawings[code]) for code in codes}
    groups: list[list[str]] = []
    for code in codes:
        for group in groups:
            mean, peak = differences(images[group[0]], images[code])
            if DECLARED_SAME.get(code) == group[0] or (mean < MEAN_LIMIT and peak < PEAK_LIMIT):
                group.append(code)
                break
        else:
            groups.append([code])
    return sorted(groups)


def main() -> None:
    """Print the groups: flags.py DRAWINGS_FOLDER COUNTRIES_JSON."""
    drawings, records = load_drawings(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    codes = [record["cca2"].lower() for record in records]
    groups = identity_groups(drawings, codes, independent_codes(records))
    print(f"{sum(map(len, groups))} codes, {len(groups)} distinct flags")
    for group in groups:
        if len(group) > 1:
            print("same:", " ".join(group))
    images = {group[0]: comparable(drawings[group[0]]) for group in groups}
    heads = list(images)
    pairs = [(*differences(images[a], images[b]), a, b) for i, a in enumerate(heads) for b in heads[i + 1 :]]
    for mean, peak, first, second in sorted(pairs)[:20]:
        print(f"near: {first} {second} mean {mean:.1f} peak {peak:.1f}")


if __name__ == "__main__":
    main()
