"""The parts of a German compound: „Städtepartnerkonferenz“ is made of Stadt, Partner and Konferenz.

A word is split only where every part is a known word of at least four letters; a wrong part finds wrong
documents, a missing one only misses some.

Source: the linking elements are those of Duden, Die Grammatik, „Fugenelement“.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from index.lemmas import lemma, noun
from index.parts import Part, is_left_out

MIN_PART_LETTERS = 4
"""Shorter words are found inside too many others: „Rat“ in „Vertrag“, „Amt“ in „samt“."""

MIN_LETTERS = 7
"""A shorter word is not cut."""

MIN_FIRST_LETTERS = 2
"""Of the few short first parts that are taken all the same."""

MAX_COMPOUND_LETTERS = 60

_LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
"""What may stand between two parts."""

_NO_BEGINNING = """
    über unter gegen wider hinter nach miss voll wieder dies jene alle ande erst inter zusammen heraus hinaus
    voraus herein hinein heran herab herum voran zurück auseinander entgegen überein durch mini iden argen
    besch verb wied wiede assi tran trans supp arte inste mess einiger
"""
"""Words that are no content of their own when a word begins with them."""

_NO_END = """
    schaft schaften heit heiten keit keiten ling linge tum tümer ismus ismen chen lein ierung ierungen
    fach fache haft weise artig stel sein seins ende enden ungen igen liche ischen innen isch erin erinnen
    eren erung ation ationen ment mente ität täten ieren erer erern tion tionen nehmer nehmers nehmern
    nehmerin nehmerinnen rinne rinnen esse ster rial native nativ ente enten strophe
    strophen ion ionen ionem tand zeugung reibung stag cher ration isch lien archie stenz ante tina ting
    dung niss ellen arie arien asse baden ische ischem isches wider sage samt urgeschichte wendigkeit
"""
"""Endings that the word list also has as words."""

_SHORT_ENDS = """
    amt bau hof rat ort weg
"""
"""Last parts of three letters that make many words of public life and end few others."""

_SHORT_BEGINS = """
    ost=Ost süd=Süd nah=Nah alt=alt neu=neu bau=Bau rat=Rat rats=Rat öko=Öko bio=Bio see=See rad=Rad gas=Gas
    öl=Öl bus=Bus web=Web not=Not amts=Amt orts=Ort arten=Art wege=Weg erd=Erde
"""
"""First parts that do, with their link, and what they are."""

_NAMES = """
    deutschland russland rußland finnland griechenland schottland niederland lettland grönland thailand
    neuseeland österreich frankreich freiburg magdeburg oldenburg augsburg straßburg strassburg duisburg
    salzburg dänemark bernstein petersburg jekaterinburg orenburg düsseldorf frankfurt darmstadt altmann
    neumann neubauer erdmann neurose neurath neuroman neutr neugier notwendig notarisch notgedrungen ratlos
    gastein gastier gastrinom bussole bustier erdacht
"""
"""Names, and words, in which nobody hears parts, whatever their ending: Deutschlands."""

_E_BEFORE_S = ("hilfs", "geschichts", "gebirgs", "gewebs", "nahms")
"""Ends of first parts that have an s in the place of their -e."""

_PREFIXES, _SUFFIXES, _SHORT_HEADS = map(frozenset, map(str.split, (_NO_BEGINNING, _NO_END, _SHORT_ENDS)))
_SHORT_MODIFIERS = dict(each.split("=") for each in _SHORT_BEGINS.split())
_WHOLE = tuple(_NAMES.split())


@lru_cache(maxsize=1 << 16)
def parts(word: str) -> tuple[str, ...]:
    """Return the dictionary forms of a compound's parts, longest part first cut; none if it is not one.

    Parts that are compounds themselves come with their own parts.
    """
    small = word.lower()
    if is_left_out(Part.COMPOUNDS):
        return ()
    if not MIN_LETTERS <= len(small) <= MAX_COMPOUND_LETTERS or small.startswith(_WHOLE):
        return ()
    if _split(small) is None or _is_adjective(small):
        return ()
    whole = noun(small)
    found = _split((whole or small).lower()) or ()
    return tuple(dict.fromkeys(form for part in found for form in (part, *parts(part)) if form != whole))


def main_parts(word: str) -> tuple[str, ...]:
    """Return the dictionary forms of the fewest parts that make up a compound; none if it is not one."""
    known = parts(word)
    base = (noun(word.lower()) or word).lower()
    return tuple(part for part in _split(base) or () if part in known) if known else ()


def base_form(word: str) -> str | None:
    """Return a compound that no list has with its last part in the dictionary form; None if it is not one."""
    small = word.lower()
    known = parts(word) if noun(small) is None else ()
    found = _split(small) if known else None
    if found is None:
        return None
    cuts = (cut for cut in range(MIN_FIRST_LETTERS, len(small) - 2) if _head(small[cut:]) == found[-1])
    return word[: next(cuts)] + found[-1].lower()


def _is_adjective(small: str) -> bool:
    """Tell whether a word is one that begins a sentence or a name: „Technische“, „Gemeinsame“."""
    form = lemma(small, "de")
    return form is not None and form.islower() and not form.endswith("n")


@lru_cache(maxsize=1 << 14)
def _split(small: str) -> tuple[str, ...] | None:
    """Cut a word into the fewest parts; of those with equally many, the one with the longest last part.

    Where that is a compound and its first part makes one with what stands before, that is meant:
    „Hochschulbildung“ is about Hochschule, not Schulbildung.
    """
    two = _in_two(small)
    if two is not None:
        inner = _in_two(small[two.cut :])
        if inner is not None and inner.head.lower() not in _SHORT_HEADS:
            longer = _modifier(small[: two.cut + inner.cut])
            if longer is not None:
                return longer, inner.head
        return two.modifier, two.head
    best: tuple[str, ...] | None = None
    for cut in range(MIN_LETTERS, len(small) - 2):
        head = _head(small[cut:])
        rest = _split_modifier(small[:cut]) if head is not None else None
        if head is not None and rest is not None and (best is None or len(rest) + 1 < len(best)):
            best = (*rest, head)
    return best


class _Two(NamedTuple):
    cut: int
    modifier: str
    head: str


def _in_two(small: str) -> _Two | None:
    for cut in range(MIN_FIRST_LETTERS, len(small) - 2):
        head = _head(small[cut:])
        modifier = _modifier(small[:cut]) if head is not None else None
        if head is not None and modifier is not None:
            return _Two(cut, modifier, head)
    return None


def _split_modifier(small: str) -> tuple[str, ...] | None:
    for link in _LINKS:
        if small.endswith(link):
            found = _split(small.removesuffix(link))
            if found is not None:
                return found
    return None


@lru_cache(maxsize=1 << 16)
def _head(small: str) -> str | None:
    too_short = len(small) < MIN_PART_LETTERS and small not in _SHORT_HEADS
    return None if too_short or small in _SUFFIXES else noun(small)


@lru_cache(maxsize=1 << 14)
def _modifier(small: str) -> str | None:
    """Return the word before a joint: a noun with its link or without its -e, an adjective, or a verb."""
    if small in _SHORT_MODIFIERS:
        return _SHORT_MODIFIERS[small]
    if small in _PREFIXES or small in _SUFFIXES or len(small) < MIN_PART_LETTERS:
        return None
    for link in _LINKS:
        stem = small.removesuffix(link)
        if small.endswith(link) and len(stem) >= MIN_PART_LETTERS and stem not in _PREFIXES:
            form = noun(stem)
            if form is not None and len(form) >= MIN_PART_LETTERS:
                return form
    adjective = lemma(small, "de")
    if adjective == small:
        return adjective
    if lemma(small + "en", "de") == small + "en":
        return small + "en"
    if small.endswith(_E_BEFORE_S):
        return noun(small.removesuffix("s") + "e")
    return None if small[-1] in "aeiouyäöü" else noun(small + "e")
