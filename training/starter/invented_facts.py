"""Facts and passages of countries that do not exist, in the shape of a line of facts.jsonl."""

from __future__ import annotations

import re

from numpy.random import Generator

import invented_values as values
from invented_names import invented_name
from invented_values import chance, pick
from themes import THEMES, state_passage

NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
REAL_NEIGHBOURS = (
    "France,Germany,Chad,China,India,Brazil,Peru,Kenya,Mali,Niger,Egypt,Iran,Iraq,Norway,Sweden,Poland,the Netherlands,the United States,"
    "the Central African Republic,the DR Congo,South Africa,Saudi Arabia,North Korea,Bosnia and Herzegovina,Papua New Guinea,Guinea-Bissau"
).split(",")
# Share of invented countries of which one theme is not told, so that "not in evidence" occurs.
UNTOLD = 0.04


def name_in_sentence(name: str) -> str:
    """The name with its article where it wants one: "the Tamulu Islands"."""
    wants_article = name.endswith("Islands") or re.match(r"(Republic|Kingdom|Isle|Union) of ", name)
    return f"the {name}" if wants_article else name


def some(random: Generator, make, weights=(0.86, 0.1, 0.04)) -> list[str]:
    """One value, seldom two or three different ones."""
    count = 1 + int(random.choice(len(weights), p=weights))
    return list(dict.fromkeys(make() for _ in range(count)))


def invented_facts(random: Generator, name: str) -> dict[str, list[str]]:
    """Fact id → values for a country called `name`."""
    currencies = some(random, lambda: values.currency(name, random), (0.9, 0.08, 0.02))
    codes = list(dict.fromkeys(values.currency_code(name, currency.split(" ")[-1], random) for currency in currencies))
    symbols = list(dict.fromkeys(values.currency_symbol(code, random) for code in codes))
    region, subregion = values.region(random)
    facts = {
        "capital": some(random, lambda: values.town(random), (0.96, 0.02, 0.02)),
        "currency": currencies,
        "currency-code": codes,
        "currency-symbol": symbols,
        "languages": some(random, lambda: values.language(name, random), (0.44, 0.28, 0.16, 0.07, 0.03, 0.02)),
        "region": [region],
        "subregion": [subregion] if subregion else [],
        "area": [values.area(random)],
        "demonym": some(random, lambda: values.demonym(name, random), (0.96, 0.04)),
        "tld": some(random, lambda: values.top_level_domain(name, random), (0.94, 0.06)),
        "calling-code": some(random, lambda: values.calling_code(random), (0.95, 0.05)),
        "coast": [pick(random, ["landlocked", "has a coast"])],
        "official-name": [values.official_name(name, random)],
        "native-name": some(random, lambda: values.native_name(name, random), (0.7, 0.2, 0.1)) if chance(random, 0.85) else [],
    }
    return facts | _neighbours(random) | _status(random)


def _neighbours(random: Generator) -> dict[str, list[str]]:
    count = int(random.choice(13, p=[0.16, 0.14, 0.15, 0.15, 0.12, 0.09, 0.07, 0.04, 0.03, 0.02, 0.01, 0.01, 0.01]))
    if count == 0:
        return {"neighbours": ["no land borders"]}
    names = {pick(random, REAL_NEIGHBOURS) if chance(random, 0.2) else name_in_sentence(invented_name(random)) for _ in range(count)}
    ordered = sorted(names, key=lambda name: name.removeprefix("the "))
    return {"neighbours": ordered, "neighbour-count": [NUMBER_WORDS[len(ordered)]]}


def _status(random: Generator) -> dict[str, list[str]]:
    style = random.random()
    member, outsider = ["is a member of the United Nations"], ["is not a member of the United Nations"]
    if style < 0.5:
        return {"independent": ["independent"], "un-member": member, "un-group": [values.group(random)]}
    if style < 0.62:
        return {"independent": ["independent"], "un-member": member if chance(random, 0.4) else outsider}
    if style < 0.94:
        sovereign = pick(random, REAL_NEIGHBOURS) if chance(random, 0.25) else name_in_sentence(invented_name(random))
        return {"independent": ["not independent"], "sovereign": [sovereign], "un-member": member if chance(random, 0.15) else outsider}
    return {"un-member": member if chance(random, 0.5) else outsider}


def invented_record(random: Generator, name: str) -> dict:
    """Same shape as a line of facts.jsonl: {id, title, nameInSentence, code, independent, sovereign, description, aliases, passages}."""
    facts = invented_facts(random, name)
    subject = name_in_sentence(name)
    passages = [state_passage(theme, subject, facts, random) for theme in THEMES if not chance(random, UNTOLD)]
    place = (facts["subregion"] or facts["region"])[0]
    sovereign = facts.get("sovereign", [None])[0]
    kind = "country" if sovereign is None else f"territory of {sovereign}"
    return {
        "id": f"invented:{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}",
        "title": name,
        "nameInSentence": subject,
        "code": facts["tld"][0][1:],
        "independent": facts.get("independent") == ["independent"],
        "sovereign": sovereign,
        "description": f"{subject[0].upper() + subject[1:]} is a {kind} in {place}.",
        "aliases": [*facts["official-name"], *facts["native-name"], *facts["demonym"]],
        "passages": [passage for passage in passages if passage],
    }
