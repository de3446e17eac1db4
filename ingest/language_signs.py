"""Words and letters that speak for a language: small words that every text has, letters that others lack.

What several languages have speaks for each of them. Languages of which the archive need not be set up are
here too, so that they are not taken for those of the archive.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

_SMALL_WORDS = {
    "de": (
        "aber alle als am an auch auf aus bei beim bis da das dass dem den der des die diese dieser "
        "dieses du durch ein eine einem einen einer eines er es für gegen gibt haben hat her ich ihre "
        "ihrer im in ins ist kann können los mal man mehr mit muss nach nicht noch nur oder ohne per sehr"
        " sich sie sind so sowie um und uns unser unsere via vom von vor war warum was weil welche wenn "
        "werden wie wir wird wurde wurden zu zum zur zwischen über"
    ),
    "en": (
        "about after all and any are as at be been before between but by can could did do does each for "
        "from had has have he his how if in into is it its let me more most must my no not of on only or "
        "other our out per she should so some such than that the their them then there these they this "
        "those through to towards under use used using via was we were what when where which while who "
        "why will with without would you your"
    ),
    "fr": (
        "au aux avec ce cette dans des du elle en est et il ils la le les leur mais nous ont ou par pas "
        "plus pour que qui sa ses son sont sur un une vous"
    ),
    "it": (
        "al alla anche che ci con da dal dalla degli dei del della delle di gli ha il in la le lo nel "
        "nella non per più questo si sono su un una"
    ),
    "es": (
        "al como con de del el en es esta este ha la las lo los más no para pero por que se son su sus un una"
    ),
    "pt": (
        "ao aos as com da das de do dos em foi mais mas na não no nos os para pela pelo por que se sua "
        "são um uma"
    ),
    "ca": ("al als amb dels del els en és la les que per però una va són"),
    "nl": (
        "aan als bij dat de deze die dit door een en er het hij ik in is maar met naar niet nog of om ook"
        " op te tot uit van voor was wat we wordt zijn zij"
    ),
    "sv": ("att av de den det ett för från har inte med och om på ska som till var vi är"),
    "da": ("af at blev de den der det en er et for fra har ikke med og om på som til ved var vi"),
    "no": ("av at ble de den det en er et for fra har ikke med og om på som til ved var vi"),
    "fi": ("ei eli että hän ja jos joka jotka kun myös mutta niin ole oli on ovat se sekä tai tämä"),
    "pl": ("dla do jak jest jego ich na nie od oraz po przez się są tego to tym we za że"),
    "cs": ("ale do je jako jsou který která na nebo od po pro při se si tak to za že"),
    "hu": ("az és egy hogy is meg mint nem van volt ez vagy csak már ki fel el"),
    "ro": ("al ale ca care că cu de din este fi în la mai nu pe pentru prin sau se și un"),
    "tr": ("bir bu da daha de en gibi her ile için kadar olan olarak sonra ve veya ya çok"),
    "la": (
        "ac ad at atque aut cum de dolor donec eget est et ex id in ipsum lorem nec non nunc per pro quam "
        "quis sed sit te ut vel velit vitae"
    ),
    "hr": ("ali bi da do iz ili je kao koja koje koji kod na ne nije od po pri sa se su što za"),
    "sk": ("aj ako alebo bol bola do je jeho ktorá ktoré ktorý na nie od po podľa pri sa so sú že za"),
    "sl": ("ali bi bo da do ga iz je kako ker ki kot na pa po pri se si smo so ta tudi za že"),
    "et": ("aga ei ja ka kes kui meie mille mis ning oli on seda selle tema või üle"),
    "lv": ("ar arī bija ir jau kā kas kuri lai mūsu no pēc pie šī tas uz vai"),
    "lt": ("ar buvo iš jau kad kaip kuris mūsų nuo po prie su tai taip už yra"),
    "sq": ("dhe është janë ka më me në nga nuk për që së si se të te"),
    "ru": (
        "будет было быть его если есть ещё её когда которая которое которого которые который которых может "
        "можно нет также только тоже что чтобы эта эти это этого этой этом этот этих является"
    ),
    "uk": (
        "або але був була були бути від вже дуже її їх із між під чи це цей ці ця ще що який яка яке які його"
    ),
    "be": ("або але быў былі гэта гэты ёсць якая якія які каля калі пад паміж пасля праз ці што яго яе"),
    "bg": (
        "беше бяха които който която което като към най обаче още повече се са със също тези този това ще "
        "чрез"
    ),
    "sr": ("због ће је као која које који није од ово овај преко са се смо су током уз што"),
    "mk": ("беше го дека е кај како кои кој која му нема од се сме тие тоа што ќе"),
    "kk": ("бен бойынша бұл болып болған дейін және жоқ кейін мен пен туралы үшін ғана"),
}
_FULL_LISTS = ("de", "en")
"""The lists that are long; the others are there to be told apart from."""

_SMALL_LETTERS = {
    "ß": "de",
    "ä": "de sv fi et",
    "ö": "de sv fi et hu tr",
    "ü": "de et hu tr",
    "õ": "et",
    "å": "sv da no",
    "æø": "da no",
    "éêèëçîïôûùœ": "fr",
    "àèìòù": "it ca",
    "áéíóúñ": "es",
    "áâãçéêíóõúà": "pt",
    "ąćęłńóśźż": "pl",
    "áčďéěíňřšťúůýž": "cs",
    "áéíóőúű": "hu",
    "ăâîșşțţ": "ro",
    "çğışâ": "tr",
    "čćđšž": "hr",
    "čšž": "sl",
    "áčďéíĺľňóôŕšťúýž": "sk",
    "āčēģīķļņšūž": "lv",
    "ąčęėįšųūž": "lt",
    "ëç": "sq",
    "ыэ": "ru be kk",
    "ё": "ru be",
    "ў": "be",
    "і": "uk be kk",
    "їєґ": "uk",
    "әғқңөұүһ": "kk",
    "јљњџ": "sr mk",
    "ђћ": "sr",
    "ѓќѕ": "mk",
}
"""Letters -> languages that they speak for, besides those of their script that everybody uses.

A word speaks for those that have all of its letters; where none has, for those that have one.
"""

_HARD_SIGN = re.compile("ъ(?![еёюя])")
"""Bulgarian has a vowel where Russian has a sign before four letters only."""

SMALL_WORD = 2
"""Votes of a small word."""

_TINY_WORD = 1
"""Votes of one of two letters, which formulas and torn words have, too; German and English live on them."""

SPECIAL_LETTER = 1
"""Votes of a word with a special letter: it may be a name, which a small word is not."""


def _by_sign(signs: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each, languages in signs:
        for sign in each:
            found[sign].update(languages)
    return {sign: frozenset(languages) for sign, languages in found.items()}


_WORDS = {
    word: {
        language: _TINY_WORD if len(word) == 2 and language not in _FULL_LISTS else SMALL_WORD
        for language in languages
    }
    for word, languages in _by_sign(
        (words.split(), (language,)) for language, words in _SMALL_WORDS.items()
    ).items()
}
_LETTERS = _by_sign((letters, languages.split()) for letters, languages in _SMALL_LETTERS.items())
_NO_VOTES: Mapping[str, int] = {}
_LONGEST_ACRONYM = 3
_SPECIAL = re.compile(f"[{''.join(_LETTERS)}]")


def votes(words: Collection[str]) -> defaultdict[str, int]:
    """Count the votes of words for each language; acronyms have none, unless all is in capitals."""
    found: defaultdict[str, int] = defaultdict(int)
    signs_of = _signs if all(map(str.isupper, words)) else _signs_among_others
    for signs in filter(None, map(signs_of, words)):
        for language, count in signs:
            found[language] += count
    return found


def has_votes(words: Iterable[str], language: str, enough: int) -> bool:
    """Tell whether different words have so many votes for a language; looks at no more than needed."""
    seen: set[str] = set()
    count = 0
    for word in map(str.casefold, words):
        if word not in seen:
            seen.add(word)
            count += dict(_signs(word)).get(language, 0)
            if count >= enough:
                return True
    return False


@lru_cache(maxsize=1 << 13)
def _signs_among_others(word: str) -> tuple[tuple[str, int], ...]:
    return () if len(word) <= _LONGEST_ACRONYM and word.isupper() else _signs(word)


def _signs(word: str) -> tuple[tuple[str, int], ...]:
    """Return the votes of a word for each language it speaks for."""
    folded = word.casefold() if "ß" not in word else word.lower()
    found = _WORDS.get(folded, _NO_VOTES)
    if not folded.isascii():
        letters = [_LETTERS[letter] for letter in _SPECIAL.findall(folded)]
        special = {*(frozenset.intersection(*letters) or frozenset().union(*letters))} if letters else set()
        if _HARD_SIGN.search(folded):
            special.add("bg")
        found = {**found, **{language: found.get(language, 0) + SPECIAL_LETTER for language in special}}
    return (*found.items(),)
