"""Invented values of facts: towns, currencies, languages and so on, so diverse that a model has to copy them."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

ONSETS = "b br c ch d dr f fl g gr h j k kh kl l m mb n nd ng p pr qu r s sh sk st t th tr ts v w x y z zh".split() + [""] * 4
NUCLEI = "a a a e e i i o o u u ai au ea ei ie io oa ou ua á é í ó ö ü å ã ø".split()
CODAS = "b d g k l m n n n ng nd r r rk rn s s sh st t th v x z".split() + [""] * 16
ENDINGS = "a a ia o os e i um ar en ine ora ello burg ton ville stad grad pur abad polis haven dorf mouth field ford minster".split() + [""] * 14
REAL_TOWNS = (
    "Paris,Lima,Tokyo,Nairobi,Oslo,Quito,Riga,Doha,Hanoi,Dakar,Sofia,Bern,Cairo,Kigali,Praia,Suva,Apia,Baku,Minsk,Rabat,Accra,"
    "Tunis,Havana,Athens,Dublin,Vienna,Prague,Lisbon,Madrid,Ottawa,Canberra,Brasília,San José,Port Louis,Kuala Lumpur,N'Djamena"
).split(",")
REAL_UNITS = (
    "dollar pound franc peso dinar krone crown rupee shilling lira real mark rial won yen yuan baht leu lev kuna forint zloty rand "
    "florin guilder ruble som manat lari dram birr kwacha pula metical escudo cedi naira dirham riyal taka kyat kip dong ringgit "
    "tenge denar lek hryvnia koruna ducat thaler sol guaraní córdoba lempira quetzal balboa gourde tala vatu kina ariary"
).split()
SYMBOLS = "$ $ $ € £ £ ¥ ₣ ₤ ₦ ₩ ₪ ₫ ₭ ₮ ₱ ₲ ₴ ₵ ₸ ₹ ₺ ₽ ₿ ƒ ៛ ฿ Fr Fr kr kr L R K Sh T M D Rs Rp zł Kč Ft Br Nfk Esc د.إ د.ك ر.س دج лв сом".split()
REAL_LANGUAGES = (
    "English,French,Spanish,Portuguese,Arabic,German,Dutch,Italian,Russian,Chinese,Swahili,Hindi,Tamil,Malay,Turkish,Greek,Danish,"
    "Swedish,Norwegian,Finnish,Polish,Czech,Serbian,Croatian,Hausa,Zulu,Xhosa,Amharic,Somali,Persian,Urdu,Bengali,Thai,Khmer,Lao,"
    "Burmese,Japanese,Korean,Mongolian,Quechua,Aymara,Guaraní,Samoan,Tongan,Fijian,Māori,Irish,Maltese,Icelandic,Latin,Basque"
).split(",")
REGIONS = {
    "Africa": ["Northern Africa", "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa"],
    "the Americas": ["North America", "Central America", "South America", "the Caribbean"],
    "Asia": ["Western Asia", "Central Asia", "Southern Asia", "Eastern Asia", "South-Eastern Asia"],
    "Europe": ["Northern Europe", "Western Europe", "Southern Europe", "Eastern Europe", "Central Europe", "Southeast Europe"],
    "Oceania": ["Polynesia", "Melanesia", "Micronesia"],
    "the Antarctic": [],
}
SIDES = "Northern Southern Eastern Western Middle Central Upper Lower Inner Outer North-Eastern South-Western".split()
REAL_GROUPS = [
    "African Group", "Asia and the Pacific Group", "Eastern European Group", "Latin American and Caribbean Group",
    "Western European and Others Group",
]
SCRIPTS = ["ابتجدرسعقكلمنهوي", "абвгдеиклмнопрстуя", "αβγδεικλμνοπρσ", "अकगचतनपमरलसह", "中国山水大海东西南北金木林王",
           "가나다라마바사아자하", "あかさたなはまやら", "กขคงจดตนบมยรล", "აბგდეილმნორს", "բգդելկմնոպռս", "אבגדהלמנרש"]
OFFICIAL = (
    "Republic of {}|Republic of {}|Kingdom of {}|Federal Republic of {}|Democratic Republic of {}|State of {}|Principality of {}|"
    "Commonwealth of {}|Union of {}|Islamic Republic of {}|People's Republic of {}|Grand Duchy of {}|Sultanate of {}|Territory of {}|"
    "{} Federation|United States of {}|Co-operative Republic of {}|Free State of {}|Confederation of {}|{}|Plurinational State of {}|"
    "Bailiwick of {}|Most Serene Republic of {}|Emirate of {}|Independent State of {}"
).split("|")


def pick(random: Generator, options: Sequence):
    return options[int(random.integers(len(options)))]


def chance(random: Generator, probability: float) -> bool:
    return bool(random.random() < probability)


def word(random: Generator) -> str:
    """A pronounceable capitalised word of one to four syllables."""
    while True:
        syllables = int(random.integers(1, 4))
        text = "".join(pick(random, ONSETS) + pick(random, NUCLEI) + (pick(random, CODAS) if chance(random, 0.6) else "") for _ in range(syllables))
        text += pick(random, ENDINGS)
        if 3 <= len(text) <= 13:
            return text[0].upper() + text[1:]


def town(random: Generator) -> str:
    if chance(random, 0.12):
        return pick(random, REAL_TOWNS)
    pattern = pick(random, ["{}"] * 11 + ["Port {}", "Saint {}", "San {}", "New {}", "{} City", "{} Town", "{}-{}", "{} {}", "El {}", "La {}",
                            "{}'{}", "Fort {}", "{} D.C.", "Nuku {}", "The {}", "St. {}"])
    return pattern.format(word(random), word(random))


def adjective(name: str, random: Generator) -> str:
    """A demonym made from the last word of a name, such as Veldoria → Veldorian."""
    stem = name.split(" ")[-1] if not name.endswith("Islands") else name.split(" ")[0]
    if stem.endswith("ia"):
        return stem + "n"
    if stem[-1] in "ao":
        return stem[:-1] + pick(random, ["an", "ian", "ese", "ish"])
    if stem[-1] in "eiuy":
        return stem + pick(random, ["an", "n", "ese", "can"])
    return stem + pick(random, ["ian", "ese", "er", "i", "ish", "an"])


def demonym(name: str, random: Generator) -> str:
    style = random.random()
    if style < 0.68:
        return adjective(name, random)
    if style < 0.8:
        return adjective(word(random), random)
    if style < 0.88:
        return pick(random, ["I-", "Ni-", "Mo", "South ", "North ", "Central "]) + word(random)
    if style < 0.95:
        return f"{name.split(' ')[0]} Islander"
    return word(random)


def currency(name: str, random: Generator) -> str:
    unit = pick(random, REAL_UNITS) if chance(random, 0.6) else word(random).lower()
    style = random.random()
    if style < 0.55:
        return f"{adjective(name, random)} {unit}"
    if style < 0.7:
        return f"{adjective(word(random), random)} {unit}"
    if style < 0.78:
        return f"{pick(random, SIDES)} {adjective(word(random), random)} {unit}"
    if style < 0.86:
        return f"{name} {unit}"
    if style < 0.9:
        return f"new {adjective(name, random)} {unit}"
    if style < 0.94:
        return f"{pick(random, ['convertible', 'golden', 'royal', 'free', 'national'])} {unit}"
    return unit


def currency_code(name: str, unit: str, random: Generator) -> str:
    letters = [letter for letter in name.upper() if "A" <= letter <= "Z"]
    if chance(random, 0.6) and len(letters) >= 2 and "a" <= unit[0] <= "z":
        return letters[0] + pick(random, letters[1:]) + unit[0].upper()
    return "".join(chr(65 + int(code)) for code in random.integers(26, size=3))


def currency_symbol(code: str, random: Generator) -> str:
    style = random.random()
    if style < 0.62:
        return pick(random, SYMBOLS)
    if style < 0.74:
        return code[0] + pick(random, "$£₣.")
    if style < 0.88:
        return code[0] + pick(random, "abdehiklmnorstuvz") + pick(random, ["", "", "."])
    return "".join(chr(97 + int(letter)) for letter in random.integers(26, size=int(random.integers(1, 4))))


def language(name: str, random: Generator) -> str:
    style = random.random()
    if style < 0.42:
        return pick(random, REAL_LANGUAGES)
    if style < 0.6:
        return adjective(name, random)
    if style < 0.9:
        return adjective(word(random), random)
    return pick(random, ["Old {}", "{} Creole", "{} Sign Language", "Upper {}", "Northern {}", "New {}", "{} Patois"]).format(adjective(word(random), random))


def region(random: Generator) -> tuple[str, str | None]:
    """Region and subregion; a third of them invented."""
    if chance(random, 0.62):
        place = pick(random, list(REGIONS))
        return place, pick(random, REGIONS[place]) if REGIONS[place] else None
    place = pick(random, ["{}", "{}", "the {} Ocean", "the {} Sea", "the {}s", "Greater {}"]).format(word(random))
    short = place.removeprefix("the ")
    part = pick(random, [f"{pick(random, SIDES)} {short}", word(random), f"the {word(random)} Coast", f"{pick(random, SIDES)} {word(random)}"])
    return place, part if chance(random, 0.9) else None


def area(random: Generator) -> str:
    size = float(10 ** random.uniform(-0.4, 7.3))
    if size < 10:
        return f"{size:.2f} km²" if chance(random, 0.5) else f"{max(1, round(size))} km²"
    digits = int(random.integers(2, 7))
    rounded = round(size, digits - len(str(int(size)))) if chance(random, 0.5) else size
    return f"{int(rounded):,} km²"


def top_level_domain(name: str, random: Generator) -> str:
    letters = [letter for letter in name.lower() if "a" <= letter <= "z"]
    if chance(random, 0.65) and len(letters) > 1:
        return f".{letters[0]}{pick(random, letters[1:])}"
    length = 2 if chance(random, 0.85) else 3
    return "." + "".join(chr(97 + int(code)) for code in random.integers(26, size=length))


def calling_code(random: Generator) -> str:
    style = random.random()
    if style < 0.78:
        return f"+{int(random.integers(20, 1000))}"
    if style < 0.92:
        return f"+1 {int(random.integers(200, 1000))}"
    if style < 0.97:
        return f"+{int(random.integers(20, 500))} {int(random.integers(10, 10000))}"
    return f"+{int(random.integers(1, 10))}"


def native_name(name: str, random: Generator) -> str:
    style = random.random()
    if style < 0.4:
        script = pick(random, SCRIPTS)
        return "".join(pick(random, script) for _ in range(int(random.integers(2, 8))))
    stem = name.split(" ")[-1]
    if style < 0.75:
        return stem[: max(2, len(stem) - 2)] + pick(random, ["ie", "ien", "ija", "o", "ä", "land", "stan", "é", "maa", "ów", "ique", "eia", "ç"])
    return word(random)


def group(random: Generator) -> str:
    return pick(random, REAL_GROUPS) if chance(random, 0.6) else f"{pick(random, [*SIDES, word(random)])} {pick(random, ['Group', 'Group', 'Bloc', 'States Group', 'and Others Group'])}"


def official_name(name: str, random: Generator) -> str:
    return pick(random, OFFICIAL).format(name if chance(random, 0.85) else word(random))
