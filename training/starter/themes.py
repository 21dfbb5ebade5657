"""Python's reading of src/knowledge/atlas/themes.json: the same kind of passages as the atlas, about any subject."""

from __future__ import annotations

import json
import re
from pathlib import Path

from numpy.random import Generator

THEMES: list[dict] = json.loads(
    (Path(__file__).resolve().parents[2] / "src/knowledge/atlas/themes.json").read_text(encoding="utf-8")
)["themes"]
FACTS: dict[str, str] = {fact["id"]: fact["type"] for theme in THEMES for fact in theme["facts"]}
_PLACEHOLDER = re.compile(r"\{([^}]+)\}")
_NAMES = {"name", "Name", "name's", "Name's"}


def join_list(values: list[str], conjunction: str = "and") -> str:
    """["a", "b", "c"] → "a, b and c"."""
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} {conjunction} {values[-1]}"


def state_passage(theme: dict, name: str, facts: dict[str, list[str]], random: Generator) -> dict | None:
    """{theme, section, text, facts: [{fact, value, start}]}, or None where no template fits; `name` as in a sentence."""
    templates = _fitting(theme, facts)
    if not templates:
        return None
    text, stated = _fill(theme, templates[int(random.integers(len(templates)))], name, facts)
    return {"theme": theme["id"], "section": theme["section"], "text": text, "facts": stated}


def _fact_ids(template: dict) -> list[str]:
    return [key for key in _PLACEHOLDER.findall(template["text"]) if key not in _NAMES]


def _fitting(theme: dict, facts: dict[str, list[str]]) -> list[str]:
    first = facts.get(theme["facts"][0]["id"], [])
    exact = len(first) == 1 and any(template.get("when") == first[0] for template in theme["templates"])
    condition = first[0] if exact else "many" if len(first) > 1 else "one"
    fitting = [
        template
        for template in theme["templates"]
        if template.get("when", condition) == condition and all(facts.get(key) for key in _fact_ids(template))
    ]
    most = max((len(_fact_ids(template)) for template in fitting), default=0)
    return [template["text"] for template in fitting if len(_fact_ids(template)) == most]


def _fill(theme: dict, template: str, name: str, facts: dict[str, list[str]]) -> tuple[str, list[dict]]:
    capitalised = name[0].upper() + name[1:]
    ending = "'" if name.endswith("s") else "'s"
    names = {"name": name, "Name": capitalised, "name's": name + ending, "Name's": capitalised + ending}
    name_is_fact = any(fact["id"] == "name" for fact in theme["facts"])
    article = len("the ") if name.startswith("the ") else 0
    text, stated = "", []
    for position, part in enumerate(_PLACEHOLDER.split(template)):
        if position % 2 == 0:
            text += part[1:] if text.endswith(".") and part.startswith(".") else part
        elif part in names:
            if name_is_fact:
                stated.append({"fact": "name", "value": name[article:], "start": len(text) + article})
            text += names[part]
        else:
            value = join_list(facts[part], "or" if part == "demonym" else "and")
            stated.append({"fact": part, "value": value, "start": len(text)})
            text += value
    told = {fact["fact"]: fact for fact in stated}
    for kind in theme["facts"]:
        if kind["id"] not in told and kind.get("orSameAs") in told:
            stated.append(told[kind["orSameAs"]] | {"fact": kind["id"]})
    return text, stated
