"""Names of countries that do not exist, in the sounds of several languages."""

from __future__ import annotations

from numpy.random import Generator

# Per flavour: beginnings, middles, endings.
FLAVOURS: list[tuple[list[str], list[str], list[str]]] = [
    ("Vel Mar Cor Al Sil Bel Tor Var Lor Cas Ar Est".split(), "do ri va le na mi so ta ve ro".split(), "ria nia via lia dor ssa lenta vera mia dia".split()),
    ("Kash Tur Zar Bash Sam Ush Khor Day Qar Almaz Yel Tash".split(), "a u i ga ma ru ba da ".split() + [""], "ri stan bad kan dar jan shan gur kent zay".split()),
    ("Ta Ma Nu Ka Lo Sa Va Ra Pu Fa Ti Hu".split(), "mu ro ku la ni ta va hi no fe".split(), "lu ra ki tu na vu lau moa ria wai".split()),
    ("Gr Nor Halv Sten Vest Sk Bj Fr Thor Ulf Dren Lind".split(), "a o e ø å".split(), "mark land gard vik holm heim borg stad fold sund".split()),
    ("Mba Zu Nga Ki Lu Bo Wa Oko Ndo Si Tchi Ga".split(), "ba ru mi ko la nda za we lo nga".split(), "bwe nda ria wi ti na ngo mba so la".split()),
    ("Al Nas Qab Har Sul Raf Jaz Bah Mud Zah".split(), "a i u aa".split(), "ran mar rish dun bal sir zin mat hira fiyya".split()),
    ("Bor Drag Vol Slov Mir Zel Kra Pol Rad Brz Stan Vis".split(), "a o i e".split(), "vina gora slava zia nik polje tska ndia via grad".split()),
    ("Xuan Lin Bao Min Phu Tan Sheng Kyo Han Dai Song Mei".split(), " ,a,i,o".split(","), "zhou lan rei gyeong khan tao sen dong viet mai".split()),
]
PATTERNS = [
    ("{}", 0.66), ("{} Islands", 0.06), ("Saint {}", 0.04), ("New {}", 0.04), ("North {}", 0.025), ("South {}", 0.025),
    ("Republic of {}", 0.04), ("Kingdom of {}", 0.02), ("{} and {}", 0.04), ("Upper {}", 0.02), ("San {}", 0.03),
]
REAL = {
    "samoa", "tonga", "malawi", "mali", "togo", "tuvalu", "nauru", "samara", "norland", "kashmir", "zambia", "gambia", "albania", "armenia",
    "estonia", "latvia", "bolivia", "slovakia", "slovenia", "bahrain", "niger", "botswana", "rwanda", "zimbabwe", "uganda", "kiribati",
    "poland", "grenada", "malta", "qatar", "oman", "iran", "iraq", "moldova", "belize", "laos", "tanna", "norway", "arabia", "marian",
    "sulawesi", "vanuatu", "kazan", "kashgar", "tashkent", "samarkand", "alaska", "mardia", "lorraine", "taiwan", "alania", "alaria",
}


def _word(random: Generator) -> str:
    beginnings, middles, endings = FLAVOURS[int(random.integers(len(FLAVOURS)))]
    middle_count = int(random.choice([0, 1, 2], p=[0.12, 0.66, 0.22])) if middles[0] not in "ao" else 1
    middle = "".join(str(random.choice(middles)).strip() for _ in range(middle_count))
    return str(random.choice(beginnings)) + middle + str(random.choice(endings))


def invented_name(random: Generator) -> str:
    """A pronounceable country name that is no real country's, such as "Veldoria" or "Tamulu Islands"."""
    patterns, weights = zip(*PATTERNS)
    pattern = str(random.choice(patterns, p=weights))
    words: list[str] = []
    while len(words) < 2:
        word = _word(random)
        if 4 <= len(word) <= 12 and word.lower() not in REAL:
            words.append(word)
    return pattern.format(*words)
