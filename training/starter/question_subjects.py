"""How a question points at a country: the picture's only flag, one of several by its place or size, or a name. Disjoint by split."""

from __future__ import annotations

# {it}, {there} and {its} for the picture's only flag.
ONLY: dict[str, dict[str, list[str]]] = {
    "train": {
        "it": [
            "this country", "this country", "the country", "it", "this nation", "this place", "the country with this flag", "the country of this flag",
            "the country with the flag", "the country this flag belongs to", "the country this flag is from", "the country in the picture", "the country in the photo",
            "the country shown", "the country of the flag", "the nation with this flag", "the place with this flag", "the country that has this flag",
            "the country whose flag this is", "the country whose flag we see", "the land with this flag", "the country that flies this flag", "the flag's country",
            "the state with this flag", "the country on this picture", "the country with the flag in the picture", "the place this flag stands for", "that country",
        ],
        "there": [
            "there", "there", "there", "here", "in this country", "in the country with this flag", "in the country of this flag", "in the country this flag belongs to",
            "in this place", "in this nation", "where this flag is from", "where this flag flies", "in the country in the picture", "in the country in the photo",
            "in the country shown", "in the country whose flag this is", "in the country that has this flag", "in this land", "in the country of the flag in the picture",
            "in the country", "at this place", "where they have this flag", "in the place with this flag",
        ],
        "its": ["its", "its", "this country's", "the country's", "this nation's", "this place's", "this flag's", "the flag's country's"],
    },
    "validation": {
        "it": ["the country of the flag here", "the country behind this flag", "the nation whose flag this is", "the place whose flag is shown", "the nation of this flag"],
        "there": ["in the country of the flag here", "in the country behind this flag", "in the nation whose flag this is", "in the place of this flag"],
        "its": ["the nation's", "that country's", "the place's"],
    },
    "test": {
        "it": [
            "the country this flag represents", "the nation this flag stands for", "the country that uses this flag", "the country you see the flag of here",
            "the place that flies that flag", "the country from the photo", "the country that the flag in my picture belongs to", "that nation",
        ],
        "there": [
            "in the country this flag represents", "in the nation this flag stands for", "in the country that uses this flag", "over there", "in that country",
            "in the place that flies that flag", "in the country from the photo", "in that place",
        ],
        "its": ["that nation's", "that place's", "the pictured country's"],
    },
}

# Which of several flags: where it is, and adjectives for it.
PLACES: dict[str, dict[str, dict[str, list[str]]]] = {
    "train": {
        "left": {"where": ["on the left", "on the left side", "to the left", "at the left"], "adjective": ["left", "left-hand"]},
        "right": {"where": ["on the right", "on the right side", "to the right", "at the right"], "adjective": ["right", "right-hand"]},
        "upper": {"where": ["at the top", "on top", "above", "in the upper half"], "adjective": ["upper", "top"]},
        "lower": {"where": ["at the bottom", "below", "in the lower half", "underneath"], "adjective": ["lower", "bottom"]},
        "big": {"where": [], "adjective": ["big", "bigger", "large", "larger", "biggest"]},
        "small": {"where": [], "adjective": ["small", "smaller", "little", "smallest"]},
    },
    "validation": {
        "left": {"where": ["on the left of the picture"], "adjective": ["leftmost"]},
        "right": {"where": ["on the right of the picture"], "adjective": ["rightmost"]},
        "upper": {"where": ["at the top of the picture"], "adjective": ["topmost"]},
        "lower": {"where": ["at the bottom of the picture"], "adjective": ["bottommost"]},
        "big": {"where": [], "adjective": ["largest"]},
        "small": {"where": [], "adjective": ["littler"]},
    },
    "test": {
        "left": {"where": ["on the left-hand side", "over on the left", "in the left half of the photo"], "adjective": ["left side"]},
        "right": {"where": ["on the right-hand side", "over on the right", "in the right half of the photo"], "adjective": ["right side"]},
        "upper": {"where": ["up at the top", "in the top half of the photo", "higher up"], "adjective": ["uppermost"]},
        "lower": {"where": ["down at the bottom", "in the bottom half of the photo", "lower down"], "adjective": ["lowermost"]},
        "big": {"where": [], "adjective": ["larger looking", "really big", "much bigger"]},
        "small": {"where": [], "adjective": ["smaller looking", "really small", "much smaller"]},
    },
}
SUBJECTS = list(PLACES["train"])

# {where} "on the left", {adjective} "left"; used as {it}, after "in" as {there}, with 's as {its}.
POINTERS: dict[str, dict[str, list[str]]] = {
    "train": {
        "where": [
            "the country whose flag is {where}", "the flag {where}", "the country {where}", "the country with the flag {where}", "the country of the flag {where}",
            "the one {where}", "the nation {where}", "the flag that is {where}",
        ],
        "adjective": [
            "the {adjective} flag", "the country of the {adjective} flag", "the {adjective} country", "the {adjective} one", "the country with the {adjective} flag",
            "the {adjective} flag's country", "the place with the {adjective} flag",
        ],
    },
    "validation": {
        "where": ["the nation with the flag {where}", "the place whose flag is {where}", "the state of the flag {where}"],
        "adjective": ["the nation of the {adjective} flag", "the country that has the {adjective} flag"],
    },
    "test": {
        "where": ["the country that the flag {where} belongs to", "the country I see {where}", "the place whose flag you can see {where}"],
        "adjective": ["the place represented by the {adjective} flag", "the country that the {adjective} flag belongs to", "whichever country has the {adjective} flag"],
    },
}
NAME_PATTERNS: dict[str, list[str]] = {
    "train": ["[what|which] [country|nation|flag|place] is {it}", "what is {it} called", "[name|identify] {it}", "[what|which] [country|nation] does {it} [belong to|stand for]",
              "what is the name of {it}", "[which|what] [country|nation] [do i see|is shown|is it] with {it}"],
    "validation": ["could you name {it}", "do you recognise {it}", "{it} is which country"],
    "test": ["Any idea which country {it} might be?", "Can someone tell me what {it} is?", "Not sure about {it}, which country is it?"],
}
