"""Names between Cyrillic and Latin letters: Екатеринбург, Jekaterinburg, Yekaterinburg, Ekaterinburg.

From Cyrillic, a word is written by the rules of four tables, as on maps, and as a German name is that Russian
took over: Мюллер, Müller. To Cyrillic, the tables are read backwards, which has many answers: the likeliest
are given.
What is a name and what an ordinary word is not decided here (`names.py`).

Source: Duden, Transkriptionstabelle Russisch; BGN/PCGN 1947 romanization of Russian; ISO 9:1995; DIN
1460:1982; ICAO Doc 9303, part 3, section 6 (passports).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

MAX_LETTERS = 30
"""Longer words are no names."""

MOST_READINGS = 64
"""So many beginnings are kept on the way through a Latin word."""

_PLAIN = dict(zip("абгдиклмнопрстуф", "abgdiklmnoprstuf", strict=True))


def _table(others: str, *, soft_e: str = "", io: str, after_i: str) -> Mapping[str, str]:
    """Make a table of the letters that are not written alike in all.

    `soft_e`: е where it begins a syllable; `io`: ё after ж, ч, ш, щ; `after_i`: й after и and ы.
    """
    letters = dict(pair.split("=") for pair in others.split())
    return {**_PLAIN, **letters, "^е": soft_e or letters["е"], "*ё": io, "_й": after_i}


_GERMAN = "в=w е=e ж=sch з=s й=i х=ch ц=z ч=tsch ш=sch щ=schtsch ъ= ы=y ь= э=e я=ja"
_ENGLISH = "в=v е=e ж=zh з=z х=kh ц=ts ч=ch ш=sh щ=shch ы=y ь= э=e"
_TABLES = (
    _table(f"{_GERMAN} ё=jo ю=ju", soft_e="je", io="o", after_i=""),
    _table(f"{_GERMAN} ё=ö ю=ü", io="ö", after_i=""),
    _table(f"{_ENGLISH} ё=jo й=j ъ= ю=ju я=ja", io="e", after_i=""),
    _table(f"{_ENGLISH} ё=yo й=y ъ= ю=yu я=ya", soft_e="ye", io="e", after_i="y"),
    _table("в=v е=e ё=ë ж=ž з=z й=j х=h ц=c ч=č ш=š щ=ŝ ъ= ы=y ь= э=è ю=û я=â", io="ë", after_i="j"),
    _table("в=v е=e ё=ë ж=ž з=z й=j х=ch ц=c ч=č ш=š щ=šč ъ= ы=y ь= э=ė ю=ju я=ja", io="ë", after_i="j"),
    _table(f"{_ENGLISH} ё=e й=i ъ=ie ю=iu я=ia", io="e", after_i="i"),
)
"""Duden, German names taken over, maps, BGN/PCGN, ISO 9, libraries (DIN 1460), passports."""

_DUDEN, _GERMAN_NAMES, _BGN = _TABLES[0], _TABLES[1], _TABLES[3]
_PLACES = {"^": "^е", "*": "*ё", "_": "_й"}

_IO = re.compile(r"(?<=[жчшщ])е(?=[вн]|$)")
_SOFT_E = re.compile(r"(?:(?<=[аеёиоуыэюяъьй])|^)е")
_HARD_IO = re.compile(r"(?<=[жчшщ])ё")
_SHORT_I = re.compile(r"(?<=[иы])й")
_ENDING = re.compile(r"[иы]й$")
_S_BETWEEN_VOWELS = re.compile(r"(?<=[аеёиоуыэюя])с(?=[аеёиоуыэюя])")
_SINGLE_CONSONANT = re.compile(r"(?<=[aeiouäöü])([fklmnprst])(?!\1)(?!c?h)")
"""What German writes twice, and Russian may not: Штутгарт, Гофман."""

_SKY = re.compile(r"[сц]кий$")

_VOWELS = "aeiouyäöü"

_GROUPS = """
    ch=х,ч sh=ш,ж zh=ж kh=х ts=ц,тс tz=ц ck=к ph=ф th=т qu=кв ss=с,сс tt=тт,т ff=фф,ф mm=мм,м nn=нн,н
    sch=ш,ж tch=ч tsch=ч dsch=дж shch=щ stsch=щ schtsch=щ šč=щ scho=шо,ше,жо tscho=че,чо schtscho=ще
    ae=е,ае oe=е,ое ue=ю,уе ai=ай,аи ei=ей,ай oi=ой ui=уй ey=ей ay=ай oy=ой aj=ай ej=ей oj=ой eu=ей,ой ie=и,ие
    ja=я ju=ю jo=е,йо je=е jü=ю jö=е,йо ya=я yu=ю yo=е,йо ye=е ia=ия,я iu=ю
"""
_SINGLE = """
    a=а b=б c=к,ц d=д e=е f=ф g=г h=х,г i=и j=й,дж k=к l=л,ль m=м n=н o=о p=п q=к r=р s=с t=т u=у v=в w=в x=кс
    y=ы,и z=з,ц ä=е,э ö=е,о ü=ю,у è=э ë=е č=ч š=ш ž=ж ŝ=щ û=ю â=я
"""
_AT_END = """
    er=ер,р i=ий,и y=ий,ы,и ij=ий ii=ий iy=ий yj=ый yy=ый,ий l=л,ль m=м,мь n=н,нь r=р,рь t=т,ть
"""
_AT_START = """
    e=е,э v=в,ф st=ст,шт sp=сп,шп
"""


def _choices_of(table: str) -> Mapping[str, tuple[str, ...]]:
    pairs = (each.split("=") for each in table.split())
    return {latin: tuple(cyrillic.split(",")) for latin, cyrillic in pairs}


_LETTERS = {
    **_choices_of(_GROUPS + _SINGLE),
    **{f"{vowel}{y}{e}": (f"{а}{е}",) for vowel, а in zip("aeiou", "аеиоу", strict=True)
       for y in "jy" for e, е in zip("aeu", "яею", strict=True)},
}  # fmt: skip
"""What Latin letters may stand for, the likeliest first."""

_ENDS, _BEGINS = _choices_of(_AT_END), _choices_of(_AT_START)
_AFTER_CONSONANT = {
    "ja": ("я", "ья"),
    "ya": ("я", "ья"),
    "ju": ("ю", "ью"),
    "yu": ("ю", "ью"),
    "je": ("е", "ье"),
}
_SILENT = ("", "х", "г")
_VOICED, _BEHIND_VOICED = ("с", "з"), frozenset(f"{_VOWELS}bdg")
"""What depends on the place: a soft sign that is not written, s before a vowel or a voiced consonant; h is
silent behind a vowel and before a consonant (Köhler), or between two vowels (Karlsruhe)."""

_LONGEST = max(map(len, _LETTERS))
_UNLIKELY, _SPLIT = 1.0, 1.5
"""What a reading costs for each step down a list, and for reading apart what is written together."""


@lru_cache(maxsize=1 << 12)
def to_latin(word: str, *, also_german: bool = True) -> tuple[str, ...]:
    """Return how a Cyrillic word in small letters is written in Latin ones; ё may be given as е.

    Args:
        also_german: also as a German name that Russian took over.
    """
    if len(word) > MAX_LETTERS:
        return ()
    words = dict.fromkeys((word, _IO.sub("ё", word), word.replace("йо", "ё")))
    tables = [table for table in _TABLES if also_german or table is not _GERMAN_NAMES]
    return tuple(dict.fromkeys(form for each in words for table in tables for form in _write(each, table)))


def _write(word: str, table: Mapping[str, str]) -> Iterator[str]:
    written = _letters(word, table)
    yield written
    if table is _DUDEN and _S_BETWEEN_VOWELS.search(word):
        yield _letters(_S_BETWEEN_VOWELS.sub("сс", word), table)
    if "кс" in word and "ks" in written:
        yield written.replace("ks", "x")
    if table is _GERMAN_NAMES:
        yield from _german(word, written)
    if table is _BGN and word.startswith("в"):
        yield "w" + written[1:]
    if _SKY.search(word):
        begun = written[: written.rindex("k") + 1]
        yield from (begun + ending for ending in ("i", "y", "ij", "iy", "ii"))
    elif table is _BGN and _ENDING.search(word):
        yield written.removesuffix("iy").removesuffix("yy") + "y"


def _german(word: str, written: str) -> Iterator[str]:
    """Yield how a German name may have been written before Russian took it over: Гамбург, Майер, Штутгарт."""
    for ai in ("ei", "ey", "ay") if "ai" in written else ():
        yield written.replace("ai", ai)
    if word.startswith("г"):
        yield "h" + written[1:]
        yield "h" + written[1:].replace("ai", "ei")
    if written.endswith("ue"):
        yield written.removesuffix("e") + "he"
    if written.endswith("ndr"):
        yield written.removesuffix("r") + "er"
        yield written.removesuffix("r").replace("ks", "x") + "er"
    for match in _SINGLE_CONSONANT.finditer(written):
        doubled = "ck" if match[0] == "k" else match[0] * 2
        yield written[: match.start()] + doubled + written[match.end() :]


def _letters(word: str, table: Mapping[str, str]) -> str:
    is_name = table is _GERMAN_NAMES
    marked = _SHORT_I.sub("_", _HARD_IO.sub("*", word if is_name else _SOFT_E.sub("^", word)))
    written = "".join(table.get(_PLACES.get(letter, letter), letter) for letter in marked)
    return written.replace("scht", "st").replace("schp", "sp") if is_name and "щ" not in word else written


@lru_cache(maxsize=1 << 12)
def to_cyrillic(word: str) -> tuple[str, ...]:
    """Return what a Latin word in small letters may be in Cyrillic ones, ё as е, the likeliest first."""
    if len(word) > MAX_LETTERS:
        return ()
    beams: list[dict[str, float]] = [{"": 0.0}, *({} for _ in word)]
    for at in range(len(word)):
        best = sorted(beams[at].items(), key=lambda item: (item[1], item[0]))[:MOST_READINGS]
        for end in range(at + 1, min(len(word), at + _LONGEST + 1) + 1):
            for letters, price in _choices(word, at, end):
                for begun, cost in best:
                    found = begun + letters
                    if cost + price < beams[end].get(found, 1e9):
                        beams[end][found] = cost + price
    best = sorted(beams[-1].items(), key=lambda item: (item[1], item[0]))
    return tuple(found for found, _ in best[:MOST_READINGS])


def _choices(word: str, start: int, end: int) -> Iterator[tuple[str, float]]:
    """Yield what some letters may stand for, with the price of it; fewer letters at a time cost more."""
    letters = word[start:end]
    choices = _LETTERS.get(letters, ())
    if end == len(word):
        choices = _ENDS.get(letters, choices)
    elif letters == "s" and word[end] in _BEHIND_VOICED:
        choices = _VOICED
    if letters == "h" and start and word[start - 1] in _VOWELS:
        choices = _SILENT
    elif letters == "e" and word[start - 2 : start] in ("uh", "üh"):
        choices = ("э", "е")
    if start == 0:
        choices = _BEGINS.get(letters, choices)
    elif word[start - 1] not in _VOWELS:
        choices = _AFTER_CONSONANT.get(letters, choices)
    if choices:
        together = any(word[start : end + more] in _LETTERS for more in range(1, _LONGEST))
        for rank, choice in enumerate(choices):
            yield choice, _SPLIT * together + rank * _UNLIKELY
