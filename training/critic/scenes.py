"""Composes labelled scenes as JPEG files: for fitting the relevance critic, and for measuring the whole assistant.

    scenes.py FOLDER --workspace WORKSPACE [--count 1200] [--split test] [--artist country-flag-icons]

writes FOLDER/NNNNN.jpg and FOLDER/labels.jsonl, one line a scene:

    {"file", "kind", "difficulty", "artist", "entities": ["country:td", ...], "questions": [
        {"text", "fact", "theme", "entities": [...], "answers": [...], "image": true}]}

`entities` are those whose flag is shown; identical flags count as one, so any of them is right. A question's `entities` are
those it is about. `theme` and `answers` are null and [] where no passage answers; `image` is false for a question by name.
With --masks also FOLDER/NNNNN-F.png, white where flag F is seen, and "regions": [{"mask", "texts"}], for training/export/measure_patches.py.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "starter"))

import flags as drawn_flags  # noqa: E402
import questions  # noqa: E402
from photos import load_photos  # noqa: E402
from scenes import Scene, compose  # noqa: E402
from text_data import load_records, subjects_of, title_in_question  # noqa: E402

TWO_FLAGS = 0.15
"""Share of scenes with two flags."""
UNANSWERABLE = 0.1
BY_NAME = 0.1
"""Share of questions that come without the picture and name their country."""
TRIES = 8


def load_groups(workspace: Path) -> list[list[str]]:
    """Codes of identical flags, the sovereign country first; by flag-icons' drawings, which the knowledge base shows."""
    countries = json.loads((workspace / "countries.json").read_text())
    drawings = drawn_flags.load_drawings(workspace / "flags" / "flag-icons")
    codes = [country["cca2"].lower() for country in countries]
    return drawn_flags.identity_groups(drawings, codes, drawn_flags.independent_codes(countries))


def facts_of(record: dict) -> list[tuple[dict, dict]]:
    """Every (passage, fact) of a record."""
    return [(passage, fact) for passage in record["passages"] for fact in passage["facts"]]


def entity_ids(codes: list[str]) -> list[str]:
    return [f"country:{code}" for code in codes]


def compose_scene(drawings: list[np.ndarray], random: Generator, size: int, photos: list[np.ndarray], grid: int = 8) -> tuple[Scene, float, dict[str, int]]:
    """A scene, how difficult it is (0 to 1), and which words ("left", "big") point at which flag; tried again where none does."""
    for _ in range(TRIES):
        difficulty = float(random.beta(1.3, 1.3))
        scene = compose(drawings, random, size=size, grid=grid, difficulty=difficulty, backgrounds=photos)
        pointed = subjects_of(scene.boxes)
        if len(drawings) == 1 or pointed:
            return scene, difficulty, pointed
    return compose_scene(drawings[:1], random, size, photos, grid)


def write_regions(folder: Path, number: int, scene: Scene, titles: list[str]) -> list[dict]:
    """One mask a flag, as large as the picture; the text names the flag, since questions leave that to the picture."""
    regions = []
    for flag, title in enumerate(titles):
        mask = f"{number:05}-{flag}.png"
        cv2.imwrite(str(folder / mask), np.round(scene.coverage[flag] * 255).astype(np.uint8))
        regions.append({"mask": mask, "texts": [f"the flag of {title}", "a flag"] if len(titles) == 1 else [f"the flag of {title}"]})
    return regions


def facts_of(record: dict) -> list[tuple[dict, dict]]:
    """Every (passage, fact) of a record."""
    return [(passage, fact) for passage in record["passages"] for fact in passage["facts"]]


def question(group: list[str], subject: str | None, records: dict[str, dict], random: Generator, split: str) -> dict:
    """One question about the flag of `group`."""
    record = records[group[0]]
    right = entity_ids(group)
    kind = random.random()
    if kind < UNANSWERABLE:
        text = questions.unanswerable(split, random, subject)
        return {"text": text, "fact": "none", "theme": None, "entities": right, "answers": [], "image": True}
    by_name = kind < UNANSWERABLE + BY_NAME
    choices = [(passage, fact) for passage, fact in facts_of(record) if not (by_name and fact["fact"] == "name")]
    themes = sorted({passage["theme"] for passage, _ in choices})
    theme = themes[random.integers(len(themes))]
    facts = [fact["fact"] for passage, fact in choices if passage["theme"] == theme]
    fact = facts[random.integers(len(facts))]
    meant = group[:1] if by_name else group
    answers = {found["value"] for code in meant for _, found in facts_of(records[code]) if found["fact"] == fact}
    text = questions.ask(fact, split, random, title_in_question(record) if by_name else subject)
    return {
        "text": text, "fact": fact, "theme": theme, "entities": right[:1] if by_name else right,
        "answers": sorted(answers), "image": not by_name,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1200)
    parser.add_argument("--questions", type=int, default=2, help="questions a scene")
    parser.add_argument("--size", type=int, default=320, help="pixels a side")
    parser.add_argument("--split", choices=["train", "validation", "test"], default="train", help="phrasings; test also takes the photographs held out")
    parser.add_argument("--artist", default="flag-icons", help="whose drawings: a folder of WORKSPACE/flags")
    parser.add_argument("--masks", action="store_true", help="where each flag is, too")
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()

    workspace: Path = arguments.workspace
    random = np.random.default_rng([arguments.seed, ["train", "validation", "test"].index(arguments.split)])
    records = {record["code"]: record for record in load_records(workspace / "facts.jsonl")}
    drawings = drawn_flags.load_drawings(workspace / "flags" / arguments.artist)
    groups = [group for group in load_groups(workspace) if group[0] in drawings]
    photos = load_photos(workspace / "photos" / ("test" if arguments.split == "test" else "train"))
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with (arguments.folder / "labels.jsonl").open("w", encoding="utf-8") as labels:
        for number in range(arguments.count):
            # Every flag in turn, so that each is seen about equally often.
            first = groups[(number * 97 + arguments.seed) % len(groups)]
            shown = [first]
            if random.random() < TWO_FLAGS:
                shown.append(groups[(groups.index(first) + int(random.integers(1, len(groups)))) % len(groups)])
            scene, difficulty, pointed = compose_scene([drawings[group[0]] for group in shown], random, arguments.size, photos, arguments.size if arguments.masks else 8)
            shown = shown[: len(scene.boxes)]
            asked = []
            for _ in range(arguments.questions):
                subject = list(pointed)[random.integers(len(pointed))] if len(shown) > 1 else None
                group = shown[pointed[subject]] if subject is not None else shown[0]
                asked.append(question(group, subject, records, random, arguments.split))
            file = f"{number:05}.jpg"
            cv2.imwrite(str(arguments.folder / file), cv2.cvtColor(scene.image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 90])
            line = {
                "file": file, "kind": scene.kind, "difficulty": round(difficulty, 3), "artist": arguments.artist,
                "entities": entity_ids([code for group in shown for code in group]), "questions": asked,
            }
            if arguments.masks:
                line["regions"] = write_regions(arguments.folder, number, scene, [records[group[0]]["title"] for group in shown])
            labels.write(json.dumps(line, ensure_ascii=False) + "\n")
            if sys.stderr.isatty():
                print(f"\r{number + 1} of {arguments.count} scenes", end="", file=sys.stderr)
    print(f"{arguments.count} scenes in {arguments.folder}")


if __name__ == "__main__":
    main()
