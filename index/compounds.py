"""The parts of a German compound: „Städtepartnerkonferenz“ is made of Stadt, Partner and Konferenz.

A word is split only where every part is a known word of at least four letters; a wrong part finds wrong
documents, a missing one only misses some.

Source: the linking elements are those of Duden, Die Grammatik, „Fugenelement“.
"""

from __future__ import annotations

from functools import lru_cache

from index.lemmas import lemma, noun

MIN_PART_LETTERS = 4
"""Shorter words are found inside too many others: „Rat“ in „Vertrag“, „Amt“ in „samt“."""

MAX_COMPOUND_LETTERS = 60

_LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
"""What may stand between two parts."""

_NO_BEGINNING = """
    über unter gegen wider hinter nach miss voll wieder dies jene alle ande erst inter
"""
"""Words that are no content of their own when a word begins with them."""

_NO_END = """
    schaft schaften heit heiten keit keiten ling linge tum tümer ismus ismen chen lein ierung ierungen
    fach fache haft weise artig stel sein seins ende enden ungen igen liche ischen innen isch erin erinnen
    eren erung ation ationen ment mente ität täten ieren erer erern tion tionen nehmer nehmers nehmern
    nehmerin nehmerinnen rinne rinnen esse
"""
"""Endings that the word list also has as words."""

_SHORT_ENDS = """
    amt bau hof rat
"""
"""Last parts of three letters that make many words of public life and end few others."""

_NAMES = """
    deutschland russland rußland finnland griechenland schottland niederland lettland grönland thailand
    neuseeland österreich frankreich freiburg magdeburg oldenburg augsburg straßburg strassburg duisburg
    salzburg petersburg jekaterinburg orenburg düsseldorf frankfurt darmstadt
"""
"""Names in which nobody hears the parts any more, whatever their ending: Deutschlands."""

_PREFIXES, _SUFFIXES, _SHORT_HEADS = map(frozenset, map(str.split, (_NO_BEGINNING, _NO_END, _SHORT_ENDS)))
_WHOLE = tuple(_NAMES.split())


@lru_cache(maxsize=1 << 16)
def parts(word: str) -> tuple[str, ...]:
    """Return the dictionary forms of a compound's parts, longest part first cut; none if it is not one.

    Parts that are compounds themselves come with their own parts.
    """
    small = word.lower()
    if not MIN_PART_LETTERS + 3 <= len(small) <= MAX_COMPOUND_LETTERS or small.startswith(_WHOLE):
        return ()
    found = _split(small)
    if found is None:
        return ()
    whole = noun(small)
    return tuple(dict.fromkeys(form for part in found for form in (part, *parts(part)) if form != whole))


def main_parts(word: str) -> tuple[str, ...]:
    """Return the dictionary forms of the fewest parts that make up a compound; none if it is not one."""
    known = parts(word)
    return tuple(part for part in _split(word.lower()) or () if part in known) if known else ()


def _split(small: str) -> tuple[str, ...] | None:
    """Cut a word into the fewest parts; of those with equally many, the one with the longest last part."""
    best: tuple[str, ...] | None = None
    for cut in range(MIN_PART_LETTERS, len(small) - 2):
        head = _head(small[cut:])
        if head is None:
            continue
        modifier = _modifier(small[:cut])
        if modifier is not None:
            return (modifier, head)
        if cut >= 2 * MIN_PART_LETTERS:
            rest = _split_modifier(small[:cut])
            if rest is not None and (best is None or len(rest) + 1 < len(best)):
                best = (*rest, head)
    return best


def _split_modifier(small: str) -> tuple[str, ...] | None:
    for link in _LINKS:
        if small.endswith(link):
            found = _split(small.removesuffix(link))
            if found is not None:
                return found
    return None


def _head(small: str) -> str | None:
    too_short = len(small) < MIN_PART_LETTERS and small not in _SHORT_HEADS
    return None if too_short or small in _SUFFIXES else noun(small)


def _modifier(small: str) -> str | None:
    """Return the word before a joint: a noun with its link or without its -e, or an adjective."""
    if small in _PREFIXES or small in _SUFFIXES:
        return None
    for link in _LINKS:
        stem = small.removesuffix(link)
        if small.endswith(link) and len(stem) >= MIN_PART_LETTERS:
            form = noun(stem)
            if form is not None and len(form) >= MIN_PART_LETTERS:
                return form
    adjective = lemma(small, "de")
    if adjective == small:
        return adjective
    return None if small[-1] in "aeiouyäöü" else noun(small + "e")
