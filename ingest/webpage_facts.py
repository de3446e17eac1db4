"""What the text of a conference's page says: number, place, motto, organisers. Nothing where it is not plain.

Patterns are those of German, Russian and English announcements; a place is taken only where it stands beside
the date, since „in“ stands before much else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from simplemma import lemmatize

from ingest.dates import dates_in
from ingest.periods import period_in

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LOOKALIKES = str.maketrans("ІХСМ", "IXCM")
_ROMAN = re.compile(r"(?:^|(?<=[\s(„«\"]))([IVXLCІХС]{1,8})(\.?)(?=[\s-])")
_CANONICAL = re.compile(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ORDINAL = re.compile(r"(?:^|\s)(\d{1,3})(?:\.|st|nd|rd|th|-(?:я|й|ая|ый|ий|ое))\s+(?=\D)")

_SENTENCE = re.compile(r"(?<=[^\d][.!?…])(?<!\sг\.)\s+(?=[A-ZÄÖÜА-ЯЁ„«])")
_WORD = r"[A-ZÄÖÜА-ЯЁ][\w-]*[a-zäöüßа-яё]"
_NAME = (
    r"(?:(?:Bad|Sankt|St\.|San|New|Nischni|Nizhny|Weliki|Veliky|Нижн\w+|Велик\w+|Санкт)[ -])?"
    rf"{_WORD}(?:\s(?:am|an der|upon)\s{_WORD})?"
)
"""A town; of other names with several words the first only: German writes all nouns like this."""
_IN = re.compile(rf"\b(?:[Ii]n|[Вв]о?)\s+((?:г\.|городе)?\s?{_NAME})")
_TOWN = re.compile(rf"\b(?:г\.|город)\s?({_NAME})")
_BESIDE_DATE = re.compile(rf"^\s*(?:г\.|года)?\s*[,|·–—-]\s*(?:г\.\s?)?({_NAME})\s*(?:[,(|·].*)?$")
_NO_PLACES = frozenset(
    re.findall(
        r"\w+",
        "Kooperation Zusammenarbeit Partnerschaft Deutschland Russland Europa Anwesenheit Form Rahmen "
        "Verbindung Cooperation Partnership Germany Russia Europe Russian German English "
        "России Германии Европе Рамках Сотрудничестве Период Форме",
    )
)
_NEAR = 60
"""Characters after a date, or after a verb of taking place, in which its place has to stand."""
_TAKES_PLACE = re.compile(
    r"(?:trafen sich|fand(?:en)?|findet|finden|tagten?|was held|were held|took place|takes place|"
    r"will be held|состоял\w+|прош\w+|проходил\w*|состоится|пройд[её]т)\b"
)

_MOTTO = re.compile(
    r"(?:motto|devise|leitthema|девиз\w*|лозунг\w*|under the (?:theme|title|heading)|theme)\b[^„“”\"«»]{0,30}"
    r"[„“”\"«]([^„“”\"«»]{5,400})[“”\"»]",
    re.IGNORECASE,
)
_ORGANISERS = re.compile(
    r"^(?:veranstalter(?:in|innen)?|ausrichter|organisator(?:en)?|organi[sz]ers?|organi[sz]ed by|hosted by|"
    r"организатор(?:ы)?|устроител[ьи])\s*[:–—]\s*(.{3,600})$",
    re.IGNORECASE,
)


def number_in(title: str) -> int | None:
    """Return the number that a title gives its conference: XIV., XIV, 14., 14th, 14-я."""
    for match in _ROMAN.finditer(title):
        figures = match[1].translate(_LOOKALIKES)
        plain = len(figures) > 1 or match[2] or (match.start(1) == 0 and figures in "VX")
        if plain and figures and _CANONICAL.fullmatch(figures):
            return _roman(figures)
    ordinal = _ORDINAL.search(title)
    if ordinal and not dates_in(title[ordinal.start() :][:40]):
        return int(ordinal[1]) or None
    return None


def _roman(figures: str) -> int:
    values = [_ROMAN_VALUES[figure] for figure in figures]
    return sum(
        -value if value < max(values[place + 1 :], default=0) else value for place, value in enumerate(values)
    )


def place_in(texts: Iterable[str], language: str) -> str:
    """Return the place that most of the sentences with a date name; empty where none does plainly."""
    found: Counter[str] = Counter()
    for text in texts:
        for sentence in _SENTENCE.split(text):
            if name := _place(sentence, language):
                found[name] += 1
    return found.most_common(1)[0][0] if found else ""


def _place(sentence: str, language: str) -> str:
    period = period_in(sentence)
    if period is None:
        return ""
    squeezed = " ".join(sentence.split())
    after = squeezed.partition(period.text)[2]
    if beside := _BESIDE_DATE.match(after):
        return _known(beside[1])
    if town := _TOWN.search(after[:_NEAR]):
        return _known(town[1])
    verb = _TAKES_PLACE.search(squeezed)
    for part in (after[:_NEAR], squeezed[verb.end() :][:_NEAR] if verb else ""):
        if match := _IN.search(part):
            return _nominative(_known(match[1]), language)
    return ""


def _known(name: str) -> str:
    first = name.split()[0]
    return "" if first in _NO_PLACES or first.casefold().startswith("рамк") else name.strip()


def _nominative(name: str, language: str) -> str:
    """A Russian name stands in the locative after „в“: its lemma, where it is known to differ."""
    if not name or language != "ru":
        return name
    lemma = str(lemmatize(name, lang="ru"))
    return lemma[:1].upper() + lemma[1:] if lemma.casefold() != name.casefold() else ""


def motto_in(texts: Iterable[str]) -> str:
    """Return what stands in quotes after the word for a motto."""
    return next((match[1].strip() for text in texts if (match := _MOTTO.search(text))), "")


def organisers_in(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the names after „Veranstalter:“ and the like."""
    for text in texts:
        if match := _ORGANISERS.match(text):
            names = re.split(r"\s*[;,|]\s+|\s+(?:und|and|и)\s+(?=[A-ZÄÖÜА-ЯЁ])", match[1].rstrip(". "))
            return tuple(dict.fromkeys(name for name in names if name))
    return ()
